//! `create`: a passcode of an account, for one partner.

use rand::CryptoRng;

use super::issue::{ExistingCredential, IssueOutcome, NewCredential, Vacancy, issue, make_vacant};
use crate::{
    domain::{
        credential::{Credential, CredentialKind, State, lifetime::Lifetime, subject::Subject},
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
    /// Whether to do nothing if a valid passcode of that name exists, and to replace an expired one.
    pub if_missing: bool,
}

/// Creates an account passcode.
///
/// # Errors
/// [`CredentialError::NameTaken`], [`CredentialError::CapReached`], [`OpError::SecretNotWritten`];
/// [`OpError::Text`] if the name looks like another reference.
pub fn create(
    context: &OpContext<'_>,
    request: CreateRequest,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssueOutcome, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let holder =
        write.tx.find_holder(account.key, CredentialKind::Account, &request.name.folded())?;
    let name_taken = |holder: &Credential, state| CredentialError::NameTaken {
        name: request.name.to_string(),
        id: holder.id,
        state,
    };
    let previous = match holder {
        Some(holder) if !request.if_missing => {
            return Err(name_taken(&holder, holder.state(write.now)).into());
        }
        holder => match make_vacant(&mut write, holder, true, name_taken)? {
            Vacancy::Free(previous) => previous,
            Vacancy::Taken(holder) => {
                let existing = ExistingCredential::load(&mut write, account, *holder)?;
                return Ok(IssueOutcome::Existing(Box::new(existing)));
            }
        },
    };
    // The name of an expired passcode stays, whatever it looks like.
    if previous.is_none() {
        request.name.ensure_partner()?;
    }
    let Some(slot) = write.tx.free_slot(account.key, PASSCODE_CAP)? else {
        return Err(cap_reached_error(&mut write, &account)?.into());
    };
    let subject = Subject::Partner(request.name);
    let new = NewCredential {
        slot: Some(slot),
        previous,
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
