//! Streams, locks and disks that fail: closed pipes, an interrupt at a prompt, a locked store, full and read-only disks.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write, pipe},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::Value;

use crate::support::process::{
    GATEPASS, ProcessOutput, TestHome, finish, in_parallel, is_full, print_figure, require_tool,
};

/// The longest that the names for a completion may take, including the start of a process.
const COMPLETION_TIME: Duration = Duration::from_millis(50);

#[test]
fn a_listing_into_a_closed_pipe_is_quiet() {
    let home = home_with_long_list();
    for line in
        ["list", "list --json", "list --format jsonl", "audit list", "show user-1@example.com"]
    {
        let output = run_into_closed_pipe(&home, line);
        assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""), "{line}: {output:?}");
    }
    let mut child = home.gatepass("list --format jsonl").spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with('{'));
    let output = finish(child);
    assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_listing_that_cannot_be_written_fails() {
    let home = home_with_long_list();
    for line in ["list", "list --json", "check", "show user-1@example.com", "audit list --json"] {
        let output = run_into(&home, line, File::options().write(true).open("/dev/full").unwrap());
        let expected = if line == "check" { 3 } else { 1 };
        assert_eq!(output.code, Some(expected), "{line}: {output:?}");
        assert!(
            output.stderr.contains("could not be written") || output.stderr.contains("No space"),
            "{line}: {output:?}"
        );
    }
}

#[test]
fn a_new_secret_that_could_not_be_shown_is_revoked() {
    for (how, output, home) in with_lost_output("create partner --days 9", &[]) {
        assert_eq!(output.code, Some(1), "{how}: {output:?}");
        assert!(output.stderr.contains("was revoked"), "{how}: {output:?}");
        let credentials = home.credentials();
        assert_eq!(credentials.len(), 1, "{how}");
        assert_eq!(credentials[0]["state"], "revoked", "{how}");
        home.assert_healthy();
        home.ok("delete partner --yes");
        home.ok("create partner --days 9");
    }
}

#[test]
fn a_lost_reset_keeps_the_old_secret() {
    for (how, output, home) in with_lost_output(
        "reset partner --overlap 2d --yes",
        &["create partner --days 9 --out secret.txt"],
    ) {
        assert_eq!(output.code, Some(1), "{how}: {output:?}");
        assert!(output.stderr.contains("withdrawn"), "{how}: {output:?}");
        let old = fs::read_to_string(home.path("secret.txt")).unwrap();
        assert_eq!(home.verify(&old), Some(0), "{how}");
        assert_eq!(home.credentials()[0]["withdrawn"], Value::Bool(true), "{how}");
        home.assert_healthy();
        let new = home.ok("reset partner --yes");
        assert_eq!((home.verify(&new), home.verify(&old)), (Some(0), Some(13)));
    }
}

#[test]
fn a_secret_goes_to_a_file_though_stdout_is_closed() {
    let home = TestHome::new();
    let output = home.shell("\"$0\" create partner --days 9 --out secret.txt >&-", &[]);
    assert!(!output.has_panicked(), "{output:?}");
    let secret = fs::read_to_string(home.path("secret.txt")).unwrap();
    assert_eq!(home.verify(&secret), Some(0));
}

#[test]
fn closed_streams_cause_no_panic() {
    let home = TestHome::with(&["create partner --days 9"]);
    for (script, exit) in [
        ("\"$0\" list <&-", 0),
        ("\"$0\" list 2>&-", 0),
        ("\"$0\" show nobody 2>&-", 3),
        ("\"$0\" show nobody 2>/dev/full", 3),
        ("\"$0\" verify <&-", 10),
        ("\"$0\" revoke partner <&- >&- 2>&-", 2),
        ("\"$0\" create other --days 9 2>&-", 0),
        ("\"$0\" create third --days 9 2>/dev/full", 0),
    ] {
        let output = home.shell(script, &[]);
        assert_eq!(output.code, Some(exit), "{script}: {output:?}");
    }
    home.assert_healthy();
}

