//! Removal: what ends with an app or a district that is removed.

use crate::{
    domain::{
        audit::Action,
        credential::{Credential, Kind, Revocation, RevocationReason},
    },
    ops::{Change, Directory, OpError, Party},
    store::{StoreError, Transaction},
};

/// How many live tokens an error lists.
const LISTED: usize = 10;

/// Revokes what of a party's credentials is neither revoked nor deleted; answers those that were live.
pub(super) fn end_all(
    change: &mut Change<'_>,
    party: (Party, String),
    mut held: Vec<Credential>,
    revoke_tokens: bool,
) -> Result<(Vec<Credential>, Directory), OpError> {
    held.retain(Credential::is_open);
    let (live, expired): (Vec<_>, Vec<_>) =
        held.into_iter().partition(|credential| credential.state(change.now).is_live());
    if !live.is_empty() && !revoke_tokens {
        return Err(still_live(&change.tx, party, &live)?);
    }
    let names = Directory::as_far_as_known(&change.tx, &live)?;
    let mut revoked = Vec::with_capacity(live.len());
    for credential in live {
        revoked.push(end(change, credential)?);
    }
    for credential in expired {
        end(change, credential)?;
    }
    Ok((revoked, names))
}

fn end(change: &mut Change<'_>, mut credential: Credential) -> Result<Credential, StoreError> {
    let reason = Some(RevocationReason::NoLongerNeeded);
    credential.revoked = Some(Revocation { at: change.now, by: change.by(), reason });
    change.update(Action::Revoke, credential)
}

/// That a party has live tokens, and which.
fn still_live(
    tx: &Transaction<'_>,
    (party, name): (Party, String),
    live: &[Credential],
) -> Result<OpError, StoreError> {
    let (count, listed) = (live.len(), &live[..live.len().min(LISTED)]);
    let names = Directory::as_far_as_known(tx, listed)?;
    let some = listed
        .iter()
        .map(|credential| Ok((credential.id, names.called(credential)?.to_string())))
        .collect::<Result<_, StoreError>>()?;
    let tokens = live.iter().filter(|credential| credential.kind() == Kind::Token).count();
    let what = match (tokens, count > tokens) {
        (0, _) => "a live legacy key".to_owned(),
        (1, false) => "1 live token".to_owned(),
        (many, false) => format!("{many} live tokens"),
        (1, true) => "1 live token and a live legacy key".to_owned(),
        (many, true) => format!("{many} live tokens and a live legacy key"),
    };
    Ok(OpError::StillLive { party, name, what, count, some })
}
