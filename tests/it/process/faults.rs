//! Faults: every system call of a change killed or failed in turn, with `strace -e inject`.
//!
//! Whatever happens, a change is whole or was not made, what was acknowledged is there, and the store is in order.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::support::{
    process::{
        GATEPASS, ProcessOutput, TestHome, finish_within, in_parallel, is_full, print_figure,
    },
    test_env::words,
};

/// The calls that touch the store, the key and the files of secrets, or hand something over. Not `getrandom`: Linux never fails it.
const CALLS: &str = "openat,read,write,pread64,pwrite64,fsync,fdatasync,ftruncate,fallocate,rename,renameat2,\
    unlink,unlinkat,link,linkat,mkdir,mkdirat,fcntl,close,fchmod,chmod,fchown,mmap,munmap,statx,newfstatat,readlink";
/// Of how many injections one is tried when not all are.
const STRIDE: usize = 5;
const LONGEST: Duration = Duration::from_secs(30);

/// A call by its name and its place among the calls of that name.
type SyscallSite = (String, usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Kill,
    Io,
    NoSpace,
}

impl Fault {
    fn text(self) -> &'static str {
        match self {
            Self::Kill => "signal=KILL",
            Self::Io => "error=EIO",
            Self::NoSpace => "error=ENOSPC",
        }
    }
}

/// What is run, where, and what it may leave.
struct Subject<'s> {
    program: &'s str,
    arguments: Vec<String>,
    initial_home: &'s TestHome,
    /// Says what is wrong with what was left behind.
    check: &'s (dyn Fn(&TestHome, &ProcessOutput, Fault) -> Result<(), String> + Sync),
}

impl Subject<'_> {
    fn traced(
        &self,
        home: &TestHome,
        log: &Path,
        inject: Option<(&SyscallSite, Fault)>,
    ) -> Command {
        let mut command = home.strace();
        command.args(["-f", "-qq", "-o"]).arg(log);
        match inject {
            Some(((call, when), fault)) => {
                command.arg(format!("-einject={call}:{}:when={when}", fault.text()));
                command.arg(format!("-etrace={call}"));
            }
            None => drop(command.arg(format!("-etrace={}", CALLS.replace(' ', "")))),
        }
        command.arg("--").arg(self.program).args(&self.arguments);
        command
    }

    /// The calls of an undisturbed run, from the first that concerns the home directory.
    fn syscall_sites(&self) -> Vec<SyscallSite> {
        let (home, log) = (self.initial_home.copy(), TestHome::new());
        let log = log.path("strace.log");
        let ended = finish_within(self.traced(&home, &log, None).spawn().unwrap(), LONGEST);
        assert_eq!(
            ended.code,
            Some(0),
            "strace must be able to trace (allow ptrace: sysctl kernel.yama.ptrace_scope=1, or run the container \
             with --cap-add SYS_PTRACE; who is not root needs user namespaces, too: sysctl \
             kernel.unprivileged_userns_clone=1): {ended:?}"
        );
        let (mut counts, mut places, mut is_ours) = (BTreeMap::new(), Vec::new(), false);
        for line in fs::read_to_string(&log).unwrap().lines() {
            let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            let Some((name, rest)) = call.split_once('(') else { continue };
            let count: &mut usize = counts.entry(name.to_owned()).or_default();
            *count += 1;
            is_ours |= rest.contains(home.root().to_str().unwrap());
            if is_ours {
                places.push((name.to_owned(), *count));
            }
        }
        places
    }

    fn inject(&self, place: &SyscallSite, fault: Fault) -> Result<(), String> {
        let (home, log) = (self.initial_home.copy(), TestHome::new());
        let log = log.path("strace.log");
        let ended =
            finish_within(self.traced(&home, &log, Some((place, fault))).spawn().unwrap(), LONGEST);
        let told = |why: String| format!("{place:?} {fault:?}: {why}\n  {ended:?}");
        if ended.has_panicked() {
            return Err(told("it panicked".to_owned()));
        }
        (self.check)(&home, &ended, fault).map_err(told)
    }

    /// Tries faults at the places, and answers how many were tried and what was wrong.
    fn sweep(&self, stride: usize) -> (usize, Vec<String>) {
        let places = self.syscall_sites();
        assert!(places.len() > 3, "hardly a call was seen: {places:?}");
        let faults = places.iter().flat_map(|place| {
            let writes = place.0.contains("write") || place.0 == "openat" || place.0 == "ftruncate";
            let full = writes.then_some((place, Fault::NoSpace));
            [(place, Fault::Kill), (place, Fault::Io)].into_iter().chain(full)
        });
        let faults: Vec<_> = faults.step_by(stride).collect();
        let done = in_parallel(&faults, |(place, fault)| self.inject(place, *fault));
        (faults.len(), done.into_iter().filter_map(Result::err).collect())
    }
}

