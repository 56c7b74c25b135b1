//! A model of tokens: the access that each secret grants.

use std::collections::HashMap;

use gatepass::domain::credential::secret::Plaintext;
use proptest::prelude::*;

pub const APPS: [&str; 3] = ["Roster", "Grades", "Library"];
pub const DISTRICTS: [&str; 3] = ["Lincoln", "Elk Grove", "Davis"];
pub const SCOPES: [&str; 4] =
    ["read:students", "read:students_basic", "read:teachers", "write:grades"];

/// An app and a district.
pub type PairIndex = (usize, usize);
/// A set of [`SCOPES`] as bits; never empty.
pub type ScopeSet = u8;

#[derive(Clone, Debug)]
pub enum Step {
    Grant { pair: PairIndex, scopes: ScopeSet, days: u16 },
    GrantForPickup { pair: PairIndex, scopes: ScopeSet },
    PickUp { pair: PairIndex },
    SetScopes { pair: PairIndex, scopes: ScopeSet },
    Extend { pair: PairIndex, days: u16 },
    Reset { pair: PairIndex, overlap_days: i64, by_app: bool },
    Revoke { pair: PairIndex },
    Delete { pair: PairIndex },
    Wait { days: i64 },
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let pair = || (0..APPS.len(), 0..DISTRICTS.len());
    let scopes = || 1..1u8 << SCOPES.len();
    let step = prop_oneof![
        4 => (pair(), scopes(), 1..40u16)
            .prop_map(|(pair, scopes, days)| Step::Grant { pair, scopes, days }),
        2 => (pair(), scopes()).prop_map(|(pair, scopes)| Step::GrantForPickup { pair, scopes }),
        2 => pair().prop_map(|pair| Step::PickUp { pair }),
        3 => (pair(), scopes()).prop_map(|(pair, scopes)| Step::SetScopes { pair, scopes }),
        1 => (pair(), 1..40u16).prop_map(|(pair, days)| Step::Extend { pair, days }),
        3 => (pair(), 0..8i64, any::<bool>())
            .prop_map(|(pair, overlap_days, by_app)| Step::Reset { pair, overlap_days, by_app }),
        1 => pair().prop_map(|pair| Step::Revoke { pair }),
        1 => pair().prop_map(|pair| Step::Delete { pair }),
        2 => (0..20i64).prop_map(|days| Step::Wait { days }),
    ];
    proptest::collection::vec(step, 1..40)
}

/// A token of the model.
#[derive(Clone, Debug)]
pub struct Token {
    pub pair: PairIndex,
    pub scopes: ScopeSet,
    /// The day from which the token is expired.
    pub expiry_day: i64,
    pub has_ended: bool,
    /// The number of secrets so far.
    pub secret_count: usize,
}

/// A secret with the number of its token; if it was replaced, with the day from which it is invalid.
#[derive(Clone, Debug)]
pub struct Secret {
    pub text: Vec<u8>,
    pub token: usize,
    pub until: Option<i64>,
}

#[derive(Default)]
pub struct Model {
    /// Whether the model is wrong: it keeps scopes that were removed.
    pub keeps_removed_scopes: bool,
    pub day: i64,
    pub tokens: Vec<Token>,
    /// The newest token of each pair, unless it was deleted.
    pub holders: HashMap<PairIndex, usize>,
    pub secrets: Vec<Secret>,
}

impl Model {
    pub fn is_valid(&self, token: usize) -> bool {
        let token = &self.tokens[token];
        !token.has_ended && self.day < token.expiry_day
    }

    /// Returns the pair and the scopes for which a secret is valid.
    pub fn grants(&self, secret: &Secret) -> Option<(PairIndex, ScopeSet)> {
        let token = &self.tokens[secret.token];
        let is_current = secret.until.is_none_or(|until| self.day < until);
        (is_current && self.is_valid(secret.token)).then_some((token.pair, token.scopes))
    }

    pub fn grant(&mut self, pair: PairIndex, scopes: ScopeSet, days: i64) -> Option<usize> {
        if let Some(holder) = self.holders.get(&pair)
            && self.is_valid(*holder)
        {
            return None;
        }
        // An expired token is deleted; a revoked one has ended already.
        if let Some(holder) = self.holders.get(&pair) {
            self.tokens[*holder].has_ended = true;
        }
        let expiry_day = self.day + days;
        self.tokens.push(Token { pair, scopes, expiry_day, has_ended: false, secret_count: 0 });
        self.holders.insert(pair, self.tokens.len() - 1);
        Some(self.tokens.len() - 1)
    }

    pub fn secret(&mut self, token: usize, text: &Plaintext, overlap_days: i64) {
        let (day, end) = (self.day, self.tokens[token].expiry_day);
        for old in self.secrets.iter_mut().filter(|old| old.token == token) {
            // The previous secret lasts until the end of the overlap; older ones end now.
            old.until =
                Some(old.until.map_or((day + overlap_days).min(end), |until| until.min(day)));
        }
        self.push_secret(token, text);
    }

    /// An app that resets a token during an overlap may have lost the current secret, which nobody uses: that one ends, and
    /// the one that was promised until a date stays.
    pub fn secret_for_app(&mut self, token: usize, text: &Plaintext, overlap_days: i64) {
        let day = self.day;
        let of_token = |old: &&mut Secret| old.token == token;
        let is_promised = |old: &mut Secret| old.until.is_some_and(|until| day < until);
        if !self.secrets.iter_mut().filter(of_token).any(is_promised) {
            return self.secret(token, text, overlap_days);
        }
        for old in self.secrets.iter_mut().filter(of_token) {
            old.until = old.until.or(Some(day));
        }
        self.push_secret(token, text);
    }

    fn push_secret(&mut self, token: usize, text: &Plaintext) {
        self.tokens[token].secret_count += 1;
        self.secrets.push(Secret { text: text.expose().to_vec(), token, until: None });
    }
}
