//! Damage: single bits of the store's file flipped, and every answer held against the one before.
//!
//! In process, for there are many of them. An answer that differs must be a refusal, and `doctor` must tell.

use std::{
    fs::{self, OpenOptions, Permissions},
    os::unix::fs::{FileExt, PermissionsExt},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags, types::Value};
use tempfile::TempDir;

use crate::support::{
    private_dir::private_dir,
    process::{is_full, print_figure},
    test_env::{CommandOutput, TestEnv},
};

const STORE: &str = ".local/share/gatepass/store.db";
const KEY: &str = ".config/gatepass/key";
/// The key that an app had before there were tokens.
const LEGACY_KEY: &str = "9f86d081884c7d659a2feaa0c55ad015";
/// When the damaged store is looked at.
const CHECKED_AT: &str = "2026-12-26T07:30:00Z";
/// Every which question is asked of a flip; the next flip begins with the next question.
fn stride() -> usize {
    if is_full() { 1 } else { 8 }
}

/// No flip takes longer to ask about, whatever the damage: a hang, not the stalls of a loaded machine, is looked for.
const LONGEST: Duration = Duration::from_secs(120);

/// When a run is ended, however many flips were done.
fn longest_run() -> Duration {
    #[allow(clippy::disallowed_methods, reason = "a test has no host to ask")]
    let minutes = std::env::var("GATEPASS_FLIPS_MINUTES").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(60 * minutes.unwrap_or(60))
}

fn flips() -> u64 {
    if is_full() { 100_000 } else { 2_000 }
}

#[test]
fn a_flipped_bit_never_changes_an_answer_silently() {
    let original = Original::shared();
    let begun = Instant::now();
    let found = flip_all(&original.store, flips(), || Gatepass::new(original));
    let FlipReport { count, visible, refused, violations } = &found;
    let took = begun.elapsed();
    let violating = violations.len();
    print_figure(&format!(
        "flips: {count} in {took:?}; {visible} changed an answer, {refused} answers were refused; {violating} violations"
    ));
    assert!(*count >= flips().min(2_000), "too slow: only {count} flips were tried");
    assert!(*visible > count / 60, "hardly a flip was seen: the harness looks elsewhere");
    assert!(violations.is_empty(), "{}", violations[..violating.min(20)].join("\n"));
}

/// The judge of the flips must know a cheat: whoever selects the same rows without their seals gives wrong answers.
#[test]
fn without_row_macs_flips_are_silent() {
    let original = Original::shared();
    let count = flips().min(20_000);
    let found = flip_all(&original.store, count, || PlainSelect::new(original));
    let unseen = found.violations.iter().filter(|what| what.contains("doctor")).count();
    let silent = found.violations.len() - unseen;
    print_figure(&format!(
        "flips: a plain select gave {silent} wrong answers to {count} flips, and integrity_check said ok to {unseen}"
    ));
    assert!(
        silent > 0 && unseen > 0,
        "the known-bad subject was not caught: the flips show nothing"
    );
}

/// One question and its answer.
struct Case {
    line: String,
    input: String,
    expected: CommandOutput,
}

impl Case {
    /// Whether an answer other than the expected one is no clear refusal.
    fn is_silent(&self, said: &CommandOutput) -> bool {
        let is_decision = match self.line.split(' ').next() {
            // A decision about the secret that is not "unknown" claims to know the record.
            Some("verify") => (11..=14).contains(&said.exit),
            Some("check") => said.exit < 3,
            _ => false,
        };
        said.exit == 0 || said.exit == self.expected.exit || is_decision
    }
}

/// Something that answers from a file that a bit was flipped in.
trait Subject {
    /// Where its copy of the store lies.
    fn store(&self) -> PathBuf;
    /// How many answers differ and are refusals, and each one that differs and is not; `number` is the flip's.
    fn ask(&mut self, number: u64) -> (u64, Vec<String>);
    /// Whether its own examination finds something wrong.
    fn doctor_finds_it(&mut self) -> bool;
}

#[derive(Default)]
struct FlipReport {
    count: u64,
    visible: u64,
    refused: u64,
    violations: Vec<String>,
}

