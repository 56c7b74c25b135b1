//! `legacy report`, and the daily usage that it is based on.

use std::ops::ControlFlow;

use gatepass::{
    domain::{
        credential::CredentialKind,
        instant::{DAY, Instant},
        seq::CredentialSeq,
        usage::DailyUse,
    },
    ops::credential::usage::record_usage,
    store::{Access, SortBy, StoreError},
};
use insta::assert_snapshot;
use proptest::prelude::*;

use super::fixture::{BASE64_KEY, HEX_KEY, POLICY_COMMAND, env_with_legacy_key};
use crate::support::{
    records::{all_days, reported, reported_by_day, usage_record},
    test_env::{START_TIME, TestEnv},
};

fn parse_instant(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap()
}

/// Creates three districts and four apps: one uses its key and has one token, one has all tokens, one has none, and one
/// never had a key.
fn env_with_legacy_apps() -> TestEnv {
    let mut env = TestEnv::new();
    for district in ["North", "South", "Łódź East"] {
        env.run_ok(&format!("district add '{district}'"));
    }
    for (app, key) in [("Roster Sync", HEX_KEY), ("Grades", BASE64_KEY), ("Old & Weak", "DEMO_KEY")]
    {
        let line = format!("app add '{app}' --legacy-key-file - --allow-weak");
        assert_eq!(env.run_with_input(&line, key).exit, 0);
    }
    env.run_ok("app add Modern");
    for pair in
        ["'Roster Sync' --district North", "Grades --district North", "Grades --district South"]
    {
        env.run_ok(&format!("grant-app {pair} --scope read:students --forever"));
    }
    // A token that awaits pickup counts; an expired, revoked or deleted one does not.
    env.run_ok("grant-app Grades --district 'Łódź East' --scope read:students --forever --pickup");
    env.run_ok("grant-app 'Old & Weak' --district North --scope read:students --days 1");
    env.run_ok("grant-app 'Old & Weak' --district South --scope read:students --forever");
    env.run_ok("revoke 'Old & Weak/South' --yes");
    env.run_ok("grant-app 'Roster Sync' --district South --scope read:students --forever");
    env.run_ok("delete 'Roster Sync/South' --yes");
    env.advance_days(1);

    let store = env.open_store();
    let mut tx = store.begin(Access::Read).unwrap();
    let mut numbers = Vec::new();
    tx.scan_credentials(SortBy::Created, |credential| {
        let is_legacy = credential.kind() == CredentialKind::Legacy;
        numbers.extend(is_legacy.then_some(credential.seq));
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })
    .unwrap();
    drop(tx);
    let mut usage: Vec<_> = (0..40)
        .map(|day| {
            let at = parse_instant(START_TIME).plus(DAY - day * DAY);
            reported_by_day(usage_record(numbers[0], at, "192.0.2.1", (40 - day) as u64))
        })
        .collect();
    let at = parse_instant("2026-11-01T12:00:00Z");
    usage.push(reported_by_day(usage_record(numbers[1], at, "192.0.2.2", 1_000_000)));
    record_usage(&store, &usage).unwrap();
    drop(store);
    env
}

