//! The pick-up: the first secret of a token that was granted without one, made when its app first asks for it.

use rand::CryptoRng;

use crate::{
    domain::{
        audit::Action,
        credential::{Credential, Secrets},
        secret::Plaintext,
    },
    ops::{Change, OpError},
};

/// Makes the first secret of a token within a change.
///
/// # Errors
/// When the store does not take it.
pub(super) fn first_secret(
    change: &mut Change<'_>,
    token: Credential,
    entropy: &mut dyn CryptoRng,
) -> Result<(Credential, Plaintext), OpError> {
    let kind = token.kind().secret_kind().ok_or(OpError::LegacyIsNotIssued)?;
    let secret = Plaintext::generate(kind, entropy);
    let secrets = Secrets {
        generation: 1,
        current: Some(change.tx.digest(secret.expose())),
        made_at: change.now,
        // The answer to who asks is where it is handed over.
        delivered_at: Some(change.now),
        retiring: None,
    };
    let token = change.update(Action::Pickup, Credential { secrets, ..token })?;
    Ok((token, secret))
}
