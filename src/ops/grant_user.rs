//! `grant-user`: the passcode of one user, or of many.

use rand::CryptoRng;

use super::create::{Draft, issue};
use crate::{
    domain::{
        account::Account,
        audit::Action,
        credential::{Credential, Deletion, Kind, State},
        lifetime::Lifetime,
        name::{Email, Note},
        owner::Owner,
    },
    ops::{Change, Delivery, Desk, Issued, OpError},
};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The user.
    pub email: Email,
    /// A free text.
    pub note: Option<Note>,
    /// How long it lives.
    pub lifetime: Lifetime,
}

/// Makes the passcode of one user. An expired one is deleted in the same transaction.
///
/// # Errors
/// [`OpError::AlreadyGranted`], or that the secret could not be delivered ahead.
pub fn grant_user(
    desk: &Desk<'_>,
    grant: Grant,
    entropy: &mut dyn CryptoRng,
    delivery: &mut dyn Delivery,
) -> Result<Issued, OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    let issued = grant_one(&mut change, &account, grant, entropy, delivery)?;
    delivery.settle().map_err(OpError::Delivery)?;
    change.commit()?;
    Ok(issued)
}

/// Makes the passcodes of many users, all or none; `each` hears of every one.
///
/// # Errors
/// As for [`grant_user`], for the first that fails.
pub fn grant_users(
    desk: &Desk<'_>,
    grants: Vec<Grant>,
    entropy: &mut dyn CryptoRng,
    delivery: &mut dyn Delivery,
    mut each: impl FnMut(&Issued),
) -> Result<Account, OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    for grant in grants {
        each(&grant_one(&mut change, &account, grant, entropy, delivery)?);
    }
    delivery.settle().map_err(OpError::Delivery)?;
    change.commit()?;
    Ok(account)
}

fn grant_one(
    change: &mut Change<'_>,
    account: &Account,
    grant: Grant,
    entropy: &mut dyn CryptoRng,
    delivery: &mut dyn Delivery,
) -> Result<Issued, OpError> {
    let holder = change.tx.find_holder(account.key, Kind::User, &grant.email.key())?;
    let previous = match holder {
        None => None,
        Some(holder) => make_way(change, holder)?,
    };
    let owner = Owner::User(grant.email);
    let draft = Draft { previous, ..Draft::new(owner, grant.note, grant.lifetime) };
    issue(change, account, draft, entropy, delivery)
}

/// What the user had before, as far as it stays listed: a revoked one does, an expired one is deleted now.
fn make_way(change: &mut Change<'_>, mut holder: Credential) -> Result<Option<i64>, OpError> {
    match holder.state(change.now) {
        State::Revoked => Ok(Some(holder.seq)),
        State::Expired => {
            holder.deleted = Some(Deletion { at: change.now, by: change.by() });
            Ok(change.update(Action::Delete, holder)?.previous)
        }
        state => Err(OpError::AlreadyGranted {
            email: holder.owner.as_str().to_owned(),
            id: holder.id,
            state,
        }),
    }
}
