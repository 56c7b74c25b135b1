//! `proxy-config`

use std::{
    net::SocketAddr,
    path::{Display, Path},
};

use clap::{Args, ValueEnum};

use crate::{
    commands::{
        error::{CliError, CommandError},
        session::Session,
    },
    config::address::ListenAddress,
    exit::Exit,
};

/// Print a proxy configuration that queries gatepass serve
///
/// The configuration is complete: the proxy can be started with it unchanged. It removes the headers with which a
/// client could impersonate another caller, identifies the caller to the backend, and hides the secret from it. If the
/// gate does not respond, the proxy refuses all requests.
#[derive(Debug, Args)]
#[command(after_long_help = r"Examples:
  # Configure nginx
  $ gatepass proxy-config nginx >nginx.conf

  # Configure Caddy on port 80, for a gate on a Unix socket
  $ gatepass proxy-config caddy --listen 0.0.0.0:80 \
      --gate unix:/run/gatepass/gate.sock >Caddyfile

  # HAProxy also needs a script
  $ gatepass proxy-config haproxy >haproxy.cfg
  $ gatepass proxy-config haproxy --lua >gatepass.lua")]
pub struct ProxyConfigArgs {
    /// Proxy
    proxy: Proxy,
    /// Address that the proxy listens on
    #[arg(long, value_name = "ADDRESS", default_value = LISTEN, value_parser = parse_address)]
    listen: SocketAddr,
    /// Address of gatepass serve: IP:PORT or unix:PATH
    #[arg(long, value_name = "ADDRESS", default_value = GATE, value_parser = parse_gate)]
    gate: ListenAddress,
    /// Address of the protected API
    #[arg(long, value_name = "ADDRESS", default_value = BACKEND, value_parser = parse_address)]
    backend: SocketAddr,
    /// Print gatepass.lua instead, the script that the HAProxy configuration loads
    #[arg(long)]
    lua: bool,
}

/// The addresses in the samples, which are also the defaults.
const LISTEN: &str = "127.0.0.1:8080";
const GATE: &str = "127.0.0.1:8710";
const BACKEND: &str = "127.0.0.1:9000";

/// A proxy for which there is a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Proxy {
    /// nginx, with auth_request
    Nginx,
    /// Caddy, with reverse_proxy and handle_response
    Caddy,
    /// Traefik, with forwardAuth
    Traefik,
    /// Envoy, with ext_authz
    Envoy,
    /// HAProxy, with a script in Lua (see --lua)
    Haproxy,
}

pub fn run(args: &ProxyConfigArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let text = match (args.lua, args.proxy) {
        (false, _) => sample(args)?,
        (true, Proxy::Haproxy) => SCRIPT.to_owned(),
        (true, _) => {
            let message = "--lua is only for haproxy";
            return Err(CliError::usage("no_script", message).into());
        }
    };
    session.write_stdout(text.as_bytes())?;
    Ok(Exit::Success)
}

const SCRIPT: &str = include_str!("../../../deploy/gatepass.lua");

/// A text of the sample, and what replaces it.
type Replacement = (String, String);

/// Returns the sample configuration with the addresses of the arguments.
fn sample(args: &ProxyConfigArgs) -> Result<String, CliError> {
    let (text, replacements) = match args.proxy {
        Proxy::Nginx => nginx(args),
        Proxy::Caddy => caddy(args),
        Proxy::Traefik => traefik(args)?,
        Proxy::Envoy => envoy(args),
        Proxy::Haproxy => haproxy(args),
    };
    // The comments of all samples contain the command that starts the gate.
    let command = (format!("--listen {GATE}"), format!("--listen {}", args.gate));
    Ok(replace_all(text, &[vec![command], replacements].concat()))
}

fn nginx(args: &ProxyConfigArgs) -> (&'static str, Vec<Replacement>) {
    let ProxyConfigArgs { listen, gate, backend, .. } = args;
    let replacements = vec![
        (format!("listen {LISTEN}"), format!("listen {listen}")),
        (format!("server {GATE}"), format!("server {gate}")),
        (format!("server {BACKEND}"), format!("server {backend}")),
    ];
    (include_str!("../../../deploy/nginx.conf"), replacements)
}

fn caddy(args: &ProxyConfigArgs) -> (&'static str, Vec<Replacement>) {
    let ProxyConfigArgs { listen, gate, backend, .. } = args;
    let gate = format_gate(gate, |path| format!("unix/{path}"));
    let replacements = vec![
        ("http://:8080".to_owned(), format!("http://:{}", listen.port())),
        ("bind 127.0.0.1".to_owned(), format!("bind {}", listen.ip())),
        (format!("reverse_proxy {GATE}"), format!("reverse_proxy {gate}")),
        (format!("reverse_proxy {BACKEND}"), format!("reverse_proxy {backend}")),
    ];
    (include_str!("../../../deploy/Caddyfile"), replacements)
}

