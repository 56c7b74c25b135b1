//! Values that many credentials share: the apps of tokens and legacy keys, and sets of scopes. A record stores only their
//! numbers.

use std::{collections::HashMap, sync::Arc};

use hyper::header::HeaderValue;

use crate::domain::{
    credential::{Credential, rate_limit::RateLimit, subject::Subject},
    directory::{
        app::App,
        id::{ClientId, ObjectId},
    },
};

/// The encoded length of [`TokenFields`], in bytes.
pub const TOKEN_FIELDS_LENGTH: usize = 24;

/// What decisions need of an app.
#[derive(Clone, Debug)]
pub struct KnownApp {
    /// The id of the app.
    pub id: ObjectId,
    /// The id as a header value.
    pub header: HeaderValue,
    /// The client id with which its programs authenticate.
    pub client_id: ClientId,
    /// The rate limit of its tokens that have no limit of their own.
    pub limit: RateLimit,
    /// Whether it was removed.
    pub is_removed: bool,
}

impl From<&App> for KnownApp {
    fn from(app: &App) -> Self {
        let header = HeaderValue::from_str(app.id.as_str());
        Self {
            id: app.id,
            // Never fails: the id is hexadecimal.
            header: header.unwrap_or(HeaderValue::from_static("")),
            client_id: app.client_id,
            limit: app.limit,
            is_removed: app.removed.is_some(),
        }
    }
}

/// A set of scopes, as text and as a header value.
#[derive(Clone, Debug)]
pub struct KnownScopes {
    /// The scopes, separated by spaces.
    pub text: Arc<str>,
    /// The text as a header value.
    pub header: HeaderValue,
}

impl From<&str> for KnownScopes {
    fn from(text: &str) -> Self {
        // Never fails: scopes are ASCII.
        let header = HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""));
        Self { text: text.into(), header }
    }
}

/// The apps by number, starting at 1, and the sets of scopes by number, starting at 0. Sets are never removed: there are
/// only as many as admins have used.
#[derive(Clone, Debug, Default)]
pub struct Interned {
    apps: Vec<KnownApp>,
    app_numbers: HashMap<ObjectId, u32>,
    scopes: Vec<KnownScopes>,
    scope_numbers: HashMap<Arc<str>, u32>,
}

/// What a record stores of a token or a legacy key.
#[derive(Clone, Copy, Debug)]
pub struct TokenFields {
    app: u32,
    scopes: u32,
    /// The district of a token; unused in a legacy key.
    pub district: ObjectId,
    /// The token's own rate limit; `None` if that of the app applies.
    pub limit: Option<RateLimit>,
}

impl Interned {
    /// Starts with these apps, in the order of their numbers, and no scopes.
    pub fn new(apps: &[App]) -> Self {
        Self::default().with_apps(apps)
    }

    /// Returns a copy with these apps instead.
    pub fn with_apps(&self, apps: &[App]) -> Self {
        let app_numbers = (1..).zip(apps).map(|(number, app)| (app.id, number)).collect();
        Self { apps: apps.iter().map(KnownApp::from).collect(), app_numbers, ..self.clone() }
    }

    /// Returns whether the scopes of a credential have a number.
    pub fn has_scopes(&self, credential: &Credential) -> bool {
        self.scope_numbers.contains_key(credential.scopes.as_str())
    }

    /// Assigns a number to the scopes of a credential if they have none.
    pub fn intern_scopes(&mut self, credential: &Credential) {
        if !self.has_scopes(credential) {
            let scopes = KnownScopes::from(credential.scopes.as_str());
            self.scope_numbers.insert(scopes.text.clone(), self.scopes.len() as u32);
            self.scopes.push(scopes);
        }
    }

    /// Encodes [`TokenFields`] of a credential; `None` for a passcode.
    pub fn encode_fields(&self, credential: &Credential) -> Option<[u8; TOKEN_FIELDS_LENGTH]> {
        let (app, district) = match &credential.subject {
            Subject::Partner(_) | Subject::User(_) => return None,
            Subject::AppDistrict(subject) => (subject.app(), subject.district().bytes()),
            Subject::App(app) => (*app, [0; 12]),
        };
        let app = self.app_numbers.get(&app).copied().unwrap_or(0);
        let scopes = self.scope_numbers.get(credential.scopes.as_str());
        let scopes = scopes.copied().unwrap_or(u32::MAX);
        let limit = credential.limit.map_or(0, RateLimit::per_minute);
        let mut encoded = [0; TOKEN_FIELDS_LENGTH];
        encoded[..4].copy_from_slice(&app.to_le_bytes());
        encoded[4..8].copy_from_slice(&scopes.to_le_bytes());
        encoded[8..12].copy_from_slice(&limit.to_le_bytes());
        encoded[12..].copy_from_slice(&district);
        Some(encoded)
    }

    /// Returns the app of a record; `None` if it is unknown.
    pub fn app(&self, fields: &TokenFields) -> Option<&KnownApp> {
        self.apps.get((fields.app as usize).checked_sub(1)?)
    }

    /// Returns the scopes of a record; `None` if they are unknown.
    pub fn scopes(&self, fields: &TokenFields) -> Option<&KnownScopes> {
        self.scopes.get(fields.scopes as usize)
    }
}

impl TokenFields {
    /// Decodes what [`Interned::encode_fields`] encoded.
    pub fn decode(encoded: &[u8; TOKEN_FIELDS_LENGTH]) -> Self {
        let number = |at: usize| {
            let mut part = [0; 4];
            part.copy_from_slice(&encoded[at..at + 4]);
            u32::from_le_bytes(part)
        };
        let mut district = [0; 12];
        district.copy_from_slice(&encoded[12..]);
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
            let fields = TokenFields::decode(&encoded(app, scopes, limit, district));
            prop_assert_eq!((fields.app, fields.scopes), (app, scopes));
            prop_assert_eq!(fields.limit, RateLimit::new(limit));
            prop_assert_eq!(fields.district, ObjectId::from_bytes(district));
        }
    }

    #[test]
    fn unknown_numbers_resolve_to_nothing() {
        let interned = Interned::default();
        for app in [0, 1, u32::MAX] {
            let fields = TokenFields::decode(&encoded(app, u32::MAX, 0, [0; 12]));
            assert!(interned.app(&fields).is_none() && interned.scopes(&fields).is_none(), "{app}");
        }
    }
}
