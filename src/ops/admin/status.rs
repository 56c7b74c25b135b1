//! `status`: what a store contains, in a few numbers.

use crate::{
    domain::{
        directory::{
            account::{Account, AccountId},
            id::CredentialId,
        },
        instant::Instant,
    },
    ops::{
        context::ReadTx,
        error::OpError,
        query::{
            filter::{Filter, ListItem, Page},
            list::list,
            state_counts::StateCounts,
        },
    },
    store::SortBy,
};

/// The contents of a store.
#[derive(Clone, Debug)]
pub struct StoreStatus {
    /// When the contents were read.
    pub now: Instant,
    /// The accounts.
    pub accounts: Vec<Account>,
    /// The number of credentials in each state.
    pub states: StateCounts,
    /// The valid credential that expires first; `None` if no valid one expires.
    pub next: Option<NextExpiry>,
    /// When the key was last exported; `None` if it never was.
    pub key_exported_at: Option<Instant>,
}

/// The next expiry of a credential.
#[derive(Clone, Debug)]
pub struct NextExpiry {
    /// The id of the credential.
    pub id: CredentialId,
    /// Its display name.
    pub name: String,
    /// When it expires.
    pub at: Instant,
}

/// Reads the status of a store, or of one of its accounts.
///
/// # Errors
/// If the store can't be read, or a record can't be verified.
pub fn status(read: &mut ReadTx<'_>, account: Option<AccountId>) -> Result<StoreStatus, OpError> {
    let mut next: Option<NextExpiry> = None;
    let filter = Filter { account, ..Filter::default() };
    let page = Page { order: SortBy::Created.into(), limit: None };
    let summary =
        list(read, &filter, page, |ListItem { credential, now, display_name, .. }| {
            if let Some(at) = credential.expiry.instant()
                && credential.state(now).is_valid()
                && next.as_ref().is_none_or(|next| at < next.at)
            {
                next = Some(NextExpiry { id: credential.id, name: display_name.to_string(), at });
            }
            Ok(())
        })?;
    Ok(StoreStatus {
        now: read.now,
        accounts: read.accounts(account)?,
        states: summary.states.unwrap_or_default(),
        next,
        key_exported_at: read.tx.head().escrowed_at,
    })
}
