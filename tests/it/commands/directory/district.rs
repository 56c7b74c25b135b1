//! `district`.

use insta::assert_snapshot;

use crate::support::{
    directory_fixture::{directory_fixture, directory_fixture_with_terminal},
    test_env::TestEnv,
};

#[test]
fn the_first_district_creates_the_store() {
    let mut env = TestEnv::new();
    assert_snapshot!(env.run("district add Lincoln --external-id 0607"), @"
    exit 0
    -- stdout
    district     a5fdc770b93606144264009e
    name         Lincoln
    account      RZ5-76K-665Z
    external id  0607
    created      2026-11-22T06:00:00Z by ann@host
    -- stderr
    Created key ~/.config/gatepass/key; back it up: gatepass key export --out FILE
    Created store ~/.local/share/gatepass/store.db (account RZ5-76K-665Z).
    ");
    assert_snapshot!(env.run("district show lincoln --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.district/v1",
      "id": "a5fdc770b93606144264009e",
      "account": "RZ5-76K-665Z",
      "name": "Lincoln",
      "external_id": "0607",
      "created_at": "2026-11-22T06:00:00Z",
      "created_by": "ann@host",
      "removed_at": null,
      "removed_by": null,
      "label": "Lincoln",
      "dry_run": false
    }
    "#);
    env.run_ok("district add 'Elk Grove'");
    assert_snapshot!(env.run_with_messages("district list"), @"
    exit 0
    -- stdout
    DISTRICT                  NAME       EXTERNAL ID  REMARK
    a5fdc770b93606144264009e  Lincoln    0607
    561c82d0d0f2ad461884748d  Elk Grove
    -- stderr
    2 districts
    ");
    assert_snapshot!(env.run("district list --format csv"), @"
    exit 0
    -- stdout
    schema,id,account,name,external_id,created_at,created_by,removed_at,removed_by,label,dry_run
    gatepass.district/v1,a5fdc770b93606144264009e,RZ5-76K-665Z,Lincoln,0607,2026-11-22T06:00:00Z,ann@host,,,Lincoln,false
    gatepass.district/v1,561c82d0d0f2ad461884748d,RZ5-76K-665Z,Elk Grove,,2026-11-22T06:00:00Z,ann@host,,,Elk Grove,false
    ");
}

#[test]
fn a_district_is_found_by_id_name_external_id_or_partial_id() {
    let mut env = directory_fixture();
    let id = env.run_ok("district show Lincoln --field id");
    for reference in [id.trim(), "LINCOLN", "0607", &id[..4]] {
        assert_eq!(env.run_ok(&format!("district show {reference} -q")), id, "{reference}");
    }
    assert_eq!(env.run(&format!("district edit {} --name Other", &id[..4])).exit, 3);
    assert_snapshot!(env.run("district show nobody"), @"
    exit 3
    -- stderr
    error: district nobody not found
    hint: to list districts: gatepass district list
    ");
}

#[test]
fn district_names_and_external_ids_are_unique() {
    let mut env = directory_fixture();
    assert_snapshot!(env.run("district add LINCOLN"), @"
    exit 4
    -- stderr
    error: the name LINCOLN is already taken by district ff333f9fda91d09ca6db37da
    hint: choose another name, or rename that one: gatepass district edit ff333f9fda91d09ca6db37da --name NAME
    ");
    assert_snapshot!(env.run("district add Other --external-id 0607"), @"
    exit 4
    -- stderr
    error: the external id 0607 is already taken by district Lincoln (ff333f9fda91d09ca6db37da)
    hint: to free it: gatepass district edit ff333f9fda91d09ca6db37da --no-external-id
    ");
    assert_eq!(env.run("district edit 'Elk Grove' --external-id 0607").exit, 4);
    env.run_ok("district edit Lincoln --no-external-id");
    env.run_ok("district edit 'Elk Grove' --external-id 0607 --name 'Elk Grove Unified'");
    assert_snapshot!(env.run_ok("district show 0607"), @"
    district     07462f8d57dcc68ef55177aa
    name         Elk Grove Unified
    account      RZ5-76K-665Z
    external id  0607
    created      2026-11-22T06:00:00Z by ann@host
    tokens       0
    ");
    assert_eq!(env.run("district edit 0607").exit, 2);
}

#[test]
fn a_district_with_active_tokens_is_removed_only_with_them() {
    let mut env = directory_fixture_with_terminal();
    for app in ["Roster", "Grades"] {
        env.run_ok(&format!("grant-app {app} --district Lincoln --scope read:students --forever"));
    }
    assert_snapshot!(env.run_ok("district show Lincoln"), @"
    [2mdistrict[0m     ff333f9fda91d09ca6db37da
    [2mname[0m         Lincoln
    [2maccount[0m      RZ5-76K-665Z
    [2mexternal id[0m  0607
    [2mcreated[0m      2026-11-22T06:00:00Z by ann@host
    [2mtokens[0m       2
    ");
    assert_snapshot!(env.run("district remove Lincoln --json"), @r#"
    exit 4
    -- stderr
    {"error":{"code":"still_live","details":{"count":2,"tokens":[{"id":"tk_65511a5d129d4ed6c9cd2b3f","name":"Roster → Lincoln"},{"id":"tk_72a22e6128f4d4431fdae559","name":"Grades → Lincoln"}]},"hint":"gatepass district remove Lincoln --revoke-tokens also revokes tk_65511a5d129d4ed6c9cd2b3f (Roster → Lincoln), tk_72a22e6128f4d4431fdae559 (Grades → Lincoln)","message":"district Lincoln still has 2 active tokens"},"schema":"gatepass.error/v1"}
    "#);
    env.answers.push_back("no".to_owned());
    assert_snapshot!(env.run("district remove Lincoln --revoke-tokens"), @"
    exit 1
    -- stderr
      tk_65511a5d129d4ed6c9cd2b3f  token  Roster → Lincoln
      tk_72a22e6128f4d4431fdae559  token  Grades → Lincoln
    ? Remove district Lincoln (ff333f9fda91d09ca6db37da) and revoke these 2 credentials? no
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("district remove Lincoln --revoke-tokens --yes"), @"
    exit 0
    -- stderr
    Removed district Lincoln (ff333f9fda91d09ca6db37da) and revoked 2 credentials.
    ");
    assert_eq!(env.run_ok("list --state revoked --field revocation_reason").lines().count(), 2);
    assert_snapshot!(env.run("district list --all"), @"
    exit 0
    -- stdout
    [1mDISTRICT[0m                  [1mNAME[0m       [1mEXTERNAL ID[0m  [1mREMARK[0m
    [2mff333f9fda91d09ca6db37da[0m  Lincoln    0607         [2mremoved 2026-11-22T06:00:00Z[0m
    [2m07462f8d57dcc68ef55177aa[0m  Elk Grove
    -- stderr
    2 districts
    ");
    env.run_ok("district add Lincoln --external-id 0607");
    // A district without tokens is confirmed only at a terminal.
    assert_snapshot!(env.run("district remove 0607"), @"
    exit 130
    -- stderr
    [1;31merror:[0m interrupted
    ");
}
