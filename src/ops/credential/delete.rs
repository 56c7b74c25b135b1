//! `delete`: dead at once, its name and its place free again.

use super::revoke::ensure_not_deleted;
use crate::{
    domain::{
        audit::Action,
        credential::{Credential, Deletion, State},
        directory::{account::Account, reference::Reference},
    },
    ops::{
        OpContext, OpError, WriteTx,
        query::resolve::{PartialIds, resolve_all},
    },
};

/// Which credentials.
#[derive(Clone, Debug)]
pub enum DeleteSelection {
    /// Those that are named.
    Named(Vec<Reference>),
    /// Those that expired at least this many seconds ago.
    Expired {
        /// How long ago.
        older_than: i64,
    },
}

/// Deletes credentials, all or none; answers them as they are then.
///
/// # Errors
/// [`CredentialError::AlreadyDeleted`](crate::ops::CredentialError::AlreadyDeleted) for the first that is.
pub fn delete(
    context: &OpContext<'_>,
    selection: &DeleteSelection,
    partial_ids: PartialIds,
) -> Result<(Vec<Credential>, Account), OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let chosen = match selection {
        DeleteSelection::Named(references) => {
            resolve_all(&write.tx, std::slice::from_ref(&account), references, partial_ids)?
        }
        DeleteSelection::Expired { older_than } => list_expired(&write, &account, *older_than)?,
    };
    chosen.iter().try_for_each(ensure_not_deleted)?;
    let mut all = Vec::with_capacity(chosen.len());
    for mut credential in chosen {
        credential.slot = None;
        credential.deleted = Some(Deletion { at: write.now, by: write.actor_label() });
        all.push(write.update_credential(Action::Delete, credential)?);
    }
    write.commit()?;
    Ok((all, account))
}

fn list_expired(
    write: &WriteTx<'_>,
    account: &Account,
    older_than: i64,
) -> Result<Vec<Credential>, OpError> {
    let mut found = write.tx.list_expiring_by(write.now.plus(-older_than))?;
    found.retain(|credential| {
        credential.account == account.key && credential.state(write.now) == State::Expired
    });
    Ok(found)
}
