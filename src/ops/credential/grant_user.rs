//! `grant-user`: passcodes of named users.

use std::collections::BTreeSet;

use rand::CryptoRng;

use super::{
    changed::ChangedCredentials,
    issue::{
        ExistingCredential, IssueOutcome, NewCredential, Prepared, Vacancy, issue, make_vacant,
    },
};
use crate::{
    domain::{
        credential::{Credential, CredentialKind, lifetime::Lifetime, subject::Subject},
        directory::{
            account::Account,
            name::{Email, Note},
        },
    },
    ops::{
        context::{OpContext, WriteTx},
        error::{OpError, credential::CredentialError, rows::RejectedRows},
        secret_sink::SecretSink,
    },
    store::StoreError,
};

/// The number of users whose present passcodes are read at once.
const BATCH_SIZE: usize = 1_024;

/// A request for a user passcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantUserRequest {
    /// The user's email address.
    pub email: Email,
    /// A note for lists.
    pub note: Option<Note>,
    /// How long the passcode is valid; it must expire.
    pub lifetime: Lifetime,
}

/// A request for a user passcode in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserEntry {
    /// The line number in the file, from 1.
    pub line: u64,
    /// The request.
    pub request: GrantUserRequest,
}

/// A request for the passcodes of all users of a file.
#[derive(Clone, Copy, Debug)]
pub struct GrantUsersRequest<'a> {
    /// The users.
    pub entries: &'a [UserEntry],
    /// Whether to skip users who have a valid passcode.
    pub if_missing: bool,
}

/// Grants a passcode to one user. An expired passcode of the user is deleted in the same transaction. With `if_missing`,
/// a valid one is kept.
///
/// # Errors
/// [`CredentialError::UserHasPasscode`], [`CredentialError::UserPasscodeNeedsExpiry`], [`OpError::SecretNotWritten`].
pub fn grant_user(
    context: &OpContext<'_>,
    request: GrantUserRequest,
    if_missing: bool,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssueOutcome, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let new = match new_passcode(&mut write, &account, request, if_missing)? {
        Prepared::New(new) => new,
        Prepared::Existing(holder) => {
            let existing = ExistingCredential::load(&mut write, account, *holder)?;
            return Ok(IssueOutcome::Existing(Box::new(existing)));
        }
    };
    let issued = issue(&mut write, &account, new, entropy, sink)?;
    write.commit_secrets(sink)?;
    Ok(issued.into())
}

/// Grants passcodes to many users, all or none, and calls `each` after every one.
///
/// # Errors
/// [`OpError::RowsRejected`] with every request that fails as in [`grant_user`]; [`OpError::SecretNotWritten`].
pub fn grant_users(
    context: &OpContext<'_>,
    request: GrantUsersRequest<'_>,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
    mut each: impl FnMut(),
) -> Result<ChangedCredentials, OpError> {
    let GrantUsersRequest { entries, if_missing } = request;
    let mut write = context.begin()?;
    let account = write.account()?;
    let (mut granted, mut skipped) = (Vec::with_capacity(entries.len()), Vec::new());
    let mut rejected = RejectedRows::default();
    for entries in entries.chunks(BATCH_SIZE) {
        prefetch_holders(&mut write, &account, entries)?;
        for UserEntry { line, request } in entries {
            match new_passcode(&mut write, &account, request.clone(), if_missing) {
                Ok(_) if !rejected.is_empty() => {}
                Ok(Prepared::Existing(holder)) => skipped.push(holder.id),
                Ok(Prepared::New(new)) => {
                    granted.push(issue(&mut write, &account, new, entropy, sink)?.credential);
                }
                Err(why) => rejected.add(*line, request.email.as_str(), why)?,
            }
            each();
        }
    }
    rejected.into_result()?;
    let granted = ChangedCredentials::new_ones(&mut write, account, granted, BTreeSet::new())?;
    // A commit of nothing could be left in doubt, too, and would have no audit record to look for.
    if !granted.credentials.is_empty() {
        write.commit_secrets(sink)?;
    }
    Ok(ChangedCredentials { skipped, ..granted })
}

/// Reads the passcodes that the users of the entries have.
fn prefetch_holders(
    write: &mut WriteTx<'_>,
    account: &Account,
    entries: &[UserEntry],
) -> Result<(), StoreError> {
    let keys: Vec<_> = entries.iter().map(|entry| entry.request.email.folded()).collect();
    let names = keys.iter().map(|key| (account.key, CredentialKind::User, key.as_str()));
    write.tx.prefetch_names(names)
}

/// Prepares a passcode for insertion, and deletes the user's expired one.
fn new_passcode(
    write: &mut WriteTx<'_>,
    account: &Account,
    request: GrantUserRequest,
    if_missing: bool,
) -> Result<Prepared, OpError> {
    let holder =
        write.tx.find_holder(account.key, CredentialKind::User, &request.email.folded())?;
    let conflict = |holder: &Credential, state| CredentialError::UserHasPasscode {
        email: holder.subject.as_str().to_owned(),
        id: holder.id,
        state,
    };
    let previous = match make_vacant(write, holder, if_missing, conflict)? {
        Vacancy::Free(previous) => previous,
        Vacancy::Taken(holder) => return Ok(Prepared::Existing(holder)),
    };
    let subject = Subject::User(request.email);
    Ok(Prepared::New(NewCredential {
        previous,
        ..NewCredential::new(subject, request.note, request.lifetime)
    }))
}
