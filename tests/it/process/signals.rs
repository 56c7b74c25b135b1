//! The tests pass even if their caller ignores signals, as `nohup` and the background jobs of scripts do.

use std::env::current_exe;

use crate::support::process::{
    TestHome, finish,
    signals::{STATUS, ignored},
};

/// Runs two tests with every signal ignored that some tests send.
#[test]
fn a_caller_that_ignores_signals_changes_nothing() {
    let (home, tests) = (TestHome::new(), current_exe().unwrap());
    let script = format!(
        "trap '' HUP INT QUIT USR1 TERM TSTP; grep SigIgn {STATUS}; exec \"$0\" --exact \"$@\""
    );
    let mut command = home.tool("sh");
    command.args(["-c", &script]).arg(tests).args([
        "process::signals::programs_start_with_no_signal_ignored",
        "process::streams::an_interrupt_at_a_prompt_changes_nothing",
    ]);
    let output = finish(command.spawn().unwrap());
    assert_eq!(ignored(&output.stdout), [1, 2, 3, 10, 15, 20], "{output:?}");
    assert!(output.stdout.contains("2 passed"), "{output:?}");
}

#[test]
fn programs_start_with_no_signal_ignored() {
    let home = TestHome::new();
    let mut command = home.tool("cat");
    let output = finish(command.arg(STATUS).spawn().unwrap());
    assert!(ignored(&output.stdout).is_empty(), "{output:?}");
}
