//! Receivers of webhooks that behave or fail, and their certificates.

use std::{
    io::{self, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use sha2::Sha256;

use super::http::HttpMessage;

/// The time after which a silent peer, or a request that does not arrive, fails a test.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The interval at which a hanging receiver checks whether it is stopped.
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// The interval between the bytes of a slow body.
const BYTE_INTERVAL: Duration = Duration::from_millis(10);

/// Panics unless a request is signed with the key, by the specification of Standard Webhooks.
pub fn assert_signed(request: &HttpMessage, key: &[u8]) {
    let header = |name: &str| request.single(name).unwrap();
    let (id, timestamp) = (header("webhook-id"), header("webhook-timestamp"));
    let mut state = Hmac::<Sha256>::new_from_slice(key).unwrap();
    state.update(&[id.as_bytes(), b".", timestamp.as_bytes(), b".", &request.body].concat());
    let expected = format!("v1,{}", STANDARD.encode(state.finalize().into_bytes()));
    assert_eq!(header("webhook-signature"), expected);
}

/// The reaction of a receiver to a request.
pub enum Reply {
    /// Respond with this status, such as `204 No Content`.
    Status(&'static str),
    /// Send a response.
    Respond(HttpMessage),
    /// Send these bytes, if any, and keep the connection open.
    Hang(Vec<u8>),
    /// Send the first bytes at once and the others one by one.
    SlowBody(Vec<u8>, Vec<u8>),
    /// Send these bytes and close the connection.
    Close(Vec<u8>),
}

/// A certificate and its key.
pub struct TestCertificate {
    config: Arc<ServerConfig>,
    /// The root to trust, in DER.
    pub root: Vec<u8>,
    /// The root in PEM.
    pub root_pem: String,
}

impl TestCertificate {
    /// Creates a certificate for these names and addresses, issued by a new authority.
    pub fn issued_by_authority(names: &[&str]) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let authority = CertifiedIssuer::self_signed(params, key).unwrap();
        let key = KeyPair::generate().unwrap();
        let leaf = certificate(names).signed_by(&key, &authority).unwrap();
        Self {
            config: server_config(leaf.der().clone(), &key),
            root: authority.der().to_vec(),
            root_pem: authority.pem(),
        }
    }

    /// Creates a self-signed certificate.
    pub fn self_signed(names: &[&str]) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = certificate(names).self_signed(&key).unwrap();
        Self {
            config: server_config(certificate.der().clone(), &key),
            root: certificate.der().to_vec(),
            root_pem: certificate.pem(),
        }
    }
}

fn certificate(names: &[&str]) -> CertificateParams {
    CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap()
}

fn server_config(certificate: CertificateDer<'static>, key: &KeyPair) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    Arc::new(config)
}

/// A receiver on a free loopback port, until it is dropped. It keeps every complete request, in order, whatever its reply.
pub struct Receiver {
    address: SocketAddr,
    scheme: &'static str,
    shared: Arc<ReceiverState>,
}

struct ReceiverState {
    seen: Mutex<Vec<HttpMessage>>,
    arrived: Condvar,
    is_stopped: AtomicBool,
}

type ReplyFn = dyn Fn(usize, &HttpMessage) -> Reply + Send + Sync;

impl Receiver {
    /// Starts a receiver over http. `reply` gets the number of the request, from 0, and the request.
    pub fn start(reply: impl Fn(usize, &HttpMessage) -> Reply + Send + Sync + 'static) -> Self {
        Self::listen(None, Arc::new(reply))
    }

    /// Starts a receiver over https.
    pub fn start_tls(
        identity: &TestCertificate,
        reply: impl Fn(usize, &HttpMessage) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::listen(Some(Arc::clone(&identity.config)), Arc::new(reply))
    }

    /// Returns its URL with this path.
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<HttpMessage> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// Waits for `count` requests and returns all of them.
    pub fn wait_for(&self, count: usize) -> Vec<HttpMessage> {
        let seen = self.shared.seen.lock().unwrap();
        let waited =
            self.shared.arrived.wait_timeout_while(seen, TIMEOUT, |seen| seen.len() < count);
        let (seen, _) = waited.unwrap();
        assert!(seen.len() >= count, "{} of {count} requests arrived", seen.len());
        seen.clone()
    }

    fn listen(tls: Option<Arc<ServerConfig>>, reply: Arc<ReplyFn>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let shared = Arc::new(ReceiverState {
            seen: Mutex::default(),
            arrived: Condvar::new(),
            is_stopped: AtomicBool::new(false),
        });
        let state = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if state.is_stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (tls, shared, reply) = (tls.clone(), Arc::clone(&state), Arc::clone(&reply));
                // Errors of a connection matter only to the client.
                thread::spawn(move || accept(stream, tls, &shared, &*reply).ok());
            }
        });
        Self { address, scheme, shared }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.shared.is_stopped.store(true, Ordering::SeqCst);
        // Wakes the listener, which then ends.
        TcpStream::connect(self.address).ok();
    }
}

fn accept(
    stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    shared: &ReceiverState,
    reply: &ReplyFn,
) -> io::Result<()> {
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    match tls {
        None => serve_request(stream, shared, reply),
        Some(config) => {
            let connection = ServerConnection::new(config).map_err(io::Error::other)?;
            serve_request(StreamOwned::new(connection, stream), shared, reply)
        }
    }
}

/// Reads a request from a connection, keeps it and replies.
fn serve_request(
    stream: impl Read + Write,
    shared: &ReceiverState,
    reply: &ReplyFn,
) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let Some(request) = HttpMessage::read(&mut reader)? else { return Ok(()) };
    let number = {
        let mut seen = shared.seen.lock().unwrap();
        seen.push(request.clone());
        shared.arrived.notify_all();
        seen.len() - 1
    };
    let writer = reader.get_mut();
    match reply(number, &request) {
        Reply::Status(status) => {
            send(writer, &HttpMessage::new(&format!("HTTP/1.1 {status}")).bytes())
        }
        Reply::Respond(message) => send(writer, &message.bytes()),
        Reply::Close(bytes) => send(writer, &bytes),
        Reply::Hang(bytes) => {
            send(writer, &bytes)?;
            let start = Instant::now();
            while start.elapsed() < TIMEOUT && !shared.is_stopped.load(Ordering::SeqCst) {
                thread::sleep(POLL_INTERVAL);
            }
            Ok(())
        }
        Reply::SlowBody(first, others) => {
            send(writer, &first)?;
            others.chunks(1).try_for_each(|byte| {
                thread::sleep(BYTE_INTERVAL);
                send(writer, byte)
            })
        }
    }
}

fn send(writer: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    writer.write_all(bytes)?;
    writer.flush()
}
