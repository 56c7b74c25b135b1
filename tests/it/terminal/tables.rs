//! Tables fit the terminal and keep what people need most.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use super::fixture::terminal_fixture;
use crate::support::test_env::TestEnv;

/// Every command that prints a table, with the title of the column that holds what `-q` prints, if it is an id.
const TABLES: [(&str, Option<&str>); 11] = [
    ("list", Some("ID")),
    ("list --all", Some("ID")),
    ("list --kind user --sort expires", Some("ID")),
    ("app list --all", Some("APP")),
    ("district list --all", Some("DISTRICT")),
    ("account list", None),
    ("audit list", None),
    ("schema list", None),
    ("legacy report", None),
    ("deliver --dry-run", None),
    ("revoke acme ann@example.org --dry-run", Some("ID")),
];

/// The digits of an id that are always shown.
const ID_DIGITS: usize = 8;

#[test]
fn every_table_fits_every_terminal() {
    for width in 60..=200 {
        let mut env = terminal_fixture(width);
        for (line, ids) in TABLES {
            let table = env.run_ok(line);
            for row in table.lines() {
                assert!(row.width() <= width, "{line} at {width}:\n{table}");
            }
            if let Some(title) = ids {
                assert_ids_differ(&mut env, (line, title), &table);
            }
        }
    }
}

/// Asserts that each row has the beginning of its id, and that no other row has the same.
fn assert_ids_differ(env: &mut TestEnv, (line, title): (&str, &str), table: &str) {
    let handles = env.run_ok(&format!("{line} -q"));
    let column = table.lines().next().unwrap().find(title).unwrap();
    let mut shown = BTreeSet::new();
    for (row, handle) in table.lines().skip(1).zip(handles.lines()) {
        // Wide characters before the column move it in bytes, but not on the screen.
        let cell = row.split_whitespace().find(|word| handle.starts_with(word) && word.len() > 3);
        let cell = cell.unwrap_or_else(|| panic!("{handle} from {column} in {row:?}\n{table}"));
        let digits = cell.rsplit('_').next().unwrap();
        assert!(digits.len() >= ID_DIGITS, "{cell} in\n{table}");
        assert!(shown.insert(cell), "{cell} twice in\n{table}");
    }
    assert_eq!(shown.len(), handles.lines().count(), "{line}\n{table}");
}

#[test]
fn the_time_left_is_always_shown() {
    for width in 60..=200 {
        let mut env = terminal_fixture(width);
        for line in ["list", "list --all", "list --expiring", "list --unused 0"] {
            let table = env.run_ok(line);
            let titles = table.lines().next().unwrap();
            assert!(titles.contains("LEFT"), "{line} at {width}:\n{table}");
            assert!(table.contains(" 2 d"), "{line} at {width}:\n{table}");
        }
    }
}

#[test]
fn what_is_left_out_is_said_and_wide_shows_it() {
    for (line, _) in TABLES {
        let whole = TestEnv::run_ok(&mut terminal_fixture(500), line);
        let titles = |table: &str| {
            let titles = table.lines().next().unwrap().split("  ");
            titles.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()).collect()
        };
        let all: Vec<String> = titles(&whole);
        for width in [60, 80, 100, 140] {
            let mut env = terminal_fixture(width);
            let output = env.run(line);
            let shown: Vec<String> = titles(&output.stdout);
            for title in all.iter().filter(|title| !shown.contains(title)) {
                assert!(output.stderr.contains(title.as_str()), "{title} of {line}: {output}");
            }
            let is_whole = output.stdout.lines().eq(whole.lines());
            assert_eq!(!is_whole, output.stderr.contains("--wide"), "{line} at {width}: {output}");
            assert_eq!(env.run_ok(&format!("{line} --wide")), whole, "{line} at {width}");
        }
    }
}

#[test]
fn without_a_terminal_tables_are_whole() {
    for (line, _) in TABLES {
        let mut env = terminal_fixture(60);
        (env.terminal.stdout, env.terminal.stderr) = (false, false);
        let output = env.run(line);
        assert!(!output.stdout.contains('…') && !output.stderr.contains("--wide"), "{output}");
    }
}

