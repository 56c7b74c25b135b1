//! Paths.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    env::{self, Env},
    error::ConfigError,
};

/// The name of the key among a service's credentials.
pub(super) const KEY_CREDENTIAL: &str = "gatepass-key";

/// Where the key file is, and how it is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPath {
    /// Its path.
    pub path: PathBuf,
    /// Whether it is one of a service's credentials, and so exempt from owner and mode.
    pub is_service_credential: bool,
}

/// The path of the default configuration file, if a home is known.
pub fn default_config_file(env: &Env<'_>) -> Option<PathBuf> {
    xdg_path(env, env::XDG_CONFIG_HOME, ".config", "gatepass/config.toml")
}

pub(super) fn default_store(env: &Env<'_>) -> Result<PathBuf, ConfigError> {
    xdg_path(env, env::XDG_DATA_HOME, ".local/share", "gatepass/store.db")
        .ok_or(ConfigError::NoHome { what: "the store", xdg: env::XDG_DATA_HOME })
}

pub(super) fn locate_key(
    flag: Option<PathBuf>,
    env: &Env<'_>,
    configured: Option<PathBuf>,
) -> Result<KeyPath, ConfigError> {
    let ours = |path| KeyPath { path, is_service_credential: false };
    if let Some(path) = flag {
        return Ok(ours(path));
    }
    let credentials = env.directory(env::CREDENTIALS_DIRECTORY);
    if let Some(path) = credentials.map(|dir| dir.join(KEY_CREDENTIAL)).filter(|path| exists(path))
    {
        return Ok(KeyPath { path, is_service_credential: true });
    }
    env.path(env::KEY_FILE)
        .or(configured)
        .or_else(|| xdg_path(env, env::XDG_CONFIG_HOME, ".config", "gatepass/key"))
        .map(ours)
        .ok_or(ConfigError::NoHome { what: "the key file", xdg: env::XDG_CONFIG_HOME })
}

/// `rest` in the directory of the variable `xdg`, or in `fallback` of the home directory.
fn xdg_path(env: &Env<'_>, xdg: &str, fallback: &str, rest: &str) -> Option<PathBuf> {
    let home = || env.directory(env::HOME).map(|home| home.join(fallback));
    env.directory(xdg).map(Path::to_owned).or_else(home).map(|base| base.join(rest))
}

/// Whether something has this name. What cannot be looked at counts: its reader will say why.
fn exists(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound)
}