#[test]
fn an_interrupt_at_a_prompt_changes_nothing() {
    require_tool("script", "bsdutils (util-linux)");
    let home = TestHome::with(&["create partner --days 9"]);
    for (line, prompt) in [
        ("revoke partner", "[y/N]"),
        ("delete partner", "[y/N]"),
        ("reset partner", "[y/N]"),
        ("create", "Name of the partner"),
    ] {
        let mut command = home.tool("script");
        command.args(["-qefc", &format!("{GATEPASS} {line}"), "/dev/null"]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut shown = Vec::new();
        while !String::from_utf8_lossy(&shown).contains(prompt) {
            let mut byte = [0];
            stdout.read_exact(&mut byte).unwrap_or_else(|error| {
                panic!("no prompt of {line}: {error}: {}", String::from_utf8_lossy(&shown))
            });
            shown.push(byte[0]);
        }
        stdin.write_all(b"\x03").unwrap();
        stdin.flush().unwrap();
        child.stdout = Some(stdout);
        let output = finish(child);
        assert_eq!(output.code, Some(130), "{line}: {output:?}");
    }
    assert_eq!(home.credentials().len(), 1);
    assert_eq!(home.credentials()[0]["state"], "expiring");
    assert_eq!(home.credentials()[0]["generation"], 1);
}

#[test]
fn a_locked_store_is_waited_for_at_most_five_seconds() {
    let home =
        TestHome::with(&["create partner --days 9 --out secret.txt", "create other --days 9"]);
    let secret = fs::read_to_string(home.path("secret.txt")).unwrap();
    let before = home.credentials();
    let lock = Connection::open(home.store()).unwrap();
    lock.execute_batch("begin immediate").unwrap();
    let lines = [
        "create new --days 9",
        "create new --days 9 --out new.txt",
        "grant-user a@example.com --days 9",
        "edit partner --note x",
        "reset partner --yes",
        "revoke partner other --yes",
        "delete partner --yes",
        "account add second",
    ];
    let start = Instant::now();
    let children = lines.map(|line| home.gatepass(line).spawn().unwrap());
    // Commands that only read do not wait.
    assert_eq!(home.verify(&secret), Some(0));
    home.ok("list");
    home.ok("doctor");
    assert!(start.elapsed() < Duration::from_secs(4), "a reader waited for a writer");
    for (line, child) in lines.iter().zip(children) {
        let output = finish(child);
        assert_eq!(output.code, Some(6), "{line}: {output:?}");
        assert!(output.stderr.contains("nothing was changed"), "{line}: {output:?}");
        assert!(output.stdout.is_empty(), "{line}: {output:?}");
    }
    let waited = start.elapsed();
    assert!((4..9).contains(&waited.as_secs()), "it waited {waited:?}");
    lock.execute_batch("rollback").unwrap();
    drop(lock);
    assert!(!home.path("new.txt").exists());
    let ids = |items: &[Value]| items.iter().map(|item| item["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&home.credentials()), ids(&before));
    home.assert_healthy();
}

/// A lock that is released in time is not an error.
#[test]
fn a_short_lock_is_waited_out() {
    let home = TestHome::with(&["create partner --days 9"]);
    let lock = Connection::open(home.store()).unwrap();
    lock.execute_batch("begin immediate").unwrap();
    let child = home.gatepass("revoke partner --yes").spawn().unwrap();
    thread::sleep(Duration::from_secs(1));
    lock.execute_batch("rollback").unwrap();
    assert_eq!(finish(child).code, Some(0));
}

#[test]
fn completions_never_wait_or_create_anything() {
    let quickest = |home: &TestHome| {
        let once = |_| {
            let start = Instant::now();
            let output = home.run("complete-names par");
            assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""), "{output:?}");
            (start.elapsed(), output.stdout)
        };
        (0..10).map(once).min().unwrap()
    };
    let nowhere = TestHome::new();
    let (took, names) = quickest(&nowhere);
    assert!(took < COMPLETION_TIME && names.is_empty(), "{took:?} {names}");
    assert_eq!(fs::read_dir(nowhere.root()).unwrap().count(), 0, "it created something");

    let home = TestHome::with(&["create partner --days 9"]);
    let lock = Connection::open(home.store()).unwrap();
    lock.execute_batch("begin immediate").unwrap();
    let (took, names) = quickest(&home);
    print_figure(&format!("streams: names to complete in {took:?} while the store is locked"));
    assert!(took < COMPLETION_TIME, "{took:?}");
    assert_eq!(names, "partner\n");
    lock.execute_batch("rollback; pragma locking_mode = exclusive; begin exclusive").unwrap();
    let (took, _) = quickest(&home);
    assert!(took < COMPLETION_TIME, "{took:?} while nobody may read");
}

/// On a full disk, a command succeeds or fails as a whole, and reports what it did.
#[test]
fn a_full_disk_changes_nothing() {
    let script = r#"
        mount -t tmpfs -o size=1m,mode=700 none "$HOME" || exit 99
        cd "$HOME"
        "$0" create first --days 9 --out first >/dev/null || exit 98
        free=0
        while [ $free -le 40 ]; do
            rm -f filler
            have=$(stat -f -c %a "$HOME")
            [ $have -gt $free ] && dd if=/dev/zero of=filler bs=4096 count=$((have - free)) 2>/dev/null
            "$0" create "p$free" --days 9 --out "secret$free" >/dev/null 2>"$2"
            exit=$?
            rm -f filler
            case $exit in
                0) "$0" verify <"secret$free" >/dev/null || echo "free $free: acknowledged, but not valid" ;;
                1) [ -e "secret$free" ] && echo "free $free: a file is left" ;;
                *) echo "free $free: exit $exit $(cat "$2")" ;;
            esac
            [ $exit = 0 ] || grep -q 'nothing was changed\|No space' "$2" || echo "free $free: $(cat "$2")"
            "$0" doctor >/dev/null || echo "free $free: doctor objects"
            "$0" show "p$free" -q >/dev/null 2>&1
            shown=$?
            [ $exit = 0 ] && [ $shown != 0 ] && echo "free $free: acknowledged, but missing"
            [ $exit != 0 ] && [ $shown = 0 ] && echo "free $free: failed, but created"
            echo "exit=$exit" >>"$1"
            free=$((free + 1))
        done
    "#;
    let (home, log) = (TestHome::new(), TestHome::new());
    let (stderr, log) = (log.path("stderr"), log.path("exits"));
    let output = mounted(&home, script, &[log.to_str().unwrap(), stderr.to_str().unwrap()]);
    if output.code == Some(99) || output.code == Some(1) && output.stderr.contains("unshare") {
        return not_run("a full disk", &output);
    }
    assert_eq!((output.code, output.stdout.as_str()), (Some(0), ""), "{output:?}");
    let exits = fs::read_to_string(&log).unwrap();
    let count = |code: i32| exits.lines().filter(|line| *line == format!("exit={code}")).count();
    print_figure(&format!("streams: full disk: {} failed, {} succeeded", count(1), count(0)));
    assert!(count(1) > 0 && count(0) > 0, "the disk was never full, or always: {exits}");
}

