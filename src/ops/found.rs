//! Founding: a new store, tied to its key, with its first account.

use rand::CryptoRng;

use crate::{
    domain::{
        account::{Account, Region},
        name::Name,
    },
    ops::{Desk, OpError, account::Order},
    store::Access,
};

/// The name of the account that a new store has.
const FIRST_ACCOUNT: &str = "main";

/// Founds the store if nobody did; answers its first account, which is `first` if that is given, if it is new.
///
/// # Errors
/// When the store can't be written.
pub fn found(
    desk: &Desk<'_>,
    first: Option<Order>,
    entropy: &mut dyn CryptoRng,
) -> Result<Option<Account>, OpError> {
    // Almost always somebody did: who looks first leaves the write lock to those who need it.
    if desk.store.begin(Access::Read)?.is_some_and(|known| known.head().accounts > 0) {
        return Ok(None);
    }
    let transaction = desk.store.found(desk.clock.now())?;
    if transaction.head().accounts > 0 {
        return Ok(None);
    }
    let mut change = desk.change(transaction)?;
    let first = first.unwrap_or_else(|| Order {
        id: None,
        name: Name::trusted(FIRST_ACCOUNT.to_owned()),
        region: Region::Eu1,
        require_user_passcode: false,
    });
    let account = first.insert(&mut change, entropy)?;
    change.commit()?;
    Ok(Some(account))
}
