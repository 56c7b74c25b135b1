//! What apps are told: put with the change, sent at least once, in order, and under one id.

mod binary;
mod kills;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use gatepass::{
    domain::{
        audit::Action,
        instant::{DAY, Instant},
        webhook::WebhookUrl,
    },
    ops::{
        OpContext,
        deliver::{
            DeliveryReport, LEASE, SharedTransport, deliver, message_counts, run_maintenance,
        },
    },
    webhook::{DeliveryFailure, OutgoingMessage, SigningKey, Transport},
};
use serde_json::Value;

use crate::support::{http, receiver::assert_signed, run::World};

/// Two apps, one of which is told, and districts to share with them.
fn school() -> World {
    let mut world = World::new();
    world.secret("app add Reader");
    world.secret("app add Silent");
    for district in ["North", "South", "East", "West"] {
        world.ok(&format!("district add {district}"));
    }
    world.ok("app edit Reader --webhook https://hooks.example/told?k=1");
    world
}

fn grant(world: &mut World, district: &str) {
    world
        .secret(&format!("grant-app Reader --district {district} --scope read:students --days 90"));
}

/// One message as a courier gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Post {
    url: String,
    id: String,
    at: Instant,
    body: String,
}

impl Post {
    fn event(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap();
        body["type"].as_str().unwrap().to_owned()
    }
}

/// A courier that keeps what it gets, and answers as it is told to.
struct Fake {
    posts: Mutex<Vec<Post>>,
    answer: Box<dyn Fn(usize) -> Result<(), DeliveryFailure> + Send + Sync>,
}

impl Fake {
    fn new(
        answer: impl Fn(usize) -> Result<(), DeliveryFailure> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { posts: Mutex::default(), answer: Box::new(answer) })
    }

    fn posts(&self) -> Vec<Post> {
        self.posts.lock().unwrap().clone()
    }
}

impl Transport for Fake {
    fn send(
        &self,
        url: &WebhookUrl,
        _: &SigningKey,
        message: &OutgoingMessage,
    ) -> Result<(), DeliveryFailure> {
        let mut posts = self.posts.lock().unwrap();
        posts.push(Post {
            url: url.as_str().to_owned(),
            id: message.id.to_string(),
            at: message.at,
            body: message.body.clone(),
        });
        (self.answer)(posts.len() - 1)
    }
}

/// One run of delivery in a world; answers what came of each message, in words.
fn run(world: &World, courier: &Arc<Fake>) -> Vec<String> {
    let store = world.open();
    run_at(&world.desk(&store), courier).iter().map(|told| told.result().to_owned()).collect()
}

