//! The settings of the gate. Precedence: flag, environment, table `[serve]` of the configuration file, default.

use std::{
    net::{Ipv4Addr, SocketAddr},
    thread,
    time::Duration,
};

use super::{
    address::ListenAddress,
    env::{self, Env},
    error::ConfigError,
    file::GateFile,
    gate_policy::{GatePolicy, Profile, TrustedPeer, TrustedPeers},
};
use crate::domain::directory::account::Region;

/// The default port of the gate.
const DEFAULT_PORT: u16 = 8_710;
/// The default port for health and metrics.
const DEFAULT_OPS_PORT: u16 = 8_711;
/// The default of `--max-stale`.
const DEFAULT_MAX_STALE: Duration = Duration::from_secs(1);
/// The longest `--max-stale`: one hour, since revocations do not take effect meanwhile.
const MAX_STALE_SECONDS: u64 = 3_600;
/// The most worker threads, more than any machine has cores.
const MAX_WORKERS: usize = 1_024;

/// Parses whole seconds, with an optional `s`. `None` if the text is not a number or more than an hour.
pub fn parse_max_stale(text: &str) -> Option<Duration> {
    let seconds = text.strip_suffix('s').unwrap_or(text);
    let is_number = !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = seconds.parse().ok().filter(|seconds| is_number && *seconds <= MAX_STALE_SECONDS);
    seconds.map(Duration::from_secs)
}

/// Parses a number of worker threads, 1 to 1024.
pub fn parse_workers(text: &str) -> Option<usize> {
    text.parse().ok().filter(|workers| (1..=MAX_WORKERS).contains(workers))
}

/// The settings that the command line gives.
#[derive(Clone, Debug, Default)]
pub struct GateFlags {
    /// `--listen`
    pub listen: Option<ListenAddress>,
    /// `--ops-listen`
    pub ops_listen: Option<ListenAddress>,
    /// `--region`
    pub region: Option<Region>,
    /// `--trusted-proxy`, once per network
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

/// The settings of the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateConfig {
    /// The listen address.
    pub listen: ListenAddress,
    /// The listen address for health and metrics.
    pub ops_listen: ListenAddress,
    /// The number of worker threads.
    pub workers: usize,
    /// Whether the gate may listen on an address that other machines can reach.
    pub allow_remote: bool,
    /// Whether the gate sends webhook messages.
    pub deliver: bool,
    /// The settings that can change while the gate runs.
    pub policy: GatePolicy,
}

impl GateConfig {
    /// Resolves every setting.
    ///
    /// # Errors
    /// A variable or a key of the file has an invalid value.
    pub fn resolve(flags: GateFlags, env: &Env<'_>, file: GateFile) -> Result<Self, ConfigError> {
        let parse = |text: &str| ListenAddress::parse(text).ok();
        let expand = |address: ListenAddress| address.map_path(|path| env.expand_home(path));
        let workers = file.workers.map(|workers| workers.to_string());
        let (allow_remote, no_deliver) =
            (flags.allow_remote.then_some(true), flags.no_deliver.then_some(false));
        Ok(Self {
            listen: LISTEN
                .resolve(flags.listen.clone(), env, file.listen.clone(), parse)?
                .map_or_else(|| localhost(DEFAULT_PORT), expand),
            ops_listen: OPS_LISTEN
                .resolve(flags.ops_listen.clone(), env, file.ops_listen.clone(), parse)?
                .map_or_else(|| localhost(DEFAULT_OPS_PORT), expand),
            workers: WORKERS
                .resolve(flags.workers, env, workers, parse_workers)?
                .unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)),
            allow_remote: ALLOW_REMOTE
                .resolve_on_off(allow_remote, env, file.allow_remote)?
                .unwrap_or_default(),
            deliver: DELIVER.resolve_on_off(no_deliver, env, file.deliver)?.unwrap_or(true),
            policy: resolve_policy(&flags, env, &file)?,
        })
    }
}

/// Resolves the settings that can change while the gate runs.
fn resolve_policy(
    flags: &GateFlags,
    env: &Env<'_>,
    file: &GateFile,
) -> Result<GatePolicy, ConfigError> {
    let log_allowed = flags.log_allowed.then_some(true);
    Ok(GatePolicy {
        region: REGION.resolve(flags.region, env, file.region.clone(), Region::parse)?,
        trusted_peers: resolve_trusted_peers(flags, env, file)?,
        profile: PROFILE
            .resolve(flags.profile, env, file.profile.clone(), Profile::parse)?
            .unwrap_or(Profile::Exact),
        max_stale: MAX_STALE
            .resolve(flags.max_stale, env, file.max_stale.clone(), parse_max_stale)?
            .unwrap_or(DEFAULT_MAX_STALE),
        log_allowed: LOG_ALLOWED
            .resolve_on_off(log_allowed, env, file.log_allowed)?
            .unwrap_or_default(),
    })
}

