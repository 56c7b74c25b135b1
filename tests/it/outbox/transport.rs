//! The HTTP transport with receivers that behave, and with receivers that fail in every possible way.

use std::{
    fs,
    io::Write,
    net::TcpListener,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use gatepass::{
    delivery::{
        DeliveryFailure, Destination, HttpTransport, OutgoingMessage, SigningKey, Transport,
        TransportTimeouts, TrustedRoots,
    },
    domain::{
        instant,
        notice::{MessageId, NetworkPolicy, WebhookUrl},
    },
};

use crate::support::{
    address::free_address,
    http,
    private_dir::private_dir,
    receiver::{Receiver, Reply, TestCertificate, assert_signed},
};

/// The variable with the URL to which the child process of a test sends.
const URL: &str = "GATEPASS_TESTS_WEBHOOK_URL";
const KEY: [u8; 32] = [7; 32];
/// The names of the receivers.
const LOCAL_HOSTS: [&str; 2] = ["127.0.0.1", "localhost"];
/// Limits that are short enough for tests to wait for.
const SHORT_LIMITS: TransportTimeouts =
    TransportTimeouts { connect: Duration::from_millis(500), total: Duration::from_secs(1) };
/// The longest time until those limits must have ended an attempt, on a busy machine.
const LONGEST: Duration = Duration::from_secs(4);

fn message() -> OutgoingMessage {
    OutgoingMessage {
        id: MessageId([0xab; 12]),
        at: instant::Instant::from_unix(1_795_000_000),
        body: r#"{"type":"token.granted","data":{"name":"é"}}"#.to_owned(),
    }
}

fn send_with(transport: &HttpTransport, url: &str) -> Result<(), DeliveryFailure> {
    let url = WebhookUrl::parse(url, NetworkPolicy::AllowPrivate).unwrap();
    let key = SigningKey::new(&KEY).unwrap();
    transport.send(&Destination::Webhook { url, key }, &message())
}

fn transport(limits: TransportTimeouts, trust: TrustedRoots) -> HttpTransport {
    HttpTransport::new(NetworkPolicy::AllowPrivate, limits, trust)
}

fn send(url: &str) -> Result<(), DeliveryFailure> {
    send_with(&transport(TransportTimeouts::default(), TrustedRoots::System), url)
}

/// Sends with short limits and checks that they hold.
fn send_shortly(url: &str) -> Result<(), DeliveryFailure> {
    let start = Instant::now();
    let sent = send_with(&transport(SHORT_LIMITS, TrustedRoots::System), url);
    assert!(start.elapsed() < LONGEST, "it took {:?}", start.elapsed());
    sent
}

/// Panics unless the request has the message and a valid signature.
fn assert_signed_message(request: &http::HttpMessage) {
    assert_signed(request, &KEY);
    assert_eq!(request.single("webhook-id"), Some(message().id.to_string().as_str()));
    assert_eq!(request.single("webhook-timestamp"), Some("1795000000"));
    assert_eq!(request.body, message().body.as_bytes());
}

#[test]
fn a_message_arrives_as_it_was_signed() {
    let receiver = Receiver::start(|_, _| Reply::Status("204 No Content"));
    assert_eq!(send(&receiver.url("/hooks/a%20b?x=1")), Ok(()));
    let [request] = receiver.requests().try_into().unwrap();
    assert_signed_message(&request);
    assert_eq!(request.start_line, "POST /hooks/a%20b?x=1 HTTP/1.1");
    let mut names: Vec<String> =
        request.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort();
    // No other headers: no cookies, no compression, nothing about this machine.
    assert_eq!(
        names,
        [
            "connection",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "webhook-id",
            "webhook-signature",
            "webhook-timestamp"
        ]
    );
    assert_eq!(request.single("content-type"), Some("application/json"));
    assert_eq!(request.single("user-agent"), Some(concat!("gatepass/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(request.single("host"), Some(receiver.address().to_string().as_str()));
}

#[test]
fn retries_carry_the_same_id() {
    let receiver = Receiver::start(|number, _| match number {
        0 => Reply::Status("503 Service Unavailable"),
        1 => Reply::Close(Vec::new()),
        _ => Reply::Status("200 OK"),
    });
    let transport = transport(TransportTimeouts::default(), TrustedRoots::System);
    let sent: Vec<_> = (0..3).map(|_| send_with(&transport, &receiver.url("/"))).collect();
    assert_eq!(
        sent,
        [Err(DeliveryFailure::Status(503)), Err(DeliveryFailure::ConnectionLost), Ok(())]
    );
    let seen = receiver.wait_for(3);
    assert_eq!(seen.len(), 3);
    seen.iter().for_each(assert_signed_message);
}

#[test]
fn any_2xx_acknowledges_whatever_its_body() {
    let endless = |_: usize, _: &http::HttpMessage| {
        // More bytes than the transport reads, but fewer than announced.
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".to_vec();
        Reply::Hang([head, vec![b'x'; 100_000]].concat())
    };
    let receiver = Receiver::start(endless);
    let start = Instant::now();
    assert_eq!(send(&receiver.url("/")), Ok(()));
    assert!(start.elapsed() < LONGEST, "waited for the rest of the body");
    for status in ["200 OK", "201 Created", "202 Accepted", "299 Fine"] {
        let receiver = Receiver::start(move |_, _| {
            Reply::Respond(http::HttpMessage::new(&format!("HTTP/1.1 {status}")).body("thanks"))
        });
        assert_eq!(send(&receiver.url("/")), Ok(()), "{status}");
    }
    let until_closed =
        |_: usize, _: &http::HttpMessage| Reply::Close(b"HTTP/1.1 200 OK\r\n\r\nok".to_vec());
    assert_eq!(send(&Receiver::start(until_closed).url("/")), Ok(()));
}

#[test]
fn a_receiver_that_refuses_the_connection_is_unreachable() {
    assert_eq!(send(&format!("http://{}/", free_address())), Err(DeliveryFailure::Unreachable));
}

#[test]
fn a_hanging_receiver_times_out() {
    let receiver = Receiver::start(|_, _| Reply::Hang(Vec::new()));
    assert_eq!(send_shortly(&receiver.url("/")), Err(DeliveryFailure::Timeout));
    assert_signed_message(&receiver.wait_for(1)[0]);
    let head = |_: usize, _: &http::HttpMessage| {
        // Bytes keep coming: only the limit for the whole response ends it.
        Reply::SlowBody(b"HTTP/1.1 200 OK\r\nx: ".to_vec(), vec![b'y'; 500])
    };
    assert_eq!(send_shortly(&Receiver::start(head).url("/")), Err(DeliveryFailure::Timeout));
}

#[test]
fn a_stalled_tls_handshake_times_out() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", silent.local_addr().unwrap());
    let limits =
        TransportTimeouts { connect: SHORT_LIMITS.connect, ..TransportTimeouts::default() };
    let start = Instant::now();
    assert_eq!(
        send_with(&transport(limits, TrustedRoots::System), &url),
        Err(DeliveryFailure::Timeout)
    );
    assert!(start.elapsed() < LONGEST, "it took {:?}", start.elapsed());
}

#[test]
fn statuses_are_distinguished() {
    for (status, expected) in [
        ("500 Internal Server Error", DeliveryFailure::Status(500)),
        ("404 Not Found", DeliveryFailure::Status(404)),
        ("410 Gone", DeliveryFailure::Gone),
    ] {
        let receiver = Receiver::start(move |_, _| Reply::Status(status));
        assert_eq!(send(&receiver.url("/")), Err(expected), "{status}");
        assert_eq!(receiver.requests().len(), 1);
    }
    // An error status counts before its body has arrived.
    let slow = |_: usize, _: &http::HttpMessage| {
        Reply::Hang(b"HTTP/1.1 500 Oh\r\nContent-Length: 9\r\n\r\n".to_vec())
    };
    assert_eq!(send(&Receiver::start(slow).url("/")), Err(DeliveryFailure::Status(500)));
}

#[test]
fn redirects_are_not_followed() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let other = Receiver::start(|_, _| Reply::Status("200 OK"));
        let location = other.url("/");
        let receiver = Receiver::start(move |_, _| {
            let answer = http::HttpMessage::new(&format!("HTTP/1.1 {status}"));
            Reply::Respond(answer.with("Location", &location).body("elsewhere"))
        });
        let number = status[..3].parse().unwrap();
        assert_eq!(send(&receiver.url("/")), Err(DeliveryFailure::Redirect(number)));
        assert!(other.requests().is_empty(), "{status} was followed");
    }
}

#[test]
fn a_slow_body_is_no_acknowledgment() {
    let slow = |_: usize, _: &http::HttpMessage| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n";
        Reply::SlowBody(head.to_vec(), vec![b'x'; 500])
    };
    assert_eq!(send_shortly(&Receiver::start(slow).url("/")), Err(DeliveryFailure::SlowBody));
}