#[test]
fn a_report_without_legacy_keys_is_empty() {
    let mut env = TestEnv::new();
    assert_eq!(env.run("legacy report").exit, 3);
    env.run_ok("app add Modern");
    assert_snapshot!(env.run_with_messages("legacy report"), @"
    exit 0
    -- stdout
    APP  ID  STAGE  LAST USE  RECENT  TOTAL  TOKENS  BLOCKING
    -- stderr
    0 apps have a legacy key
    ");
    assert_snapshot!(env.run("legacy report --json"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.legacy-report/v1","generated_at":"2026-11-22T06:00:00Z","items":[],"summary":{"listed":0,"in_use":0,"lacking_tokens":0,"blocking":0,"days":30}}
    "#);
    for days in ["0", "401", "-1", "x", "1.5"] {
        assert_eq!(env.run(&format!("legacy report --days {days}")).exit, 2, "{days}");
    }
}

#[test]
fn the_report_lists_apps_that_block_the_sunset() {
    let mut env = env_with_legacy_apps();
    env.run_ok(POLICY_COMMAND);
    assert_snapshot!(env.run_with_messages("legacy report"), @"
    exit 0
    -- stdout
    APP          ID                        STAGE      LAST USE   RECENT    TOTAL  TOKENS  BLOCKING
    Roster Sync  c475afaa6e366d69060b7bb4  scheduled   0 s ago      765      820  1 of 3  in use, 2 districts without token
    Grades       04343e127ab6674755e423dc  scheduled  21 d ago  1000000  1000000  3 of 3  no
    Old & Weak   ab43a982b8ce6a09f5831ed4  scheduled     never        0        0  0 of 3  3 districts without token
    -- stderr
    3 apps have a legacy key; 2 of them block the sunset: Roster Sync, Old & Weak; RECENT covers 30 days
    ");
    assert_snapshot!(env.run("legacy report --days 2 --json"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.legacy-report/v1","generated_at":"2026-11-23T06:00:00Z","items":[
    {"schema":"gatepass.legacy-app/v1","app":"c475afaa6e366d69060b7bb4","name":"Roster Sync","account":"RZ5-76K-665Z","key":"lk_152f1ef08a712eb746b8d892","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":"2026-11-23T06:00:00Z","last_used_from":"192.0.2.1","uses":820,"recent_uses":79,"days":[{"date":"2026-11-22","uses":39},{"date":"2026-11-23","uses":40}],"districts_with_token":1,"districts_without_token":2,"with_token":[{"id":"a5fdc770b93606144264009e","name":"North"}],"without_token":[{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"in_use":true,"blocks_sunset":true,"label":"Roster Sync"},
    {"schema":"gatepass.legacy-app/v1","app":"04343e127ab6674755e423dc","name":"Grades","account":"RZ5-76K-665Z","key":"lk_7616bfe2172992afa2cbe9b8","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":"2026-11-01T12:00:00Z","last_used_from":"192.0.2.2","uses":1000000,"recent_uses":0,"days":[{"date":"2026-11-22","uses":0},{"date":"2026-11-23","uses":0}],"districts_with_token":3,"districts_without_token":0,"with_token":[{"id":"a5fdc770b93606144264009e","name":"North"},{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"without_token":[],"in_use":false,"blocks_sunset":false,"label":"Grades"},
    {"schema":"gatepass.legacy-app/v1","app":"ab43a982b8ce6a09f5831ed4","name":"Old & Weak","account":"RZ5-76K-665Z","key":"lk_43c7be9aecd1481ca5b5ef86","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":null,"last_used_from":null,"uses":0,"recent_uses":0,"days":[{"date":"2026-11-22","uses":0},{"date":"2026-11-23","uses":0}],"districts_with_token":0,"districts_without_token":3,"with_token":[],"without_token":[{"id":"a5fdc770b93606144264009e","name":"North"},{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"in_use":false,"blocks_sunset":true,"label":"Old & Weak"}
    ],"summary":{"listed":3,"in_use":1,"lacking_tokens":2,"blocking":2,"days":2}}
    "#);
    assert_snapshot!(env.run("legacy report --days 2 --format jsonl"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.legacy-app/v1","app":"c475afaa6e366d69060b7bb4","name":"Roster Sync","account":"RZ5-76K-665Z","key":"lk_152f1ef08a712eb746b8d892","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":"2026-11-23T06:00:00Z","last_used_from":"192.0.2.1","uses":820,"recent_uses":79,"days":[{"date":"2026-11-22","uses":39},{"date":"2026-11-23","uses":40}],"districts_with_token":1,"districts_without_token":2,"with_token":[{"id":"a5fdc770b93606144264009e","name":"North"}],"without_token":[{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"in_use":true,"blocks_sunset":true,"label":"Roster Sync"}
    {"schema":"gatepass.legacy-app/v1","app":"04343e127ab6674755e423dc","name":"Grades","account":"RZ5-76K-665Z","key":"lk_7616bfe2172992afa2cbe9b8","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":"2026-11-01T12:00:00Z","last_used_from":"192.0.2.2","uses":1000000,"recent_uses":0,"days":[{"date":"2026-11-22","uses":0},{"date":"2026-11-23","uses":0}],"districts_with_token":3,"districts_without_token":0,"with_token":[{"id":"a5fdc770b93606144264009e","name":"North"},{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"without_token":[],"in_use":false,"blocks_sunset":false,"label":"Grades"}
    {"schema":"gatepass.legacy-app/v1","app":"ab43a982b8ce6a09f5831ed4","name":"Old & Weak","account":"RZ5-76K-665Z","key":"lk_43c7be9aecd1481ca5b5ef86","stage":"quiet","announced_at":"2026-12-01T00:00:00Z","limited_at":"2027-07-01T00:00:00Z","limit_per_minute":200,"sunset_at":"2028-03-20T00:00:00Z","last_used_at":null,"last_used_from":null,"uses":0,"recent_uses":0,"days":[{"date":"2026-11-22","uses":0},{"date":"2026-11-23","uses":0}],"districts_with_token":0,"districts_without_token":3,"with_token":[],"without_token":[{"id":"a5fdc770b93606144264009e","name":"North"},{"id":"561c82d0d0f2ad461884748d","name":"South"},{"id":"e63ad49e95fa4ae164486390","name":"Łódź East"}],"in_use":false,"blocks_sunset":true,"label":"Old & Weak"}
    "#);
    assert_snapshot!(env.run("legacy report --days 2 --format csv"), @r#"
    exit 0
    -- stdout
    schema,app,name,account,key,stage,announced_at,limited_at,limit_per_minute,sunset_at,last_used_at,last_used_from,uses,recent_uses,days,districts_with_token,districts_without_token,with_token,without_token,in_use,blocks_sunset,label
    gatepass.legacy-app/v1,c475afaa6e366d69060b7bb4,Roster Sync,RZ5-76K-665Z,lk_152f1ef08a712eb746b8d892,quiet,2026-12-01T00:00:00Z,2027-07-01T00:00:00Z,200,2028-03-20T00:00:00Z,2026-11-23T06:00:00Z,192.0.2.1,820,79,"[{""date"":""2026-11-22"",""uses"":39},{""date"":""2026-11-23"",""uses"":40}]",1,2,"[{""id"":""a5fdc770b93606144264009e"",""name"":""North""}]","[{""id"":""561c82d0d0f2ad461884748d"",""name"":""South""},{""id"":""e63ad49e95fa4ae164486390"",""name"":""Łódź East""}]",true,true,Roster Sync
    gatepass.legacy-app/v1,04343e127ab6674755e423dc,Grades,RZ5-76K-665Z,lk_7616bfe2172992afa2cbe9b8,quiet,2026-12-01T00:00:00Z,2027-07-01T00:00:00Z,200,2028-03-20T00:00:00Z,2026-11-01T12:00:00Z,192.0.2.2,1000000,0,"[{""date"":""2026-11-22"",""uses"":0},{""date"":""2026-11-23"",""uses"":0}]",3,0,"[{""id"":""a5fdc770b93606144264009e"",""name"":""North""},{""id"":""561c82d0d0f2ad461884748d"",""name"":""South""},{""id"":""e63ad49e95fa4ae164486390"",""name"":""Łódź East""}]",[],false,false,Grades
    gatepass.legacy-app/v1,ab43a982b8ce6a09f5831ed4,Old & Weak,RZ5-76K-665Z,lk_43c7be9aecd1481ca5b5ef86,quiet,2026-12-01T00:00:00Z,2027-07-01T00:00:00Z,200,2028-03-20T00:00:00Z,,,0,0,"[{""date"":""2026-11-22"",""uses"":0},{""date"":""2026-11-23"",""uses"":0}]",0,3,[],"[{""id"":""a5fdc770b93606144264009e"",""name"":""North""},{""id"":""561c82d0d0f2ad461884748d"",""name"":""South""},{""id"":""e63ad49e95fa4ae164486390"",""name"":""Łódź East""}]",false,true,Old & Weak
    "#);
    assert_eq!(env.run_ok("legacy report --field blocks_sunset"), "true\nfalse\ntrue\n");
    assert_eq!(env.run_ok("legacy report --field recent_uses --days 400"), "820\n1000000\n0\n");
    // A key is in use until seven days after its last use.
    env.set_clock("2026-11-30T05:59:59Z");
    assert_eq!(env.run_ok("legacy report --field in_use"), "true\nfalse\nfalse\n");
    env.set_clock("2026-11-30T06:00:00Z");
    assert_eq!(env.run_ok("legacy report --field in_use"), "false\nfalse\nfalse\n");
}

#[test]
fn at_a_terminal_a_chart_follows_the_report() {
    let mut env = env_with_legacy_apps();
    env.terminal = TestEnv::with_terminal().terminal;
    env.terminal.width = Some(80);
    env.env.insert("NO_COLOR".into(), "1".into());
    assert_snapshot!(env.run_with_messages("legacy report"), @"
    exit 0
    -- stdout
    APP          STAGE      LAST USE   RECENT    TOTAL  TOKENS  BLOCKING
    Roster Sync  no policy   0 s ago      765      820  1 of 3  in use, 2 districts…
    Grades       no policy  21 d ago  1000000  1000000  3 of 3  no
    Old & Weak   no policy     never        0        0  0 of 3  3 districts without…

    Calls by day, 2026-10-25 to 2026-11-23:
    Roster Sync  ▃▃▃▃▃▄▄▄▄▄▅▅▅▅▅▆▆▆▆▆▇▇▇▇▇█████  max 40
    Grades       .......█......................  max 1000000
    Old & Weak   ..............................  max 0
    -- stderr
    Left out: ID. Shortened: BLOCKING. Use --wide to show everything.
    3 apps have a legacy key; 2 of them block the sunset: Roster Sync, Old & Weak;
    RECENT covers 30 days
    ");
    assert_snapshot!(env.run("legacy report --days 90"), @"
    exit 0
    -- stdout
    APP          STAGE      LAST USE   RECENT    TOTAL  TOKENS  BLOCKING
    Roster Sync  no policy   0 s ago      820      820  1 of 3  in use, 2 districts…
    Grades       no policy  21 d ago  1000000  1000000  3 of 3  no
    Old & Weak   no policy     never        0        0  0 of 3  3 districts without…

    Calls by day, 2026-08-26 to 2026-11-23:
    Roster Sync  ..................................................▁▁▁▁
                 ▁▂▂▂▂▂▃▃▃▃▃▄▄▄▄▄▅▅▅▅▅▆▆▆▆▆▇▇▇▇▇█████  max 40
    Grades       ......................................................
                 .............█......................  max 1000000
    Old & Weak   ......................................................
                 ....................................  max 0
    -- stderr
    Left out: ID. Shortened: BLOCKING. Use --wide to show everything.
    3 apps have a legacy key; 2 of them block the sunset: Roster Sync, Old & Weak;
    RECENT covers 90 days
    ");
    env.terminal.width = Some(140);
    assert_snapshot!(env.run_with_messages("legacy report"), @"
    exit 0
    -- stdout
    APP          ID                        STAGE      LAST USE   RECENT    TOTAL  TOKENS  BLOCKING
    Roster Sync  c475afaa6e366d69060b7bb4  no policy   0 s ago      765      820  1 of 3  in use, 2 districts without token
    Grades       04343e127ab6674755e423dc  no policy  21 d ago  1000000  1000000  3 of 3  no
    Old & Weak   ab43a982b8ce6a09f5831ed4  no policy     never        0        0  0 of 3  3 districts without token

    Calls by day, 2026-10-25 to 2026-11-23:
    Roster Sync  ▃▃▃▃▃▄▄▄▄▄▅▅▅▅▅▆▆▆▆▆▇▇▇▇▇█████  max 40
    Grades       .......█......................  max 1000000
    Old & Weak   ..............................  max 0
    -- stderr
    3 apps have a legacy key; 2 of them block the sunset: Roster Sync, Old & Weak; RECENT covers 30 days
    ");
    for width in [1, 20, 40, 60, 80, 100, 140] {
        env.terminal.width = Some(width);
        for line in env.run_ok("legacy report --days 400").lines() {
            assert!(width < 40 || line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn days_begin_at_midnight_utc() {
    let mut env = env_with_legacy_key();
    let store = env.open_store();
    let last = parse_instant("2026-11-22T23:59:59Z");
    let usage = |number, at, count| {
        reported_by_day(usage_record(CredentialSeq(number), at, "192.0.2.1", count))
    };
    record_usage(&store, &[usage(1, last, 2)]).unwrap();
    record_usage(&store, &[usage(1, last.plus(1), 3), usage(1, last, 1)]).unwrap();
    record_usage(&store, &[usage(99, last, 1)]).unwrap();
    drop(store);
    env.set_clock("2026-11-23T00:00:00Z");
    let output = env.run_ok("legacy report --days 3 --field days");
    assert_eq!(
        output,
        "[{\"date\":\"2026-11-21\",\"uses\":0},{\"date\":\"2026-11-22\",\"uses\":3},\
         {\"date\":\"2026-11-23\",\"uses\":3}]\n"
    );
    assert_eq!(env.run_ok("legacy report --field uses"), "6\n");
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn only_legacy_keys_are_counted_by_day() {
    let mut env = env_with_legacy_key();
    env.run_ok("create acme --forever");
    let store = env.open_store();
    let at = parse_instant(START_TIME);
    let [legacy_key, passcode] =
        [1, 2].map(|number| usage_record(CredentialSeq(number), at, "here", 1));
    record_usage(&store, &[reported_by_day(legacy_key), reported(passcode)]).unwrap();
    let mut tx = store.begin(Access::Read).unwrap();
    let expected = DailyUse { credential: CredentialSeq(1), day: at.day(), count: 1 };
    assert_eq!(tx.list_daily_usage(CredentialSeq(1), all_days()).unwrap(), [expected]);
    assert_eq!(tx.list_daily_usage(CredentialSeq(2), all_days()).unwrap(), []);
}

#[test]
fn usage_of_a_replaced_key_is_still_counted() {
    let mut env = env_with_legacy_key();
    let id = env.run_ok("list --kind legacy -q").trim_end().to_owned();
    env.run_ok(&format!("revoke {id} --yes"));
    let line = "app edit 'Roster Sync' -q --legacy-key-file -";
    assert_eq!(env.run_with_input(line, BASE64_KEY).exit, 0);
    let store = env.open_store();
    // A gate may record late what it saw earlier.
    let at = parse_instant(START_TIME);
    let uses = [1, 2].map(|number| usage_record(CredentialSeq(number), at, "here", 1));
    record_usage(&store, &uses.map(reported_by_day)).unwrap();
    let mut tx = store.begin(Access::Read).unwrap();
    for number in [1, 2] {
        assert_eq!(
            tx.list_daily_usage(CredentialSeq(number), all_days()).unwrap().len(),
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
        let env = env_with_legacy_key();
        let store = env.open_store();
        let begin = parse_instant(START_TIME);
        let mut all = 0;
        for batch in &batches {
            let uses: Vec<_> =
                batch.iter().map(|(after, count)| reported_by_day(usage_record(CredentialSeq(1), begin.plus(*after), "here", *count))).collect();
            all += batch.iter().map(|(_, count)| count).sum::<u64>();
            record_usage(&store, &uses).unwrap();
        }
        let mut tx = store.begin(Access::Read).unwrap();
        let days = tx.list_daily_usage(CredentialSeq(1), all_days()).unwrap();
        prop_assert_eq!(days.iter().map(|day| day.count).sum::<u64>(), all);
        let count = tx.find_last_use(CredentialSeq(1)).unwrap().map_or(0, |last_use| last_use.count);
        prop_assert_eq!(count, all);
        drop(tx);
        prop_assert!(store.check_integrity().unwrap().is_empty());
    }
}
