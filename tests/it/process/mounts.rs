//! Full and read-only disks, in a mount namespace.

use std::{fs, process::Command};

use crate::support::process::{
    GATEPASS, ProcessOutput, TestHome, finish, is_full, print_figure, require_tool,
};

/// The directory with a store of 0.1.0 and its key.
const STORE_0_1_0: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/stores/0.1.0");

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
    print_figure(&format!("mounts: full disk: {} failed, {} succeeded", count(1), count(0)));
    assert!(count(1) > 0 && count(0) > 0, "the disk was never full, or always: {exits}");
}

/// On a full disk, a copy of the key is whole or missing, and so is a key that is restored.
#[test]
fn a_key_on_a_full_disk_is_whole_or_missing() {
    let script = r#"
        mount -t tmpfs -o size=1m,mode=700 none "$HOME" || exit 99
        cd "$HOME"
        "$0" create first --days 9 --out secret >/dev/null || exit 98
        key=.config/gatepass/key
        free=0
        while [ $free -le 40 ]; do
            for line in "key export --out copy" "key import original"; do
                rm -f filler copy
                case $line in *import*) mv $key original; whole=$key ;; *) whole=copy ;; esac
                have=$(stat -f -c %a "$HOME")
                [ $have -gt $free ] && dd if=/dev/zero of=filler bs=4096 count=$((have - free)) 2>/dev/null
                "$0" $line 2>"$2"
                exit=$?
                rm -f filler
                case $exit in
                    0) [ "$(wc -c <$whole)" = 60 ] || echo "$free, $line: not whole" ;;
                    *) [ -e $whole ] && echo "$free, $line: a file is left"
                       grep -q 'disk is full\|No space' "$2" || echo "$free, $line: $(cat "$2")" ;;
                esac
                [ "$(ls -A . .config/gatepass | grep -c '\.new$')" = 0 ] || echo "$free, $line: a draft is left"
                [ -e original ] && mv original $key
                "$0" doctor >/dev/null || echo "$free, $line: doctor objects"
                echo "exit=$exit" >>"$1"
            done
            free=$((free + 1))
        done
    "#;
    let (home, log) = (TestHome::new(), TestHome::new());
    let (stderr, log) = (log.path("stderr"), log.path("exits"));
    let output = mounted(&home, script, &[log.to_str().unwrap(), stderr.to_str().unwrap()]);
    if output.code == Some(99) || output.code == Some(1) && output.stderr.contains("unshare") {
        return not_run("a key on a full disk", &output);
    }
    assert_eq!((output.code, output.stdout.as_str()), (Some(0), ""), "{output:?}");
    let exits = fs::read_to_string(&log).unwrap();
    let count = |is_wanted: fn(&&str) -> bool| exits.lines().filter(is_wanted).count();
    let (failed, succeeded) = (count(|exit| *exit != "exit=0"), count(|exit| *exit == "exit=0"));
    print_figure(&format!("mounts: keys on a full disk: {failed} failed, {succeeded} succeeded"));
    assert!(failed > 0 && succeeded > 0, "the disk was never full, or always: {exits}");
}

