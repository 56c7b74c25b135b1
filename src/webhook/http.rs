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

use super::{
    Courier, Failure, Message, SigningKey,
    resolve::{Checked, OnlyPrivate},
};
use crate::domain::webhook::{Reach, WebhookUrl};

/// Who we say we are.
const USER_AGENT: &str = concat!("gatepass/", env!("CARGO_PKG_VERSION"));
/// The most bytes of an answer's head.
const MOST_HEAD: usize = 16 * 1024;
/// The most bytes of an answer's body that are read; what comes after them is not waited for.
const MOST_BODY: usize = 64 * 1024;

/// How long an attempt may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To find the host; and then to reach it, the encryption included.
    pub connect: Duration,
    /// From beginning to end.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), whole: Duration::from_secs(10) }
    }
}

/// Whose certificates are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Those that the operating system trusts; on Linux `SSL_CERT_FILE` and `SSL_CERT_DIR` name others. They are read
    /// once, with the first message.
    #[default]
    System,
    /// These authorities alone, each in DER.
    Only(Vec<Vec<u8>>),
}

/// Carries messages over HTTP/1.1: one connection for each, no redirects, no proxy, no cookies, no compression.
#[derive(Debug)]
pub struct HttpCourier {
    agent: Agent,
    reach: Reach,
}

impl HttpCourier {
    /// A courier that goes as far as `reach` allows.
    pub fn new(reach: Reach, limits: Limits, trust: Trust) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .https_only(reach == Reach::Public)
            // Otherwise HTTPS_PROXY would choose whom we connect to, and the proxy the address.
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .max_response_header_size(MOST_HEAD)
            .user_agent(USER_AGENT)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(limits.whole))
            .tls_config(tls(trust))
            .build();
        let agent = agent(config, reach);
        Self { agent, reach }
    }
}

impl Courier for HttpCourier {
    fn send(&self, url: &WebhookUrl, key: &SigningKey, message: &Message) -> Result<(), Failure> {
        if self.reach == Reach::Public && !url.is_https() {
            return Err(Failure::Insecure);
        }
        let request = self.agent.post(url.as_str()).content_type("application/json");
        let request = key
            .headers(message)
            .into_iter()
            .fold(request.header("connection", "close"), |request, (name, value)| {
                request.header(name, value)
            });
        let mut answer = request.send(message.body.as_str()).map_err(|error| failure(&error))?;
        match Failure::of_status(answer.status().as_u16()) {
            Some(failure) => Err(failure),
            None => read_through(&mut answer.body_mut().as_reader()),
        }
    }
}

fn agent(config: Config, reach: Reach) -> Agent {
    Agent::with_parts(config, DefaultConnector::default(), Checked { reach })
}

fn tls(trust: Trust) -> TlsConfig {
    let roots = match trust {
        Trust::System => RootCerts::PlatformVerifier,
        Trust::Only(authorities) => {
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
fn read_through(body: &mut dyn Read) -> Result<(), Failure> {
    let mut buffer = [0; 8 * 1024];
    let mut read = 0;
    while read < MOST_BODY {
        match body.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(more) => read += more,
            Err(error) => {
                return Err(match failure(&Error::from(error)) {
                    Failure::Timeout => Failure::SlowBody,
                    other => other,
                });
            }
        }
    }
    Ok(())
}

/// What the client's error is for us. Its text is left out: it may hold the URL.
fn failure(error: &Error) -> Failure {
    match error {
        Error::Other(inner) if inner.is::<OnlyPrivate>() => Failure::PrivateAddress,
        Error::RequireHttpsOnly(_) => Failure::Insecure,
        Error::HostNotFound => Failure::UnknownHost,
        Error::Timeout(_) => Failure::Timeout,
        Error::Io(error) => io_failure(error),
        // The verifier of the platform says so when it found no certificates, and nobody else does.
        Error::Rustls(rustls::Error::General(_)) => Failure::NoRoots,
        Error::Rustls(error) => tls_failure(error),
        Error::Tls(_) => Failure::Tls,
        Error::Protocol(_) | Error::LargeResponseHeader(..) => Failure::Malformed,
        _ => Failure::Unsent,
    }
}

fn io_failure(error: &io::Error) -> Failure {
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return tls_failure(error);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => Failure::Unreachable,
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => Failure::CutOff,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Failure::Timeout,
        _ => Failure::Unsent,
    }
}

fn tls_failure(error: &rustls::Error) -> Failure {
    match error {
        rustls::Error::InvalidCertificate(_) => Failure::Untrusted,
        _ => Failure::Tls,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{instant::Instant, webhook::MessageId};

    /// Gives bytes, or a failure, without an end.
    struct Endless(fn() -> io::Result<usize>, usize);

    impl Read for Endless {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            self.1 += 1;
            self.0()
        }
    }

    #[test]
    fn a_long_answer_is_not_read_to_its_end() {
        let mut endless = Endless(|| Ok(1024), 0);
        assert_eq!(read_through(&mut endless), Ok(()));
        assert_eq!(endless.1, 64);
        assert_eq!(read_through(&mut io::empty()), Ok(()));
    }

    #[test]
    fn an_answer_that_breaks_off_acknowledges_nothing() {
        let cut = || Err(io::ErrorKind::UnexpectedEof.into());
        assert_eq!(read_through(&mut Endless(cut, 0)), Err(Failure::CutOff));
        let slow = || Err(Error::Timeout(ureq::Timeout::Global).into_io());
        assert_eq!(read_through(&mut Endless(slow, 0)), Err(Failure::SlowBody));
    }

    #[test]
    fn whatever_may_hold_a_url_is_told_without_it() {
        let told = failure(&Error::BadUri("https://example.com/secret".to_owned()));
        assert_eq!(
            (told, told.to_string()),
            (Failure::Unsent, "this machine could not send it".to_owned())
        );
    }

    #[test]
    fn private_addresses_and_http_are_refused_before_anybody_is_connected_to() {
        let courier = HttpCourier::new(Reach::Public, Limits::default(), Trust::System);
        let key = SigningKey::new(&[7; 32]).unwrap();
        let message = Message { id: MessageId([1; 12]), at: Instant::EPOCH, body: "{}".to_owned() };
        let send = |text| {
            // Allowed when it was given, and not any more.
            courier.send(&WebhookUrl::parse(text, Reach::Anywhere).unwrap(), &key, &message)
        };
        assert_eq!(send("http://example.com/"), Err(Failure::Insecure));
        assert_eq!(send("https://127.0.0.1:1/"), Err(Failure::PrivateAddress));
        assert_eq!(send("https://localhost:1/"), Err(Failure::PrivateAddress));
    }
}
