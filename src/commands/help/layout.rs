//! The layout of help: the groups of commands, and where help refers to the global options and topics.

use std::mem;

use clap::Command;

use super::topics::{TOPICS, Topic};
use crate::commands::args::subcommand::accepts_dry_run;

/// The groups in which the help of gatepass lists its commands.
pub const GROUPS: [(&str, &[&str]); 4] = [
    ("Issue credentials", &["create", "grant-user", "grant-app", "reset", "edit"]),
    ("Inspect", &["list", "show", "verify", "check", "status", "audit", "doctor"]),
    ("Revoke and phase out", &["revoke", "delete", "legacy"]),
    (
        "Run and administer",
        &[
            "serve",
            "proxy-config",
            "deliver",
            "account",
            "app",
            "district",
            "key",
            "store",
            "schema",
            "completions",
            "man",
            "help",
        ],
    ),
];

const POINTERS: &str = "\
Help for a command:            gatepass COMMAND --help
Global options, and examples:  gatepass --help
Help on a topic:               gatepass help TOPIC
";

/// Arranges the help of a built tree: groups the commands, and describes the global options only in the long help of
/// gatepass itself.
pub fn arrange_help(mut root: Command) -> Command {
    for command in root.get_subcommands_mut() {
        refer_to_global_options(command);
    }
    let groups = groups(&root);
    let examples = root.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    root.mut_args(|argument| match argument.is_global_set() {
        true => argument.hide_long_help(false),
        false => argument.hide_short_help(true),
    })
    // They are listed in groups instead.
    .mut_subcommands(|command| command.hide(true))
    .override_usage("gatepass [OPTIONS] <COMMAND>")
    .help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}{{before-help}}{{all-args}}{{after-help}}"
    ))
    // A blank line between the commands and the options, which only the long help has.
    .before_long_help("")
    .after_help(format!("{POINTERS}  ({})", topic_names()))
    .after_long_help(format!("{examples}\n{}", topics()))
}

/// Returns the commands in their groups, with aliases.
fn groups(root: &Command) -> String {
    let (mut text, header) = (String::new(), root.get_styles().get_header());
    for (title, names) in GROUPS {
        let separator = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!("{separator}{header}{title}:{header:#}"));
        for command in names.iter().filter_map(|name| root.find_subcommand(name)) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            text.push_str(&format!("\n  {:13}  {about}", names_of(command)));
        }
    }
    text
}

fn names_of(command: &Command) -> String {
    let names = [command.get_name()].into_iter().chain(command.get_visible_aliases());
    names.collect::<Vec<_>>().join(", ")
}

fn topic_names() -> String {
    TOPICS.map(|topic| topic.name).join(", ")
}

fn topics() -> String {
    let longest = TOPICS.iter().map(|topic| topic.name.len()).max().unwrap_or_default();
    let line = |topic: &Topic| format!("  {:longest$}  {}", topic.name, topic.summary);
    format!("Topics:\n{}", TOPICS.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// Adds the line that refers to the global options to the help of a command and its subcommands.
fn refer_to_global_options(command: &mut Command) {
    let options = match accepts_dry_run(command) {
        true => "--dry-run, --yes and --json",
        false => "--json and --account",
    };
    let pointer = format!("Global options, such as {options}: gatepass help options");
    let long = match command.get_after_long_help() {
        Some(examples) => format!("{examples}\n\n{pointer}"),
        None => pointer.clone(),
    };
    *command = mem::take(command).after_help(pointer).after_long_help(long);
    command.get_subcommands_mut().for_each(refer_to_global_options);
}
