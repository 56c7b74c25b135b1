//! Apps with webhooks, in process and for the real binary.

use std::sync::{Arc, Mutex};

use base64::{Engine, engine::general_purpose::STANDARD};
use gatepass::{
    delivery::{DeliveryFailure, Destination, OutgoingMessage, Transport},
    domain::instant::Instant,
    ops::{
        OpContext,
        outbox::{
            deliver::deliver, deliver::message_counts, deliver::run_maintenance,
            report::DeliveryReport, send::SharedTransport,
        },
    },
};
use serde_json::Value;

use crate::support::{
    http,
    process::TestHome,
    receiver::{Receiver, assert_signed},
    test_env::TestEnv,
};

/// Creates two apps, one of them with a webhook, and four districts.
pub fn env_with_webhook() -> TestEnv {
    let mut env = TestEnv::new();
    env.run_for_secret("app add Reader");
    env.run_for_secret("app add Silent");
    for district in ["North", "South", "East", "West"] {
        env.run_ok(&format!("district add {district}"));
    }
    env.run_ok("app edit Reader --webhook https://hooks.example/told?k=1");
    env
}

pub fn grant(env: &mut TestEnv, district: &str) {
    env.run_for_secret(&format!(
        "grant-app Reader --district {district} --scope read:students --days 90"
    ));
}

/// A message as a transport receives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    pub url: String,
    pub id: String,
    pub at: Instant,
    pub body: String,
}

impl SentMessage {
    pub fn event(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap();
        body["type"].as_str().unwrap().to_owned()
    }
}

/// A transport that keeps every message, and whose result depends on the number of the message.
pub struct FakeTransport {
    pub sent: Mutex<Vec<SentMessage>>,
    result: Box<dyn Fn(usize) -> Result<(), DeliveryFailure> + Send + Sync>,
}

impl FakeTransport {
    pub fn new(
        result: impl Fn(usize) -> Result<(), DeliveryFailure> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { sent: Mutex::default(), result: Box::new(result) })
    }

    pub fn sent(&self) -> Vec<SentMessage> {
        self.sent.lock().unwrap().clone()
    }
}

impl Transport for FakeTransport {
    fn send(&self, to: &Destination, message: &OutgoingMessage) -> Result<(), DeliveryFailure> {
        let Destination::Webhook { url, .. } = to;
        let mut sent = self.sent.lock().unwrap();
        sent.push(SentMessage {
            url: url.as_str().to_owned(),
            id: message.id.to_string(),
            at: message.at,
            body: message.body.clone(),
        });
        (self.result)(sent.len() - 1)
    }
}

/// Runs the delivery once, and returns the result of each message.
pub fn run(env: &TestEnv, transport: &Arc<FakeTransport>) -> Vec<String> {
    let store = env.open_store();
    run_at(&env.op_context(&store), transport)
        .iter()
        .map(|report| report.result().to_owned())
        .collect()
}

pub fn run_at(ctx: &OpContext<'_>, transport: &Arc<FakeTransport>) -> Vec<DeliveryReport> {
    let mut all = Vec::new();
    let shared: SharedTransport = transport.clone();
    run_maintenance(ctx).unwrap();
    deliver(ctx, &shared, &|| false, &mut |report| {
        all.push(report.clone());
        Ok(())
    })
    .unwrap();
    all
}

pub fn pending(env: &TestEnv) -> i64 {
    let store = env.open_store();
    message_counts(&env.op_context(&store)).unwrap().pending
}

/// Creates a home with an app whose webhook is `url`, and returns it with the signing key.
pub fn webhook_home(url: &str, districts: usize) -> (TestHome, String) {
    let home = TestHome::new();
    home.ok("app add Reader");
    for number in 0..districts {
        home.ok(&format!("district add D{number}"));
    }
    let key = home.ok(&format!("app edit Reader --webhook {url} --allow-private-webhooks"));
    (home, key.trim().to_owned())
}

pub fn grant_at(home: &TestHome, number: usize) {
    home.ok(&format!("grant-app Reader --district D{number} --scope read:students --days 90"));
}

/// Sends the messages of the app to another receiver from now on, and returns the new signing key.
pub fn move_webhook(home: &TestHome, receiver: &Receiver) -> String {
    let (url, flags) = (receiver.url("/"), "--allow-private-webhooks --rotate-webhook-key --yes");
    home.ok(&format!("app edit Reader --webhook {url} {flags}")).trim().to_owned()
}

/// Panics unless a request is signed with a key in the form in which it is shown.
pub fn assert_webhook_signed(request: &http::HttpMessage, key: &str) {
    assert_signed(request, &STANDARD.decode(key.strip_prefix("whsec_").unwrap()).unwrap());
}
