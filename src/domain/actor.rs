//! Actors: who did it.

use std::fmt;

/// Who makes a change, as far as the machine knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The effective user's number.
    pub uid: u32,
    /// The number of the user who logged in, where the kernel keeps it.
    pub login_uid: Option<u32>,
    /// The effective user's name.
    pub user: String,
    /// The user that `sudo` says it works for: a claim, not a proof.
    pub sudo_user: Option<String>,
    /// The machine.
    pub host: String,
}

/// In short: `root@host`, or `ann as root@host` under sudo.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.sudo_user {
            write!(f, "{origin} as ")?;
        }
        write!(f, "{}@{}", self.user, self.host)
    }
}
