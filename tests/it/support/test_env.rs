//! An environment of its own for each test: home directory, clock, entropy and streams. The program runs in process.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    ffi::OsString,
    fmt,
    fs::{self, Permissions},
    io::{self, Read},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex},
};

use clap::Command;
use gatepass::{
    commands::help::exits::exits,
    domain::{
        actor::{Actor, Principal, Process},
        credential::secret,
        instant::{Clock, DAY, Instant},
    },
    exit::Exit,
    host::{Host, Terminal},
    keys::{self, Keys, PathRules},
    ops::OpContext,
    store::{BackendByAddress, LockWait, Mode, Store, StoreDriver},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use tempfile::TempDir;

use super::{
    json_schemas::assert_documents_valid,
    private_dir::private_dir,
    streams::{Kill, Killed, LimitedWriter, ScriptedPrompter, SharedStderr},
};

/// The initial time of the clock.
pub const START_TIME: &str = "2026-11-22T06:00:00Z";

/// The exit code of a command that was killed.
pub const KILLED: u8 = 137;

/// A machine without any files.
pub struct TestEnv {
    home: TempDir,
    clock: Arc<TestClock>,
    shared_clock: Arc<dyn Clock>,
    entropy: ChaCha20Rng,
    /// The environment variables; none are inherited.
    pub env: BTreeMap<OsString, OsString>,
    /// Which streams are terminals.
    pub terminal: Terminal,
    /// The answers of the person at the terminal, in order.
    pub answers: VecDeque<String>,
    /// The person who runs the commands.
    pub actor: Actor,
    /// Opens the stores of all commands.
    pub driver: Arc<dyn StoreDriver>,
    /// The bytes that stdout takes before it fails; `None` takes all.
    pub stdout_limit: Option<usize>,
    /// The error with which stdout fails.
    pub stdout_error: io::ErrorKind,
    /// When the next commands are killed; they exit with [`KILLED`].
    pub kill: Option<Kill>,
    /// The output of all commands, with prompts and secrets.
    pub transcript: Vec<u8>,
}

/// A copy of the files, the time and the entropy of an environment. Starting from it needs no transactions.
pub struct Snapshot {
    pub files: Vec<(PathBuf, Vec<u8>)>,
    now: Instant,
    entropy: ChaCha20Rng,
}

/// The output and the exit code of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandOutput {
    pub exit: u8,
    pub stdout: String,
    /// Messages and prompts.
    pub stderr: String,
}

/// Exit code and streams for snapshots, without empty streams. Snapshots ignore white space at their end, so that a stdout
/// there is marked unless it ends with one line feed. Secrets are redacted, so that scanners do not report the tests.
impl fmt::Display for CommandOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "exit {}", self.exit)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                write!(f, "-- {name}\n{}", secret::redact(text))?;
            }
        }
        let is_line = |text: &str| !text.is_empty() && text.trim_end() == text;
        let is_marked = self.stderr.is_empty()
            && !self.stdout.is_empty()
            && !self.stdout.strip_suffix('\n').is_some_and(is_line);
        if is_marked { f.write_str("-- end\n") } else { Ok(()) }
    }
}

impl TestEnv {
    /// Creates an environment at [`START_TIME`] without a terminal.
    pub fn new() -> Self {
        let home = private_dir();
        let clock = Arc::new(TestClock(Mutex::new(Instant::parse_rfc3339(START_TIME).unwrap())));
        let env = BTreeMap::from([("HOME".into(), home.path().into())]);
        Self {
            home,
            shared_clock: clock.clone(),
            clock,
            entropy: ChaCha20Rng::seed_from_u64(1),
            env,
            terminal: Terminal::default(),
            answers: VecDeque::new(),
            actor: Actor {
                process: Process {
                    uid: 1000,
                    login_uid: Some(1000),
                    user: "ann".to_owned(),
                    sudo_user: None,
                    host: "host".to_owned(),
                },
                principal: Principal::Os,
            },
            driver: Arc::new(BackendByAddress),
            stdout_limit: None,
            stdout_error: io::ErrorKind::BrokenPipe,
            kill: None,
            transcript: Vec::new(),
        }
    }

