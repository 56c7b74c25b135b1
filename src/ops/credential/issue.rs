//! What the use cases that create credentials share: inserting the record and generating its secret.

use rand::CryptoRng;

use crate::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind, Deletion, ResetOptions, Retiring, Secrets, State,
            display_name::{DisplayName, SubjectNames},
            lifetime::{Expiry, Lifetime},
            rate_limit::RateLimit,
            scope::Scopes,
            secret::Plaintext,
            subject::Subject,
        },
        directory::{account::Account, id::CredentialId, name::Note},
        instant::Instant,
        seq::{AuditSeq, CredentialSeq},
        usage::LastUse,
    },
    ops::{
        context::WriteTx,
        error::{OpError, credential::CredentialError},
        secret_sink::{NewSecret, SecretSink},
    },
    store::StoreError,
};

/// A credential and its new secret.
#[derive(Debug)]
pub struct IssuedCredential {
    /// The credential.
    pub credential: Credential,
    /// Its last use; `None` if it was never used.
    pub last_use: Option<LastUse>,
    /// The account that it belongs to.
    pub account: Account,
    /// The names of its app and its district.
    pub names: SubjectNames,
    /// The new secret.
    pub secret: Plaintext,
    /// Whether the credential was created with it.
    pub is_new: bool,
    /// The options of a reset that is still to be completed, once the secret was delivered. Until then, the store has
    /// the credential as it was before, and the new secret beside its old ones.
    pub pending_reset: Option<ResetOptions>,
    /// The retiring secret of an earlier reset that this one ends before its date.
    pub ended_retiring: Option<Retiring>,
    /// The expiry before a reset whose new lifetime ends earlier.
    pub shortened_from: Option<Expiry>,
}

impl IssuedCredential {
    /// Returns the display name of the credential.
    pub fn display_name(&self) -> DisplayName<'_> {
        self.names.display_name(&self.credential.subject)
    }

    /// Returns the secret as a [`SecretSink`] takes it.
    pub fn new_secret(&self) -> NewSecret<'_> {
        let Self { credential, names, secret, .. } = self;
        NewSecret {
            id: credential.id.to_string(),
            name: self.display_name().text(),
            names: names.clone(),
            secret: secret.expose(),
            expires_at: credential.expiry.instant(),
        }
    }
}

/// A credential that exists already, and its account.
#[derive(Debug)]
pub struct ExistingCredential {
    /// The credential.
    pub credential: Credential,
    /// The account that it belongs to.
    pub account: Account,
    /// The names of its app and its district.
    pub names: SubjectNames,
    /// Its last use; `None` if it was never used.
    pub last_use: Option<LastUse>,
    /// When it was found.
    pub at: Instant,
}

impl ExistingCredential {
    /// Reads what is shown of a credential.
    ///
    /// # Errors
    /// If the store can't be read.
    pub(in crate::ops) fn load(
        write: &mut WriteTx<'_>,
        account: Account,
        credential: Credential,
    ) -> Result<Self, StoreError> {
        let (names, at) = (write.tx.display_names(&credential.subject)?, write.now_for_readers);
        let last_use = write.tx.find_last_use(credential.seq)?;
        Ok(Self { credential, account, names, last_use, at })
    }
}

/// The result of a request for something new, which `T` describes; `E` describes what exists already.
#[derive(Debug)]
pub enum IssueOutcome<T = IssuedCredential, E = ExistingCredential> {
    /// It was issued.
    Issued(Box<T>),
    /// It exists already, and the request accepts that.
    Existing(Box<E>),
}

impl<T, E> From<T> for IssueOutcome<T, E> {
    fn from(issued: T) -> Self {
        Self::Issued(Box::new(issued))
    }
}

/// A credential that is about to be inserted.
pub(in crate::ops) struct NewCredential {
    pub subject: Subject,
    pub note: Option<Note>,
    pub lifetime: Lifetime,
    /// The slot that it takes; account passcodes have one.
    pub slot: Option<u8>,
    /// The number of the subject's previous credential, if that stays listed.
    pub previous: Option<CredentialSeq>,
    pub scopes: Scopes,
    pub limit: Option<RateLimit>,
}

impl NewCredential {
    /// Creates one without slot, previous credential, scopes and limit.
    pub(in crate::ops) fn new(subject: Subject, note: Option<Note>, lifetime: Lifetime) -> Self {
        let (slot, previous, scopes, limit) = (None, None, Scopes::NONE, None);
        Self { subject, note, lifetime, slot, previous, scopes, limit }
    }
}

