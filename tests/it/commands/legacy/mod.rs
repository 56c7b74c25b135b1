//! `legacy`, and the flags with which `app` imports a legacy key.

use base64::{Engine, engine::general_purpose::STANDARD};
use gatepass::{
    domain::{
        instant::{DAY, Instant},
        usage::DailyUse,
    },
    ops::credential::usage::record_usage,
    store::Access,
};
use insta::assert_snapshot;
use proptest::prelude::*;

use crate::support::{
    records::usage_record,
    test_env::{CommandOutput, START_TIME, TestEnv},
};

const HEX_KEY: &str = "9f86d081884c7d659a2feaa0c55ad015";
const BASE64_KEY: &str = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5";

/// A world with an app that has imported its key.
fn env_with_legacy_key() -> TestEnv {
    let mut world = TestEnv::new();
    let said = world.run_with_input("app add 'Roster Sync' --legacy-key-file -", HEX_KEY);
    assert_eq!(said.exit, 0, "{said}");
    world
}

/// What a gate would decide of a legacy key.
fn verify_legacy(world: &mut TestEnv, key: &str) -> CommandOutput {
    let header = format!("Authorization: Basic {}\n\n", STANDARD.encode(format!("{key}:")));
    world.run_with_input("verify --headers", header)
}

const POLICY_COMMAND: &str = "legacy policy --announce 2026-12-01 --limit-from 2027-07-01 --limit 200/min \
    --sunset 2028-03-20 --link https://example.org/tokens";

