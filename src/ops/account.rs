//! `account`: whose APIs the store keeps the credentials of.

use rand::CryptoRng;

use crate::{
    domain::{
        account::{Account, AccountId, AccountKey, Region},
        audit::Action,
        name::Name,
    },
    ops::{Change, Desk, OpError},
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its number, if it has one already.
    pub id: Option<AccountId>,
    /// Its name.
    pub name: Name,
    /// Where its API runs.
    pub region: Region,
    /// Whether account passcodes are refused.
    pub require_user_passcode: bool,
}

/// What is to become different.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// A new name.
    pub name: Option<Name>,
    /// A new region.
    pub region: Option<Region>,
    /// Whether account passcodes are refused.
    pub require_user_passcode: Option<bool>,
}

/// Adds an account.
///
/// # Errors
/// [`OpError::AccountExists`].
pub fn add(desk: &Desk<'_>, order: Order, entropy: &mut dyn CryptoRng) -> Result<Account, OpError> {
    let mut change = desk.begin()?;
    let account = order.insert(&mut change, entropy)?;
    change.commit()?;
    Ok(account)
}

impl Order {
    /// Inserts the account within a change.
    pub(super) fn insert(
        self,
        change: &mut Change<'_>,
        entropy: &mut dyn CryptoRng,
    ) -> Result<Account, OpError> {
        let id = self.id.unwrap_or_else(|| AccountId::generate(entropy));
        if change.tx.accounts()?.iter().any(|account| account.id == id) {
            return Err(OpError::AccountExists(id));
        }
        let draft = Account {
            key: AccountKey(0),
            id,
            name: self.name,
            region: self.region,
            require_user_passcode: self.require_user_passcode,
            legacy: None,
            created_at: change.now,
            audit_seq: 0,
        };
        let stamp = change.stamp(Action::AccountAdd);
        Ok(change.tx.insert_account(&stamp, draft)?)
    }
}

/// Changes the chosen account.
///
/// # Errors
/// [`OpError::NoSuchAccount`], or that none was chosen of several.
pub fn edit(desk: &Desk<'_>, edits: Edits) -> Result<Account, OpError> {
    let mut change = desk.begin()?;
    let before = change.account()?;
    let after = Account {
        name: edits.name.unwrap_or_else(|| before.name.clone()),
        region: edits.region.unwrap_or(before.region),
        require_user_passcode: edits.require_user_passcode.unwrap_or(before.require_user_passcode),
        ..before.clone()
    };
    let stamp = change.stamp(Action::AccountEdit);
    let account = change.tx.update_account(&stamp, &before, after)?;
    change.commit()?;
    Ok(account)
}
