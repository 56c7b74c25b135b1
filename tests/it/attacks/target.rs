//! The store that is attacked, and the changes that are made to it.

use std::{collections::BTreeMap, sync::LazyLock};

use gatepass::{
    domain::{
        credential::secret::Plaintext,
        directory::id::{ClientId, ObjectId},
        instant::Instant,
        notice::DeliveryResult,
        request::ClientCredentials,
        seq::{CredentialSeq, MessageSeq},
    },
    ops::{
        OpContext, OpError,
        app::client::{self, ClientResponse},
        credential::{overlap::record_first_use, usage::record_usage},
    },
    store::{Access, StoreError},
};

use rand_chacha::ChaCha20Rng;
use rusqlite::Connection;
use serde_json::Value;

use crate::{
    store::migration::{Contents, contents_of},
    support::{
        records::{entropy, reported, reported_by_day, usage_record},
        test_env::{START_TIME, Snapshot, TestEnv},
    },
};

/// The account of all credentials.
pub const ACCOUNT: &str = "948-4KK-444Z";
/// An account without credentials.
pub const SPARE_ACCOUNT: &str = "RZ5-76K-665Z";
/// The numbers of credentials.
pub const LEGACY_KEY: CredentialSeq = CredentialSeq(1);
pub const ACME: CredentialSeq = CredentialSeq(2);

/// The exit code of a command that refuses a store that was changed outside gatepass.
pub const TAMPERED: u8 = 8;

/// A store with passcodes, apps, districts, tokens, uses and messages.
///
/// - `acme` and `beta` are partners, and `ann` is a user. `acme` and the legacy key of `Library` were used.
/// - `Roster` has a webhook, a token for `Lincoln` and one for `Elk`, which waits for its pickup. The district `Bay` has no
///   token.
pub struct Target {
    pub env: TestEnv,
    names: Names,
    /// The number of requests for secrets that `Roster` has made.
    requests: u64,
}

/// Secrets and ids, by the names that the attacks have for them.
#[derive(Clone, Default)]
struct Names {
    secrets: BTreeMap<&'static str, String>,
    ids: BTreeMap<&'static str, String>,
}

static FIXTURE: LazyLock<(Snapshot, Names)> = LazyLock::new(|| {
    let Target { env, names, .. } = build();
    (env.snapshot(), names)
});

fn build() -> Target {
    let mut env = TestEnv::new();
    for (name, id) in [("School", ACCOUNT), ("Spare", SPARE_ACCOUNT)] {
        env.run_ok(&format!("account add {name} --id {id}"));
    }
    env.env.insert("GATEPASS_ACCOUNT".into(), ACCOUNT.into());
    env.file("legacy", "9f86d081884c7d659a2feaa0c55ad015");
    let mut target = Target { env, names: Names::default(), requests: 0 };
    for (name, line) in [
        ("Library", "app add Library --legacy-key-file ~/legacy"),
        ("acme", "create acme --days 90"),
        ("beta", "create beta --days 90"),
        ("ann", "grant-user ann@example.org --days 90"),
        ("Roster", "app add Roster"),
    ] {
        target.issue(name, line);
    }
    for district in ["Lincoln", "Elk", "Bay"] {
        target.env.run_ok(&format!("district add {district} --external-id id-{district}"));
    }
    target.env.run_ok("app edit Roster --webhook https://hooks.example/roster");
    target.issue("token", "grant-app Roster --district Lincoln --scope read:students --days 90");
    let waiting = "grant-app Roster --district Elk --scope read:students --days 90 --pickup";
    for (name, line) in [
        ("waiting", format!("{waiting} --field id")),
        ("client", "app show Roster --field client_id".to_owned()),
        ("legacy", "list --kind legacy --field id".to_owned()),
    ] {
        let id = target.env.run_for_secret(&line);
        target.names.ids.insert(name, id);
    }
    target.record_uses();
    target
}

impl Target {
    pub fn new() -> Self {
        let (snapshot, names) = &*FIXTURE;
        let mut env = TestEnv::from_snapshot(snapshot);
        env.env.insert("GATEPASS_ACCOUNT".into(), ACCOUNT.into());
        Self { env, names: names.clone(), requests: 0 }
    }

    /// Runs a command in which `{name}` stands for an id, and returns its exit code.
    pub fn run(&mut self, line: &str) -> u8 {
        let line = self.with_ids(line);
        self.env.run(&line).exit
    }

    /// Runs a command as [`Self::run`] does. It must succeed.
    pub fn run_ok(&mut self, line: &str) {
        let line = self.with_ids(line);
        self.env.run_ok(&line);
    }

    fn with_ids(&self, line: &str) -> String {
        let ids = self.names.ids.iter();
        ids.fold(line.to_owned(), |line, (name, id)| line.replace(&format!("{{{name}}}"), id))
    }

