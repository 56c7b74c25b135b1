//! `grant-user`: the passcode of one user, or of many.

use rand::CryptoRng;

use super::create::{NewCredential, issue, retire_expired_holder};
use crate::{
    domain::{
        credential::{Credential, CredentialKind, lifetime::Lifetime, subject::Subject},
        directory::{
            account::Account,
            name::{Email, Note},
        },
    },
    ops::{CredentialError, IssuedCredential, OpContext, OpError, SecretSink, WriteTx},
};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantUserRequest {
    /// The user.
    pub email: Email,
    /// A free text.
    pub note: Option<Note>,
    /// How long it lives.
    pub lifetime: Lifetime,
}

/// Makes the passcode of one user. An expired one is deleted in the same transaction.
///
/// # Errors
/// [`CredentialError::UserHasPasscode`], or that the secret could not be delivered ahead.
pub fn grant_user(
    context: &OpContext<'_>,
    request: GrantUserRequest,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedCredential, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let issued = grant_one(&mut write, &account, request, entropy, sink)?;
    sink.sync().map_err(OpError::SecretNotWritten)?;
    write.commit()?;
    Ok(issued)
}

/// Makes the passcodes of many users, all or none; `each` hears of every one.
///
/// # Errors
/// As for [`grant_user`], for the first that fails.
pub fn grant_users(
    context: &OpContext<'_>,
    requests: Vec<GrantUserRequest>,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
    mut each: impl FnMut(&IssuedCredential),
) -> Result<Account, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    for request in requests {
        each(&grant_one(&mut write, &account, request, entropy, sink)?);
    }
    sink.sync().map_err(OpError::SecretNotWritten)?;
    write.commit()?;
    Ok(account)
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
    let owner = Subject::User(request.email);
    let new =
        NewCredential { previous, ..NewCredential::new(owner, request.note, request.lifetime) };
    issue(write, account, new, entropy, sink)
}
