//! File modes, owners and hostile paths: created files are private, and untrusted ones are rejected unchanged.

use std::{
    collections::BTreeMap,
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink},
    path::{Path, PathBuf},
};

use rustix::{
    fs::{CWD, FileType, Mode, mknodat},
    process::geteuid,
};

use crate::support::process::{
    ProcessOutput, TestHome, finish, is_full, print_figure, require_tool,
};

const NOBODY: u32 = 65_534;

/// Makes the path of a file untrusted.
type MakeHostile = fn(&Path);

#[test]
fn files_are_private_under_every_umask() {
    require_tool("strace", "strace");
    for umask in ["0000", "0022", "0077", "0277"] {
        let home = TestHome::new();
        let run = |line: &str| {
            let script = format!("umask {umask}; exec {line}");
            let output = home.shell(&script, &[]);
            assert!(
                output.code == Some(0) || line.starts_with("strace"),
                "{umask} {line}: {output:?}"
            );
        };
        run("\"$0\" create first --days 9 --out secret.txt");
        run("\"$0\" key export --out escrow.txt");
        run("\"$0\" grant-user a@example.com --days 9");
        // Killed before it removes the files beside the store, so that their modes can be checked.
        run(
            "strace -f -qq -o /dev/null -einject=unlink:signal=KILL:when=1 \"$0\" create second --days 9",
        );
        for file in ["store.db", "store.db-wal", "store.db-shm"] {
            assert_mode(&home.store().with_file_name(file), 0o600, umask);
        }
        for file in [home.key(), home.path("secret.txt"), home.path("escrow.txt")] {
            assert_mode(&file, 0o600, umask);
        }
        for directory in
            [".local", ".local/share", ".local/share/gatepass", ".config", ".config/gatepass"]
        {
            assert_mode(&home.path(directory), 0o700, umask);
        }
        run("\"$0\" doctor");
    }
}

#[test]
fn an_untrusted_store_is_rejected_unchanged() {
    check_hostile_paths(&|home| home.store());
}

#[test]
fn an_untrusted_key_is_rejected_unchanged() {
    check_hostile_paths(&|home| home.key());
}

#[test]
fn symlinked_parent_directories_are_accepted() {
    let home = TestHome::with(&["create partner --days 9"]);
    for above in [".local/share/gatepass", ".config/gatepass", ".local"] {
        let (path, moved) =
            (home.path(above), home.path(&format!("moved-{}", above.replace('/', "-"))));
        fs::rename(&path, &moved).unwrap();
        symlink(&moved, &path).unwrap();
    }
    home.ok("create other --days 9");
    assert_eq!(home.credentials().len(), 2);
}

#[test]
fn no_store_is_created_next_to_a_hostile_file() {
    for (what, make_hostile) in [
        ("dangling link", (|path| symlink("nowhere", path).unwrap()) as MakeHostile),
        ("FIFO", fifo),
        ("directory", |path| fs::create_dir(path).unwrap()),
        ("directory open to all", |path| mode(path.parent().unwrap(), 0o777)),
    ] {
        let home = TestHome::new();
        let directory = home.store().parent().unwrap().to_owned();
        fs::create_dir_all(&directory).unwrap();
        mode(&directory, 0o700);
        make_hostile(&home.store());
        let output = home.run("create partner --days 9");
        assert_eq!(output.code, Some(7), "{what}: {output:?}");
        assert!(!home.store().is_file() && !directory.join("nowhere").exists(), "{what}");
    }
}

#[test]
fn a_file_that_is_not_a_store_is_never_replaced() {
    for (bytes, exit) in
        [(&b"not a database, and longer than its header would be".repeat(9)[..], 1), (b"short", 1)]
    {
        let home = TestHome::with(&["create partner --days 9"]);
        fs::write(home.store(), bytes).unwrap();
        for line in LINES {
            let output = home.run(line);
            assert_eq!(output.code, Some(exit), "{line}: {output:?}");
        }
        assert_eq!(fs::read(home.store()).unwrap(), bytes);
    }
}

#[test]
fn an_out_file_overwrites_nothing() {
    let home = TestHome::with(&["create partner --days 9"]);
    let ways: [(&str, MakeHostile); 4] = [
        ("file", |path| fs::write(path, "mine").unwrap()),
        ("link", |path| symlink("target", path).unwrap()),
        ("fifo", fifo),
        ("folder", |path| fs::create_dir(path).unwrap()),
    ];
    for (name, make_hostile) in ways {
        make_hostile(&home.path(name));
        let output = home.run(&format!("create new-{name} --days 9 --out {name}"));
        assert_eq!(output.code, Some(4), "{output:?}");
    }
    assert_eq!(fs::read_to_string(home.path("file")).unwrap(), "mine");
    assert!(!home.path("target").exists());
    assert_eq!(home.credentials().len(), 1);
}

/// One command of each kind that opens a store.
const LINES: [&str; 5] =
    ["create new --days 9", "list", "revoke partner --yes", "reset partner --yes", "doctor"];