    /// Runs a command that issues a secret, and keeps the secret and the id under a name.
    pub fn issue(&mut self, name: &'static str, line: &str) {
        let issued: Value =
            serde_json::from_str(&self.env.run_ok(&format!("{line} --json"))).unwrap();
        let text = |field: &str| issued[field].as_str().unwrap().to_owned();
        self.names.secrets.insert(name, text("secret"));
        self.names.ids.insert(name, text("id"));
    }

    pub fn secret(&self, name: &str) -> &str {
        &self.names.secrets[name]
    }

    /// Returns the exit code of `verify` for a secret.
    pub fn verify(&mut self, name: &str) -> u8 {
        let secret = self.secret(name).to_owned();
        self.env.run_with_input("verify", secret).exit
    }

    /// Returns all rows of the store, and its schema.
    pub fn contents(&self) -> (Contents, Vec<String>) {
        let owner = Connection::open(self.env.store()).unwrap();
        let mut schema =
            owner.prepare("select type || name || coalesce(sql, '') from sqlite_schema").unwrap();
        let schema = schema.query_map([], |row| row.get(0)).unwrap();
        (contents_of(&self.env.store()), schema.collect::<Result<_, _>>().unwrap())
    }

    /// Does what a gate does after the first use of a secret of `acme` during an overlap.
    pub fn use_during_overlap(&self, name: &str) -> u8 {
        self.exit_of(|context| {
            let secret = Plaintext::parse(self.secret(name).as_bytes()).unwrap();
            let digest = context.store.digest(secret.expose());
            record_first_use(context, ACME, &digest).map(drop)
        })
    }

    /// Does what a gate does after uses of `acme` and of the legacy key.
    pub fn record_uses(&self) -> u8 {
        let at = Instant::parse_rfc3339(START_TIME).unwrap();
        let uses = |credential| usage_record(credential, at, "192.0.2.1", 1);
        let reports = [reported(uses(ACME)), reported_by_day(uses(LEGACY_KEY))];
        self.exit_of(|context| record_usage(context.store, &reports))
    }

    /// Records that the current secret of `acme` was delivered.
    pub fn mark_delivered(&self) -> u8 {
        self.exit_of(|context| {
            let mut tx = context.store.begin(Access::WriteRelaxed)?;
            let acme = tx.get_credential(ACME)?;
            tx.mark_delivered(&acme, Instant::parse_rfc3339(START_TIME).unwrap().plus(60))?;
            Ok(tx.commit()?)
        })
    }

    /// Delivers the message about the token, or records that again.
    pub fn deliver_message(&self) -> u8 {
        self.exit_of(|context| {
            let mut tx = context.store.begin(Access::Write)?;
            let message = tx.find_message(MessageSeq(1))?.unwrap();
            let at = Instant::parse_rfc3339(START_TIME).unwrap();
            tx.update_message(message.end(at, DeliveryResult::Delivered))?;
            Ok(tx.commit()?)
        })
    }

    /// Does what a gate does when `Roster` resets its token for `Lincoln`.
    pub fn app_resets_token(&mut self) -> u8 {
        let mut entropy = self.next_entropy();
        let token = ObjectId::parse(self.names.ids["token"].trim_start_matches("tk_")).unwrap();
        self.exit_of(|context| {
            let response = client::reset_token(context, &self.client(), token, 0, &mut entropy)?;
            assert!(matches!(response, ClientResponse::Tokens { .. }), "{response:?}");
            Ok(())
        })
    }

    /// Does what a gate does when `Roster` fetches its tokens, and picks up those that wait for it.
    pub fn app_fetches_tokens(&mut self) -> u8 {
        let (mut entropy, mut picked_up) = (self.next_entropy(), None);
        let exit = self.exit_of(|context| {
            let response = client::tokens(context, &self.client(), None, &mut entropy)?;
            let ClientResponse::Tokens { tokens, .. } = &response else { panic!("{response:?}") };
            picked_up = tokens.iter().find_map(|token| {
                Some(String::from_utf8(token.secret.as_ref()?.expose().to_vec()).unwrap())
            });
            Ok(())
        });
        self.names.secrets.extend(picked_up.map(|secret| ("picked up", secret)));
        exit
    }

    fn next_entropy(&mut self) -> ChaCha20Rng {
        self.requests += 1;
        entropy(100 + self.requests)
    }

    fn client(&self) -> ClientCredentials {
        let client = ClientId::parse(&self.names.ids["client"]).unwrap();
        let secret = Plaintext::parse(self.secret("Roster").as_bytes()).unwrap();
        ClientCredentials { client, secret }
    }

    /// Makes a change as a gate does. Returns the exit code that its result would have as a command.
    fn exit_of(&self, change: impl FnOnce(&OpContext<'_>) -> Result<(), OpError>) -> u8 {
        let store = self.env.open_store();
        match change(&self.env.op_context(&store)) {
            Ok(()) => 0,
            Err(OpError::Store(StoreError::Integrity(_))) => TAMPERED,
            Err(error) => panic!("{error}"),
        }
    }
}