/// Reading does not write, so commands can read a store on a read-only file system, or report why they can't.
#[test]
fn a_read_only_disk_gives_correct_answers() {
    let script = r#"
        "$0" create partner --days 9 --out "$HOME/secret" >/dev/null || exit 98
        mount --bind "$HOME" "$HOME" && mount -o remount,ro,bind "$HOME" || exit 99
        "$0" verify <"$HOME/secret" >/dev/null; echo "verify $?"
        "$0" create other --days 9 >"$1"; echo "create $?"
        "$0" list -q >/dev/null; echo "list $?"
    "#;
    let (home, other) = (TestHome::new(), TestHome::new());
    let output = mounted(&home, script, &[other.path("stdout").to_str().unwrap()]);
    if output.code == Some(99) || output.code == Some(1) && output.stderr.contains("unshare") {
        return not_run("a read-only disk", &output);
    }
    let allowed = ["verify 0", "verify 6", "list 0", "list 6", "create 6", "create 7"];
    assert!(output.stdout.lines().all(|line| allowed.contains(&line)), "{output:?}");
    assert_eq!(output.stdout.lines().count(), 3, "{output:?}");
    print_figure(&format!("streams: read-only disk: {}", output.stdout.replace('\n', "; ")));
}

/// The first command on an older store migrates it. If that is impossible, it reports so and what to do.
#[test]
fn an_unwritable_older_store_is_reported() {
    let script = r#"
        mkdir -m 700 -p "$HOME/.local/share/gatepass" "$HOME/.config/gatepass" || exit 98
        umask 077
        cp "$1/store.db" "$2" && cp "$1/key" "$HOME/.config/gatepass/key" || exit 98
        mount --bind "$2" "$2" && mount -o remount,ro,bind "$2" || exit 99
        "$0" list; echo "list $?"
        "$0" edit acme --note x; echo "edit $?"
        "$0" complete-names a; echo "names $?"
        umount "$2"
        "$0" list -q >/dev/null; echo "list $?"
    "#;
    let home = TestHome::new();
    let stores = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/stores/0.1.0");
    let store = home.path(".local/share/gatepass/store.db");
    let output = mounted(&home, script, &[stores, store.to_str().unwrap()]);
    if output.code == Some(99) || output.code == Some(1) && output.stderr.contains("unshare") {
        return not_run("an unwritable older store", &output);
    }
    assert_eq!(output.stdout, "list 1\nedit 6\nnames 0\nlist 0\n", "{output:?}");
    let expected = "error: the store has version 1 and must be upgraded to version 4, but it cannot be written\n\
        hint: nothing was changed; run gatepass list once as a user who may write the file\n";
    assert!(output.stderr.starts_with(expected), "{output:?}");
}

