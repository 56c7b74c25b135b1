//! Where settings come from: paths with `~/`, and whose configuration file is read.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt, chown, symlink},
    path::Path,
};

use insta::assert_snapshot;
use rustix::process::geteuid;

use crate::support::test_env::TestEnv;

const CONFIG: &str = ".config/gatepass/config.toml";

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Returns an environment with a store, and with a configuration file that selects CSV.
fn configured_env() -> TestEnv {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    env.file(CONFIG, "format = 'csv'\n");
    env
}

#[test]
fn the_home_directory_is_expanded_wherever_a_path_is_set() {
    let from_variables = |env: &mut TestEnv| {
        env.env.insert("GATEPASS_STORE".into(), "~/place/store.db".into());
        env.env.insert("GATEPASS_KEY_FILE".into(), "~/place/key".into());
    };
    let from_file = |env: &mut TestEnv| {
        env.file("my.toml", "store = '~/place/store.db'\nkey-file = '~/place/key'\n");
        env.env.insert("GATEPASS_CONFIG".into(), "~/my.toml".into());
    };
    for set in [from_variables as fn(&mut TestEnv), from_file] {
        let mut env = TestEnv::new();
        set(&mut env);
        env.run_ok("create acme --days 9");
        assert!(env.path("place/store.db").exists() && env.path("place/key").exists());
    }
    let mut env = TestEnv::new();
    let line = ["create", "acme", "--days=9", "--store=~/place/store.db", "--key-file=~/place/key"];
    assert_eq!(env.run_words(&line.map(Into::into), b"").exit, 0);
    assert!(env.path("place/store.db").exists() && env.path("place/key").exists());
    assert!(!Path::new("~").exists());
}

#[test]
fn a_configuration_file_that_others_may_change_is_rejected() {
    let mut env = configured_env();
    let (file, directory) = (env.path(CONFIG), env.path(".config/gatepass"));
    for mode in [0o600, 0o644, 0o444] {
        set_mode(&file, mode);
        assert!(env.run_ok("list").starts_with("schema,id,"), "{mode:o}");
    }
    set_mode(&file, 0o666);
    assert_snapshot!(env.run("list"), @"
    exit 7
    -- stderr
    error: configuration file ~/.config/gatepass/config.toml is writable by other users (mode 0666)
    hint: chmod go-w ~/.config/gatepass/config.toml
    ");
    set_mode(&file, 0o644);
    let rejected = |env: &mut TestEnv, what: &str| {
        for line in ["list", "create new --days 9", "serve", "status"] {
            let output = env.run(line);
            assert_eq!(output.exit, 7, "{what}, {line}: {output}");
            assert!(output.stderr.contains("configuration file"), "{what}, {line}: {output}");
        }
    };
    set_mode(&file, 0o620);
    rejected(&mut env, "writable by the group");
    set_mode(&file, 0o644);
    for mode in [0o777, 0o1777, 0o770] {
        set_mode(&directory, mode);
        rejected(&mut env, "directory");
    }
    set_mode(&directory, 0o755);
    if geteuid().is_root() {
        chown(&file, Some(65_534), None).unwrap();
        rejected(&mut env, "foreign owner");
        chown(&file, Some(0), None).unwrap();
    }
    fs::rename(&file, directory.join("moved")).unwrap();
    symlink("moved", &file).unwrap();
    rejected(&mut env, "link");
    env.env.insert("GATEPASS_CONFIG".into(), "~/.config/gatepass/moved".into());
    assert!(env.run_ok("list").starts_with("schema,id,"));
}

#[test]
fn no_configuration_file_can_be_requested() {
    let mut env = configured_env();
    set_mode(&env.path(CONFIG), 0o666);
    env.env.insert("GATEPASS_CONFIG".into(), "/dev/null".into());
    assert!(!env.run_ok("list").starts_with("schema,id,"));
}
