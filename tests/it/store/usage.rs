//! The usage that a gate records, and the commands that show it.

use gatepass::{
    domain::{credential::secret::Plaintext, instant::Instant, seq::CredentialSeq, usage::LastUse},
    ops::{
        OpError,
        credential::{overlap, usage::record_usage},
    },
    store::{Access, Store, StoreError},
};
use insta::assert_snapshot;

use crate::support::{
    credentials_fixture::credentials_fixture,
    records::{all_days, reported, reported_by_day, usage_record},
    test_env::TestEnv,
};

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap()
}

fn last_use(store: &Store, number: i64) -> Option<LastUse> {
    store.begin(Access::Read).unwrap().find_last_use(CredentialSeq(number)).unwrap()
}

#[test]
fn a_usage_batch_skips_unknown_credentials() {
    let mut env = credentials_fixture();
    let store = env.open_store();
    let (early, late) = (at("2026-12-01T06:00:00Z"), at("2026-12-01T07:00:00Z"));
    let batch = [
        usage_record(CredentialSeq(1), early, "192.0.2.1", 2),
        usage_record(CredentialSeq(99), early, "192.0.2.9", 1),
        usage_record(CredentialSeq(2), late, "192.0.2.2", 3),
        usage_record(CredentialSeq(1), late, "192.0.2.3", 1),
    ];
    record_usage(&store, &batch.map(reported)).unwrap();
    assert_eq!(last_use(&store, 1), Some(usage_record(CredentialSeq(1), late, "192.0.2.3", 3)));
    assert_eq!(last_use(&store, 2), Some(usage_record(CredentialSeq(2), late, "192.0.2.2", 3)));
    assert_eq!(last_use(&store, 99), None);

    record_usage(&store, &[reported(usage_record(CredentialSeq(1), early, "192.0.2.4", 4))])
        .unwrap();
    record_usage(&store, &[]).unwrap();
    assert_eq!(last_use(&store, 1), Some(usage_record(CredentialSeq(1), late, "192.0.2.3", 7)));
    drop(store);
    let log = env.run_ok("audit list");
    assert_eq!(env.run("doctor").exit, 0);
    assert!(!log.contains("use"), "usage is not audited: {log}");
}

#[test]
fn a_usage_batch_with_a_tampered_row_is_rejected() {
    let env = credentials_fixture();
    let store = env.open_store();
    let now = at("2026-12-01T06:00:00Z");
    record_usage(&store, &[reported(usage_record(CredentialSeq(2), now, "192.0.2.1", 1))]).unwrap();
    let owner = rusqlite::Connection::open(env.store()).unwrap();
    owner.execute("update last_use set count = 9", []).unwrap();
    let batch = [
        usage_record(CredentialSeq(1), now, "192.0.2.1", 1),
        usage_record(CredentialSeq(2), now, "192.0.2.1", 1),
    ];
    let result = record_usage(&store, &batch.map(reported));
    assert!(matches!(result, Err(OpError::Store(StoreError::Integrity(_)))), "{result:?}");
    assert_eq!(last_use(&store, 1), None);
}