fn resolve_trusted_peers(
    flags: &GateFlags,
    env: &Env<'_>,
    file: &GateFile,
) -> Result<TrustedPeers, ConfigError> {
    let flag = (!flags.trusted_proxies.is_empty()).then(|| flags.trusted_proxies.clone());
    let configured = file.trusted_proxy.as_ref().map(|peers| peers.join(","));
    let parse = |text: &str| text.split(',').map(|peer| TrustedPeer::parse(peer.trim())).collect();
    let peers = TRUSTED_PROXY.resolve(flag, env, configured, parse)?;
    Ok(peers.unwrap_or_default().into_iter().collect())
}

/// A setting of the gate that a variable and a key of the configuration file can provide.
struct Setting {
    /// The environment variable.
    variable: &'static str,
    /// The key in the configuration file, for messages.
    key: &'static str,
    /// The values that both accept, for messages.
    expected: &'static str,
}

const LISTEN: Setting = setting(env::LISTEN, "serve.listen", "IP:PORT or unix:PATH");
const OPS_LISTEN: Setting = setting(env::OPS_LISTEN, "serve.ops-listen", "IP:PORT or unix:PATH");
const REGION: Setting = setting(env::REGION, "serve.region", "eu1, in1, sg1, us1, aps3 or mec1");
const TRUSTED_PROXY: Setting = setting(
    env::TRUSTED_PROXY,
    "serve.trusted-proxy",
    "a list of networks such as 10.0.0.0/8, or unix",
);
const PROFILE: Setting = setting(env::PROFILE, "serve.profile", "exact or full");
const WORKERS: Setting = setting(env::WORKERS, "serve.workers", "a whole number from 1 to 1024");
const MAX_STALE: Setting =
    setting(env::MAX_STALE, "serve.max-stale", "a number of seconds from 0 to 3600");
const LOG_ALLOWED: Setting = setting(env::LOG_ALLOWED, "serve.log-allowed", "on or off");
const ALLOW_REMOTE: Setting = setting(env::ALLOW_REMOTE, "serve.allow-remote", "on or off");
const DELIVER: Setting = setting(env::DELIVER, "serve.deliver", "on or off");

const fn setting(variable: &'static str, key: &'static str, expected: &'static str) -> Setting {
    Setting { variable, key, expected }
}

impl Setting {
    /// Returns the value of the flag, the variable or the file, in this order of precedence.
    ///
    /// # Errors
    /// The value cannot be parsed, or the variable is not UTF-8.
    fn resolve<T>(
        &self,
        flag: Option<T>,
        env: &Env<'_>,
        file: Option<String>,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        if flag.is_some() {
            return Ok(flag);
        }
        let (name, text) = match (env.utf8(self.variable)?, file) {
            (Some(text), _) => (self.variable, text),
            (None, Some(text)) => (self.key, text),
            (None, None) => return Ok(None),
        };
        parse(&text).map(Some).ok_or(ConfigError::Value { name, expected: self.expected })
    }

    /// The same for a setting that is `on` or `off` in the environment and a boolean in the file.
    fn resolve_on_off(
        &self,
        flag: Option<bool>,
        env: &Env<'_>,
        file: Option<bool>,
    ) -> Result<Option<bool>, ConfigError> {
        Ok(self.resolve(flag, env, None, parse_on_off)?.or(file))
    }
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
    fn the_home_directory_is_expanded_in_the_path_of_a_socket() {
        let socket = || Some("unix:~/g".to_owned());
        let file = GateFile { ops_listen: socket(), ..GateFile::default() };
        let variables = [("HOME", "/home/ann"), ("GATEPASS_LISTEN", "unix:~/g")];
        let config = resolve(GateFlags::default(), &variables, file).unwrap();
        for address in [config.listen, config.ops_listen] {
            assert_eq!(address, ListenAddress::Unix("/home/ann/g".into()));
        }
    }

    #[test]
    fn errors_name_the_setting() {
        let message = |name, value| {
            resolve(GateFlags::default(), &[(name, value)], GateFile::default())
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            message("GATEPASS_LISTEN", "here"),
            "GATEPASS_LISTEN must be IP:PORT or unix:PATH"
        );
        assert_eq!(
            message("GATEPASS_MAX_STALE", "-1"),
            "GATEPASS_MAX_STALE must be a number of seconds from 0 to 3600"
        );
        assert_eq!(
            message("GATEPASS_TRUSTED_PROXY", "10.0.0.0/8,everybody"),
            "GATEPASS_TRUSTED_PROXY must be a list of networks such as 10.0.0.0/8, or unix"
        );
        let file = GateFile { profile: Some("loose".into()), ..GateFile::default() };
        let message = resolve(GateFlags::default(), &[], file).unwrap_err().to_string();
        assert_eq!(message, "serve.profile must be exact or full");
    }
}
