//! A world of its own for each story: home directory, clock, entropy and streams. The program runs in process.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    ffi::OsString,
    fmt,
    fs::{self, Permissions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use gatepass::{
    domain::{
        actor::Actor,
        credential::secret,
        instant::{Clock, DAY, Instant},
    },
    host::{Host, PromptError, Prompter, Terminal},
    keys::{self, Keys, PathRules},
    ops::OpContext,
    store::{
        Store,
        sqlite::{LockWait, Mode, SqliteBackend},
    },
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::private_dir::private_dir;

/// When every story begins, unless it says otherwise.
pub const START_TIME: &str = "2026-11-22T06:00:00Z";

/// A machine with nothing on it.
pub struct TestEnv {
    home: TempDir,
    clock: Arc<TestClock>,
    shared_clock: Arc<dyn Clock>,
    entropy: ChaCha20Rng,
    /// The environment; nothing is inherited.
    pub env: BTreeMap<OsString, OsString>,
    /// Which streams are terminals.
    pub terminal: Terminal,
    /// What the person at the terminal will answer, in order.
    pub answers: VecDeque<String>,
    /// Who that is.
    pub actor: Actor,
    /// How many bytes stdout takes before it is closed; `None` takes all.
    pub stdout_limit: Option<usize>,
    /// All that was ever printed and asked, as it was.
    pub transcript: Vec<u8>,
}

/// A world that stands still: its files, its time and its entropy. Worlds thawed from it cost no transactions.
pub struct Snapshot {
    files: Vec<(PathBuf, Vec<u8>)>,
    now: Instant,
    entropy: ChaCha20Rng,
}

/// What one run said and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandOutput {
    /// The exit code.
    pub exit: u8,
    /// Data.
    pub stdout: String,
    /// Talk, with the questions that were asked.
    pub stderr: String,
}

/// All three in one text, for snapshots; secrets are blotted out, so that no scanner takes the tests for a leak.
impl fmt::Display for CommandOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [stdout, stderr] = [&self.stdout, &self.stderr].map(|text| secret::redact(text));
        write!(f, "exit {}\n-- stdout\n{stdout}-- stderr\n{stderr}", self.exit)
    }
}

