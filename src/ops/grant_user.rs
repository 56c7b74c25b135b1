//! `grant-user`: the passcode of one user, or of many.

use rand::CryptoRng;

use super::create::{Draft, issue, make_way};
use crate::{
    domain::{
        account::Account,
        credential::{Credential, Kind},
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
    let taken = |holder: &Credential, state| OpError::AlreadyGranted {
        email: holder.owner.as_str().to_owned(),
        id: holder.id,
        state,
    };
    let previous = make_way(change, holder, taken)?;
    let owner = Owner::User(grant.email);
    let draft = Draft { previous, ..Draft::new(owner, grant.note, grant.lifetime) };
    issue(change, account, draft, entropy, delivery)
}
