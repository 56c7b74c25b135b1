//! `delete`: the credential stops working and is no longer listed; its name and its slot are free.

use std::ops::ControlFlow;

use super::changed::ChangedCredentials;
use crate::{
    domain::{
        audit::Action,
        credential::{Credential, Deletion, State},
        directory::{account::Account, reference::Reference},
        duration::Duration,
        instant::Instant,
    },
    ops::{
        context::{OpContext, WriteTx},
        error::OpError,
        query::resolve::{PartialIds, resolve_all},
    },
    store::{SortBy, StoreError},
};

/// The credentials to delete.
#[derive(Clone, Debug)]
pub enum DeleteSelection {
    /// The credentials that these references name.
    Named(Vec<Reference>),
    /// All credentials of the account that ended in one of these ways.
    Ended {
        /// Those that expired.
        expired: bool,
        /// Those that were revoked.
        revoked: bool,
        /// Leaves out those that ended more recently.
        older_than: Duration,
    },
}

/// The result of deleting credentials.
#[derive(Debug)]
pub struct DeletedCredentials {
    /// The credentials that were deleted, as they are afterwards.
    pub changed: ChangedCredentials,
    /// The selected credentials that had been deleted before, and stay as they are. Only an id names such a credential.
    pub unchanged: Vec<Credential>,
}

/// Deletes credentials, all or none. Those that are deleted already stay as they are.
///
/// # Errors
/// As for [`resolve`](crate::ops::query::resolve::resolve), or if the store can't be written.
pub fn delete(
    context: &OpContext<'_>,
    selection: &DeleteSelection,
    partial_ids: PartialIds,
) -> Result<DeletedCredentials, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let selected = match selection {
        DeleteSelection::Named(references) => {
            resolve_all(&mut write.tx, std::slice::from_ref(&account), references, partial_ids)?
        }
        DeleteSelection::Ended { expired, revoked, older_than } => {
            let latest = write.now.plus(-older_than.seconds());
            let mut ended = Vec::new();
            if *expired {
                ended.extend(list_expired(&mut write, &account, latest)?);
            }
            if *revoked {
                ended.extend(list_revoked(&mut write, &account, latest)?);
            }
            ended.sort_unstable_by_key(|credential| credential.seq);
            ended
        }
    };
    let (unchanged, selected): (Vec<_>, Vec<_>) =
        selected.into_iter().partition(|credential| credential.deleted.is_some());
    write.tx.prefetch_names_of(&selected)?;
    write.tx.prefetch_districts(&selected)?;
    let mut deleted = Vec::with_capacity(selected.len());
    for mut credential in selected {
        credential.slot = None;
        credential.deleted = Some(Deletion { at: write.now, by: write.actor_label() });
        deleted.push(write.update_credential(Action::Delete, credential)?);
    }
    let changed = ChangedCredentials::existing(&mut write, account, deleted)?;
    write.commit_if_changed()?;
    Ok(DeletedCredentials { changed, unchanged })
}

fn list_expired(
    write: &mut WriteTx<'_>,
    account: &Account,
    latest: Instant,
) -> Result<Vec<Credential>, StoreError> {
    let mut found = write.tx.list_expiring_by(latest)?;
    found.retain(|credential| {
        credential.account == account.key && credential.state(write.now) == State::Expired
    });
    Ok(found)
}

/// Lists the revoked credentials. No index has them, so this reads all credentials, but keeps only these in memory.
fn list_revoked(
    write: &mut WriteTx<'_>,
    account: &Account,
    latest: Instant,
) -> Result<Vec<Credential>, StoreError> {
    let (now, mut found) = (write.now, Vec::new());
    write.tx.scan_credentials(SortBy::Created, |credential| {
        let is_old = credential.revoked.as_ref().is_some_and(|revoked| revoked.at <= latest);
        if is_old && credential.state(now) == State::Revoked && credential.account == account.key {
            found.push(credential);
        }
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(found)
}
