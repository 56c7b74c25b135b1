//! `list`.

use gatepass::{domain::seq::CredentialSeq, ops::credential::usage::record_usage};
use insta::assert_snapshot;

use crate::support::{
    credentials_fixture::{credentials_fixture, credentials_fixture_with_terminal},
    records::{reported, usage_record},
    test_env::TestEnv,
};

#[test]
fn an_empty_store_lists_nothing() {
    let mut env = TestEnv::new();
    assert_snapshot!(env.run_with_messages("list"), @"
    exit 3
    -- stderr
    [1;31merror:[0m no store at ~/.local/share/gatepass/store.db
    [36mhint:[0m gatepass create creates one; if there is one, check --store, GATEPASS_STORE and HOME
    ");
    env.run_ok("create a --days 1");
    env.run_ok("delete a --yes");
    assert_snapshot!(env.run_with_messages("list"), @"
    exit 0
    -- stdout
    ID  NAME  KIND  STATE  EXPIRES  LEFT  REMARK
    -- stderr
    0 credentials; 1 deleted (shown with --all); 0 of 100 slots used in RZ5-76K-665Z
    ");
    env.terminal = TestEnv::with_terminal().terminal;
    assert_snapshot!(env.run_with_messages("list"), @"
    exit 0
    -- stdout
    [1mID[0m  [1mNAME[0m  [1mKIND[0m  [1mSTATE[0m  [1mEXPIRES[0m  [1mLEFT[0m  [1mREMARK[0m
    -- stderr
    0 credentials; 1 deleted (shown with --all); 0 of 100 slots used in RZ5-76K-665Z
    ");
}

#[test]
fn at_a_terminal_a_footer_shows_totals() {
    let mut env = credentials_fixture_with_terminal();
    assert_snapshot!(env.run_with_messages("list"), @"
    exit 0
    -- stdout
    [1mID[0m           [1mNAME[0m             [1mKIND[0m     [1mSTATE[0m     [1mEXPIRES[0m              [1mLEFT[0m  [1mREMARK[0m
    [2mpc_65511a5d[0m  acme             account  [32mactive[0m    2027-02-20T06:00Z    80 d  [2mthe first partner[0m
    [2mpc_72a22e61[0m  beta             account  [33mexpiring[0m  2026-12-12T06:00Z    10 d
    [2mpc_031b3d56[0m  old              account  [31mexpired[0m   2026-11-25T06:00Z
    [2mpc_9e57be1e[0m  gone             account  [31mrevoked[0m   never
    [2mpc_fcd27ed3[0m  ann@example.org  user     [32mactive[0m    2036-11-22T06:00Z  3643 d
    [2mpc_aff9bbcd[0m  Bob@Example.org  user     [33mexpiring[0m  2026-12-04T06:00Z     2 d
    -- stderr
    Shortened: ID, EXPIRES. Use --wide to show everything.
    6 credentials: 2 active, 2 expiring, 1 expired, 1 revoked; 1 deleted (shown with --all); 4 of 100
    slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(env.run("list --all"), @"
    exit 0
    -- stdout
    [1mID[0m           [1mNAME[0m             [1mKIND[0m     [1mSTATE[0m     [1mEXPIRES[0m              [1mLEFT[0m  [1mREMARK[0m
    [2mpc_65511a5d[0m  acme             account  [32mactive[0m    2027-02-20T06:00Z    80 d  [2mthe first partner[0m
    [2mpc_72a22e61[0m  beta             account  [33mexpiring[0m  2026-12-12T06:00Z    10 d
    [2mpc_031b3d56[0m  old              account  [31mexpired[0m   2026-11-25T06:00Z
    [2mpc_9e57be1e[0m  gone             account  [31mrevoked[0m   never
    [2mpc_c24fff62[0m  dead             account  [2mdeleted[0m   2036-11-22T06:00Z
    [2mpc_fcd27ed3[0m  ann@example.org  user     [32mactive[0m    2036-11-22T06:00Z  3643 d
    [2mpc_aff9bbcd[0m  Bob@Example.org  user     [33mexpiring[0m  2026-12-04T06:00Z     2 d
    -- stderr
    Shortened: ID, EXPIRES. Use --wide to show everything.
    7 credentials: 2 active, 2 expiring, 1 expired, 1 revoked, 1 deleted; 4 of 100 slots used in
    RZ5-76K-665Z
    ");
    assert_snapshot!(env.run("list --limit 2"), @"
    exit 0
    -- stdout
    [1mID[0m                           [1mNAME[0m  [1mKIND[0m     [1mSTATE[0m     [1mEXPIRES[0m               [1mLEFT[0m  [1mREMARK[0m
    [2mpc_65511a5d129d4ed6c9cd2b3f[0m  acme  account  [32mactive[0m    2027-02-20T06:00:00Z  80 d  [2mthe first partner[0m
    [2mpc_72a22e6128f4d4431fdae559[0m  beta  account  [33mexpiring[0m  2026-12-12T06:00:00Z  10 d
    -- stderr
    2 of 6 credentials: 2 active, 2 expiring, 1 expired, 1 revoked; 1 deleted (shown with --all); 4 of
    100 slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(env.run("list --state revoked"), @"
    exit 0
    -- stdout
    [1mID[0m                           [1mNAME[0m  [1mKIND[0m     [1mSTATE[0m    [1mEXPIRES[0m  [1mLEFT[0m  [1mREMARK[0m
    [2mpc_9e57be1e4a7d3eafab43a982[0m  gone  account  [31mrevoked[0m  never
    -- stderr
    1 credential matches; 4 of 100 slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(env.run("list -q"), @"
    exit 0
    -- stdout
    pc_65511a5d129d4ed6c9cd2b3f
    pc_72a22e6128f4d4431fdae559
    pc_031b3d56317bf51d7616bfe2
    pc_9e57be1e4a7d3eafab43a982
    pc_fcd27ed352087b78abbf8378
    pc_aff9bbcda26ad7c4b7b7ae79
    ");
}

/// Returns the names and addresses that a list has, in its order.
fn listed_names(env: &mut TestEnv, line: &str) -> String {
    let names = env.run_ok(&format!("list {line} --field name,user"));
    names.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn filters_exclude_other_credentials() {
    let mut env = credentials_fixture();
    let mut names = |line: &str| listed_names(&mut env, line);
    assert_eq!(names(""), "acme beta old gone ann@example.org Bob@Example.org");
    assert_eq!(names("--all"), "acme beta old gone dead ann@example.org Bob@Example.org");
    assert_eq!(names("--kind account"), "acme beta old gone");
    assert_eq!(names("--kind user"), "ann@example.org Bob@Example.org");
    assert_eq!(names("--kind user,account --state active"), "acme ann@example.org");
    assert_eq!(names("--state active --state deleted"), "acme dead ann@example.org");
    assert_eq!(names("--state expired,revoked"), "old gone");
    assert_eq!(names("--expiring"), "beta old Bob@Example.org");
    assert_eq!(names("--expiring 5"), "old Bob@Example.org");
    assert_eq!(names("--expiring 0"), "old");
    assert_eq!(names("--user bob@example.org"), "Bob@Example.org");
    assert_eq!(names("--name 'B*'"), "beta Bob@Example.org");
    assert_eq!(names("--name '?[lc]*'"), "acme old");
    assert_eq!(names("--sort name"), "Bob@Example.org acme ann@example.org beta gone old");
    assert_eq!(names("--sort expires"), "old Bob@Example.org beta acme ann@example.org gone");
    assert_eq!(names("--limit 2 --sort name"), "Bob@Example.org acme");
    assert_eq!(names("--sort -expires"), "gone ann@example.org acme beta Bob@Example.org old");
    assert_eq!(names("--sort -created --limit 2"), "Bob@Example.org ann@example.org");
    assert_eq!(
        names("--sort=-name --state active,expiring"),
        "beta ann@example.org acme Bob@Example.org"
    );
    assert_eq!(names("--sort -kind --limit 3"), "Bob@Example.org ann@example.org gone");
    assert_eq!(names("--search PARTNER"), "acme");
    assert_eq!(names("--search example.ORG"), "ann@example.org Bob@Example.org");
    assert_eq!(names("--search partner --name 'b*'"), "");
    assert_eq!(names("--limit 0"), "");
}

#[test]
fn every_format_lists_the_same_data() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run_with_messages("list"), @"
    exit 0
    -- stdout
    ID                           NAME             KIND     STATE     EXPIRES                 LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme             account  active    2027-02-20T06:00:00Z    80 d  the first partner
    pc_72a22e6128f4d4431fdae559  beta             account  expiring  2026-12-12T06:00:00Z    10 d
    pc_031b3d56317bf51d7616bfe2  old              account  expired   2026-11-25T06:00:00Z
    pc_9e57be1e4a7d3eafab43a982  gone             account  revoked   never
    pc_fcd27ed352087b78abbf8378  ann@example.org  user     active    2036-11-22T06:00:00Z  3643 d
    pc_aff9bbcda26ad7c4b7b7ae79  Bob@Example.org  user     expiring  2026-12-04T06:00:00Z     2 d
    -- stderr
    6 credentials: 2 active, 2 expiring, 1 expired, 1 revoked; 1 deleted (shown with --all); 4 of 100 slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(env.run("list --name acme --json"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.credentials/v1","generated_at":"2026-12-02T06:00:00Z","items":[
    {"schema":"gatepass.credential/v1","id":"pc_65511a5d129d4ed6c9cd2b3f","kind":"account","account":"RZ5-76K-665Z","name":"acme","user":null,"note":"the first partner","state":"active","lifetime":"90d","expires_at":"2027-02-20T06:00:00Z","expires_in_seconds":6912000,"created_at":"2026-11-22T06:00:00Z","created_by":"ann@host","generation":1,"secret_made_at":"2026-11-22T06:00:00Z","delivered_at":"2026-11-22T06:00:00Z","withdrawn":false,"retiring_until":null,"retiring_until_used":false,"revoked_at":null,"revoked_by":null,"revocation_reason":null,"deleted_at":null,"deleted_by":null,"lifetime_seconds":7776000,"introspect":false,"last_used_at":null,"last_used_from":null,"uses":0,"app":null,"app_name":null,"district":null,"district_name":null,"scopes":[],"limit_per_minute":null,"awaits_pickup":false,"refused_by_policy":null,"undelivered_reset_at":null,"label":"acme","dry_run":false}
    ],"summary":{"matched":1,"listed":1,"at":"2026-12-02T06:00:00Z","active":2,"expiring":2,"expired":1,"revoked":1,"deleted":1,"places_taken":4}}
    "#);
    assert_snapshot!(env.run("list --name '[ag]*' --format jsonl"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.credential/v1","id":"pc_65511a5d129d4ed6c9cd2b3f","kind":"account","account":"RZ5-76K-665Z","name":"acme","user":null,"note":"the first partner","state":"active","lifetime":"90d","expires_at":"2027-02-20T06:00:00Z","expires_in_seconds":6912000,"created_at":"2026-11-22T06:00:00Z","created_by":"ann@host","generation":1,"secret_made_at":"2026-11-22T06:00:00Z","delivered_at":"2026-11-22T06:00:00Z","withdrawn":false,"retiring_until":null,"retiring_until_used":false,"revoked_at":null,"revoked_by":null,"revocation_reason":null,"deleted_at":null,"deleted_by":null,"lifetime_seconds":7776000,"introspect":false,"last_used_at":null,"last_used_from":null,"uses":0,"app":null,"app_name":null,"district":null,"district_name":null,"scopes":[],"limit_per_minute":null,"awaits_pickup":false,"refused_by_policy":null,"undelivered_reset_at":null,"label":"acme","dry_run":false}
    {"schema":"gatepass.credential/v1","id":"pc_9e57be1e4a7d3eafab43a982","kind":"account","account":"RZ5-76K-665Z","name":"gone","user":null,"note":null,"state":"revoked","lifetime":"forever","expires_at":null,"expires_in_seconds":null,"created_at":"2026-11-22T06:00:00Z","created_by":"ann@host","generation":1,"secret_made_at":"2026-11-22T06:00:00Z","delivered_at":"2026-11-22T06:00:00Z","withdrawn":false,"retiring_until":null,"retiring_until_used":false,"revoked_at":"2026-11-22T06:00:00Z","revoked_by":"ann@host","revocation_reason":"key-compromise","deleted_at":null,"deleted_by":null,"lifetime_seconds":null,"introspect":false,"last_used_at":null,"last_used_from":null,"uses":0,"app":null,"app_name":null,"district":null,"district_name":null,"scopes":[],"limit_per_minute":null,"awaits_pickup":false,"refused_by_policy":null,"undelivered_reset_at":null,"label":"gone","dry_run":false}
    {"schema":"gatepass.credential/v1","id":"pc_fcd27ed352087b78abbf8378","kind":"user","account":"RZ5-76K-665Z","name":null,"user":"ann@example.org","note":null,"state":"active","lifetime":"infinite","expires_at":"2036-11-22T06:00:00Z","expires_in_seconds":314755200,"created_at":"2026-11-22T06:00:00Z","created_by":"ann@host","generation":1,"secret_made_at":"2026-11-22T06:00:00Z","delivered_at":"2026-11-22T06:00:00Z","withdrawn":false,"retiring_until":null,"retiring_until_used":false,"revoked_at":null,"revoked_by":null,"revocation_reason":null,"deleted_at":null,"deleted_by":null,"lifetime_seconds":null,"introspect":false,"last_used_at":null,"last_used_from":null,"uses":0,"app":null,"app_name":null,"district":null,"district_name":null,"scopes":[],"limit_per_minute":null,"awaits_pickup":false,"refused_by_policy":null,"undelivered_reset_at":null,"label":"ann@example.org","dry_run":false}
    "#);
    assert_snapshot!(env.run("list --name '[ag]*' --format csv"), @"
    exit 0
    -- stdout
    schema,id,kind,account,name,user,note,state,lifetime,expires_at,expires_in_seconds,created_at,created_by,generation,secret_made_at,delivered_at,withdrawn,retiring_until,retiring_until_used,revoked_at,revoked_by,revocation_reason,deleted_at,deleted_by,lifetime_seconds,introspect,last_used_at,last_used_from,uses,app,app_name,district,district_name,scopes,limit_per_minute,awaits_pickup,refused_by_policy,undelivered_reset_at,label,dry_run
    gatepass.credential/v1,pc_65511a5d129d4ed6c9cd2b3f,account,RZ5-76K-665Z,acme,,the first partner,active,90d,2027-02-20T06:00:00Z,6912000,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,,,7776000,false,,,0,,,,,,,false,,,acme,false
    gatepass.credential/v1,pc_9e57be1e4a7d3eafab43a982,account,RZ5-76K-665Z,gone,,,revoked,forever,,,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,2026-11-22T06:00:00Z,ann@host,key-compromise,,,,false,,,0,,,,,,,false,,,gone,false
    gatepass.credential/v1,pc_fcd27ed352087b78abbf8378,user,RZ5-76K-665Z,,ann@example.org,,active,infinite,2036-11-22T06:00:00Z,314755200,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,,,,false,,,0,,,,,,,false,,,ann@example.org,false
    ");
    assert_snapshot!(env.run("list --kind user -q"), @"
    exit 0
    -- stdout
    pc_fcd27ed352087b78abbf8378
    pc_aff9bbcda26ad7c4b7b7ae79
    ");
    assert_snapshot!(env.run("list --field expires_at"), @"
    exit 0
    -- stdout
    2027-02-20T06:00:00Z
    2026-12-12T06:00:00Z
    2026-11-25T06:00:00Z

    2036-11-22T06:00:00Z
    2026-12-04T06:00:00Z
    ");
}

#[test]
fn at_shows_states_as_of_that_date() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run_with_messages("list --at 2027-02-19"), @"
    exit 0
    -- stdout
    ID                           NAME             KIND     STATE     EXPIRES                 LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme             account  expiring  2027-02-20T06:00:00Z     2 d  the first partner
    pc_72a22e6128f4d4431fdae559  beta             account  expired   2026-12-12T06:00:00Z
    pc_031b3d56317bf51d7616bfe2  old              account  expired   2026-11-25T06:00:00Z
    pc_9e57be1e4a7d3eafab43a982  gone             account  revoked   never
    pc_fcd27ed352087b78abbf8378  ann@example.org  user     active    2036-11-22T06:00:00Z  3565 d
    pc_aff9bbcda26ad7c4b7b7ae79  Bob@Example.org  user     expired   2026-12-04T06:00:00Z
    -- stderr
    6 credentials: 1 active, 1 expiring, 3 expired, 1 revoked; 1 deleted (shown with --all); 4 of 100 slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(env.run_with_messages("list --at 2027-02-20T06:00:00Z --field state"), @"
    exit 0
    -- stdout
    expired
    expired
    expired
    revoked
    active
    expired
    ");
    assert_eq!(env.run("list --at never").exit, 2);
    assert_eq!(env.run("list --at 2026-12-02T06:00:00Z").exit, 0);
    assert_snapshot!(env.run("list --at 2026-12-02"), @"
    exit 2
    -- stderr
    error: --at 2026-12-02T00:00:00Z is in the past; the store has only the current records
    hint: to list the changes before then: gatepass audit list --until 2026-12-02T00:00:00Z
    ");
}

#[test]
fn unused_credentials_are_sorted_before_those_that_were_used() {
    let mut env = credentials_fixture();
    let store = env.open_store();
    let now = env.op_context(&store).clock.now();
    // acme and beta are the first credentials of the store.
    let uses = [(1, now), (2, now.plus(-60))]
        .map(|(seq, at)| reported(usage_record(CredentialSeq(seq), at, "192.0.2.1", 1)));
    record_usage(&store, &uses).unwrap();
    drop(store);
    let mut names = |line: &str| listed_names(&mut env, line);
    assert_eq!(names("--sort used"), "old gone ann@example.org Bob@Example.org beta acme");
    assert_eq!(names("--sort -used --limit 2"), "acme beta");
    assert_eq!(names("--sort -used --expiring 20"), "beta Bob@Example.org old");
}

#[test]
fn several_fields_are_separated_by_tabs() {
    let mut env = credentials_fixture();
    assert_eq!(
        env.run_ok("list --field name --field state,kind --limit 1"),
        "acme\tactive\taccount\n"
    );
    assert_eq!(env.run_ok("show acme --field note,name,user"), "the first partner\tacme\t\n");
    assert_eq!(env.run_for_secret("create new --days 9 --field secret,id").split('\t').count(), 2);
    assert_eq!(env.run("show acme --field name,nonsense").exit, 2);
}

#[test]
fn the_table_fits_the_terminal_and_can_be_coloured() {
    let mut env = credentials_fixture_with_terminal();
    env.terminal.width = Some(60);
    assert_snapshot!(env.run_ok("list --color never"), @"
    ID           NAME             STATE       LEFT
    pc_65511a5d  acme             active      80 d
    pc_72a22e61  beta             expiring    10 d
    pc_031b3d56  old              expired
    pc_9e57be1e  gone             revoked
    pc_fcd27ed3  ann@example.org  active    3643 d
    pc_aff9bbcd  Bob@Example.org  expiring     2 d
    ");
    let coloured = env.run_ok("list");
    assert!(coloured.contains("\x1b[32mactive\x1b[0m"));
    env.env.insert("NO_COLOR".into(), "1".into());
    assert!(!env.run_ok("list").contains('\x1b'));
    assert!(env.run_ok("list --color always").contains('\x1b'));
}

#[test]
fn bad_flags_are_reported_before_any_output() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("list --field nonsense"), @r#"
    exit 2
    -- stderr
    error: unknown field "nonsense"
    hint: use one of schema, id, kind, account, name, user, note, state, lifetime, expires_at, expires_in_seconds, created_at, created_by, generation, secret_made_at, delivered_at, withdrawn, retiring_until, retiring_until_used, revoked_at, revoked_by, revocation_reason, deleted_at, deleted_by, lifetime_seconds, introspect, last_used_at, last_used_from, uses, app, app_name, district, district_name, scopes, limit_per_minute, awaits_pickup, refused_by_policy, undelivered_reset_at, label, dry_run
    "#);
    assert_snapshot!(env.run("list --kind robot"), @"
    exit 2
    -- stderr
    error: invalid value 'robot' for '--kind <KIND>' [possible values: account, user, token, legacy]
    ");
    assert_snapshot!(env.run("list --state asleep"), @"
    exit 2
    -- stderr
    error: invalid value 'asleep' for '--state <STATE>' [possible values: active, expiring, expired, revoked, deleted]
    ");
    assert_snapshot!(env.run("list --limit many"), @"
    exit 2
    -- stderr
    error: invalid value 'many' for '--limit <N>': use a whole number
    ");
    assert_snapshot!(env.run("list --user nobody"), @"
    exit 2
    -- stderr
    error: invalid value 'nobody' for '--user <EMAIL>': an e-mail address must have one @ with text on both sides, and no spaces, quotes or brackets
    ");
    assert_snapshot!(env.run("list --json --name '[a'"), @r#"
    exit 2
    -- stderr
    {"error":{"code":"usage","details":null,"hint":null,"message":"invalid value '[a' for '--name <GLOB>': Pattern syntax error near position 0: invalid range pattern"},"schema":"gatepass.error/v1"}
    "#);
}

#[test]
fn a_closed_pipe_ends_the_list_silently() {
    let mut env = credentials_fixture();
    env.stdout_limit = Some(0);
    for line in ["list", "list --json", "list -q", "audit list", "account list", "show acme"] {
        let output = env.run(line);
        assert_eq!((output.exit, output.stderr.as_str()), (0, ""), "{line}: {output}");
    }
}
