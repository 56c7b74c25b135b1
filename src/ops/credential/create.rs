//! `create`: a passcode of an account, for one partner.

use rand::CryptoRng;

use crate::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind, Deletion, Secrets, State,
            lifetime::{Expiry, Lifetime},
            rate_limit::RateLimit,
            scope::Scopes,
            secret::Plaintext,
            subject::Subject,
        },
        directory::{
            account::{Account, PASSCODE_CAP},
            id::CredentialId,
            name::{Name, Note},
        },
    },
    ops::{
        CredentialError, IssueOutcome, IssuedCredential, OpContext, OpError, SecretSink, WriteTx,
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct CreateRequest {
    /// The partner's name.
    pub name: Name,
    /// A free text.
    pub note: Option<Note>,
    /// How long it lives.
    pub lifetime: Lifetime,
    /// Whether one that is there already is as good.
    pub if_missing: bool,
}

/// Makes an account passcode.
///
/// # Errors
/// [`CredentialError::NameTaken`], [`CredentialError::CapReached`], or that the secret could not be delivered ahead.
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
            return Ok(IssueOutcome::Existing(Box::new((holder, account))));
        }
        return Err(CredentialError::NameTaken {
            name: request.name.to_string(),
            id: holder.id,
            state,
        }
        .into());
    }
    let Some(slot) = write.tx.free_slot(account.key, PASSCODE_CAP)? else {
        return Err(cap_reached_error(&write, &account)?);
    };
    let owner = Subject::Partner(request.name);
    let new = NewCredential {
        slot: Some(slot),
        ..NewCredential::new(owner, request.note, request.lifetime)
    };
    let issued = issue(&mut write, &account, new, entropy, sink)?;
    sink.sync().map_err(OpError::SecretNotWritten)?;
    write.commit()?;
    Ok(IssueOutcome::Issued(Box::new(issued)))
}

/// What a new credential is to be.
pub(in crate::ops) struct NewCredential {
    pub owner: Subject,
    pub note: Option<Note>,
    pub lifetime: Lifetime,
    pub slot: Option<u8>,
    pub previous: Option<i64>,
    pub scopes: Scopes,
    pub limit: Option<RateLimit>,
}

impl NewCredential {
    /// A credential without anything that not every kind of it has.
    pub(in crate::ops) fn new(owner: Subject, note: Option<Note>, lifetime: Lifetime) -> Self {
        let (slot, previous, scopes, limit) = (None, None, Scopes::NONE, None);
        Self { owner, note, lifetime, slot, previous, scopes, limit }
    }
}

/// What a holder had before, as far as it stays listed: a revoked one does, an expired one is deleted now. One that is
/// still good stands in the way, which `taken` tells.
pub(in crate::ops) fn retire_expired_holder(
    write: &mut WriteTx<'_>,
    holder: Option<Credential>,
    conflict: impl FnOnce(&Credential, State) -> CredentialError,
) -> Result<Option<i64>, OpError> {
    let Some(mut holder) = holder else { return Ok(None) };
    match holder.state(write.now) {
        State::Revoked => Ok(Some(holder.seq)),
        State::Expired => {
            holder.deleted = Some(Deletion { at: write.now, by: write.actor_label() });
            Ok(write.update_credential(Action::Delete, holder)?.previous)
        }
        state => Err(conflict(&holder, state).into()),
    }
}

/// Makes a credential and its secret within a change.
pub(in crate::ops) fn issue(
    write: &mut WriteTx<'_>,
    account: &Account,
    new: NewCredential,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedCredential, OpError> {
    let secret = Plaintext::generate(
        new.owner.kind().secret_kind().ok_or(CredentialError::LegacyKeyCannotBeReset)?,
        entropy,
    );
    let secrets = Secrets {
        generation: 1,
        current: Some(write.tx.digest(secret.expose())),
        created_at: write.now,
        delivered_at: sink.is_before_commit().then_some(write.now),
        retiring: None,
    };
    let credential = insert_new_credential(write, account, new, secrets, entropy)?;
    let names = write.tx.display_names(&credential.subject)?;
    let issued =
        IssuedCredential { credential, last_use: None, account: account.clone(), names, secret };
    sink.write(&issued.new_secret()).map_err(OpError::SecretNotWritten)?;
    Ok(issued)
}

/// Inserts a credential with these secrets within a change.
pub(in crate::ops) fn insert_new_credential(
    write: &mut WriteTx<'_>,
    account: &Account,
    new: NewCredential,
    secrets: Secrets,
    entropy: &mut dyn CryptoRng,
) -> Result<Credential, OpError> {
    let NewCredential { owner, note, lifetime, slot, previous, scopes, limit } = new;
    let now = write.now;
    let expiry = lifetime.expiry(now)?;
    if owner.kind() == CredentialKind::User && expiry == Expiry::Never {
        return Err(CredentialError::UserPasscodeNeedsExpiry.into());
    }
    let credential = Credential {
        seq: 0,
        id: CredentialId::generate(owner.kind().id_prefix(), entropy),
        account: account.key,
        subject: owner,
        slot,
        note,
        previous,
        created_at: now,
        created_by: write.actor_label(),
        lifetime,
        expiry,
        secrets,
        introspect: false,
        scopes,
        limit,
        revoked: None,
        deleted: None,
        audit_seq: 0,
    };
    Ok(write.insert_credential(credential)?)
}

/// The error that says which of the hundred could go.
fn cap_reached_error(write: &WriteTx<'_>, account: &Account) -> Result<OpError, OpError> {
    let mut expired = Vec::new();
    for credential in write.tx.list_expiring_by(write.now)? {
        let uses_slot = credential.account == account.key && credential.slot.is_some();
        if uses_slot && credential.state(write.now) == State::Expired {
            expired.push(credential.subject.as_str().to_owned());
        }
    }
    Ok(CredentialError::CapReached { account: account.id, expired }.into())
}
