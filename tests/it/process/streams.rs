//! Streams, locks and disks that fail: closed pipes, full disks, an interrupt at a prompt, a store that is locked.

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

/// How long names for a completion may take, with the start of a process.
const AT_ONCE: Duration = Duration::from_millis(50);

#[test]
fn a_listing_into_a_closed_pipe_is_quiet() {
    let home = many();
    for line in
        ["list", "list --json", "list --format jsonl", "audit list", "show user-1@example.com"]
    {
        let ended = into_closed_pipe(&home, line);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{line}: {ended:?}");
    }
    let mut child = home.gatepass("list --format jsonl").spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with('{'));
    let ended = finish(child);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_listing_that_cannot_be_written_fails() {
    let home = many();
    for line in ["list", "list --json", "check", "show user-1@example.com", "audit list --json"] {
        let ended = into(&home, line, File::options().write(true).open("/dev/full").unwrap());
        let expected = if line == "check" { 3 } else { 1 };
        assert_eq!(ended.code, Some(expected), "{line}: {ended:?}");
        assert!(
            ended.stderr.contains("could not be written") || ended.stderr.contains("No space"),
            "{line}: {ended:?}"
        );
    }
}

#[test]
fn a_new_secret_that_nobody_got_is_revoked() {
    for (how, ended, home) in lost("create partner --days 9", &[]) {
        assert_eq!(ended.code, Some(1), "{how}: {ended:?}");
        assert!(ended.stderr.contains("was revoked"), "{how}: {ended:?}");
        let credentials = home.credentials();
        assert_eq!(credentials.len(), 1, "{how}");
        assert_eq!(credentials[0]["state"], "revoked", "{how}");
        home.assert_healthy();
        home.ok("delete partner --yes");
        home.ok("create partner --days 9");
    }
}

#[test]
fn a_reset_that_nobody_got_leaves_the_old_secret() {
    for (how, ended, home) in
        lost("reset partner --overlap 2d --yes", &["create partner --days 9 --out secret.txt"])
    {
        assert_eq!(ended.code, Some(1), "{how}: {ended:?}");
        assert!(ended.stderr.contains("withdrawn"), "{how}: {ended:?}");
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
    let ended = home.shell("\"$0\" create partner --days 9 --out secret.txt >&-", &[]);
    assert!(!ended.has_panicked(), "{ended:?}");
    let secret = fs::read_to_string(home.path("secret.txt")).unwrap();
    assert_eq!(home.verify(&secret), Some(0));
}

/// Whoever reads nothing of ours must not bring it down either.
#[test]
fn closed_streams_bring_nothing_down() {
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
        let ended = home.shell(script, &[]);
        assert_eq!(ended.code, Some(exit), "{script}: {ended:?}");
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
        ("create", "called"),
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
        let ended = finish(child);
        assert_eq!(ended.code, Some(130), "{line}: {ended:?}");
    }
    assert_eq!(home.credentials().len(), 1);
    assert_eq!(home.credentials()[0]["state"], "expiring");
    assert_eq!(home.credentials()[0]["generation"], 1);
}

#[test]
fn a_lock_is_waited_for_five_seconds_and_no_longer() {
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
    let begun = Instant::now();
    let children = lines.map(|line| home.gatepass(line).spawn().unwrap());
    // Looks wait for nobody.
    assert_eq!(home.verify(&secret), Some(0));
    home.ok("list");
    home.ok("doctor");
    assert!(begun.elapsed() < Duration::from_secs(4), "a look waited for a writer");
    for (line, child) in lines.iter().zip(children) {
        let ended = finish(child);
        assert_eq!(ended.code, Some(6), "{line}: {ended:?}");
        assert!(ended.stderr.contains("nothing was changed"), "{line}: {ended:?}");
        assert!(ended.stdout.is_empty(), "{line}: {ended:?}");
    }
    let waited = begun.elapsed();
    assert!((4..9).contains(&waited.as_secs()), "it waited {waited:?}");
    lock.execute_batch("rollback").unwrap();
    drop(lock);
    assert!(!home.path("new.txt").exists());
    let list = |items: &[Value]| items.iter().map(|item| item["id"].clone()).collect::<Vec<_>>();
    assert_eq!(list(&home.credentials()), list(&before));
    home.assert_healthy();
}

/// A lock that is let go in time is no error.
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
fn completions_wait_for_nobody_and_make_nothing() {
    let quickest = |home: &TestHome| {
        let once = |_| {
            let begun = Instant::now();
            let ended = home.run("complete-names par");
            assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
            (begun.elapsed(), ended.stdout)
        };
        (0..10).map(once).min().unwrap()
    };
    let nowhere = TestHome::new();
    let (took, names) = quickest(&nowhere);
    assert!(took < AT_ONCE && names.is_empty(), "{took:?} {names}");
    assert_eq!(fs::read_dir(nowhere.root()).unwrap().count(), 0, "it made something");

    let home = TestHome::with(&["create partner --days 9"]);
    let lock = Connection::open(home.store()).unwrap();
    lock.execute_batch("begin immediate").unwrap();
    let (took, names) = quickest(&home);
    print_figure(&format!("streams: names to complete in {took:?} while the store is locked"));
    assert!(took < AT_ONCE, "{took:?}");
    assert_eq!(names, "partner\n");
    lock.execute_batch("rollback; pragma locking_mode = exclusive; begin exclusive").unwrap();
    let (took, _) = quickest(&home);
    assert!(took < AT_ONCE, "{took:?} while nobody may even read");
}