fn run_at(desk: &OpContext<'_>, courier: &Arc<Fake>) -> Vec<DeliveryReport> {
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

fn pending(world: &World) -> i64 {
    let store = world.open();
    message_counts(&world.desk(&store)).unwrap().pending
}

#[test]
fn what_happens_to_a_token_is_told_in_order_without_a_secret() {
    let mut world = school();
    grant(&mut world, "North");
    world.secret("grant-app Silent --district North --scope read:students --days 90");
    world.ok("edit Reader/North --note 'nobody else has to know' --yes");
    world.ok("edit Reader/North --scope read:teachers --yes");
    world.ok("edit Reader/North --limit 60 --yes");
    world.secret("reset Reader/North --yes");
    world.ok("revoke Reader/North --yes");
    let token = world.ok("list --kind token --app Reader -q").trim().to_owned();
    world.ok(&format!("delete {token} --yes"));
    world.ok("grant-app Reader --district South --scope read:students --days 90 --pickup");
    world.secret("create partner --days 9");
    let courier = Fake::new(|_| Ok(()));
    let results = run(&world, &courier);
    assert_eq!(results, ["delivered"; 7]);
    let posts = courier.posts();
    let events: Vec<String> = posts.iter().map(Post::event).collect();
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
fn what_is_rolled_back_is_not_told() {
    let mut world = school();
    world.run("grant-app Reader --district North --scope read:students --days 90 --dry-run");
    assert_eq!(pending(&world), 0);
    grant(&mut world, "North");
    assert_eq!(pending(&world), 1);
    world.run("revoke Reader/North --yes --dry-run");
    assert_eq!(pending(&world), 1);
    let store = world.open();
    let mut change = world.desk(&store).begin().unwrap();
    let token = change.tx.get_credential(1).unwrap();
    change.update_credential(Action::Reset, token).unwrap();
    assert_eq!(change.tx.count_messages(None).unwrap(), 2, "it is there until it is rolled back");
    drop(change);
    assert_eq!(pending(&world), 1);
}

#[test]
fn a_failed_message_is_tried_again_by_the_schedule_under_its_id_and_given_up_after_three_days() {
    let mut world = school();
    grant(&mut world, "North");
    let courier = Fake::new(|_| Err(DeliveryFailure::Status(500)));
    let begin = Instant::parse_rfc3339("2026-11-22T06:00:00Z").unwrap();
    for _ in 0..=3 * 24 * 60 {
        run(&world, &courier);
        world.wait_seconds(60);
    }
    let hours = (1..=11).map(|time| 156 + time * 6 * 60);
    let expected: Vec<i64> = [0, 1, 6, 36, 156].into_iter().chain(hours).collect();
    let posts = courier.posts();
    let sent: Vec<i64> = posts.iter().map(|post| post.at.since(begin) / 60).collect();
    assert_eq!(sent, expected);
    assert!(posts.iter().all(|post| post.id == posts[0].id && post.body == posts[0].body));
    assert_eq!(pending(&world), 0);
    let shown = world.ok("app show Reader");
    assert!(shown.contains("0 to be sent, 0 delivered, 1 given up"), "{shown}");
    let doctor = world.run("doctor");
    assert!(doctor.stdout.contains("1 message was given up that app Reader"), "{doctor}");
}

#[test]
fn a_message_holds_up_those_behind_it_until_it_failed_too_often() {
    let mut world = school();
    for district in ["North", "South", "East"] {
        grant(&mut world, district);
    }
    let first = Arc::new(Mutex::new(None));
    let is_first = {
        let first = Arc::clone(&first);
        move |id: &str| *first.lock().unwrap().get_or_insert_with(|| id.to_owned()) == *id
    };
    struct Picky(Mutex<Vec<String>>, Box<dyn Fn(&str) -> bool + Send + Sync>);
    impl Transport for Picky {
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
    let courier = Arc::new(Picky(Mutex::default(), Box::new(is_first)));
    let mut when = Vec::new();
    for minute in 0..60 {
        let store = world.open();
        let carrier: SharedTransport = courier.clone();
        deliver(&world.desk(&store), &carrier, &|| false, &mut |told| {
            when.push((minute, told.message.seq, told.result()));
            Ok(())
        })
        .unwrap();
        world.wait_seconds(60);
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
fn whoever_wants_no_more_messages_is_not_asked_again() {
    let mut world = school();
    grant(&mut world, "North");
    let courier = Fake::new(|_| Err(DeliveryFailure::Gone));
    assert_eq!(run(&world, &courier), ["gone"]);
    world.wait_days(1);
    assert_eq!(run(&world, &courier), [""; 0]);
    assert!(world.ok("app show Reader").contains("1 given up"));
}

#[test]
fn what_is_being_tried_is_tried_by_nobody_else_until_the_lease_is_over() {
    let mut world = school();
    grant(&mut world, "North");
    grant(&mut world, "South");
    let (store, courier) = (world.open(), Fake::new(|_| Ok(())));
    let desk = world.desk(&store);
    // Both are taken, and the receiver never answers: this one is told to stop, and is as good as killed.
    let hangs = Fake::new(|_| {
        loop {
            std::thread::park();
        }
    });
    let (carrier, looks): (SharedTransport, _) = (hangs.clone(), std::cell::Cell::new(0));
    let is_over = || looks.replace(looks.get() + 1) > 0;
    deliver(&desk, &carrier, &is_over, &mut |_| Ok(())).unwrap();
    assert!(hangs.posts.try_lock().is_err(), "it is still being sent");
    assert!(run_at(&desk, &courier).is_empty());
    world.wait_seconds(LEASE - 1);
    assert!(run_at(&desk, &courier).is_empty());
    world.wait_seconds(1);
    let told = run_at(&desk, &courier);
    let attempts: Vec<u32> = told.iter().map(|told| told.message.attempts).collect();
    assert_eq!(attempts, [2, 2]);
    assert_eq!(pending(&world), 0);
}

#[test]
fn an_app_without_a_webhook_any_more_is_not_told_and_a_new_key_is_never_an_old_one() {
    let mut world = school();
    grant(&mut world, "North");
    let said = world.run("app edit Reader --no-webhook --yes");
    assert_eq!((said.exit, pending(&world)), (0, 0));
    let key =
        |world: &mut World| world.secret("app edit Reader --webhook https://hooks.example/ --yes");
    let first = key(&mut world);
    world.ok("app edit Reader --no-webhook --yes");
    let second = key(&mut world);
    let third = world.secret("app edit Reader --rotate-webhook-key --yes");
    assert!(first != second && second != third && first != third);
    assert!(first.starts_with("whsec_") && first.len() == 50);
    let courier = Fake::new(|_| Ok(()));
    assert_eq!(run(&world, &courier), [""; 0]);
    world.ok("app edit Reader --webhook https://elsewhere.example/ --yes");
    world.ok("edit Reader/North --scope read:teachers --yes");
    assert_eq!(run(&world, &courier), ["delivered"]);
    assert_eq!(courier.posts()[0].url, "https://elsewhere.example/");
}

#[test]
fn a_coming_end_is_told_once_and_again_when_it_has_moved() {
    let mut world = school();
    grant(&mut world, "North");
    let courier = Fake::new(|_| Ok(()));
    let events = |world: &World| {
        let before = courier.posts().len();
        run(world, &courier);
        courier.posts()[before..].iter().map(Post::event).collect::<Vec<_>>()
    };
    assert_eq!(events(&world), ["token.granted"]);
    world.wait_days(59);
    assert_eq!(events(&world), [""; 0]);
    world.wait_days(1);
    assert_eq!(events(&world), ["token.expiring"]);
    for _ in 0..35 {
        world.wait_days(1);
        assert_eq!(events(&world), [""; 0]);
    }
    world.ok("edit Reader/North --days 20 --yes");
    assert_eq!(events(&world), ["token.edited", "token.expiring"]);
    assert_eq!(events(&world), [""; 0]);
}

#[test]
fn what_has_ended_is_kept_for_thirty_days() {
    let mut world = school();
    grant(&mut world, "North");
    let courier = Fake::new(|_| Ok(()));
    run(&world, &courier);
    let delivered = |world: &World| {
        let store = world.open();
        message_counts(&world.desk(&store)).unwrap().delivered
    };
    world.wait_seconds(30 * DAY);
    run(&world, &courier);
    assert_eq!(delivered(&world), 1);
    world.wait_seconds(1);
    run(&world, &courier);
    assert_eq!(delivered(&world), 0);
    assert_eq!(world.run("doctor").exit, 0);
}

/// That a request verifies with a key as it was shown.
fn assert_genuine(request: &http::Message, key: &str) {
    assert_signed(request, &STANDARD.decode(key.strip_prefix("whsec_").unwrap()).unwrap());
}
