//! Colours: which streams have them, and what is coloured.

use crate::support::{credentials_fixture::credentials_fixture_with_terminal, test_env::TestEnv};

/// Runs a command with these variables and flags. Returns whether stdout and stderr are coloured.
fn coloured(env: &mut TestEnv, variables: &[(&str, &str)], line: &str) -> (bool, bool) {
    let before = env.env.clone();
    env.env.extend(variables.iter().map(|(name, value)| (name.into(), value.into())));
    let output = env.run(line);
    env.env = before;
    (output.stdout.contains('\x1b'), output.stderr.contains('\x1b'))
}

#[test]
fn variables_and_flags_are_heeded_in_the_usual_order() {
    let mut env = credentials_fixture_with_terminal();
    for (variables, flag, expected) in [
        (&[][..], "", true),
        (&[("NO_COLOR", "1")], "", false),
        (&[("NO_COLOR", "")], "", true),
        (&[("CLICOLOR", "0")], "", false),
        (&[("TERM", "dumb")], "", false),
        (&[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")], "", true),
        (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], "", false),
        (&[("NO_COLOR", "1"), ("GATEPASS_COLOR", "always")], "", true),
        (&[("NO_COLOR", "1")], "--color auto", false),
        (&[("NO_COLOR", "1"), ("TERM", "dumb")], "--color always", true),
        (&[("CLICOLOR_FORCE", "1")], "--color=never", false),
    ] {
        for line in ["list", "show nobody", "list --no-such-flag", "list --help"] {
            let (stdout, stderr) = coloured(&mut env, variables, &format!("{line} {flag}"));
            assert_eq!(stdout || stderr, expected, "{line} {flag} with {variables:?}");
        }
    }
}

#[test]
fn each_stream_is_coloured_if_it_is_a_terminal_itself() {
    let mut env = credentials_fixture_with_terminal();
    env.terminal.stdout = false;
    assert_eq!(coloured(&mut env, &[], "list"), (false, false));
    assert_eq!(coloured(&mut env, &[], "show nobody"), (false, true));
    assert_eq!(coloured(&mut env, &[("CLICOLOR_FORCE", "1")], "list"), (true, false));
    (env.terminal.stdout, env.terminal.stderr) = (true, false);
    assert_eq!(coloured(&mut env, &[], "show nobody"), (false, false));
    assert_eq!(coloured(&mut env, &[], "check"), (true, false));
}

#[test]
fn labels_and_headings_are_coloured() {
    let mut env = credentials_fixture_with_terminal();
    let error = env.run("show nobody").stderr;
    assert!(error.starts_with("\x1b[1;31merror:\x1b[0m credential "), "{error:?}");
    assert!(error.contains("\n\x1b[36mhint:\x1b[0m "), "{error:?}");
    let check = env.run("check").stdout;
    assert!(check.starts_with("\x1b[31mCRITICAL:\x1b[0m "), "{check:?}");
    let help = env.run("list --help").stdout;
    for heading in ["Usage:", "Options:", "Examples:"] {
        assert!(help.contains(&format!("\x1b[32m{heading}\x1b[0m")), "{heading} in {help:?}");
    }
}

#[test]
fn json_is_never_coloured() {
    let mut env = credentials_fixture_with_terminal();
    for line in ["list --json", "show nobody --json", "check --json"] {
        let output = env.run(&format!("{line} --color always"));
        assert!(!output.to_string().contains('\x1b'), "{output}");
    }
}
