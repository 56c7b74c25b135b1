//! The settings of the gate: flags before environment, environment before the table `[serve]` of the file.

use std::{
    net::{Ipv4Addr, SocketAddr},
    thread,
    time::Duration,
};

use serde::Deserialize;

use super::{
    ConfigError,
    address::ListenAddress,
    env::{self, Env},
    gate_policy::{GatePolicy, Profile, TrustedPeer, TrustedPeers},
    load, utf8_variable,
};
use crate::domain::directory::account::Region;

/// Where the gate listens unless it is told otherwise.
const DEFAULT_PORT: u16 = 8_710;
/// Where it tells how it is.
const DEFAULT_OPS_PORT: u16 = 8_711;
/// For how long a store that is out of reach is answered for from memory.
const DEFAULT_MAX_STALE: Duration = Duration::from_secs(1);
/// More than an hour is no gate any more.
const MAX_STALE_SECONDS: u64 = 3_600;
/// More workers than any machine has cores.
const MAX_WORKERS: usize = 1_024;

/// Reads whole seconds, with or without an `s` behind them: at most an hour.
pub fn parse_max_stale(text: &str) -> Option<Duration> {
    let seconds = text.strip_suffix('s').unwrap_or(text);
    let is_number = !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = seconds.parse().ok().filter(|seconds| is_number && *seconds <= MAX_STALE_SECONDS);
    seconds.map(Duration::from_secs)
}

/// Reads a number of workers.
pub fn parse_workers(text: &str) -> Option<usize> {
    text.parse().ok().filter(|workers| (1..=MAX_WORKERS).contains(workers))
}

/// What the command line said of the gate.
#[derive(Clone, Debug, Default)]
pub struct GateFlags {
    /// `--listen`
    pub listen: Option<ListenAddress>,
    /// `--ops-listen`
    pub ops_listen: Option<ListenAddress>,
    /// `--region`
    pub region: Option<Region>,
    /// `--trusted-proxy`, each one
    pub trusted_proxies: Vec<TrustedPeer>,
    /// `--profile`
    pub profile: Option<Profile>,
    /// `--workers`
    pub workers: Option<usize>,
    /// `--max-stale`
    pub max_stale: Option<Duration>,
    /// `--log-allowed`
    pub log_allowed: bool,
    /// `--allow-remote`
    pub allow_remote: bool,
    /// `--no-deliver`
    pub no_deliver: bool,
}

/// What the table `[serve]` of a configuration file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GateFile {
    /// Where to listen.
    pub listen: Option<String>,
    /// Where to tell how the gate is.
    pub ops_listen: Option<String>,
    /// The region of the API.
    pub region: Option<String>,
    /// Whom to believe.
    pub trusted_proxy: Option<Vec<String>>,
    /// Which statuses to send.
    pub profile: Option<String>,
    /// How many threads answer.
    pub workers: Option<usize>,
    /// For how long to answer for a store that is out of reach.
    pub max_stale: Option<String>,
    /// Whether to log what passes.
    pub log_allowed: Option<bool>,
    /// Whether others than this machine may be listened to.
    pub allow_remote: Option<bool>,
    /// Whether apps are told of their tokens.
    pub deliver: Option<bool>,
}

impl GateFile {
    /// What the configuration file says of the gate.
    ///
    /// # Errors
    /// As for [`super::Config::resolve`].
    pub fn read(env: &Env<'_>) -> Result<Self, ConfigError> {
        Ok(load(env)?.serve.unwrap_or_default())
    }
}

/// The settings of the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateConfig {
    /// Where it listens.
    pub listen: ListenAddress,
    /// Where it tells how it is.
    pub ops_listen: ListenAddress,
    /// How many threads answer.
    pub workers: usize,
    /// Whether it may listen to other machines.
    pub allow_remote: bool,
    /// Whether it tells apps of their tokens.
    pub deliver: bool,
    /// What can be changed while it runs.
    pub policy: GatePolicy,
}

impl GateConfig {
    /// Settles what the command line leaves open.
    ///
    /// # Errors
    /// When a variable or a key of the file has none of the values that it may have.
    pub fn resolve(flags: GateFlags, env: &Env<'_>, file: GateFile) -> Result<Self, ConfigError> {
        let listen = Setting(env::LISTEN, "serve.listen", ADDRESS_FORMAT);
        let ops_listen = Setting(env::OPS_LISTEN, "serve.ops-listen", ADDRESS_FORMAT);
        let region = Setting(env::REGION, "serve.region", "eu1, in1, sg1, us1, aps3 or mec1");
        let profile = Setting(env::PROFILE, "serve.profile", "exact or full");
        let workers = Setting(env::WORKERS, "serve.workers", "a whole number from 1 to 1024");
        let max_stale = Setting(env::MAX_STALE, "serve.max-stale", "seconds from 0 to 3600");
        let log_allowed = Setting(env::LOG_ALLOWED, "serve.log-allowed", "on or off");
        let allow_remote = Setting(env::ALLOW_REMOTE, "serve.allow-remote", "on or off");
        let deliver = Setting(env::DELIVER, "serve.deliver", "on or off");
        let address = |text: &str| ListenAddress::parse(text).ok();
        let (number, word) =
            (|number: usize| number.to_string(), |is_on| on_off_word(is_on).to_owned());
        Ok(Self {
            listen: listen
                .resolve(flags.listen, env, file.listen, address)?
                .unwrap_or_else(|| localhost(DEFAULT_PORT)),
            ops_listen: ops_listen
                .resolve(flags.ops_listen, env, file.ops_listen, address)?
                .unwrap_or_else(|| localhost(DEFAULT_OPS_PORT)),
            workers: workers
                .resolve(flags.workers, env, file.workers.map(number), parse_workers)?
                .unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)),
            allow_remote: allow_remote
                .resolve(
                    flags.allow_remote.then_some(true),
                    env,
                    file.allow_remote.map(word),
                    parse_on_off,
                )?
                .unwrap_or_default(),
            deliver: deliver
                .resolve(
                    flags.no_deliver.then_some(false),
                    env,
                    file.deliver.map(word),
                    parse_on_off,
                )?
                .unwrap_or(true),
            policy: GatePolicy {
                region: region.resolve(flags.region, env, file.region, Region::parse)?,
                trusted_peers: resolve_trusted_peers(
                    flags.trusted_proxies,
                    env,
                    file.trusted_proxy,
                )?,
                profile: profile
                    .resolve(flags.profile, env, file.profile, Profile::parse)?
                    .unwrap_or(Profile::Exact),
                max_stale: max_stale
                    .resolve(flags.max_stale, env, file.max_stale, parse_max_stale)?
                    .unwrap_or(DEFAULT_MAX_STALE),
                log_allowed: log_allowed
                    .resolve(
                        flags.log_allowed.then_some(true),
                        env,
                        file.log_allowed.map(word),
                        parse_on_off,
                    )?
                    .unwrap_or_default(),
            },
        })
    }
}

