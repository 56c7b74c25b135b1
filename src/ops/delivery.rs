//! Delivery: a secret is handed over once, and what was not handed over is taken back.

use std::{borrow::Cow, io};

use crate::{
    domain::{
        account::Account,
        audit::Action,
        called::{Called, Names},
        credential::{Credential, Revocation, RevocationReason},
        instant::Instant,
        last_use::LastUse,
        secret::Plaintext,
    },
    ops::{Change, Desk, OpError},
    store::Access,
};

/// A credential and the secret that was just made for it.
#[derive(Debug)]
pub struct Issued {
    /// The credential.
    pub credential: Credential,
    /// Its last use, if it was ever used.
    pub last_use: Option<LastUse>,
    /// Its account.
    pub account: Account,
    /// The names of its app and its district.
    pub names: Names,
    /// The secret.
    pub secret: Plaintext,
}

/// A new secret on its way, and whose it is.
#[derive(Debug)]
pub struct Parcel<'a> {
    /// The id of what it belongs to.
    pub id: String,
    /// What that is called.
    pub name: Cow<'a, str>,
    /// The names of the app and the district that it is for.
    pub names: Names,
    /// The secret.
    pub secret: &'a [u8],
    /// When it ends, if it does by itself.
    pub ends: Option<Instant>,
}

impl Issued {
    /// What its holder is called.
    pub fn called(&self) -> Called<'_> {
        self.names.called(&self.credential.owner)
    }

    /// The secret for whoever takes it.
    pub fn parcel(&self) -> Parcel<'_> {
        let Self { credential, names, secret, .. } = self;
        Parcel {
            id: credential.id.to_string(),
            name: self.called().text(),
            names: names.clone(),
            secret: secret.expose(),
            ends: credential.expiry.instant(),
        }
    }
}

/// What came of asking for a secret.
#[derive(Debug)]
pub enum Outcome<T = Issued> {
    /// It was made, for something new or something that was there.
    Issued(Box<T>),
    /// It was there, and that was as good.
    Present(Box<(Credential, Account)>),
}

impl<T> From<T> for Outcome<T> {
    fn from(issued: T) -> Self {
        Self::Issued(Box::new(issued))
    }
}

/// Where secrets go.
pub trait Delivery {
    /// Whether secrets are handed over before the commit, as to a file; else it happens after.
    fn is_ahead(&self) -> bool;

    /// Takes one secret, before the commit.
    ///
    /// # Errors
    /// When it could not be taken: then nothing is committed.
    fn take(&mut self, parcel: &Parcel<'_>) -> io::Result<()>;

    /// Makes sure that all that was taken will still be there after the commit.
    ///
    /// # Errors
    /// When that is not sure: then nothing is committed.
    fn settle(&mut self) -> io::Result<()>;
}

/// Secrets are handed over after the commit.
pub struct AfterCommit;

impl Delivery for AfterCommit {
    fn is_ahead(&self) -> bool {
        false
    }

    fn take(&mut self, _: &Parcel<'_>) -> io::Result<()> {
        Ok(())
    }

    fn settle(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Secrets go nowhere, and are taken as handed over, so that what is shown is what would be.
pub struct DryRun;

impl Delivery for DryRun {
    fn is_ahead(&self) -> bool {
        true
    }

    fn take(&mut self, _: &Parcel<'_>) -> io::Result<()> {
        Ok(())
    }

    fn settle(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Secrets go into the answer to their holder, who asked for them: they are taken as handed over, for there is nobody
/// else who could tell.
pub struct InAnswer;

impl Delivery for InAnswer {
    fn is_ahead(&self) -> bool {
        true
    }

    fn take(&mut self, _: &Parcel<'_>) -> io::Result<()> {
        Ok(())
    }

    fn settle(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Notes that the secret was handed over.
///
/// # Errors
/// When the store can't be written; the secret is good all the same.
pub fn delivered(desk: &Desk<'_>, credential: &Credential) -> Result<(), OpError> {
    let mut change = desk.begin_after(Access::WriteRelaxed)?;
    let present = same_generation(&change, credential)?;
    let now = change.now;
    change.tx.mark_delivered(present, now)?;
    Ok(change.commit()?)
}

/// Revokes a new credential whose secret could not be shown.
///
/// # Errors
/// When the store can't be written: the credential is there and nobody has its secret.
pub fn revoke_undelivered(desk: &Desk<'_>, credential: &Credential) -> Result<(), OpError> {
    take_back(desk, credential, Action::Revoke, |change, after| {
        let reason = Some(RevocationReason::NotDelivered);
        after.revoked = Some(Revocation { at: change.now, by: change.by(), reason });
    })
}

/// Takes back the new secret of a reset that could not be shown; the old one ends as it was told.
///
/// # Errors
/// When the store can't be written: the new secret is current and nobody has it.
pub fn withdraw_undelivered(desk: &Desk<'_>, credential: &Credential) -> Result<(), OpError> {
    take_back(desk, credential, Action::Withdraw, |_, after| after.secrets.current = None)
}

fn take_back(
    desk: &Desk<'_>,
    credential: &Credential,
    action: Action,
    alter: impl FnOnce(&Change<'_>, &mut Credential),
) -> Result<(), OpError> {
    let mut change = desk.begin_after(Access::Write)?;
    let mut after = same_generation(&change, credential)?;
    alter(&change, &mut after);
    change.update(action, after)?;
    Ok(change.commit()?)
}

/// The record as it is now, if its secret is still the one that was made.
fn same_generation(change: &Change<'_>, credential: &Credential) -> Result<Credential, OpError> {
    let present = change.tx.by_seq(credential.seq)?;
    let is_same = present.secrets.generation == credential.secrets.generation
        && present.secrets.current == credential.secrets.current;
    if is_same { Ok(present) } else { Err(OpError::Overtaken { id: credential.id.to_string() }) }
}
