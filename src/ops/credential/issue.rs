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

/// The result of a request for a secret: of a credential, or of what `T` describes.
#[derive(Debug)]
pub enum IssueOutcome<T = IssuedCredential> {
    /// A secret was issued.
    Issued(Box<T>),
    /// The credential exists already, and the request accepts that.
    Existing(Box<ExistingCredential>),
}

impl<T> From<T> for IssueOutcome<T> {
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

/// Makes room for a new credential of a subject: deletes the subject's expired one. Returns the number of the previous
/// credential that stays listed, which is a revoked one.
///
/// # Errors
/// The error that `conflict` returns, if the subject's credential is still valid.
pub(in crate::ops) fn retire_expired_holder(
    write: &mut WriteTx<'_>,
    holder: Option<Credential>,
    conflict: impl FnOnce(&Credential, State) -> CredentialError,
) -> Result<Option<CredentialSeq>, OpError> {
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
