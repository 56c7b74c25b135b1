//! Delivery in process, with transports that succeed and fail.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use gatepass::{
    delivery::{DeliveryFailure, Destination, OutgoingMessage, Transport},
    domain::{
        audit::Action,
        instant::{DAY, Instant},
        seq::CredentialSeq,
    },
    ops::outbox::{deliver::deliver, deliver::message_counts, lease::LEASE, send::SharedTransport},
};
use serde_json::Value;

use super::fixture::{FakeTransport, SentMessage, env_with_webhook, grant, pending, run, run_at};
use crate::support::test_env::TestEnv;

#[test]
fn token_events_are_sent_in_order_without_secrets() {
    let mut env = env_with_webhook();
    grant(&mut env, "North");
    env.run_for_secret("grant-app Silent --district North --scope read:students --days 90");
    env.run_ok("edit Reader/North --note 'nobody else has to know' --yes");
    env.run_ok("edit Reader/North --scope read:teachers --yes");
    env.run_ok("edit Reader/North --limit 60 --yes");
    env.run_for_secret("reset Reader/North --yes");
    env.run_ok("revoke Reader/North --yes");
    let token = env.run_ok("list --kind token --app Reader -q").trim().to_owned();
    env.run_ok(&format!("delete {token} --yes"));
    env.run_ok("grant-app Reader --district South --scope read:students --days 90 --pickup");
    env.run_for_secret("create partner --days 9");
    let transport = FakeTransport::new(|_| Ok(()));
    let results = run(&env, &transport);
    assert_eq!(results, ["delivered"; 7]);
    let messages = transport.sent();
    let events: Vec<String> = messages.iter().map(SentMessage::event).collect();
    assert_eq!(
        events,
        [
            "token.granted",
            "token.edited",
            "token.edited",
            "token.reset",
            "token.revoked",
            "token.deleted",
            "token.granted"
        ]
    );
    let first: Value = serde_json::from_str(&messages[0].body).unwrap();
    let data = &first["data"];
    assert_eq!(first["timestamp"], "2026-11-22T06:00:00Z");
    assert_eq!(format!("tk_{}", data["id"].as_str().unwrap()), token);
    assert_eq!(data["district"]["name"], "North");
    assert_eq!(data["scopes"], serde_json::json!(["read:students"]));
    assert_eq!(
        (&data["state"], &data["expires_at"]),
        (&"active".into(), &"2027-02-20T06:00:00Z".into())
    );
    assert_eq!((&data["limit"], &data["awaits_pickup"]), (&1200.into(), &false.into()));
    let last: Value = serde_json::from_str(&messages[6].body).unwrap();
    assert_eq!(last["data"]["awaits_pickup"], true);
    for SentMessage { body, .. } in &messages {
        assert!(!body.contains("gpt_") && !body.contains("digest"), "{body}");
    }
    let ids: BTreeSet<&String> = messages.iter().map(|message| &message.id).collect();
    assert_eq!((ids.len(), pending(&env)), (7, 0));
    assert_eq!(run(&env, &transport), [""; 0], "delivered messages are not sent again");
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn a_rolled_back_change_sends_nothing() {
    let mut env = env_with_webhook();
    env.run("grant-app Reader --district North --scope read:students --days 90 --dry-run");
    assert_eq!(pending(&env), 0);
    grant(&mut env, "North");
    assert_eq!(pending(&env), 1);
    env.run("revoke Reader/North --yes --dry-run");
    assert_eq!(pending(&env), 1);
    let store = env.open_store();
    let mut write = env.op_context(&store).begin().unwrap();
    let token = write.tx.get_credential(CredentialSeq(1)).unwrap();
    write.update_credential(Action::Reset, token).unwrap();
    assert_eq!(write.tx.count_messages(None).unwrap(), 2, "until the rollback");
    drop(write);
    assert_eq!(pending(&env), 1);
}

#[test]
fn a_failed_message_is_retried_with_its_id_for_three_days() {
    let mut env = env_with_webhook();
    grant(&mut env, "North");
    let transport = FakeTransport::new(|_| Err(DeliveryFailure::Status(500)));
    let start = Instant::parse_rfc3339("2026-11-22T06:00:00Z").unwrap();
    for _ in 0..=3 * 24 * 60 {
        run(&env, &transport);
        env.advance_seconds(60);
    }
    let hours = (1..=11).map(|time| 156 + time * 6 * 60);
    let expected: Vec<i64> = [0, 1, 6, 36, 156].into_iter().chain(hours).collect();
    let messages = transport.sent();
    let sent: Vec<i64> = messages.iter().map(|message| message.at.since(start) / 60).collect();
    assert_eq!(sent, expected);
    assert!(messages.iter().all(|m| m.id == messages[0].id && m.body == messages[0].body));
    assert_eq!(pending(&env), 0);
    let shown = env.run_ok("app show Reader");
    assert!(shown.contains("0 pending, 0 delivered, 1 given up"), "{shown}");
    let doctor = env.run("doctor");
    assert!(
        doctor.stdout.contains("1 message was given up; check the webhook of app Reader"),
        "{doctor}"
    );
}

#[test]
fn a_message_blocks_later_ones_until_it_fails_too_often() {
    let mut env = env_with_webhook();
    for district in ["North", "South", "East"] {
        grant(&mut env, district);
    }
    let first = Arc::new(Mutex::new(None));
    let is_first = {
        let first = Arc::clone(&first);
        move |id: &str| *first.lock().unwrap().get_or_insert_with(|| id.to_owned()) == *id
    };
    struct SelectiveTransport(Mutex<Vec<String>>, Box<dyn Fn(&str) -> bool + Send + Sync>);
    impl Transport for SelectiveTransport {
        fn send(&self, _: &Destination, message: &OutgoingMessage) -> Result<(), DeliveryFailure> {
            let id = message.id.to_string();
            self.0.lock().unwrap().push(id.clone());
            if (self.1)(&id) { Err(DeliveryFailure::Status(400)) } else { Ok(()) }
        }
    }
    let transport = Arc::new(SelectiveTransport(Mutex::default(), Box::new(is_first)));
    let mut results = Vec::new();
    for minute in 0..60 {
        let store = env.open_store();
        let shared: SharedTransport = transport.clone();
        deliver(&env.op_context(&store), &shared, &|| false, &mut |report| {
            results.push((minute, report.message.seq.0, report.result()));
            Ok(())
        })
        .unwrap();
        env.advance_seconds(60);
    }
    assert_eq!(
        results,
        [
            (0, 1, "failed"),
            (1, 1, "failed"),
            (6, 1, "failed"),
            (36, 1, "failed"),
            (37, 2, "delivered"),
            (37, 3, "delivered")
        ]
    );
}

#[test]
fn an_endpoint_that_is_gone_is_not_retried() {
    let mut env = env_with_webhook();
    grant(&mut env, "North");
    let transport = FakeTransport::new(|_| Err(DeliveryFailure::Gone));
    assert_eq!(run(&env, &transport), ["gone"]);
    env.advance_days(1);
    assert_eq!(run(&env, &transport), [""; 0]);
    assert!(env.run_ok("app show Reader").contains("1 given up"));
}

#[test]
fn a_leased_message_is_not_sent_by_others_until_the_lease_expires() {
    let mut env = env_with_webhook();
    grant(&mut env, "North");
    grant(&mut env, "South");
    let (store, transport) = (env.open_store(), FakeTransport::new(|_| Ok(())));
    let ctx = env.op_context(&store);
    // Both are leased, and the receiver never responds. This run is stopped, as if it had been killed.
    let hangs = FakeTransport::new(|_| {
        loop {
            std::thread::park();
        }
    });
    let (shared, checks): (SharedTransport, _) = (hangs.clone(), std::cell::Cell::new(0));
    let is_stopped = || checks.replace(checks.get() + 1) > 0;
    deliver(&ctx, &shared, &is_stopped, &mut |_| Ok(())).unwrap();
    assert!(hangs.sent.try_lock().is_err(), "a message is still being sent");
    assert!(run_at(&ctx, &transport).is_empty());
    env.advance_seconds(LEASE - 1);
    assert!(run_at(&ctx, &transport).is_empty());
    env.advance_seconds(1);
    let reports = run_at(&ctx, &transport);
    let attempts: Vec<u32> = reports.iter().map(|report| report.message.attempts).collect();
    assert_eq!(attempts, [2, 2]);
    assert_eq!(pending(&env), 0);
}

#[test]
fn a_removed_webhook_gets_no_messages_and_signing_keys_are_not_reused() {
    let mut env = env_with_webhook();
    grant(&mut env, "North");
    let output = env.run("app edit Reader --no-webhook --yes");
    assert_eq!((output.exit, pending(&env)), (0, 0));
    let key = |env: &mut TestEnv| {
        env.run_for_secret("app edit Reader --webhook https://hooks.example/ --yes")
    };
    let first = key(&mut env);
    env.run_ok("app edit Reader --no-webhook --yes");
    let second = key(&mut env);
    let third = env.run_for_secret("app edit Reader --rotate-webhook-key --yes");
    assert!(first != second && second != third && first != third);
    assert!(first.starts_with("whsec_") && first.len() == 50);
    let transport = FakeTransport::new(|_| Ok(()));
    assert_eq!(run(&env, &transport), [""; 0]);
    env.run_ok("app edit Reader --webhook https://elsewhere.example/ --yes");
    env.run_ok("edit Reader/North --scope read:teachers --yes");
    assert_eq!(run(&env, &transport), ["delivered"]);
    assert_eq!(transport.sent()[0].url, "https://elsewhere.example/");
}

#[test]
fn an_expiry_warning_is_sent_once_per_expiry() {
    let mut env = env_with_webhook();
    grant(&mut env, "North");
    let transport = FakeTransport::new(|_| Ok(()));
    let events = |env: &TestEnv| {
        let before = transport.sent().len();
        run(env, &transport);
        transport.sent()[before..].iter().map(SentMessage::event).collect::<Vec<_>>()
    };
    assert_eq!(events(&env), ["token.granted"]);
    env.advance_days(59);
    assert_eq!(events(&env), [""; 0]);
    env.advance_days(1);
    assert_eq!(events(&env), ["token.expiring"]);
    for _ in 0..35 {
        env.advance_days(1);
        assert_eq!(events(&env), [""; 0]);
    }
    env.run_ok("edit Reader/North --days 31 --yes");
    assert_eq!(events(&env), ["token.edited"]);
    env.advance_days(1);
    assert_eq!(events(&env), ["token.expiring"]);
    assert_eq!(events(&env), [""; 0]);
}

/// The app learned of the expiry when it was set.
#[test]
fn a_threshold_that_had_passed_when_the_expiry_was_set_is_not_announced() {
    let mut env = env_with_webhook();
    let transport = FakeTransport::new(|_| Ok(()));
    let events = |env: &mut TestEnv, line: &str| {
        let before = transport.sent().len();
        env.run_ok(line);
        run(env, &transport);
        env.advance_days(1);
        run(env, &transport);
        transport.sent()[before..].iter().map(SentMessage::event).collect::<Vec<_>>()
    };
    let grant = "grant-app Reader --district North --scope read:students --days";
    assert_eq!(events(&mut env, &format!("{grant} 30")), ["token.granted"]);
    assert_eq!(env.run_ok("show Reader/North --field state"), "expiring\n");
    assert_eq!(events(&mut env, "edit Reader/North --days 20 --yes"), ["token.edited"]);
    assert_eq!(events(&mut env, "edit Reader/North --days 10 --yes"), ["token.edited"]);
    assert_eq!(events(&mut env, "reset Reader/North --days 30 --yes"), ["token.reset"]);
    // What does not move the expiry does not move the threshold either.
    let later = events(&mut env, "edit Reader/North --days 31 --yes");
    assert_eq!(later, ["token.edited", "token.expiring"]);
    assert_eq!(events(&mut env, "edit Reader/North --scope read:teachers --yes"), ["token.edited"]);
}

#[test]
fn finished_messages_are_kept_for_thirty_days() {
    let mut env = env_with_webhook();
    grant(&mut env, "North");
    let transport = FakeTransport::new(|_| Ok(()));
    run(&env, &transport);
    let delivered = |env: &TestEnv| {
        let store = env.open_store();
        message_counts(&env.op_context(&store)).unwrap().delivered
    };
    env.advance_seconds(30 * DAY);
    run(&env, &transport);
    assert_eq!(delivered(&env), 1);
    env.advance_seconds(1);
    run(&env, &transport);
    assert_eq!(delivered(&env), 0);
    assert_eq!(env.run("doctor").exit, 0);
}
