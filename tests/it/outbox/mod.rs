//! What apps are told: put with the change, sent at least once, in order, and under one id.

mod kills;
mod process;
pub(crate) mod transport;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use gatepass::{
    delivery::{DeliveryFailure, OutgoingMessage, SigningKey, Transport},
    domain::{
        audit::Action,
        instant::{DAY, Instant},
        notice::WebhookUrl,
    },
    ops::{
        OpContext,
        outbox::{
            deliver::{deliver, message_counts, run_maintenance},
            lease::LEASE,
            report::DeliveryReport,
            send::SharedTransport,
        },
    },
};
use serde_json::Value;

use crate::support::{http, receiver::assert_signed, test_env::TestEnv};

/// Two apps, one of which is told, and districts to share with them.
fn env_with_webhook() -> TestEnv {
    let mut world = TestEnv::new();
    world.run_for_secret("app add Reader");
    world.run_for_secret("app add Silent");
    for district in ["North", "South", "East", "West"] {
        world.run_ok(&format!("district add {district}"));
    }
    world.run_ok("app edit Reader --webhook https://hooks.example/told?k=1");
    world
}

fn grant(world: &mut TestEnv, district: &str) {
    world.run_for_secret(&format!(
        "grant-app Reader --district {district} --scope read:students --days 90"
    ));
}

/// One message as a courier gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SentMessage {
    url: String,
    id: String,
    at: Instant,
    body: String,
}

impl SentMessage {
    fn event(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap();
        body["type"].as_str().unwrap().to_owned()
    }
}

/// A courier that keeps what it gets, and answers as it is told to.
struct FakeTransport {
    posts: Mutex<Vec<SentMessage>>,
    answer: Box<dyn Fn(usize) -> Result<(), DeliveryFailure> + Send + Sync>,
}

impl FakeTransport {
    fn new(
        answer: impl Fn(usize) -> Result<(), DeliveryFailure> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { posts: Mutex::default(), answer: Box::new(answer) })
    }

    fn sent(&self) -> Vec<SentMessage> {
        self.posts.lock().unwrap().clone()
    }
}

impl Transport for FakeTransport {
    fn send(
        &self,
        url: &WebhookUrl,
        _: &SigningKey,
        message: &OutgoingMessage,
    ) -> Result<(), DeliveryFailure> {
        let mut posts = self.posts.lock().unwrap();
        posts.push(SentMessage {
            url: url.as_str().to_owned(),
            id: message.id.to_string(),
            at: message.at,
            body: message.body.clone(),
        });
        (self.answer)(posts.len() - 1)
    }
}

/// One run of delivery in a world; answers what came of each message, in words.
fn run(world: &TestEnv, courier: &Arc<FakeTransport>) -> Vec<String> {
    let store = world.open_store();
    run_at(&world.op_context(&store), courier).iter().map(|told| told.result().to_owned()).collect()
}

fn run_at(desk: &OpContext<'_>, courier: &Arc<FakeTransport>) -> Vec<DeliveryReport> {
    let mut all = Vec::new();
    let carrier: SharedTransport = courier.clone();
    run_maintenance(desk).unwrap();
    deliver(desk, &carrier, &|| false, &mut |told| {
        all.push(told.clone());
        Ok(())
    })
    .unwrap();
    all
}

fn pending(world: &TestEnv) -> i64 {
    let store = world.open_store();
    message_counts(&world.op_context(&store)).unwrap().pending
}

#[test]
fn token_events_are_sent_in_order_without_secrets() {
    let mut world = env_with_webhook();
    grant(&mut world, "North");
    world.run_for_secret("grant-app Silent --district North --scope read:students --days 90");
    world.run_ok("edit Reader/North --note 'nobody else has to know' --yes");
    world.run_ok("edit Reader/North --scope read:teachers --yes");
    world.run_ok("edit Reader/North --limit 60 --yes");
    world.run_for_secret("reset Reader/North --yes");
    world.run_ok("revoke Reader/North --yes");
    let token = world.run_ok("list --kind token --app Reader -q").trim().to_owned();
    world.run_ok(&format!("delete {token} --yes"));
    world.run_ok("grant-app Reader --district South --scope read:students --days 90 --pickup");
    world.run_for_secret("create partner --days 9");
    let courier = FakeTransport::new(|_| Ok(()));
    let results = run(&world, &courier);
    assert_eq!(results, ["delivered"; 7]);
    let posts = courier.sent();
    let events: Vec<String> = posts.iter().map(SentMessage::event).collect();
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
    let first: Value = serde_json::from_str(&posts[0].body).unwrap();
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
    let last: Value = serde_json::from_str(&posts[6].body).unwrap();
    assert_eq!(last["data"]["awaits_pickup"], true);
    for post in &posts {
        assert!(!post.body.contains("gpt_") && !post.body.contains("digest"), "{}", post.body);
    }
    let ids: BTreeSet<&String> = posts.iter().map(|post| &post.id).collect();
    assert_eq!((ids.len(), pending(&world)), (7, 0));
    assert_eq!(run(&world, &courier), [""; 0], "what was delivered is not sent again");
    assert_eq!(world.run("doctor").exit, 0);
}