/// Usage of the other credentials, legacy keys included, is recorded as usual.
#[test]
fn a_tampered_legacy_key_does_not_block_usage() {
    let mut env = TestEnv::new();
    for (app, key) in [
        ("Tampered", "9f86d081884c7d659a2feaa0c55ad015"),
        ("Older", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5"),
        ("Intact", "b1946ac92492d2347c6235b4d2611184"),
    ] {
        let output = env.run_with_input(&format!("app add {app} --legacy-key-file -"), key);
        assert_eq!(output.exit, 0, "{output}");
    }
    env.run_for_secret("create acme --days 90");
    let owner = rusqlite::Connection::open(env.store()).unwrap();
    owner.execute("update credential set created_by = 'mallory' where seq = 1", []).unwrap();
    owner.execute("update holding set mac = randomblob(16) where holder = 2", []).unwrap();

    let (store, now) = (env.open_store(), at("2026-12-01T06:00:00Z"));
    let batch = [
        reported_by_day(usage_record(CredentialSeq(3), now, "192.0.2.1", 2)),
        reported(usage_record(CredentialSeq(4), now, "192.0.2.1", 1)),
    ];
    record_usage(&store, &batch).unwrap();
    assert_eq!(last_use(&store, 4), Some(usage_record(CredentialSeq(4), now, "192.0.2.1", 1)));
    let mut tx = store.begin(Access::Read).unwrap();
    let days = tx.list_daily_usage(CredentialSeq(3), all_days()).unwrap();
    assert_eq!(days.iter().map(|day| day.count).collect::<Vec<_>>(), [2]);
}

#[test]
fn an_edit_that_could_not_be_shown_is_rolled_back() {
    let mut env = TestEnv::new();
    env.run_for_secret("create acme --days 90");
    let usage = usage_record(CredentialSeq(1), at("2026-12-01T06:00:00Z"), "192.0.2.1", 1);
    record_usage(&env.open_store(), &[reported(usage)]).unwrap();
    let owner = rusqlite::Connection::open(env.store()).unwrap();
    owner.execute("update last_use set count = 9", []).unwrap();
    assert_eq!(env.run("edit acme --note new").exit, 8);
    assert!(!env.run_ok("audit list").contains("edit"), "nothing was changed");
    assert_eq!(env.run("revoke acme --yes").exit, 0, "revoking still works");
}

/// Resets partner `acme`, credential 1, with these flags. Returns its old and its new secret as well.
fn reset(flags: &str) -> (TestEnv, String, String) {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("create acme --days 90");
    let new = env.run_for_secret(&format!("reset acme --yes {flags}"));
    (env, old, new)
}

/// Does what a gate does after the first use of a secret. Returns whether an overlap ended.
fn record_first_use(env: &TestEnv, credential: i64, secret: &str) -> bool {
    let store = env.open_store();
    let digest = store.digest(Plaintext::parse(secret.as_bytes()).unwrap().expose());
    overlap::record_first_use(&env.op_context(&store), CredentialSeq(credential), &digest).unwrap()
}

#[test]
fn the_first_use_of_the_new_secret_ends_the_old_one() {
    let (mut env, old, new) = reset("--overlap 7d --until-used");
    assert_eq!(env.run_with_input("verify", &old).exit, 0);
    assert!(!record_first_use(&env, 1, &old), "the old secret");
    assert!(!record_first_use(&env, 2, &new), "unknown credential");
    assert_eq!(env.run_with_input("verify", &old).exit, 0);

    assert!(record_first_use(&env, 1, &new));
    assert!(!record_first_use(&env, 1, &new), "the overlap has ended");
    assert_eq!(env.run_with_input("verify", &old).exit, 13);
    assert_eq!(env.run_with_input("verify", &new).exit, 0);
    assert_snapshot!(env.run("audit list"), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION       SUBJECT                      NAME  ACTOR     CHANGES
      1  2026-11-22T06:00:00Z  account-add  RZ5-76K-665Z                 main  ann@host
      2  2026-11-22T06:00:00Z  create       pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host
      3  2026-11-22T06:00:00Z  reset-begin  pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host  undelivered reset none → 2026-11-22
      4  2026-11-22T06:00:00Z  reset        pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host  secret 1 → 2; old secret until none → 2026-11-29; until the new one is used false → true; undelivered reset 2026-11-22 → none
      5  2026-11-22T06:00:00Z  overlap-end  pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host  old secret until 2026-11-29 → none; until the new one is used true → false
    ");
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn a_use_does_not_end_a_plain_overlap() {
    for flags in ["", "--overlap 7d"] {
        let (mut env, old, new) = reset(flags);
        assert!(!record_first_use(&env, 1, &new), "{flags}");
        let exit = if flags.is_empty() { 13 } else { 0 };
        assert_eq!(env.run_with_input("verify", &old).exit, exit, "{flags}");
        assert_eq!(env.run("doctor").exit, 0, "{flags}");
    }
    let (env, _, new) = reset("--until-used");
    env.advance_days(30);
    assert!(!record_first_use(&env, 1, &new), "the overlap is over");
    let (mut env, _, new) = reset("--until-used");
    env.run_ok("revoke acme --yes");
    assert!(!record_first_use(&env, 1, &new), "the credential is revoked");
}

/// The new secret could not be printed and was withdrawn, so that only the old one is left.
#[test]
fn the_last_remaining_secret_is_not_ended() {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("create acme --days 90");
    env.stdout_limit = Some(0);
    assert_eq!(env.run("reset acme --until-used --yes").exit, 1);
    env.stdout_limit = None;
    assert!(!record_first_use(&env, 1, &old));
    assert_eq!(env.run_with_input("verify", &old).exit, 0);
}

/// Like [`credentials_fixture`]; `acme` was used three times an hour ago, Ann's passcode once six days ago.
fn used_credentials_fixture() -> TestEnv {
    let env = credentials_fixture();
    let batch = [
        usage_record(CredentialSeq(1), at("2026-12-02T05:00:00Z"), "192.0.2.1", 3),
        usage_record(CredentialSeq(6), at("2026-11-26T06:00:00Z"), "2001:db8::1", 1),
    ];
    record_usage(&env.open_store(), &batch.map(reported)).unwrap();
    env
}

#[test]
fn details_and_fields_show_the_last_use() {
    let mut env = used_credentials_fixture();
    assert_snapshot!(env.run("show acme"), @"
    exit 0
    -- stdout
    id         pc_65511a5d129d4ed6c9cd2b3f
    name       acme
    kind       account passcode of RZ5-76K-665Z
    state      active
    expires    2027-02-20T06:00:00Z (in 80 d)
    lifetime   90 days
    created    2026-11-22T06:00:00Z by ann@host
    last used  2026-12-02T05:00:00Z from 192.0.2.1, 3 uses
    note       the first partner
    ");
    assert_snapshot!(env.run("show ann@example.org"), @"
    exit 0
    -- stdout
    id         pc_fcd27ed352087b78abbf8378
    user       ann@example.org
    kind       user passcode of RZ5-76K-665Z
    state      active
    expires    2036-11-22T06:00:00Z (in 3643 d)
    lifetime   infinite (10 years)
    created    2026-11-22T06:00:00Z by ann@host
    last used  2026-11-26T06:00:00Z from 2001:db8::1, 1 use
    ");
    assert!(!env.run_ok("show beta").contains("used"));
    let mut fields = |name: &str| {
        let document: serde_json::Value =
            serde_json::from_str(&env.run_ok(&format!("show {name} --json"))).unwrap();
        ["last_used_at", "last_used_from", "uses"]
            .map(|field| document[field].to_string())
            .join(" ")
    };
    assert_eq!(fields("acme"), r#""2026-12-02T05:00:00Z" "192.0.2.1" 3"#);
    assert_eq!(fields("beta"), "null null 0");
}

#[test]
fn output_of_changes_shows_the_last_use() {
    let mut env = used_credentials_fixture();
    for line in [
        "edit acme --note x",
        "create acme --days 9 --if-missing",
        "reset acme --yes --out ~/secret",
        "revoke acme --yes",
        "delete acme --yes",
    ] {
        let output = env.run_ok(&format!("{line} --json"));
        assert!(output.contains("192.0.2.1"), "{line}: {output}");
    }
}

#[test]
fn a_list_shows_last_uses_if_there_are_any() {
    let mut env = used_credentials_fixture();
    assert_snapshot!(env.run("list"), @"
    exit 0
    -- stdout
    ID                           NAME             KIND     STATE     EXPIRES                 LEFT  LAST USE  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme             account  active    2027-02-20T06:00:00Z    80 d   1 h ago  the first partner
    pc_72a22e6128f4d4431fdae559  beta             account  expiring  2026-12-12T06:00:00Z    10 d     never
    pc_031b3d56317bf51d7616bfe2  old              account  expired   2026-11-25T06:00:00Z             never
    pc_9e57be1e4a7d3eafab43a982  gone             account  revoked   never                            never
    pc_fcd27ed352087b78abbf8378  ann@example.org  user     active    2036-11-22T06:00:00Z  3643 d   6 d ago
    pc_aff9bbcda26ad7c4b7b7ae79  Bob@Example.org  user     expiring  2026-12-04T06:00:00Z     2 d     never
    ");
    env.terminal = TestEnv::with_terminal().terminal;
    env.terminal.width = Some(80);
    assert_snapshot!(env.run_ok("list --color never"), @"
    ID           NAME             STATE     EXPIRES              LEFT  LAST USE
    pc_65511a5d  acme             active    2027-02-20T06:00Z    80 d   1 h ago
    pc_72a22e61  beta             expiring  2026-12-12T06:00Z    10 d     never
    pc_031b3d56  old              expired   2026-11-25T06:00Z             never
    pc_9e57be1e  gone             revoked   never                         never
    pc_fcd27ed3  ann@example.org  active    2036-11-22T06:00Z  3643 d   6 d ago
    pc_aff9bbcd  Bob@Example.org  expiring  2026-12-04T06:00Z     2 d     never
    ");
}

#[test]
fn unused_credentials_can_be_listed() {
    let mut env = used_credentials_fixture();
    let mut names = |line: &str| {
        let rows = env.run_ok(&format!("list {line} --format csv"));
        let name = |row: &str| row.split(',').skip(4).take(2).collect::<String>();
        rows.lines().skip(1).map(name).collect::<Vec<_>>().join(" ")
    };
    // All credentials were created ten days ago.
    assert_eq!(names("--unused 0"), "acme beta old gone ann@example.org Bob@Example.org");
    assert_eq!(names("--unused 1"), "beta old gone ann@example.org Bob@Example.org");
    assert_eq!(names("--unused 6"), "beta old gone ann@example.org Bob@Example.org");
    assert_eq!(names("--unused 7"), "beta old gone Bob@Example.org");
    assert_eq!(names("--unused 10"), "beta old gone Bob@Example.org");
    assert_eq!(names("--unused 11"), "");
    assert_eq!(
        names("--unused 11 --at 2026-12-07T06:00:00Z"),
        "beta old gone ann@example.org Bob@Example.org"
    );
    assert_eq!(names("--unused 7 --state active,expiring"), "beta Bob@Example.org");
    assert_eq!(names("--unused 7 --expiring"), "beta old Bob@Example.org");
    assert_eq!(names("--unused 7 --kind user --sort name"), "Bob@Example.org");
    assert_snapshot!(env.run("list --unused 7 --kind user"), @"
    exit 0
    -- stdout
    ID                           NAME             KIND  STATE     EXPIRES               LEFT  LAST USE  REMARK
    pc_aff9bbcda26ad7c4b7b7ae79  Bob@Example.org  user  expiring  2026-12-04T06:00:00Z   2 d     never
    ");
}

#[test]
fn usage_columns_are_hidden_until_there_is_usage() {
    let mut env = credentials_fixture();
    assert!(!env.run_ok("list").contains("LAST USE"));
    assert_snapshot!(env.run("list --unused 3 --kind user"), @"
    exit 0
    -- stdout
    ID                           NAME             KIND  STATE     EXPIRES                 LEFT  LAST USE  REMARK
    pc_fcd27ed352087b78abbf8378  ann@example.org  user  active    2036-11-22T06:00:00Z  3643 d     never
    pc_aff9bbcda26ad7c4b7b7ae79  Bob@Example.org  user  expiring  2026-12-04T06:00:00Z     2 d     never
    ");
}

#[test]
fn a_tampered_last_use_is_reported() {
    let mut env = used_credentials_fixture();
    let owner = rusqlite::Connection::open(env.store()).unwrap();
    owner.execute("update last_use set peer = '203.0.113.1' where credential = 1", []).unwrap();
    drop(owner);
    assert_snapshot!(env.run("show acme"), @"
    exit 8
    -- stderr
    error: the store failed verification: the last use of credential number 1 was changed outside gatepass
    hint: gatepass doctor shows details; keep a copy of the store, then restore a backup or run gatepass store repair
    ");
    assert_snapshot!(env.run("doctor"), @"
    exit 8
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (078f3070)
    account  RZ5-76K-665Z (main)
    problem: the last use of account passcode pc_65511a5d129d4ed6c9cd2b3f (acme) was changed outside gatepass
    1 problem: keep a copy of the store, then restore a backup or run gatepass store repair
    ");
    assert_eq!(env.run("list").exit, 8);
    assert_eq!(env.run("list --expiring").exit, 0);
    assert_eq!(env.run("revoke acme --yes").exit, 0, "revoking does not depend on usage");
}