    /// Like [`Self::new`], with a terminal of 100 columns.
    pub fn with_terminal() -> Self {
        let terminal = Terminal {
            stdin: true,
            stdout: true,
            stderr: true,
            width: Some(100),
            ..Terminal::default()
        };
        Self { terminal, ..Self::new() }
    }

    /// Returns a copy of the present state.
    pub fn snapshot(&self) -> Snapshot {
        let mut files = Vec::new();
        collect_files(self.home.path(), Path::new(""), &mut files);
        Snapshot { files, now: self.clock.now(), entropy: self.entropy.clone() }
    }

    /// Creates an environment from a copy.
    pub fn from_snapshot(snapshot: &Snapshot) -> Self {
        let mut env = Self::new();
        for (name, bytes) in &snapshot.files {
            let path = env.home.path().join(name);
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(path.parent().unwrap())
                .unwrap();
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        }
        env.clock.set(snapshot.now);
        env.entropy = snapshot.entropy.clone();
        env
    }

    /// Returns a path in the home directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Returns the default path of the store.
    pub fn store(&self) -> PathBuf {
        self.path(".local/share/gatepass/store.db")
    }

    /// Returns the default path of the key.
    pub fn key(&self) -> PathBuf {
        self.path(".config/gatepass/key")
    }

    /// Opens the store, as a gate does beside the commands.
    pub fn open_store(&self) -> Store {
        let master = keys::file::read(&self.key(), PathRules::Owned).unwrap();
        let backend = self.driver.open(&self.store().into(), Mode::Write, LockWait::UntilTimeout);
        Store::new(backend.unwrap(), Keys::derive(&master))
    }

    /// Returns the context in which a gate makes changes.
    pub fn op_context<'a>(&'a self, store: &'a Store) -> OpContext<'a> {
        let (clock, actor) = (&self.clock, &self.actor);
        OpContext {
            store,
            clock: clock.as_ref(),
            actor,
            account: None,
            dry_run: false,
            accept_clock: false,
        }
    }

