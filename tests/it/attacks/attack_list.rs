//! Every attack.

use super::{
    attack::{
        Attack,
        Step::{HideNewestRecord, PutBack, PutBackEverything, Run},
    },
    laundering::{
        ACCOUNT_EDIT, APP_EDIT, APP_RESET, CREATE_ACME, DELIVERED, DELIVERY, DISTRICT_EDIT, EDIT,
        EDIT_TOKEN, GRANT, OVERLAP_END, OWN_RESET, PICKUP, POLICY, RENAME, RESET, RESET_OVERLAP,
        REVOKE, REVOKE_OTHER, REVOKE_TOKEN, USE,
    },
    target::Target,
};

/// Nothing happens before the attacker copies the store.
const NOTHING: fn(&mut Target) = |_| {};

/// An older row of a passcode and what depends on it.
const CREDENTIAL: Attack = Attack {
    name: "",
    before: NOTHING,
    change: NOTHING,
    steps: &[PutBack("credential"), PutBack("tally")],
    secret: "acme",
    show: "show acme",
    launder: &[EDIT, RESET, RESET_OVERLAP, REVOKE, DELIVERED, USE, REVOKE_OTHER],
};
const TOKEN: Attack = Attack {
    secret: "token",
    show: "show {token}",
    launder: &[EDIT_TOKEN, OWN_RESET, REVOKE_TOKEN, GRANT],
    ..CREDENTIAL
};
const APP: Attack = Attack {
    steps: &[PutBack("app")],
    secret: "token",
    show: "app show Roster",
    launder: &[APP_EDIT, APP_RESET, OWN_RESET, GRANT, REVOKE_OTHER],
    ..CREDENTIAL
};
const POLICY_LINE: &str =
    "legacy policy --yes --announce 2026-12-01 --limit-from 2027-07-01 --limit 9/min";
const SHORT_OVERLAP: fn(&mut Target) =
    |target| target.issue("new", "reset acme --overlap 7d --until-used --yes");

