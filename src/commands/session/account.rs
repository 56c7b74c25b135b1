//! The account that an argument, a variable or the configuration file names.

use super::context::Session;
use crate::{
    commands::error::CommandError,
    domain::directory::{account::AccountId, reference::Reference},
    ops::query::resolve_account::resolve_account,
    store::Store,
};

impl Session<'_, '_> {
    /// Uses the account that `reference` names, in place of any other.
    pub fn use_account(&mut self, reference: &Reference) {
        // No name has the form of an Account ID. Whether there is one with this ID is checked where it matters.
        self.account = AccountId::parse(reference.as_str()).ok();
        self.account_reference = Some(reference.clone()).filter(|_| self.account.is_none());
    }

    /// Whether an account is named.
    pub(super) fn selects_account(&self) -> bool {
        self.account.is_some() || self.account_reference.is_some()
    }

    /// Looks up the account in the store, unless its ID is known.
    ///
    /// # Errors
    /// When no account or several have the name, or the store can't be read.
    pub fn find_account(&mut self, store: &Store) -> Result<(), CommandError> {
        if let Some(reference) = self.account_reference.take() {
            let mut read = self.begin_read(store)?;
            self.account = Some(resolve_account(&mut read.tx, &reference)?);
        }
        Ok(())
    }
}
