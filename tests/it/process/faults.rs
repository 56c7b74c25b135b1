//! Faults: each system call of a change fails or kills the process in turn.
//!
//! A change must be made as a whole or not at all, an acknowledged one must exist, and the store must be healthy.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use super::fault_target::{Fault, FaultTarget, TIMEOUT, ensure};
use crate::support::{
    process::{GATEPASS, ProcessOutput, TestHome, finish_within, print_figure},
    test_env::words,
};

/// Returns the fields of all credentials that do not depend on the time of their creation.
fn state(home: &TestHome) -> BTreeSet<String> {
    let field = |item: &Value, name: &str| format!("{}={} ", name, item[name]);
    let names = ["id", "name", "user", "note", "state", "lifetime", "generation", "withdrawn"];
    let reason = |item: &Value| field(item, "revocation_reason");
    home.credentials()
        .iter()
        .map(|item| names.iter().map(|name| field(item, name)).collect::<String>() + &reason(item))
        .collect()
}

/// Returns a state without ids, which differ between runs.
fn without_ids(state: &BTreeSet<String>) -> Vec<String> {
    let mut lines: Vec<String> =
        state.iter().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect();
    lines.sort();
    lines
}

/// Checks what must hold after every fault, and returns the index of the state that was left.
fn check_atomic(
    home: &TestHome,
    output: &ProcessOutput,
    fault: Fault,
    states: &[Vec<String>],
) -> Result<usize, String> {
    let doctor = home.run("doctor");
    if doctor.code != Some(0) {
        return Err(format!("doctor fails: {doctor:?}"));
    }
    let left = without_ids(&state(home));
    let Some(which) = states.iter().position(|state| *state == left) else {
        return Err(format!("half done: {left:#?}"));
    };
    let is_acknowledged = output.code == Some(0);
    if is_acknowledged && which != 1 {
        return Err("acknowledged, but missing".to_owned());
    }
    if which != 0 && output.stderr.contains("nothing was changed") {
        return Err("something was changed although it reports nothing was".to_owned());
    }
    if fault != Fault::Kill && output.code.is_none() {
        return Err("it did not exit by itself".to_owned());
    }
    if home.run("create afterwards --days 9").code != Some(0) {
        return Err("the store accepts no more changes".to_owned());
    }
    Ok(which)
}

/// Creates the store that changes start from, and returns it with the secret of each credential.
fn initial_home() -> (TestHome, Vec<String>) {
    let home = TestHome::new();
    let secrets = ["alpha", "beta", "gamma"]
        .map(|name| home.ok(&format!("create {name} --days 90")).trim_end().to_owned());
    (home, secrets.to_vec())
}

/// Injects faults into `line`. `ends` are scripts that lead to the states that it may leave, besides the initial one.
fn sweep(
    line: &str,
    ends: &[&str],
    check: impl Fn(&TestHome, &ProcessOutput, usize, &[String]) -> Result<(), String> + Sync,
) {
    let (home, secrets) = initial_home();
    let mut states = vec![without_ids(&state(&home))];
    for end in ends {
        let copy = home.copy();
        let script = end.replace("gatepass", "\"$0\"");
        let output = copy.shell(&script, &[]);
        assert!(!output.has_panicked(), "{output:?}");
        states.push(without_ids(&state(&copy)));
    }
    let check_fault = |home: &TestHome, output: &ProcessOutput, fault: Fault| {
        let which = check_atomic(home, output, fault, &states)?;
        check(home, output, which, &secrets)
    };
    FaultTarget::gatepass(line, &home, &check_fault).assert_sound(line);
}

/// Returns the secret if a whole one was printed, which counts as acknowledged, whatever the exit code.
fn printed(output: &ProcessOutput) -> Option<&str> {
    output.stdout.strip_suffix('\n').filter(|secret| secret.len() == 53)
}

#[test]
fn create_is_atomic() {
    let ends = ["gatepass create delta --days 90", "gatepass create delta --days 90 >/dev/full"];
    sweep("create delta --days 90", &ends, |home, output, which, secrets| {
        if let Some(secret) = printed(output) {
            ensure(which == 1 && home.verify(secret) == Some(0), "a printed secret is not valid")?;
        } else {
            ensure(output.stdout.is_empty(), "half a secret was printed")?;
            ensure(output.code != Some(0), "success without a secret")?;
            let is_active = which == 1 && output.code.is_some();
            ensure(
                !is_active || output.stderr.contains("gatepass revoke"),
                "an active secret is left without a message",
            )?;
        }
        ensure(home.verify(&secrets[0]) == Some(0), "another secret became invalid")
    });
}