#[test]
fn a_rolled_back_change_sends_nothing() {
    let mut world = env_with_webhook();
    world.run("grant-app Reader --district North --scope read:students --days 90 --dry-run");
    assert_eq!(pending(&world), 0);
    grant(&mut world, "North");
    assert_eq!(pending(&world), 1);
    world.run("revoke Reader/North --yes --dry-run");
    assert_eq!(pending(&world), 1);
    let store = world.open_store();
    let mut change = world.op_context(&store).begin().unwrap();
    let token = change.tx.get_credential(1).unwrap();
    change.update_credential(Action::Reset, token).unwrap();
    assert_eq!(change.tx.count_messages(None).unwrap(), 2, "it is there until it is rolled back");
    drop(change);
    assert_eq!(pending(&world), 1);
}

#[test]
fn a_failed_message_is_retried_with_its_id_for_three_days() {
    let mut world = env_with_webhook();
    grant(&mut world, "North");
    let courier = FakeTransport::new(|_| Err(DeliveryFailure::Status(500)));
    let begin = Instant::parse_rfc3339("2026-11-22T06:00:00Z").unwrap();
    for _ in 0..=3 * 24 * 60 {
        run(&world, &courier);
        world.advance_seconds(60);
    }
    let hours = (1..=11).map(|time| 156 + time * 6 * 60);
    let expected: Vec<i64> = [0, 1, 6, 36, 156].into_iter().chain(hours).collect();
    let posts = courier.sent();
    let sent: Vec<i64> = posts.iter().map(|post| post.at.since(begin) / 60).collect();
    assert_eq!(sent, expected);
    assert!(posts.iter().all(|post| post.id == posts[0].id && post.body == posts[0].body));
    assert_eq!(pending(&world), 0);
    let shown = world.run_ok("app show Reader");
    assert!(shown.contains("0 to be sent, 0 delivered, 1 given up"), "{shown}");
    let doctor = world.run("doctor");
    assert!(doctor.stdout.contains("1 message was given up that app Reader"), "{doctor}");
}