/// What a list tells of the credentials, as far as it does not depend on when it was made.
fn state(home: &TestHome) -> BTreeSet<String> {
    let field = |item: &Value, name: &str| format!("{}={} ", name, item[name]);
    let names = ["id", "name", "user", "note", "state", "lifetime", "generation", "withdrawn"];
    let reason = |item: &Value| field(item, "revocation_reason");
    home.credentials()
        .iter()
        .map(|item| names.iter().map(|name| field(item, name)).collect::<String>() + &reason(item))
        .collect()
}

/// The same without ids, for what is made anew each time.
fn without_ids(state: &BTreeSet<String>) -> Vec<String> {
    let mut lines: Vec<String> =
        state.iter().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect();
    lines.sort();
    lines
}

/// What holds after every fault, whatever was changed; answers the state that was left.
fn check_atomic(
    home: &TestHome,
    ended: &ProcessOutput,
    fault: Fault,
    wholes: &[Vec<String>],
) -> Result<usize, String> {
    let doctor = home.run("doctor");
    if doctor.code != Some(0) {
        return Err(format!("doctor objects: {doctor:?}"));
    }
    let left = without_ids(&state(home));
    let Some(which) = wholes.iter().position(|whole| *whole == left) else {
        return Err(format!("half done: {left:#?}"));
    };
    let is_acknowledged = ended.code == Some(0);
    if is_acknowledged && which != 1 {
        return Err("acknowledged, but not there".to_owned());
    }
    if which != 0 && ended.stderr.contains("nothing was changed") {
        return Err("something was changed all the same".to_owned());
    }
    if fault != Fault::Kill && ended.code.is_none() {
        return Err("it did not end by itself".to_owned());
    }
    if home.run("create afterwards --days 9").code != Some(0) {
        return Err("the store takes no change any more".to_owned());
    }
    Ok(which)
}

/// A store that the changes are tried on, with the secret of each credential.
fn initial_home() -> (TestHome, Vec<String>) {
    let home = TestHome::new();
    let secrets = ["alpha", "beta", "gamma"]
        .map(|name| home.ok(&format!("create {name} --days 90")).trim_end().to_owned());
    (home, secrets.to_vec())
}

fn ensure(is_right: bool, what: &str) -> Result<(), String> {
    if is_right { Ok(()) } else { Err(what.to_owned()) }
}

/// Sweeps `line` over the ground. `wholes` are the lines that lead to the states that may be left: none first.
fn sweep(
    line: &str,
    ends: &[&str],
    judge: impl Fn(&TestHome, &ProcessOutput, usize, &[String]) -> Result<(), String> + Sync,
) {
    let (home, secrets) = initial_home();
    let mut wholes = vec![without_ids(&state(&home))];
    for end in ends {
        let copy = home.copy();
        let script = end.replace("gatepass", "\"$0\"");
        let ended = copy.shell(&script, &[]);
        assert!(!ended.has_panicked(), "{ended:?}");
        wholes.push(without_ids(&state(&copy)));
    }
    let arguments = words(line).into_iter().map(|word| word.into_string().unwrap()).collect();
    let judge = |home: &TestHome, ended: &ProcessOutput, fault: Fault| {
        let which = check_atomic(home, ended, fault, &wholes)?;
        judge(home, ended, which, &secrets)
    };
    let subject = Subject { program: GATEPASS, arguments, initial_home: &home, check: &judge };
    let begun = Instant::now();
    let (count, wrong) = subject.sweep(if is_full() { 1 } else { STRIDE });
    print_figure(&format!(
        "faults: {line}: {count} in {:?}, {} wrong",
        begun.elapsed(),
        wrong.len()
    ));
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(10)].join("\n")
    );
}

/// Whether a whole secret was printed, which counts as acknowledged, whatever the exit.
fn printed(ended: &ProcessOutput) -> Option<&str> {
    ended.stdout.strip_suffix('\n').filter(|secret| secret.len() == 53)
}

#[test]
fn create_is_atomic() {
    let ends = ["gatepass create delta --days 90", "gatepass create delta --days 90 >/dev/full"];
    sweep("create delta --days 90", &ends, |home, ended, which, secrets| {
        if let Some(secret) = printed(ended) {
            ensure(which == 1 && home.verify(secret) == Some(0), "a printed secret is not good")?;
        } else {
            ensure(ended.stdout.is_empty(), "half a secret was printed")?;
            ensure(ended.code != Some(0), "success without a secret")?;
            let is_live = which == 1 && ended.code.is_some();
            ensure(!is_live || ended.stderr.contains("gatepass revoke"), "left live in silence")?;
        }
        ensure(home.verify(&secrets[0]) == Some(0), "another secret went bad")
    });
}