#[test]
fn credentials_at_80_100_and_140_columns() {
    assert_snapshot!(terminal_fixture(80).run("list"), @"
    exit 0
    -- stdout
    ID           NAME                                     STATE       LEFT  LAST USE
    pc_65511a5d  acme                                     active      80 d  10 d ago
    pc_72a22e61  Umbrella Corporatio…ty and Surroundings  expiring    10 d     never
    pc_031b3d56  名前の長いパートナー株式会社東京本社     expired              never
    pc_9e57be1e  café Zoë 👍🏽 ❤️ 🇩🇪                        active    3643 d     never
    pc_fcd27ed3  ann@example.org                          active    3643 d     never
    pc_aff9bbcd  a.very.long.address…ent.company.example  expiring     2 d     never
    lk_21a024f4  Roster Sync                              active               never
    tk_37ae9649  Roster Sync → North                      active     355 d     never
    tk_6e8c6b95  Roster Sync → Łódź …ding municipalities  expiring    21 d     never
    -- stderr
    Left out: KIND, EXPIRES, REMARK. Shortened: ID, NAME. Use --wide to show
    everything.
    9 credentials: 5 active, 3 expiring, 1 expired; 1 deleted (shown with --all);
    4 of 100 slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(terminal_fixture(100).run("list"), @"
    exit 0
    -- stdout
    ID           NAME                                      STATE     EXPIRES              LEFT  LAST USE
    pc_65511a5d  acme                                      active    2027-02-20T06:00Z    80 d  10 d ago
    pc_72a22e61  Umbrella Corporation…ty and Surroundings  expiring  2026-12-12T06:00Z    10 d     never
    pc_031b3d56  名前の長いパートナー株式会社東京本社      expired   2026-11-25T06:00Z             never
    pc_9e57be1e  café Zoë 👍🏽 ❤️ 🇩🇪                         active    2036-11-22T06:00Z  3643 d     never
    pc_fcd27ed3  ann@example.org                           active    2036-11-22T06:00Z  3643 d     never
    pc_aff9bbcd  a.very.long.address.…ent.company.example  expiring  2026-12-04T06:00Z     2 d     never
    lk_21a024f4  Roster Sync                               active    never                         never
    tk_37ae9649  Roster Sync → North                       active    2027-11-22T06:00Z   355 d     never
    tk_6e8c6b95  Roster Sync → Łódź E…ding municipalities  expiring  2026-12-23T06:00Z    21 d     never
    -- stderr
    Left out: KIND, REMARK. Shortened: ID, NAME, EXPIRES. Use --wide to show everything.
    9 credentials: 5 active, 3 expiring, 1 expired; 1 deleted (shown with --all); 4 of 100 slots used in
    RZ5-76K-665Z
    ");
    assert_snapshot!(terminal_fixture(140).run("list"), @"
    exit 0
    -- stdout
    ID           NAME                                                   KIND     STATE     EXPIRES              LEFT  LAST USE  REMARK
    pc_65511a5d  acme                                                   account  active    2027-02-20T06:00Z    80 d  10 d ago  the first partn…
    pc_72a22e61  Umbrella Corporation of Raccoon City and Surroundings  account  expiring  2026-12-12T06:00Z    10 d     never
    pc_031b3d56  名前の長いパートナー株式会社東京本社                   account  expired   2026-11-25T06:00Z             never
    pc_9e57be1e  café Zoë 👍🏽 ❤️ 🇩🇪                                      account  active    2036-11-22T06:00Z  3643 d     never
    pc_fcd27ed3  ann@example.org                                        user     active    2036-11-22T06:00Z  3643 d     never
    pc_aff9bbcd  a.very.long.address.of.som…department.company.example  user     expiring  2026-12-04T06:00Z     2 d     never
    lk_21a024f4  Roster Sync                                            legacy   active    never                         never
    tk_37ae9649  Roster Sync → North                                    token    active    2027-11-22T06:00Z   355 d     never
    tk_6e8c6b95  Roster Sync → Łódź East an…surrounding municipalities  token    expiring  2026-12-23T06:00Z    21 d     never  not picked up y…
    -- stderr
    Shortened: ID, NAME, EXPIRES, REMARK. Use --wide to show everything.
    9 credentials: 5 active, 3 expiring, 1 expired; 1 deleted (shown with --all); 4 of 100 slots used in RZ5-76K-665Z
    ");
}

#[test]
fn the_other_tables_at_80_columns() {
    for (line, _) in TABLES.iter().skip(3) {
        insta::with_settings!({ description => *line }, {
            assert_snapshot!(
                format!("table_{}", line.replace(' ', "_")),
                terminal_fixture(80).run(line)
            );
        });
    }
}

#[test]
fn details_wrap_at_words() {
    let mut env = terminal_fixture(60);
    for line in ["show acme", "app show 'Roster Sync'", "account show", "legacy policy"] {
        for row in env.run_ok(line).lines() {
            assert!(row.width() <= 60, "{line}: {row}");
        }
    }
    assert_snapshot!(env.run_ok("show acme"), @"
    id         pc_65511a5d129d4ed6c9cd2b3f
    name       acme
    kind       account passcode of RZ5-76K-665Z
    state      active
    expires    2027-02-20T06:00:00Z (in 80 d)
    lifetime   90 days
    created    2026-11-22T06:00:00Z by ann@host
    secret     number 2, created 2026-11-22T06:00:00Z
    last used  2026-11-22T06:00:00Z from 192.0.2.1, 12 uses
    note       the first partner, whose people call on the first
               of each month
    ");
}
