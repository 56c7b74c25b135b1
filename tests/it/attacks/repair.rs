//! `store repair` after each attack.

use std::fmt::Write as _;

use insta::assert_snapshot;
use serde_json::Value;

use super::{
    attack::Attack,
    attack_list::{attack, every_attack},
    target::{TAMPERED, Target},
};

/// Returns what a repair changes, or the exit code if it is refused.
fn repair(target: &mut Target, flag: &str) -> String {
    let output = target.env.run(&format!("store repair {flag} --json"));
    let Ok(report) = serde_json::from_str::<Value>(&output.stdout) else {
        return format!("exit {}", output.exit);
    };
    let report = report.as_object().unwrap();
    let changed = report.iter().filter_map(|(name, value)| match value {
        Value::Array(all) if !all.is_empty() && name == "sums" => {
            let rows: Vec<_> = all.iter().map(|rows| rows.as_str().unwrap()).collect();
            Some(format!("sums of {}", rows.join(" and ")))
        }
        Value::Array(all) if !all.is_empty() => Some(format!("{name}: {}", all.len())),
        Value::Number(count) if count.as_u64() != Some(0) => Some(format!("{name}: {count}")),
        _ => None,
    });
    let changed: Vec<_> = changed.collect();
    format!("exit {}, {}", output.exit, changed.join(", "))
}

/// Repairs a store, and returns what that changed and the exit codes of the looks afterwards.
fn repaired(attack: &Attack) -> String {
    let mut target = attack.make();
    let before = target.contents();
    let announced = repair(&mut target, "--dry-run");
    assert_eq!(target.contents(), before, "{}", attack.name);
    let made = repair(&mut target, "--yes");
    match made.strip_prefix("exit 8") {
        Some("") => {
            assert!(announced.starts_with(&made), "{}: {announced}", attack.name);
            assert_eq!(target.contents(), before, "{}", attack.name);
        }
        _ => assert_eq!(made, announced, "{}", attack.name),
    }
    let [doctor, audit, list] =
        ["doctor", "audit verify", "list --all"].map(|line| target.run(line));
    let verify = target.verify(attack.secret);
    format!("{made}; then doctor {doctor}, audit verify {audit}, list {list}, verify {verify}")
}

