//! `legacy policy`.

use insta::assert_snapshot;

use super::fixture::{HEX_KEY, POLICY_COMMAND, env_with_legacy_key, verify_legacy};
use crate::support::test_env::TestEnv;

#[test]
fn the_first_policy_needs_every_flag() {
    let mut env = env_with_legacy_key();
    assert_snapshot!(env.run("legacy policy"), @"
    exit 0
    -- stdout
    account  RZ5-76K-665Z
    stage    no policy; legacy keys are valid without limit or expiry
    ");
    assert_snapshot!(env.run("legacy policy --sunset 2028-03-20 --limit 200/min"), @"
    exit 2
    -- stderr
    error: the first legacy key policy must be complete; missing: --announce, --limit-from
    hint: also set --announce and --limit-from
    ");
    assert_snapshot!(env.run("legacy policy --link https://example.org"), @"
    exit 2
    -- stderr
    error: the first legacy key policy must be complete; missing: --announce, --limit-from, --limit, --sunset
    hint: also set --announce, --limit-from, --limit and --sunset
    ");
    assert_snapshot!(env.run(POLICY_COMMAND), @"
    exit 0
    -- stdout
    account    RZ5-76K-665Z
    stage      scheduled
    announced  2026-12-01T00:00:00Z (in 9 d)
    limited    to 200/min from 2027-07-01T00:00:00Z (in 221 d)
    sunset     2028-03-20T00:00:00Z (in 484 d)
    link       https://example.org/tokens
    ");
    assert_snapshot!(env.run("legacy policy --limit 300 --no-link --json"), @r#"
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
      "link": null,
      "label": "main",
      "dry_run": false
    }
    "#);
    assert_snapshot!(env.run("legacy policy -q"), @"
    exit 0
    -- stdout
    RZ5-76K-665Z
    ");
    let moved = env.run_ok("legacy policy --sunset 2028-06-01T12:00:00+02:00 --field sunset_at");
    assert_eq!(moved, "2028-06-01T10:00:00Z\n");
    assert_snapshot!(env.run("audit list"), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION        SUBJECT                      NAME         ACTOR     CHANGES
      1  2026-11-22T06:00:00Z  account-add   RZ5-76K-665Z                 main         ann@host
      2  2026-11-22T06:00:00Z  app-add       65511a5d129d4ed6c9cd2b3f     Roster Sync  ann@host
      3  2026-11-22T06:00:00Z  create        lk_5964f296deec591c6605b162  Roster Sync  ann@host
      4  2026-11-22T06:00:00Z  account-edit  RZ5-76K-665Z                 main         ann@host  legacy.announced_at none → 2026-12-01; legacy.limit none → 200; legacy.limited_at none → 2027-07-01; legacy.link none → https://example.org/tokens; legacy.sunset_at none → 2028-03-20
      5  2026-11-22T06:00:00Z  account-edit  RZ5-76K-665Z                 main         ann@host  legacy.limit 200 → 300; legacy.link https://example.org/tokens → none
      6  2026-11-22T06:00:00Z  account-edit  RZ5-76K-665Z                 main         ann@host  legacy.sunset_at 2028-03-20 → 2028-06-01
    ");
}

#[test]
fn policy_dates_must_be_in_order() {
    let mut env = env_with_legacy_key();
    env.run_ok(POLICY_COMMAND);
    assert_snapshot!(env.run("legacy policy --limit-from 2026-11-30"), @"
    exit 2
    -- stderr
    error: the limit would start at 2026-11-30T00:00:00Z, before the announcement at 2026-12-01T00:00:00Z
    hint: the limit can't start before the announcement: --announce DATE --limit-from DATE
    ");
    assert_snapshot!(env.run("legacy policy --sunset 2027-06-30 --yes"), @"
    exit 2
    -- stderr
    error: the sunset would be at 2027-06-30T00:00:00Z, before the limit starts at 2027-07-01T00:00:00Z
    hint: the sunset can't come before the limit: --limit-from DATE --sunset DATE
    ");
    assert_snapshot!(env.run("legacy policy --announce 2027-07-02 --json"), @r#"
    exit 2
    -- stderr
    {"error":{"code":"policy_order","details":null,"hint":"the limit can't start before the announcement: --announce DATE --limit-from DATE","message":"the limit would start at 2027-07-01T00:00:00Z, before the announcement at 2027-07-02T00:00:00Z"},"schema":"gatepass.error/v1"}
    "#);
    // All dates may be the same.
    env.run_ok("legacy policy --announce 2027-07-01 --sunset 2027-07-01 --yes");
    for flags in [
        "--limit 0",
        "--limit 200/s",
        "--sunset soon",
        "--sunset 2027-02-30",
        "--link example.org",
        "--link 'https://example.org/ x'",
        "--clear --limit 5",
        "--link https://example.org --no-link",
    ] {
        assert_eq!(env.run(&format!("legacy policy {flags}")).exit, 2, "{flags}");
    }
    assert_eq!(env.run_ok("legacy policy --field limit_per_minute"), "200\n");
}

#[test]
fn stages_follow_the_clock() {
    let mut env = env_with_legacy_key();
    env.run_ok(POLICY_COMMAND);
    for (at, stage, exit) in [
        ("2026-11-30T23:59:59Z", "quiet\n", 0),
        ("2026-12-01T00:00:00Z", "announced\n", 0),
        ("2027-06-30T23:59:59Z", "announced\n", 0),
        ("2027-07-01T00:00:00Z", "limited\n", 0),
        ("2028-03-19T23:59:59Z", "limited\n", 0),
        ("2028-03-20T00:00:00Z", "over\n", 14),
    ] {
        env.set_clock(at);
        assert_eq!(env.run_ok("legacy policy --field stage"), stage, "{at}");
        assert_eq!(verify_legacy(&mut env, HEX_KEY).exit, exit, "{at}");
    }
    // A later sunset needs no confirmation, and the key is valid again.
    env.run_ok("legacy policy --sunset 2028-04-01");
    assert_eq!(verify_legacy(&mut env, HEX_KEY).exit, 0);
}

#[test]
fn policies_that_end_access_need_confirmation() {
    let mut env = env_with_legacy_key();
    env.run_ok(POLICY_COMMAND);
    assert_snapshot!(env.run("legacy policy --sunset 2028-03-19"), @"
    exit 2
    -- stderr
    error: confirmation is required (no terminal to prompt): Requests that are accepted now will fail: 1 credential, 0 used in the last 30 days. Limit the legacy keys of account main (RZ5-76K-665Z) from 2027-07-01T00:00:00Z, and refuse them from 2028-03-19T00:00:00Z
    hint: use --yes
    ");
    assert_snapshot!(env.run("legacy policy --clear"), @"
    exit 2
    -- stderr
    error: confirmation is required (no terminal to prompt): Accept the legacy keys of account main (RZ5-76K-665Z) without limit or sunset
    hint: use --yes
    ");
    assert_snapshot!(env.run("legacy policy --clear -n"), @"
    exit 0
    -- stdout
    account  RZ5-76K-665Z
    stage    no policy; legacy keys are valid without limit or expiry
    -- stderr
    This was a dry run: nothing was changed.
    ");
    env.terminal = TestEnv::with_terminal().terminal;
    env.answers.push_back("n".to_owned());
    assert_snapshot!(env.run("legacy policy --sunset 2028-03-19"), @"
    exit 1
    -- stderr
    ? Requests that are accepted now will fail: 1 credential, 0 used in the last 30 days. Limit
    the legacy keys of account main (RZ5-76K-665Z) from 2027-07-01T00:00:00Z, and refuse them
    from 2028-03-19T00:00:00Z? n
    Cancelled; nothing was changed
    ");
    assert_eq!(env.run_ok("legacy policy --field sunset_at"), "2028-03-20T00:00:00Z\n");
    env.answers.push_back("y".to_owned());
    assert_snapshot!(env.run("legacy policy --clear"), @"
    exit 0
    -- stdout
    [2maccount[0m  RZ5-76K-665Z
    [2mstage[0m    no policy; legacy keys are valid without limit or expiry
    -- stderr
    ? Accept the legacy keys of account main (RZ5-76K-665Z) without limit or sunset? y
    ");
    assert_snapshot!(env.run("legacy policy --clear"), @"
    exit 0
    -- stdout
    [2maccount[0m  RZ5-76K-665Z
    [2mstage[0m    no policy; legacy keys are valid without limit or expiry
    -- stderr
    There is no legacy key policy for account main (RZ5-76K-665Z); nothing was changed.
    ");
    env.answers.push_back("n".to_owned());
    let past =
        "legacy policy --announce 2026-01-01 --limit-from 2026-02-01 --limit 9 --sunset 2026-03-01";
    assert_snapshot!(env.run(past), @"
    exit 1
    -- stderr
    ? Requests that are accepted now will fail: 1 credential, 0 used in the last 30 days. Refuse
    the legacy keys of account main (RZ5-76K-665Z) from now on? n
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run(&format!("{past} --yes")), @"
    exit 0
    -- stdout
    [2maccount[0m    RZ5-76K-665Z
    [2mstage[0m      over
    [2mannounced[0m  2026-01-01T00:00:00Z (325 d ago)
    [2mlimited[0m    to 9/min from 2026-02-01T00:00:00Z (294 d ago)
    [2msunset[0m     2026-03-01T00:00:00Z (266 d ago)
    -- stderr
    [33mwarning:[0m --announce 2026-01-01T00:00:00Z is not in the future
    [33mwarning:[0m --limit-from 2026-02-01T00:00:00Z is not in the future
    [33mwarning:[0m --sunset 2026-03-01T00:00:00Z is not in the future
    ");
    assert_eq!(verify_legacy(&mut env, HEX_KEY).exit, 14);
}

#[test]
fn an_account_is_required_if_there_are_several() {
    let mut env = env_with_legacy_key();
    env.run_ok("account add second --id TEST-948-4KK-444Z");
    assert_eq!(env.run("legacy policy").exit, 2);
    assert_eq!(env.run(POLICY_COMMAND).exit, 2);
    env.run_ok(&format!("{POLICY_COMMAND} --account TEST-948-4KK-444Z"));
    assert_eq!(env.run_ok("legacy policy --account TEST-948-4KK-444Z --field stage"), "quiet\n");
    assert_eq!(env.run_ok("legacy report --field stage"), "\n", "the first account has none");
    assert_eq!(env.run_ok("legacy report --account TEST-948-4KK-444Z -q"), "");
}
