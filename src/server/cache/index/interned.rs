//! What many credentials have in common: the apps that tokens and legacy keys are for, and sets of scopes. A record
//! keeps their numbers only.

use std::{collections::HashMap, sync::Arc};

use hyper::header::HeaderValue;

use crate::domain::{
    credential::{Credential, rate_limit::RateLimit, subject::Subject},
    directory::{
        app::App,
        id::{ClientId, ObjectId},
    },
};

/// How long what a record keeps of a token or a legacy key is.
pub const TOKEN_FIELDS_LENGTH: usize = 24;

/// An app, as far as verdicts need it.
#[derive(Clone, Debug)]
pub struct KnownApp {
    /// Its id.
    pub id: ObjectId,
    /// The same, as it stands in a header.
    pub header: HeaderValue,
    /// The name under which its programs authenticate.
    pub client_id: ClientId,
    /// What its tokens are good for, where nothing else was said of one.
    pub limit: RateLimit,
    /// Whether it is not there any more.
    pub is_removed: bool,
}

impl From<&App> for KnownApp {
    fn from(app: &App) -> Self {
        let header = HeaderValue::from_str(app.id.as_str());
        Self {
            id: app.id,
            // Hexadecimal digits can stand in any header.
            header: header.unwrap_or(HeaderValue::from_static("")),
            client_id: app.client_id,
            limit: app.limit,
            is_removed: app.removed.is_some(),
        }
    }
}

/// A set of scopes, as it is written and as it stands in a header.
#[derive(Clone, Debug)]
pub struct KnownScopes {
    /// With spaces between them.
    pub text: Arc<str>,
    /// The same, as it stands in a header.
    pub header: HeaderValue,
}

impl From<&str> for KnownScopes {
    fn from(text: &str) -> Self {
        // Scopes are plain ASCII.
        let header = HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""));
        Self { text: text.into(), header }
    }
}

/// The apps by their number, from 1 on, and the sets of scopes by theirs. Sets are never forgotten: there are as many as
/// admins thought of.
#[derive(Clone, Debug, Default)]
pub struct Interned {
    apps: Vec<KnownApp>,
    app_numbers: HashMap<ObjectId, u32>,
    scopes: Vec<KnownScopes>,
    scope_numbers: HashMap<Arc<str>, u32>,
}

/// What a record keeps of a token or a legacy key.
#[derive(Clone, Copy, Debug)]
pub struct TokenFields {
    app: u32,
    scopes: u32,
    /// The district of a token; of a legacy key it means nothing.
    pub district: ObjectId,
    /// The token's own limit, where it has one.
    pub limit: Option<RateLimit>,
}

impl Interned {
    /// What is in common of these apps, which come in the order of their numbers.
    pub fn new(apps: &[App]) -> Self {
        Self::default().with_apps(apps)
    }

    /// The same with these apps instead.
    pub fn with_apps(&self, apps: &[App]) -> Self {
        let app_numbers = (1..).zip(apps).map(|(number, app)| (app.id, number)).collect();
        Self { apps: apps.iter().map(KnownApp::from).collect(), app_numbers, ..self.clone() }
    }

    /// Whether the scopes of a credential are among those that have a number.
    pub fn has_scopes(&self, credential: &Credential) -> bool {
        self.scope_numbers.contains_key(credential.scopes.as_str())
    }

    /// Gives the scopes of a credential a number, if they have none.
    pub fn intern_scopes(&mut self, credential: &Credential) {
        if !self.has_scopes(credential) {
            let scopes = KnownScopes::from(credential.scopes.as_str());
            self.scope_numbers.insert(scopes.text.clone(), self.scopes.len() as u32);
            self.scopes.push(scopes);
        }
    }

    /// What a record keeps of a token or a legacy key; nothing of a passcode.
    pub fn encode_fields(&self, credential: &Credential) -> Option<[u8; TOKEN_FIELDS_LENGTH]> {
        let (app, district) = match &credential.subject {
            Subject::Partner(_) | Subject::User(_) => return None,
            Subject::AppDistrict(pair) => (pair.app(), pair.district().bytes()),
            Subject::App(app) => (*app, [0; 12]),
        };
        let app = self.app_numbers.get(&app).copied().unwrap_or(0);
        let scopes = self.scope_numbers.get(credential.scopes.as_str());
        let scopes = scopes.copied().unwrap_or(u32::MAX);
        let limit = credential.limit.map_or(0, RateLimit::per_minute);
        let mut written = [0; TOKEN_FIELDS_LENGTH];
        written[..4].copy_from_slice(&app.to_le_bytes());
        written[4..8].copy_from_slice(&scopes.to_le_bytes());
        written[8..12].copy_from_slice(&limit.to_le_bytes());
        written[12..].copy_from_slice(&district);
        Some(written)
    }

    /// The app of a record.
    pub fn app(&self, particulars: &TokenFields) -> Option<&KnownApp> {
        self.apps.get((particulars.app as usize).checked_sub(1)?)
    }

    /// The scopes of a record.
    pub fn scopes(&self, particulars: &TokenFields) -> Option<&KnownScopes> {
        self.scopes.get(particulars.scopes as usize)
    }
}

impl TokenFields {
    /// Reads what a record keeps.
    pub fn decode(written: &[u8; TOKEN_FIELDS_LENGTH]) -> Self {
        let number = |at: usize| {
            let mut part = [0; 4];
            part.copy_from_slice(&written[at..at + 4]);
            u32::from_le_bytes(part)
        };
        let mut district = [0; 12];
        district.copy_from_slice(&written[12..]);
        Self {
            app: number(0),
            scopes: number(4),
            district: ObjectId::from_bytes(district),
            limit: RateLimit::new(number(8)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    fn encoded(app: u32, scopes: u32, limit: u32, district: [u8; 12]) -> [u8; TOKEN_FIELDS_LENGTH] {
        let parts = [app.to_le_bytes(), scopes.to_le_bytes(), limit.to_le_bytes()].concat();
        [&parts[..], &district].concat().try_into().unwrap()
    }

    proptest! {
        #[test]
        fn token_fields_round_trip(
            app in any::<u32>(), scopes in any::<u32>(), limit in 0..1_000_000u32,
            district in any::<[u8; 12]>(),
        ) {
            let kept = TokenFields::decode(&encoded(app, scopes, limit, district));
            prop_assert_eq!((kept.app, kept.scopes), (app, scopes));
            prop_assert_eq!(kept.limit, RateLimit::new(limit));
            prop_assert_eq!(kept.district, ObjectId::from_bytes(district));
        }
    }

    #[test]
    fn unknown_numbers_resolve_to_nothing() {
        let common = Interned::default();
        for app in [0, 1, u32::MAX] {
            let kept = TokenFields::decode(&encoded(app, u32::MAX, 0, [0; 12]));
            assert!(common.app(&kept).is_none() && common.scopes(&kept).is_none(), "{app}");
        }
    }
}
