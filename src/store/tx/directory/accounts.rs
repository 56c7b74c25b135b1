//! Accounts. They are few: a transaction reads all of them at once and keeps them.

use crate::{
    domain::{
        audit,
        credential::Credential,
        directory::account::{Account, AccountId, AccountKey},
    },
    store::{
        error::StoreError,
        tx::{
            audit::{AuditContext, AuditedChange},
            ensure::ensure_all_written,
            transaction::Transaction,
        },
    },
};

impl Transaction<'_> {
    /// Returns all accounts, oldest first, including removed ones.
    ///
    /// # Errors
    /// If one does not verify or is missing.
    pub fn accounts(&mut self) -> Result<Vec<Account>, StoreError> {
        if let Some(cached) = &self.accounts {
            return Ok(cached.clone());
        }
        let rows = self.raw.list_accounts()?;
        let accounts = self.verify_table(rows, "an account")?;
        self.accounts = Some(accounts.clone());
        Ok(accounts)
    }

    /// Returns the account of a credential.
    ///
    /// # Errors
    /// If it is missing, or an account does not verify.
    pub fn account_of(&mut self, credential: &Credential) -> Result<Account, StoreError> {
        self.find_account(credential.account)?.ok_or_else(|| {
            StoreError::integrity(format!("the account of {} is missing", credential.id))
        })
    }

    /// Returns the account of an app or a district.
    pub(super) fn get_account(&mut self, key: AccountKey) -> Result<Account, StoreError> {
        self.find_account(key)?
            .ok_or_else(|| StoreError::integrity("the account of an app or a district is missing"))
    }

    /// Returns the ID of the account with this key; `None` if there is none.
    pub(in crate::store) fn account_id(
        &mut self,
        key: AccountKey,
    ) -> Result<Option<AccountId>, StoreError> {
        Ok(self.find_account(key)?.map(|account| account.id))
    }

    fn find_account(&mut self, key: AccountKey) -> Result<Option<Account>, StoreError> {
        if self.accounts.is_none() {
            self.accounts()?;
        }
        let accounts = self.accounts.as_deref().unwrap_or_default();
        Ok(accounts.iter().find(|account| account.key == key).cloned())
    }

    /// Inserts an account with the next number, and its audit record. The numbers in `new` are ignored.
    ///
    /// # Errors
    /// If the store can't be written.
    pub fn insert_account(
        &mut self,
        context: &AuditContext<'_>,
        new: Account,
    ) -> Result<Account, StoreError> {
        self.head.accounts += 1;
        let account = Account {
            key: AccountKey(self.head.accounts),
            audit_seq: self.head.audit_seq.next(),
            ..new
        };
        let row = self.authenticate_new(account.clone());
        ensure_all_written(self.raw.insert_accounts(&[row])?, 1, "account")?;
        self.audit_account(context, None, &account)?;
        Ok(account)
    }

    /// Replaces an account and adds its audit record, unless nothing differs. `before` is its current state.
    ///
    /// # Errors
    /// If the store can't be written.
    pub fn update_account(
        &mut self,
        context: &AuditContext<'_>,
        before: &Account,
        after: Account,
    ) -> Result<Account, StoreError> {
        if after == *before {
            return Ok(after);
        }
        let account = Account { audit_seq: self.head.audit_seq.next(), ..after };
        let row = self.authenticate_changed(before, account.clone());
        ensure_all_written(self.raw.update_accounts(&[row])?, 1, "account")?;
        self.audit_account(context, Some(before), &account)?;
        Ok(account)
    }

    fn audit_account(
        &mut self,
        context: &AuditContext<'_>,
        before: Option<&Account>,
        after: &Account,
    ) -> Result<(), StoreError> {
        self.accounts = None;
        let change = AuditedChange {
            subject: after.id.to_string(),
            name: Some(after.name.to_string()),
            before: before.map(audit::account_fields),
            after: Some(audit::account_fields(after)),
        };
        self.append_audit(context, change);
        Ok(())
    }
}
