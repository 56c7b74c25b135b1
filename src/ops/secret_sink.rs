//! Delivery: a secret is handed over once, and what was not handed over is taken back.

use std::{borrow::Cow, io};

use super::{OpContext, OpError, WriteTx};
use crate::{
    domain::{
        audit::Action,
        credential::{
            Credential, Revocation, RevocationReason,
            display_name::{DisplayName, SubjectNames},
            secret::Plaintext,
        },
        directory::account::Account,
        instant::Instant,
        usage::LastUse,
    },
    store::Access,
};

/// A credential and the secret that was just made for it.
#[derive(Debug)]
pub struct IssuedCredential {
    /// The credential.
    pub credential: Credential,
    /// Its last use, if it was ever used.
    pub last_use: Option<LastUse>,
    /// Its account.
    pub account: Account,
    /// The names of its app and its district.
    pub names: SubjectNames,
    /// The secret.
    pub secret: Plaintext,
}

/// A new secret on its way, and whose it is.
#[derive(Debug)]
pub struct NewSecret<'a> {
    /// The id of what it belongs to.
    pub id: String,
    /// What that is called.
    pub name: Cow<'a, str>,
    /// The names of the app and the district that it is for.
    pub names: SubjectNames,
    /// The secret.
    pub secret: &'a [u8],
    /// When it ends, if it does by itself.
    pub expires_at: Option<Instant>,
}

impl IssuedCredential {
    /// What its holder is called.
    pub fn display_name(&self) -> DisplayName<'_> {
        self.names.display_name(&self.credential.subject)
    }

    /// The secret for whoever takes it.
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

/// What came of asking for a secret.
#[derive(Debug)]
pub enum IssueOutcome<T = IssuedCredential> {
    /// It was made, for something new or something that was there.
    Issued(Box<T>),
    /// It was there, and that was as good.
    Existing(Box<(Credential, Account)>),
}

impl<T> From<T> for IssueOutcome<T> {
    fn from(issued: T) -> Self {
        Self::Issued(Box::new(issued))
    }
}

/// Where secrets go.
pub trait SecretSink {
    /// Whether secrets are handed over before the commit, as to a file; else it happens after.
    fn is_before_commit(&self) -> bool;

    /// Takes one secret, before the commit.
    ///
    /// # Errors
    /// When it could not be taken: then nothing is committed.
    fn write(&mut self, secret: &NewSecret<'_>) -> io::Result<()>;

    /// Makes sure that all that was taken will still be there after the commit.
    ///
    /// # Errors
    /// When that is not sure: then nothing is committed.
    fn sync(&mut self) -> io::Result<()>;
}

/// Secrets are handed over after the commit.
pub struct AfterCommit;

impl SecretSink for AfterCommit {
    fn is_before_commit(&self) -> bool {
        false
    }

    fn write(&mut self, _: &NewSecret<'_>) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Secrets go nowhere, and are taken as handed over, so that what is shown is what would be.
pub struct DryRunSink;

impl SecretSink for DryRunSink {
    fn is_before_commit(&self) -> bool {
        true
    }

    fn write(&mut self, _: &NewSecret<'_>) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Secrets go into the answer to their holder, who asked for them: they are taken as handed over, for there is nobody
/// else who could tell.
pub struct InResponse;

impl SecretSink for InResponse {
    fn is_before_commit(&self) -> bool {
        true
    }

    fn write(&mut self, _: &NewSecret<'_>) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Notes that the secret was handed over.
///
/// # Errors
/// When the store can't be written; the secret is good all the same.
pub fn mark_delivered(context: &OpContext<'_>, credential: &Credential) -> Result<(), OpError> {
    let mut write = context.begin_follow_up(Access::WriteRelaxed)?;
    let present = find_unchanged(&write, credential)?;
    let now = write.now;
    write.tx.mark_delivered(present, now)?;
    Ok(write.commit()?)
}

/// Revokes a new credential whose secret could not be shown.
///
/// # Errors
/// When the store can't be written: the credential is there and nobody has its secret.
pub fn revoke_undelivered(context: &OpContext<'_>, credential: &Credential) -> Result<(), OpError> {
    undo_issue(context, credential, Action::Revoke, |write, after| {
        let reason = Some(RevocationReason::NotDelivered);
        after.revoked = Some(Revocation { at: write.now, by: write.actor_label(), reason });
    })
}

/// Takes back the new secret of a reset that could not be shown; the old one ends as it was told.
///
/// # Errors
/// When the store can't be written: the new secret is current and nobody has it.
pub fn withdraw_undelivered(
    context: &OpContext<'_>,
    credential: &Credential,
) -> Result<(), OpError> {
    undo_issue(context, credential, Action::Withdraw, |_, after| after.secrets.current = None)
}

fn undo_issue(
    context: &OpContext<'_>,
    credential: &Credential,
    action: Action,
    edit: impl FnOnce(&WriteTx<'_>, &mut Credential),
) -> Result<(), OpError> {
    let mut write = context.begin_follow_up(Access::Write)?;
    let mut after = find_unchanged(&write, credential)?;
    edit(&write, &mut after);
    write.update_credential(action, after)?;
    Ok(write.commit()?)
}

/// The record as it is now, if its secret is still the one that was made.
fn find_unchanged(write: &WriteTx<'_>, credential: &Credential) -> Result<Credential, OpError> {
    let present = write.tx.get_credential(credential.seq)?;
    let is_same = present.secrets.generation == credential.secrets.generation
        && present.secrets.current == credential.secrets.current;
    if is_same {
        Ok(present)
    } else {
        Err(OpError::ConcurrentChange { id: credential.id.to_string() })
    }
}
