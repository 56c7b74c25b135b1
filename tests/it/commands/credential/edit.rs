//! `edit`.

use insta::assert_snapshot;

use crate::support::{
    credentials_fixture::{credentials_fixture, credentials_fixture_with_terminal},
    directory_fixture::{directory_fixture, directory_fixture_with_terminal},
    test_env::TestEnv,
};

#[test]
fn edit_changes_name_and_note_and_keeps_the_secret() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    assert_snapshot!(env.run("edit partner-a --name partner-b --note 'was a'"), @"
    exit 0
    -- stdout
    id        pc_65511a5d129d4ed6c9cd2b3f
    name      partner-b
    kind      account passcode of RZ5-76K-665Z
    state     active
    expires   2027-02-20T06:00:00Z (in 90 d)
    lifetime  90 days
    created   2026-11-22T06:00:00Z by ann@host
    note      was a
    ");
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
    assert_eq!(env.run("show partner-a").exit, 3);
    assert_eq!(env.run_ok("edit partner-b --no-note --field note"), "\n");
    // A passcode does not conflict with its own name.
    assert_eq!(env.run_ok("edit partner-b --name PARTNER-B --field name"), "PARTNER-B\n");
}

#[test]
fn a_new_lifetime_counts_from_now() {
    let mut env = credentials_fixture();
    assert_eq!(env.run_ok("edit beta --days 30 --field expires_at"), "2027-01-01T06:00:00Z\n");
    assert_eq!(env.run_ok("edit beta --forever --field expires_at"), "\n");
    env.set_clock("2028-02-29T12:00:00Z");
    assert_eq!(
        env.run_ok("edit beta --infinite --yes --field expires_at"),
        "2038-02-28T12:00:00Z\n"
    );
}

#[test]
fn a_new_lifetime_revives_an_expired_credential() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 1");
    env.advance_days(1);
    assert_eq!(env.run_with_input("verify", &secret).exit, 11);
    assert_snapshot!(env.run("edit partner-a --days 7"), @"
    exit 0
    -- stdout
    id        pc_65511a5d129d4ed6c9cd2b3f
    name      partner-a
    kind      account passcode of RZ5-76K-665Z
    state     expiring
    expires   2026-11-30T06:00:00Z (in 7 d)
    lifetime  7 days
    created   2026-11-22T06:00:00Z by ann@host
    ");
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
}

