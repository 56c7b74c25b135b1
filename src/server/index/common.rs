//! What many credentials have in common: the apps that tokens and legacy keys are for, and sets of scopes. A record
//! keeps their numbers only.

use std::{collections::HashMap, sync::Arc};

use hyper::header::HeaderValue;

use crate::domain::{
    app::App,
    credential::Credential,
    id::{ClientId, ObjectId},
    limit::Limit,
    owner::Owner,
};

/// How long what a record keeps of a token or a legacy key is.
pub const LENGTH: usize = 24;

/// An app, as far as verdicts need it.
#[derive(Clone, Debug)]
pub struct KnownApp {
    /// Its id.
    pub id: ObjectId,
    /// The same, as it stands in a header.
    pub header: HeaderValue,
    /// The name under which its programs authenticate.
    pub client: ClientId,
    /// What its tokens are good for, where nothing else was said of one.
    pub limit: Limit,
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
            client: app.client_id,
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
pub struct Common {
    apps: Vec<KnownApp>,
    app_numbers: HashMap<ObjectId, u32>,
    scopes: Vec<KnownScopes>,
    scope_numbers: HashMap<Arc<str>, u32>,
}

/// What a record keeps of a token or a legacy key.
#[derive(Clone, Copy, Debug)]
pub struct Particulars {
    app: u32,
    scopes: u32,
    /// The district of a token; of a legacy key it means nothing.
    pub district: ObjectId,
    /// The token's own limit, where it has one.
    pub limit: Option<Limit>,
}

impl Common {
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
    pub fn knows(&self, credential: &Credential) -> bool {
        self.scope_numbers.contains_key(credential.scopes.as_str())
    }

    /// Gives the scopes of a credential a number, if they have none.
    pub fn learn(&mut self, credential: &Credential) {
        if !self.knows(credential) {
            let scopes = KnownScopes::from(credential.scopes.as_str());
            self.scope_numbers.insert(scopes.text.clone(), self.scopes.len() as u32);
            self.scopes.push(scopes);
        }
    }

    /// What a record keeps of a token or a legacy key; nothing of a passcode.
    pub fn write(&self, credential: &Credential) -> Option<[u8; LENGTH]> {
        let (app, district) = match &credential.owner {
            Owner::Partner(_) | Owner::User(_) => return None,
            Owner::Pair(pair) => (pair.app(), pair.district().bytes()),
            Owner::App(app) => (*app, [0; 12]),
        };
        let app = self.app_numbers.get(&app).copied().unwrap_or(0);
        let scopes = self.scope_numbers.get(credential.scopes.as_str());
        let scopes = scopes.copied().unwrap_or(u32::MAX);
        let limit = credential.limit.map_or(0, Limit::per_minute);
        let mut written = [0; LENGTH];
        written[..4].copy_from_slice(&app.to_le_bytes());
        written[4..8].copy_from_slice(&scopes.to_le_bytes());
        written[8..12].copy_from_slice(&limit.to_le_bytes());
        written[12..].copy_from_slice(&district);
        Some(written)
    }

    /// The app of a record.
    pub fn app(&self, particulars: &Particulars) -> Option<&KnownApp> {
        self.apps.get((particulars.app as usize).checked_sub(1)?)
    }

    /// The scopes of a record.
    pub fn scopes(&self, particulars: &Particulars) -> Option<&KnownScopes> {
        self.scopes.get(particulars.scopes as usize)
    }
}

impl Particulars {
    /// Reads what a record keeps.
    pub fn read(written: &[u8; LENGTH]) -> Self {
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
            limit: Limit::new(number(8)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    fn written(app: u32, scopes: u32, limit: u32, district: [u8; 12]) -> [u8; LENGTH] {
        let parts = [app.to_le_bytes(), scopes.to_le_bytes(), limit.to_le_bytes()].concat();
        [&parts[..], &district].concat().try_into().unwrap()
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_back(
            app in any::<u32>(), scopes in any::<u32>(), limit in 0..1_000_000u32,
            district in any::<[u8; 12]>(),
        ) {
            let kept = Particulars::read(&written(app, scopes, limit, district));
            prop_assert_eq!((kept.app, kept.scopes), (app, scopes));
            prop_assert_eq!(kept.limit, Limit::new(limit));
            prop_assert_eq!(kept.district, ObjectId::from_bytes(district));
        }
    }

    #[test]
    fn numbers_that_mean_nothing_are_nobodys() {
        let common = Common::default();
        for app in [0, 1, u32::MAX] {
            let kept = Particulars::read(&written(app, u32::MAX, 0, [0; 12]));
            assert!(common.app(&kept).is_none() && common.scopes(&kept).is_none(), "{app}");
        }
    }
}