fn traefik(args: &ProxyConfigArgs) -> Result<(&'static str, Vec<Replacement>), CliError> {
    let ProxyConfigArgs { listen, gate, backend, .. } = args;
    let replacements = vec![
        (format!("address={LISTEN}"), format!("address={listen}")),
        (format!("http://{GATE}"), format!("http://{}", tcp_only(gate)?)),
        (format!("http://{BACKEND}"), format!("http://{backend}")),
    ];
    Ok((include_str!("../../../deploy/traefik.yaml"), replacements))
}

fn envoy(args: &ProxyConfigArgs) -> (&'static str, Vec<Replacement>) {
    let ProxyConfigArgs { listen, gate, backend, .. } = args;
    let replacements = vec![
        (envoy_socket("127.0.0.1", 8080), envoy_address(*listen)),
        (envoy_socket("127.0.0.1", 8710), envoy_gate(gate)),
        (envoy_socket("127.0.0.1", 9000), envoy_address(*backend)),
    ];
    (include_str!("../../../deploy/envoy.yaml"), replacements)
}

fn haproxy(args: &ProxyConfigArgs) -> (&'static str, Vec<Replacement>) {
    let ProxyConfigArgs { listen, gate, backend, .. } = args;
    let gate = format_gate(gate, |path| format!("unix@{path}"));
    let replacements = vec![
        (format!("bind {LISTEN}"), format!("bind {listen}")),
        (format!("lua.gatepass {GATE}"), format!("lua.gatepass {gate}")),
        (format!("server gate {GATE}"), format!("server gate {gate}")),
        (format!("server api {BACKEND}"), format!("server api {backend}")),
    ];
    (include_str!("../../../deploy/haproxy.cfg"), replacements)
}

/// Makes all replacements in one pass, so that no replacement is replaced again.
fn replace_all(text: &str, replacements: &[Replacement]) -> String {
    let (mut done, mut rest) = (String::new(), text);
    let next = |rest: &str| {
        let found = replacements.iter().filter_map(|one| Some((rest.find(&one.0)?, one)));
        found.min_by_key(|(at, _)| *at)
    };
    while let Some((at, (old, new))) = next(rest) {
        done.push_str(&rest[..at]);
        done.push_str(new);
        rest = &rest[at + old.len()..];
    }
    done + rest
}

fn envoy_socket(ip: &str, port: u16) -> String {
    format!("socket_address: {{ address: \"{ip}\", port_value: {port} }}")
}

fn envoy_gate(gate: &ListenAddress) -> String {
    match gate {
        ListenAddress::Tcp(address) => envoy_address(*address),
        ListenAddress::Unix(path) => format!("pipe: {{ path: \"{}\" }}", path.display()),
    }
}

fn envoy_address(address: SocketAddr) -> String {
    envoy_socket(&address.ip().to_string(), address.port())
}

/// Parses the address of the gate. A path must be plain, because no sample quotes it.
fn parse_gate(text: &str) -> Result<ListenAddress, String> {
    match ListenAddress::parse(text) {
        Ok(ListenAddress::Tcp(address)) if address.port() != 0 => Ok(ListenAddress::Tcp(address)),
        Ok(ListenAddress::Unix(path)) if is_plain(&path) => Ok(ListenAddress::Unix(path)),
        Ok(ListenAddress::Unix(_)) => {
            Err("use an absolute path of letters, digits and /._- after unix:".to_owned())
        }
        _ => Err(format!("{ADDRESS_FORMAT}, or unix:PATH")),
    }
}

fn is_plain(path: &Path) -> bool {
    let is_harmless = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    path.is_absolute() && path.as_os_str().as_encoded_bytes().iter().all(is_harmless)
}

/// Returns the address of the gate for a proxy that supports only TCP.
fn tcp_only(gate: &ListenAddress) -> Result<SocketAddr, CliError> {
    match gate {
        ListenAddress::Tcp(address) => Ok(*address),
        ListenAddress::Unix(_) => Err(CliError::Usage {
            code: "tcp_only",
            message: "traefik can query the gate only over TCP".to_owned(),
            hint: Some(format!("use gatepass serve --listen {GATE}, and --gate {GATE} here")),
        }),
    }
}

/// Formats the address of the gate; `unix` formats the path of a Unix socket as the proxy expects it.
fn format_gate(gate: &ListenAddress, unix: impl FnOnce(Display<'_>) -> String) -> String {
    match gate {
        ListenAddress::Tcp(address) => address.to_string(),
        ListenAddress::Unix(path) => unix(path.display()),
    }
}

const ADDRESS_FORMAT: &str = "use an IP address and a port, e.g. 127.0.0.1:8080 or [::1]:8080";

fn parse_address(text: &str) -> Result<SocketAddr, String> {
    let address = text.parse().ok().filter(|address: &SocketAddr| address.port() != 0);
    address.ok_or_else(|| ADDRESS_FORMAT.to_owned())
}
