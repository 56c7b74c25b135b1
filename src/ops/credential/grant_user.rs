//! `grant-user`: passcodes of named users.

use std::collections::BTreeSet;

use rand::CryptoRng;

use super::{
    changed::ChangedCredentials,
    issue::{IssuedCredential, NewCredential, issue, retire_expired_holder},
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
        error::{OpError, credential::CredentialError},
        secret_sink::SecretSink,
    },
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

/// Grants a passcode to one user. An expired passcode of the user is deleted in the same transaction.
///
/// # Errors
/// [`CredentialError::UserHasPasscode`], [`CredentialError::UserPasscodeNeedsExpiry`], [`OpError::SecretNotWritten`].
pub fn grant_user(
    context: &OpContext<'_>,
    request: GrantUserRequest,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedCredential, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let issued = grant_one(&mut write, &account, request, entropy, sink)?;
    write.commit_secrets(sink)?;
    Ok(issued)
}

/// Grants passcodes to many users, all or none, and calls `each` after every one.
///
/// # Errors
/// As for [`grant_user`], for the first request that fails.
pub fn grant_users(
    context: &OpContext<'_>,
    requests: &[GrantUserRequest],
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
    mut each: impl FnMut(),
) -> Result<ChangedCredentials, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let mut granted = Vec::with_capacity(requests.len());
    for requests in requests.chunks(BATCH_SIZE) {
        let keys: Vec<_> = requests.iter().map(|request| request.email.folded()).collect();
        write.tx.prefetch_names(
            keys.iter().map(|key| (account.key, CredentialKind::User, key.as_str())),
        )?;
        for request in requests {
            granted
                .push(grant_one(&mut write, &account, request.clone(), entropy, sink)?.credential);
            each();
        }
    }
    let granted = ChangedCredentials::new_ones(&mut write, account, granted, BTreeSet::new())?;
    write.commit_secrets(sink)?;
    Ok(granted)
}

fn grant_one(
    write: &mut WriteTx<'_>,
    account: &Account,
    request: GrantUserRequest,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedCredential, OpError> {
    let holder =
        write.tx.find_holder(account.key, CredentialKind::User, &request.email.folded())?;
    let conflict = |holder: &Credential, state| CredentialError::UserHasPasscode {
        email: holder.subject.as_str().to_owned(),
        id: holder.id,
        state,
    };
    let previous = retire_expired_holder(write, holder, conflict)?;
    let subject = Subject::User(request.email);
    let new =
        NewCredential { previous, ..NewCredential::new(subject, request.note, request.lifetime) };
    issue(write, account, new, entropy, sink)
}