#[test]
fn a_message_blocks_later_ones_until_it_fails_too_often() {
    let mut world = env_with_webhook();
    for district in ["North", "South", "East"] {
        grant(&mut world, district);
    }
    let first = Arc::new(Mutex::new(None));
    let is_first = {
        let first = Arc::clone(&first);
        move |id: &str| *first.lock().unwrap().get_or_insert_with(|| id.to_owned()) == *id
    };
    struct SelectiveTransport(Mutex<Vec<String>>, Box<dyn Fn(&str) -> bool + Send + Sync>);
    impl Transport for SelectiveTransport {
        fn send(
            &self,
            _: &WebhookUrl,
            _: &SigningKey,
            message: &OutgoingMessage,
        ) -> Result<(), DeliveryFailure> {
            let id = message.id.to_string();
            self.0.lock().unwrap().push(id.clone());
            if (self.1)(&id) { Err(DeliveryFailure::Status(400)) } else { Ok(()) }
        }
    }
    let courier = Arc::new(SelectiveTransport(Mutex::default(), Box::new(is_first)));
    let mut when = Vec::new();
    for minute in 0..60 {
        let store = world.open_store();
        let carrier: SharedTransport = courier.clone();
        deliver(&world.op_context(&store), &carrier, &|| false, &mut |told| {
            when.push((minute, told.message.seq, told.result()));
            Ok(())
        })
        .unwrap();
        world.advance_seconds(60);
    }
    assert_eq!(
        when,
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
    let mut world = env_with_webhook();
    grant(&mut world, "North");
    let courier = FakeTransport::new(|_| Err(DeliveryFailure::Gone));
    assert_eq!(run(&world, &courier), ["gone"]);
    world.advance_days(1);
    assert_eq!(run(&world, &courier), [""; 0]);
    assert!(world.run_ok("app show Reader").contains("1 given up"));
}

#[test]
fn a_leased_message_is_not_sent_by_others_until_the_lease_expires() {
    let mut world = env_with_webhook();
    grant(&mut world, "North");
    grant(&mut world, "South");
    let (store, courier) = (world.open_store(), FakeTransport::new(|_| Ok(())));
    let desk = world.op_context(&store);
    // Both are taken, and the receiver never answers: this one is told to stop, and is as good as killed.
    let hangs = FakeTransport::new(|_| {
        loop {
            std::thread::park();
        }
    });
    let (carrier, looks): (SharedTransport, _) = (hangs.clone(), std::cell::Cell::new(0));
    let is_over = || looks.replace(looks.get() + 1) > 0;
    deliver(&desk, &carrier, &is_over, &mut |_| Ok(())).unwrap();
    assert!(hangs.posts.try_lock().is_err(), "it is still being sent");
    assert!(run_at(&desk, &courier).is_empty());
    world.advance_seconds(LEASE - 1);
    assert!(run_at(&desk, &courier).is_empty());
    world.advance_seconds(1);
    let told = run_at(&desk, &courier);
    let attempts: Vec<u32> = told.iter().map(|told| told.message.attempts).collect();
    assert_eq!(attempts, [2, 2]);
    assert_eq!(pending(&world), 0);
}

#[test]
fn a_removed_webhook_gets_no_messages_and_signing_keys_are_not_reused() {
    let mut world = env_with_webhook();
    grant(&mut world, "North");
    let said = world.run("app edit Reader --no-webhook --yes");
    assert_eq!((said.exit, pending(&world)), (0, 0));
    let key = |world: &mut TestEnv| {
        world.run_for_secret("app edit Reader --webhook https://hooks.example/ --yes")
    };
    let first = key(&mut world);
    world.run_ok("app edit Reader --no-webhook --yes");
    let second = key(&mut world);
    let third = world.run_for_secret("app edit Reader --rotate-webhook-key --yes");
    assert!(first != second && second != third && first != third);
    assert!(first.starts_with("whsec_") && first.len() == 50);
    let courier = FakeTransport::new(|_| Ok(()));
    assert_eq!(run(&world, &courier), [""; 0]);
    world.run_ok("app edit Reader --webhook https://elsewhere.example/ --yes");
    world.run_ok("edit Reader/North --scope read:teachers --yes");
    assert_eq!(run(&world, &courier), ["delivered"]);
    assert_eq!(courier.sent()[0].url, "https://elsewhere.example/");
}

#[test]
fn an_expiry_warning_is_sent_once_per_expiry() {
    let mut world = env_with_webhook();
    grant(&mut world, "North");
    let courier = FakeTransport::new(|_| Ok(()));
    let events = |world: &TestEnv| {
        let before = courier.sent().len();
        run(world, &courier);
        courier.sent()[before..].iter().map(SentMessage::event).collect::<Vec<_>>()
    };
    assert_eq!(events(&world), ["token.granted"]);
    world.advance_days(59);
    assert_eq!(events(&world), [""; 0]);
    world.advance_days(1);
    assert_eq!(events(&world), ["token.expiring"]);
    for _ in 0..35 {
        world.advance_days(1);
        assert_eq!(events(&world), [""; 0]);
    }
    world.run_ok("edit Reader/North --days 20 --yes");
    assert_eq!(events(&world), ["token.edited", "token.expiring"]);
    assert_eq!(events(&world), [""; 0]);
}

#[test]
fn finished_messages_are_kept_for_thirty_days() {
    let mut world = env_with_webhook();
    grant(&mut world, "North");
    let courier = FakeTransport::new(|_| Ok(()));
    run(&world, &courier);
    let delivered = |world: &TestEnv| {
        let store = world.open_store();
        message_counts(&world.op_context(&store)).unwrap().delivered
    };
    world.advance_seconds(30 * DAY);
    run(&world, &courier);
    assert_eq!(delivered(&world), 1);
    world.advance_seconds(1);
    run(&world, &courier);
    assert_eq!(delivered(&world), 0);
    assert_eq!(world.run("doctor").exit, 0);
}

/// That a request verifies with a key as it was shown.
fn assert_genuine(request: &http::HttpMessage, key: &str) {
    assert_signed(request, &STANDARD.decode(key.strip_prefix("whsec_").unwrap()).unwrap());
}