/// Runs a script in its own mount namespace.
fn mounted(home: &TestHome, script: &str, words: &[&str]) -> ProcessOutput {
    require_tool("unshare", "util-linux");
    let mut command: Command = home.tool("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", script, GATEPASS]).args(words);
    finish(command.spawn().unwrap())
}

/// Reports what was not tested and how to run it; at the full level, this is a failure.
fn not_run(what: &str, output: &ProcessOutput) {
    let how =
        "sudo sysctl kernel.unprivileged_userns_clone=1, or run as root with --cap-add SYS_ADMIN";
    print_figure(&format!("streams: {what}: NOT RUN, mounting is not permitted: {how}"));
    assert!(!is_full(), "{what}: mounting is not permitted: {how}: {output:?}");
}

/// Runs a command whose secret can't be written in each possible way, each in a home of its own.
fn with_lost_output(line: &str, before: &[&str]) -> Vec<(&'static str, ProcessOutput, TestHome)> {
    let ways = ["closed pipe", "/dev/full", "closed", "/dev/null"];
    in_parallel(&ways, |way| {
        let home = TestHome::with(before);
        let output = match *way {
            "closed pipe" => run_into_closed_pipe(&home, line),
            "/dev/full" => home.shell(&format!("\"$0\" {line} >/dev/full"), &[]),
            "closed" => home.shell(&format!("\"$0\" {line} >&-"), &[]),
            _ => home.shell(&format!("\"$0\" {line} >/dev/null"), &[]),
        };
        (*way, output, home)
    })
}

fn run_into_closed_pipe(home: &TestHome, line: &str) -> ProcessOutput {
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    run_into(home, line, writer)
}

fn run_into(home: &TestHome, line: &str, stdout: impl Into<Stdio>) -> ProcessOutput {
    finish(home.gatepass(line).stdout(stdout).spawn().unwrap())
}

/// Creates a store whose list is longer than a pipe's buffer.
fn home_with_long_list() -> TestHome {
    let home = TestHome::with(&["create partner --days 9"]);
    let users: String = (0..400).map(|number| format!("user-{number}@example.com\n")).collect();
    fs::write(home.path("users.csv"), format!("email\n{users}")).unwrap();
    home.ok("grant-user --from users.csv --days 9 --out secrets.csv");
    home
}
