//! The settings of one run of the command line.

use std::path::PathBuf;

use super::{
    color::ColorChoice,
    env::{self, Env},
    error::ConfigError,
    file::load,
    network_policy::resolve_network_policy,
    paths::{KeyPath, default_history_mark, default_store, locate_key},
};
use crate::domain::{notice::NetworkPolicy, store_address::StoreAddress};

/// The settings that the command line gives.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--store`
    pub store: Option<StoreAddress>,
    /// `--key-file`
    pub key_file: Option<PathBuf>,
    /// `--account`
    pub account: Option<String>,
    /// `--format`
    pub format: Option<String>,
    /// `--color`
    pub color: Option<ColorChoice>,
}

/// The resolved settings of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The address of the store.
    pub store: StoreAddress,
    /// The key file.
    pub key: KeyPath,
    /// The directory of the history marks; `None` if the environment names none.
    pub history_mark: Option<PathBuf>,
    /// The account to use, not yet parsed. `None` if none was given.
    pub account: Option<String>,
    /// The output format, not yet parsed. `None` if none was given.
    pub format: Option<String>,
    /// When output is coloured.
    pub color: ColorChoice,
    /// The configuration file; `None` if there is none.
    pub file: Option<PathBuf>,
    /// The networks of webhooks. A flag can still allow private addresses.
    pub network_policy: NetworkPolicy,
}

impl Config {
    /// Resolves every setting.
    ///
    /// `always` or `never` in a configuration file overrides `NO_COLOR`, as its specification says.
    ///
    /// # Errors
    /// The configuration file is missing although it was named, unsafe or malformed; a variable has an invalid value; or a
    /// default path is needed and the environment names no directory for it.
    pub fn resolve(flags: Flags, env: &Env<'_>) -> Result<Self, ConfigError> {
        let file = load(env)?;
        let color = match (flags.color, env.utf8(env::COLOR)?, file.color) {
            (Some(flag), _, _) => flag,
            (_, Some(text), _) => ColorChoice::parse(&text).ok_or(ConfigError::Value {
                name: env::COLOR,
                expected: "auto, always or never",
            })?,
            (_, _, Some(configured)) => configured,
            _ => ColorChoice::Auto,
        };
        let expand = |path| env.expand_home(path);
        let flag = flags.store.map(|address| address.map_path(expand));
        let store = flag.or(env.store_address(env::STORE)?).or(file.store);
        Ok(Self {
            store: store.map_or_else(|| default_store(env), Ok)?,
            key: locate_key(flags.key_file.map(expand), env, file.key_file)?,
            history_mark: env
                .path(env::HISTORY_MARK)
                .or(file.history_mark)
                .or_else(|| default_history_mark(env)),
            account: flags.account.or(env.utf8(env::ACCOUNT)?).or(file.account),
            format: flags.format.or(env.utf8(env::FORMAT)?).or(file.format),
            network_policy: resolve_network_policy(env, file.allow_private_webhooks)?,
            color: color.or_environment(env),
            file: file.path,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{file::MAX_FILE_SIZE, paths::KEY_CREDENTIAL},
        *,
    };
    use std::{
        collections::BTreeMap,
        ffi::{OsStr, OsString},
        fs,
        os::unix::ffi::OsStrExt,
        path::Path,
    };

    type Map = BTreeMap<OsString, OsString>;

    fn map(pairs: &[(&str, &str)]) -> Map {
        pairs.iter().map(|(name, value)| (name.into(), value.into())).collect()
    }

    fn address(path: &str) -> StoreAddress {
        PathBuf::from(path).into()
    }

    fn resolve(flags: Flags, variables: &Map) -> Result<Config, ConfigError> {
        Config::resolve(flags, &Env::new(variables))
    }

    #[test]
    fn defaults_follow_xdg_then_home() {
        let config = resolve(Flags::default(), &map(&[("HOME", "/no-home")])).unwrap();
        assert_eq!(config.store, address("/no-home/.local/share/gatepass/store.db"));
        let key =
            KeyPath { path: "/no-home/.config/gatepass/key".into(), is_service_credential: false };
        assert_eq!((config.key, config.account, config.color), (key, None, ColorChoice::Auto));
        let xdg = [("XDG_DATA_HOME", "/no-d"), ("XDG_CONFIG_HOME", "/no-c"), ("HOME", "/no-h")];
        let config = resolve(Flags::default(), &map(&xdg)).unwrap();
        assert_eq!(config.store, address("/no-d/gatepass/store.db"));
        assert_eq!(config.key.path, Path::new("/no-c/gatepass/key"));
        let relative = [("XDG_DATA_HOME", "d"), ("XDG_CONFIG_HOME", "c"), ("HOME", "/no-h")];
        let config = resolve(Flags::default(), &map(&relative)).unwrap();
        assert_eq!(config.store, address("/no-h/.local/share/gatepass/store.db"));
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
        assert_eq!(config.store, dir.path().join("s").into(), "relative to the file");
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
            store: address("/env/s"),
            key,
            history_mark: None,
            account,
            format,
            color: ColorChoice::Never,
            file: Some(path.clone()),
            network_policy: NetworkPolicy::PublicOnly,
        };
        assert_eq!(config, expected, "auto leaves the choice to NO_COLOR");

        let flags = Flags {
            store: Some(address("/flag/s")),
            key_file: Some("/flag/k".into()),
            account: Some("flag".into()),
            format: Some("table".into()),
            color: Some(ColorChoice::Never),
        };
        let config = resolve(flags, &variables).unwrap();
        let key = KeyPath { path: "/flag/k".into(), is_service_credential: false };
        let (account, format) = (Some("flag".into()), Some("table".into()));
        let expected = Config {
            store: address("/flag/s"),
            key,
            history_mark: None,
            account,
            format,
            color: ColorChoice::Never,
            file: Some(path.clone()),
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
    fn a_store_of_an_unknown_kind_is_an_error() {
        let error = |pairs: &[(&str, &str)]| {
            let mut variables = map(pairs);
            variables.extend(map(&[("HOME", "/no-home")]));
            resolve(Flags::default(), &variables).unwrap_err().to_string()
        };
        assert_eq!(
            error(&[("GATEPASS_STORE", "postgres://host/db")]),
            "GATEPASS_STORE: postgres:// is not a supported kind of store; use the path of a SQLite file"
        );
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.toml");
        fs::write(&path, "store = 'postgres://host/db'").unwrap();
        let message = error(&[("GATEPASS_CONFIG", path.to_str().unwrap())]);
        assert!(message.contains("line 1, column 9: postgres:// is not"), "{message}");
    }

    #[test]
    fn errors_name_variables_that_are_not_utf8() {
        let mut variables = map(&[("HOME", "/no-home")]);
        variables.insert("GATEPASS_ACCOUNT".into(), OsStr::from_bytes(b"\xff").into());
        let error = resolve(Flags::default(), &variables).unwrap_err();
        assert!(matches!(error, ConfigError::NotUtf8 { name: "GATEPASS_ACCOUNT" }));
    }
}
