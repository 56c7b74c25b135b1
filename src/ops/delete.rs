//! `delete`: dead at once, its name and its place free again.

use super::revoke::still_listed;
use crate::{
    domain::{
        account::Account,
        audit::Action,
        credential::{Credential, Deletion, State},
        reference::Reference,
    },
    ops::{
        Change, Desk, OpError,
        resolve::{Prefixes, resolve_all},
    },
};

/// Which credentials.
#[derive(Clone, Debug)]
pub enum Which {
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
/// [`OpError::AlreadyDeleted`] for the first that is.
pub fn delete(
    desk: &Desk<'_>,
    which: &Which,
    prefixes: Prefixes,
) -> Result<(Vec<Credential>, Account), OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    let chosen = match which {
        Which::Named(references) => {
            resolve_all(&change.tx, std::slice::from_ref(&account), references, prefixes)?
        }
        Which::Expired { older_than } => expired(&change, &account, *older_than)?,
    };
    chosen.iter().try_for_each(still_listed)?;
    let mut all = Vec::with_capacity(chosen.len());
    for mut credential in chosen {
        credential.slot = None;
        credential.deleted = Some(Deletion { at: change.now, by: change.by() });
        all.push(change.update(Action::Delete, credential)?);
    }
    change.commit()?;
    Ok((all, account))
}

fn expired(
    change: &Change<'_>,
    account: &Account,
    older_than: i64,
) -> Result<Vec<Credential>, OpError> {
    let mut found = change.tx.list_ending(change.now.plus(-older_than))?;
    found.retain(|credential| {
        credential.account == account.key && credential.state(change.now) == State::Expired
    });
    Ok(found)
}