#[test]
fn a_broken_response_is_no_acknowledgment() {
    let whole = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789";
    let head = whole.len() - 10;
    for length in [0, 1, 12, head - 1, head, head + 5] {
        let receiver =
            Receiver::start(move |_, _| Reply::Close(whole.as_bytes()[..length].to_vec()));
        assert_eq!(
            send(&receiver.url("/")),
            Err(DeliveryFailure::ConnectionLost),
            "after {length} bytes"
        );
    }
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc".to_vec();
    let receiver = Receiver::start(move |_, _| Reply::Close(chunked.clone()));
    assert_eq!(send(&receiver.url("/")), Err(DeliveryFailure::ConnectionLost));
}

#[test]
fn a_non_http_response_is_reported() {
    for bytes in ["SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\0\x01\x02\r\n\r\n"] {
        let receiver = Receiver::start(move |_, _| Reply::Close(bytes.as_bytes().to_vec()));
        assert_eq!(send(&receiver.url("/")), Err(DeliveryFailure::Malformed), "{bytes:?}");
    }
    let long = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(20_000));
    let receiver = Receiver::start(move |_, _| Reply::Close(long.as_bytes().to_vec()));
    assert_eq!(send(&receiver.url("/")), Err(DeliveryFailure::Malformed));
}

#[test]
fn https_to_an_http_port_is_reported() {
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", plain.local_addr().unwrap());
    let answering = thread::spawn(move || {
        let (mut stream, _) = plain.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        stream
    });
    assert_eq!(send(&url), Err(DeliveryFailure::Tls));
    answering.join().unwrap();
}