/// Where the disk is full nothing is lost, and nothing is claimed.
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
                0) "$0" verify <"secret$free" >/dev/null || echo "free $free: acknowledged, but not good" ;;
                1) [ -e "secret$free" ] && echo "free $free: a file stays" ;;
                *) echo "free $free: exit $exit $(cat "$2")" ;;
            esac
            [ $exit = 0 ] || grep -q 'nothing was changed\|No space' "$2" || echo "free $free: $(cat "$2")"
            "$0" doctor >/dev/null || echo "free $free: doctor objects"
            "$0" show "p$free" -q >/dev/null 2>&1
            shown=$?
            [ $exit = 0 ] && [ $shown != 0 ] && echo "free $free: acknowledged, but not there"
            [ $exit != 0 ] && [ $shown = 0 ] && echo "free $free: refused, but there"
            echo "exit=$exit" >>"$1"
            free=$((free + 1))
        done
    "#;
    let (home, log) = (TestHome::new(), TestHome::new());
    let (said, log) = (log.path("said"), log.path("exits"));
    let ended = mounted(&home, script, &[log.to_str().unwrap(), said.to_str().unwrap()]);
    if ended.code == Some(99) || ended.code == Some(1) && ended.stderr.contains("unshare") {
        return not_run("a full disk", &ended);
    }
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{ended:?}");
    let exits = fs::read_to_string(&log).unwrap();
    let count = |code: i32| exits.lines().filter(|line| *line == format!("exit={code}")).count();
    print_figure(&format!("streams: full disk: {} refused, {} done", count(1), count(0)));
    assert!(count(1) > 0 && count(0) > 0, "the disk was never full, or always: {exits}");
}

/// Nothing is written by a look, so a store on a read-only file system can be asked, or says why not.
#[test]
fn a_read_only_disk_is_no_reason_for_a_wrong_answer() {
    let script = r#"
        "$0" create partner --days 9 --out "$HOME/secret" >/dev/null || exit 98
        mount --bind "$HOME" "$HOME" && mount -o remount,ro,bind "$HOME" || exit 99
        "$0" verify <"$HOME/secret" >/dev/null; echo "verify $?"
        "$0" create other --days 9 >"$1"; echo "create $?"
        "$0" list -q >/dev/null; echo "list $?"
    "#;
    let (home, other) = (TestHome::new(), TestHome::new());
    let ended = mounted(&home, script, &[other.path("stdout").to_str().unwrap()]);
    if ended.code == Some(99) || ended.code == Some(1) && ended.stderr.contains("unshare") {
        return not_run("a read-only disk", &ended);
    }
    let allowed = ["verify 0", "verify 6", "list 0", "list 6", "create 6", "create 7"];
    assert!(ended.stdout.lines().all(|line| allowed.contains(&line)), "{ended:?}");
    assert_eq!(ended.stdout.lines().count(), 3, "{ended:?}");
    print_figure(&format!("streams: read-only disk: {}", ended.stdout.replace('\n', "; ")));
}

/// A look at an older store has to write once. Where it may not, it says so and how to go on.
#[test]
fn an_older_store_that_may_not_be_written_is_told() {
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
    let ended = mounted(&home, script, &[stores, store.to_str().unwrap()]);
    if ended.code == Some(99) || ended.code == Some(1) && ended.stderr.contains("unshare") {
        return not_run("an older store that may not be written", &ended);
    }
    assert_eq!(ended.stdout, "list 1\nedit 6\nnames 0\nlist 0\n", "{ended:?}");
    let told = "error: the store has version 1; it has to be brought up to version 3, and can't be written\n\
        hint: nothing was changed; run gatepass list once where the file may be written\n";
    assert!(ended.stderr.starts_with(told), "{ended:?}");
}

/// Runs a script with mounts of its own, which end with it.
fn mounted(home: &TestHome, script: &str, words: &[&str]) -> ProcessOutput {
    require_tool("unshare", "util-linux");
    let mut command: Command = home.tool("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", script, GATEPASS]).args(words);
    finish(command.spawn().unwrap())
}

/// Says what was left out and how to run it; when everything is to be tried that is a failure.
fn not_run(what: &str, ended: &ProcessOutput) {
    let how =
        "sudo sysctl kernel.unprivileged_userns_clone=1, or run as root with --cap-add SYS_ADMIN";
    print_figure(&format!("streams: {what}: NOT RUN, mounting is not permitted: {how}"));
    assert!(!is_full(), "{what}: mounting is not permitted: {how}: {ended:?}");
}

/// A line whose secret can't be written, in every way that there is, each in a home of its own.
fn lost(line: &str, before: &[&str]) -> Vec<(&'static str, ProcessOutput, TestHome)> {
    let ways = ["closed pipe", "/dev/full", "closed", "/dev/null"];
    in_parallel(&ways, |way| {
        let home = TestHome::with(before);
        let ended = match *way {
            "closed pipe" => into_closed_pipe(&home, line),
            "/dev/full" => home.shell(&format!("\"$0\" {line} >/dev/full"), &[]),
            "closed" => home.shell(&format!("\"$0\" {line} >&-"), &[]),
            _ => home.shell(&format!("\"$0\" {line} >/dev/null"), &[]),
        };
        (*way, ended, home)
    })
}

fn into_closed_pipe(home: &TestHome, line: &str) -> ProcessOutput {
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    into(home, line, writer)
}

fn into(home: &TestHome, line: &str, stdout: impl Into<Stdio>) -> ProcessOutput {
    finish(home.gatepass(line).stdout(stdout).spawn().unwrap())
}

/// A store whose list is longer than a pipe holds.
fn many() -> TestHome {
    let home = TestHome::with(&["create partner --days 9"]);
    let users: String = (0..400).map(|number| format!("user-{number}@example.com\n")).collect();
    fs::write(home.path("users.csv"), format!("email\n{users}")).unwrap();
    home.ok("grant-user --from users.csv --days 9 --out secrets.csv");
    home
}