    /// Writes a file that only its owner may read, and returns its path.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        path
    }

    pub fn advance_days(&self, days: i64) {
        self.advance_seconds(days * DAY);
    }

    /// Moves the clock; a negative number moves it back.
    pub fn advance_seconds(&self, seconds: i64) {
        self.clock.set(self.clock.now().plus(seconds));
    }

    /// Sets the clock to an instant in RFC 3339.
    pub fn set_clock(&self, instant: &str) {
        self.clock.set(Instant::parse_rfc3339(instant).unwrap());
    }

    /// Makes the following secrets and ids differ from those of other environments.
    pub fn reseed(&mut self, seed: u64) {
        self.entropy = ChaCha20Rng::seed_from_u64(seed);
    }

    /// Runs `gatepass` with the words of `line`. Single quotes group words, `~/` is the home directory.
    pub fn run(&mut self, line: &str) -> CommandOutput {
        let home = format!("{}/", path_text(self.home.path()));
        self.run_words(&words(&line.replace("~/", &home)), b"")
    }

    /// Like [`Self::run`], with the messages that gatepass writes to stderr only at a terminal.
    pub fn run_with_messages(&mut self, line: &str) -> CommandOutput {
        let terminal = self.terminal;
        self.terminal.stderr = true;
        let output = self.run(line);
        self.terminal = terminal;
        output
    }

    /// Like [`Self::run`], with a stdin that is redirected, also at a terminal.
    pub fn run_with_input(&mut self, line: &str, input: impl AsRef<[u8]>) -> CommandOutput {
        let home = format!("{}/", path_text(self.home.path()));
        let was_terminal = std::mem::replace(&mut self.terminal.stdin, false);
        let output = self.run_words(&words(&line.replace("~/", &home)), input.as_ref());
        self.terminal.stdin = was_terminal;
        output
    }

    /// Runs `gatepass` with arguments of any bytes.
    pub fn run_words(&mut self, words: &[OsString], mut input: &[u8]) -> CommandOutput {
        self.run_reading(words, &mut input)
    }

    /// Like [`Self::run_words`], with a stdin that may be endless.
    pub fn run_reading(&mut self, words: &[OsString], stdin: &mut dyn Read) -> CommandOutput {
        let arguments: Vec<OsString> =
            std::iter::once("gatepass".into()).chain(words.iter().cloned()).collect();
        let mut stdout = LimitedWriter {
            bytes: Vec::new(),
            limit: self.stdout_limit,
            error: self.stdout_error,
            kill: self.kill,
        };
        let shared = RefCell::new(Vec::new());
        let mut stderr = SharedStderr(&shared);
        let mut prompter =
            ScriptedPrompter { answers: &mut self.answers, stderr: SharedStderr(&shared) };
        let mut host = Host {
            env: self.env.clone(),
            stdin,
            stdout: &mut stdout,
            stderr: &mut stderr,
            terminal: self.terminal,
            clock: &self.shared_clock,
            entropy: &mut self.entropy,
            prompter: &mut prompter,
            actor: self.actor.clone(),
        };
        let driver = self.driver.clone();
        let run = AssertUnwindSafe(|| {
            let exit = gatepass::run_with_driver(&arguments, &mut host, driver);
            assert_documented(&arguments, exit);
            exit.code()
        });
        let exit = catch_unwind(run).unwrap_or_else(|payload| match payload.is::<Killed>() {
            true => KILLED,
            false => resume_unwind(payload),
        });
        let stderr = shared.into_inner();
        self.transcript.extend([stdout.bytes.as_slice(), &stderr].concat());
        let [stdout, stderr] =
            [stdout.bytes, stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert_documents_valid(&stdout);
        assert_documents_valid(&stderr);
        CommandOutput {
            exit,
            stdout: self.replace_home(&stdout),
            stderr: self.replace_home(&stderr),
        }
    }

    /// Returns the stdout of a command. Panics if it fails.
    pub fn run_ok(&mut self, line: &str) -> String {
        let output = self.run(line);
        assert_eq!(output.exit, 0, "gatepass {line}\n{output}");
        output.stdout
    }

    /// Runs a command that prints a secret, and returns the secret.
    pub fn run_for_secret(&mut self, line: &str) -> String {
        self.run_ok(line).trim_end().to_owned()
    }

    /// Replaces the home directory, which differs between runs, by `~`.
    fn replace_home(&self, text: &str) -> String {
        let home = fs::canonicalize(self.home.path()).unwrap();
        text.replace(path_text(&home), "~").replace(path_text(self.home.path()), "~")
    }
}

/// Asserts that the man page of the command lists this exit code.
fn assert_documented(arguments: &[OsString], exit: Exit) {
    static TREE: LazyLock<Command> = LazyLock::new(gatepass::command_tree);
    let mut command = &*TREE;
    let mut path = Vec::new();
    for word in arguments.iter().skip(1) {
        if let Some(subcommand) = command.find_subcommand(word) {
            command = subcommand;
            path.push(command.get_name());
        }
    }
    if !command.has_subcommands() {
        let listed = exits(&path.join(" "), command);
        assert!(listed.contains(&exit), "{arguments:?} exits with {exit:?}, not one of {listed:?}");
    }
}

fn collect_files(home: &Path, dir: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(home.join(dir)).unwrap() {
        let name = dir.join(entry.unwrap().file_name());
        match fs::read(home.join(&name)) {
            Ok(bytes) => files.push((name, bytes)),
            Err(_) => collect_files(home, &name, files),
        }
    }
}

/// Splits a line into words. Single quotes group words.
pub fn words(line: &str) -> Vec<OsString> {
    let (mut words, mut word, mut quoted, mut started) = (Vec::new(), String::new(), false, false);
    for character in line.chars() {
        match character {
            '\'' => (quoted, started) = (!quoted, true),
            ' ' if !quoted => {
                if started {
                    words.push(OsString::from(std::mem::take(&mut word)));
                }
                started = false;
            }
            other => {
                word.push(other);
                started = true;
            }
        }
    }
    if started {
        words.push(word.into());
    }
    words
}

fn path_text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A clock that moves only when it is set.
struct TestClock(Mutex<Instant>);

impl TestClock {
    fn set(&self, instant: Instant) {
        *self.0.lock().unwrap() = instant;
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap()
    }
}
