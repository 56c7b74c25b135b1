//! The transport over HTTP.

use std::{
    io::{self, Read},
    sync::Arc,
    time::Duration,
};

use ureq::{
    Agent, Error,
    config::{AutoHeaderValue, Config},
    tls::{Certificate, RootCerts, TlsConfig, TlsProvider},
    unversioned::transport::DefaultConnector,
};

use super::resolve::{OnlyPrivateAddresses, PolicyResolver};
use crate::{
    delivery::{DeliveryFailure, Destination, OutgoingMessage, Transport},
    domain::notice::NetworkPolicy,
};

/// The `User-Agent` of requests.
const USER_AGENT: &str = concat!("gatepass/", env!("CARGO_PKG_VERSION"));
/// The most bytes of a response head.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// The most bytes of a response body that are read. The rest is ignored.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// The timeouts of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransportTimeouts {
    /// For resolving the host, and again for connecting, including the TLS handshake.
    pub connect: Duration,
    /// For the whole attempt.
    pub total: Duration,
}

impl Default for TransportTimeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(10) }
    }
}

/// The root certificates that are trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TrustedRoots {
    /// Those of the operating system. On Linux, `SSL_CERT_FILE` and `SSL_CERT_DIR` override them. They are read once,
    /// at the first message.
    #[default]
    System,
    /// These root certificates only, each in DER.
    Only(Vec<Vec<u8>>),
}

/// Sends messages over HTTP/1.1: one connection per message, no redirects, no proxy, no cookies, no compression.
#[derive(Debug)]
pub struct HttpTransport {
    agent: Agent,
    network_policy: NetworkPolicy,
}

impl HttpTransport {
    /// Creates a transport for the networks that `network_policy` allows.
    pub fn new(
        network_policy: NetworkPolicy,
        timeouts: TransportTimeouts,
        roots: TrustedRoots,
    ) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .https_only(network_policy == NetworkPolicy::PublicOnly)
            // A proxy from HTTPS_PROXY would resolve and choose the address, past our checks.
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .max_response_header_size(MAX_HEAD_BYTES)
            .user_agent(USER_AGENT)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .timeout_resolve(Some(timeouts.connect))
            .timeout_connect(Some(timeouts.connect))
            .timeout_global(Some(timeouts.total))
            .tls_config(tls_config(roots))
            .build();
        let agent = agent(config, network_policy);
        Self { agent, network_policy }
    }
}

impl Transport for HttpTransport {
    fn send(&self, to: &Destination, message: &OutgoingMessage) -> Result<(), DeliveryFailure> {
        let Destination::Webhook { url, key } = to;
        if self.network_policy == NetworkPolicy::PublicOnly && !url.is_https() {
            return Err(DeliveryFailure::HttpNotAllowed);
        }
        let request = self.agent.post(url.as_str()).content_type("application/json");
        let request = key
            .headers(message.id, message.at, &message.body)
            .into_iter()
            .fold(request.header("connection", "close"), |request, (name, value)| {
                request.header(name, value)
            });
        let mut response = request.send(message.body.as_str()).map_err(|error| classify(&error))?;
        match DeliveryFailure::from_status(response.status().as_u16()) {
            Some(failure) => Err(failure),
            None => drain_body(&mut response.body_mut().as_reader()),
        }
    }
}

fn agent(config: Config, network_policy: NetworkPolicy) -> Agent {
    Agent::with_parts(config, DefaultConnector::default(), PolicyResolver::new(network_policy))
}

fn tls_config(roots: TrustedRoots) -> TlsConfig {
    let roots = match roots {
        TrustedRoots::System => RootCerts::PlatformVerifier,
        TrustedRoots::Only(authorities) => {
            let owned = |der: &Vec<u8>| Certificate::from_der(der).to_owned();
            RootCerts::new_with_certs(&authorities.iter().map(owned).collect::<Vec<_>>())
        }
    };
    TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .root_certs(roots)
        .build()
}

/// Reads a response body up to the limit. If the body breaks off or stalls, the message counts as not acknowledged: a
/// duplicate is better than a loss.
fn drain_body(body: &mut dyn Read) -> Result<(), DeliveryFailure> {
    let mut buffer = [0; 8 * 1024];
    let mut read = 0;
    while read < MAX_BODY_BYTES {
        match body.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(more) => read += more,
            Err(error) => {
                return Err(match classify(&Error::from(error)) {
                    DeliveryFailure::Timeout => DeliveryFailure::SlowBody,
                    other => other,
                });
            }
        }
    }
    Ok(())
}

