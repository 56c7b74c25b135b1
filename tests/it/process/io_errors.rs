//! Errors of the operating system are reported as such: never as a damaged store, a wrong key or a full disk.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

use rustix::process::geteuid;

use super::fault_target::{Fault, FaultTarget, TIMEOUT, ensure};
use crate::support::{
    process::{GATEPASS, ProcessOutput, TestHome, finish_within, in_parallel},
    test_env::words,
};

/// Returns a store that has a log to read.
fn home_with_log() -> TestHome {
    let home = TestHome::with(&["create alpha --days 9", "create beta --days 9"]);
    home.shell(
        "strace -f -qq -o /dev/null -einject=unlink:signal=KILL:when=1 \"$0\" edit beta --note x >/dev/null",
        &[],
    );
    assert!(fs::metadata(home.store().with_file_name("store.db-wal")).unwrap().len() > 0);
    home
}

/// Checks a run in which one system call failed with EIO. It may have succeeded without that call.
fn check_report(output: &ProcessOutput) -> Result<(), String> {
    // Nobody reads a message that could not be written.
    if output.code == Some(0) || output.stderr.is_empty() {
        return Ok(());
    }
    // SQLite does not say why it could not take a lock.
    let is_busy = output.stderr.contains("the store is busy");
    ensure(
        is_busy || output.stderr.contains("Input/output error"),
        "the system's words are missing",
    )?;
    ensure(!output.stderr.contains("backup"), "it advises to restore a backup")?;
    let is_output =
        output.stderr.contains("the change was made") || output.stderr.starts_with("error: Input");
    ensure(output.code == Some(if is_output { 1 } else { 6 }), "wrong exit code")
}

#[test]
fn every_io_error_is_reported_as_one() {
    let home = home_with_log();
    let check = |_: &TestHome, output: &ProcessOutput, fault: Fault| match fault {
        Fault::Io => check_report(output),
        Fault::Kill | Fault::NoSpace => Ok(()),
    };
    for line in [
        "list",
        "show alpha",
        "doctor",
        "revoke alpha --yes",
        "create gamma --days 9 --out secret",
        "key export --out copy",
    ] {
        FaultTarget::gatepass(line, &home, &check).assert_sound(&format!("errors of {line}"));
    }
}

/// Runs `line` while each system call `call` on `path` fails with `error`.
fn run_with_error(
    home: &TestHome,
    line: &str,
    call: &str,
    error: &str,
    path: &str,
) -> ProcessOutput {
    let mut command = home.strace();
    command.args(["-f", "-qq", "-o", "/dev/null"]);
    command.arg(format!("-einject={call}:error={error}")).arg(format!("-etrace={call}"));
    command.args(["-P", path, "--", GATEPASS]).args(words(line));
    finish_within(command.spawn().unwrap(), TIMEOUT)
}

const STAT: &str = "newfstatat,statx,lstat";
const SYNC: &str = "fdatasync,fsync";
/// The errors that are injected, in the system's words.
const ERRORS: [(&str, &str); 4] = [
    ("EIO", "Input/output error"),
    ("EMFILE", "Too many open files"),
    ("EACCES", "Permission denied"),
    ("ENOMEM", "Cannot allocate memory"),
];

#[test]
fn an_error_is_reported_in_the_systems_words() {
    let home = home_with_log();
    fs::write(home.path("users.csv"), "email\nann@x.org\n").unwrap();
    fs::write(home.path(".config/gatepass/config.toml"), "format = 'table'\n").unwrap();
    let (store, wal) = (".local/share/gatepass/store.db", ".local/share/gatepass/store.db-wal");
    let revoke = "revoke alpha --yes";
    let grant = "grant-user --from @/users.csv --days 9 --out secrets";
    let cases: [(&str, &str, &[&str]); 6] = [
        ("list", store, &["openat", "pread64", STAT]),
        (revoke, store, &["openat", "pread64", STAT]),
        (revoke, wal, &["openat", "pread64", "pwrite64", SYNC]),
        ("list", ".config/gatepass/key", &["openat", "read", STAT]),
        ("list", ".config/gatepass/config.toml", &["openat", "read", STAT]),
        (grant, "users.csv", &["openat", "read"]),
    ];
    let faults: Vec<_> = cases
        .iter()
        .flat_map(|(line, path, calls)| calls.iter().map(move |call| (*line, *path, *call)))
        .flat_map(|case| ERRORS.map(|error| (case, error)))
        .collect();
    in_parallel(&faults, |((line, path, call), (error, words))| {
        let home = home.copy();
        let root = fs::canonicalize(home.root()).unwrap();
        let (root, path) = (root.to_str().unwrap(), root.join(path));
        let line = line.replace('@', root);
        let output = run_with_error(&home, &line, call, error, path.to_str().unwrap());
        let what = format!("{line}, {call} of {}: {error}: {output:?}", path.display());
        // A file that an argument names is the user's to make readable.
        let exit = if path.ends_with("users.csv") && *error == "EACCES" { 1 } else { 6 };
        assert_eq!(output.code, Some(exit), "{what}");
        assert!(output.stderr.contains(words) && !output.stderr.contains("backup"), "{what}");
    });
}

/// The index of the log can't grow on a full disk, or on one that fails.
#[test]
fn an_index_that_cannot_grow_is_reported_for_what_it_is() {
    for (error, exit, words) in
        [("EIO", 6, "Input/output error"), ("ENOSPC", 1, "the disk is full")]
    {
        let home = TestHome::with(&["create alpha --days 9"]);
        let index =
            fs::canonicalize(home.root()).unwrap().join(".local/share/gatepass/store.db-shm");
        let output = run_with_error(&home, "list", "pwrite64", error, index.to_str().unwrap());
        assert_eq!(output.code, Some(exit), "{output:?}");
        assert!(output.stderr.contains(words), "{output:?}");
    }
}

/// A file that its owner may not read is no reason to doubt it.
#[test]
fn a_file_without_permissions_is_not_accessible() {
    for path in [".local/share/gatepass/store.db", ".config/gatepass/key"] {
        let home = TestHome::with(&["create alpha --days 9"]);
        fs::set_permissions(home.path(path), Permissions::from_mode(0o000)).unwrap();
        for line in ["list", "revoke alpha --yes", "doctor"] {
            // Root may read everything, unless it drops that right.
            let drop = if geteuid().is_root() {
                "setpriv --bounding-set=-dac_override,-dac_read_search"
            } else {
                ""
            };
            let output = home.shell(&format!("exec {drop} \"$0\" {line}"), &[]);
            assert_eq!(output.code, Some(6), "{path}, {line}: {output:?}");
            assert!(output.stderr.contains("Permission denied"), "{path}, {line}: {output:?}");
        }
    }
}
