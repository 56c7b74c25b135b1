//! The programs that read a damaged store: gatepass, and the known-bad subject.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
};

use rusqlite::{Connection, OpenFlags, types::Value};
use tempfile::TempDir;

use super::{cases::Original, sample_store::CHECKED_AT};
use crate::support::{private_dir::private_dir, process::is_full, test_env::TestEnv};

const STORE: &str = ".local/share/gatepass/store.db";
const KEY: &str = ".config/gatepass/key";

/// A program that reads a file in which a bit was flipped.
pub trait FlipTarget {
    /// Returns the path of its copy of the store.
    fn store(&self) -> PathBuf;
    /// Returns how many outputs became errors, and a description of each one that changed otherwise; `number` is the
    /// flip's.
    fn run(&mut self, number: u64) -> (u64, Vec<String>);
    /// Returns whether its own integrity check finds the damage.
    fn doctor_finds_it(&mut self) -> bool;
}

/// Returns of how many commands one runs after a flip; the next flip starts with the next command.
fn stride() -> usize {
    if is_full() { 1 } else { 8 }
}

/// gatepass, in process.
pub struct Gatepass<'o> {
    env: TestEnv,
    original: &'o Original,
}

impl<'o> Gatepass<'o> {
    /// Copies the store and its key into a home.
    pub fn new(original: &'o Original) -> Self {
        let env = TestEnv::new();
        env.set_clock(CHECKED_AT);
        for (name, bytes) in [(STORE, &original.store), (KEY, &original.key)] {
            let directory = env.path(name).parent().unwrap().to_owned();
            fs::create_dir_all(&directory).unwrap();
            fs::set_permissions(directory, Permissions::from_mode(0o700)).unwrap();
            env.file(name, bytes);
        }
        Self { env, original }
    }
}

impl FlipTarget for Gatepass<'_> {
    fn store(&self) -> PathBuf {
        self.env.store()
    }

    fn run(&mut self, number: u64) -> (u64, Vec<String>) {
        // Otherwise the transcript of millions of commands fills the memory.
        self.env.transcript.clear();
        let (mut refused, mut wrong) = (0, Vec::new());
        let first = number as usize % stride();
        for case in self.original.cases.iter().skip(first).step_by(stride()) {
            let ran =
                catch_unwind(AssertUnwindSafe(|| self.env.run_with_input(&case.line, &case.input)));
            let line = &case.line;
            match ran {
                Err(_) => wrong.push(format!("{line} panicked")),
                Ok(output)
                    if output.stdout == case.expected.stdout
                        && output.exit == case.expected.exit => {}
                Ok(output) if case.is_silent(&output) => {
                    wrong.push(format!("{line} was exit {}, is {output}", case.expected.exit));
                }
                Ok(_) => refused += 1,
            }
        }
        (refused, wrong)
    }

    fn doctor_finds_it(&mut self) -> bool {
        catch_unwind(AssertUnwindSafe(|| self.env.run("doctor").exit != 0)).unwrap_or(false)
    }
}

/// The known-bad subject: selects the same rows without checking their row MACs.
pub struct PlainSelect {
    directory: TempDir,
    expected: String,
}

impl PlainSelect {
    /// Copies the store, and selects its rows.
    pub fn new(original: &Original) -> Self {
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

impl FlipTarget for PlainSelect {
    fn store(&self) -> PathBuf {
        self.directory.path().join("store.db")
    }

    fn run(&mut self, _: u64) -> (u64, Vec<String>) {
        match self.select() {
            Err(_) => (1, Vec::new()),
            Ok(text) if text == self.expected => (0, Vec::new()),
            Ok(_) => (0, vec!["wrong rows".to_owned()]),
        }
    }

    fn doctor_finds_it(&mut self) -> bool {
        let check = |connection: Connection| {
            connection
                .query_row("pragma integrity_check(1)", [], |row| row.get::<_, String>(0))
                .map(|result| result == "ok")
        };
        !self.open().and_then(check).unwrap_or(false)
    }
}
