//! The configuration file: TOML, all keys optional, unknown keys refused.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Deserializer, de};

use super::{
    color::ColorChoice,
    env::{self, Env},
    error::{ConfigError, ConfigFileError},
    paths::{NO_FILE, SYSTEM_CONFIG_FILE, default_config_file},
};
use crate::{domain::store_address::StoreAddress, keys::path_check};

/// The largest file that is read, in bytes. A real configuration file has a few lines.
pub(super) const MAX_FILE_SIZE: u64 = 64 * 1024;

/// The contents of a configuration file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FileConfig {
    /// The path of the file; `None` if there is none.
    #[serde(skip)]
    pub path: Option<PathBuf>,
    /// The address of the store. A relative path is relative to the file's directory.
    #[serde(default, deserialize_with = "store_address")]
    pub store: Option<StoreAddress>,
    /// The path of the key file, relative like the store.
    pub key_file: Option<PathBuf>,
    /// The directory of the history marks, relative like the store.
    pub history_mark: Option<PathBuf>,
    /// The account to use.
    pub account: Option<String>,
    /// The output format.
    pub format: Option<String>,
    /// When output is coloured.
    pub color: Option<ColorChoice>,
    /// Whether webhooks may have private addresses, and http.
    pub allow_private_webhooks: Option<bool>,
    /// The settings of the gate.
    pub serve: Option<GateFile>,
}

/// The table `[serve]` of a configuration file. [`GateConfig`](super::gate::GateConfig) describes the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GateFile {
    /// The listen address.
    pub listen: Option<String>,
    /// The listen address for health and metrics.
    pub ops_listen: Option<String>,
    /// The region of the API.
    pub region: Option<String>,
    /// The trusted proxy networks.
    pub trusted_proxy: Option<Vec<String>>,
    /// The profile: which status codes are sent.
    pub profile: Option<String>,
    /// The number of worker threads.
    pub workers: Option<usize>,
    /// How long the gate answers from memory while the store cannot be reached.
    pub max_stale: Option<String>,
    /// Whether allowed requests are logged.
    pub log_allowed: Option<bool>,
    /// Whether the gate may listen on an address that other machines can reach.
    pub allow_remote: Option<bool>,
    /// Whether the gate sends webhook messages.
    pub deliver: Option<bool>,
}

impl GateFile {
    /// Reads the table from the configuration file. Returns an empty table if there is no file or no table.
    ///
    /// # Errors
    /// The file cannot be read, is unsafe or malformed, or `GATEPASS_CONFIG` names a file that does not exist.
    pub fn read(env: &Env<'_>) -> Result<Self, ConfigError> {
        Ok(load(env)?.serve.unwrap_or_default())
    }
}

/// Returns the output format that the environment or the configuration file sets, for errors that occur before the settings
/// are resolved. Unlike `load`, it ignores whatever else is wrong with the file.
pub fn configured_format(env: &Env<'_>) -> Option<String> {
    #[derive(Deserialize)]
    struct FormatOnly {
        format: Option<String>,
    }
    if let Ok(Some(format)) = env.utf8(env::FORMAT) {
        return Some(format);
    }
    let path = env.path(env::CONFIG).or_else(|| default_config_file(env))?;
    toml::from_str::<FormatOnly>(&read_text(&path).ok()?).ok()?.format
}

pub(super) fn load(env: &Env<'_>) -> Result<FileConfig, ConfigError> {
    load_or(env, Path::new(SYSTEM_CONFIG_FILE))
}

/// Reads the configuration file, or the one at `system` if the user has none.
fn load_or(env: &Env<'_>, system: &Path) -> Result<FileConfig, ConfigError> {
    let named = env.path(env::CONFIG);
    let files = match &named {
        Some(path) if path == NO_FILE => Vec::new(),
        Some(path) => vec![path.clone()],
        None => default_config_file(env).into_iter().chain([system.to_owned()]).collect(),
    };
    for path in files {
        if path_check::check_config_file(&path)?.is_some() {
            return read(path, env);
        }
        if named.is_some() {
            return Err(ConfigError::Missing { path });
        }
    }
    Ok(FileConfig::default())
}

/// Reads a file, and resolves the paths in it.
fn read(path: PathBuf, env: &Env<'_>) -> Result<FileConfig, ConfigError> {
    let text = match read_text(&path) {
        Ok(text) => text,
        Err(source) => return Err(ConfigError::Io { path, source }),
    };
    let config = match parse(&text) {
        Ok(config) => config,
        Err(error) => return Err(ConfigError::Malformed { path, error }),
    };
    let directory = path.parent().unwrap_or(Path::new(""));
    let resolve = |path| directory.join(env.expand_home(path));
    Ok(FileConfig {
        store: config.store.map(|address| address.map_path(resolve)),
        key_file: config.key_file.map(resolve),
        history_mark: config.history_mark.map(resolve),
        path: Some(path),
        ..config
    })
}

fn store_address<'de, D: Deserializer<'de>>(source: D) -> Result<Option<StoreAddress>, D::Error> {
    let text = PathBuf::deserialize(source)?;
    StoreAddress::parse(text.as_os_str()).map(Some).map_err(de::Error::custom)
}

fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let length = File::open(path)?.take(MAX_FILE_SIZE + 1).read_to_string(&mut text)?;
    if length as u64 > MAX_FILE_SIZE {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 64 KiB"));
    }
    Ok(text)
}

