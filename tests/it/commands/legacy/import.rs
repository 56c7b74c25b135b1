//! Legacy keys are imported with `app add` and `app edit`.

use insta::assert_snapshot;

use super::fixture::{BASE64_KEY, HEX_KEY, env_with_legacy_key, verify_legacy};
use crate::support::test_env::{START_TIME, TestEnv};

#[test]
fn a_key_comes_from_stdin_or_a_file() {
    let mut env = TestEnv::new();
    for (number, end) in ["", "\n", "\r\n"].into_iter().enumerate() {
        let key = format!("{number}{HEX_KEY}");
        let output = env.run_with_input(
            &format!("app add 'App {number}' --legacy-key-file -"),
            format!("{key}{end}"),
        );
        assert_eq!(output.exit, 0, "{output}");
        assert_eq!(verify_legacy(&mut env, &key).exit, 0);
    }
    let file = env.file("key", format!("{BASE64_KEY}\n"));
    env.run_ok("app add Filed");
    env.run_ok(&format!("app edit Filed --legacy-key-file {}", file.display()));
    assert_snapshot!(verify_legacy(&mut env, BASE64_KEY), @"
    exit 0
    -- stdout
    allowed: Filed, legacy key lk_82a4373fd256ce29979b5e94 of RZ5-76K-665Z (valid); never expires
    ");
    assert!(!String::from_utf8_lossy(&env.transcript).contains(BASE64_KEY), "it is never shown");

    let open = env.file("open", format!("{BASE64_KEY}x\n"));
    std::fs::set_permissions(&open, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    env.run_ok("app add Loose");
    let output = env.run(&format!("app edit Loose -q --legacy-key-file {}", open.display()));
    assert!(
        output.exit == 0 && output.stderr.starts_with("warning: other users can open "),
        "{output}"
    );
    assert_eq!(env.run("app add None --legacy-key-file ~/none").exit, 1);
    assert_eq!(env.run("app add None --allow-weak").exit, 2);
    assert_eq!(env.run_ok("list --kind legacy --field state"), "active\n".repeat(5));
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn at_a_terminal_the_key_is_prompted_without_echo() {
    let mut env = TestEnv::with_terminal();
    env.answers.push_back(HEX_KEY.to_owned());
    let output = env.run("app add 'Roster Sync' --legacy-key-file -");
    assert!(output.exit == 0 && output.stderr.contains("? Legacy key? (hidden)"), "{output}");
    assert_eq!(env.run("app edit 'Roster Sync' --legacy-key-file -").exit, 130);
    env.terminal = gatepass::host::Terminal::default();
    assert_eq!(verify_legacy(&mut env, HEX_KEY).exit, 0);
    assert!(!String::from_utf8_lossy(&env.transcript).contains(HEX_KEY));
}

#[test]
fn malformed_and_weak_keys_are_rejected() {
    let mut env = TestEnv::new();
    env.run_ok("app add Other");
    let before = env.run_ok("audit list --json");
    for line in ["app add 'Roster Sync' --legacy-key-file -", "app edit Other --legacy-key-file -"]
    {
        for input in [
            "".to_owned(),
            "\n".to_owned(),
            "two\nlines".to_owned(),
            format!("{HEX_KEY}:"),
            format!("{HEX_KEY} {HEX_KEY}"),
            format!("{HEX_KEY}ä"),
            format!("{HEX_KEY}\n\n{HEX_KEY}"),
            "x".repeat(513),
            "x".repeat(5_000),
            format!("gpt_{}", "a".repeat(49)),
            "DEMO_KEY".to_owned(),
            "a".repeat(100),
        ] {
            let output = env.run_with_input(line, &input);
            assert_eq!(output.exit, 2, "{input:?}: {output}");
            assert!(input.len() < 8 || !output.stderr.contains(&input), "{output}");
        }
    }
    assert_eq!(env.run_ok("audit list --json"), before);
    let line = "app edit Other --legacy-key-file -";
    assert_snapshot!(env.run_with_input(line, format!("{HEX_KEY}:")), @"
    exit 2
    -- stderr
    error: invalid character at position 33: a legacy key can contain only visible ASCII characters other than :
    ");
    assert_snapshot!(env.run_with_input(line, "DEMO_KEY"), @"
    exit 2
    -- stderr
    error: this legacy key is too weak: it has at most 38 bits of entropy, and 112 are required
    hint: use --allow-weak if the app can't change it; SECURITY.md describes the risk
    ");
    let output = env.run_with_input(&format!("{line} --allow-weak -q"), "DEMO_KEY");
    assert_eq!(output.exit, 0, "{output}");
    assert_eq!(verify_legacy(&mut env, "DEMO_KEY").exit, 0);
}

#[test]
fn a_key_belongs_to_one_app_and_an_app_has_one_key() {
    let mut env = env_with_legacy_key();
    env.run_ok("app add Other");
    assert_snapshot!(env.run_with_input("app edit Other --legacy-key-file -", HEX_KEY), @"
    exit 4
    -- stderr
    error: this secret already belongs to lk_5964f296deec591c6605b162, a legacy key that is active
    hint: each app needs its own key; nothing was changed
    ");
    assert_snapshot!(env.run_with_input("app add Third --legacy-key-file -", HEX_KEY), @"
    exit 4
    -- stderr
    error: this secret already belongs to lk_5964f296deec591c6605b162, a legacy key that is active
    hint: each app needs its own key; nothing was changed
    ");
    assert_eq!(env.run("app show Third").exit, 3, "neither was done");
    let line = "app edit 'Roster Sync' --legacy-key-file -";
    assert_snapshot!(env.run_with_input(line, BASE64_KEY), @"
    exit 4
    -- stderr
    error: app Roster Sync already has the legacy key lk_5964f296deec591c6605b162, which is active
    hint: to replace it, revoke it first: gatepass revoke lk_5964f296deec591c6605b162
    ");
    let id = env.run_ok("list --kind legacy -q").trim_end().to_owned();
    env.run_ok(&format!("revoke {id} --yes"));
    assert_eq!(verify_legacy(&mut env, HEX_KEY).exit, 12);
    assert_snapshot!(env.run_with_input(line, HEX_KEY), @"
    exit 4
    -- stderr
    error: this secret already belongs to lk_5964f296deec591c6605b162, a legacy key that is revoked
    hint: a revoked or deleted secret can't be imported again; to create tokens: gatepass grant-app
    ");
    assert_eq!(env.run_with_input(line, BASE64_KEY).exit, 0);
    assert_eq!(verify_legacy(&mut env, BASE64_KEY).exit, 0);
    assert_eq!(env.run_ok("list --kind legacy --field state"), "revoked\nactive\n");
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn commands_accept_a_legacy_key() {
    let mut env = env_with_legacy_key();
    let id = env.run_ok("list --kind legacy -q").trim_end().to_owned();
    assert!(id.starts_with("lk_"), "{id}");
    assert_eq!(env.run_ok(&format!("edit {id} --note 'from 2014' --field note")), "from 2014\n");
    assert_snapshot!(env.run(&format!("reset {id} --yes")), @"
    exit 4
    -- stderr
    error: a legacy key cannot be reset; grant tokens to its app instead
    hint: gatepass grant-app APP --district DISTRICT --scope SCOPE
    ");
    assert_eq!(env.run_ok(&format!("show {id} --field expires_at")), "\n", "the sunset ends it");
    assert_eq!(env.run_ok(&format!("show {id} --field delivered_at")), format!("{START_TIME}\n"));
    env.run_ok(&format!("delete {id} --yes"));
    assert_eq!(verify_legacy(&mut env, HEX_KEY).exit, 12);
    assert_eq!(env.run_ok("legacy report -q"), "");
}