#[test]
fn create_into_a_file_is_atomic() {
    let line = "create delta --days 90 --out secret.txt";
    let ends = ["gatepass create delta --days 90 --out secret.txt"];
    sweep(line, &ends, |home, ended, which, _| {
        let file = fs::read_to_string(home.path("secret.txt"));
        let opens = |text: &str| home.verify(text) == Some(0);
        match (which, &file) {
            (1, Ok(text)) => ensure(opens(text), "the file's secret is not good"),
            (1, Err(_)) => Err("committed, and the file is gone".to_owned()),
            (_, Ok(text)) => {
                ensure(!opens(text), "a secret that was never committed is good")?;
                // Only who was killed, or could not remove it, leaves a file.
                let failed_to_remove = ended.code.is_none() || ended.code == Some(1);
                ensure(failed_to_remove, "a file stays behind")
            }
            (_, Err(_)) => Ok(()),
        }
    });
}

#[test]
fn reset_is_atomic() {
    let ends = ["gatepass reset beta --yes", "gatepass reset beta --yes >/dev/full"];
    sweep("reset beta --yes", &ends, |home, ended, which, secrets| {
        let old = home.verify(&secrets[1]);
        ensure(
            old == Some(if which == 0 { 0 } else { 13 }),
            "the old secret is as it must not be",
        )?;
        match printed(ended) {
            Some(secret) => {
                ensure(which == 1 && home.verify(secret) == Some(0), "a printed secret is not good")
            }
            None => ensure(ended.code != Some(0), "success without a secret"),
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
        ensure((old, new) == expected, "the name is held by both or by none")?;
        ensure(home.verify(&secrets[2]) == Some(0), "an edit ended the secret")
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
    let judge = |home: &TestHome, ended: &ProcessOutput, _: Fault| {
        if let Some(secret) = printed(ended) {
            ensure(home.verify(secret) == Some(0), "a printed secret is not good")?;
        }
        let again = home.run("create second --days 9");
        ensure(again.code == Some(0), &format!("it can't be made any more: {again:?}"))?;
        let doctor = home.run("doctor");
        ensure(doctor.code == Some(0), &format!("doctor objects: {doctor:?}"))
    };
    let arguments = words("create first --days 9").into_iter();
    let arguments = arguments.map(|word| word.into_string().unwrap()).collect();
    let subject = Subject { program: GATEPASS, arguments, initial_home: &home, check: &judge };
    let (count, wrong) = subject.sweep(if is_full() { 1 } else { STRIDE });
    print_figure(&format!("faults: the first create: {count}, {} wrong", wrong.len()));
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(10)].join("\n")
    );
}

/// Power cuts can't be had here; what survives them is what was synced, file and name.
#[test]
fn an_out_file_is_synced_before_the_commit() {
    let home = TestHome::with(&["create first --days 9"]);
    let root = fs::canonicalize(home.root()).unwrap();
    let (secret, store) = (root.join("secret.txt"), fs::canonicalize(home.store()).unwrap());
    for line in ["create partner --days 9 --out secret.txt", "key export --out secret.txt"] {
        fs::remove_file(&secret).ok();
        let mut command = home.strace();
        command.args(["-f", "-qq", "-y", "-e", "trace=fsync,fdatasync", "-o", "log", GATEPASS]);
        let ended = finish_within(command.args(words(line)).spawn().unwrap(), LONGEST);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let log = fs::read_to_string(home.path("log")).unwrap();
        let place = |path: &Path| {
            let synced = format!("<{}>", path.display());
            log.lines().position(|call| call.contains(&synced))
        };
        let wal = place(&store.with_file_name("store.db-wal"));
        for path in [&secret, &root] {
            assert!(place(path).is_some() && place(path) < wal, "{}: {log}", path.display());
        }
    }
}

/// The judge of the faults must know a cheat: who writes a change in two steps leaves half of it.
#[test]
fn a_two_step_writer_is_caught() {
    let home = TestHome::new();
    let judge = |home: &TestHome, _: &ProcessOutput, _: Fault| {
        let left = fs::read_to_string(home.path("change")).unwrap_or_default();
        ensure(left.is_empty() || left == "first\nsecond\n", &format!("half done: {left:?}"))
    };
    let script = "printf 'first\\n' >>\"$HOME/change\" && printf 'second\\n' >>\"$HOME/change\"";
    let arguments = vec!["-c".to_owned(), script.to_owned()];
    let subject = Subject { program: "sh", arguments, initial_home: &home, check: &judge };
    let (count, wrong) = subject.sweep(1);
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
