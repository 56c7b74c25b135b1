//! Where new secrets are written. A secret is shown once, and an undelivered one is withdrawn or revoked.

use std::{borrow::Cow, io};

use crate::domain::{audit::ChangeId, credential::display_name::SubjectNames, instant::Instant};

/// A new secret, and what an output file says about it.
pub struct NewSecret<'a> {
    /// The id of the credential or app that it belongs to.
    pub id: String,
    /// The display name of that credential or app.
    pub name: Cow<'a, str>,
    /// The names of the app and the district of a token.
    pub names: SubjectNames,
    /// The secret itself.
    pub secret: &'a [u8],
    /// When the credential expires; `None` if it never does.
    pub expires_at: Option<Instant>,
}

/// A destination for new secrets.
pub trait SecretSink {
    /// Returns whether secrets are delivered before the commit, as they are to a file. Otherwise the caller delivers
    /// them after the commit.
    fn is_before_commit(&self) -> bool;

    /// Returns the delivery time to record for a secret that is issued at `now`; `None` if it is delivered later.
    fn delivered_at(&self, now: Instant) -> Option<Instant> {
        self.is_before_commit().then_some(now)
    }

    /// Writes one secret, before the commit.
    ///
    /// # Errors
    /// If the secret can't be written; nothing is committed then.
    fn write(&mut self, secret: &NewSecret<'_>) -> io::Result<()>;

    /// Makes sure that the written secrets survive a crash.
    ///
    /// # Errors
    /// If that is not certain; nothing is committed then.
    fn sync(&mut self) -> io::Result<()>;

    /// Keeps the id of the change whose commit was left in doubt: its secrets may be valid or not.
    fn commit_in_doubt(&mut self, change: ChangeId);
}

/// A sink for secrets that the caller delivers after the commit.
#[derive(Default)]
pub struct AfterCommit {
    /// The id of the change, if its commit was left in doubt.
    pub in_doubt: Option<ChangeId>,
}

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

    fn commit_in_doubt(&mut self, change: ChangeId) {
        self.in_doubt = Some(change);
    }
}

/// A sink that drops secrets and claims to have delivered them. For dry runs, which show what a real run would, and for
/// secrets that go into the response to the app that requested them: nothing confirms that a response was received.
#[derive(Default)]
pub struct CountAsDelivered {
    /// The id of the change, if its commit was left in doubt.
    pub in_doubt: Option<ChangeId>,
}

impl SecretSink for CountAsDelivered {
    fn is_before_commit(&self) -> bool {
        true
    }

    fn write(&mut self, _: &NewSecret<'_>) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn commit_in_doubt(&mut self, change: ChangeId) {
        self.in_doubt = Some(change);
    }
}