/// Parses the text of a configuration file.
///
/// # Errors
/// The first error in the text. No text causes a panic.
pub fn parse(text: &str) -> Result<FileConfig, ConfigFileError> {
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let (line, column) = position(text, start);
        ConfigFileError { line, column, message: one_line(error.message()) }
    })
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before: String =
        text.char_indices().take_while(|(at, _)| *at < offset).map(|(_, c)| c).collect();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (line, column)
}

/// Escapes control characters: a message can quote the file, and the file can contain terminal escapes.
fn one_line(message: &str) -> String {
    let shown = |c: char| match c {
        '\n' => " ".to_owned(),
        _ if c.is_control() => c.escape_default().to_string(),
        _ => c.to_string(),
    };
    message.trim_end().chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::{collections::BTreeMap, ffi::OsString, fs};

    #[test]
    fn every_key_is_read() {
        let text = "store = '/s'\nkey-file = '/k'\nhistory-mark = '/m'\naccount = 'A'\nformat = 'json'\ncolor = 'never'\nallow-private-webhooks = true\n[serve]\nworkers = 2\n";
        let expected = FileConfig {
            path: None,
            store: Some(PathBuf::from("/s").into()),
            key_file: Some("/k".into()),
            history_mark: Some("/m".into()),
            account: Some("A".into()),
            format: Some("json".into()),
            color: Some(ColorChoice::Never),
            allow_private_webhooks: Some(true),
            serve: Some(GateFile { workers: Some(2), ..GateFile::default() }),
        };
        assert_eq!(parse(text), Ok(expected));
        assert_eq!(parse("# nothing\n"), Ok(FileConfig::default()));
    }

    #[test]
    fn the_system_has_a_file_for_users_without_one() {
        let dir = tempfile::tempdir().unwrap();
        let place = |path: &str| dir.path().join(path);
        let (system, own) = (place("system.toml"), place("home/.config/gatepass/config.toml"));
        let variables = [("HOME", place("home")), ("GATEPASS_CONFIG", "".into())];
        let account = |config: &str| {
            let mut variables: BTreeMap<OsString, OsString> =
                variables.clone().map(|(name, value)| (name.into(), value.into())).into();
            variables.insert("GATEPASS_CONFIG".into(), config.into());
            load_or(&Env::new(&variables), &system).map(|file| file.account)
        };
        assert_eq!(account("").unwrap(), None);
        fs::write(&system, "account = 'system'").unwrap();
        assert_eq!(account("").unwrap().as_deref(), Some("system"));
        fs::create_dir_all(own.parent().unwrap()).unwrap();
        assert_eq!(account("").unwrap().as_deref(), Some("system"));
        fs::write(&own, "account = 'own'").unwrap();
        assert_eq!(account("").unwrap().as_deref(), Some("own"));
        assert_eq!(account(NO_FILE).unwrap(), None);
        assert!(matches!(account("/no/file"), Err(ConfigError::Missing { .. })));
        assert_eq!(account("~/.config/gatepass/config.toml").unwrap().as_deref(), Some("own"));
    }

    #[test]
    fn a_home_directory_in_a_path_is_expanded() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.toml");
        fs::write(&path, "store = '~/s.db'\nkey-file = '~/k'").unwrap();
        let variables = [("HOME", "/home/ann"), ("GATEPASS_CONFIG", path.to_str().unwrap())]
            .map(|(name, value)| (name.into(), value.into()))
            .into();
        let file = load(&Env::new(&variables)).unwrap();
        assert_eq!(file.store, Some(PathBuf::from("/home/ann/s.db").into()));
        assert_eq!(file.key_file, Some("/home/ann/k".into()));
    }

    #[test]
    fn errors_have_a_line_and_a_column() {
        let at = |text| parse(text).map_err(|error| (error.line, error.column)).unwrap_err();
        assert_eq!(at("store = '/s'\nkey_file = '/k'\n"), (2, 1));
        assert_eq!(at("account = 7\n"), (1, 11));
        assert_eq!(at("\n\nä\n").0, 3);
        assert_eq!(at("account = 'ä' x\n"), (1, 15));
        assert_eq!(at("color = 'blue'\n"), (1, 9));
        assert_eq!(at("store = '/a'\nstore = '/b'\n").0, 2);
        let message = parse("key_file = 1").unwrap_err().to_string();
        assert!(message.contains("unknown field `key_file`"), "{message}");
    }

    #[test]
    fn messages_are_one_line_without_escapes() {
        let message = parse("\"\\u001b[31m\\n\" = 1").unwrap_err().to_string();
        assert!(!message.contains(|c: char| c.is_control()), "{message:?}");
    }

    #[test]
    fn deep_nesting_is_an_error() {
        for open in ["[", "{a=", "a."] {
            assert!(parse(&format!("store = {}", open.repeat(100_000))).is_err());
            assert!(parse(&open.repeat(100_000)).is_err());
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_locates_errors(text in "\\PC*|[a-z\\[\\]{}=.'\"\n#-]*") {
            if let Err(error) = parse(&text) {
                prop_assert!(error.line >= 1 && error.column >= 1);
                prop_assert!(error.line <= text.matches('\n').count() + 1);
            }
        }
    }
}
