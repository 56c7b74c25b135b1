//! Streams and locks that fail: closed pipes, an interrupt at a prompt, a locked store.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write, pipe},
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::Value;

use crate::support::process::{
    GATEPASS, ProcessOutput, TestHome, finish, in_parallel, print_figure, require_tool,
};

/// The longest that the names for a completion may take, including the start of a process.
const COMPLETION_TIME: Duration = Duration::from_millis(50);

#[test]
fn a_listing_into_a_closed_pipe_is_quiet() {
    let home = home_with_long_list();
    for line in [
        "list",
        "list --json",
        "list --format jsonl",
        "list --format csv",
        "audit list",
        "show user-1@example.com",
    ] {
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
        assert!(output.stderr.contains("its old secret stays valid"), "{how}: {output:?}");
        let old = fs::read_to_string(home.path("secret.txt")).unwrap();
        assert_eq!(home.verify(&old), Some(0), "{how}");
        assert_eq!(home.credentials()[0]["undelivered_reset_at"], Value::Null, "{how}");
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
            let output = home.run("complete fish gatepass show par");
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
    assert_eq!(names, "partner\taccount passcode\n");
    lock.execute_batch("rollback; pragma locking_mode = exclusive; begin exclusive").unwrap();
    let (took, _) = quickest(&home);
    assert!(took < COMPLETION_TIME, "{took:?} while nobody may read");
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
