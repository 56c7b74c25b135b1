//! At least one line for each subcommand, to test rules that all of them keep.

use std::{collections::BTreeSet, sync::LazyLock};

use clap::Command;
use gatepass::command_tree;

use crate::support::{
    directory_fixture::directory_fixture,
    test_env::{CommandOutput, Snapshot, TestEnv},
};

/// What a command does to the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Reads,
    /// It creates a record, which gets an id.
    Creates,
    /// It changes existing records.
    Changes,
}

/// A line that succeeds on the store of [`sample_env`].
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub verb: &'static str,
    /// The arguments that follow the verb.
    pub arguments: &'static str,
    pub effect: Effect,
}

impl Sample {
    /// Returns the arguments of the command.
    pub fn line(&self) -> String {
        format!("{} {}", self.verb, self.arguments)
    }

    /// Whether its output has formats: not that of commands that copy a key or generate a text.
    pub fn has_formats(&self) -> bool {
        !["key", "proxy-config", "completions", "man", "schema show"]
            .iter()
            .any(|verb| self.verb.starts_with(verb))
    }

    /// Whether it hands over a new secret on stdout.
    pub fn shows_secret(&self) -> bool {
        let issues = ["create", "grant-user", "grant-app", "reset", "app add", "app reset"];
        let to_stdout = !self.arguments.contains("--out") && !self.arguments.contains("--pickup");
        self.arguments.contains("--rotate-webhook-key") || to_stdout && issues.contains(&self.verb)
    }

    /// Runs the line with more arguments on a store of its own.
    pub fn run(&self, more: &str) -> CommandOutput {
        self.run_in(&mut sample_env(), more)
    }

    /// Runs the line with more arguments.
    pub fn run_in(&self, env: &mut TestEnv, more: &str) -> CommandOutput {
        env.run_with_input(&format!("{} {more}", self.line()), "no secret")
    }
}

const fn reads(verb: &'static str, arguments: &'static str) -> Sample {
    Sample { verb, arguments, effect: Effect::Reads }
}

const fn creates(verb: &'static str, arguments: &'static str) -> Sample {
    Sample { verb, arguments, effect: Effect::Creates }
}

const fn changes(verb: &'static str, arguments: &'static str) -> Sample {
    Sample { verb, arguments, effect: Effect::Changes }
}

/// The lines. Each subcommand has one for each way in which it writes its output.
pub const SAMPLES: &[Sample] = &[
    creates("create", "newco --days 9"),
    creates("grant-user", "bob@x.org --days 9"),
    creates("grant-user", "--from ~/users.csv --days 9 --out ~/secrets.csv"),
    creates("grant-app", "Roster --district Lincoln --scope read:x --days 9"),
    creates("grant-app", "Roster --district Lincoln --scope read:x --days 9 --pickup"),
    creates("district connect", "Lincoln --app Roster --scope read:x --days 9 --pickup"),
    creates(
        "district connect",
        "--from ~/districts.csv --app Roster --scope read:x --days 9 --out ~/secrets",
    ),
    creates("app add", "New"),
    creates("district add", "West"),
    creates("account add", "Second"),
    changes("edit", "acme --note new --yes"),
    changes("reset", "acme --yes"),
    changes("reset", "acme ann@x.org --yes --out ~/secrets.csv"),
    changes("revoke", "acme --yes"),
    changes("delete", "acme ann@x.org --yes"),
    changes("delete", "--expired --yes"),
    changes("app edit", "Grades --limit 9/min --yes"),
    changes("app edit", "Grades --rotate-webhook-key --yes"),
    changes("app edit", "Grades --no-webhook --yes"),
    changes("app reset", "Roster --yes"),
    changes("app remove", "Grades --revoke-tokens --yes"),
    changes("district edit", "Lincoln --name North"),
    changes("district remove", "0607 --revoke-tokens --yes"),
    changes("account edit", "--name Main"),
    changes("legacy policy", "--limit 300/min --yes"),
    changes("key export", "--out ~/another"),
    changes("key import", "~/key.backup"),
    changes("store migrate", ""),
    changes("store repair", ""),
    changes("deliver", ""),
    reads("list", ""),
    reads("show", "acme"),
    reads("verify", ""),
    reads("check", ""),
    reads("doctor", ""),
    reads("status", ""),
    reads("app list", ""),
    reads("app show", "Grades"),
    reads("district list", ""),
    reads("district show", "0607"),
    reads("account list", ""),
    reads("account show", ""),
    reads("audit list", ""),
    reads("audit show", "1"),
    reads("audit verify", ""),
    reads("audit checkpoint", ""),
    reads("legacy policy", ""),
    reads("legacy report", ""),
    reads("schema list", ""),
    reads("schema show", "gatepass.check/v1"),
    reads("proxy-config", "nginx"),
    reads("completions", "bash"),
    reads("man", ""),
];

/// Subcommands without a sample: `serve` runs until a signal ends it, and `account remove` needs a second account, because
/// of which each change would need `--account`.
const WITHOUT_SAMPLE: &[&str] = &["serve", "account remove"];

static STORE: LazyLock<Snapshot> = LazyLock::new(|| build().snapshot());

/// Returns a store with credentials of all kinds and states, an app with a webhook and messages, and a legacy policy.
pub fn sample_env() -> TestEnv {
    TestEnv::from_snapshot(&STORE)
}

fn build() -> TestEnv {
    let mut env = directory_fixture();
    env.file("users.csv", "email\nbob@x.org\neve@x.org\n");
    env.file("districts.csv", "name\nLincoln\nEast\n");
    env.file("legacy", "0123456789abcdefghijklmnopqrstuv\n");
    for line in [
        "create acme --days 90",
        "create expired --days 1",
        "create revoked --days 9",
        "create deleted --days 9",
        "revoke revoked --yes",
        "delete deleted --yes",
        "grant-user ann@x.org --days 90",
        "app edit Grades --webhook https://127.0.0.1:1/ --allow-private-webhooks",
        "app edit Grades --legacy-key-file ~/legacy",
        "grant-app Grades --district Lincoln --scope read:x --days 90",
        "legacy policy --announce 2026-12-01 --limit-from 2027-01-01 --limit 200 --sunset 2027-06-01 --yes",
        "key export --out ~/key.backup",
    ] {
        env.run_ok(line);
    }
    env.advance_days(2);
    env
}

#[test]
fn every_subcommand_has_a_sample() {
    let mut verbs = BTreeSet::new();
    add_verbs(&command_tree(), "", &mut verbs);
    let known: BTreeSet<String> = SAMPLES.iter().map(|sample| sample.verb.to_owned()).collect();
    let exempt: BTreeSet<String> = WITHOUT_SAMPLE.iter().map(|&verb| verb.to_owned()).collect();
    let missing: Vec<_> =
        verbs.iter().filter(|verb| !known.contains(*verb) && !exempt.contains(*verb)).collect();
    assert!(missing.is_empty(), "no sample of {missing:?}");
    assert!(known.is_subset(&verbs), "unknown: {:?}", known.difference(&verbs));
}

/// Adds the subcommands that have no subcommands themselves.
fn add_verbs(command: &Command, prefix: &str, verbs: &mut BTreeSet<String>) {
    for subcommand in command.get_subcommands().filter(|one| one.get_name() != "help") {
        let name = format!("{prefix}{}", subcommand.get_name());
        match subcommand.has_subcommands() {
            true => add_verbs(subcommand, &format!("{name} "), verbs),
            false => drop(verbs.insert(name)),
        }
    }
}
