//! The synopsis of a man page: every option with its value, then the arguments, in their order.

use clap::{Arg, ArgGroup, Command};

use super::roff::escape;

/// Returns the synopsis of a command, in roff.
pub fn synopsis(command: &Command) -> String {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let mut parts = vec![format!("\\fB{name}\\fR")];
    if command.get_bin_name().is_none_or(|name| !name.contains(' ')) {
        parts.push("[\\fIGLOBAL OPTIONS\\fR]".to_owned());
    }
    let (options, positionals): (Vec<&Arg>, Vec<&Arg>) =
        shown_arguments(command).partition(|argument| !argument.is_positional());
    let mut done = Vec::new();
    for argument in options.into_iter().chain(positionals) {
        match required_group(command, argument) {
            Some(group) if done.contains(&group.get_id()) => {}
            Some(group) => {
                done.push(group.get_id());
                parts.push(group_text(command, group));
            }
            None if argument.is_required_set() => parts.push(argument_text(argument)),
            None => parts.push(format!("[{}]", argument_text(argument))),
        }
    }
    if command.has_subcommands() {
        parts.push("\\fICOMMAND\\fR".to_owned());
    }
    parts.join("\n")
}

/// Returns the arguments of its own.
fn shown_arguments(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|argument| {
        let is_own = !argument.is_global_set() && !argument.is_hide_set();
        is_own && argument.get_id() != "help" && argument.get_id() != "version"
    })
}

fn required_group<'c>(command: &'c Command, argument: &Arg) -> Option<&'c ArgGroup> {
    let mut groups = command.get_groups();
    groups
        .find(|group| group.is_required_set() && group.get_args().any(|id| id == argument.get_id()))
}

/// Returns the choices of a group, of which one is required.
fn group_text(command: &Command, group: &ArgGroup) -> String {
    let ids: Vec<_> = group.get_args().collect();
    let members = shown_arguments(command).filter(|argument| ids.contains(&argument.get_id()));
    let texts: Vec<_> = members.map(argument_text).collect();
    let more = if group.clone().is_multiple() { "..." } else { "" };
    format!("{{{}}}{more}", texts.join("\n| "))
}

fn argument_text(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    let value =
        names.iter().map(|name| format!("\\fI{}\\fR", name.as_str())).collect::<Vec<_>>().join(" ");
    let range = argument.get_num_args().unwrap_or_default();
    let text = match argument.get_long() {
        None => value,
        Some(long) if !argument.get_action().takes_values() => {
            format!("\\fB\\-\\-{}\\fR", escape(long))
        }
        Some(long) if range.min_values() == 0 => {
            format!("\\fB\\-\\-{}\\fR [{value}]", escape(long))
        }
        Some(long) => format!("\\fB\\-\\-{}\\fR {value}", escape(long)),
    };
    let is_repeatable = matches!(argument.get_action(), clap::ArgAction::Append);
    if is_repeatable { text + "..." } else { text }
}