/// Attacks on rows. A store can be opened after them.
pub const ATTACKS: &[Attack] = &[
    Attack {
        name: "revoked passcode",
        change: |target| target.run_ok("revoke acme --yes"),
        ..CREDENTIAL
    },
    Attack {
        name: "revoked passcode, without its counters",
        change: |target| target.run_ok("revoke acme --yes"),
        steps: &[PutBack("credential")],
        ..CREDENTIAL
    },
    Attack {
        name: "deleted passcode",
        change: |target| target.run_ok("delete acme --yes"),
        steps: &[PutBack("credential"), PutBack("holding"), PutBack("tally")],
        ..CREDENTIAL
    },
    Attack {
        name: "secret before a reset",
        change: |target| target.issue("new", "reset acme --yes"),
        ..CREDENTIAL
    },
    Attack {
        name: "secret before a reset, and only its digest",
        change: |target| target.issue("new", "reset acme --yes"),
        steps: &[PutBack("credential"), PutBack("secret"), PutBack("tally")],
        ..CREDENTIAL
    },
    Attack {
        name: "secret before the end of an overlap",
        before: SHORT_OVERLAP,
        change: |target| _ = target.use_during_overlap("new"),
        launder: &[EDIT, RESET, OVERLAP_END, USE, REVOKE_OTHER],
        ..CREDENTIAL
    },
    Attack {
        name: "later expiry",
        change: |target| target.run_ok("edit acme --days 1 --yes"),
        ..CREDENTIAL
    },
    Attack {
        name: "token before its app reset it",
        change: |target| assert_eq!(target.app_resets_token(), 0),
        ..TOKEN
    },
    Attack {
        name: "token before its pickup",
        change: |target| assert_eq!(target.app_fetches_tokens(), 0),
        secret: "picked up",
        show: "show {waiting}",
        launder: &[PICKUP],
        ..TOKEN
    },
    Attack {
        name: "revoked token",
        change: |target| target.run_ok("revoke {token} --yes"),
        ..TOKEN
    },
    Attack {
        name: "revoked client secret",
        change: |target| target.issue("new client secret", "app reset Roster --yes"),
        ..APP
    },
    Attack {
        name: "removed app",
        change: |target| target.run_ok("app remove Roster --revoke-tokens --yes"),
        steps: &[PutBack("app"), PutBack("credential"), PutBack("tally")],
        ..APP
    },
    Attack {
        name: "removed account",
        change: |target| target.run_ok("account remove RZ5-76K-665Z --yes"),
        steps: &[PutBack("account")],
        show: "account show RZ5-76K-665Z",
        launder: &[ACCOUNT_EDIT, EDIT, REVOKE_OTHER],
        ..CREDENTIAL
    },
    Attack {
        name: "policy with a later sunset",
        before: |target| target.run_ok(&format!("{POLICY_LINE} --sunset 2028-03-20")),
        change: |target| target.run_ok(&format!("{POLICY_LINE} --sunset 2027-09-20")),
        steps: &[PutBack("account")],
        show: "legacy policy",
        launder: &[POLICY, ACCOUNT_EDIT, REVOKE_OTHER],
        ..CREDENTIAL
    },
    Attack {
        name: "removed district",
        change: |target| target.run_ok("district remove Bay --yes"),
        steps: &[PutBack("district"), PutBack("holding")],
        secret: "token",
        show: "district show Bay",
        launder: &[DISTRICT_EDIT, GRANT],
        ..CREDENTIAL
    },
    Attack {
        name: "name of a deleted passcode",
        change: |target| target.run_ok("delete acme --yes"),
        steps: &[PutBack("holding")],
        launder: &[CREATE_ACME, RENAME],
        ..CREDENTIAL
    },
    Attack {
        name: "counters",
        change: |target| target.issue("gamma", "create gamma --days 90"),
        steps: &[PutBack("tally")],
        launder: &[EDIT, REVOKE_OTHER],
        ..CREDENTIAL
    },
    Attack {
        name: "last uses",
        change: |target| assert_eq!(target.record_uses(), 0),
        steps: &[PutBack("last_use")],
        launder: &[USE, EDIT],
        ..CREDENTIAL
    },
    Attack {
        name: "daily uses",
        change: |target| assert_eq!(target.record_uses(), 0),
        steps: &[PutBack("daily_use")],
        show: "legacy report",
        launder: &[USE],
        ..CREDENTIAL
    },
    Attack {
        name: "delivered message",
        change: |target| assert_eq!(target.deliver_message(), 0),
        steps: &[PutBack("message")],
        secret: "token",
        show: "deliver --dry-run",
        launder: &[DELIVERY, REVOKE_TOKEN],
        ..CREDENTIAL
    },
    Attack {
        name: "delivered message, with its counters",
        change: |target| assert_eq!(target.deliver_message(), 0),
        steps: &[PutBack("message"), PutBack("tally")],
        secret: "token",
        show: "deliver --dry-run",
        launder: &[DELIVERY, REVOKE_TOKEN],
        ..CREDENTIAL
    },
    Attack {
        name: "removed passcode",
        steps: &[Run("delete from credential where seq = 2")],
        launder: &[EDIT, USE, CREATE_ACME, REVOKE_OTHER],
        ..CREDENTIAL
    },
    Attack {
        name: "removed digest",
        steps: &[Run("delete from secret where credential = 2")],
        launder: &[EDIT, RESET],
        ..CREDENTIAL
    },
    Attack {
        name: "removed account row",
        steps: &[Run("delete from account where id = 'RZ5-76K-665Z'")],
        show: "account show RZ5-76K-665Z",
        launder: &[ACCOUNT_EDIT, EDIT, REVOKE_OTHER],
        ..CREDENTIAL
    },
    Attack {
        name: "removed app row",
        steps: &[Run("delete from app where name = 'Library'")],
        show: "app show Library",
        launder: &[APP_EDIT, GRANT, REVOKE_OTHER],
        ..CREDENTIAL
    },
    Attack {
        name: "removed district row",
        steps: &[Run("delete from district where name = 'Bay'")],
        show: "district show Bay",
        launder: &[DISTRICT_EDIT, GRANT],
        ..CREDENTIAL
    },
    Attack {
        name: "revoked passcode, without the record",
        change: |target| target.run_ok("revoke acme --yes"),
        steps: &[
            PutBack("credential"),
            PutBack("tally"),
            Run("delete from audit where seq = (select max(seq) from audit)"),
        ],
        ..CREDENTIAL
    },
    Attack {
        name: "revoked passcode, without an entry of its record",
        change: |target| target.run_ok("revoke acme --yes"),
        steps: &[PutBack("credential"), PutBack("tally"), HideNewestRecord],
        ..CREDENTIAL
    },
];

/// Attacks after which a store is no longer opened.
pub const UNOPENED: &[Attack] = &[
    Attack {
        name: "everything put back",
        change: |target| target.run_ok("revoke acme --yes"),
        steps: &[PutBackEverything],
        launder: &[EDIT, REVOKE, REVOKE_OTHER],
        ..CREDENTIAL
    },
    Attack {
        name: "trigger that undoes revocations",
        steps: &[Run("create trigger planted after update on credential begin
                update credential set revoked_at = null, revoked_by = null where seq = new.seq;
            end")],
        launder: &[EDIT, REVOKE, REVOKE_OTHER],
        ..CREDENTIAL
    },
    Attack {
        name: "view",
        steps: &[Run("create view planted as select * from credential")],
        launder: &[EDIT],
        ..CREDENTIAL
    },
    Attack {
        name: "view in place of a table",
        steps: &[Run("alter table last_use rename to hidden;
            create view last_use as select * from hidden where count > 1")],
        launder: &[EDIT],
        ..CREDENTIAL
    },
    Attack {
        name: "table",
        steps: &[Run("create table planted (a, b, c)")],
        launder: &[EDIT],
        ..CREDENTIAL
    },
    Attack {
        name: "dropped index",
        steps: &[Run("drop index credential_ending")],
        launder: &[EDIT],
        ..CREDENTIAL
    },
];

/// Returns all attacks.
pub fn every_attack() -> impl Iterator<Item = &'static Attack> {
    ATTACKS.iter().chain(UNOPENED)
}

/// Returns the attack with this name.
pub fn attack(name: &str) -> &'static Attack {
    every_attack().find(|attack| attack.name == name).unwrap()
}
