//! The real binary as a process, with a clean environment, a home directory of its own and a time limit.

pub mod signals;
mod test_level;

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

use signals::stop_ignoring_signals;
pub use test_level::is_full;

use super::{json_schemas::assert_documents_valid, private_dir::private_dir, test_env::words};

/// The program under test.
pub const GATEPASS: &str = env!("CARGO_BIN_EXE_gatepass");

/// The time limit of a process. gatepass waits for the lock of the store for five seconds.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Prints a figure for the table in `tests/README.md`; visible with `--nocapture`.
pub fn print_figure(figure: &str) {
    std::io::stderr().write_all(format!("{figure}\n").as_bytes()).unwrap();
}

/// Panics if a tool that tests need is missing: nothing is skipped silently.
pub fn require_tool(name: &str, package: &str) {
    let exists = std::env::split_paths(TOOL_PATH).any(|folder| folder.join(name).is_file());
    assert!(exists, "{name} is missing: apt-get install -y {package}");
}

const TOOL_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// A home directory.
pub struct TestHome {
    directory: TempDir,
}

/// The output and the status of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessOutput {
    /// The exit code; `None` if a signal ended the process.
    pub code: Option<i32>,
    /// The signal that ended the process.
    pub signal: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl TestHome {
    /// Creates an empty directory with mode 0700.
    pub fn new() -> Self {
        Self { directory: private_dir() }
    }

    /// Creates a home and runs these commands.
    pub fn with(lines: &[&str]) -> Self {
        let home = Self::new();
        for line in lines {
            home.ok(line);
        }
        home
    }

    /// Copies the home, including links and modes.
    pub fn copy(&self) -> Self {
        let copy = Self::new();
        copy_tree(self.root(), copy.root());
        copy
    }

    pub fn root(&self) -> &Path {
        self.directory.path()
    }

    /// Returns a path in the home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// Returns the default path of the store.
    pub fn store(&self) -> PathBuf {
        self.path(".local/share/gatepass/store.db")
    }

    /// Returns the default path of the key.
    pub fn key(&self) -> PathBuf {
        self.path(".config/gatepass/key")
    }

    /// Prepares `gatepass` with the words of `line`. It inherits nothing.
    pub fn gatepass(&self, line: &str) -> Command {
        let mut command = self.tool(GATEPASS);
        command.args(words(line));
        command
    }

    /// Prepares another program in the same environment.
    pub fn tool(&self, program: &str) -> Command {
        tool_at(self.root(), program)
    }

    /// Prepares `strace` in the same environment. It must be root to read the memory of `gatepass`, and becomes root in a
    /// user namespace if necessary.
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

    /// Runs `script` with `sh`, with `gatepass` as `$0` and these arguments.
    pub fn shell(&self, script: &str, words: &[&str]) -> ProcessOutput {
        let mut command = self.tool("sh");
        command.args(["-c", script, GATEPASS]).args(words);
        finish(command.spawn().unwrap())
    }

    /// Runs `gatepass` until it ends.
    pub fn run(&self, line: &str) -> ProcessOutput {
        finish(self.gatepass(line).spawn().unwrap())
    }

    /// Like [`Self::run`], with a stdin.
    pub fn run_with_input(&self, line: &str, input: &str) -> ProcessOutput {
        let mut child = self.gatepass(line).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A command that fails early does not read everything.
        stdin.write_all(input.as_bytes()).ok();
        drop(stdin);
        finish(child)
    }

    /// Returns the stdout of a command. Panics if it fails.
    pub fn ok(&self, line: &str) -> String {
        let output = self.run(line);
        assert_eq!(output.code, Some(0), "gatepass {line}\n{output:?}");
        output.stdout
    }

    /// Returns the exit code of `verify` for a secret.
    pub fn verify(&self, secret: &str) -> Option<i32> {
        self.run_with_input("verify", secret).code
    }

    /// Returns all credentials as JSON, including deleted ones.
    pub fn credentials(&self) -> Vec<Value> {
        let list: Value = serde_json::from_str(&self.ok("list --all --json")).unwrap();
        list["items"].as_array().unwrap().clone()
    }

    /// Panics if `doctor` finds a problem.
    pub fn assert_healthy(&self) {
        let doctor = self.run("doctor");
        assert_eq!(doctor.code, Some(0), "{doctor:?}");
    }
}

impl ProcessOutput {
    fn new(status: ExitStatus, stdout: Vec<u8>, stderr: Vec<u8>) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let (code, signal) = (status.code(), status.signal());
        let (stdout, stderr) = (text(stdout), text(stderr));
        assert_documents_valid(&stdout);
        assert_documents_valid(&stderr);
        Self { code, signal, stdout, stderr }
    }

    /// Returns whether the program panicked or crashed.
    pub fn has_panicked(&self) -> bool {
        matches!(self.code, Some(101 | 134))
            || matches!(self.signal, Some(4 | 6 | 7 | 8 | 11))
            || self.stderr.contains("panicked")
    }
}

/// Prepares a program whose home is `root`. It inherits nothing.
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

/// Waits for a child and collects its output. Kills its process group and panics if it hangs.
pub fn finish(child: Child) -> ProcessOutput {
    finish_within(child, TIME_LIMIT)
}

/// Like [`finish`], with another time limit.
pub fn finish_within(mut child: Child, limit: Duration) -> ProcessOutput {
    let stdout = child.stdout.take().map(|pipe| thread::spawn(move || collect(pipe)));
    let stderr = child.stderr.take().map(|pipe| thread::spawn(move || collect(pipe)));
    let (start, group) = (Instant::now(), Pid::from_child(&child));
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > limit {
            kill_process_group(group, Signal::KILL).ok();
            child.wait().unwrap();
            panic!("process {} hung for {limit:?}", child.id());
        }
        thread::sleep(Duration::from_micros(500));
    };
    let text = |reader: Option<thread::JoinHandle<Vec<u8>>>| {
        reader.map(|reader| reader.join().unwrap()).unwrap_or_default()
    };
    ProcessOutput::new(status, text(stdout), text(stderr))
}

/// Calls `work` with every item, on all cores, and returns the results in order.
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