impl TestEnv {
    /// A new one, at [`DAWN`], without a terminal.
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
                uid: 1000,
                login_uid: Some(1000),
                user: "ann".to_owned(),
                sudo_user: None,
                host: "desk".to_owned(),
            },
            stdout_limit: None,
            transcript: Vec::new(),
        }
    }

    /// The same with somebody at a terminal of 100 columns.
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

    /// This world as it is now.
    pub fn snapshot(&self) -> Snapshot {
        let mut files = Vec::new();
        collect_files(self.home.path(), Path::new(""), &mut files);
        Snapshot { files, now: self.clock.now(), entropy: self.entropy.clone() }
    }

    /// Another world that begins where a frozen one stands.
    pub fn from_snapshot(frozen: &Snapshot) -> Self {
        let mut env = Self::new();
        for (name, bytes) in &frozen.files {
            let path = env.home.path().join(name);
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(path.parent().unwrap())
                .unwrap();
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        }
        env.clock.set(frozen.now);
        env.entropy = frozen.entropy.clone();
        env
    }

    /// A path in the home directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The store's default path.
    pub fn store(&self) -> PathBuf {
        self.path(".local/share/gatepass/store.db")
    }

    /// The key's default path.
    pub fn key(&self) -> PathBuf {
        self.path(".config/gatepass/key")
    }

    /// The store itself, as a gate has it beside the commands.
    pub fn open_store(&self) -> Store {
        let master = keys::file::read(&self.key(), PathRules::Owned).unwrap();
        let backend =
            SqliteBackend::open(&self.store(), Mode::Write, LockWait::UntilTimeout).unwrap();
        Store::new(Box::new(backend), Keys::derive(&master))
    }

    /// What a gate makes changes with.
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

    /// Writes a file that only its owner may read, and answers its path.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        path
    }

    /// Moves the clock.
    pub fn advance_days(&self, days: i64) {
        self.advance_seconds(days * DAY);
    }

    /// Moves the clock.
    pub fn advance_seconds(&self, seconds: i64) {
        self.clock.set(self.clock.now().plus(seconds));
    }

    /// Sets the clock.
    pub fn set_clock(&self, instant: &str) {
        self.clock.set(Instant::parse_rfc3339(instant).unwrap());
    }

    /// Draws other secrets and ids from now on.
    pub fn reseed(&mut self, seed: u64) {
        self.entropy = ChaCha20Rng::seed_from_u64(seed);
    }

    /// Runs `gatepass` with the words of `line`; single quotes hold a word together, `~` is the home directory.
    pub fn run(&mut self, line: &str) -> CommandOutput {
        self.run_with_input(line, "")
    }

    /// The same with something on stdin.
    pub fn run_with_input(&mut self, line: &str, input: impl AsRef<[u8]>) -> CommandOutput {
        let home = format!("{}/", path_text(self.home.path()));
        self.run_words(&words(&line.replace("~/", &home)), input.as_ref())
    }

    /// Runs `gatepass` with words of any bytes.
    pub fn run_words(&mut self, words: &[OsString], mut input: &[u8]) -> CommandOutput {
        self.run_reading(words, &mut input)
    }

    /// The same with a stdin that may never end.
    pub fn run_reading(&mut self, words: &[OsString], stdin: &mut dyn Read) -> CommandOutput {
        let arguments: Vec<OsString> =
            std::iter::once("gatepass".into()).chain(words.iter().cloned()).collect();
        let mut stdout = LimitedWriter { bytes: Vec::new(), limit: self.stdout_limit };
        let shared = RefCell::new(Vec::new());
        let mut stderr = SharedStderr(&shared);
        let mut prompter =
            ScriptedPrompter { answers: &mut self.answers, stderr: SharedStderr(&shared) };
        let exit = gatepass::run(
            &mut gatepass::command_tree(),
            &arguments,
            &mut Host {
                env: self.env.clone(),
                stdin,
                stdout: &mut stdout,
                stderr: &mut stderr,
                terminal: self.terminal,
                clock: &self.shared_clock,
                entropy: &mut self.entropy,
                prompter: &mut prompter,
                actor: self.actor.clone(),
            },
        );
        let stderr = shared.into_inner();
        self.transcript.extend([stdout.bytes.as_slice(), &stderr].concat());
        CommandOutput {
            exit: exit.code(),
            stdout: self.replace_home(&String::from_utf8(stdout.bytes).unwrap()),
            stderr: self.replace_home(&String::from_utf8(stderr).unwrap()),
        }
    }

    /// Runs it and answers what it printed; anything but success ends the story.
    pub fn run_ok(&mut self, line: &str) -> String {
        let output = self.run(line);
        assert_eq!(output.exit, 0, "gatepass {line}\n{output}");
        output.stdout
    }

    /// Makes a credential and answers its secret.
    pub fn run_for_secret(&mut self, line: &str) -> String {
        self.run_ok(line).trim_end().to_owned()
    }

    /// The home directory differs from run to run; what is said of it must not.
    fn replace_home(&self, text: &str) -> String {
        let home = fs::canonicalize(self.home.path()).unwrap();
        text.replace(path_text(&home), "~").replace(path_text(self.home.path()), "~")
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

/// The words of a line, split as a shell would.
pub fn words(line: &str) -> Vec<OsString> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for character in line.chars() {
        match character {
            '\'' => (quoted, begun) = (!quoted, true),
            ' ' if !quoted => {
                if begun {
                    words.push(OsString::from(std::mem::take(&mut word)));
                }
                begun = false;
            }
            other => {
                word.push(other);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word.into());
    }
    words
}

fn path_text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A clock that stands still until it is moved.
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

/// A reader that may close its end.
struct LimitedWriter {
    bytes: Vec<u8>,
    limit: Option<usize>,
}

impl Write for LimitedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.limit.is_some_and(|limit| self.bytes.len() + bytes.len() > limit) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The one stderr, on which questions are asked, too.
struct SharedStderr<'a>(&'a RefCell<Vec<u8>>);

impl Write for SharedStderr<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A person whose answers are known beforehand; with none left, they interrupt.
struct ScriptedPrompter<'a> {
    answers: &'a mut VecDeque<String>,
    stderr: SharedStderr<'a>,
}

impl ScriptedPrompter<'_> {
    fn answer(&mut self, question: &str) -> Result<String, PromptError> {
        let answer = self.answers.pop_front().ok_or(PromptError::Interrupted)?;
        writeln!(self.stderr, "? {question} {answer}").map_err(PromptError::Io)?;
        Ok(answer)
    }
}

impl Prompter for ScriptedPrompter<'_> {
    fn text(
        &mut self,
        question: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError> {
        loop {
            let answer = self.answer(question)?;
            match check(&answer) {
                Ok(()) => return Ok(answer),
                Err(why) => writeln!(self.stderr, "! {why}").map_err(PromptError::Io)?,
            }
        }
    }

    fn hidden(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError> {
        let answer = self.answers.pop_front().ok_or(PromptError::Interrupted)?;
        writeln!(self.stderr, "? {question} (hidden)").map_err(PromptError::Io)?;
        Ok(Zeroizing::new(answer.into_bytes()))
    }

    fn choose(&mut self, question: &str, options: &[&str]) -> Result<usize, PromptError> {
        let answer = self.answer(question)?;
        Ok(options
            .iter()
            .position(|option| option.starts_with(&answer))
            .expect("an option that is offered"))
    }

    fn confirm(&mut self, question: &str) -> Result<bool, PromptError> {
        Ok(self.answer(question)? == "y")
    }
}
