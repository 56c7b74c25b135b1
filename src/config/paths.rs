//! The paths of the key file, the store and the configuration file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    env::{self, Env},
    error::ConfigError,
};
use crate::domain::store_address::StoreAddress;

/// The name of the key among the credentials of a service.
pub(super) const KEY_CREDENTIAL: &str = "gatepass-key";

/// The configuration file of users who have none, such as that of a service.
pub(super) const SYSTEM_CONFIG_FILE: &str = "/etc/gatepass/config.toml";
/// The value of `GATEPASS_CONFIG` for no configuration file at all.
pub(super) const NO_FILE: &str = "/dev/null";

/// The path of the key file, and how it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPath {
    /// The path.
    pub path: PathBuf,
    /// Whether the file is a credential of a service, whose owner and mode the service manager sets.
    pub is_service_credential: bool,
}

/// The path of the default configuration file. `None` if the environment names no directory for it.
pub fn default_config_file(env: &Env<'_>) -> Option<PathBuf> {
    xdg_path(env, env::XDG_CONFIG_HOME, ".config", "gatepass/config.toml")
}

pub(super) fn default_store(env: &Env<'_>) -> Result<StoreAddress, ConfigError> {
    xdg_path(env, env::XDG_DATA_HOME, ".local/share", "gatepass/store.db")
        .map(StoreAddress::from)
        .ok_or(ConfigError::NoHome { what: "the store", xdg: env::XDG_DATA_HOME })
}

/// Returns the default directory of the history marks. `None` if the environment names no directory for it.
pub(super) fn default_history_mark(env: &Env<'_>) -> Option<PathBuf> {
    xdg_path(env, env::XDG_STATE_HOME, ".local/state", "gatepass")
}

pub(super) fn locate_key(
    flag: Option<PathBuf>,
    env: &Env<'_>,
    configured: Option<PathBuf>,
) -> Result<KeyPath, ConfigError> {
    let own_file = |path| KeyPath { path, is_service_credential: false };
    if let Some(path) = flag {
        return Ok(own_file(path));
    }
    let credentials = env.directory(env::CREDENTIALS_DIRECTORY);
    if let Some(path) = credentials.map(|dir| dir.join(KEY_CREDENTIAL)).filter(|path| exists(path))
    {
        return Ok(KeyPath { path, is_service_credential: true });
    }
    env.path(env::KEY_FILE)
        .or(configured)
        .or_else(|| xdg_path(env, env::XDG_CONFIG_HOME, ".config", "gatepass/key"))
        .map(own_file)
        .ok_or(ConfigError::NoHome { what: "the key file", xdg: env::XDG_CONFIG_HOME })
}

/// Returns `rest` below the directory in the variable `xdg`, or below `fallback` in the home directory.
fn xdg_path(env: &Env<'_>, xdg: &str, fallback: &str, rest: &str) -> Option<PathBuf> {
    let home = || env.directory(env::HOME).map(|home| home.join(fallback));
    env.directory(xdg).map(Path::to_owned).or_else(home).map(|base| base.join(rest))
}

/// Whether something has this name. A path that cannot be examined counts as existing, so that reading it reports the
/// error.
fn exists(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound)
}
