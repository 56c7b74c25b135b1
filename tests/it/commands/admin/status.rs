//! `status`: the settings in effect and the contents of the store, which it never changes.

use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

#[test]
fn without_a_store_it_reports_where_it_looked() {
    let mut env = TestEnv::new();
    assert_snapshot!(env.run("status"), @"
    exit 3
    -- stdout
    gatepass       0.1.0
    store          ~/.local/share/gatepass/store.db (does not exist)
    key            ~/.config/gatepass/key (does not exist)
    configuration  no file
    acting as      ann@host
    ");
    let output = env.run("status --json --store ~/other.db --key-file ~/other.key");
    assert_eq!(output.exit, 3);
    assert!(output.stdout.contains(r#""store": "~/other.db""#), "{output}");
    assert!(output.stdout.contains(r#""store_exists": false"#), "{output}");
    assert_eq!(std::fs::read_dir(env.path("")).unwrap().count(), 0, "nothing was created");
}

#[test]
fn it_counts_credentials_and_names_the_next_expiry() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    env.run_ok("create globex --forever");
    env.run_ok("grant-user ann@example.org --days 20");
    env.run_ok("create initech --days 10");
    env.run_ok("revoke initech --yes");
    env.run_ok("create hooli --days 1");
    env.advance_days(2);
    assert_snapshot!(env.run("status"), @"
    exit 0
    -- stdout
    gatepass       0.1.0
    store          ~/.local/share/gatepass/store.db (version 6)
    key            ~/.config/gatepass/key (078f3070, no backup)
    configuration  no file
    account        RZ5-76K-665Z (main)
    credentials    2 active, 1 expiring, 1 expired, 1 revoked
    next expiry    ann@example.org (pc_031b3d56317bf51d7616bfe2) at 2026-12-12T06:00:00Z (in 18 d)
    acting as      ann@host
    ");
    assert_snapshot!(env.run("status --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.status/v1",
      "version": "0.1.0",
      "store": "~/.local/share/gatepass/store.db",
      "store_exists": true,
      "store_version": 6,
      "key_file": "~/.config/gatepass/key",
      "key_exists": true,
      "key_fingerprint": "078f3070",
      "key_exported_at": null,
      "config_file": null,
      "account": null,
      "accounts": [
        "RZ5-76K-665Z"
      ],
      "active": 2,
      "expiring": 1,
      "expired": 1,
      "revoked": 1,
      "deleted": 0,
      "next": "ann@example.org",
      "next_id": "pc_031b3d56317bf51d7616bfe2",
      "next_expires_at": "2026-12-12T06:00:00Z",
      "actor": "ann@host"
    }
    "#);
    env.run_ok("key export --out ~/copy");
    assert!(env.run_ok("status").contains("backed up 2026-11-24"));
    assert_eq!(env.run_ok("status --field next"), "ann@example.org\n");
    assert_eq!(env.run_ok("status --quiet"), "");
}

#[test]
fn it_names_the_configuration_and_the_selected_account() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    env.run_ok("account add Staging --id TEST-948-4KK-444Z");
    env.file("config.toml", "account = 'TEST-948-4KK-444Z'\n");
    env.env.insert("GATEPASS_CONFIG".into(), env.path("config.toml").into());
    let output = env.run_ok("status");
    assert!(output.contains("configuration  ~/config.toml\n"), "{output}");
    assert!(output.contains("account        TEST-948-4KK-444Z (Staging)\n"), "{output}");
    assert!(output.contains("credentials    none\n"), "{output}");
}

#[test]
fn it_reports_what_it_knows_of_a_store_that_it_cannot_read() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    std::fs::rename(env.key(), env.path("moved")).unwrap();
    let output = env.run("status");
    assert_ne!(output.exit, 0);
    assert!(output.stdout.contains(".config/gatepass/key (does not exist)\n"), "{output}");
    assert!(output.stderr.starts_with("error: "), "{output}");
    std::fs::rename(env.path("moved"), env.key()).unwrap();
    let database = rusqlite::Connection::open(env.store()).unwrap();
    database.pragma_update(None, "user_version", 1).unwrap();
    drop(database);
    let output = env.run("status");
    assert_eq!(output.exit, 1, "{output}");
    assert!(output.stdout.contains("store.db (version 1)\n"), "{output}");
}
