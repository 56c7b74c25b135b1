//! Actors: who makes a change.

use std::fmt;

/// The OS user who makes a change, as far as the machine knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The effective user id.
    pub uid: u32,
    /// The login uid that the Linux kernel keeps for the session. `None` where there is none.
    pub login_uid: Option<u32>,
    /// The name of the effective user.
    pub user: String,
    /// The user on whose behalf `sudo` runs. It comes from the environment, so it is a claim and not a proof.
    pub sudo_user: Option<String>,
    /// The host name.
    pub host: String,
}

/// The short form: `root@host`, or `ann as root@host` under sudo.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.sudo_user {
            write!(f, "{origin} as ")?;
        }
        write!(f, "{}@{}", self.user, self.host)
    }
}
