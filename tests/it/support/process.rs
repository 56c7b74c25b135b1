//! The real binary as a process of its own: a clean environment, a home of its own, an end in bounded time.

use std::{
    fs,
    io::{Read, Write},
    os::unix::process::{CommandExt, ExitStatusExt},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, geteuid, kill_process_group};
use serde_json::Value;
use tempfile::TempDir;

pub use super::test_level::is_full;
use super::{private_dir::private_dir, signals::stop_ignoring_signals, test_env::words};

/// The program under test.
pub const GATEPASS: &str = env!("CARGO_BIN_EXE_gatepass");

/// What takes longer hangs. A wait for the store's lock ends after five seconds.
const LONGEST: Duration = Duration::from_secs(60);

/// Says a figure, for the table in `tests/README.md`; seen with `--nocapture`.
pub fn print_figure(figure: &str) {
    std::io::stderr().write_all(format!("{figure}\n").as_bytes()).unwrap();
}

/// A tool that the tests stand on is there, or the test has failed: nothing is skipped in silence.
pub fn require_tool(name: &str, package: &str) {
    let is_there = std::env::split_paths(TOOL_PATH).any(|folder| folder.join(name).is_file());
    assert!(is_there, "{name} is missing: apt-get install -y {package}");
}

const TOOL_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// A home directory on a machine of its own, as far as files go.
pub struct TestHome {
    directory: TempDir,
}

/// How a process ended, and what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessOutput {
    /// Its exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// The signal.
    pub signal: Option<i32>,
    /// Data.
    pub stdout: String,
    /// Talk.
    pub stderr: String,
}

impl TestHome {
    /// An empty one, 0700.
    pub fn new() -> Self {
        Self { directory: private_dir() }
    }

    /// One with a store that holds what these lines make.
    pub fn with(lines: &[&str]) -> Self {
        let home = Self::new();
        for line in lines {
            home.ok(line);
        }
        home
    }

    /// A copy, links and modes included.
    pub fn copy(&self) -> Self {
        let copy = Self::new();
        copy_tree(self.root(), copy.root());
        copy
    }

    /// The directory itself.
    pub fn root(&self) -> &Path {
        self.directory.path()
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// The store's default path.
    pub fn store(&self) -> PathBuf {
        self.path(".local/share/gatepass/store.db")
    }

    /// The key's default path.
    pub fn key(&self) -> PathBuf {
        self.path(".config/gatepass/key")
    }

    /// `gatepass` with the words of `line`, not yet started; nothing is inherited.
    pub fn gatepass(&self, line: &str) -> Command {
        let mut command = self.tool(GATEPASS);
        command.args(words(line));
        command
    }

    /// Some other program in the same surroundings.
    pub fn tool(&self, program: &str) -> Command {
        tool_at(self.root(), program)
    }

    /// `strace` in the same surroundings, able to read the memory of `gatepass`, which the program closes to everyone
    /// but root. Another user becomes root in a user namespace.
    pub fn strace(&self) -> Command {
        require_tool("strace", "strace");
        if geteuid().is_root() {
            return self.tool("strace");
        }
        require_tool("unshare", "util-linux");
        let mut command = self.tool("unshare");
        command.args(["--map-root-user", "strace"]);
        command
    }

    /// `sh` that runs `script` with `gatepass` as `$0` and these words.
    pub fn shell(&self, script: &str, words: &[&str]) -> ProcessOutput {
        let mut command = self.tool("sh");
        command.args(["-c", script, GATEPASS]).args(words);
        finish(command.spawn().unwrap())
    }

    /// Runs `gatepass` to its end.
    pub fn run(&self, line: &str) -> ProcessOutput {
        finish(self.gatepass(line).spawn().unwrap())
    }

    /// Runs it with something on stdin.
    pub fn run_with_input(&self, line: &str, input: &str) -> ProcessOutput {
        let mut child = self.gatepass(line).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // Whoever refuses early does not listen to the end.
        stdin.write_all(input.as_bytes()).ok();
        drop(stdin);
        finish(child)
    }

    /// Runs it and answers what it printed; anything but success ends the story.
    pub fn ok(&self, line: &str) -> String {
        let output = self.run(line);
        assert_eq!(output.code, Some(0), "gatepass {line}\n{output:?}");
        output.stdout
    }

    /// The exit code of `verify` for a secret.
    pub fn verify(&self, secret: &str) -> Option<i32> {
        self.run_with_input("verify", secret).code
    }

    /// All credentials, the deleted ones too, as JSON.
    pub fn credentials(&self) -> Vec<Value> {
        let list: Value = serde_json::from_str(&self.ok("list --all --json")).unwrap();
        list["items"].as_array().unwrap().clone()
    }

    /// Ends the story unless `doctor` finds all in order.
    pub fn assert_healthy(&self) {
        let doctor = self.run("doctor");
        assert_eq!(doctor.code, Some(0), "{doctor:?}");
    }
}

impl ProcessOutput {
    fn new(status: ExitStatus, stdout: Vec<u8>, stderr: Vec<u8>) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let (code, signal) = (status.code(), status.signal());
        Self { code, signal, stdout: text(stdout), stderr: text(stderr) }
    }

    /// Whether the program itself fell over, which it never may.
    pub fn has_panicked(&self) -> bool {
        matches!(self.code, Some(101 | 134))
            || matches!(self.signal, Some(4 | 6 | 7 | 8 | 11))
            || self.stderr.contains("panicked")
    }
}

/// A program whose home is `root`, not yet started; nothing is inherited.
pub fn tool_at(root: &Path, program: &str) -> Command {
    stop_ignoring_signals();
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("HOME", root)
        .env("PATH", TOOL_PATH)
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0);
    command
}

/// Waits for a child and collects what it says. One that hangs is ended, by its own process group, and fails.
pub fn finish(child: Child) -> ProcessOutput {
    finish_within(child, LONGEST)
}

/// The same with another bound.
pub fn finish_within(mut child: Child, longest: Duration) -> ProcessOutput {
    let stdout = child.stdout.take().map(|pipe| thread::spawn(move || collect(pipe)));
    let stderr = child.stderr.take().map(|pipe| thread::spawn(move || collect(pipe)));
    let (begun, group) = (Instant::now(), Pid::from_child(&child));
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > longest {
            kill_process_group(group, Signal::KILL).ok();
            child.wait().unwrap();
            panic!("process {} hung for {longest:?}", child.id());
        }
        thread::sleep(Duration::from_micros(500));
    };
    let text = |reader: Option<thread::JoinHandle<Vec<u8>>>| {
        reader.map(|reader| reader.join().unwrap()).unwrap_or_default()
    };
    ProcessOutput::new(status, text(stdout), text(stderr))
}

/// Calls `work` with every item, on as many threads as the machine has, and answers all results in order.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, threads) = (AtomicUsize::new(0), thread::available_parallelism().unwrap().get());
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let take = || {
            let mut mine = Vec::new();
            while let Some((index, item)) = {
                let index = next.fetch_add(1, Ordering::Relaxed);
                items.get(index).map(|item| (index, item))
            } {
                mine.push((index, work(item)));
            }
            mine
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn collect(mut pipe: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes).ok();
    bytes
}

fn copy_tree(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_tree(&source, &target);
            fs::set_permissions(&target, entry.metadata().unwrap().permissions()).unwrap();
        } else {
            fs::copy(&source, &target).unwrap();
        }
    }
}
