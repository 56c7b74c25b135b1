//! `completions`

use std::collections::BTreeSet;

use clap::{Args, Command};
use clap_complete::Shell;

use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
};

/// The value name of arguments that take a reference to a credential.
const REFERENCE: &str = "REFERENCE";

/// Print a completion script for a shell
///
/// The script completes subcommands and flags. For bash, zsh and fish, it also completes the names of credentials.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Save the script for zsh
  $ gatepass completions zsh >_gatepass")]
pub struct CompletionsArgs {
    /// Shell
    shell: Shell,
}

/// Prints the script; `command` is the whole command line.
pub fn run(
    args: &CompletionsArgs,
    command: &mut Command,
    session: &mut Session<'_, '_>,
) -> Result<Exit, CommandError> {
    session.write_stdout(script(args.shell, command).as_bytes())?;
    Ok(Exit::Success)
}

/// Returns the script for a shell: what clap generates for `command`, with completion of names added.
pub fn script(shell: Shell, command: &mut Command) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, command, "gatepass", &mut bytes);
    let script = String::from_utf8_lossy(&bytes).into_owned();
    let positions = ReferencePositions::from_command(command);
    match shell {
        Shell::Bash => bash(&script, &positions),
        Shell::Zsh => zsh(&script),
        Shell::Fish => fish(&script, &positions),
        _ => script,
    }
}

/// The arguments that take a reference to a credential.
#[derive(Default)]
struct ReferencePositions {
    /// The subcommands that take one as an argument.
    verbs: BTreeSet<String>,
    /// The options whose value is one, each with the path of its subcommand.
    options: BTreeSet<(String, Vec<String>)>,
    /// All options that take a value: the word after one of them is not an argument.
    value_options: BTreeSet<String>,
}

impl ReferencePositions {
    fn from_command(command: &Command) -> Self {
        let mut positions = Self::default();
        positions.add(command, &[]);
        positions
    }

    fn add(&mut self, command: &Command, path: &[String]) {
        for argument in command.get_arguments() {
            let names = argument.get_value_names().unwrap_or_default();
            let is_reference = names.iter().any(|name| name == REFERENCE);
            if argument.is_positional() {
                if is_reference {
                    self.verbs.extend(path.first().cloned());
                }
                continue;
            }
            let Some(long) = argument.get_long().map(|long| format!("--{long}")) else { continue };
            if argument.get_action().takes_values()
                && argument.get_num_args().is_none_or(|range| range.min_values() > 0)
            {
                self.value_options.insert(long.clone());
            }
            if is_reference {
                self.options.insert((long, path.to_vec()));
            }
        }
        for subcommand in command.get_subcommands() {
            let path: Vec<String> =
                path.iter().cloned().chain([subcommand.get_name().to_owned()]).collect();
            self.add(subcommand, &path);
        }
    }
}

/// Wraps the generated function in one that offers names if the word at the cursor is a reference.
fn bash(script: &str, positions: &ReferencePositions) -> String {
    let words =
        |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join("|");
    let options = positions.options.iter().map(|(option, _)| option.clone()).collect();
    let live = BASH
        .replace("@VERBS@", &words(&positions.verbs))
        .replace("@REFERRING@", &words(&options))
        .replace("@VALUED@", &words(&positions.value_options));
    let script = script.replace("complete -F _gatepass ", "complete -F _gatepass_live ");
    script.replacen(
        "\nif [[ \"${BASH_VERSINFO[0]}\" -eq 4",
        &(live + "\nif [[ \"${BASH_VERSINFO[0]}\" -eq 4"),
        1,
    )
}

const BASH: &str = include_str!("live.bash");

/// Offers names for references, for which the generated script offers files.
fn zsh(script: &str) -> String {
    let mut lines = Vec::new();
    for line in script.lines() {
        let is_reference = line.starts_with("':reference ")
            || line.starts_with("'*::references ")
            || line.contains(&format!(":{REFERENCE}:"));
        if is_reference {
            lines.push(line.replace(":_default'", ":_gatepass_names'"));
        } else {
            lines.push(line.to_owned());
        }
    }
    let end = "\nif [ \"$funcstack[1]\" = \"_gatepass\" ]";
    (lines.join("\n") + "\n").replacen(end, &(ZSH.to_owned() + end), 1)
}

const ZSH: &str = include_str!("live.zsh");

/// Adds lines to the generated ones; fish merges the candidates of all lines.
fn fish(script: &str, positions: &ReferencePositions) -> String {
    let mut script = script.to_owned() + FISH;
    let verbs: Vec<&str> = positions.verbs.iter().map(String::as_str).collect();
    script.push_str(&format!(
        "complete -c gatepass -n \"__fish_gatepass_using_subcommand {}\" -f -a \"(__fish_gatepass_names)\"\n",
        verbs.join(" ")
    ));
    for (option, path) in &positions.options {
        let [verb, rest @ ..] = path.as_slice() else { continue };
        let mut condition = format!("__fish_gatepass_using_subcommand {verb}");
        for word in rest {
            condition.push_str(&format!("; and __fish_seen_subcommand_from {word}"));
        }
        let option = option.trim_start_matches('-');
        script.push_str(&format!(
            "complete -c gatepass -n \"{condition}\" -l {option} -x -a \"(__fish_gatepass_names)\"\n"
        ));
    }
    script
}

const FISH: &str = include_str!("live.fish");
