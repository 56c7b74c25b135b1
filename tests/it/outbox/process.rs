//! The real binary with receivers that fail in every possible way.

use std::time::{Duration, Instant, SystemTime};

use gatepass::domain::instant;
use rustix::process::Signal;
use serde_json::Value;

use super::fixture::{assert_webhook_signed, grant_at, webhook_home};
use crate::support::{
    address::free_address,
    gate::{GateProcess, ServeCommand},
    http::HttpMessage,
    process::TestHome,
    receiver::{Receiver, Reply},
};

fn deliver(home: &TestHome) -> Value {
    let output = home.run("deliver --allow-private-webhooks --json");
    assert!(matches!(output.code, Some(0 | 1)), "{output:?}");
    serde_json::from_str(&output.stdout).unwrap()
}

#[test]
fn a_message_is_delivered_with_a_valid_signature() {
    let receiver = Receiver::start(|_, _| Reply::Status("204 No Content"));
    let (home, key) = webhook_home(&receiver.url("/hook"), 1);
    grant_at(&home, 0);
    let report = deliver(&home);
    assert_eq!(
        (&report["summary"]["delivered"], &report["summary"]["pending"]),
        (&1.into(), &0.into())
    );
    let [request] = receiver.requests().try_into().unwrap();
    assert_webhook_signed(&request, &key);
    assert_eq!(request.single("webhook-id"), report["items"][0]["id"].as_str());
    let sent: i64 = request.single("webhook-timestamp").unwrap().parse().unwrap();
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs().cast_signed();
    assert!(instant::Instant::from_unix(now).since(instant::Instant::from_unix(sent)).abs() < 60);
    home.assert_healthy();
}

#[test]
fn every_failure_is_reported_and_retried() {
    type ReplyFn = fn() -> Reply;
    let replies: [(&str, ReplyFn); 7] = [
        ("the answer is 500", || Reply::Status("500 Oh")),
        ("the answer is 404", || Reply::Status("404 Not Found")),
        ("the answer is 302: redirects are not followed, give the URL that it leads to", || {
            Reply::Respond(
                HttpMessage::new("HTTP/1.1 302 Found").with("Location", "http://127.0.0.1:1/"),
            )
        }),
        ("no answer came in time", || {
            Reply::SlowBody(b"HTTP/1.1 200 OK\r\nx: ".to_vec(), vec![b'y'; 2_000])
        }),
        ("the connection ended before the answer did", || Reply::Close(b"HTTP/1.1 200".to_vec())),
        ("the answer is not HTTP", || Reply::Close(b"SSH-2.0-x\r\n\r\n".to_vec())),
        ("the answer did not end in time", || {
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n".to_vec();
            Reply::SlowBody(head, vec![b'x'; 2_000])
        }),
    ];
    std::thread::scope(|scope| {
        for (failure, reply) in replies {
            scope.spawn(move || {
                let receiver = Receiver::start(move |_, _| reply());
                let (home, _) = webhook_home(&receiver.url("/"), 1);
                grant_at(&home, 0);
                let report = deliver(&home);
                let item = &report["items"][0];
                assert_eq!(
                    (&item["result"], &item["failure"]),
                    (&"failed".into(), &failure.into())
                );
                assert_eq!(report["summary"]["pending"], 1);
                assert_eq!(receiver.requests().len(), 1);
            });
        }
    });
    let (home, _) = webhook_home(&format!("http://{}/", free_address()), 1);
    grant_at(&home, 0);
    assert_eq!(deliver(&home)["items"][0]["failure"], "nobody answers at its address");
}

#[test]
fn a_gone_response_and_a_private_address_fail_the_run() {
    let receiver = Receiver::start(|_, _| Reply::Status("410 Gone"));
    let (home, _) = webhook_home(&receiver.url("/"), 1);
    grant_at(&home, 0);
    let output = home.run("deliver");
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(output.stdout.contains("http is not allowed here") && receiver.requests().is_empty());
    let (home, _) = webhook_home(&receiver.url("/"), 1);
    grant_at(&home, 0);
    let output = home.run("deliver --allow-private-webhooks");
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(output.stderr.contains("1 given up"), "{output:?}");
    let output = home.run("app edit Reader --webhook https://127.0.0.1/ --yes");
    assert_eq!(output.code, Some(2), "{output:?}");
}

#[test]
fn the_gate_delivers_and_stops_promptly_despite_a_hanging_receiver() {
    let receiver = Receiver::start(|number, _| match number {
        0 => Reply::Status("200 OK"),
        _ => Reply::Hang(Vec::new()),
    });
    let (home, key) = webhook_home(&receiver.url("/"), 2);
    let mut gate = GateProcess::start(home.serve_command("--allow-private-webhooks"));
    grant_at(&home, 0);
    assert_webhook_signed(&receiver.wait_for(1)[0], &key);
    grant_at(&home, 1);
    receiver.wait_for(2);
    let start = Instant::now();
    gate.signal(Signal::TERM);
    let output = gate.wait();
    assert!(start.elapsed() < Duration::from_secs(5), "it took {:?}", start.elapsed());
    assert!(output.success());
    let dry: Value = serde_json::from_str(&home.ok("deliver --dry-run --json")).unwrap();
    assert_eq!(dry["summary"]["pending"], 1, "the message is sent again after its lease");
    home.assert_healthy();
}

#[test]
fn a_gate_with_delivery_off_sends_nothing() {
    let receiver = Receiver::start(|_, _| Reply::Status("200 OK"));
    let (home, _) = webhook_home(&receiver.url("/"), 1);
    grant_at(&home, 0);
    let gate = GateProcess::start(home.serve_command("--allow-private-webhooks --no-deliver"));
    std::thread::sleep(Duration::from_millis(500));
    let metrics = String::from_utf8_lossy(&gate.ask_ops("/metrics").body).into_owned();
    assert!(metrics.contains("gatepass_webhook_messages{state=\"pending\"} 1\n"), "{metrics}");
    assert!(receiver.requests().is_empty());
}