#[test]
fn a_repair_revokes_what_was_put_back() {
    let mut lines = String::new();
    for attack in every_attack() {
        writeln!(lines, "{}: {}", attack.name, repaired(attack)).unwrap();
    }
    assert_snapshot!(lines, @"
    revoked passcode: exit 0, counters: 1, revoked: 1, sums of credentials; then doctor 0, audit verify 0, list 0, verify 12
    revoked passcode, without its counters: exit 0, revoked: 1, sums of credentials; then doctor 0, audit verify 0, list 0, verify 12
    deleted passcode: exit 0, counters: 2, deleted: 1, names: 1, sums of credentials; then doctor 0, audit verify 0, list 0, verify 12
    secret before a reset: exit 0, counters: 1, revoked: 1, sums of credentials and counters; then doctor 0, audit verify 0, list 0, verify 12
    secret before a reset, and only its digest: exit 0, counters: 1, revoked: 1, sums of credentials and digests and counters; then doctor 0, audit verify 0, list 0, verify 12
    secret before the end of an overlap: exit 0, counters: 1, revoked: 1, sums of credentials and counters; then doctor 0, audit verify 0, list 0, verify 12
    later expiry: exit 0, counters: 1, revoked: 1, sums of credentials and counters; then doctor 0, audit verify 0, list 0, verify 12
    token before its app reset it: exit 0, counters: 2, revoked: 1, sums of credentials and counters; then doctor 0, audit verify 0, list 0, verify 12
    token before its pickup: exit 0, counters: 1, revoked: 1, sums of credentials and counters; then doctor 0, audit verify 0, list 0, verify 12
    revoked token: exit 0, counters: 2, revoked: 1, sums of credentials; then doctor 0, audit verify 0, list 0, verify 12
    revoked client secret: exit 0, apps: 1, sums of apps; then doctor 0, audit verify 0, list 0, verify 0
    removed app: exit 0, apps: 1, counters: 3, revoked: 2, sums of apps and credentials; then doctor 0, audit verify 0, list 0, verify 12
    removed account: exit 0, accounts: 1; then doctor 0, audit verify 0, list 0, verify 0
    policy with a later sunset: exit 0, accounts: 1; then doctor 0, audit verify 0, list 0, verify 0
    removed district: exit 0, districts: 1, names: 2; then doctor 0, audit verify 0, list 0, verify 0
    name of a deleted passcode: exit 0, names: 1; then doctor 0, audit verify 0, list 0, verify 12
    counters: exit 0, counters: 2; then doctor 0, audit verify 0, list 0, verify 0
    last uses: exit 8, problems: 1, sums of last uses; then doctor 8, audit verify 0, list 0, verify 0
    daily uses: exit 0, sums of daily uses; then doctor 0, audit verify 0, list 0, verify 0
    delivered message: exit 0, counters: 2, sums of counters and messages; then doctor 0, audit verify 0, list 0, verify 0
    delivered message, with its counters: exit 0, sums of counters and messages; then doctor 0, audit verify 0, list 0, verify 0
    removed passcode: exit 8, counters: 2, names: 1, problems: 3, sums of credentials and names and counters; then doctor 8, audit verify 0, list 0, verify 8
    removed digest: exit 8, problems: 1, sums of digests; then doctor 8, audit verify 0, list 0, verify 10
    removed account row: exit 8, problems: 1, sums of accounts; then doctor 8, audit verify 0, list 0, verify 0
    removed app row: exit 8, problems: 2, sums of apps; then doctor 8, audit verify 0, list 8, verify 0
    removed district row: exit 8, names: 2, problems: 1, sums of districts and names; then doctor 8, audit verify 0, list 0, verify 0
    revoked passcode, without the record: exit 8; then doctor 8, audit verify 8, list 8, verify 0
    revoked passcode, without an entry of its record: exit 0, counters: 1, objects: 2, revoked: 1, sums of credentials; then doctor 0, audit verify 0, list 0, verify 12
    everything put back: exit 8; then doctor 8, audit verify 8, list 8, verify 8
    trigger that undoes revocations: exit 0, objects: 1; then doctor 0, audit verify 0, list 0, verify 0
    view: exit 0, objects: 1; then doctor 0, audit verify 0, list 0, verify 0
    view in place of a table: exit 8; then doctor 8, audit verify 8, list 8, verify 8
    table: exit 0, objects: 1; then doctor 0, audit verify 0, list 0, verify 0
    dropped index: exit 0, objects: 1; then doctor 0, audit verify 0, list 0, verify 0
    ");
}

#[test]
fn a_repair_of_an_intact_store_changes_nothing() {
    let mut target = Target::new();
    let before = (target.contents(), std::fs::read(target.env.store()).unwrap());
    assert_snapshot!(target.env.run("store repair --yes"), @"
    exit 0
    -- stdout
    Nothing to repair
    ");
    assert!((target.contents(), std::fs::read(target.env.store()).unwrap()) == before);
}

/// Nothing else says what the rows should be.
#[test]
fn a_damaged_audit_log_cannot_be_repaired() {
    for damage in [
        "delete from audit where seq = 3",
        "update audit set after = null where seq = 3",
        "delete from audit where seq = (select max(seq) from audit)",
        "update head set audit_seq = audit_seq - 1",
        "update head set sums = zeroblob(176)",
    ] {
        let mut target = Target::new();
        let attacker = rusqlite::Connection::open(target.env.store()).unwrap();
        assert_eq!(attacker.execute(damage, []).unwrap(), 1);
        drop(attacker);
        let before = target.contents();
        for flag in ["--dry-run", "--yes"] {
            assert_eq!(target.run(&format!("store repair {flag}")), TAMPERED, "{damage}");
        }
        assert_eq!(target.contents(), before, "{damage}");
    }
}

/// The reason is that of the repair, and neither the old nor the new secret is valid.
#[test]
fn the_record_of_a_repair_says_why() {
    let mut target = attack("secret before a reset").make();
    target.run_ok("store repair --yes");
    let show: Value = serde_json::from_str(&target.env.run_ok("show acme --json")).unwrap();
    assert_eq!(
        (&show["state"], &show["revocation_reason"]),
        (&"revoked".into(), &"tampered".into())
    );
    let [old, new] = ["acme", "new"].map(|secret| target.verify(secret));
    assert_eq!((old, new), (12, 12));
    assert_eq!(target.verify("beta"), 0, "others are as before");
}
