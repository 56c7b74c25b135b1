//! Receivers of webhooks, well-behaved and not, and the certificates that they show.

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

/// Whoever says nothing for so long is no longer listened to; what does not come in so long does not come.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How often a receiver that stalls looks whether it is over.
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// The pause between the bytes of one that trickles.
const BYTE_INTERVAL: Duration = Duration::from_millis(10);

/// That a request verifies as a receiver verifies it: with nothing but the specification and the key.
pub fn assert_signed(request: &HttpMessage, key: &[u8]) {
    let header = |name: &str| request.single(name).unwrap();
    let (id, timestamp) = (header("webhook-id"), header("webhook-timestamp"));
    let mut state = Hmac::<Sha256>::new_from_slice(key).unwrap();
    state.update(&[id.as_bytes(), b".", timestamp.as_bytes(), b".", &request.body].concat());
    let expected = format!("v1,{}", STANDARD.encode(state.finalize().into_bytes()));
    assert_eq!(header("webhook-signature"), expected);
}

/// What a receiver does upon a request.
pub enum Reply {
    /// It answers with this status, such as `204 No Content`.
    Status(&'static str),
    /// It answers.
    Respond(HttpMessage),
    /// It sends these bytes and nothing more, and keeps the connection open: none at all is a receiver that hangs.
    Hang(Vec<u8>),
    /// It sends the first bytes at once and the others one by one: it is slow, but never quiet.
    SlowBody(Vec<u8>, Vec<u8>),
    /// It sends these bytes and closes the connection.
    Close(Vec<u8>),
}

/// A certificate and its key.
pub struct TestCertificate {
    config: Arc<ServerConfig>,
    /// What must be trusted for it: in DER, and in PEM for files.
    pub root: Vec<u8>,
    /// The same in PEM.
    pub root_pem: String,
}

impl TestCertificate {
    /// One for these names and addresses, of an authority made for it.
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

    /// One that nobody vouches for but itself.
    pub fn self_signed(names: &[&str]) -> Self {
        let key = KeyPair::generate().unwrap();
        let own = certificate(names).self_signed(&key).unwrap();
        Self {
            config: server_config(own.der().clone(), &key),
            root: own.der().to_vec(),
            root_pem: own.pem(),
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

/// A receiver on a free loopback port, until it is dropped. It keeps every request that came whole, in their order,
/// whatever it then replies: processes may come and go before it.
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
    /// Starts one over http. `reply` is asked with the number of the request, from 0, and the request.
    pub fn start(reply: impl Fn(usize, &HttpMessage) -> Reply + Send + Sync + 'static) -> Self {
        Self::listen(None, Arc::new(reply))
    }

    /// Starts one over https.
    pub fn start_tls(
        identity: &TestCertificate,
        reply: impl Fn(usize, &HttpMessage) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::listen(Some(Arc::clone(&identity.config)), Arc::new(reply))
    }

    /// Its URL, with this path.
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests until now.
    pub fn requests(&self) -> Vec<HttpMessage> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// Waits until there are so many requests, and answers all there are.
    pub fn wait_for(&self, count: usize) -> Vec<HttpMessage> {
        let seen = self.shared.seen.lock().unwrap();
        let waited =
            self.shared.arrived.wait_timeout_while(seen, TIMEOUT, |seen| seen.len() < count);
        let (seen, _) = waited.unwrap();
        assert!(seen.len() >= count, "{} of {count} requests came", seen.len());
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
        let others = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if others.is_stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (tls, shared, reply) = (tls.clone(), Arc::clone(&others), Arc::clone(&reply));
                // A connection that breaks is the story of the other end.
                thread::spawn(move || accept(stream, tls, &shared, &*reply).ok());
            }
        });
        Self { address, scheme, shared }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.shared.is_stopped.store(true, Ordering::SeqCst);
        // Wakes the listener, which then finds that it is over.
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
        None => answer(stream, shared, reply),
        Some(config) => {
            let connection = ServerConnection::new(config).map_err(io::Error::other)?;
            answer(StreamOwned::new(connection, stream), shared, reply)
        }
    }
}

/// Takes one request from a connection, keeps it, and replies.
fn answer(stream: impl Read + Write, shared: &ReceiverState, reply: &ReplyFn) -> io::Result<()> {
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