const ADDRESS_FORMAT: &str = "HOST:PORT or unix:PATH";

/// The name of a variable, the key in the file, and what both may be.
struct Setting(&'static str, &'static str, &'static str);

impl Setting {
    /// The flag, else the variable, else what the file says.
    fn resolve<T>(
        &self,
        flag: Option<T>,
        env: &Env<'_>,
        file: Option<String>,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let Self(variable, key, expected) = *self;
        if flag.is_some() {
            return Ok(flag);
        }
        let (name, text) = match (utf8_variable(env, variable)?, file) {
            (Some(text), _) => (variable, text),
            (None, Some(text)) => (key, text),
            (None, None) => return Ok(None),
        };
        parse(&text).map(Some).ok_or(ConfigError::Value { name, expected })
    }
}

fn resolve_trusted_peers(
    flags: Vec<TrustedPeer>,
    env: &Env<'_>,
    file: Option<Vec<String>>,
) -> Result<TrustedPeers, ConfigError> {
    let setting =
        Setting(env::TRUSTED_PROXY, "serve.trusted-proxy", "networks such as 10.0.0.0/8, or unix");
    let flags = (!flags.is_empty()).then_some(flags);
    let all = |text: &str| text.split(',').map(|one| TrustedPeer::parse(one.trim())).collect();
    let peers = setting.resolve(flags, env, file.map(|peers| peers.join(",")), all)?;
    Ok(peers.unwrap_or_default().into_iter().collect())
}

fn localhost(port: u16) -> ListenAddress {
    ListenAddress::Tcp(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
}

fn parse_on_off(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn on_off_word(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::{collections::BTreeMap, ffi::OsString};

    fn resolve(
        flags: GateFlags,
        variables: &[(&str, &str)],
        file: GateFile,
    ) -> Result<GateConfig, ConfigError> {
        let variables: BTreeMap<OsString, OsString> =
            variables.iter().map(|(name, value)| (name.into(), value.into())).collect();
        GateConfig::resolve(flags, &Env::new(&variables), file)
    }

    #[test]
    fn the_gate_listens_on_localhost_by_default() {
        let config = resolve(GateFlags::default(), &[], GateFile::default()).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8710");
        assert_eq!(config.ops_listen.to_string(), "127.0.0.1:8711");
        assert!(config.listen.is_local() && !config.allow_remote && config.workers > 0);
        assert_eq!(config.policy.max_stale, Duration::from_secs(1));
        assert_eq!(config.policy.trusted_peers, TrustedPeers::default());
    }

    #[test]
    fn flags_override_variables_and_variables_override_the_file() {
        let text = |text: &str| Some(text.to_owned());
        let file = GateFile {
            listen: text("127.0.0.1:1"),
            region: text("in1"),
            profile: text("full"),
            workers: Some(3),
            trusted_proxy: Some(vec!["10.0.0.0/8".into(), "unix".into()]),
            ..GateFile::default()
        };
        let variables = [("GATEPASS_LISTEN", "unix:/run/g"), ("GATEPASS_REGION", "us1")];
        let flags = GateFlags { region: Some(Region::Sg1), ..GateFlags::default() };
        let config = resolve(flags, &variables, file).unwrap();
        assert_eq!(config.listen, ListenAddress::Unix("/run/g".into()));
        assert_eq!(config.policy.region, Some(Region::Sg1));
        assert_eq!((config.policy.profile, config.workers), (Profile::Full, 3));
        assert!(config.policy.trusted_peers.unix);
    }

    #[test]
    fn errors_name_the_setting() {
        let wrong = |name, value| {
            resolve(GateFlags::default(), &[(name, value)], GateFile::default())
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            wrong("GATEPASS_LISTEN", "here"),
            "GATEPASS_LISTEN must be HOST:PORT or unix:PATH"
        );
        assert_eq!(
            wrong("GATEPASS_MAX_STALE", "-1"),
            "GATEPASS_MAX_STALE must be seconds from 0 to 3600"
        );
        assert_eq!(
            wrong("GATEPASS_TRUSTED_PROXY", "10.0.0.0/8,everybody"),
            "GATEPASS_TRUSTED_PROXY must be networks such as 10.0.0.0/8, or unix"
        );
        let file = GateFile { profile: Some("loose".into()), ..GateFile::default() };
        let wrong = resolve(GateFlags::default(), &[], file).unwrap_err().to_string();
        assert_eq!(wrong, "serve.profile must be exact or full");
    }
}