/// On a full disk, the store is migrated and a copy is kept, or nothing is changed and nothing is left.
#[test]
fn a_migration_on_a_full_disk_changes_nothing() {
    let script = r#"
        mount -t tmpfs -o size=1m,mode=700 none "$HOME" || exit 99
        cd "$HOME" && umask 077
        free=0
        while [ $free -le 120 ]; do
            rm -f store.db* filler
            cp "$1/store.db" store.db && cp "$1/key" key || exit 98
            have=$(stat -f -c %a "$HOME")
            dd if=/dev/zero of=filler bs=4096 count=$((have - free)) 2>/dev/null
            "$0" store migrate --store store.db --key-file key 2>"$2"
            exit=$?
            rm -f filler
            case $exit in
                0) [ "$(ls store.db.version-1-* | wc -l)" = 1 ] || echo "free $free: no copy" ;;
                1) cmp "$1/store.db" store.db
                   ls | grep '^store\.db\.' && echo "free $free: a file is left"
                   grep -q 'the disk is full' "$2" || echo "free $free: $(cat "$2")"
                   "$0" store migrate --store store.db --key-file key 2>/dev/null || echo "free $free: not again" ;;
                *) echo "free $free: exit $exit $(cat "$2")" ;;
            esac
            "$0" doctor --store store.db --key-file key >/dev/null || echo "free $free: doctor objects"
            echo "exit=$exit" >>"$3"
            free=$((free + 3))
        done
    "#;
    let (home, log) = (TestHome::new(), TestHome::new());
    let (stderr, log) = (log.path("stderr"), log.path("exits"));
    let words = [STORE_0_1_0, stderr.to_str().unwrap(), log.to_str().unwrap()];
    let output = mounted(&home, script, &words);
    if output.code == Some(99) || output.code == Some(1) && output.stderr.contains("unshare") {
        return not_run("a migration on a full disk", &output);
    }
    assert_eq!((output.code, output.stdout.as_str()), (Some(0), ""), "{output:?}");
    let exits = fs::read_to_string(&log).unwrap();
    let count = |code: i32| exits.lines().filter(|line| *line == format!("exit={code}")).count();
    print_figure(&format!("mounts: migration: {} failed, {} succeeded", count(1), count(0)));
    assert!(count(1) > 0 && count(0) > 0, "the disk was never full, or always: {exits}");
}

/// Commands that only show what is in the store read it on a read-only mount, and report that changes may be missing.
/// Whatever decides or changes is refused, unless SQLite can read its log.
#[test]
fn a_read_only_mount_can_be_looked_at() {
    let script = r#"
        "$0" create partner --days 90 --out "$HOME/secret" >/dev/null || exit 98
        "$0" app add shop --out "$HOME/shop" >/dev/null && "$0" district add 4711 >/dev/null || exit 98
        remount_read_only
        looks; decides
        umount "$HOME"
        strace -f -qq -o /dev/null -einject=unlink:signal=KILL:when=1 "$0" edit partner --note x >/dev/null
        ls "$HOME"/.local/share/gatepass/store.db-wal "$HOME"/.local/share/gatepass/store.db-shm >/dev/null || exit 98
        remount_read_only
        echo "with a log"; "$0" list -q >/dev/null; echo "list $?"; decides
        umount "$HOME"
        rm "$HOME"/.local/share/gatepass/store.db-shm
        remount_read_only
        echo "with a log that can't be read"; "$0" list -q >/dev/null; echo "list $?"
        umount "$HOME"
        : >"$HOME"/.local/share/gatepass/store.db-wal
        remount_read_only
        echo "with an empty log"; "$0" list -q >/dev/null; echo "list $?"
    "#;
    let home = TestHome::new();
    require_tool("strace", "strace");
    let output = mounted(&home, &format!("{READ_ONLY_FUNCTIONS}{script}"), &[]);
    if output.code == Some(99) || output.code == Some(1) && output.stderr.contains("unshare") {
        return not_run("a read-only mount", &output);
    }
    let expected = "verify 7\ncheck 3\nserve 7\ncreate 7\nedit 7\n\
        with a log\nlist 0\nverify 0\ncheck 0\nserve 124\ncreate 7\nedit 7\n\
        with a log that can't be read\nlist 7\nwith an empty log\nlist 0\n";
    assert_eq!(output.stdout, expected, "{output:?}");
    let warnings = output.stderr.matches("changes that are made elsewhere may be missing").count();
    assert_eq!(warnings, LOOKS + 1, "{output:?}");
    assert!(output.stderr.contains("is on a read-only mount"), "{output:?}");
    assert!(!output.stderr.contains("try again"), "{output:?}");
}

