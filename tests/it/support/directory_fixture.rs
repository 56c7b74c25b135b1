//! Apps and districts for tests of tokens, written to the store directly.

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
            account::{Account, AccountKey},
            app::App,
            district::{District, ExternalId},
            id::{ClientId, ObjectId},
            name::Name,
            reference::Reference,
        },
        seq::{AppSeq, AuditSeq, DistrictSeq},
    },
    ops::{
        DirectoryError, OpContext, OpError, WriteTx,
        query::{
            resolve::PartialIds,
            resolve_directory::{resolve_app, resolve_district},
        },
    },
    store::{StoreError, Transaction},
};

use super::{
    records::entropy,
    test_env::{Snapshot, TestEnv},
};

static FIXTURE: LazyLock<Snapshot> = LazyLock::new(|| build().snapshot());

/// Returns a store without credentials, with the apps Roster and Grades and the districts Lincoln, whose external id is
/// 0607, and Elk Grove.
pub fn directory_fixture() -> TestEnv {
    TestEnv::from_snapshot(&FIXTURE)
}

/// Like [`directory_fixture`], at a terminal.
pub fn directory_fixture_with_terminal() -> TestEnv {
    let mut env = directory_fixture();
    env.terminal = TestEnv::with_terminal().terminal;
    env
}

fn build() -> TestEnv {
    let mut env = TestEnv::new();
    env.run_ok("account add School");
    let store = env.open_store();
    let ctx = env.op_context(&store);
    add_app(&ctx, "Roster", 1);
    add_app(&ctx, "Grades", 2);
    add_district(&ctx, "Lincoln", Some("0607"), 3);
    add_district(&ctx, "Elk Grove", None, 4);
    drop(store);
    env
}

/// Adds an app whose ids and secret depend on `seed`, and returns it with its client secret.
pub fn add_app(ctx: &OpContext<'_>, name: &str, seed: u64) -> (App, String) {
    let mut entropy = entropy(seed);
    let mut write = ctx.begin().unwrap();
    let account = write.account().unwrap().key;
    let secret = Plaintext::generate(SecretKind::AppSecret, &mut entropy);
    let app = App {
        seq: AppSeq::NONE,
        id: ObjectId::generate(&mut entropy),
        client_id: ClientId::generate(&mut entropy),
        account,
        name: Name::parse(name).unwrap(),
        secrets: Secrets::new(write.tx.digest(secret.expose()), write.now, Some(write.now)),
        limit: RateLimit::TOKEN_DEFAULT,
        webhook: None,
        created_at: write.now,
        created_by: write.actor_label(),
        removed: None,
        audit_seq: AuditSeq::NONE,
    };
    let context = write.audit_context(Action::AppAdd);
    let app = write.tx.insert_app(&context, app).unwrap();
    write.commit().unwrap();
    (app, String::from_utf8(secret.expose().to_vec()).unwrap())
}

/// Adds a district whose id depends on `seed`.
pub fn add_district(
    ctx: &OpContext<'_>,
    name: &str,
    external_id: Option<&str>,
    seed: u64,
) -> District {
    let mut write = ctx.begin().unwrap();
    let account = write.account().unwrap().key;
    let district = District {
        seq: DistrictSeq::NONE,
        id: ObjectId::generate(&mut entropy(seed)),
        account,
        name: Name::parse(name).unwrap(),
        external_id: external_id.map(|text| ExternalId::parse(text).unwrap()),
        created_at: write.now,
        created_by: write.actor_label(),
        removed: None,
        audit_seq: AuditSeq::NONE,
    };
    let context = write.audit_context(Action::DistrictAdd);
    let district = write.tx.insert_district(&context, district).unwrap();
    write.commit().unwrap();
    district
}

/// Removes a district and an app.
pub fn remove_district_and_app(env: &TestEnv, district: &str, app: &str) {
    let store = env.open_store();
    let mut write = env.op_context(&store).begin().unwrap();
    let account = write.account().unwrap().key;
    let removed = |write: &WriteTx<'_>| Some(Deletion { at: write.now, by: write.actor_label() });
    let found = find_district(&mut write.tx, account, district).unwrap().unwrap();
    let gone = District { removed: removed(&write), ..found };
    let context = write.audit_context(Action::DistrictRemove);
    write.tx.update_district(&context, gone).unwrap();
    let found = find_app(&mut write.tx, account, app).unwrap().unwrap();
    let gone = App { removed: removed(&write), ..found };
    let context = write.audit_context(Action::AppRemove);
    write.tx.update_app(&context, gone).unwrap();
    write.commit().unwrap();
}

/// Returns the app of an account that a text names.
pub fn find_app(
    tx: &mut Transaction<'_>,
    account: AccountKey,
    text: &str,
) -> Result<Option<App>, StoreError> {
    let accounts = only(tx.accounts()?, account);
    optional(resolve_app(tx, &accounts, &Reference::parse(text).unwrap(), PartialIds::Rejected))
}

/// Returns the district of an account that a text names.
pub fn find_district(
    tx: &mut Transaction<'_>,
    account: AccountKey,
    text: &str,
) -> Result<Option<District>, StoreError> {
    let accounts = only(tx.accounts()?, account);
    let reference = Reference::parse(text).unwrap();
    optional(resolve_district(tx, &accounts, &reference, PartialIds::Rejected))
}

fn only(mut accounts: Vec<Account>, key: AccountKey) -> Vec<Account> {
    accounts.retain(|account| account.key == key);
    accounts
}

fn optional<T>(found: Result<T, OpError>) -> Result<Option<T>, StoreError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(OpError::Directory(
            DirectoryError::NoSuchApp { .. } | DirectoryError::NoSuchDistrict { .. },
        )) => Ok(None),
        Err(OpError::Store(error)) => Err(error),
        Err(error) => panic!("{error}"),
    }
}
