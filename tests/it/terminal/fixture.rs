//! A store that fills every table, with texts of every width.

use std::sync::LazyLock;

use gatepass::{domain::seq::CredentialSeq, ops::credential::usage::record_usage};

use crate::support::{
    records::{reported, usage_record},
    test_env::{Snapshot, TestEnv},
};

static FIXTURE: LazyLock<Snapshot> = LazyLock::new(|| build().snapshot());

/// Returns a store with credentials of every kind, apps, districts and messages, at a terminal of this width without
/// colours. Their names are short, long, wide, combined and mixed.
pub fn terminal_fixture(width: usize) -> TestEnv {
    let mut env = TestEnv::from_snapshot(&FIXTURE);
    env.terminal = TestEnv::with_terminal().terminal;
    env.terminal.width = Some(width);
    env.env.insert("NO_COLOR".into(), "1".into());
    env
}

fn build() -> TestEnv {
    let mut env = TestEnv::new();
    for line in [
        "create acme --days 90 --note 'the first partner, whose people call on the first of each month'",
        "create 'Umbrella Corporation of Raccoon City and Surroundings' --days 20",
        "create 名前の長いパートナー株式会社東京本社 --days 3",
        "create 'cafe\u{301} Zoë 👍🏽 ❤\u{fe0f} 🇩🇪' --infinite",
        "create gone --forever",
        "grant-user ann@example.org --infinite",
        "grant-user a.very.long.address.of.somebody@department.company.example --days 12",
        "revoke gone --reason key-compromise --yes",
        "reset acme --overlap 7d --yes",
        "district add North --external-id 0607",
        "district add 'Łódź East and all of its surrounding municipalities'",
        "app add 'Roster Sync' --legacy-key-file ~/key --allow-weak",
        "app add 'Reading, Writing and Arithmetic for Everyone' --limit 1000000/min",
        "app edit 'Roster Sync' --webhook https://roster.example/hook",
        "grant-app 'Roster Sync' --district North --scope read:students --days 365",
        "grant-app 'Roster Sync' --district 'Łódź East and all of its surrounding municipalities' \
         --scope read:students --days 31 --pickup",
        "delete gone --yes",
    ] {
        env.file("key", "DEMO_KEY");
        env.run_ok(line.trim());
    }
    let used = usage_record(CredentialSeq(1), at_start(), "192.0.2.1", 12);
    record_usage(&env.open_store(), &[reported(used)]).unwrap();
    env.advance_days(10);
    env
}

fn at_start() -> gatepass::domain::instant::Instant {
    gatepass::domain::instant::Instant::parse_rfc3339(crate::support::test_env::START_TIME).unwrap()
}