/// Maps an error of the client. Its text is dropped, since it can contain the URL.
fn classify(error: &Error) -> DeliveryFailure {
    match error {
        Error::Other(inner) if inner.is::<OnlyPrivateAddresses>() => {
            DeliveryFailure::PrivateAddress
        }
        Error::RequireHttpsOnly(_) => DeliveryFailure::HttpNotAllowed,
        Error::HostNotFound => DeliveryFailure::UnknownHost,
        Error::Timeout(_) => DeliveryFailure::Timeout,
        Error::Io(error) => classify_io(error),
        // Only the platform verifier returns this error, when it finds no certificates.
        Error::Rustls(rustls::Error::General(_)) => DeliveryFailure::NoRootCertificates,
        Error::Rustls(error) => classify_tls(error),
        Error::Tls(_) => DeliveryFailure::Tls,
        Error::Protocol(_) | Error::LargeResponseHeader(..) => DeliveryFailure::Malformed,
        _ => DeliveryFailure::NotSent,
    }
}

fn classify_io(error: &io::Error) -> DeliveryFailure {
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return classify_tls(error);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => DeliveryFailure::Unreachable,
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => DeliveryFailure::ConnectionLost,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => DeliveryFailure::Timeout,
        _ => DeliveryFailure::NotSent,
    }
}

fn classify_tls(error: &rustls::Error) -> DeliveryFailure {
    match error {
        rustls::Error::InvalidCertificate(_) => DeliveryFailure::UntrustedCertificate,
        _ => DeliveryFailure::Tls,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        delivery::SigningKey,
        domain::{
            instant::Instant,
            notice::{MessageId, WebhookUrl},
        },
    };

    /// Returns bytes or an error, endlessly.
    struct EndlessBody(fn() -> io::Result<usize>, usize);

    impl Read for EndlessBody {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            self.1 += 1;
            self.0()
        }
    }

    #[test]
    fn long_response_bodies_are_not_read_fully() {
        let mut endless = EndlessBody(|| Ok(1024), 0);
        assert_eq!(drain_body(&mut endless), Ok(()));
        assert_eq!(endless.1, 64);
        assert_eq!(drain_body(&mut io::empty()), Ok(()));
    }

    #[test]
    fn truncated_responses_do_not_acknowledge() {
        let cut = || Err(io::ErrorKind::UnexpectedEof.into());
        assert_eq!(drain_body(&mut EndlessBody(cut, 0)), Err(DeliveryFailure::ConnectionLost));
        let slow = || Err(Error::Timeout(ureq::Timeout::Global).into_io());
        assert_eq!(drain_body(&mut EndlessBody(slow, 0)), Err(DeliveryFailure::SlowBody));
    }

    #[test]
    fn errors_never_contain_the_url() {
        let reported = classify(&Error::BadUri("https://example.com/secret".to_owned()));
        assert_eq!(
            (reported, reported.to_string()),
            (DeliveryFailure::NotSent, "this machine could not send it".to_owned())
        );
    }

    #[test]
    fn http_and_private_addresses_are_refused_before_connecting() {
        let transport = HttpTransport::new(
            NetworkPolicy::PublicOnly,
            TransportTimeouts::default(),
            TrustedRoots::System,
        );
        let message =
            OutgoingMessage { id: MessageId([1; 12]), at: Instant::EPOCH, body: "{}".to_owned() };
        let send = |text| {
            // The URL was allowed when it was configured, and no longer is.
            let url = WebhookUrl::parse(text, NetworkPolicy::AllowPrivate).unwrap();
            let key = SigningKey::new(&[7; 32]).unwrap();
            transport.send(&Destination::Webhook { url, key }, &message)
        };
        assert_eq!(send("http://example.com/"), Err(DeliveryFailure::HttpNotAllowed));
        assert_eq!(send("https://127.0.0.1:1/"), Err(DeliveryFailure::PrivateAddress));
        assert_eq!(send("https://localhost:1/"), Err(DeliveryFailure::PrivateAddress));
    }
}
