//! Founding: a new store, tied to its key, with its first account.

use rand::CryptoRng;

use super::account::AddAccountRequest;
use crate::{
    domain::directory::{
        account::{Account, Region},
        name::Name,
    },
    ops::{OpContext, OpError},
    store::Access,
};

/// The name of the account that a new store has.
const FIRST_ACCOUNT: &str = "main";

/// Founds the store if nobody did; answers its first account, which is `first` if that is given, if it is new.
///
/// # Errors
/// When the store can't be written.
pub fn init(
    context: &OpContext<'_>,
    first: Option<AddAccountRequest>,
    entropy: &mut dyn CryptoRng,
) -> Result<Option<Account>, OpError> {
    // Almost always somebody did: who looks first leaves the write lock to those who need it.
    if context.store.begin(Access::Read)?.is_some_and(|known| known.head().accounts > 0) {
        return Ok(None);
    }
    let transaction = context.store.init(context.clock.now())?;
    if transaction.head().accounts > 0 {
        return Ok(None);
    }
    let mut write = context.write_tx(transaction)?;
    let first = first.unwrap_or_else(|| AddAccountRequest {
        id: None,
        name: Name::from_stored(FIRST_ACCOUNT.to_owned()),
        region: Region::Eu1,
        require_user_passcode: false,
    });
    let account = first.insert(&mut write, entropy)?;
    write.commit()?;
    Ok(Some(account))
}
