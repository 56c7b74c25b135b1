//! What somebody else did to the database is found, and refused.

use gatepass::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind, Retiring, Revocation, RevocationReason, Secrets,
            rate_limit::RateLimit,
        },
        decision::SecretLookup,
        directory::{
            account::Account,
            app::{App, Webhook},
            district::{District, ExternalId},
            id::PartialId,
            name::Note,
        },
        instant::DAY,
        notice::WebhookUrl,
        usage::DailyUse,
    },
    store::{
        Access, IntegrityIssue, SortBy, StoreError, Transaction,
        port::{
            backend::BackendTransaction,
            record::{Namespace, WithMac},
        },
    },
};

use super::scan_order;
use crate::{
    conformance::{BackendSource, TestStore, assert_integrity_error, audit_context, begin_raw},
    support::records::{
        account_passcode, app, deleted, deletion, digest, district, id, legacy_policy,
        never_expiring, now, token, usage_record, user_passcode,
    },
};

/// A store in which every column of every table has a value somewhere:
/// credential 1 is reset, noted and revoked, 3 follows 2 of the same user, 4 is deleted, 5 was used, 6 is a limited token;
/// app 1 is reset and has a webhook, district 1 an external id, the second one of both is removed.
fn fully_populated(place: &dyn BackendSource) -> TestStore {
    let scene = TestStore::new(place);
    let mut transaction = scene.write();
    add_passcodes(&mut transaction);
    let (reader, springfield) = add_apps_and_districts(&mut transaction);
    let limited = Credential { limit: RateLimit::new(60), ..token(6, &reader, &springfield) };
    transaction.insert_credential(&audit_context(Action::Create), limited).unwrap();
    transaction.record_last_use(usage_record(5, now(), "gate", 7)).unwrap();
    transaction.record_daily_use(DailyUse { credential: 5, day: 7, count: 5 }).unwrap();
    let account = Account { legacy: Some(legacy_policy()), ..scene.account.clone() };
    let edit = audit_context(Action::AccountEdit);
    let account = transaction.update_account(&edit, &scene.account, account).unwrap();
    transaction.set_escrowed(now());
    transaction.commit().unwrap();
    TestStore { account, ..scene }
}

fn add_passcodes(transaction: &mut Transaction<'_>) {
    let note = Some(Note::parse("for the nightly import").unwrap());
    let noted = Credential { note, ..account_passcode(1, "Reset") };
    let noted = transaction.insert_credential(&audit_context(Action::Create), noted).unwrap();
    let retiring = Some(Retiring { digest: digest(1), until: now().plus(DAY), until_used: false });
    let secrets = Secrets {
        generation: 2,
        current: Some(digest(11)),
        created_at: now().plus(1),
        delivered_at: Some(now().plus(2)),
        retiring,
    };
    let reset = Credential { secrets, ..noted };
    let reset = transaction.update_credential(&audit_context(Action::Reset), reset).unwrap();
    let reason = Some(RevocationReason::Superseded);
    let revocation = Revocation { at: now().plus(3), by: "root@gate".to_owned(), reason };
    let ended = Credential { revoked: Some(revocation), ..reset };
    transaction.update_credential(&audit_context(Action::Revoke), ended).unwrap();

    let mut add =
        |draft| transaction.insert_credential(&audit_context(Action::Create), draft).unwrap();
    let older = add(user_passcode(2, "ann@example.com"));
    add(Credential { previous: Some(older.seq), ..user_passcode(3, "ann@example.com") });
    let bob = add(user_passcode(4, "bob@example.com"));
    add(never_expiring(account_passcode(5, "Untouched")));
    transaction.update_credential(&audit_context(Action::Delete), deleted(bob)).unwrap();
}

/// Two apps and two districts; answers the first of each.
fn add_apps_and_districts(transaction: &mut Transaction<'_>) -> (App, District) {
    let retiring = Retiring { digest: digest(1), until: now().plus(DAY), until_used: false };
    let secrets = Secrets {
        generation: 2,
        delivered_at: Some(now()),
        retiring: Some(retiring),
        ..account_passcode(12, "nobody").secrets
    };
    let webhook = Some(Webhook {
        url: WebhookUrl::from_stored("https://reader.example/hook".to_owned()),
        generation: 1,
    });
    let reader = App { secrets, webhook, ..app(1, "Reader") };
    let external_id = Some(ExternalId::parse("0601234").unwrap());
    let springfield = District { external_id, ..district(1, "Springfield") };

    let mut add = |draft| transaction.insert_app(&audit_context(Action::AppAdd), draft).unwrap();
    let (reader, other) = (add(reader), add(app(2, "Removed")));
    let removed = App { removed: Some(deletion()), ..other };
    transaction.update_app(&audit_context(Action::AppRemove), removed).unwrap();

    let mut add =
        |draft| transaction.insert_district(&audit_context(Action::DistrictAdd), draft).unwrap();
    let (springfield, other) = (add(springfield), add(district(2, "Removed")));
    let removed = District { removed: Some(deletion()), ..other };
    transaction.update_district(&audit_context(Action::DistrictRemove), removed).unwrap();
    (reader, springfield)
}

