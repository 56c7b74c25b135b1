//! Removal: what ends with an app or a district that is removed.

use crate::{
    domain::{
        audit::Action,
        credential::{Credential, CredentialKind, Revocation, RevocationReason},
    },
    ops::{AppOrDistrict, DirectoryError, DisplayNames, OpError, WriteTx},
    store::{StoreError, Transaction},
};

/// How many live tokens an error lists.
const MAX_LISTED: usize = 10;

/// Revokes what of a party's credentials is neither revoked nor deleted; answers those that were live.
pub(in crate::ops) fn revoke_all(
    write: &mut WriteTx<'_>,
    target: (AppOrDistrict, String),
    mut credentials: Vec<Credential>,
    revoke_tokens: bool,
) -> Result<(Vec<Credential>, DisplayNames), OpError> {
    credentials.retain(Credential::is_unrevoked);
    let (live, expired): (Vec<_>, Vec<_>) =
        credentials.into_iter().partition(|credential| credential.state(write.now).is_valid());
    if !live.is_empty() && !revoke_tokens {
        return Err(live_credentials_error(&write.tx, target, &live)?);
    }
    let names = DisplayNames::for_credentials_best_effort(&write.tx, &live)?;
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

/// That a party has live tokens, and which.
fn live_credentials_error(
    tx: &Transaction<'_>,
    (kind, name): (AppOrDistrict, String),
    live: &[Credential],
) -> Result<OpError, StoreError> {
    let (count, listed) = (live.len(), &live[..live.len().min(MAX_LISTED)]);
    let names = DisplayNames::for_credentials_best_effort(tx, listed)?;
    let first = listed
        .iter()
        .map(|credential| Ok((credential.id, names.display_name(credential)?.to_string())))
        .collect::<Result<_, StoreError>>()?;
    let tokens =
        live.iter().filter(|credential| credential.kind() == CredentialKind::Token).count();
    let what = match (tokens, count > tokens) {
        (0, _) => "a live legacy key".to_owned(),
        (1, false) => "1 live token".to_owned(),
        (many, false) => format!("{many} live tokens"),
        (1, true) => "1 live token and a live legacy key".to_owned(),
        (many, true) => format!("{many} live tokens and a live legacy key"),
    };
    Ok(DirectoryError::HasLiveCredentials { kind, name, what, count, first }.into())
}
