//! `serve`

use std::{sync::Arc, time::Duration};

use clap::Args;
use sd_notify::NotifyState;

use super::listeners::listeners;
use crate::{
    commands::{
        args::words::one_of,
        error::CommandError,
        session::{Session, http_transport, read_master_key},
    },
    config::{
        Config,
        address::ListenAddress,
        env::{self, Env},
        file::GateFile,
        gate::{self, GateConfig, GateFlags, parse_workers},
        gate_policy::{Profile, TrustedPeer},
    },
    domain::{
        actor::{Actor, Principal},
        directory::account::Region,
    },
    exit::Exit,
    keys::Keys,
    server::{self, Gate, ServicePhase},
    store::{LockWait, MarkSettings, Mode, Store, StoreDriver, StoreError},
};

/// Run the authorization server that proxies query
///
/// Before nginx, Caddy, Traefik, Envoy or HAProxy forwards a request, it queries /verify, with any method and any path
/// below it. Status 200 allows the request, and response headers identify the caller. 401 and 403 refuse it. A second
/// listener serves /healthz, /readyz and /metrics. The command proxy-config prints the configuration of the proxy.
///
/// Changes that other commands make take effect within 10 ms. Decisions are logged on stderr as one JSON object per
/// line: refused requests always, allowed requests with --log-allowed.
///
/// On SIGTERM, the server closes its listeners and gives requests five seconds to finish. On SIGHUP, it reloads region,
/// trusted proxies, profile, max-stale and log-allowed.
#[derive(Clone, Debug, Args)]
#[command(after_long_help = r"Examples:
  # Serve a proxy on the same machine
  $ gatepass serve --trusted-proxy 127.0.0.1/32

  # Serve a proxy over a Unix socket
  $ gatepass serve --listen unix:/run/gatepass/gate.sock \
      --trusted-proxy unix")]
pub struct ServeArgs {
    /// Address to listen on: IP:PORT or unix:PATH [default: 127.0.0.1:8710]
    #[arg(long, value_name = "ADDRESS", value_parser = ListenAddress::parse)]
    listen: Option<ListenAddress>,
    /// Address for health and metrics [default: 127.0.0.1:8711]
    ///
    /// Takes IP:PORT or unix:PATH.
    #[arg(long, value_name = "ADDRESS", value_parser = ListenAddress::parse)]
    ops_listen: Option<ListenAddress>,
    /// Region of the API; refuses credentials of other regions
    ///
    /// The default is to accept all regions.
    #[arg(long, value_name = "REGION", value_parser = one_of(&Region::ALL, Region::as_str))]
    region: Option<Region>,
    /// Trusted proxy networks, e.g. 10.0.0.0/8; can be repeated
    ///
    /// The X-Forwarded-* and X-Original-* headers count only in requests from these networks. Takes a network, an
    /// address, or unix for all clients of the Unix socket. The default is none.
    #[arg(long = "trusted-proxy", value_name = "CIDR", value_parser = parse_trusted_peer)]
    trusted_proxies: Vec<TrustedPeer>,
    /// Status codes to send [default: exact]
    ///
    /// exact sends only 200, 401, 403 and 503, for proxies that cannot pass on others. full also sends 410 and 429.
    #[arg(long, value_parser = one_of(&Profile::ALL, Profile::as_str))]
    profile: Option<Profile>,
    /// Number of threads, 1 to 1024 [default: one per core]
    #[arg(long, value_name = "N", value_parser = parse_worker_count)]
    workers: Option<usize>,
    /// Seconds to respond from memory without the store [default: 1]
    ///
    /// Takes 0 to 3600. While the store is unavailable, revocations do not take effect.
    #[arg(long, value_name = "SECONDS", value_parser = parse_max_stale)]
    max_stale: Option<Duration>,
    /// Also log allowed requests
    #[arg(long)]
    log_allowed: bool,
    /// Permit addresses that other machines can reach
    ///
    /// Secrets are then sent unencrypted unless you use a tunnel.
    #[arg(long)]
    allow_remote: bool,
    /// Do not send webhook messages; gatepass deliver does
    #[arg(long)]
    no_deliver: bool,
    /// Also deliver webhook messages to private addresses and over http
    #[arg(long)]
    allow_private_webhooks: bool,
}

