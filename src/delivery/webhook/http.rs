//! The courier over HTTP.

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
    delivery::{
        failure::DeliveryFailure,
        transport::{OutgoingMessage, Transport},
        webhook::sign::SigningKey,
    },
    domain::notice::{NetworkPolicy, WebhookUrl},
};

/// Who we say we are.
const USER_AGENT: &str = concat!("gatepass/", env!("CARGO_PKG_VERSION"));
/// The most bytes of an answer's head.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// The most bytes of an answer's body that are read; what comes after them is not waited for.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// How long an attempt may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransportTimeouts {
    /// To find the host; and then to reach it, the encryption included.
    pub connect: Duration,
    /// From beginning to end.
    pub total: Duration,
}

impl Default for TransportTimeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(10) }
    }
}

/// Whose certificates are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TrustedRoots {
    /// Those that the operating system trusts; on Linux `SSL_CERT_FILE` and `SSL_CERT_DIR` name others. They are read
    /// once, with the first message.
    #[default]
    System,
    /// These authorities alone, each in DER.
    Only(Vec<Vec<u8>>),
}

/// Carries messages over HTTP/1.1: one connection for each, no redirects, no proxy, no cookies, no compression.
#[derive(Debug)]
pub struct HttpTransport {
    agent: Agent,
    network_policy: NetworkPolicy,
}

impl HttpTransport {
    /// A courier that goes as far as `reach` allows.
    pub fn new(reach: NetworkPolicy, limits: TransportTimeouts, trust: TrustedRoots) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .https_only(reach == NetworkPolicy::PublicOnly)
            // Otherwise HTTPS_PROXY would choose whom we connect to, and the proxy the address.
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .max_response_header_size(MAX_HEAD_BYTES)
            .user_agent(USER_AGENT)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(limits.total))
            .tls_config(tls_config(trust))
            .build();
        let agent = agent(config, reach);
        Self { agent, network_policy: reach }
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        url: &WebhookUrl,
        key: &SigningKey,
        message: &OutgoingMessage,
    ) -> Result<(), DeliveryFailure> {
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
        let mut answer = request.send(message.body.as_str()).map_err(|error| classify(&error))?;
        match DeliveryFailure::from_status(answer.status().as_u16()) {
            Some(failure) => Err(failure),
            None => drain_body(&mut answer.body_mut().as_reader()),
        }
    }
}

fn agent(config: Config, reach: NetworkPolicy) -> Agent {
    Agent::with_parts(config, DefaultConnector::default(), PolicyResolver { network_policy: reach })
}

fn tls_config(trust: TrustedRoots) -> TlsConfig {
    let roots = match trust {
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

/// Reads an answer to its end, or as much of it as is read at all. A receiver that dies or stalls in the middle of its
/// answer has not acknowledged: better told twice than never.
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

/// What the client's error is for us. Its text is left out: it may hold the URL.
fn classify(error: &Error) -> DeliveryFailure {
    match error {
        Error::Other(inner) if inner.is::<OnlyPrivateAddresses>() => {
            DeliveryFailure::PrivateAddress
        }
        Error::RequireHttpsOnly(_) => DeliveryFailure::HttpNotAllowed,
        Error::HostNotFound => DeliveryFailure::UnknownHost,
        Error::Timeout(_) => DeliveryFailure::Timeout,
        Error::Io(error) => classify_io(error),
        // The verifier of the platform says so when it found no certificates, and nobody else does.
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
    use crate::domain::{instant::Instant, notice::MessageId};

    /// Gives bytes, or a failure, without an end.
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
        let key = SigningKey::new(&[7; 32]).unwrap();
        let message =
            OutgoingMessage { id: MessageId([1; 12]), at: Instant::EPOCH, body: "{}".to_owned() };
        let send = |text| {
            // Allowed when it was given, and not any more.
            transport.send(
                &WebhookUrl::parse(text, NetworkPolicy::AllowPrivate).unwrap(),
                &key,
                &message,
            )
        };
        assert_eq!(send("http://example.com/"), Err(DeliveryFailure::HttpNotAllowed));
        assert_eq!(send("https://127.0.0.1:1/"), Err(DeliveryFailure::PrivateAddress));
        assert_eq!(send("https://localhost:1/"), Err(DeliveryFailure::PrivateAddress));
    }
}
