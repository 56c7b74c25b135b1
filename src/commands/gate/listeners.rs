//! The sockets of the gate: inherited from a service manager, or bound as configured.

use listenfd::ListenFd;

use crate::{
    commands::error::{CliError, CommandError, WithMessage},
    config::{
        address::ListenAddress,
        env::{self, Env},
        gate::GateConfig,
    },
    server::Listener,
};

/// Returns the listeners of the gate and of its operations endpoints.
///
/// # Errors
/// When one of them can't be bound, or is not local without `--allow-remote`.
pub fn listeners(config: &GateConfig, env: &Env<'_>) -> Result<(Listener, Listener), CommandError> {
    let mut inherited = match env.get(env::LISTEN_FDS) {
        Some(_) => ListenFd::from_env(),
        None => ListenFd::empty(),
    };
    let allow_remote = config.allow_remote;
    let mut listener = |number, address: &ListenAddress, sockets| match inherited_listener(
        &mut inherited,
        number,
        allow_remote,
    )? {
        Some(listener) => Ok(listener),
        None => bind(address, sockets, allow_remote),
    };
    Ok((listener(0, &config.listen, config.workers)?, listener(1, &config.ops_listen, 1)?))
}

/// Binds `sockets` sockets to the address.
fn bind(
    address: &ListenAddress,
    sockets: usize,
    allow_remote: bool,
) -> Result<Listener, CommandError> {
    ensure_local(address, allow_remote)?;
    Listener::bind(address, sockets).with_message(|| format!("can't listen on {address}"))
}

/// Rejects an address that other machines can reach, unless `allow_remote`.
fn ensure_local(address: &ListenAddress, allow_remote: bool) -> Result<(), CliError> {
    if !address.is_local() && !allow_remote {
        let message = format!(
            "{address} can be reached from other machines, and secrets are then sent unencrypted"
        );
        let hint = "listen on 127.0.0.1 or a Unix socket; if you use a tunnel, add --allow-remote";
        let hint = Some(hint.to_owned());
        return Err(CliError::Usage { code: "remote_address", message, hint });
    }
    Ok(())
}

/// Returns the inherited socket with this number, if there is one.
fn inherited_listener(
    inherited: &mut ListenFd,
    number: usize,
    allow_remote: bool,
) -> Result<Option<Listener>, CommandError> {
    if let Ok(listener) = inherited.take_tcp_listener(number) {
        let Some(listener) = listener else { return Ok(None) };
        ensure_local(&ListenAddress::Tcp(listener.local_addr()?), allow_remote)?;
        listener.set_nonblocking(true)?;
        return Ok(Some(Listener::Tcp(listener)));
    }
    let listener = inherited.take_unix_listener(number)?;
    listener.iter().try_for_each(|listener| listener.set_nonblocking(true))?;
    Ok(listener.map(Listener::Unix))
}
