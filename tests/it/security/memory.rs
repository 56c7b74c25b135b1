//! The memory of a process after it delivered a secret: no copy of it is left.

use std::{
    fs::{self, File},
    io::Read,
    os::unix::fs::FileExt,
    path::Path,
    process::Child,
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use rustix::process::{Pid, Signal, geteuid, kill_process};

use crate::support::{
    process::{GATEPASS, TestHome, is_full, print_figure},
    test_env::words,
};

/// How long a process may take until it exits.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The number of the system call `exit_group` on this machine.
#[cfg(target_arch = "x86_64")]
const EXIT_GROUP: &str = "231";
#[cfg(target_arch = "aarch64")]
const EXIT_GROUP: &str = "94";

/// The memory of a process that is about to exit, and its stdout.
struct LastState {
    memory: Vec<Vec<u8>>,
    stdout: Vec<u8>,
}

impl LastState {
    /// Runs a program, stops it where it exits, and reads its memory.
    fn of(home: &TestHome, program: &str, arguments: &[String]) -> Self {
        let mut strace = home.strace();
        strace.args(["-qq", "-o", "/dev/null", "-etrace=exit_group"]);
        let delay = TIMEOUT.as_micros();
        strace.arg(format!("-einject=exit_group:delay_enter={delay}"));
        let mut tracer = strace.arg("--").arg(program).args(arguments).spawn().unwrap();
        let process = exiting_child(&tracer);
        let memory = read_memory(&process);
        tracer.kill().unwrap();
        kill_process(Pid::from_raw(process.parse().unwrap()).unwrap(), Signal::KILL).ok();
        let mut stdout = Vec::new();
        tracer.stdout.take().unwrap().read_to_end(&mut stdout).unwrap();
        tracer.wait().unwrap();
        Self { memory, stdout }
    }

    /// Returns how often a part of `secret` is in the memory.
    fn copies(&self, secret: &[u8]) -> usize {
        let (middle, end) = (secret.len() / 2 - 8, secret.len() - 16);
        let parts = [&secret[..16], &secret[middle..][..16], &secret[end..]];
        let count = |part: &[u8]| {
            self.memory.iter().map(|area| count_occurrences(area, part)).sum::<usize>()
        };
        parts.into_iter().map(count).max().unwrap_or(0)
    }
}

fn count_occurrences(text: &[u8], part: &[u8]) -> usize {
    let starts = text.iter().enumerate().filter(|(_, byte)| **byte == part[0]);
    starts.filter(|(at, _)| text[*at..].starts_with(part)).count()
}

/// Waits until the child of `tracer` is about to exit, and returns its process id.
fn exiting_child(tracer: &Child) -> String {
    let (id, began) = (tracer.id(), Instant::now());
    loop {
        assert!(began.elapsed() < TIMEOUT, "it did not exit");
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"));
        // strace has children of its own, to find out what it may do.
        let exe = |process: &str| fs::read_link(format!("/proc/{process}/exe")).ok();
        for child in children.unwrap_or_default().split_whitespace() {
            if exe(child) == exe(&id.to_string()) {
                continue;
            }
            let call = fs::read_to_string(format!("/proc/{child}/syscall")).unwrap_or_default();
            if call.split_whitespace().next() == Some(EXIT_GROUP) {
                return child.to_owned();
            }
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// Returns the content of all writable areas of the memory of a process.
fn read_memory(process: &str) -> Vec<Vec<u8>> {
    let memory = File::open(Path::new("/proc").join(process).join("mem")).unwrap();
    let maps = fs::read_to_string(Path::new("/proc").join(process).join("maps")).unwrap();
    let mut areas = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (start, end) = line.split_whitespace().next().unwrap().split_once('-').unwrap();
        let [start, end] = [start, end].map(|hex| u64::from_str_radix(hex, 16).unwrap());
        let mut area = vec![0; (end - start) as usize];
        if memory.read_exact_at(&mut area, start).is_ok() {
            areas.push(area);
        }
    }
    assert!(areas.len() > 3, "too little memory could be read: {maps}");
    areas
}

fn without_root() -> bool {
    if geteuid().is_root() {
        return false;
    }
    let how = "sudo -E cargo test --test it security::memory";
    print_figure(&format!("memory: copies of secrets: NOT RUN without root: {how}"));
    assert!(!is_full(), "memory: not root: {how}");
    true
}

/// Returns the secrets in a text: passcodes, tokens, client secrets, signing keys, and master keys.
fn secrets_in(text: &str) -> Vec<String> {
    let is_secret = |word: &&str| {
        word.len() == 53 && word.starts_with("gp") || word.starts_with("whsec_") || word.len() == 44
    };
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !"_+/=".contains(c));
    words.filter(is_secret).map(str::to_owned).collect()
}

#[test]
fn no_copy_of_a_delivered_secret_is_left_in_memory() {
    if without_root() {
        return;
    }
    let home = TestHome::with(&[
        "create acme --days 9",
        "app add Roster --out app",
        "app edit Roster --webhook https://example.org/ --out hook",
    ]);
    fs::write(home.path("users.csv"), "email\nann@x.org\nbob@x.org\n").unwrap();
    for line in [
        "create a --days 9",
        "create b --days 9 --json",
        "create c --days 9 --format jsonl",
        "create d --days 9 --format csv",
        "create e --days 9 --field secret",
        "create f --days 9 --out out",
        "grant-user --from users.csv --days 9 --out out",
        "grant-user --from users.csv --days 9 --out out.csv",
        "reset acme --yes",
        "reset acme --yes --json --overlap 1d",
        "app add New --json",
        "app reset Roster --yes",
        "app edit Roster --rotate-webhook-key --yes",
        "app edit Roster --rotate-webhook-key --yes --json",
        "app edit Roster --rotate-webhook-key --yes --out out",
        "key export",
        "key export --out out",
    ] {
        let home = home.copy();
        let arguments: Vec<_> =
            words(line).into_iter().map(|word| word.into_string().unwrap()).collect();
        let state = LastState::of(&home, GATEPASS, &arguments);
        let mut delivered = String::from_utf8(state.stdout.clone()).unwrap();
        for file in ["out", "out.csv"] {
            delivered += &fs::read_to_string(home.path(file)).unwrap_or_default();
        }
        let variable = format!("HOME={}", home.root().display());
        assert!(state.copies(variable.as_bytes()) > 0, "{line}: the memory is not its own");
        let secrets = secrets_in(&delivered);
        assert!(!secrets.is_empty(), "{line}: {delivered}");
        for secret in secrets {
            let body = secret.rsplit('_').next().unwrap();
            let copies = state.copies(body.as_bytes());
            assert_eq!(copies, 0, "{line}: copies of the secret in memory");
            // Signing keys and master keys are texts of bytes that must not stay either.
            if let Ok(bytes) = STANDARD.decode(body) {
                assert_eq!(state.copies(&bytes), 0, "{line}: copies of the key in memory");
            }
        }
    }
}

/// The known-bad subject: a shell that reads a secret into a variable.
#[test]
fn a_copy_in_memory_is_found() {
    if without_root() {
        return;
    }
    let home = TestHome::with(&["create acme --days 9 --out secret"]);
    let secret = fs::read_to_string(home.path("secret")).unwrap();
    let arguments = ["-c", "read -r copy <secret; exit 0"].map(str::to_owned);
    let state = LastState::of(&home, "sh", &arguments);
    assert!(state.copies(secret[4..].trim_end().as_bytes()) > 0, "the copy was not found");
}
