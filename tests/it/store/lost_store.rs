//! A new store and its key: made only when nothing is wrong, and never beside the key of a lost store.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

use insta::assert_snapshot;

use crate::{
    conformance::remote::{
        driver::RemoteDriver,
        network::{FOREVER, Lost},
    },
    support::{process::TestHome, test_env::TestEnv},
};

/// A command line of each command that creates stores.
const MAKERS: [&str; 6] = [
    "create acme --days 9",
    "grant-user ann@example.org --days 9",
    "grant-user --from ~/users.csv --days 9 --out ~/secrets.csv",
    "app add Roster",
    "district add North",
    "account add main",
];

fn env_with_files() -> TestEnv {
    let env = TestEnv::new();
    env.file("users.csv", "email\nann@example.org\n");
    env.file("bad.csv", "email\nnobody\n");
    env.file("weak.key", "letmein\n");
    env.file("there", "mine");
    env
}

/// Returns an environment with a key whose store is missing, or empty.
fn env_with_lost_store(is_empty: bool) -> TestEnv {
    let mut env = env_with_files();
    env.run_ok("create former --days 9");
    fs::remove_file(env.store()).unwrap();
    if is_empty {
        fs::write(env.store(), "").unwrap();
        fs::set_permissions(env.store(), Permissions::from_mode(0o600)).unwrap();
    }
    env
}