#[test]
fn self_signed_certificates_are_rejected() {
    let receiver = Receiver::start_tls(&TestCertificate::self_signed(&LOCAL_HOSTS), |_, _| {
        Reply::Status("200 OK")
    });
    assert_eq!(send(&receiver.url("/")), Err(DeliveryFailure::UntrustedCertificate));
    let other = TrustedRoots::Only(vec![TestCertificate::issued_by_authority(&LOCAL_HOSTS).root]);
    assert_eq!(
        send_with(&transport(TransportTimeouts::default(), other), &receiver.url("/")),
        Err(DeliveryFailure::UntrustedCertificate)
    );
    assert!(
        receiver.requests().is_empty(),
        "the message was sent before the certificate was checked"
    );
}

#[test]
fn certificates_are_valid_only_for_their_own_names() {
    let identity = TestCertificate::issued_by_authority(&LOCAL_HOSTS);
    let receiver = Receiver::start_tls(&identity, |_, _| Reply::Status("200 OK"));
    let trusting =
        transport(TransportTimeouts::default(), TrustedRoots::Only(vec![identity.root.clone()]));
    assert_eq!(send_with(&trusting, &receiver.url("/")), Ok(()));
    let port = receiver.address().port();
    assert_eq!(send_with(&trusting, &format!("https://localhost:{port}/")), Ok(()));
    let seen = receiver.wait_for(2);
    seen.iter().for_each(assert_signed_message);

    let elsewhere = TestCertificate::issued_by_authority(&["elsewhere.example"]);
    let receiver = Receiver::start_tls(&elsewhere, |_, _| Reply::Status("200 OK"));
    let trusting =
        transport(TransportTimeouts::default(), TrustedRoots::Only(vec![elsewhere.root.clone()]));
    assert_eq!(
        send_with(&trusting, &receiver.url("/")),
        Err(DeliveryFailure::UntrustedCertificate)
    );
    assert!(receiver.requests().is_empty());
}

#[test]
fn private_addresses_are_rejected_unless_allowed() {
    let identity = TestCertificate::issued_by_authority(&LOCAL_HOSTS);
    let receiver = Receiver::start_tls(&identity, |_, _| Reply::Status("200 OK"));
    let trust = TrustedRoots::Only(vec![identity.root.clone()]);
    let public = HttpTransport::new(NetworkPolicy::PublicOnly, TransportTimeouts::default(), trust);
    let port = receiver.address().port();
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
        let sent = send_with(&public, &format!("https://{host}:{port}/"));
        assert_eq!(sent, Err(DeliveryFailure::PrivateAddress), "{host}");
    }
    assert!(receiver.requests().is_empty());
}

/// Trusted certificates and proxies come from the environment, which only another process can have.
#[test]
fn system_roots_are_trusted_and_proxy_variables_ignored() {
    let identity = TestCertificate::issued_by_authority(&LOCAL_HOSTS);
    let receiver = Receiver::start_tls(&identity, |_, _| Reply::Status("200 OK"));
    let proxy = Receiver::start(|_, _| Reply::Status("200 OK"));
    let dir = private_dir();
    let roots = dir.path().join("roots.pem");
    fs::write(&roots, &identity.root_pem).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "--ignored", "outbox::transport::sends_once_in_a_child_process"])
        .env_clear()
        .env(URL, receiver.url("/"))
        .env("SSL_CERT_FILE", &roots);
    for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        child.env(name, proxy.url(""));
    }
    let output = child.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    assert_signed_message(&receiver.wait_for(1)[0]);
    assert!(proxy.requests().is_empty());

    fs::write(&roots, "").unwrap();
    let output = child.output().unwrap();
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("Err(NoRootCertificates)"),
        "{output:?}"
    );
}

#[test]
#[ignore = "another test runs this in a process with its own environment"]
#[allow(clippy::disallowed_methods, reason = "this is about the tests, not about the program")]
fn sends_once_in_a_child_process() {
    assert_eq!(send(&std::env::var(URL).unwrap()), Ok(()));
}
