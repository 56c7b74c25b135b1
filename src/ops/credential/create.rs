//! `create`: a passcode of an account, for one partner.

use rand::CryptoRng;

use super::issue::{ExistingCredential, IssueOutcome, NewCredential, issue};
use crate::{
    domain::{
        credential::{CredentialKind, State, lifetime::Lifetime, subject::Subject},
        directory::{
            account::{Account, PASSCODE_CAP},
            name::{Name, Note},
        },
    },
    ops::{
        context::{OpContext, WriteTx},
        error::{OpError, credential::CredentialError},
        secret_sink::SecretSink,
    },
    store::StoreError,
};

/// A request for an account passcode.
#[derive(Clone, Debug)]
pub struct CreateRequest {
    /// The partner's name.
    pub name: Name,
    /// A note for lists.
    pub note: Option<Note>,
    /// How long the passcode is valid.
    pub lifetime: Lifetime,
    /// Whether to do nothing if a valid passcode of that name exists.
    pub if_missing: bool,
}

/// Creates an account passcode.
///
/// # Errors
/// [`CredentialError::NameTaken`], [`CredentialError::CapReached`], [`OpError::SecretNotWritten`].
pub fn create(
    context: &OpContext<'_>,
    request: CreateRequest,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssueOutcome, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    if let Some(holder) =
        write.tx.find_holder(account.key, CredentialKind::Account, &request.name.folded())?
    {
        let state = holder.state(write.now);
        if request.if_missing && state.is_valid() {
            let (names, at) = (write.tx.display_names(&holder.subject)?, write.now_for_readers);
            let last_use = write.tx.find_last_use(holder.seq)?;
            let existing = ExistingCredential { credential: holder, account, names, last_use, at };
            return Ok(IssueOutcome::Existing(Box::new(existing)));
        }
        let name = request.name.to_string();
        return Err(CredentialError::NameTaken { name, id: holder.id, state }.into());
    }
    let Some(slot) = write.tx.free_slot(account.key, PASSCODE_CAP)? else {
        return Err(cap_reached_error(&mut write, &account)?.into());
    };
    let subject = Subject::Partner(request.name);
    let new = NewCredential {
        slot: Some(slot),
        ..NewCredential::new(subject, request.note, request.lifetime)
    };
    let issued = issue(&mut write, &account, new, entropy, sink)?;
    write.commit_secrets(sink)?;
    Ok(issued.into())
}

/// Returns the error that lists the expired passcodes, which could be deleted.
fn cap_reached_error(
    write: &mut WriteTx<'_>,
    account: &Account,
) -> Result<CredentialError, StoreError> {
    let mut expired = Vec::new();
    for credential in write.tx.list_expiring_by(write.now)? {
        let uses_slot = credential.account == account.key && credential.slot.is_some();
        if uses_slot && credential.state(write.now) == State::Expired {
            expired.push(credential.subject.as_str().to_owned());
        }
    }
    Ok(CredentialError::CapReached { account: account.id, expired })
}
