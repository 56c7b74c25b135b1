//! The check that the apps and districts of tokens and legacy keys exist.

use super::expected::{DirectoryEntry, ExpectedRows};
use crate::domain::credential::Credential;

impl ExpectedRows {
    /// Returns the issue with the app or district of a credential; `None` if they are right or it has neither. Both
    /// must belong to the account of the credential, and removing either of them revokes the credential.
    pub(super) fn find_subject_issue(&self, credential: &Credential) -> Option<String> {
        let (app, district) = (credential.subject.app(), credential.subject.district());
        let app = app.zip(self.apps.as_ref()).map(|(id, apps)| ("app", apps.get(&id)));
        let district = district.zip(self.districts.as_ref());
        let district = district.map(|(id, districts)| ("district", districts.get(&id)));
        [app, district]
            .into_iter()
            .flatten()
            .find_map(|(what, entry)| directory_issue(credential, what, entry))
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
        Some(entry) if entry.account != credential.account => {
            Some(format!("the {what} of {id} belongs to another account"))
        }
        Some(entry) if entry.is_removed && credential.is_unrevoked() => {
            Some(format!("the {what} of {id} was removed, but {id} was not revoked"))
        }
        Some(_) => None,
    }
}
