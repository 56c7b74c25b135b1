//! A reset during the overlap of an earlier one, which promised a date.

use insta::assert_snapshot;

use crate::support::{directory_fixture::directory_fixture, test_env::TestEnv};

fn verify_exits(env: &mut TestEnv, secrets: &[&str]) -> Vec<u8> {
    secrets.iter().map(|secret| env.run_with_input("verify", secret).exit).collect()
}

#[test]
fn a_reset_during_an_overlap_is_refused() {
    let mut env = TestEnv::new();
    let first = env.run_for_secret("create acme --days 90");
    let second = env.run_for_secret("reset acme --overlap 7d --yes");
    let before = env.run_ok("audit list");
    assert_snapshot!(env.run("reset acme --overlap 7d --yes"), @"
    exit 4
    -- stderr
    error: an earlier reset of pc_65511a5d129d4ed6c9cd2b3f promised that its old secret stays valid until 2026-11-29T06:00:00Z
    hint: wait until then, or use --end-retiring to end that secret now
    ");
    assert_snapshot!(env.run("reset acme --yes --json"), @r#"
    exit 4
    -- stderr
    {"error":{"code":"overlap_pending","details":{"id":"pc_65511a5d129d4ed6c9cd2b3f","retiring_until":"2026-11-29T06:00:00Z","retiring_until_used":false},"hint":"wait until then, or use --end-retiring to end that secret now","message":"an earlier reset of pc_65511a5d129d4ed6c9cd2b3f promised that its old secret stays valid until 2026-11-29T06:00:00Z"},"schema":"gatepass.error/v1"}
    "#);
    for line in ["reset acme -n", "reset acme", "reset acme --until-used --days 9 --yes"] {
        assert_eq!(env.run(line).exit, 4, "{line}");
    }
    env.run_ok("create beta --days 9");
    let out = env.path("secrets.csv");
    let all = format!("reset beta acme --yes --out {}", out.display());
    assert_eq!(env.run(&all).exit, 4);
    assert!(!out.exists());
    assert!(env.run_ok("audit list").starts_with(&before));
    assert_eq!(verify_exits(&mut env, &[&first, &second]), [0, 0]);
    // The promise is kept.
    env.advance_days(7);
    let third = env.run_for_secret("reset acme --yes");
    assert_eq!(verify_exits(&mut env, &[&first, &second, &third]), [13, 13, 0]);
}

#[test]
fn an_overlap_until_the_first_use_is_a_promise() {
    let mut env = TestEnv::new();
    env.run_for_secret("create acme --days 90");
    assert_snapshot!(env.run("reset acme --until-used --yes -n"), @"
    exit 0
    -- stdout
    id        pc_65511a5d129d4ed6c9cd2b3f
    name      acme
    kind      account passcode of RZ5-76K-665Z
    state     active
    remark    old secret valid until the new one is used, 2026-12-22T06:00:00Z at the latest
    expires   2027-02-20T06:00:00Z (in 90 d)
    lifetime  90 days
    created   2026-11-22T06:00:00Z by ann@host
    secret    number 2, created 2026-11-22T06:00:00Z
    -- stderr
    This was a dry run: nothing was changed.
    ");
    env.run_for_secret("reset acme --until-used --yes");
    assert_snapshot!(env.run("reset acme --yes"), @"
    exit 4
    -- stderr
    error: an earlier reset of pc_65511a5d129d4ed6c9cd2b3f promised that its old secret stays valid until the new one is used, at the latest until 2026-12-22T06:00:00Z
    hint: wait until then, or use --end-retiring to end that secret now
    ");
    assert_snapshot!(env.run_ok("list"), @"
    ID                           NAME  KIND     STATE   EXPIRES               LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme  account  active  2027-02-20T06:00:00Z  90 d  old secret valid until the new one is used, 2026-12-22T06:00:00Z at the latest
    ");
    assert_snapshot!(env.run_ok("show acme"), @"
    id        pc_65511a5d129d4ed6c9cd2b3f
    name      acme
    kind      account passcode of RZ5-76K-665Z
    state     active
    remark    old secret valid until the new one is used, 2026-12-22T06:00:00Z at the latest
    expires   2027-02-20T06:00:00Z (in 90 d)
    lifetime  90 days
    created   2026-11-22T06:00:00Z by ann@host
    secret    number 2, created 2026-11-22T06:00:00Z
    ");
}

#[test]
fn end_retiring_ends_the_retiring_secret() {
    let mut env = TestEnv::new();
    let first = env.run_for_secret("create acme --days 90");
    let second = env.run_for_secret("reset acme --overlap 7d --yes");
    let third = env.run_for_secret("reset acme --overlap 1d --end-retiring --yes");
    assert_eq!(verify_exits(&mut env, &[&first, &second, &third]), [13, 0, 0]);
    env.terminal = TestEnv::with_terminal().terminal;
    env.answers.extend(["n", "n"].map(str::to_owned));
    assert_snapshot!(env.run("reset acme --end-retiring"), @"
    exit 1
    -- stderr
    ? The current secret stops working immediately. The old secret that an earlier reset keeps
    valid until 2026-11-23T06:00:00Z stops working immediately. Reset account passcode acme
    (pc_65511a5d129d4ed6c9cd2b3f)? n
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("reset acme --overlap 1d --end-retiring"), @"
    exit 1
    -- stderr
    ? The old secret that an earlier reset keeps valid until 2026-11-23T06:00:00Z stops working
    immediately. Reset account passcode acme (pc_65511a5d129d4ed6c9cd2b3f)? n
    Cancelled; nothing was changed
    ");
    env.terminal.stdin = false;
    let fourth = env.run_for_secret("reset acme --end-retiring --yes");
    let all = [first.as_str(), &second, &third, &fourth];
    assert_eq!(verify_exits(&mut env, &all), [13, 13, 13, 0]);
    // There is none to end.
    env.run_for_secret("reset acme --end-retiring --yes");
}

#[test]
fn the_question_about_several_resets_counts_the_retiring_secrets() {
    let mut env = TestEnv::with_terminal();
    for name in ["acme", "beta", "gamma"] {
        env.run_ok(&format!("create {name} --days 90"));
    }
    for name in ["acme", "beta"] {
        env.run_ok(&format!("reset {name} --overlap 7d --yes"));
    }
    env.answers.extend(["n"].map(str::to_owned));
    let out = env.path("secrets.csv").display().to_string();
    assert_snapshot!(env.run(&format!("reset acme beta gamma --end-retiring --out {out}")), @"
    exit 1
    -- stderr
      pc_65511a5d129d4ed6c9cd2b3f  account passcode  acme
      pc_72a22e6128f4d4431fdae559  account passcode  beta
      pc_031b3d56317bf51d7616bfe2  account passcode  gamma
    ? The current secrets stop working immediately. 2 secrets that earlier resets keep valid stop
    working immediately. Reset these 3 credentials? n
    Cancelled; nothing was changed
    ");
}

#[test]
fn a_client_secret_is_promised_as_well() {
    let mut env = directory_fixture();
    env.run_for_secret("app reset Roster --overlap 7d --yes");
    assert_snapshot!(env.run("app reset Roster --yes"), @"
    exit 4
    -- stderr
    error: an earlier reset of 79b11434a5fdc770b9360614 promised that its old secret stays valid until 2026-11-29T06:00:00Z
    hint: wait until then, or use --end-retiring to end that secret now
    ");
    assert_eq!(env.run("app reset Roster -n").exit, 4);
    env.terminal = TestEnv::with_terminal().terminal;
    env.answers.extend(["n"].map(str::to_owned));
    assert_snapshot!(env.run("app reset Roster --end-retiring"), @"
    exit 1
    -- stderr
    ? The current client secret stops working immediately. The old secret that an earlier reset
    keeps valid until 2026-11-29T06:00:00Z stops working immediately. Reset the client secret of
    app Roster (79b11434a5fdc770b9360614)? n
    Cancelled; nothing was changed
    ");
    env.terminal = gatepass::host::Terminal::default();
    env.run_for_secret("app reset Roster --end-retiring --yes");
    assert_eq!(env.run_ok("app show Roster --field retiring_until"), "\n");
}
