//! Lines typed at a terminal: a shell completes a name so that the command gets exactly this name, and never runs it.

use clap_complete::Shell::{self, Bash, Fish, Zsh};
use gatepass::{command_tree, commands::completions::generate};

use super::terminal::Terminal;
use crate::support::process::{GATEPASS, TestHome, finish};

/// Names that mean something to a shell. Each begins with a letter of its own.
const NAMES: [&str; 10] = [
    "Acme $(touch ran)",
    "Bell `touch ran`",
    r#"Cole "q" \ \\ 'x' $HOME ${HOME}"#,
    "Dune;touch ran",
    "Eve it's! !! !touch",
    "Fox&touch ran|x>ran <x",
    "Gus=*?[a]{b,c}~#^%",
    "Hal (touch ran)",
    "Jürgen'; touch ran; '",
    r#"Kim says "ran""#,
];

fn home_with_names() -> TestHome {
    let home = TestHome::new();
    for name in NAMES {
        let child = home.tool(GATEPASS).args(["create", name, "--forever"]).spawn();
        assert_eq!(finish(child.unwrap()).code, Some(0));
    }
    home
}

fn script(shell: Shell) -> String {
    generate::script(shell, &mut command_tree())
}

/// Returns what is shown after the beginning of a name is completed within this quote, and whether a name was run.
fn shown(home: &TestHome, terminal: &mut Terminal<'_>, quote: &str, start: &str) -> (String, bool) {
    let output = terminal.run(&format!("gatepass --field name show {quote}{start}\t"));
    (output, home.path("ran").exists())
}

fn assert_names_are_quoted(shell: Shell, quotes: &[&str]) {
    let home = home_with_names();
    let mut terminal = Terminal::new(&home, shell, &script(shell));
    for quote in quotes {
        for name in NAMES {
            let start: String = name.chars().take(2).collect();
            if shell == Bash && *quote == "\"" && name.contains('!') {
                continue;
            }
            let shown = shown(&home, &mut terminal, quote, &start);
            assert_eq!(shown, (format!("{name}\n"), false), "{shell}: {quote}{start}");
        }
    }
}

#[test]
fn bash_quotes_names_for_the_open_quote() {
    assert_names_are_quoted(Bash, &["", "'", "\""]);
}

#[test]
fn zsh_quotes_names_for_the_open_quote() {
    assert_names_are_quoted(Zsh, &["", "'", "\""]);
}

#[test]
fn fish_quotes_names_for_the_open_quote() {
    assert_names_are_quoted(Fish, &["", "'", "\""]);
}

/// In double quotes, bash has no way to write `!`.
#[test]
fn bash_offers_no_exclamation_mark_in_double_quotes() {
    let home = home_with_names();
    let mut terminal = Terminal::new(&home, Bash, &script(Bash));
    assert_eq!(terminal.run("echo \"Eve\t\""), "Eve\n");
    assert_eq!(terminal.run("gatepass --field name show \"Eve\t\""), "");
}

#[test]
fn a_script_that_does_not_quote_is_caught() {
    let bash = r#"
        _names() {
            COMPREPLY=('Acme $(touch ran)')
        }
        complete -F _names gatepass
    "#;
    let zsh = "#compdef gatepass\ncompadd -Q -U 'Acme $(touch ran)'\n";
    let fish = "complete -c gatepass -f -a 'Acme\\ (touch ran)'\n";
    for (shell, script, quote) in [(Bash, bash, "\""), (Zsh, zsh, "\""), (Fish, fish, "")] {
        let home = home_with_names();
        let mut terminal = Terminal::new(&home, shell, script);
        let (_, has_run) = shown(&home, &mut terminal, quote, "Ac");
        assert!(has_run, "{shell}");
    }
}

#[test]
fn commands_lists_names_and_files_are_completed_at_a_terminal() {
    for shell in [Bash, Zsh, Fish] {
        let home = TestHome::with(&["create acme --days 9 --out secret.txt"]);
        let mut terminal = Terminal::new(&home, shell, &script(shell));
        for keys in [
            "gatepass sho\t ac\t --field name",
            "gatepass list --field name --state expiring,act\t",
            "gatepass list --field name --state=expiri\t",
            "gatepass show --field name --key-file .config/gatepass/ke\t acm\t",
            "gatepass show --field name --key-file=.config/gatepass/ke\t acm\t",
            "gatepass verify --field name <secre\t",
        ] {
            assert_eq!(terminal.run(keys), "acme\n", "{shell}: {keys}");
        }
    }
}