#[test]
fn a_key_without_a_store_is_an_error() {
    for maker in MAKERS {
        for is_empty in [false, true] {
            for flags in ["", "-n"] {
                let mut env = env_with_lost_store(is_empty);
                let key = fs::read(env.key()).unwrap();
                let output = env.run(&format!("{maker} {flags}"));
                assert_eq!((output.exit, output.stdout.as_str()), (3, ""), "{maker} {flags}");
                assert_eq!(env.store().exists(), is_empty, "{maker} {flags}");
                assert!(!env.path("secrets.csv").exists(), "{maker} {flags}");
                assert_eq!(fs::read(env.key()).unwrap(), key, "{maker} {flags}");
            }
        }
    }
    assert_snapshot!(env_with_lost_store(false).run(MAKERS[0]), @"
    exit 3
    -- stderr
    error: the key ~/.config/gatepass/key exists, but its store ~/.local/share/gatepass/store.db is missing or empty
    hint: its volume may not be mounted, or --store, GATEPASS_STORE or HOME may be wrong; to create a new store with this key, use --new-store
    ");
    assert_snapshot!(env_with_lost_store(true).run(&format!("{} --json", MAKERS[0])), @r#"
    exit 3
    -- stderr
    {"error":{"code":"no_store","details":null,"hint":"its volume may not be mounted, or --store, GATEPASS_STORE or HOME may be wrong; to create a new store with this key, use --new-store","message":"the key ~/.config/gatepass/key exists, but its store ~/.local/share/gatepass/store.db is missing or empty"},"schema":"gatepass.error/v1"}
    "#);
    assert_snapshot!(env_with_lost_store(true).run("list"), @"
    exit 3
    -- stderr
    error: no store at ~/.local/share/gatepass/store.db
    hint: gatepass create creates one; if there is one, check --store, GATEPASS_STORE and HOME
    ");
}

#[test]
fn a_new_store_can_use_the_key() {
    for maker in MAKERS {
        for is_empty in [false, true] {
            let mut env = env_with_lost_store(is_empty);
            let key = fs::read(env.key()).unwrap();
            let output = env.run(&format!("{maker} --new-store"));
            assert_eq!(output.exit, 0, "{maker}: {output}");
            assert!(output.stderr.contains("Created store"), "{maker}: {output}");
            assert!(!output.stderr.contains("Created key"), "{maker}: {output}");
            assert_eq!(fs::read(env.key()).unwrap(), key, "{maker}");
            assert_eq!(env.run("doctor").exit, 0, "{maker}");
        }
    }
    // Where there is nothing yet, or a store, the flag changes nothing.
    let mut env = env_with_files();
    let output = env.run("create acme --days 9 --new-store");
    assert!(output.stderr.contains("Created key"), "{output}");
    assert_eq!(env.run("create beta --days 9 --new-store").stderr, "");
    assert_eq!(env.run_ok("list -q").lines().count(), 2);
}

/// A process that is killed between its first two transactions leaves tables without rows. That store is not lost.
#[test]
fn a_store_that_was_never_initialized_is_completed() {
    let mut env = env_with_lost_store(false);
    let connection = rusqlite::Connection::open(env.store()).unwrap();
    drop(connection);
    fs::remove_file(env.store()).unwrap();
    drop(
        gatepass::store::open(
            &env.store().into(),
            gatepass::store::Mode::Create,
            gatepass::store::LockWait::Never,
        )
        .unwrap(),
    );
    assert_eq!(env.run(MAKERS[0]).exit, 0);
}

#[test]
fn nothing_is_created_before_every_check_has_passed() {
    let of_each = [
        ("--account 948-4KK-444Z", 3),
        ("--field nonsense", 2),
        ("--format nonsense", 2),
        ("-n", 3),
        ("--nonsense", 2),
    ];
    let mut lines: Vec<(String, u8)> = MAKERS
        .iter()
        .flat_map(|maker| of_each.map(|(flags, exit)| (format!("{maker} {flags}"), exit)))
        // The account of a new store is the one that is added.
        .filter(|(line, _)| !line.starts_with("account add main --account"))
        .collect();
    lines.extend(
        [
            ("create acme", 2),
            ("create 'a/b\u{7}' --days 9", 2),
            ("create acme --days 0", 2),
            ("create acme --until 2020-01-01", 2),
            ("create acme --days 9 --out ~/there", 4),
            ("create acme --days 9 --out ~/no/such/file", 1),
            ("create acme --days 9 --copy", 2),
            ("create acme --days 9 -q", 2),
            ("grant-user nobody --days 9", 2),
            ("grant-user ann@example.org --forever", 2),
            ("grant-user --from ~/bad.csv --days 9 --out ~/out", 2),
            ("grant-user --from ~/missing.csv --days 9 --out ~/out", 1),
            ("grant-user --from ~/users.csv --out ~/out", 2),
            ("grant-user --from ~/users.csv --days 9", 2),
            ("app add Roster --limit 0/min", 2),
            ("app add Roster --legacy-key-file ~/weak.key", 2),
            ("app add Roster --legacy-key-file ~/missing.key", 1),
            ("app add Roster --out ~/there", 4),
            ("district add ''", 2),
            ("account add main --id nonsense", 2),
            ("account add main --region nowhere", 2),
        ]
        .map(|(line, exit)| (line.to_owned(), exit)),
    );
    for (line, exit) in lines {
        let mut env = env_with_files();
        let output = env.run(&line);
        assert_eq!(output.exit, exit, "{line}: {output}");
        assert!(!env.store().exists() && !env.key().exists(), "{line}: {output}");
    }
}

#[test]
fn a_prompt_without_an_answer_creates_nothing() {
    let mut env = TestEnv::with_terminal();
    for maker in ["create", "grant-user"] {
        assert_eq!(env.run(maker).exit, 130, "{maker}");
        assert!(!env.store().exists() && !env.key().exists(), "{maker}");
    }
}

#[test]
fn every_command_that_creates_stores_has_the_flag() {
    fn with_flag(command: &clap::Command, path: &str, found: &mut Vec<String>) {
        for sub in command.get_subcommands() {
            let path = format!("{path} {}", sub.get_name()).trim_start().to_owned();
            if sub.get_arguments().any(|argument| argument.get_long() == Some("new-store")) {
                found.push(path.clone());
            }
            with_flag(sub, &path, found);
        }
    }
    let mut found = Vec::new();
    with_flag(&gatepass::command_tree(), "", &mut found);
    let is_maker = |path: &String| MAKERS.iter().any(|maker| maker.starts_with(path.as_str()));
    assert!(found.iter().all(is_maker), "{found:?}");
    let has_flag = |maker: &&str| found.iter().any(|path| maker.starts_with(path.as_str()));
    assert!(MAKERS.iter().all(has_flag), "{found:?}");
}

/// The commit of the first account is lost, and nobody knows whether it succeeded. The next command finds the store and has
/// no key to report.
#[test]
fn a_new_key_is_reported_even_if_the_store_is_in_doubt() {
    let mut env = TestEnv::new();
    let network = RemoteDriver::install(&mut env);
    network.refuse_after_loss(FOREVER);
    network.lose_commit(1, Lost::Answer);
    let output = env.run("create acme --days 9");
    assert_eq!(output.exit, 6, "{output}");
    assert!(output.stderr.contains("Created key"), "{output}");
    network.restore();
    let again = env.run("create acme --days 9");
    assert_eq!((again.exit, again.stderr.as_str()), (0, ""), "{again}");
}

/// A process that finds the key of another one waits until that has created the tables.
#[test]
fn an_empty_store_that_is_locked_is_waited_for() {
    let home = TestHome::new();
    home.ok("create former --days 9");
    for file in ["store.db", "store.db-wal", "store.db-shm"] {
        fs::remove_file(home.store().with_file_name(file)).ok();
    }
    fs::write(home.store(), "").unwrap();
    fs::set_permissions(home.store(), Permissions::from_mode(0o600)).unwrap();
    let creator = rusqlite::Connection::open(home.store()).unwrap();
    creator.execute_batch("begin exclusive").unwrap();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| home.run("create acme --days 9"));
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(!waiting.is_finished(), "it did not wait");
        creator.execute_batch("rollback").unwrap();
        assert_eq!(waiting.join().unwrap().code, Some(3), "nothing was created");
    });
}
