//! Apps and districts for the stories about tokens, put into the store as they are.

use std::sync::LazyLock;

use gatepass::{
    domain::{
        audit::Action,
        credential::{
            Deletion, Secrets,
            rate_limit::RateLimit,
            secret::{Plaintext, SecretKind},
        },
        directory::{
            app::App,
            district::{District, ExternalId},
            id::{ClientId, ObjectId},
            name::Name,
        },
    },
    ops::{OpContext, WriteTx},
};

use super::{
    records::entropy,
    test_env::{Snapshot, TestEnv},
};

static FIXTURE: LazyLock<Snapshot> = LazyLock::new(|| build().snapshot());

/// A store without any credential, with the apps Roster and Grades and the districts Lincoln, whose external id is
/// 0607, and Elk Grove.
pub fn directory_fixture() -> TestEnv {
    TestEnv::from_snapshot(&FIXTURE)
}

/// The same with somebody at a terminal.
pub fn directory_fixture_with_terminal() -> TestEnv {
    let mut world = directory_fixture();
    world.terminal = TestEnv::with_terminal().terminal;
    world
}

fn build() -> TestEnv {
    let mut world = TestEnv::new();
    world.run_ok("account add School");
    let store = world.open_store();
    let desk = world.op_context(&store);
    add_app(&desk, "Roster", 1);
    add_app(&desk, "Grades", 2);
    add_district(&desk, "Lincoln", Some("0607"), 3);
    add_district(&desk, "Elk Grove", None, 4);
    drop(store);
    world
}

/// Adds an app whose ids and secret come from `seed`; answers it and its client secret.
pub fn add_app(desk: &OpContext<'_>, name: &str, seed: u64) -> (App, String) {
    let mut entropy = entropy(seed);
    let mut change = desk.begin().unwrap();
    let account = change.account().unwrap().key;
    let secret = Plaintext::generate(SecretKind::AppSecret, &mut entropy);
    let app = App {
        seq: 0,
        id: ObjectId::generate(&mut entropy),
        client_id: ClientId::generate(&mut entropy),
        account,
        name: Name::parse(name).unwrap(),
        secrets: Secrets {
            generation: 1,
            current: Some(change.tx.digest(secret.expose())),
            created_at: change.now,
            delivered_at: Some(change.now),
            retiring: None,
        },
        limit: RateLimit::TOKEN_DEFAULT,
        webhook: None,
        created_at: change.now,
        created_by: change.actor_label(),
        removed: None,
        audit_seq: 0,
    };
    let stamp = change.audit_context(Action::AppAdd);
    let app = change.tx.insert_app(&stamp, app).unwrap();
    change.commit().unwrap();
    (app, String::from_utf8(secret.expose().to_vec()).unwrap())
}

/// Adds a district whose id comes from `seed`.
pub fn add_district(
    desk: &OpContext<'_>,
    name: &str,
    external_id: Option<&str>,
    seed: u64,
) -> District {
    let mut change = desk.begin().unwrap();
    let account = change.account().unwrap().key;
    let district = District {
        seq: 0,
        id: ObjectId::generate(&mut entropy(seed)),
        account,
        name: Name::parse(name).unwrap(),
        external_id: external_id.map(|text| ExternalId::parse(text).unwrap()),
        created_at: change.now,
        created_by: change.actor_label(),
        removed: None,
        audit_seq: 0,
    };
    let stamp = change.audit_context(Action::DistrictAdd);
    let district = change.tx.insert_district(&stamp, district).unwrap();
    change.commit().unwrap();
    district
}

/// Removes a district and an app.
pub fn remove_district_and_app(world: &TestEnv, district: &str, app: &str) {
    let store = world.open_store();
    let mut change = world.op_context(&store).begin().unwrap();
    let account = change.account().unwrap().key;
    let removed =
        |change: &WriteTx<'_>| Some(Deletion { at: change.now, by: change.actor_label() });
    let found = change.tx.find_district_by_reference(account, district).unwrap().unwrap();
    let gone = District { removed: removed(&change), ..found };
    let stamp = change.audit_context(Action::DistrictRemove);
    change.tx.update_district(&stamp, gone).unwrap();
    let found = change.tx.find_app_by_reference(account, app).unwrap().unwrap();
    let gone = App { removed: removed(&change), ..found };
    let stamp = change.audit_context(Action::AppRemove);
    change.tx.update_app(&stamp, gone).unwrap();
    change.commit().unwrap();
}