#[test]
fn the_first_policy_needs_every_flag() {
    let mut world = env_with_legacy_key();
    assert_snapshot!(world.run("legacy policy"), @"
    exit 0
    -- stdout
    account  RZ5-76K-665Z
    stage    no policy: legacy keys are good without limit and without end
    -- stderr
    ");
    assert_snapshot!(world.run("legacy policy --sunset 2028-03-20 --limit 200/min"), @"
    exit 2
    -- stdout
    -- stderr
    error: a first policy for legacy keys says all of it, and this lacks --announce, --limit-from
    hint: give --announce and --limit-from as well
    ");
    assert_snapshot!(world.run("legacy policy --link https://example.org"), @"
    exit 2
    -- stdout
    -- stderr
    error: a first policy for legacy keys says all of it, and this lacks --announce, --limit-from, --limit, --sunset
    hint: give --announce, --limit-from, --limit and --sunset as well
    ");
    assert_snapshot!(world.run(POLICY_COMMAND), @"
    exit 0
    -- stdout
    account    RZ5-76K-665Z
    stage      quiet
    announced  2026-12-01T00:00:00Z (in 8 d)
    limited    to 200/min from 2027-07-01T00:00:00Z (in 220 d)
    sunset     2028-03-20T00:00:00Z (in 483 d)
    link       https://example.org/tokens
    -- stderr
    ");
    assert_snapshot!(world.run("legacy policy --limit 300 --no-link --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.legacy-policy/v1",
      "account": "RZ5-76K-665Z",
      "stage": "quiet",
      "announced_at": "2026-12-01T00:00:00Z",
      "limited_at": "2027-07-01T00:00:00Z",
      "limit_per_minute": 300,
      "sunset_at": "2028-03-20T00:00:00Z",
      "link": null
    }
    -- stderr
    "#);
    assert_snapshot!(world.run("legacy policy -q"), @"
    exit 0
    -- stdout
    RZ5-76K-665Z
    -- stderr
    ");
    let moved = world.run_ok("legacy policy --sunset 2028-06-01T12:00:00+02:00 --field sunset_at");
    assert_eq!(moved, "2028-06-01T10:00:00Z\n");
    assert_snapshot!(world.run("audit list"), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION        SUBJECT                      NAME         ACTOR
      1  2026-11-22T06:00:00Z  account-add   RZ5-76K-665Z                 main         ann@desk
      2  2026-11-22T06:00:00Z  app-add       65511a5d129d4ed6c9cd2b3f     Roster Sync  ann@desk
      3  2026-11-22T06:00:00Z  create        lk_5964f296deec591c6605b162  Roster Sync  ann@desk
      4  2026-11-22T06:00:00Z  account-edit  RZ5-76K-665Z                 main         ann@desk
      5  2026-11-22T06:00:00Z  account-edit  RZ5-76K-665Z                 main         ann@desk
      6  2026-11-22T06:00:00Z  account-edit  RZ5-76K-665Z                 main         ann@desk
    -- stderr
    ");
}

#[test]
fn policy_dates_must_be_in_order() {
    let mut world = env_with_legacy_key();
    world.run_ok(POLICY_COMMAND);
    assert_snapshot!(world.run("legacy policy --limit-from 2026-11-30"), @"
    exit 2
    -- stdout
    -- stderr
    error: the limit would begin at 2026-11-30T00:00:00Z, before it is announced at 2026-12-01T00:00:00Z
    hint: announce first, limit then: --announce DATE --limit-from DATE
    ");
    assert_snapshot!(world.run("legacy policy --sunset 2027-06-30 --yes"), @"
    exit 2
    -- stdout
    -- stderr
    error: the sunset would be at 2027-06-30T00:00:00Z, before the limit begins at 2027-07-01T00:00:00Z
    hint: limit first, end then: --limit-from DATE --sunset DATE
    ");
    assert_snapshot!(world.run("legacy policy --announce 2027-07-02 --json"), @r#"
    exit 2
    -- stdout
    -- stderr
    {"error":{"code":"policy_order","details":null,"hint":"announce first, limit then: --announce DATE --limit-from DATE","message":"the limit would begin at 2027-07-01T00:00:00Z, before it is announced at 2027-07-02T00:00:00Z"},"schema":"gatepass.error/v1"}
    "#);
    // One day for all of it is in order, too.
    world.run_ok("legacy policy --announce 2027-07-01 --sunset 2027-07-01 --yes");
    for bad in [
        "--limit 0",
        "--limit 200/s",
        "--sunset soon",
        "--sunset 2027-02-30",
        "--link example.org",
        "--link 'https://example.org/ x'",
        "--clear --limit 5",
        "--link https://example.org --no-link",
    ] {
        assert_eq!(world.run(&format!("legacy policy {bad}")).exit, 2, "{bad}");
    }
    assert_eq!(world.run_ok("legacy policy --field limit_per_minute"), "200\n");
}

#[test]
fn stages_follow_the_clock() {
    let mut world = env_with_legacy_key();
    world.run_ok(POLICY_COMMAND);
    for (at, stage, exit) in [
        ("2026-11-30T23:59:59Z", "quiet\n", 0),
        ("2026-12-01T00:00:00Z", "announced\n", 0),
        ("2027-06-30T23:59:59Z", "announced\n", 0),
        ("2027-07-01T00:00:00Z", "limited\n", 0),
        ("2028-03-19T23:59:59Z", "limited\n", 0),
        ("2028-03-20T00:00:00Z", "over\n", 14),
    ] {
        world.set_clock(at);
        assert_eq!(world.run_ok("legacy policy --field stage"), stage, "{at}");
        assert_eq!(verify_legacy(&mut world, HEX_KEY).exit, exit, "{at}");
    }
    // A later sunset is nobody's harm: it needs no question, and the key is good again.
    world.run_ok("legacy policy --sunset 2028-04-01");
    assert_eq!(verify_legacy(&mut world, HEX_KEY).exit, 0);
}

#[test]
fn policies_that_end_access_need_confirmation() {
    let mut world = env_with_legacy_key();
    world.run_ok(POLICY_COMMAND);
    assert_snapshot!(world.run("legacy policy --sunset 2028-03-19"), @"
    exit 2
    -- stdout
    -- stderr
    error: there is no terminal to ask at: End the legacy keys of RZ5-76K-665Z sooner than was told, at 2028-03-19T00:00:00Z
    hint: give --yes
    ");
    assert_snapshot!(world.run("legacy policy --clear"), @"
    exit 2
    -- stdout
    -- stderr
    error: there is no terminal to ask at: Let the legacy keys of RZ5-76K-665Z be good without limit and without end
    hint: give --yes
    ");
    assert_snapshot!(world.run("legacy policy --clear -n"), @"
    exit 0
    -- stdout
    account  RZ5-76K-665Z
    stage    no policy: legacy keys are good without limit and without end
    -- stderr
    ");
    world.terminal = TestEnv::with_terminal().terminal;
    world.answers.push_back("n".to_owned());
    assert_snapshot!(world.run("legacy policy --sunset 2028-03-19"), @"
    exit 1
    -- stdout
    -- stderr
    ? End the legacy keys of RZ5-76K-665Z sooner than was told, at 2028-03-19T00:00:00Z? n
    error: nothing was changed
    ");
    assert_eq!(world.run_ok("legacy policy --field sunset_at"), "2028-03-20T00:00:00Z\n");
    world.answers.push_back("y".to_owned());
    assert_snapshot!(world.run("legacy policy --clear"), @"
    exit 0
    -- stdout
    [2maccount[0m  RZ5-76K-665Z
    [2mstage[0m    no policy: legacy keys are good without limit and without end
    -- stderr
    ? Let the legacy keys of RZ5-76K-665Z be good without limit and without end? y
    ");
    assert_snapshot!(world.run("legacy policy --clear"), @"
    exit 4
    -- stdout
    -- stderr
    error: account RZ5-76K-665Z has no policy for legacy keys
    hint: gatepass legacy policy --help tells how to set one
    ");
    world.answers.push_back("n".to_owned());
    let past =
        "legacy policy --announce 2026-01-01 --limit-from 2026-02-01 --limit 9 --sunset 2026-03-01";
    assert_snapshot!(world.run(past), @"
    exit 1
    -- stdout
    -- stderr
    ? End the legacy keys of RZ5-76K-665Z at once? n
    error: nothing was changed
    ");
    assert_snapshot!(world.run(&format!("{past} --yes")), @"
    exit 0
    -- stdout
    [2maccount[0m    RZ5-76K-665Z
    [2mstage[0m      over
    [2mannounced[0m  2026-01-01T00:00:00Z (325 d ago)
    [2mlimited[0m    to 9/min from 2026-02-01T00:00:00Z (294 d ago)
    [2msunset[0m     2026-03-01T00:00:00Z (266 d ago)
    -- stderr
    warning: --announce 2026-01-01T00:00:00Z is not in the future
    warning: --limit-from 2026-02-01T00:00:00Z is not in the future
    warning: --sunset 2026-03-01T00:00:00Z is not in the future
    ");
    assert_eq!(verify_legacy(&mut world, HEX_KEY).exit, 14);
}

#[test]
fn an_account_is_required_if_there_are_several() {
    let mut world = env_with_legacy_key();
    world.run_ok("account add second --id TEST-948-4KK-444Z");
    assert_eq!(world.run("legacy policy").exit, 2);
    assert_eq!(world.run(POLICY_COMMAND).exit, 2);
    world.run_ok(&format!("{POLICY_COMMAND} --account TEST-948-4KK-444Z"));
    assert_eq!(world.run_ok("legacy policy --account TEST-948-4KK-444Z --field stage"), "quiet\n");
    assert_eq!(world.run_ok("legacy report --field stage"), "\n", "the first account has none");
    assert_eq!(world.run_ok("legacy report --account TEST-948-4KK-444Z -q"), "");
}

#[test]
fn a_key_comes_from_stdin_or_a_file() {
    let mut world = TestEnv::new();
    for (number, end) in ["", "\n", "\r\n"].into_iter().enumerate() {
        let key = format!("{number}{HEX_KEY}");
        let said = world.run_with_input(
            &format!("app add 'App {number}' --legacy-key-file -"),
            format!("{key}{end}"),
        );
        assert_eq!(said.exit, 0, "{said}");
        assert_eq!(verify_legacy(&mut world, &key).exit, 0);
    }
    let file = world.file("key", format!("{BASE64_KEY}\n"));
    world.run_ok("app add Filed");
    world.run_ok(&format!("app edit Filed --legacy-key-file {}", file.display()));
    assert_snapshot!(verify_legacy(&mut world, BASE64_KEY), @"
    exit 0
    -- stdout
    allowed: Filed (lk_82a4373fd256ce29979b5e94, legacy key of RZ5-76K-665Z): it is good; expires: never
    -- stderr
    ");
    assert!(!String::from_utf8_lossy(&world.transcript).contains(BASE64_KEY), "it is never shown");

    let open = world.file("open", format!("{BASE64_KEY}x\n"));
    std::fs::set_permissions(&open, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    world.run_ok("app add Loose");
    let said = world.run(&format!("app edit Loose -q --legacy-key-file {}", open.display()));
    assert!(said.exit == 0 && said.stderr.starts_with("warning: others can open "), "{said}");
    assert_eq!(world.run("app add None --legacy-key-file ~/none").exit, 1);
    assert_eq!(world.run("app add None --allow-weak").exit, 2);
    assert_eq!(world.run_ok("list --kind legacy --field state"), "active\n".repeat(5));
    assert_eq!(world.run("doctor").exit, 0);
}

#[test]
fn at_a_terminal_the_key_is_prompted_without_echo() {
    let mut world = TestEnv::with_terminal();
    world.answers.push_back(HEX_KEY.to_owned());
    let said = world.run("app add 'Roster Sync' --legacy-key-file -");
    assert!(said.exit == 0 && said.stderr.contains("? What is the legacy key? (hidden)"), "{said}");
    assert_eq!(world.run("app edit 'Roster Sync' --legacy-key-file -").exit, 130);
    world.terminal = gatepass::host::Terminal::default();
    assert_eq!(verify_legacy(&mut world, HEX_KEY).exit, 0);
    assert!(!String::from_utf8_lossy(&world.transcript).contains(HEX_KEY));
}

#[test]
fn malformed_and_weak_keys_are_rejected() {
    let mut world = TestEnv::new();
    world.run_ok("app add Other");
    let before = world.run_ok("audit list --json");
    for line in ["app add 'Roster Sync' --legacy-key-file -", "app edit Other --legacy-key-file -"]
    {
        for input in [
            "".to_owned(),
            "\n".to_owned(),
            "two\nlines".to_owned(),
            format!("{HEX_KEY}:"),
            format!("{HEX_KEY} "),
            format!("{HEX_KEY}ä"),
            format!("{HEX_KEY}\n\n"),
            "x".repeat(513),
            "x".repeat(5_000),
            format!("gpt_{}", "a".repeat(49)),
            "DEMO_KEY".to_owned(),
            "a".repeat(100),
        ] {
            let said = world.run_with_input(line, &input);
            assert_eq!(said.exit, 2, "{input:?}: {said}");
            assert!(input.len() < 8 || !said.stderr.contains(&input), "{said}");
        }
    }
    assert_eq!(world.run_ok("audit list --json"), before);
    let line = "app edit Other --legacy-key-file -";
    assert_snapshot!(world.run_with_input(line, format!("{HEX_KEY}:")), @"
    exit 2
    -- stdout
    -- stderr
    error: the character at position 33 can't stand in a legacy key: only visible ASCII other than : does
    ");
    assert_snapshot!(world.run_with_input(line, "DEMO_KEY"), @"
    exit 2
    -- stdout
    -- stderr
    error: this legacy key has 38 bits at most, and less than 112 can be guessed
    hint: give --allow-weak if the app can't change it; SECURITY.md tells what that means
    ");
    let said = world.run_with_input(&format!("{line} --allow-weak -q"), "DEMO_KEY");
    assert_eq!(said.exit, 0, "{said}");
    assert_eq!(verify_legacy(&mut world, "DEMO_KEY").exit, 0);
}

#[test]
fn a_key_belongs_to_one_app_and_an_app_has_one_key() {
    let mut world = env_with_legacy_key();
    world.run_ok("app add Other");
    assert_snapshot!(world.run_with_input("app edit Other --legacy-key-file -", HEX_KEY), @"
    exit 4
    -- stdout
    -- stderr
    error: this is the secret of lk_5964f296deec591c6605b162 already, a legacy key that is active
    hint: each app needs a key of its own; nothing was changed
    ");
    assert_snapshot!(world.run_with_input("app add Third --legacy-key-file -", HEX_KEY), @"
    exit 4
    -- stdout
    -- stderr
    error: this is the secret of lk_5964f296deec591c6605b162 already, a legacy key that is active
    hint: each app needs a key of its own; nothing was changed
    ");
    assert_eq!(world.run("app show Third").exit, 3, "neither was done");
    let line = "app edit 'Roster Sync' --legacy-key-file -";
    assert_snapshot!(world.run_with_input(line, BASE64_KEY), @"
    exit 4
    -- stdout
    -- stderr
    error: app Roster Sync has the legacy key lk_5964f296deec591c6605b162 already, which is active
    hint: gatepass revoke lk_5964f296deec591c6605b162 first, or let it stay as it is
    ");
    let id = world.run_ok("list --kind legacy -q").trim_end().to_owned();
    world.run_ok(&format!("revoke {id} --yes"));
    assert_eq!(verify_legacy(&mut world, HEX_KEY).exit, 12);
    assert_snapshot!(world.run_with_input(line, HEX_KEY), @"
    exit 4
    -- stdout
    -- stderr
    error: this is the secret of lk_5964f296deec591c6605b162 already, a legacy key that is revoked
    hint: what was ended stays ended: gatepass grant-app gives the app tokens
    ");
    assert_eq!(world.run_with_input(line, BASE64_KEY).exit, 0);
    assert_eq!(verify_legacy(&mut world, BASE64_KEY).exit, 0);
    assert_eq!(world.run_ok("list --kind legacy --field state"), "revoked\nactive\n");
    assert_eq!(world.run("doctor").exit, 0);
}

#[test]
fn commands_accept_a_legacy_key() {
    let mut world = env_with_legacy_key();
    let id = world.run_ok("list --kind legacy -q").trim_end().to_owned();
    assert!(id.starts_with("lk_"), "{id}");
    assert_eq!(world.run_ok(&format!("edit {id} --note 'from 2014' --field note")), "from 2014\n");
    assert_snapshot!(world.run(&format!("reset {id} --yes")), @"
    exit 4
    -- stdout
    -- stderr
    error: a legacy key gets no new secret; its app is granted tokens instead
    hint: gatepass grant-app APP --district DISTRICT --scope SCOPE
    ");
    assert_eq!(world.run_ok(&format!("show {id} --field expires_at")), "\n", "the sunset ends it");
    assert_eq!(world.run_ok(&format!("show {id} --field delivered_at")), format!("{START_TIME}\n"));
    world.run_ok(&format!("delete {id} --yes"));
    assert_eq!(verify_legacy(&mut world, HEX_KEY).exit, 12);
    assert_eq!(world.run_ok("legacy report -q"), "");
}

fn parse_instant(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap()
}

/// Three districts, and apps in every situation: one that uses its key and has one token, one that is done, one that
/// has not begun, and one that never had a key.
fn env_with_legacy_apps() -> TestEnv {
    let mut world = TestEnv::new();
    for district in ["North", "South", "Łódź East"] {
        world.run_ok(&format!("district add '{district}'"));
    }
    for (app, key) in [("Roster Sync", HEX_KEY), ("Grades", BASE64_KEY), ("Old & Weak", "DEMO_KEY")]
    {
        let line = format!("app add '{app}' --legacy-key-file - --allow-weak");
        assert_eq!(world.run_with_input(&line, key).exit, 0);
    }
    world.run_ok("app add Modern");
    for pair in
        ["'Roster Sync' --district North", "Grades --district North", "Grades --district South"]
    {
        world.run_ok(&format!("grant-app {pair} --scope read:students --forever"));
    }
    // One that was not picked up yet is as good; one that is over, revoked or deleted is none.
    world
        .run_ok("grant-app Grades --district 'Łódź East' --scope read:students --forever --pickup");
    world.run_ok("grant-app 'Old & Weak' --district North --scope read:students --days 1");
    world.run_ok("grant-app 'Old & Weak' --district South --scope read:students --forever");
    world.run_ok("revoke 'Old & Weak/South' --yes");
    world.run_ok("grant-app 'Roster Sync' --district South --scope read:students --forever");
    world.run_ok("delete 'Roster Sync/South' --yes");
    world.advance_days(1);

    let store = world.open_store();
    let transaction = store.begin(Access::Read).unwrap().unwrap();
    let numbers: Vec<i64> = transaction.list_legacy_key_seqs().unwrap().into_iter().collect();
    drop(transaction);
    let batch: Vec<_> = (0..40)
        .map(|day| {
            usage_record(
                numbers[0],
                parse_instant(START_TIME).plus(DAY - day * DAY),
                "192.0.2.1",
                (40 - day) as u64,
            )
        })
        .chain([usage_record(
            numbers[1],
            parse_instant("2026-11-01T12:00:00Z"),
            "192.0.2.2",
            1_000_000,
        )])
        .collect();
    record_usage(&store, &batch).unwrap();
    drop(store);
    world
}

#[test]
fn a_report_without_legacy_keys_is_empty() {
    let mut world = TestEnv::new();
    assert_eq!(world.run("legacy report").exit, 3);
    world.run_ok("app add Modern");
    assert_snapshot!(world.run("legacy report"), @"
    exit 0
    -- stdout
    APP  ID  STAGE  LAST USE  RECENT  TOTAL  TOKENS  BLOCKS THE SUNSET
    -- stderr
    0 apps have a legacy key
    ");
    assert_snapshot!(world.run("legacy report --json"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.legacy-report/v1","generated_at":"2026-11-22T06:00:00Z","items":[],"summary":{"listed":0,"in_use":0,"lacking_tokens":0,"blocking":0,"days":30}}
    -- stderr
    "#);
    for days in ["0", "401", "-1", "x", "1.5"] {
        assert_eq!(world.run(&format!("legacy report --days {days}")).exit, 2, "{days}");
    }
}

#[test]
fn the_report_lists_apps_that_block_the_sunset() {
    let mut world = env_with_legacy_apps();
    world.run_ok(POLICY_COMMAND);
    assert_snapshot!(world.run("legacy report"), @"
    exit 0
    -- stdout
    APP          ID                        STAGE  LAST USE   RECENT    TOTAL  TOKENS  BLOCKS THE SUNSET
    Roster Sync  c475afaa6e366d69060b7bb4  quiet   0 s ago      765      820  1 of 3  in use, lacks 2
    Grades       04343e127ab6674755e423dc  quiet  21 d ago  1000000  1000000  3 of 3  no
    Old & Weak   ab43a982b8ce6a09f5831ed4  quiet     never        0        0  0 of 3  lacks 3
    -- stderr
    3 apps have a legacy key; 2 of them block the sunset: Roster Sync, Old & Weak; RECENT: 30 days
    ");
    assert_snapshot!(world.run("legacy report --days 2 --json"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.legacy-report/v1","generated_at":"2026-11-23T06:00:00Z","items":[
    {"schema":"gatepass.legacy-app/v1","app":"c475afaa6e366d69060b7bb4","name":"Roster Sync","account":"RZ5-76K-665Z","key":"lk_152f1ef08a712eb746b8d892","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":"2026-11-23T06:00:00Z","last_used_from":"192.0.2.1","uses":820,"recent_uses":79,"days":[{"date":"2026-11-22","uses":39},{"date":"2026-11-23","uses":40}],"districts_with_token":1,"districts_without_token":2,"with_token":[{"id":"a5fdc770b93606144264009e","name":"North"}],"without_token":[{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"in_use":true,"blocks_sunset":true},
    {"schema":"gatepass.legacy-app/v1","app":"04343e127ab6674755e423dc","name":"Grades","account":"RZ5-76K-665Z","key":"lk_7616bfe2172992afa2cbe9b8","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":"2026-11-01T12:00:00Z","last_used_from":"192.0.2.2","uses":1000000,"recent_uses":0,"days":[{"date":"2026-11-22","uses":0},{"date":"2026-11-23","uses":0}],"districts_with_token":3,"districts_without_token":0,"with_token":[{"id":"a5fdc770b93606144264009e","name":"North"},{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"without_token":[],"in_use":false,"blocks_sunset":false},
    {"schema":"gatepass.legacy-app/v1","app":"ab43a982b8ce6a09f5831ed4","name":"Old & Weak","account":"RZ5-76K-665Z","key":"lk_43c7be9aecd1481ca5b5ef86","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":null,"last_used_from":null,"uses":0,"recent_uses":0,"days":[{"date":"2026-11-22","uses":0},{"date":"2026-11-23","uses":0}],"districts_with_token":0,"districts_without_token":3,"with_token":[],"without_token":[{"id":"a5fdc770b93606144264009e","name":"North"},{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"in_use":false,"blocks_sunset":true}
    ],"summary":{"listed":3,"in_use":1,"lacking_tokens":2,"blocking":2,"days":2}}
    -- stderr
    "#);
    assert_snapshot!(world.run("legacy report --days 2 --format jsonl"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.legacy-app/v1","app":"c475afaa6e366d69060b7bb4","name":"Roster Sync","account":"RZ5-76K-665Z","key":"lk_152f1ef08a712eb746b8d892","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":"2026-11-23T06:00:00Z","last_used_from":"192.0.2.1","uses":820,"recent_uses":79,"days":[{"date":"2026-11-22","uses":39},{"date":"2026-11-23","uses":40}],"districts_with_token":1,"districts_without_token":2,"with_token":[{"id":"a5fdc770b93606144264009e","name":"North"}],"without_token":[{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"in_use":true,"blocks_sunset":true}
    {"schema":"gatepass.legacy-app/v1","app":"04343e127ab6674755e423dc","name":"Grades","account":"RZ5-76K-665Z","key":"lk_7616bfe2172992afa2cbe9b8","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":"2026-11-01T12:00:00Z","last_used_from":"192.0.2.2","uses":1000000,"recent_uses":0,"days":[{"date":"2026-11-22","uses":0},{"date":"2026-11-23","uses":0}],"districts_with_token":3,"districts_without_token":0,"with_token":[{"id":"a5fdc770b93606144264009e","name":"North"},{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"without_token":[],"in_use":false,"blocks_sunset":false}
    {"schema":"gatepass.legacy-app/v1","app":"ab43a982b8ce6a09f5831ed4","name":"Old & Weak","account":"RZ5-76K-665Z","key":"lk_43c7be9aecd1481ca5b5ef86","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":null,"last_used_from":null,"uses":0,"recent_uses":0,"days":[{"date":"2026-11-22","uses":0},{"date":"2026-11-23","uses":0}],"districts_with_token":0,"districts_without_token":3,"with_token":[],"without_token":[{"id":"a5fdc770b93606144264009e","name":"North"},{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"in_use":false,"blocks_sunset":true}
    -- stderr
    "#);
    assert_snapshot!(world.run("legacy report --days 2 --format csv"), @r#"
    exit 0
    -- stdout
    schema,app,name,account,key,stage,announced_at,limited_at,limit_per_minute,sunset_at,last_used_at,last_used_from,uses,recent_uses,days,districts_with_token,districts_without_token,with_token,without_token,in_use,blocks_sunset
    gatepass.legacy-app/v1,c475afaa6e366d69060b7bb4,Roster Sync,RZ5-76K-665Z,lk_152f1ef08a712eb746b8d892,quiet,2026-12-01T00:00:00Z,2027-07-01T00:00:00Z,200,2028-03-20T00:00:00Z,2026-11-23T06:00:00Z,192.0.2.1,820,79,"[{""date"":""2026-11-22"",""uses"":39},{""date"":""2026-11-23"",""uses"":40}]",1,2,"[{""id"":""a5fdc770b93606144264009e"",""name"":""North""}]","[{""id"":""561c82d0d0f2ad461884748d"",""name"":""South""},{""id"":""e63ad49e95fa4ae164486390"",""name"":""Łódź East""}]",true,true
    gatepass.legacy-app/v1,04343e127ab6674755e423dc,Grades,RZ5-76K-665Z,lk_7616bfe2172992afa2cbe9b8,quiet,2026-12-01T00:00:00Z,2027-07-01T00:00:00Z,200,2028-03-20T00:00:00Z,2026-11-01T12:00:00Z,192.0.2.2,1000000,0,"[{""date"":""2026-11-22"",""uses"":0},{""date"":""2026-11-23"",""uses"":0}]",3,0,"[{""id"":""a5fdc770b93606144264009e"",""name"":""North""},{""id"":""561c82d0d0f2ad461884748d"",""name"":""South""},{""id"":""e63ad49e95fa4ae164486390"",""name"":""Łódź East""}]",[],false,false
    gatepass.legacy-app/v1,ab43a982b8ce6a09f5831ed4,Old & Weak,RZ5-76K-665Z,lk_43c7be9aecd1481ca5b5ef86,quiet,2026-12-01T00:00:00Z,2027-07-01T00:00:00Z,200,2028-03-20T00:00:00Z,,,0,0,"[{""date"":""2026-11-22"",""uses"":0},{""date"":""2026-11-23"",""uses"":0}]",0,3,[],"[{""id"":""a5fdc770b93606144264009e"",""name"":""North""},{""id"":""561c82d0d0f2ad461884748d"",""name"":""South""},{""id"":""e63ad49e95fa4ae164486390"",""name"":""Łódź East""}]",false,true
    -- stderr
    "#);
    assert_eq!(world.run_ok("legacy report --field blocks_sunset"), "true\nfalse\ntrue\n");
    assert_eq!(world.run_ok("legacy report --field recent_uses --days 400"), "820\n1000000\n0\n");
    // Seven days after its last use a key is not in use any more.
    world.set_clock("2026-11-30T05:59:59Z");
    assert_eq!(world.run_ok("legacy report --field in_use"), "true\nfalse\nfalse\n");
    world.set_clock("2026-11-30T06:00:00Z");
    assert_eq!(world.run_ok("legacy report --field in_use"), "false\nfalse\nfalse\n");
}

#[test]
fn at_a_terminal_a_chart_follows_the_report() {
    let mut world = env_with_legacy_apps();
    world.terminal = TestEnv::with_terminal().terminal;
    world.terminal.width = Some(80);
    world.env.insert("NO_COLOR".into(), "1".into());
    assert_snapshot!(world.run("legacy report"), @"
    exit 0
    -- stdout
    APP          STAGE      LAST USE   RECENT    TOTAL  TOKENS  BLOCKS THE SUNSET
    Roster Sync  no policy   0 s ago      765      820  1 of 3  in use, lacks 2
    Grades       no policy  21 d ago  1000000  1000000  3 of 3  no
    Old & Weak   no policy     never        0        0  0 of 3  lacks 3

    Calls by day, 2026-10-25 to 2026-11-23:
    Roster Sync  ▃▃▃▃▃▄▄▄▄▄▅▅▅▅▅▆▆▆▆▆▇▇▇▇▇█████  most 40
    Grades       .......█......................  most 1000000
    Old & Weak   ..............................  most 0
    -- stderr
    3 apps have a legacy key; 2 of them block the sunset: Roster Sync, Old & Weak; RECENT: 30 days
    ");
    assert_snapshot!(world.run("legacy report --days 90"), @"
    exit 0
    -- stdout
    APP          STAGE      LAST USE   RECENT    TOTAL  TOKENS  BLOCKS THE SUNSET
    Roster Sync  no policy   0 s ago      820      820  1 of 3  in use, lacks 2
    Grades       no policy  21 d ago  1000000  1000000  3 of 3  no
    Old & Weak   no policy     never        0        0  0 of 3  lacks 3

    Calls by day, 2026-08-26 to 2026-11-23:
    Roster Sync  ..................................................▁▁▁
                 ▁▁▂▂▂▂▂▃▃▃▃▃▄▄▄▄▄▅▅▅▅▅▆▆▆▆▆▇▇▇▇▇█████  most 40
    Grades       .....................................................
                 ..............█......................  most 1000000
    Old & Weak   .....................................................
                 .....................................  most 0
    -- stderr
    3 apps have a legacy key; 2 of them block the sunset: Roster Sync, Old & Weak; RECENT: 90 days
    ");
    world.terminal.width = Some(140);
    assert_snapshot!(world.run("legacy report"), @"
    exit 0
    -- stdout
    APP          ID                        STAGE      LAST USE   RECENT    TOTAL  TOKENS  BLOCKS THE SUNSET
    Roster Sync  c475afaa6e366d69060b7bb4  no policy   0 s ago      765      820  1 of 3  in use, lacks 2
    Grades       04343e127ab6674755e423dc  no policy  21 d ago  1000000  1000000  3 of 3  no
    Old & Weak   ab43a982b8ce6a09f5831ed4  no policy     never        0        0  0 of 3  lacks 3

    Calls by day, 2026-10-25 to 2026-11-23:
    Roster Sync  ▃▃▃▃▃▄▄▄▄▄▅▅▅▅▅▆▆▆▆▆▇▇▇▇▇█████  most 40
    Grades       .......█......................  most 1000000
    Old & Weak   ..............................  most 0
    -- stderr
    3 apps have a legacy key; 2 of them block the sunset: Roster Sync, Old & Weak; RECENT: 30 days
    ");
    for width in [1, 20, 40, 60, 80, 100, 140] {
        world.terminal.width = Some(width);
        for line in world.run_ok("legacy report --days 400").lines() {
            assert!(width < 40 || line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn days_begin_at_midnight_utc() {
    let mut world = env_with_legacy_key();
    let store = world.open_store();
    let last = parse_instant("2026-11-22T23:59:59Z");
    record_usage(&store, &[usage_record(1, last, "192.0.2.1", 2)]).unwrap();
    record_usage(
        &store,
        &[usage_record(1, last.plus(1), "192.0.2.1", 3), usage_record(1, last, "192.0.2.1", 1)],
    )
    .unwrap();
    record_usage(&store, &[usage_record(99, last, "192.0.2.1", 1)]).unwrap();
    drop(store);
    world.set_clock("2026-11-23T00:00:00Z");
    let said = world.run_ok("legacy report --days 3 --field days");
    assert_eq!(
        said,
        "[{\"date\":\"2026-11-21\",\"uses\":0},{\"date\":\"2026-11-22\",\"uses\":3},\
         {\"date\":\"2026-11-23\",\"uses\":3}]\n"
    );
    assert_eq!(world.run_ok("legacy report --field uses"), "6\n");
    assert_eq!(world.run("doctor").exit, 0);
}

#[test]
fn only_legacy_keys_are_counted_by_day() {
    let mut world = env_with_legacy_key();
    world.run_ok("create acme --forever");
    let store = world.open_store();
    record_usage(
        &store,
        &[
            usage_record(1, parse_instant(START_TIME), "here", 1),
            usage_record(2, parse_instant(START_TIME), "here", 1),
        ],
    )
    .unwrap();
    let transaction = store.begin(Access::Read).unwrap().unwrap();
    let day = parse_instant(START_TIME).day();
    assert_eq!(
        transaction.list_daily_usage(1, 0..=i64::MAX).unwrap(),
        [DailyUse { credential: 1, day, count: 1 }]
    );
    assert_eq!(transaction.list_daily_usage(2, 0..=i64::MAX).unwrap(), []);
}

#[test]
fn usage_of_a_replaced_key_is_still_counted() {
    let mut world = env_with_legacy_key();
    let id = world.run_ok("list --kind legacy -q").trim_end().to_owned();
    world.run_ok(&format!("revoke {id} --yes"));
    let line = "app edit 'Roster Sync' -q --legacy-key-file -";
    assert_eq!(world.run_with_input(line, BASE64_KEY).exit, 0);
    let store = world.open_store();
    // A gate may tell late of what it saw before.
    record_usage(
        &store,
        &[
            usage_record(1, parse_instant(START_TIME), "here", 1),
            usage_record(2, parse_instant(START_TIME), "here", 1),
        ],
    )
    .unwrap();
    let transaction = store.begin(Access::Read).unwrap().unwrap();
    for number in [1, 2] {
        assert_eq!(
            transaction.list_daily_usage(number, 0..=i64::MAX).unwrap().len(),
            1,
            "{number}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_days_add_up_to_the_count(
        batches in prop::collection::vec(
            prop::collection::vec((0..DAY * 390, 1..1_000_u64), 0..20), 0..6)
    ) {
        let world = env_with_legacy_key();
        let store = world.open_store();
        let begin = parse_instant(START_TIME);
        let mut all = 0;
        for batch in &batches {
            let uses: Vec<_> =
                batch.iter().map(|(after, count)| usage_record(1, begin.plus(*after), "here", *count)).collect();
            all += batch.iter().map(|(_, count)| count).sum::<u64>();
            record_usage(&store, &uses).unwrap();
        }
        let transaction = store.begin(Access::Read).unwrap().unwrap();
        let days = transaction.list_daily_usage(1, 0..=i64::MAX).unwrap();
        prop_assert_eq!(days.iter().map(|day| day.count).sum::<u64>(), all);
        let count = transaction.find_last_use(1).unwrap().map_or(0, |last_use| last_use.count);
        prop_assert_eq!(count, all);
        drop(transaction);
        prop_assert!(store.check_integrity().unwrap().is_empty());
    }
}
