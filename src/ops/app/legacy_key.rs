//! Import of the key that an app used before there were tokens.

use rand::CryptoRng;

use crate::{
    domain::{
        credential::{Credential, CredentialKind, Secrets, lifetime::Lifetime, subject::Subject},
        decision::SecretLookup,
        directory::{account::Account, app::App},
        legacy::{LegacyKey, STRONG_KEY_BITS},
    },
    ops::{
        context::WriteTx,
        credential::issue::{NewCredential, insert_new_credential},
        error::{OpError, legacy::LegacyError},
    },
    store::StoreError,
};

/// A legacy key to import.
#[derive(Debug)]
pub struct LegacyKeyImport {
    /// The key.
    pub key: LegacyKey,
    /// Whether to import it even if it has fewer than [`STRONG_KEY_BITS`] bits.
    pub allow_weak: bool,
}

impl LegacyKeyImport {
    /// Checks that the key is strong enough, or may be weak.
    ///
    /// # Errors
    /// [`LegacyError::Weak`].
    pub fn check_strength(&self) -> Result<(), LegacyError> {
        let bits = self.key.entropy_bits();
        match bits < STRONG_KEY_BITS && !self.allow_weak {
            true => Err(LegacyError::Weak { bits }),
            false => Ok(()),
        }
    }
}

/// Imports the legacy key of an app.
///
/// # Errors
/// A [`LegacyError`].
pub(super) fn import_legacy_key(
    write: &mut WriteTx<'_>,
    account: &Account,
    app: &App,
    import: &LegacyKeyImport,
    entropy: &mut dyn CryptoRng,
) -> Result<Credential, OpError> {
    import.check_strength()?;
    let subject = Subject::App(app.id);
    let holder =
        write.tx.find_holder(account.key, CredentialKind::Legacy, &subject.unique_key())?;
    if let Some(holder) = holder.as_ref().filter(|holder| holder.is_unrevoked()) {
        let (app, state) = (app.name.to_string(), holder.state(write.now));
        return Err(LegacyError::AlreadyHasKey { app, id: holder.id, state }.into());
    }
    let digest = write.tx.digest(import.key.expose());
    match write.tx.find_by_digest(&digest)? {
        SecretLookup::Unknown => {}
        SecretLookup::Tampered => {
            let why = "the record of this key was changed outside gatepass".to_owned();
            return Err(StoreError::Integrity(why).into());
        }
        SecretLookup::Known(known) => {
            let (one, state) = (&known.credential, known.credential.state(write.now));
            return Err(LegacyError::SecretInUse { id: one.id, kind: one.kind(), state }.into());
        }
    }
    // The app has the key already, so it counts as delivered.
    let secrets = Secrets::new(digest, write.now, Some(write.now));
    let previous = holder.map(|holder| holder.seq);
    let new = NewCredential { previous, ..NewCredential::new(subject, None, Lifetime::Forever) };
    insert_new_credential(write, account, new, secrets, entropy)
}
