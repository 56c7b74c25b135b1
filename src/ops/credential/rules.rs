//! Rules that several changes of credentials share.

use crate::{
    domain::{
        credential::{
            Credential, CredentialKind, Deletion,
            lifetime::{Expiry, Lifetime},
        },
        instant::Instant,
    },
    ops::error::credential::CredentialError,
};

/// Fails if the credential was revoked or deleted.
pub(in crate::ops) fn ensure_unrevoked(credential: &Credential) -> Result<(), CredentialError> {
    let id = credential.id;
    match (&credential.deleted, &credential.revoked) {
        (Some(Deletion { at, by }), _) => {
            Err(CredentialError::AlreadyDeleted { id, at: *at, by: by.clone() })
        }
        (None, Some(revocation)) => {
            Err(CredentialError::AlreadyRevoked { id, revocation: revocation.clone() })
        }
        (None, None) => Ok(()),
    }
}

/// Fails if the credential is not a token. `what` is the property that only tokens have.
pub(in crate::ops) fn ensure_token(
    credential: &Credential,
    what: &'static str,
) -> Result<(), CredentialError> {
    match credential.kind() {
        CredentialKind::Token => Ok(()),
        _ => Err(CredentialError::NotAToken { id: credential.id, what }),
    }
}

/// Sets a new lifetime that starts at `now`. A retiring secret never outlives the new expiry. The same lifetime with the
/// same expiry is no change.
///
/// # Errors
/// [`CredentialError::Lifetime`]; [`CredentialError::UserPasscodeNeedsExpiry`].
pub(in crate::ops) fn set_lifetime(
    credential: &mut Credential,
    lifetime: Lifetime,
    now: Instant,
) -> Result<(), CredentialError> {
    let expiry = lifetime.expiry(now)?;
    if credential.kind() == CredentialKind::User && expiry == Expiry::Never {
        return Err(CredentialError::UserPasscodeNeedsExpiry);
    }
    if (credential.lifetime, credential.expiry) == (lifetime, expiry) {
        return Ok(());
    }
    (credential.lifetime, credential.expiry, credential.expiry_set_at) = (lifetime, expiry, now);
    if let (Some(retiring), Some(end)) = (&mut credential.secrets.retiring, expiry.instant()) {
        retiring.until = retiring.until.min(end);
    }
    Ok(())
}
