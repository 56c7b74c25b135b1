//! The result of looking a secret up in the store.

use crate::domain::{
    credential::{Credential, secret::Digest},
    directory::{account::Account, app::App},
};

/// What the store knows about a secret.
#[derive(Clone, Debug)]
pub enum SecretLookup {
    /// No record has or had this secret.
    Unknown,
    /// The record fails verification. The secret is refused, whatever the record contains.
    Tampered,
    /// An intact record has or had this secret.
    Known(Box<KnownSecret>),
}

/// The credential of a presented secret, with its account and app.
#[derive(Clone, Debug)]
pub struct KnownSecret {
    /// The credential.
    pub credential: Credential,
    /// Its account.
    pub account: Account,
    /// The app of a token or a legacy key. `None` for passcodes, and if the app's record is missing.
    pub app: Option<App>,
    /// The digest of the presented secret.
    pub digest: Digest,
}