#[test]
fn create_into_a_file_is_atomic() {
    let line = "create delta --days 90 --out secret.txt";
    let ends = ["gatepass create delta --days 90 --out secret.txt"];
    sweep(line, &ends, |home, output, which, _| {
        let file = fs::read_to_string(home.path("secret.txt"));
        let opens = |text: &str| home.verify(text) == Some(0);
        match (which, &file) {
            (1, Ok(text)) => ensure(opens(text), "the secret in the file is not valid"),
            (1, Err(_)) => Err("committed, and the file is missing".to_owned()),
            (_, Ok(text)) => {
                ensure(!opens(text), "a secret that was never committed is valid")?;
                // A file may remain only if the process was killed or could not remove it.
                let failed_to_remove = output.code.is_none() || output.code == Some(1);
                ensure(failed_to_remove, "a file is left behind")
            }
            (_, Err(_)) => Ok(()),
        }?;
        ensure_no_drafts(home, output, "secret.txt", "create again --days 9 --out secret.txt")
    });
}

/// Checks that a part of the file `name` is left only by a kill, and only until `again` creates the file.
fn ensure_no_drafts(
    home: &TestHome,
    output: &ProcessOutput,
    name: &str,
    again: &str,
) -> Result<(), String> {
    let drafts = || {
        let names = fs::read_dir(home.path(name).parent().unwrap()).unwrap();
        let draft = format!(".{}.", Path::new(name).file_name().unwrap().to_str().unwrap());
        names.filter(move |entry| {
            entry.as_ref().unwrap().file_name().to_str().unwrap().starts_with(&draft)
        })
    };
    ensure(output.code.is_none() || drafts().count() == 0, "a draft is left without a kill")?;
    if !home.path(name).exists() {
        let output = home.run(again);
        ensure(output.code == Some(0), &format!("not again: {output:?}"))?;
        ensure(drafts().count() == 0, "a draft is left by the next command")?;
    }
    Ok(())
}

#[test]
fn key_export_is_atomic() {
    let (home, _) = initial_home();
    let key = fs::read(home.key()).unwrap();
    let check = |home: &TestHome, output: &ProcessOutput, _: Fault| {
        let is_recorded = home.ok("audit list --action key-export -q").lines().count() == 1;
        match fs::read(home.path("copy")) {
            Ok(copy) => {
                ensure(copy == key, "a part of the key is in the file")?;
                ensure(is_recorded || output.code.is_none(), "a file is left of a failure")?;
            }
            Err(_) => ensure(!is_recorded && output.code != Some(0), "a file is missing")?,
        }
        ensure_no_drafts(home, output, "copy", "key export --out copy")
    };
    FaultTarget::gatepass("key export --out copy", &home, &check).assert_sound("key export");
}

#[test]
fn key_import_is_atomic() {
    let (home, _) = initial_home();
    fs::rename(home.key(), home.path("copy")).unwrap();
    let check = |home: &TestHome, output: &ProcessOutput, _: Fault| {
        let is_there = home.key().exists();
        ensure(is_there || output.code != Some(0), "acknowledged, but missing")?;
        ensure(!is_there || home.run("doctor").code == Some(0), "the key is not whole")?;
        ensure_no_drafts(home, output, ".config/gatepass/key", "key import copy")
    };
    FaultTarget::gatepass("key import copy", &home, &check).assert_sound("key import");
}

#[test]
fn reset_is_atomic() {
    let ends = ["gatepass reset beta --yes", "gatepass reset beta --yes >/dev/full"];
    sweep("reset beta --yes", &ends, |home, output, which, secrets| {
        let old = home.verify(&secrets[1]);
        ensure(old == Some(if which == 0 { 0 } else { 13 }), "the old secret has the wrong state")?;
        match printed(output) {
            Some(secret) => ensure(home.verify(secret) == Some(0), "a printed secret is not valid"),
            // The old secret is all that the holder has.
            None => ensure(which == 0 && output.code != Some(0), "ended without a new secret"),
        }
    });
}

#[test]
fn revoke_is_atomic() {
    let line = "revoke alpha beta --reason key-compromise --yes";
    sweep(line, &[&format!("gatepass {line}")], |home, _, which, secrets| {
        let exits = [&secrets[0], &secrets[1]].map(|secret| home.verify(secret));
        ensure(exits == [Some(if which == 0 { 0 } else { 12 }); 2], "half revoked")
    });
}

