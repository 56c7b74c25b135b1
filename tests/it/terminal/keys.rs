//! Prompts at a real terminal: which keys answer them, and what stays on the screen.

use insta::assert_snapshot;

use super::screen::Screen;
use crate::support::process::TestHome;

fn home() -> TestHome {
    TestHome::with(&[
        "create acme --days 90",
        "create beta --days 90",
        "grant-user ann@example.org --days 90",
    ])
}

/// Returns what is on the screen, without the empty lines at its end.
fn shown(screen: &Screen<'_>) -> String {
    screen.text().trim_end().to_owned()
}

#[test]
fn enter_means_no_and_a_long_question_is_printed_once() {
    let home = home();
    let screen = Screen::run(&home, 60, "", "reset acme");
    screen.wait_for("[y/N]").press(&["Enter"], "exit 1");
    assert_snapshot!(shown(&screen), @"
    The current secret stops working immediately. Reset
    account passcode acme (pc_…)? [y/N]
    Cancelled; nothing was changed
    exit 1
    ");
}

#[test]
fn other_answers_are_asked_again_and_yes_is_yes() {
    let home = home();
    let screen = Screen::run(&home, 80, "", "revoke acme");
    screen.wait_for("[y/N]").press(&["maybe", "Enter"], "y or n").press(&["y", "Enter"], "exit 0");
    assert_snapshot!(shown(&screen), @"
    Revoke account passcode acme (pc_…)? [y/N] maybe
    Please answer y or n
    Revoke account passcode acme (pc_…)? [y/N] y
    Revoked acme (pc_…).
    exit 0
    ");
}

#[test]
fn ctrl_d_means_no_and_ctrl_c_interrupts() {
    let home = home();
    for line in ["revoke acme", "create", "revoke", "create new"] {
        let screen = Screen::run(&home, 80, "", line);
        screen.wait_for("?").press(&["C-c"], "exit 130");
        assert!(screen.has_cursor(), "{line}: {}", screen.text());
    }
    for line in ["revoke acme", "create"] {
        let screen = Screen::run(&home, 80, "", line);
        screen.wait_for("?").press(&["C-d"], "exit 1");
        assert!(screen.text().contains("Cancelled; nothing was changed"), "{}", screen.text());
    }
}

#[test]
fn a_lifetime_is_chosen_with_the_arrow_keys() {
    let home = home();
    let screen = Screen::run(&home, 80, "", "create new --out secret -q");
    screen.wait_for("> a duration");
    assert_snapshot!(shown(&screen), @"
    Lifetime? (arrow keys and Enter; Esc cancels)
    > a duration, such as 90d or 12h
      until a date
      infinite: ten years
      forever: never expires
    ");
    screen.press(&["Down"], "> until a date").press(&["Down"], "> infinite");
    screen.press(&["Enter"], "exit 0");
    assert_snapshot!(shown(&screen), @"
    Lifetime? infinite: ten years
    pc_…
    The secret is in secret; it will not be shown again.
    exit 0
    ");
}

#[test]
fn a_dumb_terminal_gets_numbers() {
    let home = home();
    let screen = Screen::run(&home, 80, "TERM=dumb", "create new --out secret -q");
    screen.wait_for("[1]").press(&["4", "Enter"], "exit 0");
    assert_snapshot!(shown(&screen), @"
      1  a duration, such as 90d or 12h
      2  until a date
      3  infinite: ten years
      4  forever: never expires
    Lifetime? [1] 4
    pc_…
    The secret is in secret; it will not be shown again.
    exit 0
    ");
    assert!(!screen.coloured().contains('\x1b'), "{}", screen.coloured());
}

#[test]
fn a_credential_is_picked_if_none_is_named() {
    let home = home();
    let screen = Screen::run(&home, 80, "", "revoke");
    screen.wait_for("> acme");
    assert_snapshot!(shown(&screen), @"
    Revoke which credential? (arrow keys and Enter; Esc cancels)
    > acme (account passcode, active, pc_…)
      ann@example.org (user passcode, active, pc_…)
      beta (account passcode, active, pc_…)
    ");
    screen.press(&["Down", "Down", "Enter"], "[y/N]").press(&["y", "Enter"], "exit 0");
    assert_snapshot!(shown(&screen), @"
    Revoke which credential?
    > beta (account passcode, active, pc_…)
    Revoke account passcode beta (pc_…)? [y/N] y
    Revoked beta (pc_…).
    exit 0
    ");

    let screen = Screen::run(&home, 60, "", "delete");
    screen.wait_for("> acme").press(&["Escape"], "exit 1");
    assert!(screen.has_cursor());
    assert_snapshot!(shown(&screen), @"
    Cancelled; nothing was changed
    exit 1
    ");
}

#[test]
fn of_many_credentials_one_is_found_by_typing() {
    let names = (0..20).map(|number| format!("create partner-{number} --days 90"));
    let lines: Vec<String> = names.chain(["create zebra --days 90".to_owned()]).collect();
    let home = TestHome::with(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let screen = Screen::run(&home, 80, "", "show");
    screen.wait_for("> partner-0").press(&["zeb"], "> zebra").press(&["Enter"], "exit 0");
    assert!(screen.text().contains("name      zebra"), "{}", screen.text());
}

#[test]
fn progress_leaves_nothing_behind() {
    let home = TestHome::new();
    let rows: String = (0..4_000).map(|number| format!("user{number}@example.org\n")).collect();
    home.file("users.csv", &format!("email\n{rows}"));
    let screen =
        Screen::run(&home, 80, "", "grant-user --from users.csv --days 9 --out secrets.csv");
    screen.wait_for("exit 0");
    assert!(!screen.text().contains("left"), "{}", screen.text());
}

#[test]
fn messages_wrap_at_words_and_are_coloured() {
    let home = home();
    for (variables, is_coloured) in [
        ("TERM=xterm-256color", true),
        ("TERM=dumb", false),
        ("NO_COLOR=1", false),
        ("CLICOLOR=0", false),
        ("TERM=dumb CLICOLOR_FORCE=1", true),
        ("NO_COLOR=1 CLICOLOR_FORCE=1", false),
    ] {
        let screen = Screen::run(&home, 40, variables, "show nobody-of-this-name");
        screen.wait_for("exit 3");
        assert_eq!(screen.coloured().contains('\x1b'), is_coloured, "{variables}");
    }
    let screen = Screen::run(&home, 40, "NO_COLOR=1", "show nobody-of-this-name");
    screen.wait_for("exit 3");
    assert_snapshot!(shown(&screen), @"
    error: credential nobody-of-this-name
    not found
    hint: to list credentials, including
    deleted ones: gatepass list --all
    exit 3
    ");
}
