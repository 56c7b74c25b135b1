//! `grant-app`.

use std::fs;

use gatepass::{
    domain::{directory::id::CredentialId, seq::CredentialSeq},
    ops::{
        credential::{pickup::pick_up, reset::reset_own},
        secret_sink::CountAsDelivered,
    },
};
use insta::assert_snapshot;

use crate::support::{
    directory_fixture::{
        directory_fixture, directory_fixture_with_terminal, remove_district_and_app,
    },
    records::entropy,
    test_env::TestEnv,
};

const GRANT_LINCOLN: &str = "grant-app Roster --district Lincoln --scope read:students --days 90";

#[test]
fn an_app_has_one_token_per_district_shown_once() {
    let mut env = directory_fixture();
    let secret = env.run_for_secret(GRANT_LINCOLN);
    assert!(secret.starts_with("gpt_"));
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 0
    -- stdout
    allowed: Roster → Lincoln, token tk_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (valid); expires 2027-02-20T06:00:00Z (in 90 d)
    ");
    assert_snapshot!(env.run(GRANT_LINCOLN), @"
    exit 4
    -- stderr
    error: Roster already has the token tk_65511a5d129d4ed6c9cd2b3f for Lincoln, which is active
    hint: gatepass edit tk_65511a5d129d4ed6c9cd2b3f --scope SCOPE changes its scopes; gatepass reset tk_65511a5d129d4ed6c9cd2b3f rotates its secret
    ");
    // Tokens of another district or app do not conflict.
    env.run_ok("grant-app roster --district 'ELK GROVE' --scope read:students --days 90");
    env.run_ok("grant-app Grades --district 0607 --scope read:students --days 90");
    assert_eq!(env.run_ok("list --kind token -q").lines().count(), 3);
}

#[test]
fn scopes_are_accepted_in_any_syntax() {
    let mut env = directory_fixture();
    let line = "grant-app Roster --scope 'read:students, read:teachers' --forever --district";
    let secret =
        env.run_for_secret(&format!("{line} Lincoln --scope read:sections --scope read:students"));
    let output = env.run_with_input("verify --format jsonl", &secret).stdout;
    assert!(
        output.contains(r#""scopes":["read:sections","read:students","read:teachers"]"#),
        "{output}"
    );
    assert!(
        output.contains(r#""app_name":"Roster""#)
            && output.contains(r#""district_name":"Lincoln""#)
    );
    let secret = env.run_for_secret(&format!("{line} 'Elk Grove' --limit 600/min --note pilot"));
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
}

#[test]
fn every_lifetime_is_accepted() {
    for (flag, ends) in [
        ("--days 30", "2026-12-22T06:00:00Z\n"),
        ("--until 2026-12-31", "2027-01-01T00:00:00Z\n"),
        ("--infinite", "2036-11-22T06:00:00Z\n"),
        ("--forever", "\n"),
    ] {
        let mut env = directory_fixture();
        env.run_ok(&format!("grant-app Roster --district Lincoln --scope read:students {flag}"));
        assert_eq!(env.run_ok("list --field expires_at"), ends, "{flag}");
    }
    assert_snapshot!(directory_fixture().run("grant-app Roster --district Lincoln --scope read:students"), @"
    exit 2
    -- stderr
    error: a lifetime is required (no terminal to prompt)
    hint: use --days N, --for DURATION, --until DATE, --infinite or --forever
    ");
}

#[test]
fn an_expired_token_is_replaced() {
    let mut env = directory_fixture();
    let line = "grant-app Roster --district Lincoln --scope read:students --days 1";
    let old = env.run_for_secret(line);
    env.advance_days(1);
    let new = env.run_for_secret(line);
    assert_eq!(env.run_with_input("verify", &old).exit, 12);
    assert_eq!(env.run_with_input("verify", &new).exit, 0);
    assert_eq!(env.run_ok("list --all --field state"), "deleted\nexpiring\n");
}

#[test]
fn a_revoked_token_does_not_block_a_new_one() {
    let mut env = directory_fixture();
    let old = env.run_for_secret(GRANT_LINCOLN);
    let id = env.run_ok("list -q").trim_end().to_owned();
    env.run_ok(&format!("revoke {id} --yes"));
    let new = env.run_for_secret(GRANT_LINCOLN);
    assert_eq!(env.run_with_input("verify", &old).exit, 12);
    assert_eq!(env.run_with_input("verify", &new).exit, 0);
    assert_eq!(env.run_ok("list --field state"), "revoked\nactive\n");
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn at_a_terminal_the_app_and_district_are_shown() {
    let mut env = directory_fixture_with_terminal();
    assert_snapshot!(env.run(GRANT_LINCOLN), @"
    exit 0
    -- stdout
    gpt_…
    -- stderr
    This is the secret of Roster → Lincoln (tk_65511a5d129d4ed6c9cd2b3f, account RZ5-76K-665Z). Expiry:
    2027-02-20T06:00:00Z (in 90 d).
    It will not be shown again. If you lose it, generate a new one:
    gatepass reset tk_65511a5d129d4ed6c9cd2b3f
    ");
    assert_snapshot!(env.run("grant-app Grades --district Lincoln --scope read:x --days 3 -n"), @"
    exit 0
    -- stdout
    [2mapp[0m       Grades (559776009a6d862aad04921e)
    [2mdistrict[0m  Lincoln (ff333f9fda91d09ca6db37da)
    [2mkind[0m      token of RZ5-76K-665Z
    [2mstate[0m     expiring
    [2mexpires[0m   2026-11-25T06:00:00Z (in 3 d)
    [2mlifetime[0m  3 days
    [2mscopes[0m    read:x
    [2mcreated[0m   2026-11-22T06:00:00Z by ann@host
    -- stderr
    This was a dry run: nothing was changed.
    ");
    assert_eq!(env.run_ok("list --kind token -q").lines().count(), 1);
}

#[test]
fn out_gets_the_secret() {
    let mut env = directory_fixture();
    let out = env.path("token");
    let output = env.run(&format!("{GRANT_LINCOLN} --out {} --format jsonl", out.display()));
    assert_eq!(output.exit, 0, "{output}");
    let secret = fs::read_to_string(&out).unwrap();
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
    assert!(
        output.stdout.contains(r#""secret":null"#) && !output.stdout.contains(secret.trim_end())
    );
}

#[test]
fn a_token_that_could_not_be_shown_is_revoked() {
    let mut env = directory_fixture();
    env.stdout_limit = Some(10);
    assert_snapshot!(env.run(GRANT_LINCOLN), @"
    exit 1
    -- stderr
    error: the secret could not be written (broken pipe), so tk_65511a5d129d4ed6c9cd2b3f was revoked
    hint: gatepass delete tk_65511a5d129d4ed6c9cd2b3f, then create it again
    ");
    env.stdout_limit = None;
    assert_eq!(env.run_ok("list --field revocation_reason"), "not-delivered\n");
}

#[test]
fn unknown_apps_and_districts_are_rejected() {
    let mut env = directory_fixture();
    assert_snapshot!(env.run("grant-app Nobody --district Lincoln --scope read:x --days 3"), @"
    exit 3
    -- stderr
    error: app Nobody not found
    hint: to list apps: gatepass app list
    ");
    assert_snapshot!(env.run("grant-app Roster --district Nowhere --scope read:x --days 3 --json"), @r#"
    exit 3
    -- stderr
    {"error":{"code":"no_such_district","details":{"reference":"Nowhere"},"hint":"to list districts: gatepass district list","message":"district Nowhere not found"},"schema":"gatepass.error/v1"}
    "#);
    remove_district_and_app(&env, "Elk Grove", "Grades");
    assert_eq!(env.run("grant-app Grades --district Lincoln --scope read:x --days 3").exit, 3);
    let line = "grant-app Roster --district 'Elk Grove' --scope read:x --days 3";
    assert_eq!(env.run(line).exit, 3);
    assert_snapshot!(TestEnv::new().run(GRANT_LINCOLN), @"
    exit 3
    -- stderr
    error: no store at ~/.local/share/gatepass/store.db
    hint: gatepass create creates one; if there is one, check --store, GATEPASS_STORE and HOME
    ");
}

#[test]
fn the_app_picks_up_its_token() {
    let mut env = directory_fixture_with_terminal();
    assert_snapshot!(env.run(&format!("{GRANT_LINCOLN} --pickup")), @"
    exit 0
    -- stdout
    [2mid[0m        tk_a5fdc770b93606144264009e
    [2mapp[0m       Roster (79b11434a5fdc770b9360614)
    [2mdistrict[0m  Lincoln (ff333f9fda91d09ca6db37da)
    [2mkind[0m      token of RZ5-76K-665Z
    [2mstate[0m     active
    [2mremark[0m    not picked up yet
    [2mexpires[0m   2027-02-20T06:00:00Z (in 90 d)
    [2mlifetime[0m  90 days
    [2mscopes[0m    read:students
    [2mcreated[0m   2026-11-22T06:00:00Z by ann@host
    -- stderr
    The token has no secret yet. The app fetches it from GET /oauth/tokens, with its client id and
    client secret (Basic).
    ");
    let id = env.run_ok("list --kind token -q").trim_end().to_owned();
    assert_eq!(env.run(&format!("edit {id} --scope read:teachers --yes")).exit, 0);
    let seq = seq_of(&env, &id);
    let store = env.open_store();
    let ctx = env.op_context(&store);
    let issued = pick_up(&ctx, &[seq], &mut entropy(7), &mut delivered()).unwrap().pop().unwrap();
    assert!(
        pick_up(&ctx, &[seq], &mut entropy(8), &mut delivered()).unwrap().is_empty(),
        "it was picked up"
    );
    assert!(issued.credential.secrets.delivered_at.is_some());
    drop(store);
    let output = env.run_with_input("verify --scope read:teachers", issued.secret.expose());
    assert_eq!(output.exit, 0, "{output}");
    let log = env.run_ok("audit list --field action");
    assert!(log.ends_with("create\nedit\npickup\n"), "{log}");
    assert_eq!(env.run("audit verify").exit, 0);
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn pending_pickups_are_reported_in_json() {
    let mut env = directory_fixture();
    let output = env.run_ok(&format!("{GRANT_LINCOLN} --pickup --format jsonl"));
    for part in [
        r#""schema":"gatepass.issued/v1""#,
        r#""generation":0"#,
        r#""withdrawn":false"#,
        r#""delivered_at":null"#,
        r#""created":true,"secret":null,"out":null"#,
    ] {
        assert!(output.contains(part), "{part}: {output}");
    }
    let id = env.run_ok("list -q").trim_end().to_owned();
    assert_eq!(
        env.run_ok("grant-app Grades --district Lincoln --scope a:b --days 3 --pickup -q").len(),
        28
    );
    // A reset also issues the first secret, after which there is nothing to pick up.
    let secret = env.run_for_secret(&format!("reset {id} --yes"));
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
    let store = env.open_store();
    let picked_up =
        pick_up(&env.op_context(&store), &[seq_of(&env, &id)], &mut entropy(7), &mut delivered());
    assert!(picked_up.unwrap().is_empty());
}

#[test]
fn ended_tokens_are_not_picked_up() {
    for line in ["revoke ID --yes", "delete ID --yes", "edit ID --days 1 --yes"] {
        let mut env = directory_fixture();
        let id = env.run_ok(&format!("{GRANT_LINCOLN} --pickup -q")).trim_end().to_owned();
        env.run_ok(&line.replace("ID", &id));
        env.advance_days(1);
        let store = env.open_store();
        let picked_up = pick_up(
            &env.op_context(&store),
            &[seq_of(&env, &id)],
            &mut entropy(7),
            &mut delivered(),
        );
        assert!(picked_up.unwrap().is_empty(), "{line}");
    }
}

#[test]
fn an_app_resets_its_own_token() {
    let mut env = directory_fixture();
    let old = env.run_for_secret(GRANT_LINCOLN);
    env.run_ok("create partner --days 9");
    let id = env.run_ok("list --kind token -q").trim_end().to_owned();
    let (seq, store) = (seq_of(&env, &id), env.open_store());
    let own = |overlap| {
        let issued =
            reset_own(&env.op_context(&store), seq, overlap, &mut entropy(7), &mut delivered());
        issued.map(|issued| issued.unwrap().secret)
    };
    let error = own(Some(7 * 86_400 + 1)).unwrap_err();
    assert_eq!(error.to_string(), "an overlap that an app requests can last at most 7 days");
    assert!(own(Some(-1)).is_err());
    let new = own(Some(7 * 86_400)).unwrap();
    let not_a_token =
        reset_own(&env.op_context(&store), seq.next(), None, &mut entropy(8), &mut delivered());
    assert!(not_a_token.unwrap().is_none());
    assert_eq!(env.run_with_input("verify", new.expose()).exit, 0);
    assert_eq!(env.run_with_input("verify", &old).exit, 0);
    env.advance_days(7);
    assert_eq!(env.run_with_input("verify", &old).exit, 13);
    assert_eq!(env.run_with_input("verify", new.expose()).exit, 0);
    env.run_ok(&format!("revoke {id} --yes"));
    let dead = reset_own(&env.op_context(&store), seq, None, &mut entropy(9), &mut delivered());
    assert!(dead.unwrap_err().to_string().contains("was revoked"));
}

/// Returns the number of a credential in the store.
fn seq_of(env: &TestEnv, id: &str) -> CredentialSeq {
    let store = env.open_store();
    let mut write = env.op_context(&store).begin().unwrap();
    write.tx.find_credential_by_id(CredentialId::parse(id).unwrap()).unwrap().unwrap().seq
}

/// Returns a sink that counts secrets as delivered, as that of a response does.
fn delivered() -> CountAsDelivered {
    CountAsDelivered::default()
}
