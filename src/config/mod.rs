//! What a run is to work with: flags before environment, environment before file, file before default.

pub mod address;
mod color;
pub mod env;
pub mod file;
pub mod gate;
pub mod gate_policy;
mod network_policy;

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

pub use color::ColorChoice;
use env::Env;
use file::{ConfigFileError, FileConfig};
use network_policy::resolve_network_policy;
use thiserror::Error;

use crate::domain::notice::NetworkPolicy;

/// A configuration file is a few lines; what is longer is something else.
const MAX_FILE_SIZE: u64 = 64 * 1024;
/// The name of the key among a service's credentials.
const KEY_CREDENTIAL: &str = "gatepass-key";

/// What the command line said.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--store`
    pub store: Option<PathBuf>,
    /// `--key-file`
    pub key_file: Option<PathBuf>,
    /// `--account`
    pub account: Option<String>,
    /// `--format`
    pub format: Option<String>,
    /// `--color`
    pub color: Option<ColorChoice>,
}

/// Where the key file is, and how it is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPath {
    /// Its path.
    pub path: PathBuf,
    /// Whether it is one of a service's credentials, and so exempt from owner and mode.
    pub is_service_credential: bool,
}

/// What a run is to work with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The path of the store.
    pub store: PathBuf,
    /// The key file.
    pub key: KeyPath,
    /// The account to work on, as it was written; none means that none was named.
    pub account: Option<String>,
    /// The format of the output, as it was written.
    pub format: Option<String>,
    /// When the output is coloured.
    pub color: ColorChoice,
    /// How far messages to apps may go, unless a flag says more.
    pub network_policy: NetworkPolicy,
}

/// Why there is no configuration.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// `GATEPASS_CONFIG` names a file that is not there.
    #[error("there is no configuration file at {}", path.display())]
    Missing {
        /// The path that was tried.
        path: PathBuf,
    },
    /// The system refused.
    #[error("configuration file {} could not be read", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file says something that is not understood.
    #[error("configuration file {}, {flaw}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What, and where.
        flaw: ConfigFileError,
    },
    /// A variable is not UTF-8.
    #[error("{name} is not valid UTF-8")]
    NotUtf8 {
        /// Its name.
        name: &'static str,
    },
    /// A variable has none of the values it may have.
    #[error("{name} must be {expected}")]
    Value {
        /// Its name.
        name: &'static str,
        /// What it may be.
        expected: &'static str,
    },
    /// Nothing tells where a default path begins.
    #[error("no place is known for {what}: neither {xdg} nor HOME is set to an absolute path")]
    NoHome {
        /// What was to be placed.
        what: &'static str,
        /// The variable that comes before `HOME`.
        xdg: &'static str,
    },
}

impl Config {
    /// Settles every question once.
    ///
    /// `NO_COLOR` yields to a configuration file, as its authors ask.
    ///
    /// # Errors
    /// The configuration file is missing where it was named, or wrong; a variable is; or there is no home for a
    /// default path that is needed.
    pub fn resolve(flags: Flags, env: &Env<'_>) -> Result<Self, ConfigError> {
        let file = load(env)?;
        let color = match (flags.color, utf8_variable(env, env::COLOR)?, file.color) {
            (Some(asked), _, _) => asked,
            (_, Some(text), _) => ColorChoice::parse(&text).ok_or(ConfigError::Value {
                name: env::COLOR,
                expected: "auto, always or never",
            })?,
            (_, _, Some(configured)) => configured,
            _ if env.get(env::NO_COLOR).is_some() => ColorChoice::Never,
            _ => ColorChoice::Auto,
        };
        let store = flags.store.or_else(|| env.path(env::STORE)).or(file.store);
        Ok(Self {
            store: store.map_or_else(|| default_store(env), Ok)?,
            key: locate_key(flags.key_file, env, file.key_file)?,
            account: flags.account.or(utf8_variable(env, env::ACCOUNT)?).or(file.account),
            format: flags.format.or(utf8_variable(env, env::FORMAT)?).or(file.format),
            network_policy: resolve_network_policy(env, file.allow_private_webhooks)?,
            color,
        })
    }
}

/// The path of the default configuration file, if a home is known.
pub fn default_config_file(env: &Env<'_>) -> Option<PathBuf> {
    xdg_path(env, env::XDG_CONFIG_HOME, ".config", "gatepass/config.toml")
}

fn load(env: &Env<'_>) -> Result<FileConfig, ConfigError> {
    let named = env.path(env::CONFIG);
    let must_exist = named.is_some();
    let Some(path) = named.or_else(|| default_config_file(env)) else {
        return Ok(FileConfig::default());
    };
    let text = match read_text(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let missing = ConfigError::Missing { path };
            return if must_exist { Err(missing) } else { Ok(FileConfig::default()) };
        }
        Err(source) => return Err(ConfigError::Io { path, source }),
    };
    let config = match file::parse(&text) {
        Ok(config) => config,
        Err(flaw) => return Err(ConfigError::Malformed { path, flaw }),
    };
    let beside = |found: PathBuf| path.parent().unwrap_or(Path::new("")).join(found);
    Ok(FileConfig {
        store: config.store.map(beside),
        key_file: config.key_file.map(beside),
        ..config
    })
}

fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let length = File::open(path)?.take(MAX_FILE_SIZE + 1).read_to_string(&mut text)?;
    if length as u64 > MAX_FILE_SIZE {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is longer than 64 KiB"));
    }
    Ok(text)
}

fn locate_key(
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

/// Whether something has this name. What cannot be looked at counts: its reader will say why.
fn exists(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound)
}

fn default_store(env: &Env<'_>) -> Result<PathBuf, ConfigError> {
    xdg_path(env, env::XDG_DATA_HOME, ".local/share", "gatepass/store.db")
        .ok_or(ConfigError::NoHome { what: "the store", xdg: env::XDG_DATA_HOME })
}

/// `rest` in the directory of the variable `xdg`, or in `fallback` of the home directory.
fn xdg_path(env: &Env<'_>, xdg: &str, fallback: &str, rest: &str) -> Option<PathBuf> {
    let home = || env.directory(env::HOME).map(|home| home.join(fallback));
    env.directory(xdg).map(Path::to_owned).or_else(home).map(|base| base.join(rest))
}

fn utf8_variable(env: &Env<'_>, name: &'static str) -> Result<Option<String>, ConfigError> {
    let text =
        |value: &OsStr| value.to_str().map(str::to_owned).ok_or(ConfigError::NotUtf8 { name });
    env.get(name).map(text).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStrExt;

    type Map = BTreeMap<OsString, OsString>;

    fn map(pairs: &[(&str, &str)]) -> Map {
        pairs.iter().map(|(name, value)| (name.into(), value.into())).collect()
    }

    fn resolve(flags: Flags, variables: &Map) -> Result<Config, ConfigError> {
        Config::resolve(flags, &Env::new(variables))
    }

    #[test]
    fn defaults_follow_xdg_then_home() {
        let config = resolve(Flags::default(), &map(&[("HOME", "/no-home")])).unwrap();
        assert_eq!(config.store, Path::new("/no-home/.local/share/gatepass/store.db"));
        let key =
            KeyPath { path: "/no-home/.config/gatepass/key".into(), is_service_credential: false };
        assert_eq!((config.key, config.account, config.color), (key, None, ColorChoice::Auto));
        let xdg = [("XDG_DATA_HOME", "/no-d"), ("XDG_CONFIG_HOME", "/no-c"), ("HOME", "/no-h")];
        let config = resolve(Flags::default(), &map(&xdg)).unwrap();
        assert_eq!(config.store, Path::new("/no-d/gatepass/store.db"));
        assert_eq!(config.key.path, Path::new("/no-c/gatepass/key"));
        let relative = [("XDG_DATA_HOME", "d"), ("XDG_CONFIG_HOME", "c"), ("HOME", "/no-h")];
        let config = resolve(Flags::default(), &map(&relative)).unwrap();
        assert_eq!(config.store, Path::new("/no-h/.local/share/gatepass/store.db"));
        assert_eq!(config.key.path, Path::new("/no-h/.config/gatepass/key"));
    }

    #[test]
    fn without_a_home_the_error_names_the_variables_to_set() {
        let message = resolve(Flags::default(), &Map::new()).unwrap_err().to_string();
        assert!(message.contains("XDG_DATA_HOME") && message.contains("HOME"), "{message}");
        let error = resolve(Flags::default(), &map(&[("GATEPASS_STORE", "/s")])).unwrap_err();
        assert!(matches!(error, ConfigError::NoHome { what: "the key file", .. }));
        let both = map(&[("GATEPASS_STORE", "/s"), ("GATEPASS_KEY_FILE", "/k")]);
        assert!(resolve(Flags::default(), &both).is_ok());
    }

    #[test]
    fn flags_override_variables_override_file_overrides_defaults() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.toml");
        let text =
            "store = 's'\nkey-file = '/file/k'\naccount = 'file'\nformat = 'csv'\ncolor = 'always'";
        fs::write(&path, text).unwrap();
        let named = [("GATEPASS_CONFIG", path.to_str().unwrap()), ("NO_COLOR", "1")];
        let config = resolve(Flags::default(), &map(&named)).unwrap();
        assert_eq!(config.store, dir.path().join("s"), "relative to the file");
        assert_eq!(config.key.path, Path::new("/file/k"));
        assert_eq!(
            (config.account.as_deref(), config.format.as_deref()),
            (Some("file"), Some("csv"))
        );
        assert_eq!(config.color, ColorChoice::Always);

        let mut variables = map(&named);
        variables.extend(map(&[
            ("GATEPASS_STORE", "/env/s"),
            ("GATEPASS_KEY_FILE", "/env/k"),
            ("GATEPASS_ACCOUNT", "env"),
            ("GATEPASS_FORMAT", "json"),
            ("GATEPASS_COLOR", "auto"),
        ]));
        let config = resolve(Flags::default(), &variables).unwrap();
        let key = KeyPath { path: "/env/k".into(), is_service_credential: false };
        let (account, format) = (Some("env".into()), Some("json".into()));
        let expected = Config {
            store: "/env/s".into(),
            key,
            account,
            format,
            color: ColorChoice::Auto,
            network_policy: NetworkPolicy::PublicOnly,
        };
        assert_eq!(config, expected);

        let flags = Flags {
            store: Some("/flag/s".into()),
            key_file: Some("/flag/k".into()),
            account: Some("flag".into()),
            format: Some("table".into()),
            color: Some(ColorChoice::Never),
        };
        let config = resolve(flags, &variables).unwrap();
        let key = KeyPath { path: "/flag/k".into(), is_service_credential: false };
        let (account, format) = (Some("flag".into()), Some("table".into()));
        let expected = Config {
            store: "/flag/s".into(),
            key,
            account,
            format,
            color: ColorChoice::Never,
            network_policy: NetworkPolicy::PublicOnly,
        };
        assert_eq!(config, expected);
    }

    #[test]
    fn a_service_credential_ranks_after_the_flag_and_before_the_rest() {
        let dir = tempfile::tempdir().unwrap();
        let directory = dir.path().to_str().unwrap();
        let variables = map(&[
            ("CREDENTIALS_DIRECTORY", directory),
            ("GATEPASS_KEY_FILE", "/env/k"),
            ("HOME", "/no-home"),
        ]);
        let key = |flags| resolve(flags, &variables).unwrap().key;
        assert_eq!(key(Flags::default()).path, Path::new("/env/k"));
        let path = dir.path().join(KEY_CREDENTIAL);
        fs::write(&path, "").unwrap();
        assert_eq!(key(Flags::default()), KeyPath { path, is_service_credential: true });
        let flagged = key(Flags { key_file: Some("/flag/k".into()), ..Flags::default() });
        assert_eq!(flagged, KeyPath { path: "/flag/k".into(), is_service_credential: false });
    }

    #[test]
    fn a_default_file_may_be_missing_a_named_one_may_not() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().to_str().unwrap();
        assert!(resolve(Flags::default(), &map(&[("HOME", home)])).is_ok());
        let path = dir.path().join("c.toml");
        let named = map(&[("HOME", home), ("GATEPASS_CONFIG", path.to_str().unwrap())]);
        let error = resolve(Flags::default(), &named).unwrap_err();
        assert!(matches!(error, ConfigError::Missing { path: tried } if tried == path));
        fs::write(&path, "account = 'a'\nstor = 1").unwrap();
        let message = resolve(Flags::default(), &named).unwrap_err().to_string();
        assert!(message.contains("c.toml, line 2, column 1: "), "{message}");
        fs::write(&path, "#".repeat(MAX_FILE_SIZE as usize + 1)).unwrap();
        assert!(matches!(resolve(Flags::default(), &named), Err(ConfigError::Io { .. })));
        fs::create_dir_all(dir.path().join(".config/gatepass")).unwrap();
        fs::write(dir.path().join(".config/gatepass/config.toml"), "account = 'x'").unwrap();
        let config = resolve(Flags::default(), &map(&[("HOME", home)])).unwrap();
        assert_eq!(config.account.as_deref(), Some("x"));
    }

    #[test]
    fn colour_is_turned_off_by_no_color_and_checked() {
        let color = |pairs: &[(&str, &str)]| {
            let mut variables = map(pairs);
            variables.extend(map(&[("HOME", "/no-home")]));
            resolve(Flags::default(), &variables).map(|config| config.color)
        };
        assert_eq!(color(&[("NO_COLOR", "1")]).unwrap(), ColorChoice::Never);
        assert_eq!(color(&[("NO_COLOR", "")]).unwrap(), ColorChoice::Auto);
        assert_eq!(
            color(&[("NO_COLOR", "1"), ("GATEPASS_COLOR", "always")]).unwrap(),
            ColorChoice::Always
        );
        let message = color(&[("GATEPASS_COLOR", "blue")]).unwrap_err().to_string();
        assert_eq!(message, "GATEPASS_COLOR must be auto, always or never");
    }

    #[test]
    fn errors_name_variables_that_are_not_utf8() {
        let mut variables = map(&[("HOME", "/no-home")]);
        variables.insert("GATEPASS_ACCOUNT".into(), OsStr::from_bytes(b"\xff").into());
        let error = resolve(Flags::default(), &variables).unwrap_err();
        assert!(matches!(error, ConfigError::NotUtf8 { name: "GATEPASS_ACCOUNT" }));
    }
}
