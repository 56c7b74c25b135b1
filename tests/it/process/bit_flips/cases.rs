//! The commands that run on a damaged store, and their outputs before the damage.

use std::{fs, sync::OnceLock};

use super::sample_store::{LEGACY_KEY, SampleStore};
use crate::support::test_env::{CommandOutput, TestEnv};

/// A command, and its output before the flip.
pub struct Case {
    pub line: String,
    pub input: String,
    pub expected: CommandOutput,
}

impl Case {
    /// Returns whether an output that differs from the expected one is not a clear error.
    pub fn is_silent(&self, output: &CommandOutput) -> bool {
        // With damage, check is critical and says why.
        let has_reported_damage = output.stdout.contains("failed verification")
            || output.stderr.contains("failed verification")
            || (output.stdout.contains("tampered") && !output.stdout.contains("\"tampered\": 0"));
        let is_decision = match self.line.split(' ').next() {
            // Any decision but "unknown" is based on a record.
            Some("verify") => (11..=14).contains(&output.exit),
            Some("check") => output.exit < 3,
            _ => false,
        };
        !has_reported_damage
            && (output.exit == 0 || output.exit == self.expected.exit || is_decision)
    }
}

/// A store of 230 credentials of all kinds, its key, and commands with their outputs.
pub struct Original {
    pub store: Vec<u8>,
    pub key: Vec<u8>,
    pub cases: Vec<Case>,
}

impl Original {
    pub fn shared() -> &'static Self {
        static ORIGINAL: OnceLock<Original> = OnceLock::new();
        ORIGINAL.get_or_init(Self::new)
    }

    fn new() -> Self {
        // Two of the 230 ids must share a prefix; one store in four has such a pair.
        let mut sample = (0..30)
            .map(SampleStore::filled)
            .find(|sample| sample.ambiguous_prefix.is_some())
            .expect("two ids with the same prefix");
        let cases = Case::all(&mut sample);
        let env = sample.env;
        let wal = env.store().with_file_name("store.db-wal");
        assert!(
            fs::metadata(wal).map_or(0, |wal| wal.len()) == 0,
            "the write-ahead log is not empty"
        );
        Self { store: fs::read(env.store()).unwrap(), key: fs::read(env.key()).unwrap(), cases }
    }
}

impl Case {
    /// Runs the commands on the undamaged store.
    fn all(sample: &mut SampleStore) -> Vec<Case> {
        let (first, second) = (&sample.first, &sample.second);
        let (ids, shared_prefix) = (&sample.ids, sample.ambiguous_prefix.as_deref().unwrap());
        let (prefix, audit_of_account) =
            (&ids[77][..9], format!("audit list --of {second} --json"));
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
            format!("show {shared_prefix} --json"),
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
            audit_of_account,
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
        let mut commands: Vec<(String, String)> =
            lines.into_iter().map(|line| (line, String::new())).collect();
        let mut other = TestEnv::new();
        sample.secrets.push(other.run_for_secret("grant-user stranger@example.com --days 9"));
        for secret in &sample.secrets {
            commands.push(("verify --json".to_owned(), secret.clone()));
        }
        commands.push((format!("verify --json --account {second}"), sample.secrets[0].clone()));
        commands.push(("verify --region us1".to_owned(), sample.secrets[0].clone()));
        let token = sample.secrets.iter().find(|secret| secret.starts_with("gpt_")).unwrap();
        for requirement in ["--scope read:s1", "--district District-3", "--app App-2"] {
            commands
                .push((format!("verify {requirement} --json --account {first}"), token.clone()));
        }
        commands.push(("verify --legacy --json".to_owned(), LEGACY_KEY.to_owned()));
        let cases = commands.into_iter().map(|(line, input)| {
            let expected = sample.env.run_with_input(&line, &input);
            Case { line, input, expected }
        });
        let cases: Vec<Case> = cases.collect();
        let exits = |code| cases.iter().filter(|case| case.expected.exit == code).count();
        for (code, least) in [(0, 25), (11, 1), (12, 2), (13, 1), (10, 1), (14, 2)] {
            assert!(exits(code) >= least, "too few commands exit with {code}");
        }
        cases
    }
}
