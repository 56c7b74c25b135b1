//! The setting for private webhook addresses.

use super::{
    env::{self, Env},
    error::ConfigError,
};
use crate::domain::notice::NetworkPolicy;

/// Resolves the policy from the environment or the file. The default allows public addresses only.
pub(super) fn resolve_network_policy(
    env: &Env<'_>,
    file: Option<bool>,
) -> Result<NetworkPolicy, ConfigError> {
    let name = env::ALLOW_PRIVATE_WEBHOOKS;
    let allows = match env.utf8(name)?.as_deref() {
        Some("on") => true,
        Some("off") => false,
        Some(_) => return Err(ConfigError::Value { name, expected: "on or off" }),
        None => file.unwrap_or_default(),
    };
    Ok(if allows { NetworkPolicy::AllowPrivate } else { NetworkPolicy::PublicOnly })
}