fn flip_all<S: Subject>(store: &[u8], count: u64, new: impl Fn() -> S + Sync) -> FlipReport {
    let threads = thread::available_parallelism().unwrap().get() as u64;
    let found: Vec<FlipReport> = thread::scope(|scope| {
        let work = |first| {
            let new = &new;
            move || flip_some(&mut new(), store, (first..count).step_by(threads as usize))
        };
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(work(first))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    found.into_iter().fold(FlipReport::default(), |mut all, some| {
        all.count += some.count;
        all.visible += some.visible;
        all.refused += some.refused;
        all.violations.extend(some.violations);
        all
    })
}

fn flip_some(
    subject: &mut impl Subject,
    store: &[u8],
    numbers: impl Iterator<Item = u64>,
) -> FlipReport {
    let mut found = FlipReport::default();
    let path = subject.store();
    let began = Instant::now();
    for number in numbers.take_while(|_| began.elapsed() < longest_run()) {
        let place = pseudo_random(number) % (store.len() as u64 * 8);
        let (byte, bit) = (place / 8, place % 8);
        let whole = store[byte as usize];
        flip_byte(&path, byte, whole ^ (1 << bit));
        let begun = Instant::now();
        let (refused, mut wrong) = subject.ask(number);
        let differs = refused > 0 || !wrong.is_empty();
        if differs && !subject.doctor_finds_it() {
            wrong.push("doctor finds nothing".to_owned());
        }
        if begun.elapsed() > LONGEST {
            // A machine that stood still for a while does not do so twice.
            let again = Instant::now();
            subject.ask(number);
            if again.elapsed() > LONGEST {
                wrong.push(format!("it takes {:?}", again.elapsed()));
            }
        }
        found.count += 1;
        found.visible += u64::from(differs);
        found.refused += refused;
        found.violations.extend(
            wrong.into_iter().map(|what| format!("flip {number}, byte {byte}, bit {bit}: {what}")),
        );
        flip_byte(&path, byte, whole);
    }
    found
}

/// Writes one byte, and takes away what readers left beside the file.
fn flip_byte(store: &Path, byte: u64, value: u8) {
    OpenOptions::new().write(true).open(store).unwrap().write_all_at(&[value], byte).unwrap();
    for beside in ["-wal", "-shm"] {
        let mut path = store.as_os_str().to_owned();
        path.push(beside);
        fs::remove_file(path).ok();
    }
}

/// The number's place: the same for each run, anywhere in the file.
fn pseudo_random(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The program itself.
struct Gatepass<'o> {
    world: TestEnv,
    original: &'o Original,
}

impl<'o> Gatepass<'o> {
    fn new(original: &'o Original) -> Self {
        let world = TestEnv::new();
        world.set_clock(CHECKED_AT);
        for (name, bytes) in [(STORE, &original.store), (KEY, &original.key)] {
            let directory = world.path(name).parent().unwrap().to_owned();
            fs::create_dir_all(&directory).unwrap();
            fs::set_permissions(directory, Permissions::from_mode(0o700)).unwrap();
            world.file(name, bytes);
        }
        Self { world, original }
    }
}

impl Subject for Gatepass<'_> {
    fn store(&self) -> PathBuf {
        self.world.store()
    }

    fn ask(&mut self, number: u64) -> (u64, Vec<String>) {
        // Millions of answers: nobody asks what was ever heard.
        self.world.transcript.clear();
        let (mut refused, mut wrong) = (0, Vec::new());
        let first = number as usize % stride();
        for case in self.original.cases.iter().skip(first).step_by(stride()) {
            let asked = catch_unwind(AssertUnwindSafe(|| {
                self.world.run_with_input(&case.line, &case.input)
            }));
            let line = &case.line;
            match asked {
                Err(_) => wrong.push(format!("{line} panicked")),
                Ok(said)
                    if said.stdout == case.expected.stdout && said.exit == case.expected.exit => {}
                Ok(said) if case.is_silent(&said) => {
                    wrong.push(format!("{line} was exit {}, is {said}", case.expected.exit));
                }
                Ok(_) => refused += 1,
            }
        }
        (refused, wrong)
    }

    fn doctor_finds_it(&mut self) -> bool {
        catch_unwind(AssertUnwindSafe(|| self.world.run("doctor").exit != 0)).unwrap_or(false)
    }
}

/// The known-bad subject: reads the same rows, and believes them.
struct PlainSelect {
    directory: TempDir,
    expected: String,
}

impl PlainSelect {
    fn new(original: &Original) -> Self {
        let directory = private_dir();
        let mut subject = Self { directory, expected: String::new() };
        fs::write(subject.store(), &original.store).unwrap();
        subject.expected = subject.select().unwrap();
        subject
    }

    fn open(&self) -> Result<Connection, rusqlite::Error> {
        Connection::open_with_flags(self.store(), OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn select(&self) -> Result<String, rusqlite::Error> {
        let connection = self.open()?;
        let mut statement = connection.prepare(
            "select id, owner, expires_at, revoked_at, digest, retiring, retiring_until from credential order by seq",
        )?;
        let mut rows = statement.query([])?;
        let mut text = String::new();
        while let Some(row) = rows.next()? {
            for column in 0..7 {
                text.push_str(&format!("{:?} ", row.get::<_, Value>(column)?));
            }
            text.push('\n');
        }
        Ok(text)
    }
}

impl Subject for PlainSelect {
    fn store(&self) -> PathBuf {
        self.directory.path().join("store.db")
    }

    fn ask(&mut self, _: u64) -> (u64, Vec<String>) {
        match self.select() {
            Err(_) => (1, Vec::new()),
            Ok(text) if text == self.expected => (0, Vec::new()),
            Ok(_) => (0, vec!["wrong rows".to_owned()]),
        }
    }

    fn doctor_finds_it(&mut self) -> bool {
        let examine = |connection: Connection| {
            connection
                .query_row("pragma integrity_check(1)", [], |row| row.get::<_, String>(0))
                .map(|verdict| verdict == "ok")
        };
        !self.open().and_then(examine).unwrap_or(false)
    }
}

/// A store of 230 credentials of all sorts, its key, and what is answered of it.
struct Original {
    store: Vec<u8>,
    key: Vec<u8>,
    cases: Vec<Case>,
}

impl Original {
    fn shared() -> &'static Self {
        static ORIGINAL: OnceLock<Original> = OnceLock::new();
        ORIGINAL.get_or_init(Self::new)
    }

    fn new() -> Self {
        // Two of the 230 ids must begin alike; one store in four has such a pair.
        let mut builder = (0..30)
            .map(Builder::filled)
            .find(|builder| builder.ambiguous_prefix.is_some())
            .expect("a pair that begins alike");
        let cases = builder.cases();
        let world = builder.world;
        let wal = world.store().with_file_name("store.db-wal");
        assert!(fs::metadata(wal).map_or(0, |wal| wal.len()) == 0, "not all is in the file itself");
        Self { store: fs::read(world.store()).unwrap(), key: fs::read(world.key()).unwrap(), cases }
    }
}

struct Builder {
    world: TestEnv,
    first: String,
    second: String,
    secrets: Vec<String>,
    ids: Vec<String>,
    /// What the ids of two credentials begin with.
    ambiguous_prefix: Option<String>,
}

impl Builder {
    fn filled(attempt: u32) -> Self {
        let mut builder = Self::new(attempt);
        builder.fill();
        let ids = builder.world.run_ok("list --all -q");
        builder.ids = ids.lines().map(str::to_owned).collect();
        assert_eq!(builder.ids.len(), 230);
        let mut sorted = builder.ids.clone();
        sorted.sort_unstable();
        let twins = sorted.windows(2).find(|pair| pair[0][..7] == pair[1][..7]);
        builder.ambiguous_prefix = twins.map(|pair| pair[0][..7].to_owned());
        builder
    }

    fn new(attempt: u32) -> Self {
        let mut world = TestEnv::new();
        let kept = world.run_for_secret("create partner-000 --forever --note 'the very first'");
        for _ in 0..attempt {
            // Draws other ids.
            world.run_ok("account add nobody --dry-run");
        }
        world.run_ok("account add second --region in1 --require-user-passcode on");
        let accounts = world.run_ok("account list -q");
        let (first, second) = accounts.trim_end().split_once('\n').unwrap();
        let (first, second) = (first.to_owned(), second.to_owned());
        Self { world, first, second, secrets: vec![kept], ids: Vec::new(), ambiguous_prefix: None }
    }

    fn create(&mut self, line: &str) -> String {
        self.world.run_for_secret(line)
    }

    fn record_secret(&mut self, line: &str) {
        let secret = self.create(line);
        self.secrets.push(secret);
    }

    fn fill(&mut self) {
        let (first, second) = (self.first.clone(), self.second.clone());
        for number in 1..85 {
            let lifetime = ["--days 30", "--days 50", "--days 300", "--infinite", "--forever"];
            let lifetime = lifetime[number % 5];
            let note = if number % 3 == 0 { " --note 'called back on Tuesday'" } else { "" };
            let line = format!("create partner-{number:03} {lifetime}{note} --account {first}");
            if number < 6 { self.record_secret(&line) } else { drop(self.create(&line)) }
        }
        for number in 0..65 {
            let lifetime = if number % 4 == 0 { "--days 33" } else { "--days 365" };
            let line = format!("create agency-{number:03} {lifetime} --account {second}");
            if number < 2 { self.record_secret(&line) } else { drop(self.create(&line)) }
        }
        for number in 0..46 {
            let account = if number % 2 == 0 { &first } else { &second };
            let lifetime = if number % 5 == 0 { "--days 20" } else { "--days 200" };
            let line =
                format!("grant-user user-{number}@example.com {lifetime} --account {account}");
            if number < 4 { self.record_secret(&line) } else { drop(self.create(&line)) }
        }
        // Names that mean one of several: the answer is a question back, and a lost one must not turn it into a choice.
        for account in [&first, &second] {
            self.create(&format!("create shared --days 90 --account {account}"));
        }
        self.create(&format!("create both@example.com --days 90 --account {first}"));
        self.create(&format!("grant-user both@example.com --days 90 --account {second}"));
        self.add_tokens(&first);

        self.world.advance_days(33);
        self.record_secret(&format!("reset partner-002 --overlap 7d --yes --account {first}"));
        self.record_secret(&format!("reset partner-007 --yes --account {first}"));
        self.record_secret(&format!("reset partner-008 --overlap 1h --yes --account {first}"));
        self.record_secret(&format!("reset agency-001 --until-used --yes --account {second}"));
        self.record_secret(&format!("reset user-1@example.com --yes --account {second}"));
        self.world.run_ok(&format!(
            "revoke partner-003 partner-013 partner-023 --reason key-compromise --yes --account {first}"
        ));
        self.world
            .run_ok(&format!("revoke agency-005 user-3@example.com --yes --account {second}"));
        self.world
            .run_ok(&format!("delete partner-004 partner-024 partner-034 --yes --account {first}"));
        self.world
            .run_ok(&format!("delete user-7@example.com agency-009 --yes --account {second}"));
        self.world
            .run_ok(&format!("edit partner-019 --note 'moved' --days 11 --yes --account {first}"));
        self.world.set_clock(CHECKED_AT);
    }

    /// Three apps and ten districts: a legacy key, 29 tokens, and what one of the apps is told of them.
    fn add_tokens(&mut self, account: &str) {
        let on = format!("--account {account}");
        for app in 0..3 {
            let secret = self.world.path(&format!("app-{app}"));
            self.world.run_ok(&format!("app add App-{app} --out {} {on}", secret.display()));
        }
        let key = format!("app edit App-0 --legacy-key-file - {on}");
        let imported = self.world.run_with_input(&key, LEGACY_KEY);
        assert_eq!(imported.exit, 0, "{imported}");
        self.world.run_ok(&format!(
            "app edit App-1 --webhook https://app.example/hook --out ~/hook {on}"
        ));
        self.world.run_ok(&format!(
            "legacy policy --announce 2026-12-01 --limit-from 2027-01-01 --limit 60/min --sunset 2027-06-01 {on}"
        ));
        for number in 0..10 {
            self.world
                .run_ok(&format!("district add District-{number} --external-id E{number} {on}"));
        }
        for number in 0..29 {
            let (app, district) = (number % 3, number / 3);
            let terms = ["--days 20", "--days 300", "--infinite", "--forever --limit 7/min"];
            let line = format!(
                "grant-app App-{app} --district District-{district} --scope read:students,read:s{number} {} {on}",
                terms[number % 4]
            );
            match number {
                0..6 => self.record_secret(&line),
                6 => drop(self.world.run_ok(&format!("{line} --pickup"))),
                _ => drop(self.create(&line)),
            }
        }
        self.world.run_ok(&format!("revoke App-1/District-0 App-2/District-4 --yes {on}"));
        self.world.run_ok(&format!("delete App-0/District-5 --yes {on}"));
        self.record_secret(&format!("reset App-2/District-1 --overlap 30d --yes {on}"));
        self.world.run_ok(&format!("district edit District-9 --name Renamed {on}"));
        self.world.run_ok(&format!("district remove District-8 --revoke-tokens --yes {on}"));
    }

    fn cases(&mut self) -> Vec<Case> {
        let (first, second) = (&self.first, &self.second);
        let (ids, twins) = (&self.ids, self.ambiguous_prefix.as_deref().unwrap());
        let (prefix, account_add) = (&ids[77][..9], format!("audit list --of {second} --json"));
        let mut lines = vec![
            "list --json".to_owned(),
            "list --all --format jsonl".to_owned(),
            "list --all --sort name --format csv".to_owned(),
            "list --sort expires".to_owned(),
            "list --expiring 400 --json".to_owned(),
            "list --expiring 5 -q".to_owned(),
            "list --state revoked,deleted -q".to_owned(),
            "list --user user-2@example.com -q".to_owned(),
            format!("list -q --limit 3 --account {second}"),
            format!("show {} --json", ids[0]),
            format!("show {} --json", ids[120]),
            format!("show {prefix} --json"),
            format!("show {twins} --json"),
            "show partner-002 --json".to_owned(),
            "show PARTNER-019".to_owned(),
            "show partner-004".to_owned(),
            "show user-1@example.com --json".to_owned(),
            "show shared --json".to_owned(),
            "show both@example.com --json".to_owned(),
            format!("show shared --json --account {first}"),
            "check".to_owned(),
            format!("check --json --account {second}"),
            "audit list --json".to_owned(),
            "audit list --of partner-002 --json".to_owned(),
            account_add,
            "audit verify".to_owned(),
            "account list --json".to_owned(),
            format!("account show {second} --json"),
        ];
        lines.push("account show".to_owned());
        for line in [
            "app list --all --json",
            "app show App-1 --json",
            "district list --all --json",
            "district show E3 --json",
            "district show Renamed --json",
            "district show District-8",
            "list --kind token,legacy --json",
            "list --app App-1 --json",
            "list --app App-2 --limit 2 -q",
            "list --district District-1 --format csv",
            "show App-2/District-1 --json",
            "show App-0/District-9",
            "legacy report --json",
            "deliver --dry-run --json",
        ] {
            lines.push(format!("{line} --account {first}"));
        }
        let mut asked: Vec<(String, String)> =
            lines.into_iter().map(|line| (line, String::new())).collect();
        let mut other = TestEnv::new();
        self.secrets.push(other.run_for_secret("grant-user stranger@example.com --days 9"));
        for secret in &self.secrets {
            asked.push(("verify --json".to_owned(), secret.clone()));
        }
        asked.push((format!("verify --json --account {second}"), self.secrets[0].clone()));
        asked.push(("verify --region us1".to_owned(), self.secrets[0].clone()));
        let token = self.secrets.iter().find(|secret| secret.starts_with("gpt_")).unwrap();
        for demand in ["--scope read:s1", "--district District-3", "--app App-2"] {
            asked.push((format!("verify {demand} --json --account {first}"), token.clone()));
        }
        asked.push(("verify --legacy --json".to_owned(), LEGACY_KEY.to_owned()));
        let cases = asked.into_iter().map(|(line, input)| {
            let expected = self.world.run_with_input(&line, &input);
            Case { line, input, expected }
        });
        let cases: Vec<Case> = cases.collect();
        let exits = |code| cases.iter().filter(|case| case.expected.exit == code).count();
        for (code, least) in [(0, 25), (11, 1), (12, 2), (13, 1), (10, 1), (14, 2)] {
            assert!(exits(code) >= least, "hardly any answer is exit {code}");
        }
        cases
    }
}