pub fn an_intact_store_has_no_issues(place: &dyn BackendSource) {
    let scene = fully_populated(place);
    assert_eq!(scene.integrity_issues(), []);
    assert_eq!(scan_order::scan_verified(&scene.read(), SortBy::Name).unwrap(), [1, 5, 6, 2, 3, 4]);
}

/// Columns, each with its other value.
type Columns = &'static [(&'static str, &'static str)];

/// Every column, a row in which it means something, and another value for it; `~` stands for other bytes.
const TAMPERINGS: &[(&str, &str, Columns)] = &[
    (
        "head",
        "id = 1",
        &[
            ("id", "2"),
            ("key_check", "~16"),
            ("created_at", "created_at - 1"),
            ("accounts", "accounts + 1"),
            ("credentials", "credentials + 1"),
            ("apps", "apps + 1"),
            ("districts", "districts + 1"),
            ("messages", "messages + 1"),
            ("audit_seq", "audit_seq - 1"),
            ("audit_at", "audit_at - 1"),
            ("audit_link", "~32"),
            ("escrowed_at", "null"),
            ("mac", "~16"),
        ],
    ),
    (
        "account",
        "key = 1",
        &[
            ("key", "2"),
            ("id", "'AAA-AAA-AAAA'"),
            ("name", "'Another'"),
            ("region", "'us1'"),
            ("require_user_passcode", "1"),
            ("legacy_announced_at", "legacy_announced_at - 1"),
            ("legacy_limited_at", "legacy_limited_at + 1"),
            ("legacy_limit", "legacy_limit + 1"),
            ("legacy_sunset_at", "legacy_sunset_at + 1"),
            ("legacy_link", "null"),
            ("created_at", "created_at - 1"),
            ("audit_seq", "audit_seq - 1"),
            ("mac", "~16"),
        ],
    ),
    (
        "credential",
        "seq = 1",
        &[
            ("seq", "7"),
            ("id", "~12"),
            ("account", "2"),
            ("kind", "'user'"),
            ("owner", "'reset'"),
            ("slot", "100"),
            ("note", "null"),
            ("created_at", "created_at - 1"),
            ("created_by", "'mallory'"),
            ("lifetime", "'infinite'"),
            ("expires_at", "expires_at + 1"),
            ("generation", "1"),
            ("digest", "~32"),
            ("made_at", "made_at - 1"),
            ("delivered_at", "null"),
            ("retiring", "~32"),
            ("retiring_until", "retiring_until + 1"),
            ("retiring_until_used", "1"),
            ("introspect", "1"),
            ("revoked_at", "null"),
            ("revoked_by", "'mallory'"),
            ("revocation_reason", "null"),
            ("audit_seq", "audit_seq - 1"),
            ("mac", "~16"),
        ],
    ),
    ("credential", "seq = 3", &[("previous", "null")]),
    ("credential", "seq = 4", &[("deleted_at", "null"), ("deleted_by", "'mallory'")]),
    ("credential", "seq = 6", &[("scopes", "'read:students write:grades'"), ("rate_limit", "61")]),
    (
        "app",
        "seq = 1",
        &[
            ("seq", "3"),
            ("id", "'ffffffffffffffffffffffff'"),
            ("client_id", "'ffffffffffffffffffff'"),
            ("account", "2"),
            ("name", "'Another'"),
            ("name_key", "'another'"),
            ("generation", "1"),
            ("digest", "~32"),
            ("made_at", "made_at - 1"),
            ("delivered_at", "null"),
            ("retiring", "~32"),
            ("retiring_until", "retiring_until + 1"),
            ("retiring_until_used", "1"),
            ("rate_limit", "rate_limit + 1"),
            ("webhook_url", "'https://elsewhere.example/hook'"),
            ("webhook_generation", "2"),
            ("created_at", "created_at - 1"),
            ("created_by", "'mallory'"),
            ("audit_seq", "audit_seq - 1"),
            ("mac", "~16"),
        ],
    ),
    ("app", "seq = 2", &[("removed_at", "null"), ("removed_by", "'mallory'")]),
    (
        "district",
        "seq = 1",
        &[
            ("seq", "3"),
            ("id", "'ffffffffffffffffffffffff'"),
            ("account", "2"),
            ("name", "'Another'"),
            ("external_id", "null"),
            ("created_at", "created_at - 1"),
            ("created_by", "'mallory'"),
            ("audit_seq", "audit_seq - 1"),
            ("mac", "~16"),
        ],
    ),
    ("district", "seq = 2", &[("removed_at", "null"), ("removed_by", "'mallory'")]),
    ("secret", "credential = 1", &[("credential", "5")]),
    ("secret", "credential = 5", &[("digest", "~32"), ("mac", "~16")]),
    (
        "last_use",
        "credential = 5",
        &[
            ("credential", "4"),
            ("at", "at + 1"),
            ("peer", "'elsewhere'"),
            ("count", "count - 1"),
            ("mac", "~16"),
        ],
    ),
    (
        "daily_use",
        "credential = 5",
        &[("credential", "4"), ("day", "day + 1"), ("count", "count - 1"), ("mac", "~16")],
    ),
    (
        "holding",
        "register = 'user'",
        &[
            ("account", "2"),
            ("register", "'account'"),
            ("owner_key", "'eve@example.com'"),
            ("holder", "2"),
            ("mac", "~16"),
        ],
    ),
    (
        "tally",
        "bucket = -2",
        &[("account", "2"), ("bucket", "0"), ("count", "count - 1"), ("mac", "~16")],
    ),
    (
        "audit",
        "seq = 2",
        &[
            ("seq", "100"),
            ("at", "at - 1"),
            ("uid", "1"),
            ("login_uid", "null"),
            ("\"user\"", "'mallory'"),
            ("sudo_user", "null"),
            ("host", "'elsewhere'"),
            ("version", "'9.9.9'"),
            ("action", "'delete'"),
            ("subject", "'store'"),
            ("name", "null"),
            ("before", "'{}'"),
            ("after", "null"),
            ("link", "~32"),
            ("mac", "~16"),
        ],
    ),
];