#[test]
fn edit_is_atomic() {
    let line = "edit gamma --name delta --note moved --forever --yes";
    sweep(line, &[&format!("gatepass {line}")], |home, _, which, secrets| {
        let (old, new) = (home.run("show gamma -q").code, home.run("show delta -q").code);
        let expected = if which == 0 { (Some(0), Some(3)) } else { (Some(3), Some(0)) };
        ensure((old, new) == expected, "both names or neither name exist")?;
        ensure(home.verify(&secrets[2]) == Some(0), "an edit invalidated the secret")
    });
}

#[test]
fn delete_is_atomic() {
    let line = "delete alpha beta --yes";
    sweep(line, &[&format!("gatepass {line}")], |home, _, which, secrets| {
        let exits = [&secrets[0], &secrets[1]].map(|secret| home.verify(secret));
        ensure(exits == [Some(if which == 0 { 0 } else { 12 }); 2], "half deleted")
    });
}

#[test]
fn creating_a_store_can_be_retried_after_every_fault() {
    let home = TestHome::new();
    let check = |home: &TestHome, output: &ProcessOutput, _: Fault| {
        if let Some(secret) = printed(output) {
            ensure(home.verify(secret) == Some(0), "a printed secret is not valid")?;
        }
        let mut again = home.run("create second --days 9");
        if again.code == Some(3) {
            // With the key and without tables, this could be a lost store.
            ensure(printed(output).is_none(), "the store of a printed secret is lost")?;
            again = home.run("create second --days 9 --new-store");
        }
        ensure(again.code == Some(0), &format!("the store can't be created again: {again:?}"))?;
        let doctor = home.run("doctor");
        ensure(doctor.code == Some(0), &format!("doctor fails: {doctor:?}"))?;
        ensure_no_drafts(home, output, ".config/gatepass/key", "")
    };
    FaultTarget::gatepass("create first --days 9", &home, &check).assert_sound("the first create");
}

/// After a power cut, only a file whose data and directory were synced remains.
#[test]
fn an_out_file_is_synced_before_the_commit() {
    let home = TestHome::with(&["create first --days 9"]);
    let root = fs::canonicalize(home.root()).unwrap();
    let (secret, store) = (root.join("secret.txt"), fs::canonicalize(home.store()).unwrap());
    for line in ["create partner --days 9 --out secret.txt", "key export --out secret.txt"] {
        fs::remove_file(&secret).ok();
        let mut command = home.strace();
        command.args(["-f", "-qq", "-y", "-e", "trace=fsync,fdatasync", "-o", "log", GATEPASS]);
        let output = finish_within(command.args(words(line)).spawn().unwrap(), TIMEOUT);
        assert_eq!(output.code, Some(0), "{output:?}");
        let log = fs::read_to_string(home.path("log")).unwrap();
        let position = |synced: &str| log.lines().position(|call| call.contains(synced));
        let wal = position(&format!("<{}>", store.with_file_name("store.db-wal").display()));
        // The file has a temporary name until it was synced.
        let draft = format!("<{}/.secret.txt.", root.display());
        for synced in [draft, format!("<{}>", root.display())] {
            assert!(position(&synced).is_some() && position(&synced) < wal, "{synced}: {log}");
        }
    }
}

/// The known-bad subject: a script that writes a change in two steps.
#[test]
fn a_two_step_writer_is_caught() {
    let home = TestHome::new();
    let check = |home: &TestHome, _: &ProcessOutput, _: Fault| {
        let left = fs::read_to_string(home.path("change")).unwrap_or_default();
        ensure(left.is_empty() || left == "first\nsecond\n", &format!("half done: {left:?}"))
    };
    let script = "printf 'first\\n' >>\"$HOME/change\" && printf 'second\\n' >>\"$HOME/change\"";
    let arguments = vec!["-c".to_owned(), script.to_owned()];
    let target = FaultTarget { program: "sh", arguments, initial_home: &home, check: &check };
    let (count, wrong) = target.sweep(1);
    let caught = |fault: &str| wrong.iter().filter(|what| what.contains(fault)).count();
    let (kills, errors) = (caught("Kill"), caught("Io"));
    print_figure(&format!(
        "faults: the known-bad writer was caught {kills} + {errors} times of {count}"
    ));
    assert!(
        kills > 0 && errors > 0,
        "the known-bad subject was not caught: the sweeps show nothing"
    );
}
