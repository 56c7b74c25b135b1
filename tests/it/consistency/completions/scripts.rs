//! The scripts in bash, zsh and fish, without a terminal: each offers what gatepass does, and files only for paths.

use clap::Command;
use clap_complete::Shell::{self, Bash, Fish, Zsh};
use gatepass::{command_tree, commands::completions::generate::script};

use crate::support::process::TestHome;

/// Prints what each of the lines in `lines` offers, after the line. The functions that only work during a completion
/// print their arguments.
const BASH_DRIVER: &str = r#"
source ./script
compopt() { COMPREPLY=("paths: $*"); }
while IFS= read -r COMP_LINE; do
    COMP_POINT=${#COMP_LINE}
    _gatepass gatepass "" ""
    printf '= %s\n' "$COMP_LINE"
    printf '%s\n' "${COMPREPLY[@]}"
done <lines
"#;

const ZSH_DRIVER: &str = r#"
compdef() { }
source ./script
compadd() { print -rl -- $values }
_files() { print -r -- "paths: $*" }
while IFS= read -r line; do
    words=(${(z)line} '') CURRENT=$#words PREFIX=
    print -r -- "= $line"
    _gatepass
done <lines
"#;

const FISH_DRIVER: &str = r#"
source ./script
while read line
    echo "= $line"
    complete -C "$line " | string replace -r '\t.*' ''
end <lines
true
"#;

/// Returns what a shell offers after each line.
fn offered(home: &TestHome, shell: Shell, lines: &[String]) -> Vec<Vec<String>> {
    let (command, driver): (&[&str], _) = match shell {
        Bash => (&["bash", "--norc"], BASH_DRIVER),
        Zsh => (&["zsh", "-f"], ZSH_DRIVER),
        _ => (&["fish", "--no-config"], FISH_DRIVER),
    };
    home.file("script", &script(shell, &mut command_tree()));
    // In bash, the word at the cursor is part of the line.
    let space = if shell == Bash { " " } else { "" };
    home.file("lines", &lines.iter().map(|line| format!("{line}{space}\n")).collect::<String>());
    let output = home.script_ok(command, &home.file("driver", driver));
    let answers = output.split("= ").skip(1);
    let words = |answer: &str| {
        answer.lines().skip(1).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    answers.map(words).collect()
}

/// Returns a line for each option with a closed list, and the list.
fn lists(command: &Command, path: &str) -> Vec<(String, Vec<String>)> {
    let mut lists = Vec::new();
    for argument in command.get_arguments().filter(|argument| !argument.is_global_set()) {
        let values = argument.get_possible_values();
        if let Some(long) = argument.get_long().filter(|_| !values.is_empty()) {
            let words = values.iter().map(|value| value.get_name().to_owned());
            lists.push((format!("{path} --{long}"), words.collect()));
        }
    }
    for subcommand in command.get_subcommands() {
        lists.extend(self::lists(subcommand, &format!("{path} {}", subcommand.get_name())));
    }
    lists
}

#[test]
fn each_shell_offers_the_same_lists_in_order() {
    let home = TestHome::new();
    let (lines, lists): (Vec<_>, Vec<_>) = lists(&command_tree(), "gatepass").into_iter().unzip();
    assert!(lines.len() > 8, "{lines:?}");
    for shell in [Bash, Zsh, Fish] {
        let offered = offered(&home, shell, &lines);
        assert_eq!(offered.len(), lines.len(), "{shell}");
        for ((line, list), offered) in lines.iter().zip(&lists).zip(&offered) {
            assert_eq!(offered, list, "{shell}: {line}");
        }
    }
}

#[test]
fn each_shell_offers_files_for_paths_only() {
    let home = TestHome::new();
    home.file("a-file", "");
    let lines = ["key export --out", "--store", "man --dir", "create", "edit x --note", "app show"];
    let lines = lines.map(|line| format!("gatepass {line}"));
    let has_files = |words: &Vec<String>| {
        words.iter().any(|word| word.starts_with("paths: ") || word == "a-file" || word == "a-dir/")
    };
    std::fs::create_dir(home.path("a-dir")).unwrap();
    for shell in [Bash, Zsh, Fish] {
        let files: Vec<bool> = offered(&home, shell, &lines).iter().map(has_files).collect();
        assert_eq!(files, [true, true, true, false, false, false], "{shell}");
    }
}
