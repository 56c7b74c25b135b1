//! `account add` and `account edit`.

use rand::CryptoRng;

use crate::{
    domain::{
        audit::Action,
        directory::{
            account::{Account, AccountId, AccountKey, Region},
            name::Name,
        },
        seq::AuditSeq,
    },
    ops::{
        context::{OpContext, WriteTx},
        error::{OpError, account::AccountError},
    },
};

/// A request to add an account.
#[derive(Clone, Debug)]
pub struct AddAccountRequest {
    /// The Account ID; `None` generates one.
    pub id: Option<AccountId>,
    /// The account's name.
    pub name: Name,
    /// The region in which its API runs.
    pub region: Region,
    /// Whether to refuse account passcodes, so that every caller is a named user.
    pub require_user_passcode: bool,
}

/// The properties to change; `None` leaves a property as it is.
#[derive(Clone, Debug, Default)]
pub struct EditAccountRequest {
    /// The new name.
    pub name: Option<Name>,
    /// The new region.
    pub region: Option<Region>,
    /// Whether to refuse account passcodes, so that every caller is a named user.
    pub require_user_passcode: Option<bool>,
}

/// Adds an account.
///
/// # Errors
/// [`AccountError::Exists`].
pub fn add(
    context: &OpContext<'_>,
    request: AddAccountRequest,
    entropy: &mut dyn CryptoRng,
) -> Result<Account, OpError> {
    let mut write = context.begin()?;
    let account = request.insert(&mut write, entropy)?;
    write.commit()?;
    Ok(account)
}

impl AddAccountRequest {
    /// Inserts the account.
    ///
    /// # Errors
    /// As for [`add`].
    pub(super) fn insert(
        self,
        write: &mut WriteTx<'_>,
        entropy: &mut dyn CryptoRng,
    ) -> Result<Account, OpError> {
        let id = self.id.unwrap_or_else(|| AccountId::generate(entropy));
        if write.tx.accounts()?.iter().any(|account| account.id == id) {
            return Err(AccountError::Exists(id).into());
        }
        let new = Account {
            key: AccountKey(0),
            id,
            name: self.name,
            region: self.region,
            require_user_passcode: self.require_user_passcode,
            legacy: None,
            created_at: write.now,
            audit_seq: AuditSeq::NONE,
        };
        let audit = write.audit_context(Action::AccountAdd);
        Ok(write.tx.insert_account(&audit, new)?)
    }
}

/// An account before and after an edit.
#[derive(Debug)]
pub struct EditedAccount {
    /// The account before the edit.
    pub before: Account,
    /// The account after the edit.
    pub after: Account,
    /// The number of its used slots.
    pub used_slots: i64,
}

/// Edits the selected account.
///
/// # Errors
/// [`AccountError::NotFound`], [`AccountError::AccountRequired`].
pub fn edit(
    context: &OpContext<'_>,
    request: EditAccountRequest,
) -> Result<EditedAccount, OpError> {
    let mut write = context.begin()?;
    let before = write.account()?;
    let after = Account {
        name: request.name.unwrap_or_else(|| before.name.clone()),
        region: request.region.unwrap_or(before.region),
        require_user_passcode: request
            .require_user_passcode
            .unwrap_or(before.require_user_passcode),
        ..before.clone()
    };
    let audit = write.audit_context(Action::AccountEdit);
    let after = write.tx.update_account(&audit, &before, after)?;
    let used_slots = write.tx.count_used_slots(after.key)?;
    write.commit_if_changed()?;
    Ok(EditedAccount { before, after, used_slots })
}