impl ServeArgs {
    fn flags(&self) -> GateFlags {
        GateFlags {
            listen: self.listen.clone(),
            ops_listen: self.ops_listen.clone(),
            region: self.region,
            trusted_proxies: self.trusted_proxies.clone(),
            profile: self.profile,
            workers: self.workers,
            max_stale: self.max_stale,
            log_allowed: self.log_allowed,
            allow_remote: self.allow_remote,
            no_deliver: self.no_deliver,
        }
    }
}

pub fn run(args: &ServeArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let resolve = |env: &Env<'_>| GateConfig::resolve(args.flags(), env, GateFile::read(env)?);
    let variables = session.host.env.clone();
    let env = Env::new(&variables);
    let config = resolve(&env)?;
    // Fails now if the store can't be read, and not at the first request.
    let store = session.open_store(Mode::Read)?;
    session.begin_read(&store)?;
    drop(store);
    let (listener, ops_listener) = listeners(&config, &env)?;
    writeln!(session.host.stderr, "listening on {}", listener.address())?;
    writeln!(session.host.stderr, "health and metrics on {}", ops_listener.address())?;
    let (driver, settings) = (Arc::clone(&session.driver), session.config.clone());
    let keys = session.read_keys()?;
    let principal = Principal::System { name: "gate".to_owned() };
    let actor = Actor { principal, ..session.actor() };
    let gate = Gate {
        listener,
        ops_listener,
        request_id_seeds: (0..config.workers).map(|_| session.host.entropy.next_u64()).collect(),
        policy: config.policy,
        open_store: &move |mode| open_configured_store(&*driver, &settings, mode),
        keys,
        clock: Arc::clone(session.host.clock),
        actor: &actor,
        transport: config
            .deliver
            .then(|| http_transport(session.network_policy(args.allow_private_webhooks))),
        entropy: session.host.entropy,
        reload: Box::new(|| Ok(resolve(&env).map_err(|error| error.to_string())?.policy)),
        notify: &|phase| notify_service_manager(&env, phase),
    };
    server::serve(gate, session.host.stderr)?;
    Ok(Exit::Success)
}

/// Opens the store. Reads the key file again, because the key may have been replaced.
fn open_configured_store(
    driver: &dyn StoreDriver,
    config: &Config,
    mode: Mode,
) -> Result<Store, StoreError> {
    let keys = Keys::derive(&read_master_key(config)?);
    let mut store = Store::new(driver.open(&config.store, mode, LockWait::UntilTimeout)?, keys);
    // What --accept-history accepted when the gate started is not accepted later.
    store.keep_mark(config.history_mark.clone().map(|directory| MarkSettings {
        directory,
        store: config.store.clone(),
        accept: false,
        is_dry_run: false,
    }));
    Ok(store)
}

/// Notifies the service manager, if there is one. An error is ignored: serving goes on without it.
fn notify_service_manager(env: &Env<'_>, phase: ServicePhase) {
    if env.get(env::NOTIFY_SOCKET).is_none() {
        return;
    }
    let state = match phase {
        ServicePhase::Ready => sd_notify::notify(&[NotifyState::Ready]),
        ServicePhase::Stopping => sd_notify::notify(&[NotifyState::Stopping]),
        ServicePhase::Reloading => NotifyState::monotonic_usec_now()
            .and_then(|since| sd_notify::notify(&[NotifyState::Reloading, since])),
    };
    state.ok();
}

fn parse_trusted_peer(text: &str) -> Result<TrustedPeer, &'static str> {
    TrustedPeer::parse(text).ok_or("use a network such as 10.0.0.0/8, an address, or unix")
}

fn parse_worker_count(text: &str) -> Result<usize, &'static str> {
    parse_workers(text).ok_or("use a whole number from 1 to 1024")
}

fn parse_max_stale(text: &str) -> Result<Duration, &'static str> {
    gate::parse_max_stale(text).ok_or("use a number of seconds from 0 to 3600")
}
