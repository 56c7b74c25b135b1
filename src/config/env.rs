//! The environment variables that gatepass reads, each named once.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::error::ConfigError;
use crate::domain::store_address::StoreAddress;

/// The path of the store.
pub const STORE: &str = "GATEPASS_STORE";
/// The path of the key file.
pub const KEY_FILE: &str = "GATEPASS_KEY_FILE";
/// The directory of the history marks.
pub const HISTORY_MARK: &str = "GATEPASS_HISTORY_MARK";
/// The account to use.
pub const ACCOUNT: &str = "GATEPASS_ACCOUNT";
/// The path of the configuration file.
pub const CONFIG: &str = "GATEPASS_CONFIG";
/// The output format.
pub const FORMAT: &str = "GATEPASS_FORMAT";
/// When output is coloured.
pub const COLOR: &str = "GATEPASS_COLOR";
/// The listen address of the gate.
pub const LISTEN: &str = "GATEPASS_LISTEN";
/// The listen address for health and metrics.
pub const OPS_LISTEN: &str = "GATEPASS_OPS_LISTEN";
/// The region of the API behind the gate.
pub const REGION: &str = "GATEPASS_REGION";
/// The trusted proxy networks, whose `X-Forwarded-*` headers count.
pub const TRUSTED_PROXY: &str = "GATEPASS_TRUSTED_PROXY";
/// The profile: which status codes the gate sends.
pub const PROFILE: &str = "GATEPASS_PROFILE";
/// The number of worker threads.
pub const WORKERS: &str = "GATEPASS_WORKERS";
/// How long the gate answers from memory while the store cannot be reached, in seconds.
pub const MAX_STALE: &str = "GATEPASS_MAX_STALE";
/// Whether allowed requests are logged.
pub const LOG_ALLOWED: &str = "GATEPASS_LOG_ALLOWED";
/// Whether the gate may listen on an address that other machines can reach.
pub const ALLOW_REMOTE: &str = "GATEPASS_ALLOW_REMOTE";
/// Whether the gate sends webhook messages.
pub const DELIVER: &str = "GATEPASS_DELIVER";
/// Whether webhooks may have private addresses, and http.
pub const ALLOW_PRIVATE_WEBHOOKS: &str = "GATEPASS_ALLOW_PRIVATE_WEBHOOKS";
/// The base directory of the user's data files.
pub const XDG_DATA_HOME: &str = "XDG_DATA_HOME";
/// The base directory of the user's state files.
pub const XDG_STATE_HOME: &str = "XDG_STATE_HOME";
/// The base directory of the user's configuration files.
pub const XDG_CONFIG_HOME: &str = "XDG_CONFIG_HOME";
/// The user's home directory.
pub const HOME: &str = "HOME";
/// Disables colour if set (<https://no-color.org>).
pub const NO_COLOR: &str = "NO_COLOR";
/// Forces colour if set to anything but 0 (<https://bixense.com/clicolors>).
pub const CLICOLOR_FORCE: &str = "CLICOLOR_FORCE";
/// Disables colour if 0.
pub const CLICOLOR: &str = "CLICOLOR";
/// The kind of terminal. The host reads it, too.
pub const TERM: &str = "TERM";
/// The directory in which a service manager puts the credentials of a service.
pub const CREDENTIALS_DIRECTORY: &str = "CREDENTIALS_DIRECTORY";
/// The width of the terminal. The host reads it.
pub const COLUMNS: &str = "COLUMNS";
/// The user who called `sudo`. The host reads it.
pub const SUDO_USER: &str = "SUDO_USER";
/// The number of sockets that a service manager passes.
pub const LISTEN_FDS: &str = "LISTEN_FDS";
/// The socket on which a service manager receives status messages.
pub const NOTIFY_SOCKET: &str = "NOTIFY_SOCKET";

/// A variable and its meaning, for the generated reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name of the variable.
    pub name: &'static str,
    /// The meaning, in one line.
    pub meaning: &'static str,
}

/// The variables that belong to gatepass.
pub const GATEPASS_VARIABLES: &[Variable] = &[
    Variable { name: STORE, meaning: "Path of the store, unless --store is given" },
    Variable { name: KEY_FILE, meaning: "Path of the key file, unless --key-file is given" },
    Variable { name: HISTORY_MARK, meaning: "Directory of the history marks" },
    Variable { name: ACCOUNT, meaning: "Account to use, unless --account is given" },
    Variable { name: CONFIG, meaning: "Path of the configuration file, which must then exist" },
    Variable { name: FORMAT, meaning: "Output format, unless --format is given" },
    Variable { name: COLOR, meaning: "auto, always or never, unless --color is given" },
    Variable { name: LISTEN, meaning: "Address of serve, unless --listen is given" },
    Variable {
        name: OPS_LISTEN,
        meaning: "Address for health and metrics, unless --ops-listen is given",
    },
    Variable { name: REGION, meaning: "Region of the API behind serve, unless --region is given" },
    Variable {
        name: TRUSTED_PROXY,
        meaning: "Trusted proxy networks, separated by commas, unless --trusted-proxy is given",
    },
    Variable { name: PROFILE, meaning: "exact or full, unless --profile is given to serve" },
    Variable { name: WORKERS, meaning: "Threads of serve, unless --workers is given" },
    Variable {
        name: MAX_STALE,
        meaning: "Seconds that serve responds from memory while the store is unavailable, unless --max-stale is given",
    },
    Variable { name: LOG_ALLOWED, meaning: "on or off: whether serve logs allowed requests" },
    Variable {
        name: ALLOW_REMOTE,
        meaning: "on or off: whether serve may listen on non-loopback addresses",
    },
    Variable { name: DELIVER, meaning: "on or off: whether serve sends webhook messages" },
    Variable {
        name: ALLOW_PRIVATE_WEBHOOKS,
        meaning: "on or off: whether webhooks may use http and private addresses",
    },
];