#[test]
fn a_shorter_lifetime_needs_confirmation() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("edit acme --days 1"), @"
    exit 2
    -- stderr
    error: confirmation is required (no terminal to prompt): Change account passcode acme (pc_65511a5d129d4ed6c9cd2b3f): expiry from 2027-02-20T06:00:00Z (in 80 d) to 2026-12-03T06:00:00Z (in 1 d)
    hint: use --yes
    ");
    assert_snapshot!(env.run("edit gone --days 1"), @"
    exit 4
    -- stderr
    error: pc_9e57be1e4a7d3eafab43a982 was revoked at 2026-11-22T06:00:00Z by ann@host
    hint: to issue it again, delete it first, then create or grant it
    ");
    let mut env = credentials_fixture_with_terminal();
    env.answers.extend(["n".to_owned(), "y".to_owned()]);
    assert_snapshot!(env.run("edit acme --days 1"), @"
    exit 1
    -- stderr
    ? Change account passcode acme (pc_65511a5d129d4ed6c9cd2b3f): expiry from 2027-02-20T06:00:00Z
    (in 80 d) to 2026-12-03T06:00:00Z (in 1 d)? n
    Cancelled; nothing was changed
    ");
    assert_eq!(env.run_ok("show acme --field lifetime"), "90d\n");
    assert_snapshot!(env.run("edit acme --days 1"), @"
    exit 0
    -- stdout
    [2mid[0m        pc_65511a5d129d4ed6c9cd2b3f
    [2mname[0m      acme
    [2mkind[0m      account passcode of RZ5-76K-665Z
    [2mstate[0m     expiring
    [2mexpires[0m   2026-12-03T06:00:00Z (in 1 d)
    [2mlifetime[0m  1 day
    [2mcreated[0m   2026-11-22T06:00:00Z by ann@host
    [2mnote[0m      the first partner
    -- stderr
    ? Change account passcode acme (pc_65511a5d129d4ed6c9cd2b3f): expiry from 2027-02-20T06:00:00Z
    (in 80 d) to 2026-12-03T06:00:00Z (in 1 d)? y
    ");
    assert_snapshot!(env.run("edit ann@example.org --days 5 --dry-run"), @"
    exit 0
    -- stdout
    [2mid[0m        pc_fcd27ed352087b78abbf8378
    [2muser[0m      ann@example.org
    [2mkind[0m      user passcode of RZ5-76K-665Z
    [2mstate[0m     expiring
    [2mexpires[0m   2026-12-07T06:00:00Z (in 5 d)
    [2mlifetime[0m  5 days
    [2mcreated[0m   2026-11-22T06:00:00Z by ann@host
    -- stderr
    This was a dry run: nothing was changed.
    ");
}

#[test]
fn conflicts_and_impossible_edits_change_nothing() {
    let mut env = credentials_fixture();
    let before = env.run_ok("list --all --json");
    assert_snapshot!(env.run("edit acme --name BETA"), @"
    exit 4
    -- stderr
    error: BETA already exists (pc_72a22e6128f4d4431fdae559, expiring)
    hint: gatepass reset pc_72a22e6128f4d4431fdae559 for a new secret, or choose another name
    ");
    assert_snapshot!(env.run("edit acme --name gone"), @"
    exit 4
    -- stderr
    error: gone already exists (pc_9e57be1e4a7d3eafab43a982, revoked)
    hint: to free the name: gatepass delete gone
    ");
    assert_snapshot!(env.run("edit gone --note x"), @"
    exit 4
    -- stderr
    error: pc_9e57be1e4a7d3eafab43a982 was revoked at 2026-11-22T06:00:00Z by ann@host
    hint: to issue it again, delete it first, then create or grant it
    ");
    assert_snapshot!(env.run("edit ann@example.org --name ann"), @"
    exit 2
    -- stderr
    error: pc_fcd27ed352087b78abbf8378 is a user passcode; user passcodes, tokens and legacy keys cannot be renamed
    hint: use --note instead
    ");
    assert_snapshot!(env.run("edit ann@example.org --forever"), @"
    exit 2
    -- stderr
    error: a user passcode must have an expiry; its lifetime cannot be forever
    ");
    assert_snapshot!(env.run("edit acme"), @"
    exit 2
    -- stderr
    error: the following required arguments were not provided: <--name <NAME>|--email <EMAIL>|--note <TEXT>|--no-note|--scope <SCOPE>|--limit <N/min>|--no-limit|--introspect <ON_OFF>|--days <N>|--for <DURATION>|--until <DATE>|--infinite|--forever>
    hint: usage: gatepass edit [OPTIONS] [REFERENCE] <--name NAME|--email EMAIL|--note TEXT|--no-note|--scope SCOPE|--limit N/min|--no-limit|--introspect ON_OFF|LIFETIME>
    ");
    assert_snapshot!(env.run("edit acme --note x --no-note"), @"
    exit 2
    -- stderr
    error: the argument '--note <TEXT>' cannot be used with '--no-note'
    hint: usage: gatepass edit [OPTIONS] [REFERENCE] <--name NAME|--email EMAIL|--note TEXT|--no-note|--scope SCOPE|--limit N/min|--no-limit|--introspect ON_OFF|LIFETIME>
    ");
    assert_snapshot!(env.run("edit nobody --note x"), @"
    exit 3
    -- stderr
    error: credential nobody not found
    hint: to list credentials, including deleted ones: gatepass list --all
    ");
    assert_snapshot!(env.run("edit acme --note x --field nonsense"), @r#"
    exit 2
    -- stderr
    error: unknown field "nonsense"
    hint: use one of schema, id, kind, account, name, user, note, state, lifetime, expires_at, expires_in_seconds, created_at, created_by, generation, secret_made_at, delivered_at, withdrawn, retiring_until, retiring_until_used, revoked_at, revoked_by, revocation_reason, deleted_at, deleted_by, lifetime_seconds, introspect, last_used_at, last_used_from, uses, app, app_name, district, district_name, scopes, limit_per_minute, awaits_pickup, refused_by_policy, undelivered_reset_at, label, dry_run
    "#);
    assert_eq!(env.run_ok("list --all --json"), before);
}

#[test]
fn an_account_passcode_may_be_allowed_to_introspect() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("edit acme --introspect on"), @"
    exit 0
    -- stdout
    id          pc_65511a5d129d4ed6c9cd2b3f
    name        acme
    kind        account passcode of RZ5-76K-665Z
    state       active
    expires     2027-02-20T06:00:00Z (in 80 d)
    lifetime    90 days
    created     2026-11-22T06:00:00Z by ann@host
    introspect  allowed
    note        the first partner
    ");
    assert_eq!(env.run_ok("show acme --field introspect"), "true\n");
    assert_eq!(env.run_ok("edit acme --note other --field introspect"), "true\n");
    assert_eq!(env.run_ok("edit acme --introspect off --yes --field introspect"), "false\n");
    let log = env.run_ok("audit list --of acme --format jsonl");
    let is_set = |line: &&str| line.contains("introspect");
    // On, unchanged by a note, then off.
    assert_eq!(log.lines().filter(is_set).count(), 3, "{log}");
    assert_snapshot!(env.run("edit ann@example.org --introspect on"), @"
    exit 2
    -- stderr
    error: pc_fcd27ed352087b78abbf8378 is a user passcode; only account passcodes can be allowed to introspect
    hint: create a passcode for the service that introspects
    ");
    assert_eq!(env.run("edit ann@example.org --introspect off").exit, 2);
    assert_eq!(env.run("doctor").exit, 0);
}

const GRANT_APP: &str =
    "grant-app Roster --district Lincoln --scope read:students,read:teachers --days 90";

#[test]
fn scopes_are_replaced_and_the_secret_stays() {
    let mut env = directory_fixture();
    let secret = env.run_for_secret(GRANT_APP);
    let id = env.run_ok("list -q").trim_end().to_owned();
    let scoped = |env: &mut TestEnv, scope: &str| {
        env.run_with_input(&format!("verify --scope {scope}"), &secret).exit
    };
    env.run_ok(&format!("edit {id} --scope read:students --scope read:teachers,read:sections"));
    assert_eq!(scoped(&mut env, "read:sections"), 0);
    assert_snapshot!(env.run(&format!("edit {id} --scope read:sections")), @"
    exit 2
    -- stderr
    error: confirmation is required (no terminal to prompt): Change token Roster → Lincoln (tk_65511a5d129d4ed6c9cd2b3f): scopes from read:sections read:students read:teachers to read:sections
    hint: use --yes
    ");
    assert_eq!(scoped(&mut env, "read:teachers"), 0);
    env.run_ok(&format!("edit {id} --scope read:sections --yes"));
    assert_eq!((scoped(&mut env, "read:sections"), scoped(&mut env, "read:teachers")), (0, 14));
    let log = env.run_ok("audit list --field after");
    let last = log.lines().next_back().unwrap();
    assert!(last.contains(r#""scopes":"read:sections""#), "{last}");
}

#[test]
fn at_a_terminal_removing_scopes_needs_confirmation() {
    let mut env = directory_fixture_with_terminal();
    env.run_ok(GRANT_APP);
    let id = env.run_ok("list --kind token -q").trim_end().to_owned();
    env.answers.extend(["n", "y"].map(str::to_owned));
    assert_snapshot!(env.run(&format!("edit {id} --scope read:teachers --days 3")), @"
    exit 1
    -- stderr
    ? Change token Roster → Lincoln (tk_65511a5d129d4ed6c9cd2b3f): expiry from
    2027-02-20T06:00:00Z (in 90 d) to 2026-11-25T06:00:00Z (in 3 d), scopes from read:students
    read:teachers to read:teachers? n
    Cancelled; nothing was changed
    ");
    assert_eq!(env.run(&format!("edit {id} --scope read:teachers")).exit, 0);
}

#[test]
fn a_token_limit_can_be_set_and_removed() {
    let mut env = directory_fixture();
    env.run_ok(GRANT_APP);
    let id = env.run_ok("list -q").trim_end().to_owned();
    let last = |env: &mut TestEnv| {
        env.run_ok("audit list --field after").lines().next_back().unwrap().to_owned()
    };
    env.run_ok(&format!("edit {id} --limit 600/min --yes"));
    assert!(last(&mut env).contains(r#""limit":600"#));
    env.run_ok(&format!("edit {id} --no-limit"));
    assert!(!last(&mut env).contains("limit"));
}

#[test]
fn only_tokens_have_scopes_and_limits() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("edit acme --scope read:students"), @"
    exit 2
    -- stderr
    error: pc_65511a5d129d4ed6c9cd2b3f is not a token, and only tokens have scopes
    hint: to list tokens: gatepass list --kind token
    ");
    assert_snapshot!(env.run("edit ann@example.org --no-limit --json"), @r#"
    exit 2
    -- stderr
    {"error":{"code":"only_tokens","details":null,"hint":"to list tokens: gatepass list --kind token","message":"pc_fcd27ed352087b78abbf8378 is not a token, and only tokens have limits of their own"},"schema":"gatepass.error/v1"}
    "#);
}

#[test]
fn a_user_keeps_id_and_secret_under_a_new_address() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("grant-user ann@example.org --days 90");
    let id = env.run_ok("show ann@example.org --field id");
    assert_eq!(env.run_ok("edit ann@example.org --email ann@new.example --field id"), id);
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
    assert_eq!(env.run("show ann@example.org").exit, 3);
    assert_eq!(
        env.run_ok("edit ann@new.example --email ANN@new.example --field user"),
        "ANN@new.example\n"
    );
    assert_eq!(env.run_ok("show ann@new.example --field id"), id);
    assert_eq!(
        env.run_ok("audit list --of ann@example.org --field name"),
        "ann@example.org\nann@new.example\nANN@new.example\n"
    );
    env.run_ok("grant-user ann@example.org --days 9");
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn an_address_has_one_passcode_at_a_time() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    env.run_ok("grant-user ann@example.org --days 9");
    env.run_ok("revoke ann@example.org --yes");
    env.run_ok("grant-user ann@example.org --days 9");
    env.run_ok("grant-user bob@example.org --days 9");
    assert_snapshot!(env.run("edit bob@example.org --email Ann@Example.org"), @"
    exit 4
    -- stderr
    error: Ann@Example.org already has the passcode pc_031b3d56317bf51d7616bfe2, which is expiring
    hint: gatepass delete pc_031b3d56317bf51d7616bfe2 frees the address
    ");
    // The address that ann gave up goes back to the passcode that was revoked, and is not free.
    env.run_ok("edit ann@example.org --email ann@new.example");
    assert_eq!(env.run_ok("show ann@example.org --field state"), "revoked\n");
    assert_snapshot!(env.run("edit ann@new.example --email ann@example.org"), @"
    exit 4
    -- stderr
    error: ann@example.org already has the passcode pc_72a22e6128f4d4431fdae559, which is revoked
    hint: gatepass delete pc_72a22e6128f4d4431fdae559 frees the address
    ");
    env.run_ok("delete ann@example.org --yes");
    env.run_ok("edit ann@new.example --email ann@example.org");
    assert_snapshot!(env.run("edit acme --email acme@example.org"), @"
    exit 2
    -- stderr
    error: pc_65511a5d129d4ed6c9cd2b3f is not a user passcode, and only those have an e-mail address
    hint: use --name or --note instead
    ");
    assert_eq!(env.run("edit bob@example.org --email nobody").exit, 2);
    assert_eq!(env.run("doctor").exit, 0);
}
