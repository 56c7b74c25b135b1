//! A store with credentials of every kind and in every state.

use crate::support::test_env::TestEnv;

/// The legacy key of an app.
pub const LEGACY_KEY: &str = "9f86d081884c7d659a2feaa0c55ad015";

/// The clock when the damaged store is read.
pub const CHECKED_AT: &str = "2026-12-26T07:30:00Z";

/// The store, and what refers to it.
pub struct SampleStore {
    pub env: TestEnv,
    /// The Account IDs of the two accounts.
    pub first: String,
    pub second: String,
    /// Secrets of every kind, valid and not.
    pub secrets: Vec<String>,
    /// The ids of all credentials, in the order of `list --all`.
    pub ids: Vec<String>,
    /// A prefix that the ids of two credentials share.
    pub ambiguous_prefix: Option<String>,
}

impl SampleStore {
    /// Creates a store; each attempt has other ids.
    pub fn filled(attempt: u32) -> Self {
        let mut store = Self::new(attempt);
        store.fill();
        let ids = store.env.run_ok("list --all -q");
        store.ids = ids.lines().map(str::to_owned).collect();
        assert_eq!(store.ids.len(), 230);
        let mut sorted = store.ids.clone();
        sorted.sort_unstable();
        let shared_prefix = sorted.windows(2).find(|pair| pair[0][..7] == pair[1][..7]);
        store.ambiguous_prefix = shared_prefix.map(|pair| pair[0][..7].to_owned());
        store
    }

    fn new(attempt: u32) -> Self {
        let mut env = TestEnv::new();
        let first_secret =
            env.run_for_secret("create partner-000 --forever --note 'the very first'");
        for _ in 0..attempt {
            // Consumes entropy, so that the ids differ.
            env.run_ok("account add nobody --dry-run");
        }
        env.run_ok("account add second --region in1 --require-user-passcode on");
        let accounts = env.run_ok("account list -q");
        let (first, second) = accounts.trim_end().split_once('\n').unwrap();
        let (first, second) = (first.to_owned(), second.to_owned());
        Self {
            env,
            first,
            second,
            secrets: vec![first_secret],
            ids: Vec::new(),
            ambiguous_prefix: None,
        }
    }

    fn create(&mut self, line: &str) -> String {
        self.env.run_for_secret(line)
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
        // Ambiguous names are an error. If damage hides one of the two, the other must not be chosen silently.
        for account in [&first, &second] {
            self.create(&format!("create shared --days 90 --account {account}"));
            self.create(&format!("grant-user both@example.com --days 90 --account {account}"));
        }
        self.add_tokens(&first);

        self.env.advance_days(33);
        self.record_secret(&format!("reset partner-002 --overlap 7d --yes --account {first}"));
        self.record_secret(&format!("reset partner-007 --yes --account {first}"));
        self.record_secret(&format!("reset partner-008 --overlap 1h --yes --account {first}"));
        self.record_secret(&format!("reset agency-001 --until-used --yes --account {second}"));
        self.record_secret(&format!("reset user-1@example.com --yes --account {second}"));
        self.env.run_ok(&format!(
            "revoke partner-003 partner-013 partner-023 --reason key-compromise --yes --account {first}"
        ));
        self.env.run_ok(&format!("revoke agency-005 user-3@example.com --yes --account {second}"));
        self.env
            .run_ok(&format!("delete partner-004 partner-024 partner-034 --yes --account {first}"));
        self.env.run_ok(&format!("delete user-7@example.com agency-009 --yes --account {second}"));
        self.env
            .run_ok(&format!("edit partner-019 --note 'moved' --days 11 --yes --account {first}"));
        self.env.set_clock(CHECKED_AT);
    }

    /// Adds three apps and ten districts with a legacy key, 29 tokens, and webhook messages to one app.
    fn add_tokens(&mut self, account: &str) {
        let on = format!("--account {account}");
        for app in 0..3 {
            let secret = self.env.path(&format!("app-{app}"));
            self.env.run_ok(&format!("app add App-{app} --out {} {on}", secret.display()));
        }
        let key = format!("app edit App-0 --legacy-key-file - {on}");
        let imported = self.env.run_with_input(&key, LEGACY_KEY);
        assert_eq!(imported.exit, 0, "{imported}");
        self.env.run_ok(&format!(
            "app edit App-1 --webhook https://app.example/hook --out ~/hook {on}"
        ));
        self.env.run_ok(&format!(
            "legacy policy --yes --announce 2026-12-01 --limit-from 2027-01-01 --limit 60/min --sunset 2027-06-01 {on}"
        ));
        for number in 0..10 {
            self.env
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
                6 => drop(self.env.run_ok(&format!("{line} --pickup"))),
                _ => drop(self.create(&line)),
            }
        }
        self.env.run_ok(&format!("revoke App-1/District-0 App-2/District-4 --yes {on}"));
        self.env.run_ok(&format!("delete App-0/District-5 --yes {on}"));
        self.record_secret(&format!("reset App-2/District-1 --overlap 30d --yes {on}"));
        self.env.run_ok(&format!("district edit District-9 --name Renamed {on}"));
        self.env.run_ok(&format!("district remove District-8 --revoke-tokens --yes {on}"));
    }
}
