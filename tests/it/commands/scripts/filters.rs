//! Filters: an unknown name is an error, not an empty list.

use clap::{Arg, Command};
use gatepass::command_tree;

use super::samples::{Effect, SAMPLES, Sample, sample_env};

/// Texts that name nothing, by the name of the value.
const UNKNOWN: &[(&str, &str)] = &[
    ("APP", "nobody"),
    ("DISTRICT", "nobody"),
    ("REFERENCE", "nobody"),
    ("EMAIL", "nobody@example.org"),
    ("ACCOUNT", "111-111-1111"),
];

#[test]
fn an_unknown_name_in_a_filter_is_not_found() {
    let tree = command_tree();
    let mut tried = 0;
    for sample in SAMPLES.iter().filter(|sample| sample.effect == Effect::Reads) {
        for (option, unknown) in filters(&tree, sample) {
            let output = sample.run(&format!("{option} {unknown}"));
            let line = format!("{} {option} {unknown}\n{output}", sample.line());
            assert_eq!((output.exit, output.stdout.as_str()), (3, ""), "{line}");
            assert!(output.stderr.contains(&format!("{unknown} not found")), "{line}");
            tried += 1;
        }
    }
    assert!(tried > 15, "only {tried} filters were found");
}

#[test]
fn a_user_whose_passcode_was_deleted_is_known() {
    let mut env = sample_env();
    env.run_ok("delete ann@x.org --yes");
    assert_eq!(env.run_ok("list --user ANN@x.org -q"), "");
    assert_eq!(env.run_ok("list --user ann@x.org --all -q").lines().count(), 1);
}

/// Returns the options of a sample's command that take the name of a record, each with a name that nothing has.
fn filters(tree: &Command, sample: &Sample) -> Vec<(String, &'static str)> {
    let command = sample.verb.split(' ').fold(tree, |command, name| {
        command.find_subcommand(name).unwrap_or_else(|| panic!("no subcommand {name}"))
    });
    let arguments =
        command.get_arguments().chain(tree.get_arguments().filter(|one| is_account(one)));
    let options = arguments.filter_map(|argument| {
        let name = argument.get_value_names()?.first()?.as_str();
        let (_, unknown) = UNKNOWN.iter().find(|(value, _)| *value == name)?;
        Some((format!("--{}", argument.get_long()?), *unknown))
    });
    options.filter(|(option, _)| option != "--account" || selects_account(sample)).collect()
}

fn is_account(argument: &Arg) -> bool {
    argument.get_long() == Some("account")
}

/// Whether an account restricts what the command shows. `verify` only requires it of the secret, `doctor` checks the whole
/// store, and `status` reports that it does not exist.
fn selects_account(sample: &Sample) -> bool {
    let opens_store = !["schema", "proxy-config", "completions", "man"]
        .iter()
        .any(|verb| sample.verb.starts_with(verb));
    opens_store && !["verify", "doctor", "status"].contains(&sample.verb)
}
