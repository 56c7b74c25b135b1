//! One run of a command whose connection is lost, and what is true afterwards.

use std::{fs, sync::Arc};

use crate::{
    conformance::remote::{driver::RemoteDriver, network::Network},
    support::test_env::{CommandOutput, Snapshot, TestEnv},
};

/// The file that commands write secrets to.
const OUT: &str = "new.secret";

/// A command that changes the store.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub line: &'static str,
    /// Whether it issues a secret.
    pub issues: bool,
}

const fn issues(line: &'static str) -> Change {
    Change { line, issues: true }
}

const fn changes(line: &'static str) -> Change {
    Change { line, issues: false }
}

/// Every verb that changes the store. Credentials get their secrets on stdout and in files.
pub const CHANGES: [Change; 26] = [
    issues("create delta --days 90"),
    issues("create delta --days 90 --out ~/new.secret"),
    issues("create delta --days 90 --json"),
    issues("grant-user carl@example.org --days 90"),
    issues("grant-user --from ~/users.csv --days 90 --out ~/new.secret"),
    issues("grant-app Reader --district North --scope read:students --days 9"),
    issues("district connect North --app Reader --scope read:students --days 9 --out ~/new.secret"),
    issues("reset acme --yes"),
    issues("reset acme ann@example.org --overlap 1d --yes --out ~/new.secret"),
    changes("grant-app Reader --district North --scope read:students --days 9 --pickup --json"),
    changes("edit acme --note 'a note' --yes"),
    changes("revoke acme beta --yes --json"),
    changes("delete acme --yes"),
    changes("delete --expired --yes"),
    changes("app add Writer"),
    changes("app edit Reader --name Writer"),
    changes("app edit Reader --legacy-key-file ~/old.key"),
    changes("app edit Reader --webhook https://hooks.example/"),
    changes("app reset Reader --yes"),
    changes("app remove Reader --revoke-tokens --yes"),
    changes("district add South"),
    changes("district edit North --name South"),
    changes("district remove North --revoke-tokens --yes"),
    changes("account edit --name 'another name'"),
    changes("key export --out ~/new.secret"),
    changes(
        "legacy policy --announce 2026-12-01 --limit-from 2027-01-01 --limit 9 --sunset 2027-02-01 --yes",
    ),
];

/// Returns a store with credentials in several states.
pub fn prepared() -> Snapshot {
    let mut env = TestEnv::new();
    for line in [
        "create old --days 1",
        "create acme --days 90",
        "create beta --days 90",
        "grant-user ann@example.org --days 90",
        "app add Reader",
        "district add North",
    ] {
        env.run_ok(line);
    }
    env.file("users.csv", "email\nbob@example.org\ncarl@example.org\n");
    env.file("old.key", "8c6976e5b5410415bde908bd4dee15dfb167a9c8\n");
    env.advance_days(2);
    env.snapshot()
}

/// A run of a command behind a network, and the state of the store before it.
pub struct Attempt {
    pub env: TestEnv,
    pub output: CommandOutput,
    records_before: i64,
}

impl Attempt {
    /// Runs a command from the prepared state. `disturb` sets what the network loses; afterwards it loses nothing more.
    pub fn run(prepared: &Snapshot, change: Change, disturb: impl FnOnce(&Network)) -> Self {
        let mut env = TestEnv::from_snapshot(prepared);
        let records_before = records(&mut env);
        let network = RemoteDriver::install(&mut env);
        disturb(&network);
        let output = env.run(change.line);
        network.restore();
        Self { env, output, records_before }
    }

    /// Returns the number of round trips of a command that loses nothing.
    pub fn count_round_trips(prepared: &Snapshot, change: Change) -> usize {
        let mut env = TestEnv::from_snapshot(prepared);
        let network = RemoteDriver::install(&mut env);
        env.run_ok(change.line);
        network.take_round_trips()
    }

    /// Returns whether the change was made: it always has an audit record.
    pub fn was_made(&mut self) -> bool {
        records(&mut self.env) > self.records_before
    }

    /// Returns the new secrets that the command handed over, on stdout or in a file.
    pub fn secrets(&self) -> Vec<String> {
        let file = fs::read_to_string(self.env.path(OUT)).unwrap_or_default();
        let text = format!("{}\n{file}", self.output.stdout);
        let is_secret =
            |word: &&str| ["gpa_", "gpu_", "gpt_"].iter().any(|kind| word.starts_with(kind));
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        words.filter(is_secret).map(str::to_owned).collect()
    }

    /// Returns whether the file for secrets exists.
    pub fn has_file(&self) -> bool {
        self.env.path(OUT).exists()
    }

    /// Panics unless all secrets that were handed over are valid, or none is.
    pub fn assert_secrets_are_valid(&mut self, is_valid: bool) {
        let secrets = self.secrets();
        assert!(!secrets.is_empty(), "no secret was handed over\n{}", self.output);
        for secret in secrets {
            let exit = self.env.run_with_input("verify", secret).exit;
            assert_eq!(exit, if is_valid { 0 } else { 10 }, "{}", self.output);
        }
    }

    /// Returns the id of the change that the error names.
    pub fn change_id(&self) -> String {
        let (_, rest) = self.output.stderr.split_once("audit show --change ").unwrap();
        rest.split_whitespace().next().unwrap().trim_end_matches('"').to_owned()
    }

    /// Panics if the store is damaged.
    pub fn assert_intact(&mut self) {
        let output = self.env.run("doctor");
        assert_eq!(output.exit, 0, "{output}");
    }
}

fn records(env: &mut TestEnv) -> i64 {
    env.run_ok("audit verify --field records").trim().parse().unwrap()
}

/// Returns the network of an environment for a test that runs several commands.
pub fn network_of(env: &mut TestEnv) -> Arc<Network> {
    RemoteDriver::install(env)
}
