//! Lookup

use crate::domain::{
    credential::{Credential, secret::Digest},
    directory::{account::Account, app::App},
};

/// What the store knows of a presented secret.
#[derive(Clone, Debug)]
pub enum SecretLookup {
    /// Nothing.
    Unknown,
    /// A record that does not verify: a refusal, whatever it says.
    Tampered,
    /// An intact record.
    Known(Box<KnownSecret>),
}

/// A credential that has, or had, the presented secret.
#[derive(Clone, Debug)]
pub struct KnownSecret {
    /// The record.
    pub credential: Credential,
    /// Its account.
    pub account: Account,
    /// The app of a token or a legacy key.
    pub app: Option<App>,
    /// The digest under which it was found.
    pub digest: Digest,
}
