//! Modes, owners and hostile paths: what is made is private, and what can't be trusted is refused untouched.

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

/// Puts something else, or something more, where a file is or will be.
type MakeHostile = fn(&Path);

#[test]
fn files_are_private_under_every_umask() {
    require_tool("strace", "strace");
    for umask in ["0000", "0022", "0077", "0277"] {
        let home = TestHome::new();
        let run = |line: &str| {
            let script = format!("umask {umask}; exec {line}");
            let ended = home.shell(&script, &[]);
            assert!(
                ended.code == Some(0) || line.starts_with("strace"),
                "{umask} {line}: {ended:?}"
            );
        };
        run("\"$0\" create first --days 9 --out secret.txt");
        run("\"$0\" key export --out escrow.txt");
        run("\"$0\" grant-user a@example.com --days 9");
        // Killed before it takes them away, so that they can be looked at.
        run(
            "strace -f -qq -o /dev/null -einject=unlink:signal=KILL:when=1 \"$0\" create second --days 9",
        );
        for file in ["store.db", "store.db-wal", "store.db-shm"] {
            assert_mode(&home.store().with_file_name(file), 0o600, umask);
        }
        for file in [home.key(), home.path("secret.txt"), home.path("escrow.txt")] {
            assert_mode(&file, 0o600, umask);
        }
        for made in
            [".local", ".local/share", ".local/share/gatepass", ".config", ".config/gatepass"]
        {
            assert_mode(&home.path(made), 0o700, umask);
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
    for (what, make) in [
        ("a link to nowhere", (|path| symlink("nowhere", path).unwrap()) as MakeHostile),
        ("a FIFO", fifo),
        ("a directory", |path| fs::create_dir(path).unwrap()),
        ("an open directory", |path| mode(path.parent().unwrap(), 0o777)),
    ] {
        let home = TestHome::new();
        let directory = home.store().parent().unwrap().to_owned();
        fs::create_dir_all(&directory).unwrap();
        mode(&directory, 0o700);
        make(&home.store());
        let ended = home.run("create partner --days 9");
        assert_eq!(ended.code, Some(7), "{what}: {ended:?}");
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
            let ended = home.run(line);
            assert_eq!(ended.code, Some(exit), "{line}: {ended:?}");
        }
        assert_eq!(fs::read(home.store()).unwrap(), bytes);
    }
}

#[test]
fn an_out_file_overwrites_nothing() {
    let home = TestHome::with(&["create partner --days 9"]);
    let make: [(&str, MakeHostile); 4] = [
        ("file", |path| fs::write(path, "mine").unwrap()),
        ("link", |path| symlink("target", path).unwrap()),
        ("fifo", fifo),
        ("folder", |path| fs::create_dir(path).unwrap()),
    ];
    for (name, make) in make {
        make(&home.path(name));
        let ended = home.run(&format!("create new-{name} --days 9 --out {name}"));
        assert_eq!(ended.code, Some(4), "{ended:?}");
    }
    assert_eq!(fs::read_to_string(home.path("file")).unwrap(), "mine");
    assert!(!home.path("target").exists());
    assert_eq!(home.credentials().len(), 1);
}

/// One of each sort that opens a store.
const LINES: [&str; 5] =
    ["create new --days 9", "list", "revoke partner --yes", "reset partner --yes", "doctor"];

/// Spoils the file at a path in every way, and sees each refused.
fn check_hostile_paths(path: &dyn Fn(&TestHome) -> PathBuf) {
    let mut ways: Vec<(&str, MakeHostile, &str)> = vec![
        ("a symbolic link", |path| symlink(aside(path), path).unwrap(), "symbolic link"),
        ("a FIFO", |path| drop((aside(path), fifo(path))), "a FIFO"),
        ("a directory", |path| drop((aside(path), fs::create_dir(path).unwrap())), "a directory"),
        ("a second name", |path| fs::hard_link(path, renamed_path(path)).unwrap(), "hard links"),
        ("mode 0644", |path| mode(path, 0o644), "chmod 600"),
        ("mode 0640", |path| mode(path, 0o640), "chmod 600"),
        ("mode 0602", |path| mode(path, 0o602), "chmod 600"),
        ("a directory of a group", |path| mode(path.parent().unwrap(), 0o770), "chmod go-w"),
        ("a directory of all", |path| mode(path.parent().unwrap(), 0o777), "chmod go-w"),
        ("a sticky directory", |path| mode(path.parent().unwrap(), 0o1777), "mkdir -m 700"),
    ];
    if geteuid().is_root() {
        ways.push(("a foreign owner", |path| chown(path, Some(NOBODY), None).unwrap(), "sudo -u"));
        let parent: MakeHostile = |path| chown(path.parent().unwrap(), Some(NOBODY), None).unwrap();
        ways.push(("a directory of a foreign owner", parent, "sudo -u"));
    } else {
        not_run_without_root("foreign owners");
    }
    for (what, spoil, said) in ways {
        let home = TestHome::with(&["create partner --days 9"]);
        let path = path(&home);
        spoil(&path);
        let before = snapshot(home.root());
        for line in LINES {
            let ended = home.run(line);
            assert_eq!(ended.code, Some(7), "{what}, {line}: {ended:?}");
            assert!(ended.stderr.contains(said), "{what}, {line}: {ended:?}");
            assert!(ended.stdout.is_empty(), "{what}, {line}: {ended:?}");
        }
        let check = home.run("check");
        assert_eq!(check.code, Some(3), "{what}: {check:?}");
        assert_eq!(verify(&home).code, Some(7), "{what}");
        assert_eq!(snapshot(home.root()), before, "{what} changed something");
    }
}

fn verify(home: &TestHome) -> ProcessOutput {
    home.run_with_input("verify", &format!("gpa_{}", "0".repeat(49)))
}

fn renamed_path(path: &Path) -> PathBuf {
    path.parent().unwrap().join("other-name")
}

/// Moves the file aside, and answers where to.
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

/// Everything below a directory: its mode, its owner and, of a file, its bytes.
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
        return not_run_without_root("what another user owns");
    }
    let home = TestHome::with(&["create partner --days 9"]);
    let mut command = home.tool("chown");
    command.args(["-R", &NOBODY.to_string()]).arg(home.root());
    assert_eq!(finish(command.spawn().unwrap()).code, Some(0));
    for line in LINES {
        let ended = home.run(line);
        assert_eq!(ended.code, Some(7), "{line}: {ended:?}");
        assert!(ended.stderr.contains("sudo -u"), "{ended:?}");
    }
}

/// Says what was left out and how to run it; when everything is to be tried that is a failure.
fn not_run_without_root(what: &str) {
    let how = "sudo -E cargo test --test it process::modes";
    print_figure(&format!("modes: {what}: NOT RUN without root: {how}"));
    assert!(!is_full(), "{what}: not root: {how}");
}