const TABLES: [&str; 11] = [
    "head",
    "account",
    "app",
    "district",
    "credential",
    "secret",
    "last_use",
    "daily_use",
    "holding",
    "tally",
    "audit",
];

pub fn every_column_of_every_table_is_authenticated(place: &dyn BackendSource) {
    drop(place.open());
    for table in TABLES {
        let rows = TAMPERINGS.iter().filter(|(altered, ..)| *altered == table);
        let mut listed: Vec<_> = rows
            .flat_map(|(.., columns)| *columns)
            .map(|(name, _)| name.replace('"', ""))
            .collect();
        let mut columns = place.columns(table);
        listed.sort_unstable();
        columns.sort_unstable();
        assert_eq!(listed, columns, "the columns of {table}");
    }
    for (table, row, columns) in TAMPERINGS {
        for (column, value) in *columns {
            let place = place.another_source();
            let scene = fully_populated(&*place);
            let value = match value.strip_prefix('~') {
                Some(length) => place.blob(&vec![0xa5; length.parse().unwrap()]),
                None => (*value).to_owned(),
            };
            place.tamper(&format!("update {table} set {column} = {value} where {row}"));
            let examined = scene.store.check_integrity();
            assert!(
                examined.as_ref().is_ok_and(|problems| !problems.is_empty())
                    || matches!(examined, Err(StoreError::WrongKey)),
                "{table}.{column} = {value} was not noticed: {examined:?}"
            );
        }
    }
}

pub fn a_tampered_credential_is_rejected_everywhere(place: &dyn BackendSource) {
    // The first can still be read as a credential; the second can't.
    for altered in ["revoked_at = null, revoked_by = null", "lifetime = 'sometimes'"] {
        let place = place.another_source();
        let scene = fully_populated(&*place);
        place.tamper(&format!("update credential set {altered} where seq = 1"));
        let transaction = scene.read();
        assert_integrity_error(transaction.find_credential(1));
        assert_integrity_error(transaction.get_credential(1));
        assert_integrity_error(transaction.find_credential_by_id(id(1)));
        assert_integrity_error(
            transaction.list_credentials_by_partial_id(PartialId::parse("pc_0101").unwrap(), 2),
        );
        assert_integrity_error(transaction.find_holder(
            scene.account.key,
            CredentialKind::Account,
            "reset",
        ));
        assert_integrity_error(transaction.list_holders(
            scene.account.key,
            CredentialKind::Account,
            "r",
            2,
        ));
        for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
            assert_integrity_error(scan_order::scan_verified(&transaction, order));
        }
        assert_tampered(transaction.find_by_digest(&digest(11)));
        assert!(
            transaction.find_credential(5).unwrap().is_some(),
            "the others are as good as before"
        );
    }
}

pub fn a_tampered_last_use_is_rejected_everywhere(place: &dyn BackendSource) {
    // The first can still be read as a last use; the second can't.
    for altered in ["at = at + 1", "count = -1"] {
        let place = place.another_source();
        let scene = fully_populated(&*place);
        place.tamper(&format!("update last_use set {altered}"));
        let mut transaction = scene.write();
        assert_integrity_error(transaction.find_last_use(5));
        assert_integrity_error(transaction.record_last_use(usage_record(
            5,
            now().plus(9),
            "gate",
            1,
        )));
        for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
            assert_integrity_error(scan_order::scan_verified(&transaction, order));
        }
        let found = transaction.find_by_digest(&digest(5));
        assert!(matches!(found, Ok(SecretLookup::Known(_))), "what opens is no matter of its uses");
    }
}

