//! From references to credentials.

use crate::{
    domain::{
        account::Account,
        credential::{Credential, Kind},
        owner::Pair,
        reference::Reference,
    },
    ops::{
        Directory, OpError,
        error::Candidate,
        look::{account_id, covered},
    },
    store::{StoreError, Transaction},
};

/// How many candidates an ambiguous reference lists.
const CANDIDATES: usize = 10;

/// Whether the beginning of an id names a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefixes {
    /// It does.
    Taken,
    /// Only a whole id does: somebody might end the wrong one without seeing it.
    Refused,
}

/// The credential that a reference names among those of `accounts`: by its id, else its name, else its user's
/// address, else its app and its district with a `/` between them, else the unique beginning of its id.
///
/// # Errors
/// [`OpError::NoSuchCredential`], [`OpError::Ambiguous`] or [`OpError::PrefixNotTaken`].
pub fn resolve(
    tx: &Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    prefixes: Prefixes,
) -> Result<Credential, OpError> {
    let missing = || OpError::NoSuchCredential { reference: reference.as_str().to_owned() };
    let covers = |credential: &Credential| account_id(accounts, credential.account).is_some();
    if let Some(id) = reference.id() {
        return tx.find_by_id(id)?.filter(covers).ok_or_else(missing);
    }
    let key = reference.key();
    for kind in Kind::ALL {
        let mut found = Vec::new();
        for account in accounts {
            found.extend(tx.find_holder(account.key, kind, &key)?);
        }
        if let Some(one) = only(tx, reference, found)? {
            return Ok(one);
        }
    }
    if let Some(one) = only(tx, reference, of_pair(tx, accounts, reference.as_str())?)? {
        return Ok(one);
    }
    let Some(prefix) = reference.id_prefix() else {
        return Err(missing());
    };
    let mut found = tx.list_by_id_prefix(prefix, CANDIDATES)?;
    found.retain(covers);
    let one = only(tx, reference, found)?.ok_or_else(missing)?;
    match prefixes {
        Prefixes::Taken => Ok(one),
        Prefixes::Refused => {
            Err(OpError::PrefixNotTaken { reference: reference.as_str().to_owned(), id: one.id })
        }
    }
}

/// The tokens that `APP/DISTRICT` names; either name may have a `/` itself.
fn of_pair(
    tx: &Transaction<'_>,
    accounts: &[Account],
    text: &str,
) -> Result<Vec<Credential>, StoreError> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('/') {
        let (app, district) = (&text[..at], &text[at + 1..]);
        for account in accounts {
            let Some(app) = tx.find_app_named(account.key, app)? else { continue };
            let Some(district) = tx.find_district_named(account.key, district)? else { continue };
            let pair = Pair::new(app.id, district.id);
            found.extend(tx.find_holder(account.key, Kind::Token, pair.as_str())?);
        }
    }
    Ok(found)
}

/// All credentials that references name, each once, in the order in which they were named.
///
/// # Errors
/// As for [`resolve`], for the first that fails.
pub fn resolve_all(
    tx: &Transaction<'_>,
    accounts: &[Account],
    references: &[Reference],
    prefixes: Prefixes,
) -> Result<Vec<Credential>, OpError> {
    let mut all: Vec<Credential> = Vec::new();
    for reference in references {
        let credential = resolve(tx, accounts, reference, prefixes)?;
        if all.iter().all(|other| other.seq != credential.seq) {
            all.push(credential);
        }
    }
    Ok(all)
}

/// The only one of those found, if there is any.
fn only(
    tx: &Transaction<'_>,
    reference: &Reference,
    mut found: Vec<Credential>,
) -> Result<Option<Credential>, OpError> {
    if found.len() < 2 {
        return Ok(found.pop());
    }
    let accounts = covered(tx, None)?;
    let names = Directory::of(tx, &found)?;
    let mut candidates = Vec::with_capacity(found.len());
    for credential in &found {
        let Some(account) = account_id(&accounts, credential.account) else { continue };
        let owner = names.called(credential)?.to_string();
        candidates.push(Candidate { id: credential.id, owner, account });
    }
    Err(OpError::Ambiguous { reference: reference.as_str().to_owned(), candidates })
}
