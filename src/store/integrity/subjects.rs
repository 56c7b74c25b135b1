//! The examination, as far as tokens and legacy keys are those of apps and districts that there are.

use super::check::ExpectedRows;
use crate::domain::{
    credential::Credential,
    directory::{account::AccountKey, app::App, district::District},
};

/// What is known of an app or a district.
pub(crate) struct DirectoryEntry {
    /// Its number.
    pub(crate) seq: i64,
    account: AccountKey,
    is_removed: bool,
}

impl From<&App> for DirectoryEntry {
    fn from(app: &App) -> Self {
        Self { seq: app.seq, account: app.account, is_removed: app.removed.is_some() }
    }
}

impl From<&District> for DirectoryEntry {
    fn from(district: &District) -> Self {
        let District { seq, account, removed, .. } = district;
        Self { seq: *seq, account: *account, is_removed: removed.is_some() }
    }
}

impl ExpectedRows {
    /// What is wrong with the app or the district of a credential, if it has one. Both are of its own account, and with
    /// either of them goes all that is good for it.
    pub(crate) fn find_subject_issue(&self, credential: &Credential) -> Option<String> {
        let (app, district) = (credential.subject.app(), credential.subject.district());
        let app = app.zip(self.apps.as_ref()).map(|(id, apps)| ("app", apps.get(&id)));
        let district = district.zip(self.districts.as_ref());
        let district = district.map(|(id, districts)| ("district", districts.get(&id)));
        [app, district]
            .into_iter()
            .flatten()
            .find_map(|(what, party)| directory_issue(credential, what, party))
    }
}

fn directory_issue(
    credential: &Credential,
    what: &str,
    entry: Option<&DirectoryEntry>,
) -> Option<String> {
    let id = credential.id;
    match entry {
        None => Some(format!("the {what} of {id} is missing")),
        Some(party) if party.account != credential.account => {
            Some(format!("the {what} of {id} is that of another account"))
        }
        Some(party) if party.is_removed && credential.is_unrevoked() => {
            Some(format!("the {what} of {id} was removed, and {id} was not revoked"))
        }
        Some(_) => None,
    }
}