/// Makes the file at a path untrusted in every way, and checks that each is rejected.
fn check_hostile_paths(path: &dyn Fn(&TestHome) -> PathBuf) {
    let mut ways: Vec<(&str, MakeHostile, &str)> = vec![
        ("symbolic link", |path| symlink(aside(path), path).unwrap(), "symbolic link"),
        ("FIFO", |path| drop((aside(path), fifo(path))), "a FIFO"),
        ("directory", |path| drop((aside(path), fs::create_dir(path).unwrap())), "a directory"),
        ("second hard link", |path| fs::hard_link(path, renamed_path(path)).unwrap(), "hard links"),
        ("mode 0644", |path| mode(path, 0o644), "chmod 600"),
        ("mode 0640", |path| mode(path, 0o640), "chmod 600"),
        ("mode 0602", |path| mode(path, 0o602), "chmod 600"),
        ("group-writable directory", |path| mode(path.parent().unwrap(), 0o770), "chmod go-w"),
        ("world-writable directory", |path| mode(path.parent().unwrap(), 0o777), "chmod go-w"),
        ("sticky directory", |path| mode(path.parent().unwrap(), 0o1777), "mkdir -m 700"),
    ];
    if geteuid().is_root() {
        ways.push(("foreign owner", |path| chown(path, Some(NOBODY), None).unwrap(), "sudo -u"));
        let parent: MakeHostile = |path| chown(path.parent().unwrap(), Some(NOBODY), None).unwrap();
        ways.push(("directory of a foreign owner", parent, "sudo -u"));
    } else {
        not_run_without_root("foreign owners");
    }
    for (what, make_hostile, expected) in ways {
        let home = TestHome::with(&["create partner --days 9"]);
        let path = path(&home);
        make_hostile(&path);
        let before = snapshot(home.root());
        for line in LINES {
            let output = home.run(line);
            assert_eq!(output.code, Some(7), "{what}, {line}: {output:?}");
            // A mode is a problem that doctor reports, with others.
            let is_report = line == "doctor" && !output.stdout.is_empty();
            let text = if is_report { &output.stdout } else { &output.stderr };
            assert!(text.contains(expected), "{what}, {line}: {output:?}");
            assert!(is_report || output.stdout.is_empty(), "{what}, {line}: {output:?}");
        }
        let check = home.run("check");
        assert_eq!(check.code, Some(3), "{what}: {check:?}");
        assert_eq!(verify(&home).code, Some(7), "{what}");
        let mut after = snapshot(home.root());
        // A reader leaves the empty write-ahead log and its index, as doctor does if only the mode is wrong.
        after.retain(|path, _| {
            let path = path.to_str().unwrap();
            before.contains_key(Path::new(path))
                || !path.ends_with("-wal") && !path.ends_with("-shm")
        });
        assert_eq!(after, before, "{what} changed something");
    }
}

fn verify(home: &TestHome) -> ProcessOutput {
    home.run_with_input("verify", &format!("gpa_{}", "0".repeat(49)))
}

fn renamed_path(path: &Path) -> PathBuf {
    path.parent().unwrap().join("other-name")
}

/// Moves the file to another name, and returns its path.
fn aside(path: &Path) -> PathBuf {
    fs::rename(path, renamed_path(path)).unwrap();
    renamed_path(path)
}

fn fifo(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn assert_mode(path: &Path, mode: u32, umask: &str) {
    let found = fs::symlink_metadata(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .mode()
        & 0o7777;
    assert_eq!(format!("{found:o}"), format!("{mode:o}"), "{} under umask {umask}", path.display());
}

/// Returns everything below a directory: its mode, its owner and the bytes of files.
fn snapshot(directory: &Path) -> BTreeMap<PathBuf, (u32, u32, Vec<u8>)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
        let (path, meta) = (entry.path(), entry.metadata().unwrap());
        if meta.is_dir() {
            found.extend(snapshot(&path));
        }
        let bytes = if meta.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        found.insert(path, (meta.mode(), meta.uid(), bytes));
    }
    found
}

#[test]
fn files_of_another_user_are_rejected_for_root_with_a_hint() {
    if !geteuid().is_root() {
        return not_run_without_root("files of another user");
    }
    let home = TestHome::with(&["create partner --days 9"]);
    let mut command = home.tool("chown");
    command.args(["-R", &NOBODY.to_string()]).arg(home.root());
    assert_eq!(finish(command.spawn().unwrap()).code, Some(0));
    for line in LINES {
        let output = home.run(line);
        assert_eq!(output.code, Some(7), "{line}: {output:?}");
        assert!(output.stderr.contains("sudo -u"), "{output:?}");
    }
}

/// Reports what was not tested and how to run it; at the full level, this is a failure.
fn not_run_without_root(what: &str) {
    let how = "sudo -E cargo test --test it process::modes";
    print_figure(&format!("modes: {what}: NOT RUN without root: {how}"));
    assert!(!is_full(), "{what}: not root: {how}");
}
