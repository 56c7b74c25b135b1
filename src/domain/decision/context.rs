//! A credential with the records that decide about it.

use crate::domain::{
    credential::Credential,
    directory::{account::Account, app::App},
};

/// A credential with the records that the decision about it depends on.
#[derive(Clone, Copy, Debug)]
pub struct CredentialContext<'a> {
    /// The credential.
    pub credential: &'a Credential,
    /// Its account.
    pub account: &'a Account,
    /// The app of a token or a legacy key. `None` for passcodes, and if the app's record is missing.
    pub app: Option<&'a App>,
}

impl CredentialContext<'_> {
    /// Returns whether the credential belongs to an app that was removed, which revokes the app's credentials.
    pub fn is_orphaned(&self) -> bool {
        self.credential.subject.app().is_some() && self.app.is_none_or(|app| app.removed.is_some())
    }
}