/// The variables of other programs that gatepass respects.
pub const EXTERNAL_VARIABLES: &[Variable] = &[
    Variable { name: XDG_DATA_HOME, meaning: "Directory of the default store" },
    Variable { name: XDG_CONFIG_HOME, meaning: "Directory of the default key and configuration" },
    Variable { name: XDG_STATE_HOME, meaning: "Directory of the default history marks" },
    Variable { name: HOME, meaning: "Home directory, if the three above are not set" },
    Variable { name: NO_COLOR, meaning: "Disable colour, unless it is requested more explicitly" },
    Variable { name: CLICOLOR_FORCE, meaning: "Force colour, unless 0 or overridden by NO_COLOR" },
    Variable { name: CLICOLOR, meaning: "Disable colour if 0" },
    Variable { name: TERM, meaning: "Kind of terminal; dumb disables colour and arrow keys" },
    Variable { name: CREDENTIALS_DIRECTORY, meaning: "Directory that may contain a gatepass-key" },
    Variable { name: COLUMNS, meaning: "Width of tables, instead of the terminal's" },
    Variable { name: SUDO_USER, meaning: "User who called sudo, for the audit log" },
    Variable { name: LISTEN_FDS, meaning: "Sockets that a service manager passes to serve" },
    Variable {
        name: NOTIFY_SOCKET,
        meaning: "Socket on which serve reports its state to a service manager",
    },
];

/// The environment variables that the host captured for this run.
#[derive(Clone, Copy)]
pub struct Env<'a>(&'a BTreeMap<OsString, OsString>);

impl<'a> Env<'a> {
    /// Wraps the captured variables.
    pub fn new(variables: &'a BTreeMap<OsString, OsString>) -> Self {
        Self(variables)
    }

    /// The value of `name`. An empty value counts as unset.
    pub fn get(&self, name: &str) -> Option<&'a OsStr> {
        self.0.get(OsStr::new(name)).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }

    /// The value of `name` as text.
    ///
    /// # Errors
    /// The value is not UTF-8.
    pub fn utf8(&self, name: &'static str) -> Result<Option<String>, ConfigError> {
        let text =
            |value: &OsStr| value.to_str().map(str::to_owned).ok_or(ConfigError::NotUtf8 { name });
        self.get(name).map(text).transpose()
    }

    /// The value of `name` as a path, with `~/` expanded.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.get(name).map(|value| self.expand_home(value.into()))
    }

    /// Returns the path with the home directory instead of a leading `~`. A shell does not expand that in files, in
    /// `--store=~/store.db` and in most assignments of service managers.
    pub fn expand_home(&self, path: PathBuf) -> PathBuf {
        match (path.strip_prefix("~"), self.directory(HOME)) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => path,
        }
    }

    /// The value of `name` as the address of a store.
    ///
    /// # Errors
    /// [`ConfigError::StoreAddress`] if it is not one.
    pub fn store_address(&self, name: &'static str) -> Result<Option<StoreAddress>, ConfigError> {
        let address = self.path(name).map(|path| StoreAddress::parse(path.as_os_str())).transpose();
        address.map_err(|error| ConfigError::StoreAddress { name, error })
    }

    /// The value of `name` as a directory. A relative path is ignored, as the XDG specification requires.
    pub fn directory(&self, name: &str) -> Option<&'a Path> {
        self.get(name).map(Path::new).filter(|path| path.is_absolute())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_is_unset_and_relative_directories_are_ignored() {
        let variables = [(HOME, "x"), (STORE, ""), (XDG_DATA_HOME, "/d"), (CONFIG, "c.toml")]
            .map(|(name, value)| (name.into(), value.into()))
            .into();
        let env = Env::new(&variables);
        assert_eq!(env.get(STORE), None);
        assert_eq!(env.get(KEY_FILE), None);
        assert_eq!(env.directory(HOME), None);
        assert_eq!(env.directory(XDG_DATA_HOME), Some(Path::new("/d")));
        assert_eq!(env.path(CONFIG), Some(PathBuf::from("c.toml")));
    }

    #[test]
    fn the_home_directory_is_expanded_in_paths() {
        let variables =
            [(HOME, "/home/ann"), (STORE, "~/s.db"), (KEY_FILE, "~"), (CONFIG, "a/~/c")]
                .map(|(name, value)| (name.into(), value.into()))
                .into();
        let env = Env::new(&variables);
        assert_eq!(env.store_address(STORE).unwrap(), Some(PathBuf::from("/home/ann/s.db").into()));
        assert_eq!(env.path(KEY_FILE), Some(PathBuf::from("/home/ann")));
        assert_eq!(env.path(CONFIG), Some(PathBuf::from("a/~/c")));
        assert_eq!(env.expand_home("~bob/c".into()), PathBuf::from("~bob/c"));
        let without_home = std::collections::BTreeMap::new();
        assert_eq!(Env::new(&without_home).expand_home("~/c".into()), PathBuf::from("~/c"));
    }

    #[test]
    fn each_variable_is_described_once() {
        let all: Vec<_> = GATEPASS_VARIABLES.iter().chain(EXTERNAL_VARIABLES).collect();
        let mut names: Vec<_> = all.iter().map(|variable| variable.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all.len());
        assert!(GATEPASS_VARIABLES.iter().all(|variable| variable.name.starts_with("GATEPASS_")));
        assert!(all.iter().all(|v| !v.meaning.is_empty() && !v.meaning.contains('\n')));
    }
}
