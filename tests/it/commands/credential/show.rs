//! `show`.

use insta::assert_snapshot;

use crate::support::credentials_fixture::credentials_fixture;

#[test]
fn each_state_shows_its_own_fields() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("show acme"), @"
    exit 0
    -- stdout
    id        pc_65511a5d129d4ed6c9cd2b3f
    name      acme
    kind      account passcode of RZ5-76K-665Z
    state     active
    expires   2027-02-20T06:00:00Z (in 80 d)
    lifetime  90 days
    created   2026-11-22T06:00:00Z by ann@host
    note      the first partner
    ");
    assert_snapshot!(env.run("show gone"), @"
    exit 0
    -- stdout
    id        pc_9e57be1e4a7d3eafab43a982
    name      gone
    kind      account passcode of RZ5-76K-665Z
    state     revoked
    expires   never
    lifetime  forever
    created   2026-11-22T06:00:00Z by ann@host
    revoked   2026-11-22T06:00:00Z by ann@host, key-compromise
    ");
    assert_snapshot!(env.run("show old"), @"
    exit 0
    -- stdout
    id        pc_031b3d56317bf51d7616bfe2
    name      old
    kind      account passcode of RZ5-76K-665Z
    state     expired
    expires   2026-11-25T06:00:00Z (7 d ago)
    lifetime  3 days
    created   2026-11-22T06:00:00Z by ann@host
    ");
    assert_snapshot!(env.run("show BOB@example.ORG"), @"
    exit 0
    -- stdout
    id        pc_aff9bbcda26ad7c4b7b7ae79
    user      Bob@Example.org
    kind      user passcode of RZ5-76K-665Z
    state     expiring
    expires   2026-12-04T06:00:00Z (in 2 d)
    lifetime  12 days
    created   2026-11-22T06:00:00Z by ann@host
    ");
}

#[test]
fn json_and_a_field_can_be_printed() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("show gone --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.credential/v1",
      "id": "pc_9e57be1e4a7d3eafab43a982",
      "kind": "account",
      "account": "RZ5-76K-665Z",
      "name": "gone",
      "user": null,
      "note": null,
      "state": "revoked",
      "lifetime": "forever",
      "expires_at": null,
      "expires_in_seconds": null,
      "created_at": "2026-11-22T06:00:00Z",
      "created_by": "ann@host",
      "generation": 1,
      "secret_made_at": "2026-11-22T06:00:00Z",
      "delivered_at": "2026-11-22T06:00:00Z",
      "withdrawn": false,
      "retiring_until": null,
      "retiring_until_used": false,
      "revoked_at": "2026-11-22T06:00:00Z",
      "revoked_by": "ann@host",
      "revocation_reason": "key-compromise",
      "deleted_at": null,
      "deleted_by": null,
      "lifetime_seconds": null,
      "introspect": false,
      "last_used_at": null,
      "last_used_from": null,
      "uses": 0,
      "app": null,
      "app_name": null,
      "district": null,
      "district_name": null,
      "scopes": [],
      "limit_per_minute": null,
      "awaits_pickup": false,
      "refused_by_policy": null,
      "undelivered_reset_at": null,
      "label": "gone",
      "dry_run": false
    }
    "#);
    assert_snapshot!(env.run("show gone --field revocation_reason"), @"
    exit 0
    -- stdout
    key-compromise
    ");
    assert_snapshot!(env.run("show acme -q"), @"
    exit 0
    -- stdout
    pc_65511a5d129d4ed6c9cd2b3f
    ");
    assert_snapshot!(env.run("show acme --format csv"), @"
    exit 0
    -- stdout
    schema,id,kind,account,name,user,note,state,lifetime,expires_at,expires_in_seconds,created_at,created_by,generation,secret_made_at,delivered_at,withdrawn,retiring_until,retiring_until_used,revoked_at,revoked_by,revocation_reason,deleted_at,deleted_by,lifetime_seconds,introspect,last_used_at,last_used_from,uses,app,app_name,district,district_name,scopes,limit_per_minute,awaits_pickup,refused_by_policy,undelivered_reset_at,label,dry_run
    gatepass.credential/v1,pc_65511a5d129d4ed6c9cd2b3f,account,RZ5-76K-665Z,acme,,the first partner,active,90d,2027-02-20T06:00:00Z,6912000,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,,,7776000,false,,,0,,,,,,,false,,,acme,false
    ");
    assert_snapshot!(env.run("show acme --field nonsense"), @r#"
    exit 2
    -- stderr
    error: unknown field "nonsense"
    hint: use one of schema, id, kind, account, name, user, note, state, lifetime, expires_at, expires_in_seconds, created_at, created_by, generation, secret_made_at, delivered_at, withdrawn, retiring_until, retiring_until_used, revoked_at, revoked_by, revocation_reason, deleted_at, deleted_by, lifetime_seconds, introspect, last_used_at, last_used_from, uses, app, app_name, district, district_name, scopes, limit_per_minute, awaits_pickup, refused_by_policy, undelivered_reset_at, label, dry_run
    "#);
}

#[test]
fn deleted_credentials_are_found_by_id_only() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("show dead"), @"
    exit 3
    -- stderr
    error: credential dead not found
    hint: to list credentials, including deleted ones: gatepass list --all
    ");
    let id = env.run_ok("list --state deleted -q");
    assert_snapshot!(env.run(&format!("show {}", id.trim())), @"
    exit 0
    -- stdout
    id        pc_c24fff62122ae756b9ffa05d
    name      dead
    kind      account passcode of RZ5-76K-665Z
    state     deleted
    expires   2036-11-22T06:00:00Z (in 3643 d)
    lifetime  infinite (10 years)
    created   2026-11-22T06:00:00Z by ann@host
    deleted   2026-11-22T06:00:00Z by ann@host
    ");
}

#[test]
fn a_partial_id_is_enough_to_show() {
    let mut env = credentials_fixture();
    let id = env.run_ok("show acme -q");
    assert_eq!(env.run_ok(&format!("show {} -q", &id[..7])), id);
    assert_snapshot!(env.run("show pc_0"), @"
    exit 3
    -- stderr
    error: credential pc_0 not found
    hint: to list credentials, including deleted ones: gatepass list --all
    ");
}
