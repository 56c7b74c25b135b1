//! How far messages to apps may go.

use super::{
    ConfigError,
    env::{self, Env},
    utf8,
};
use crate::domain::webhook::Reach;

/// What the environment says, else the file; public addresses alone, unless one of them says more.
pub(super) fn reach(env: &Env<'_>, file: Option<bool>) -> Result<Reach, ConfigError> {
    let name = env::ALLOW_PRIVATE_WEBHOOKS;
    let allows = match utf8(env, name)?.as_deref() {
        Some("on") => true,
        Some("off") => false,
        Some(_) => return Err(ConfigError::Value { name, expected: "on or off" }),
        None => file.unwrap_or_default(),
    };
    Ok(if allows { Reach::Anywhere } else { Reach::Public })
}
