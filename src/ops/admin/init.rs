//! Initialization of a new store: it is bound to its key and gets its first account.

use rand::CryptoRng;

use super::account::AddAccountRequest;
use crate::{
    domain::directory::{
        account::{Account, Region},
        name::Name,
    },
    ops::{context::OpContext, error::OpError},
};

/// The name of the first account, unless the caller gives one.
const FIRST_ACCOUNT: &str = "main";

/// Initializes the store if it is new, and returns its first account. The account is as `first` says, or has defaults if
/// that is `None`. Returns `None` if the store was initialized before.
///
/// # Errors
/// If the store can't be written.
pub fn init(
    context: &OpContext<'_>,
    first: Option<AddAccountRequest>,
    entropy: &mut dyn CryptoRng,
) -> Result<Option<Account>, OpError> {
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
