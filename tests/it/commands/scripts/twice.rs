//! The same command twice: where nothing is left to change, the second one succeeds and leaves no record.

use super::samples::sample_env;
use crate::support::test_env::TestEnv;

/// Edits of each kind of record, and of each of its properties.
const EDITS: &[&str] = &[
    "edit acme --name ACME --yes",
    "edit acme --note new --yes",
    "edit acme --no-note --yes",
    "edit acme --until 2027-05-05 --yes",
    "edit acme --forever --yes",
    "edit acme --introspect on --yes",
    "edit acme --note new --until 2027-05-05 --introspect on --yes",
    "edit ann@x.org --until 2027-05-05 --yes",
    "edit Grades/Lincoln --scope read:y,read:x --yes",
    "edit Grades/Lincoln --limit 9/min --yes",
    "app edit Grades --name GRADES --yes",
    "app edit Grades --limit 9/min --yes",
    "app edit Grades --webhook https://example.org/ --yes",
    "app edit Grades --no-webhook --yes",
    "district edit 0607 --name North --yes",
    "district edit Lincoln --external-id 0608 --yes",
    "district edit Lincoln --no-external-id --yes",
    "account edit --name Main --yes",
    "account edit --region in1 --yes",
    "account edit --require-user-passcode on --yes",
    "legacy policy --limit 9/min --sunset 2027-07-01 --yes",
    "legacy policy --link https://example.org/ --yes",
    "key import ~/key.backup",
    "store migrate",
    "store repair",
];

#[test]
fn an_edit_that_changes_nothing_succeeds_and_leaves_no_record() {
    for line in EDITS {
        let mut env = sample_env();
        env.run_ok(line);
        let before = audit(&mut env);
        env.advance_days(1);
        env.run_ok(line);
        env.run_ok(&format!("{line} --dry-run"));
        assert_eq!(audit(&mut env), before, "{line}");
        // An accepted clock alone is not worth a record.
        env.advance_days(-9);
        env.run_ok(&format!("{line} --accept-clock"));
        assert_eq!(audit(&mut env), before, "{line}");
    }
}

#[test]
fn what_is_deleted_already_stays_deleted() {
    let mut env = sample_env();
    let id = env.run_ok("show acme --field id");
    let line = format!("delete {} --yes", id.trim_end());
    env.run_ok("delete acme --yes");
    let before = audit(&mut env);
    for format in ["", "-q", "--dry-run"] {
        let output = env.run(&format!("{line} {format}"));
        assert_eq!(output.exit, 0, "{output}");
        let message =
            format!("{} was already deleted at 2026-11-24T06:00:00Z by ann@host.\n", id.trim_end());
        assert!(output.stderr.starts_with(&message), "{output}");
    }
    let json = env.run_ok(&format!("{line} --json"));
    assert!(json.contains("\"items\":[],\"summary\":{\"changed\":0,"), "{json}");
    assert_eq!(audit(&mut env), before);
    assert_eq!(env.run("delete acme --yes").exit, 3);
    // The others are deleted nevertheless.
    assert_eq!(env.run_ok(&format!("{line} expired -q")).lines().count(), 1);
}

#[test]
fn what_is_removed_already_stays_removed() {
    for (kind, name) in [("app", "Grades"), ("district", "Lincoln")] {
        let mut env = sample_env();
        let id = env.run_ok(&format!("{kind} show {name} --field id"));
        let line = format!("{kind} remove {} --yes", id.trim_end());
        env.run_ok(&format!("{kind} remove {name} --revoke-tokens --yes"));
        let before = audit(&mut env);
        env.advance_days(1);
        for more in ["", "--revoke-tokens", "-q", "--json", "--dry-run"] {
            let output = env.run(&format!("{line} {more}"));
            assert_eq!(output.exit, 0, "{output}");
            let message = format!(
                "{kind} {name} ({}) was already removed at 2026-11-24T06:00:00Z by ann@host.\n",
                id.trim_end()
            );
            assert!(output.stderr.starts_with(&message), "{output}");
        }
        assert_eq!(env.run_ok(&format!("{line} -q")), id);
        assert_eq!(audit(&mut env), before);
        assert_eq!(env.run(&format!("{kind} remove {name} --yes")).exit, 3);
        let beginning = &id[..id.len() - 3];
        assert_eq!(env.run(&format!("{kind} remove {beginning} --yes")).exit, 3);
    }
}

#[test]
fn an_account_that_is_removed_already_stays_removed() {
    let mut env = sample_env();
    let id = env.run_ok("account add Second --field id");
    env.run_ok("account remove Second --yes");
    let before = audit(&mut env);
    for more in ["", "--yes", "--json", "--dry-run"] {
        let output = env.run(&format!("account remove {} {more}", id.trim_end()));
        assert_eq!(output.exit, 0, "{output}");
        let message = format!("account Second ({}) was already removed at ", id.trim_end());
        assert!(output.stderr.starts_with(&message), "{output}");
    }
    assert_eq!(audit(&mut env), before);
    assert_eq!(env.run("account remove Second --yes").exit, 3);
}

#[test]
fn what_is_removed_already_needs_no_confirmation() {
    let mut env = sample_env();
    let id = env.run_ok("district show Lincoln --field id");
    env.run_ok("district remove Lincoln --revoke-tokens --yes");
    env.run_ok(&format!("district remove {}", id.trim_end()));
}

#[test]
fn a_policy_that_does_not_exist_is_removed_already() {
    let mut env = sample_env();
    env.run_ok("legacy policy --clear --yes");
    let before = audit(&mut env);
    for more in ["", "--yes", "-q", "--dry-run"] {
        let output = env.run(&format!("legacy policy --clear {more}"));
        assert_eq!(output.exit, 0, "{output}");
        let message = "There is no legacy key policy for account School (";
        assert!(output.stderr.starts_with(message), "{output}");
    }
    assert_eq!(audit(&mut env), before);
}

#[test]
fn what_is_revoked_already_is_a_conflict() {
    let mut env = sample_env();
    env.run_ok("revoke acme --yes");
    let before = audit(&mut env);
    assert_eq!(env.run("revoke acme --yes").exit, 4);
    assert_eq!(audit(&mut env), before);
}

fn audit(env: &mut TestEnv) -> String {
    env.run_ok("audit list --format jsonl")
}
