//! A store of schema version 5 is migrated and gives the same answers.

use insta::assert_snapshot;

use super::migration::migrated_store_from;

#[test]
fn resets_and_expiries_are_the_same() {
    let mut env = migrated_store_from("schema-5");
    assert_snapshot!(env.run("list --all"), @"
    exit 0
    -- stdout
    ID                           NAME              KIND     STATE   EXPIRES                 LEFT  REMARK
    pc_9eb219ce95275bf0d648406b  acme              account  active  2027-02-20T06:00:00Z    80 d  the first partner
    pc_1b66453880b5c2f2eeb18e2f  overlap           account  active  2027-03-22T06:00:00Z   110 d  old secret expires 2026-12-15T06:00:00Z
    pc_272f771c783c6e5f9566171a  pending           account  active  never
    pc_c5c1d5b08393240ea30127ca  moved             account  active  2027-03-11T06:00:00Z    99 d
    pc_1fb914e999c5af436218426b  used              account  active  2027-06-10T06:00:00Z   190 d  old secret valid until the new one is used, 2026-12-31T06:00:00Z at the latest
    pc_a79de9453b6c27f67f767bb8  ann@example.org   user     active  2036-11-22T06:00:00Z  3643 d
    tk_248ca758c1dd0a75591b9a5c  Roster → Lincoln  token    active  2027-03-02T06:00:00Z    90 d
    ");
    assert_snapshot!(env.run("account list --all"), @"
    exit 2
    -- stderr
    error: unexpected argument '--all' found
    hint: usage: gatepass account list [OPTIONS]
    ");
    assert_snapshot!(env.run("show moved --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.credential/v1",
      "id": "pc_c5c1d5b08393240ea30127ca",
      "kind": "account",
      "account": "4R5-445-7K7Z",
      "name": "moved",
      "user": null,
      "note": null,
      "state": "active",
      "lifetime": "100d",
      "expires_at": "2027-03-11T06:00:00Z",
      "expires_in_seconds": 8553600,
      "created_at": "2026-11-22T06:00:00Z",
      "created_by": "ann@desk",
      "generation": 1,
      "secret_made_at": "2026-11-22T06:00:00Z",
      "delivered_at": "2026-11-22T06:00:00Z",
      "withdrawn": false,
      "retiring_until": null,
      "retiring_until_used": false,
      "revoked_at": null,
      "revoked_by": null,
      "revocation_reason": null,
      "deleted_at": null,
      "deleted_by": null,
      "lifetime_seconds": 8640000,
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
      "label": "moved",
      "dry_run": false
    }
    "#);
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (c02f2bde)
    account  4R5-445-7K7Z (main)
    advice: there is no history mark of this store in ~/.local/state/gatepass yet; the next change writes it
    No problems found
    ");
}
