//! No change makes an attack permanent: it is refused, or the attack stays visible after it.

use std::ops::ControlFlow;

use gatepass::store::{Access, StoreError};
use insta::assert_snapshot;

use super::{
    attack::Attack,
    attack_list::{ATTACKS, every_attack},
    guards::Guard,
    looks::{AUDIT_VERIFY, DOCTOR, LIST},
    target::{TAMPERED, Target},
};

/// A change: its name, and a function that makes it and returns the exit code.
pub type Change = (&'static str, fn(&mut Target) -> u8);

pub const EDIT: Change = ("edit", |target| target.run("edit acme --note laundered --yes"));
pub const RENAME: Change = ("rename", |target| target.run("edit beta --name acme --yes"));
pub const RESET: Change = ("reset", |target| target.run("reset acme --yes"));
pub const RESET_OVERLAP: Change =
    ("reset with overlap", |target| target.run("reset acme --overlap 7d --yes"));
pub const REVOKE: Change = ("revoke", |target| target.run("revoke acme --yes"));
pub const REVOKE_OTHER: Change = ("revoke another", |target| target.run("revoke beta --yes"));
pub const OVERLAP_END: Change = ("overlap end", |target| target.use_during_overlap("new"));
pub const USE: Change = ("use", |target| target.record_uses());
pub const DELIVERED: Change = ("delivered", |target| target.mark_delivered());
pub const CREATE_ACME: Change = ("create", |target| target.run("create acme --days 90"));
pub const EDIT_TOKEN: Change = ("edit", |target| target.run("edit {token} --note laundered --yes"));
pub const OWN_RESET: Change = ("app's reset", |target| target.app_resets_token());
pub const PICKUP: Change = ("pickup", |target| target.app_fetches_tokens());
pub const REVOKE_TOKEN: Change = ("revoke", |target| target.run("revoke {token} --yes"));
pub const GRANT: Change = ("grant", |target| {
    target.run("grant-app Roster --district Bay --scope read:students --days 90")
});
pub const APP_EDIT: Change =
    ("app edit", |target| target.run("app edit Roster --limit 9/min --yes"));
pub const APP_RESET: Change = ("app reset", |target| target.run("app reset Roster --yes"));
pub const ACCOUNT_EDIT: Change =
    ("account edit", |target| target.run("account edit RZ5-76K-665Z --name laundered --yes"));
pub const POLICY: Change =
    ("policy", |target| target.run("legacy policy --sunset 2029-03-20 --limit 9/min --yes"));
pub const DISTRICT_EDIT: Change =
    ("district edit", |target| target.run("district edit Bay --name laundered --yes"));
pub const DELIVERY: Change = ("delivery", |target| target.deliver_message());

/// Returns what each change that could make an attack permanent leads to, on stores without some guards.
fn outcomes(attacks: impl Iterator<Item = &'static Attack>, removed: &[Guard]) -> String {
    let mut lines = String::new();
    for attack in attacks {
        for (name, change) in attack.launder {
            let mut target = attack.make();
            removed.iter().for_each(|guard| guard.remove_from(&mut target));
            let before = target.contents();
            let exit = change(&mut target);
            let outcome = match exit {
                TAMPERED => {
                    assert_eq!(target.contents(), before, "{}: {name}", attack.name);
                    "refused".to_owned()
                }
                _ => format!("exit {exit}, then reported by {}", reported_by(&mut target, attack)),
            };
            lines += &format!("{}: {name}: {outcome}\n", attack.name);
        }
    }
    lines
}

/// Returns the looks that report the attack.
fn reported_by(target: &mut Target, attack: &Attack) -> String {
    let looks = [LIST, DOCTOR, AUDIT_VERIFY].into_iter();
    let reporting = looks.filter(|(_, look)| look(target, attack) == TAMPERED);
    reporting.map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

#[test]
fn no_change_makes_an_attack_permanent() {
    assert_snapshot!(outcomes(every_attack(), &[]), @"
    revoked passcode: edit: refused
    revoked passcode: reset: refused
    revoked passcode: reset with overlap: refused
    revoked passcode: revoke: refused
    revoked passcode: delivered: refused
    revoked passcode: use: exit 0, then reported by list, doctor
    revoked passcode: revoke another: exit 0, then reported by list, doctor
    revoked passcode, without its counters: edit: refused
    revoked passcode, without its counters: reset: refused
    revoked passcode, without its counters: reset with overlap: refused
    revoked passcode, without its counters: revoke: refused
    revoked passcode, without its counters: delivered: refused
    revoked passcode, without its counters: use: exit 0, then reported by list, doctor
    revoked passcode, without its counters: revoke another: exit 0, then reported by list, doctor
    deleted passcode: edit: refused
    deleted passcode: reset: refused
    deleted passcode: reset with overlap: refused
    deleted passcode: revoke: refused
    deleted passcode: delivered: refused
    deleted passcode: use: exit 0, then reported by list, doctor
    deleted passcode: revoke another: exit 0, then reported by list, doctor
    secret before a reset: edit: refused
    secret before a reset: reset: refused
    secret before a reset: reset with overlap: refused
    secret before a reset: revoke: refused
    secret before a reset: delivered: refused
    secret before a reset: use: exit 0, then reported by list, doctor
    secret before a reset: revoke another: exit 0, then reported by list, doctor
    secret before a reset, and only its digest: edit: refused
    secret before a reset, and only its digest: reset: refused
    secret before a reset, and only its digest: reset with overlap: refused
    secret before a reset, and only its digest: revoke: refused
    secret before a reset, and only its digest: delivered: refused
    secret before a reset, and only its digest: use: exit 0, then reported by list, doctor
    secret before a reset, and only its digest: revoke another: exit 0, then reported by list, doctor
    secret before the end of an overlap: edit: refused
    secret before the end of an overlap: reset: refused
    secret before the end of an overlap: overlap end: refused
    secret before the end of an overlap: use: exit 0, then reported by list, doctor
    secret before the end of an overlap: revoke another: exit 0, then reported by list, doctor
    later expiry: edit: refused
    later expiry: reset: refused
    later expiry: reset with overlap: refused
    later expiry: revoke: refused
    later expiry: delivered: refused
    later expiry: use: exit 0, then reported by list, doctor
    later expiry: revoke another: exit 0, then reported by list, doctor
    token before its app reset it: edit: refused
    token before its app reset it: app's reset: refused
    token before its app reset it: revoke: refused
    token before its app reset it: grant: exit 0, then reported by list, doctor
    token before its pickup: pickup: refused
    revoked token: edit: refused
    revoked token: app's reset: refused
    revoked token: revoke: refused
    revoked token: grant: exit 0, then reported by list, doctor
    revoked client secret: app edit: refused
    revoked client secret: app reset: refused
    revoked client secret: app's reset: refused
    revoked client secret: grant: refused
    revoked client secret: revoke another: exit 0, then reported by list, doctor
    removed app: app edit: refused
    removed app: app reset: refused
    removed app: app's reset: refused
    removed app: grant: refused
    removed app: revoke another: exit 0, then reported by list, doctor
    removed account: account edit: refused
    removed account: edit: refused
    removed account: revoke another: refused
    policy with a later sunset: policy: refused
    policy with a later sunset: account edit: refused
    policy with a later sunset: revoke another: refused
    removed district: district edit: refused
    removed district: grant: refused
    name of a deleted passcode: create: refused
    name of a deleted passcode: rename: refused
    counters: edit: exit 0, then reported by list, doctor
    counters: revoke another: exit 0, then reported by list, doctor
    last uses: use: exit 0, then reported by doctor
    last uses: edit: exit 0, then reported by doctor
    daily uses: use: exit 0, then reported by doctor
    delivered message: delivery: exit 0, then reported by doctor
    delivered message: revoke: exit 0, then reported by doctor
    delivered message, with its counters: delivery: exit 0, then reported by doctor
    delivered message, with its counters: revoke: exit 0, then reported by doctor
    removed passcode: edit: refused
    removed passcode: use: exit 0, then reported by list, doctor
    removed passcode: create: refused
    removed passcode: revoke another: exit 0, then reported by list, doctor
    removed digest: edit: exit 0, then reported by doctor
    removed digest: reset: exit 0, then reported by doctor
    removed account row: account edit: refused
    removed account row: edit: refused
    removed account row: revoke another: refused
    removed app row: app edit: refused
    removed app row: grant: refused
    removed app row: revoke another: exit 0, then reported by list, doctor
    removed district row: district edit: refused
    removed district row: grant: refused
    revoked passcode, without the record: edit: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without the record: reset: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without the record: reset with overlap: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without the record: revoke: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without the record: delivered: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without the record: use: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without the record: revoke another: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without an entry of its record: edit: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without an entry of its record: reset: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without an entry of its record: reset with overlap: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without an entry of its record: revoke: exit 0, then reported by list, doctor, audit verify
    revoked passcode, without an entry of its record: delivered: exit 0, then reported by list, doctor
    revoked passcode, without an entry of its record: use: exit 0, then reported by list, doctor
    revoked passcode, without an entry of its record: revoke another: exit 0, then reported by list, doctor
    everything put back: edit: refused
    everything put back: revoke: refused
    everything put back: revoke another: refused
    trigger that undoes revocations: edit: refused
    trigger that undoes revocations: revoke: refused
    trigger that undoes revocations: revoke another: refused
    view: edit: refused
    view in place of a table: edit: refused
    table: edit: refused
    dropped index: edit: refused
    ");
}

/// Attacks on rows that are looked up.
fn older_rows() -> impl Iterator<Item = &'static Attack> {
    let names = ["revoked passcode", "token before its app reset it", "token before its pickup"];
    ATTACKS.iter().filter(move |attack| names.contains(&attack.name))
}

#[test]
fn without_the_newest_records_changes_are_made_but_sums_stay_wrong() {
    assert_snapshot!(outcomes(older_rows(), &[Guard::NewestRecord]), @"
    revoked passcode: edit: exit 0, then reported by list, doctor, audit verify
    revoked passcode: reset: exit 0, then reported by list, doctor, audit verify
    revoked passcode: reset with overlap: exit 0, then reported by list, doctor, audit verify
    revoked passcode: revoke: exit 0, then reported by list, doctor, audit verify
    revoked passcode: delivered: exit 0, then reported by list, doctor
    revoked passcode: use: exit 0, then reported by list, doctor
    revoked passcode: revoke another: exit 0, then reported by list, doctor
    token before its app reset it: edit: exit 0, then reported by list, doctor, audit verify
    token before its app reset it: app's reset: exit 0, then reported by list, doctor, audit verify
    token before its app reset it: revoke: exit 0, then reported by list, doctor, audit verify
    token before its app reset it: grant: exit 0, then reported by list, doctor
    token before its pickup: pickup: exit 0, then reported by list, doctor, audit verify
    ");
}

/// The changes continue another record than the newest one. A version without sums may have made them.
#[test]
fn without_the_newest_records_and_sums_the_history_shows_the_change() {
    assert_snapshot!(outcomes(older_rows(), &[Guard::NewestRecord, Guard::Sums]), @"
    revoked passcode: edit: exit 0, then reported by doctor, audit verify
    revoked passcode: reset: exit 0, then reported by doctor, audit verify
    revoked passcode: reset with overlap: exit 0, then reported by doctor, audit verify
    revoked passcode: revoke: exit 0, then reported by doctor, audit verify
    revoked passcode: delivered: exit 0, then reported by doctor
    revoked passcode: use: exit 0, then reported by doctor
    revoked passcode: revoke another: exit 0, then reported by doctor
    token before its app reset it: edit: exit 0, then reported by doctor, audit verify
    token before its app reset it: app's reset: exit 0, then reported by doctor, audit verify
    token before its app reset it: revoke: exit 0, then reported by doctor, audit verify
    token before its app reset it: grant: exit 0, then reported by doctor
    token before its pickup: pickup: exit 0, then reported by doctor, audit verify
    ");
}

/// The chain of records alone does not show it.
#[test]
fn the_chain_does_not_show_the_change() {
    for attack in older_rows() {
        let mut target = attack.make();
        Guard::NewestRecord.remove_from(&mut target);
        let (name, change) = attack.launder[0];
        assert_eq!(change(&mut target), 0, "{}: {name}", attack.name);
        let store = target.env.open_store();
        let mut tx = store.begin(Access::Read).unwrap();
        tx.scan_audit(|_| Ok::<_, StoreError>(ControlFlow::Continue(()))).unwrap();
        assert!(matches!(tx.verify_history(), Err(StoreError::Integrity(_))), "{}", attack.name);
    }
}