/// Without a read-only mount, somebody may write to the store: it is not read without its log.
#[test]
fn a_directory_without_write_permission_is_reported() {
    let script = r#"
        "$0" create partner --days 9 --out "$HOME/secret" >/dev/null || exit 98
        chmod 555 "$HOME/.local/share/gatepass"
        program=$0
        gatepass() { setpriv --bounding-set=-dac_override,-dac_read_search "$program" "$@"; }
        gatepass list -q >/dev/null; echo "list $?"
        gatepass verify <"$HOME/secret" >/dev/null; echo "verify $?"
        gatepass create other --days 9; echo "create $?"
        chmod 700 "$HOME/.local/share/gatepass"
    "#;
    let home = TestHome::new();
    let output = mounted(&home, script, &[]);
    if output.code == Some(1) && output.stderr.contains("unshare") {
        return not_run("a directory without write permission", &output);
    }
    assert_eq!(output.stdout, "list 7\nverify 7\ncreate 7\n", "{output:?}");
    let reason = "error: the store is read-only: uid 0 is not permitted to write to";
    assert_eq!(output.stderr.matches(reason).count(), 3, "{output:?}");
}

/// How many commands `looks` runs.
const LOOKS: usize = 16;

/// Shell functions: `looks` runs each command that only shows what is in the store, and prints those that fail; `decides`
/// prints the exit codes of others, 124 for a gate that serves until it is stopped.
const READ_ONLY_FUNCTIONS: &str = r#"
    program=$0
    remount_read_only() {
        mount --bind "$HOME" "$HOME" && mount -o remount,ro,bind "$HOME" || exit 99
    }
    looks() {
        while read -r line; do
            "$program" $line </dev/null >/dev/null || echo "$line: $?"
        done <<END
list
show partner
audit list
audit show 1
audit verify
audit checkpoint
doctor
status
account list
account show
app list
app show shop
district list
district show 4711
legacy report
legacy policy
END
    }
    decides() {
        "$program" verify <"$HOME/secret" >/dev/null; echo "verify $?"
        "$program" check >/dev/null; echo "check $?"
        timeout 2 "$program" serve --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0 >/dev/null; echo "serve $?"
        "$program" create other --days 9; echo "create $?"
        "$program" edit partner --note y; echo "edit $?"
    }
"#;

/// An older store that cannot be written is reported like any other, and is migrated once it can be written.
#[test]
fn an_unwritable_older_store_is_reported() {
    let script = r#"
        mkdir -m 700 -p "$HOME/.local/share/gatepass" "$HOME/.config/gatepass" || exit 98
        umask 077
        cp "$1/store.db" "$2" && cp "$1/key" "$HOME/.config/gatepass/key" || exit 98
        mount --bind "$2" "$2" && mount -o remount,ro,bind "$2" || exit 99
        "$0" list; echo "list $?"
        "$0" edit acme --note x; echo "edit $?"
        "$0" complete fish gatepass show a; echo "names $?"
        "$0" store migrate; echo "migrate $?"
        umount "$2"
        "$0" store migrate 2>/dev/null; echo "migrate $?"
        "$0" list -q >/dev/null; echo "list $?"
    "#;
    let home = TestHome::new();
    let store = home.path(".local/share/gatepass/store.db");
    let output = mounted(&home, script, &[STORE_0_1_0, store.to_str().unwrap()]);
    if output.code == Some(99) || output.code == Some(1) && output.stderr.contains("unshare") {
        return not_run("an unwritable older store", &output);
    }
    assert_eq!(
        output.stdout, "list 1\nedit 1\nnames 0\nmigrate 7\nmigrate 0\nlist 0\n",
        "{output:?}"
    );
    let older = "error: the store has version 1; this gatepass requires version";
    assert_eq!(output.stderr.matches(older).count(), 2, "{output:?}");
    assert!(output.stderr.contains("error: the store is read-only: "), "{output:?}");
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
    print_figure(&format!("mounts: {what}: NOT RUN, mounting is not permitted: {how}"));
    assert!(!is_full(), "{what}: mounting is not permitted: {how}: {output:?}");
}
