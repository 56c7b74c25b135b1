//! `doctor`.

use insta::assert_snapshot;

use crate::support::{credentials_fixture::credentials_fixture, test_env::TestEnv};

#[test]
fn a_sound_store_passes_with_advice() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (078f3070)
    account  RZ5-76K-665Z (main)
    advice: the key has no backup; without it the store cannot be read (back it up: gatepass key export --out FILE)
    advice: 1 credential has expired (gatepass delete --expired)
    advice: there is no history mark of this store in ~/.local/state/gatepass yet; the next change writes it
    No problems found
    ");
    env.run_ok(&format!("key export --out {}", env.path("escrow").display()));
    env.run_ok("delete old --yes");
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (078f3070)
    account  RZ5-76K-665Z (main)
    No problems found
    ");
    assert_snapshot!(env.run("doctor --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.doctor/v1",
      "verifies": true,
      "problems": [],
      "advice": [],
      "store": "~/.local/share/gatepass/store.db",
      "store_version": 6,
      "key_file": "~/.config/gatepass/key",
      "key_fingerprint": "078f3070",
      "accounts": [
        {
          "id": "RZ5-76K-665Z",
          "name": "main"
        }
      ]
    }
    "#);
}

#[test]
fn a_missing_store_is_reported_as_missing() {
    assert_snapshot!(TestEnv::new().run("doctor"), @"
    exit 3
    -- stderr
    error: no store at ~/.local/share/gatepass/store.db
    hint: gatepass create creates one; if there is one, check --store, GATEPASS_STORE and HOME
    ");
}

#[test]
fn tampering_is_found_and_stops_listing() {
    let mut env = credentials_fixture();
    let store = rusqlite::Connection::open(env.store()).unwrap();
    let changed =
        store.execute("update credential set expires_at = expires_at + 1 where owner = 'beta'", ());
    assert_eq!(changed.unwrap(), 1);
    drop(store);
    assert_snapshot!(env.run("doctor"), @"
    exit 8
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (078f3070)
    account  RZ5-76K-665Z (main)
    problem: account passcode pc_72a22e6128f4d4431fdae559 (beta) was changed outside gatepass
    problem: a digest belongs to account passcode pc_72a22e6128f4d4431fdae559 (beta), which is missing or was changed
    problem: a name is wrongly held by account passcode pc_72a22e6128f4d4431fdae559 (beta)
    problem: the counter with key -2 is wrong
    problem: the counter with key 20799 is wrong
    5 problems: keep a copy of the store, then restore a backup or run gatepass store repair
    ");
    // The records before it are listed, and the document is left incomplete, so that no reader takes it for whole.
    let output = env.run("list --json");
    assert_eq!(output.exit, 8);
    assert!(output.stdout.contains("acme") && !output.stdout.contains("summary"), "{output}");
    assert!(serde_json::from_str::<serde_json::Value>(&output.stdout).is_err());
    let error: serde_json::Value = serde_json::from_str(&output.stderr).unwrap();
    assert_eq!(error["error"]["code"], "integrity");
    assert_snapshot!(env.run("list"), @"
    exit 8
    -- stdout
    ID                           NAME  KIND     STATE   EXPIRES               LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme  account  active  2027-02-20T06:00:00Z  80 d  the first partner
    -- stderr
    error: the store failed verification: credential number 2 was changed outside gatepass
    hint: gatepass doctor shows details; keep a copy of the store, then restore a backup or run gatepass store repair
    ");
    env.stdout_limit = Some(0);
    assert_eq!(env.run("doctor").exit, 8, "where nobody reads it, too");
}

#[test]
fn quiet_prints_nothing_on_success() {
    let mut env = credentials_fixture();
    for line in ["doctor -q", "audit verify -q"] {
        let output = env.run(line);
        assert_eq!(
            (output.exit, output.stdout.as_str(), output.stderr.as_str()),
            (0, "", ""),
            "{line}"
        );
    }
    let store = rusqlite::Connection::open(env.store()).unwrap();
    store.execute("update audit set action = 'edit' where seq = 3", ()).unwrap();
    drop(store);
    assert_snapshot!(env.run("doctor -q"), @"
    exit 8
    -- stdout
    problem: the audit log is broken at record 3
    problem: pc_72a22e6128f4d4431fdae559 does not match its last audit record
    problem: pc_031b3d56317bf51d7616bfe2 does not match its last audit record
    problem: pc_9e57be1e4a7d3eafab43a982 does not match its last audit record
    problem: pc_c24fff62122ae756b9ffa05d does not match its last audit record
    problem: pc_fcd27ed352087b78abbf8378 does not match its last audit record
    problem: pc_aff9bbcda26ad7c4b7b7ae79 does not match its last audit record
    7 problems: keep a copy of the store, then restore a backup or run gatepass store repair
    ");
    assert_snapshot!(env.run("audit verify -q"), @"
    exit 8
    -- stderr
    error: the store failed verification: the audit log is broken at record 3
    hint: gatepass doctor shows details; keep a copy of the store, then restore a backup or run gatepass store repair
    ");
    assert_snapshot!(env.run("audit list"), @"
    exit 8
    -- stdout
    SEQ  AT                    ACTION       SUBJECT                      NAME  ACTOR     CHANGES
      1  2026-11-22T06:00:00Z  account-add  RZ5-76K-665Z                 main  ann@host
      2  2026-11-22T06:00:00Z  create       pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host
    -- stderr
    error: the store failed verification: the audit log is broken at record 3
    hint: gatepass doctor shows details; keep a copy of the store, then restore a backup or run gatepass store repair
    ");
}
