//! What happens to the credentials of an app or district that is removed.

use crate::{
    domain::{
        audit::Action,
        credential::{Credential, CredentialKind, Revocation, RevocationReason},
    },
    ops::{
        context::WriteTx,
        error::{
            OpError,
            directory::{AppOrDistrict, DirectoryError},
        },
        query::display_names::DisplayNames,
    },
    store::{StoreError, Transaction},
};

/// Live credentials that an error lists.
const MAX_LISTED: usize = 10;

/// The app or district to remove, for messages.
pub(super) struct RemovalTarget {
    /// Whether it is an app or a district.
    pub(super) kind: AppOrDistrict,
    /// Its name.
    pub(super) name: String,
}

/// Revokes the credentials of an app or district that are neither revoked nor deleted. Returns the live ones among
/// them, with their display names.
///
/// # Errors
/// [`DirectoryError::HasLiveCredentials`] unless `revoke_tokens` is set.
pub(super) fn revoke_all(
    write: &mut WriteTx<'_>,
    target: RemovalTarget,
    mut credentials: Vec<Credential>,
    revoke_tokens: bool,
) -> Result<(Vec<Credential>, DisplayNames), OpError> {
    credentials.retain(Credential::is_unrevoked);
    let (live, expired): (Vec<_>, Vec<_>) =
        credentials.into_iter().partition(|credential| credential.state(write.now).is_valid());
    if !live.is_empty() && !revoke_tokens {
        return Err(live_credentials_error(&mut write.tx, target, &live)?.into());
    }
    let names = DisplayNames::for_credentials_best_effort(&mut write.tx, &live)?;
    write.tx.prefetch_districts(&live)?;
    write.tx.prefetch_districts(&expired)?;
    let mut revoked = Vec::with_capacity(live.len());
    for credential in live {
        revoked.push(revoke_one(write, credential)?);
    }
    for credential in expired {
        revoke_one(write, credential)?;
    }
    Ok((revoked, names))
}

fn revoke_one(
    write: &mut WriteTx<'_>,
    mut credential: Credential,
) -> Result<Credential, StoreError> {
    let reason = Some(RevocationReason::NoLongerNeeded);
    credential.revoked = Some(Revocation { at: write.now, by: write.actor_label(), reason });
    write.update_credential(Action::Revoke, credential)
}

/// Returns the error that counts the live credentials and lists the first of them.
fn live_credentials_error(
    tx: &mut Transaction<'_>,
    target: RemovalTarget,
    live: &[Credential],
) -> Result<DirectoryError, StoreError> {
    let RemovalTarget { kind, name } = target;
    let (count, listed) = (live.len(), &live[..live.len().min(MAX_LISTED)]);
    let names = DisplayNames::for_credentials_best_effort(tx, listed)?;
    let first = listed
        .iter()
        .map(|credential| Ok((credential.id, names.display_name(credential)?.to_string())))
        .collect::<Result<_, StoreError>>()?;
    let tokens =
        live.iter().filter(|credential| credential.kind() == CredentialKind::Token).count();
    let what = match (tokens, count > tokens) {
        (0, _) => "an active legacy key".to_owned(),
        (1, false) => "1 active token".to_owned(),
        (many, false) => format!("{many} active tokens"),
        (1, true) => "1 active token and an active legacy key".to_owned(),
        (many, true) => format!("{many} active tokens and an active legacy key"),
    };
    Ok(DirectoryError::HasLiveCredentials { kind, name, what, count, first })
}