/// Whether a subject may get a new credential.
pub(in crate::ops) enum Vacancy {
    /// It may. The number is that of its previous credential, if that stays listed.
    Free(Option<CredentialSeq>),
    /// Its credential is valid, and the request accepts that.
    Taken(Box<Credential>),
}

/// A request that was checked against the subject's present credential.
pub(in crate::ops) enum Prepared {
    /// The credential to insert.
    New(NewCredential),
    /// The present credential is kept.
    Existing(Box<Credential>),
}

/// Makes room for a new credential of a subject: deletes the subject's expired one. A revoked one stays listed. With
/// `if_missing`, a valid one is kept, and a revoked one is a conflict: a repeated script must not undo a revocation.
///
/// # Errors
/// The error that `conflict` returns, if the subject's credential is in the way.
pub(in crate::ops) fn make_vacant(
    write: &mut WriteTx<'_>,
    holder: Option<Credential>,
    if_missing: bool,
    conflict: impl FnOnce(&Credential, State) -> CredentialError,
) -> Result<Vacancy, OpError> {
    let Some(mut holder) = holder else { return Ok(Vacancy::Free(None)) };
    match holder.state(write.now) {
        State::Expired => {
            holder.deleted = Some(Deletion { at: write.now, by: write.actor_label() });
            holder.slot = None;
            Ok(Vacancy::Free(write.update_credential(Action::Delete, holder)?.previous))
        }
        State::Revoked if !if_missing => Ok(Vacancy::Free(Some(holder.seq))),
        state if if_missing && state.is_valid() => Ok(Vacancy::Taken(Box::new(holder))),
        state => Err(conflict(&holder, state).into()),
    }
}

/// Inserts a credential with a new secret, and writes the secret to the sink.
///
/// # Errors
/// [`OpError::SecretNotWritten`], or as for [`insert_new_credential`].
pub(in crate::ops) fn issue(
    write: &mut WriteTx<'_>,
    account: &Account,
    new: NewCredential,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedCredential, OpError> {
    let kind = new.subject.kind().secret_kind().ok_or(CredentialError::LegacyKeyCannotBeReset)?;
    let secret = Plaintext::generate(kind, entropy);
    let secrets =
        Secrets::new(write.tx.digest(secret.expose()), write.now, sink.delivered_at(write.now));
    let credential = insert_new_credential(write, account, new, secrets, entropy)?;
    let names = write.tx.display_names(&credential.subject)?;
    let issued = IssuedCredential {
        credential,
        last_use: None,
        account: account.clone(),
        names,
        secret,
        is_new: true,
        pending_reset: None,
        ended_retiring: None,
        shortened_from: None,
    };
    sink.write(&issued.new_secret()).map_err(OpError::SecretNotWritten)?;
    Ok(issued)
}

/// Inserts a token without a secret: the app gets the first one when it requests it.
///
/// # Errors
/// As for [`insert_new_credential`].
pub(in crate::ops) fn insert_for_pickup(
    write: &mut WriteTx<'_>,
    account: &Account,
    new: NewCredential,
    entropy: &mut dyn CryptoRng,
) -> Result<Credential, OpError> {
    insert_new_credential(write, account, new, Secrets::awaiting_pickup(write.now), entropy)
}

/// Inserts a credential with the given secrets.
///
/// # Errors
/// [`CredentialError::Lifetime`]; [`CredentialError::UserPasscodeNeedsExpiry`]; or if the store can't be written.
pub(in crate::ops) fn insert_new_credential(
    write: &mut WriteTx<'_>,
    account: &Account,
    new: NewCredential,
    secrets: Secrets,
    entropy: &mut dyn CryptoRng,
) -> Result<Credential, OpError> {
    let NewCredential { subject, note, lifetime, slot, previous, scopes, limit } = new;
    let now = write.now;
    let expiry = lifetime.expiry(now)?;
    if subject.kind() == CredentialKind::User && expiry == Expiry::Never {
        return Err(CredentialError::UserPasscodeNeedsExpiry.into());
    }
    let credential = Credential {
        seq: CredentialSeq::NONE,
        id: CredentialId::generate(subject.kind().id_prefix(), entropy),
        account: account.key,
        subject,
        slot,
        note,
        previous,
        created_at: now,
        created_by: write.actor_label(),
        lifetime,
        expiry,
        expiry_set_at: now,
        secrets,
        introspect: false,
        scopes,
        limit,
        revoked: None,
        deleted: None,
        audit_seq: AuditSeq::NONE,
    };
    Ok(write.insert_credential(credential)?)
}
