//! The keys that sign an app's webhook messages.

use crate::{
    delivery::SigningKey,
    domain::directory::app::App,
    store::{StoreError, Transaction},
};

/// Returns the signing key of an app that belongs to a key generation of its webhook.
///
/// # Errors
/// If the derived key does not have the length of a signing key.
pub(in crate::ops) fn signing_key(
    tx: &mut Transaction<'_>,
    app: &App,
    generation: u32,
) -> Result<SigningKey, StoreError> {
    let key = tx.signing_key(app.id, generation);
    SigningKey::new(&key[..]).map_err(|_| StoreError::integrity("a key has the wrong length"))
}
