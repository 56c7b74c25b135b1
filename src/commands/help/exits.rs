//! The exit codes that each command can have.

use clap::Command;

use crate::{
    commands::args::subcommand::accepts_dry_run,
    exit::Exit::{self, *},
};

/// Commands that open no store.
const WITHOUT_STORE: &[&str] =
    &["completions", "help", "man", "proxy-config", "schema list", "schema show"];

/// Exit codes that a command never has, although commands of its kind do.
const NEVER: &[(&str, &[Exit])] = &[
    ("key import", &[NotFound, Unknown]),
    ("serve", &[Interrupted]),
    ("store migrate", &[Conflict]),
];

/// Returns the exit codes that the command at `path`, such as `app add`, can have, in ascending order.
pub fn exits(path: &str, command: &Command) -> Vec<Exit> {
    if path == "check" {
        // As monitoring plugins: OK, warning, critical, unknown.
        return vec![Success, Failed, Usage, NotFound];
    }
    let has_store = !WITHOUT_STORE.contains(&path);
    let changes = accepts_dry_run(command);
    let never = NEVER.iter().filter(|(other, _)| *other == path).flat_map(|(_, exits)| *exits);
    let never: Vec<&Exit> = never.collect();
    let can_have = |exit: &Exit| match exit {
        // Every command reads the configuration file.
        Success | Failed | Usage | Busy | Interrupted => true,
        // A reference can be ambiguous: at least the name of the account, which every command with a store accepts.
        NotFound | Conflict | Refused | Integrity => has_store,
        CapReached => path == "create",
        Unknown => changes,
        VerifyUnknown | VerifyExpired | VerifyRevoked | VerifyReplaced | VerifyNotAllowed => {
            path == "verify"
        }
    };
    Exit::ALL.into_iter().filter(|exit| can_have(exit) && !never.contains(&exit)).collect()
}