pub fn the_integrity_check_finds_a_last_use_without_credential(place: &dyn BackendSource) {
    let scene = fully_populated(place);
    place.tamper("delete from credential where seq = 5");
    let problems = scene.integrity_issues();
    let is_told =
        |problem: &IntegrityIssue| problem.0 == "credential number 5 was used, and is missing";
    assert!(problems.iter().any(is_told), "{problems:?}");
}

pub fn a_tampered_account_is_rejected(place: &dyn BackendSource) {
    for altered in ["require_user_passcode = 1", "region = 'moon'", "key = 2"] {
        let place = place.another_source();
        let scene = fully_populated(&*place);
        place.tamper(&format!("update account set {altered}"));
        assert_tampered(scene.read().find_by_digest(&digest(5)));
    }
}

pub fn a_planted_secret_is_rejected(place: &dyn BackendSource) {
    let scene = fully_populated(place);
    let planted = place.blob(&digest(99).0);
    place.tamper(&format!(
        "insert into secret (digest, credential, mac) select {planted}, 5, mac from secret where credential = 5"
    ));
    assert_tampered(scene.read().find_by_digest(&digest(99)));
    assert!(!scene.integrity_issues().is_empty());

    place.tamper(&format!("update credential set digest = {planted} where seq = 5"));
    assert_tampered(scene.read().find_by_digest(&digest(99)));
    assert_tampered(scene.read().find_by_digest(&digest(5)));
}

fn assert_tampered(found: Result<SecretLookup, StoreError>) {
    assert!(matches!(found, Ok(SecretLookup::Tampered)), "{found:?}");
}

pub fn a_missing_credential_is_detected(place: &dyn BackendSource) {
    let scene = fully_populated(place);
    place.tamper("delete from credential where seq = 5");
    let transaction = scene.read();
    for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
        assert_integrity_error(scan_order::scan_verified(&transaction, order));
    }
    assert_integrity_error(transaction.get_credential(5));
    assert_integrity_error(transaction.find_holder(
        scene.account.key,
        CredentialKind::Account,
        "untouched",
    ));
    assert_tampered(transaction.find_by_digest(&digest(5)));
    drop(transaction);
    assert!(!scene.integrity_issues().is_empty());
}

pub fn a_missing_account_is_detected(place: &dyn BackendSource) {
    let scene = fully_populated(place);
    place.tamper("delete from account");
    assert_integrity_error(scene.read().accounts());
    assert_tampered(scene.read().find_by_digest(&digest(5)));
    assert!(!scene.integrity_issues().is_empty());
}

pub fn a_name_pointing_to_a_deleted_passcode_is_rejected(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let ann = scene.add(user_passcode(1, "ann@example.com"));
    let row = begin_raw(&*place.open(), Access::Read)
        .find_unique_name(
            ann.account,
            Namespace::Credentials(CredentialKind::User),
            "ann@example.com",
        )
        .unwrap()
        .unwrap();
    scene.delete(&ann);
    restore_old_row(place, |transaction| transaction.put_unique_name(&row).unwrap());

    assert_integrity_error(scene.read().find_holder(
        ann.account,
        CredentialKind::User,
        "ann@example.com",
    ));
    assert_integrity_error(scene.read().list_holders(ann.account, CredentialKind::User, "ann", 2));
    assert!(!scene.integrity_issues().is_empty());
}

pub fn the_integrity_check_finds_a_restored_older_row(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let added = scene.add(account_passcode(1, "Partner"));
    let older: WithMac<Credential> =
        begin_raw(&*place.open(), Access::Read).find_credential(1).unwrap().unwrap();
    scene.change_credential(
        Action::Edit,
        Credential { note: Some(Note::parse("noted").unwrap()), ..added.clone() },
    );
    assert_eq!(scene.integrity_issues(), []);
    restore_old_row(place, |transaction| assert!(transaction.update_credential(&older).unwrap()));

    assert_eq!(scene.read().get_credential(1).unwrap(), added, "its seal is right");
    let problems = scene.integrity_issues();
    assert!(
        problems.iter().any(|problem| problem.0.contains(&added.id.to_string())),
        "{problems:?}"
    );
}

/// What somebody can do who has kept rows of former days.
fn restore_old_row(place: &dyn BackendSource, change: impl FnOnce(&dyn BackendTransaction)) {
    let backend = place.open();
    let transaction = begin_raw(&*backend, Access::Write);
    change(&*transaction);
    transaction.commit().unwrap();
}
