//! `serve`

use std::{sync::Arc, time::Duration};

use clap::Args;
use sd_notify::NotifyState;

use super::listeners::listeners;
use crate::{
    commands::{
        args::account::parse_region,
        error::CommandError,
        session::{Session, http_transport, open_store_with, read_master_key},
    },
    config::{
        Config,
        address::ListenAddress,
        env::{self, Env},
        file::GateFile,
        gate::{self, GateConfig, GateFlags, parse_workers},
        gate_policy::{Profile, TrustedPeer},
    },
    domain::directory::account::Region,
    exit::Exit,
    keys::Keys,
    server::{self, Gate, ServicePhase},
    store::{
        Store, StoreError,
        sqlite::{LockWait, Mode},
    },
};

/// Answers proxies that ask whether a request may pass
///
/// nginx, Caddy, Traefik, Envoy and HAProxy ask at /verify, with any method and any path behind it; 200 lets a request
/// pass, 401 and 403 refuse it, and headers say who it is. `gatepass proxy-config` prints what they need for it.
/// A second listener answers /healthz, /readyz and /metrics.
///
/// Credentials that other commands make, reset, revoke or delete count within 10 ms. Decisions go to stderr, a JSON
/// object a line: refusals always, what passes with --log-allowed. SIGTERM lets requests end for five seconds; SIGHUP
/// reads region, trusted proxies, profile, max-stale and log-allowed again.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// Where to listen: HOST:PORT or unix:PATH [default: 127.0.0.1:8710]
    #[arg(long, value_name = "ADDRESS", value_parser = ListenAddress::parse)]
    listen: Option<ListenAddress>,
    /// Where to answer /healthz, /readyz and /metrics [default: 127.0.0.1:8711]
    #[arg(long, value_name = "ADDRESS", value_parser = ListenAddress::parse)]
    ops_listen: Option<ListenAddress>,
    /// The region of the API: credentials of accounts elsewhere are refused
    #[arg(long, value_name = "REGION", value_parser = parse_region)]
    region: Option<Region>,
    /// A network, or unix, whose X-Forwarded-* headers are believed; can be given several times
    #[arg(long = "trusted-proxy", value_name = "CIDR", value_parser = parse_trusted_peer)]
    trusted_proxies: Vec<TrustedPeer>,
    /// The statuses to send: exact (200, 401, 403, 503), or full (429 and 410 as well) [default: exact]
    #[arg(long, value_parser = parse_profile)]
    profile: Option<Profile>,
    /// How many threads answer [default: one for each core]
    #[arg(long, value_name = "N", value_parser = parse_worker_count)]
    workers: Option<usize>,
    /// For how many seconds to answer from memory when the store is out of reach; 0 forbids it [default: 1]
    #[arg(long, value_name = "SECONDS", value_parser = parse_max_stale)]
    max_stale: Option<Duration>,
    /// Log what passes, too
    #[arg(long)]
    log_allowed: bool,
    /// Listen to other machines: secrets then cross the network as they are, unless a tunnel hides them
    #[arg(long)]
    allow_remote: bool,
    /// Leave it to `gatepass deliver` to tell apps of their tokens
    #[arg(long)]
    no_deliver: bool,
    /// Tell apps at private addresses, too, and over http
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
    session.begin_read(&session.open_store(Mode::Read)?)?;
    let (listener, ops_listener) = listeners(&config, &env)?;
    writeln!(session.host.stderr, "gatepass serves {}", listener.address())?;
    writeln!(session.host.stderr, "and tells how it is at {}", ops_listener.address())?;
    let store: Config = session.config.clone();
    let keys = session.read_keys()?;
    let actor = session.actor();
    let gate = Gate {
        listener,
        ops_listener,
        request_id_seeds: (0..config.workers).map(|_| session.host.entropy.next_u64()).collect(),
        policy: config.policy,
        open_store: &move |mode| open_configured_store(&store, mode),
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
fn open_configured_store(config: &Config, mode: Mode) -> Result<Store, StoreError> {
    let master = read_master_key(config)?;
    open_store_with(config, mode, LockWait::UntilTimeout, Keys::derive(&master))
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
    TrustedPeer::parse(text).ok_or("a network such as 10.0.0.0/8, an address, or unix")
}

fn parse_profile(text: &str) -> Result<Profile, &'static str> {
    Profile::parse(text).ok_or("exact or full")
}

fn parse_worker_count(text: &str) -> Result<usize, &'static str> {
    parse_workers(text).ok_or("a whole number from 1 to 1024")
}

fn parse_max_stale(text: &str) -> Result<Duration, &'static str> {
    gate::parse_max_stale(text).ok_or("seconds from 0 to 3600")
}
