//! Runs the guide on a store behind a network.

use std::{fs, time::Instant as Timer};

use super::{
    GUIDE, compare,
    remote::{MADE, Remote},
    stage::{Clock, Run},
    text::Text,
};
use crate::support::process::{TestHome, is_full, print_figure};

/// What gatepass says of a secret whose delivery was not recorded.
const NEVER_DISPLAYED: &str = "never displayed";

/// A story that makes a change of each kind.
const SHORT: &str = "as of 2026-11-22T07:48:33Z
```console
$ gatepass create partner-a --days 90 --out partner-a.secret --quiet
Created key ~/.config/gatepass/key; back it up: gatepass key export --out FILE
Created store ~/.local/share/gatepass/store.db (account 948-4KK-444Z).
pc_6dad1146752a50298874ecb2
The secret is in partner-a.secret; it will not be shown again.
$ gatepass create partner-b --days 200 --out partner-b.secret --quiet
pc_a283985c39b740de165f8555
The secret is in partner-b.secret; it will not be shown again.
$ gatepass verify --quiet <partner-b.secret
pc_a283985c39b740de165f8555
$ gatepass reset partner-b --yes --out new.secret --quiet
pc_a283985c39b740de165f8555
The secret is in new.secret; it will not be shown again.
$ gatepass verify --quiet <new.secret
pc_a283985c39b740de165f8555
$ gatepass verify --quiet <partner-b.secret; echo $?
pc_a283985c39b740de165f8555
13
$ gatepass delete partner-b --yes
Deleted partner-b (pc_a283985c39b740de165f8555).
$ gatepass audit list --field action
account-add
create
create
reset
delete
$ gatepass key export --out gatepass-key.copy
The key …
$ gatepass doctor
store    …
key      …
account  …
No problems found
$ gatepass list --quiet
pc_6dad1146752a50298874ecb2
```
";

/// Runs the console blocks of a text. Panics unless they print what the text shows. Returns what the operators noted.
fn run_document(remote: &Remote, text: &str) -> Notes {
    let (text, home, began) = (Text::read(text), TestHome::new(), Timer::now());
    let mut run = Run::in_home(&home, &text, Clock::Running, Some(remote));
    let has_warned =
        |line: &String| line.starts_with("warning: ") && line.contains(NEVER_DISPLAYED);
    if run.outputs.iter().flatten().any(|line| line == MADE || has_warned(line)) {
        run.outputs.iter_mut().for_each(remove_delivery_notes);
    }
    let notes = Notes::read(&home);
    print_figure(&format!("remote: {notes:?} in {:.1?}", began.elapsed()));
    compare(&text, &run).unwrap_or_else(|complaint| panic!("{complaint}"));
    notes
}

/// Removes that the secret of a credential was never displayed. The connection may have been lost before its delivery was
/// recorded.
fn remove_delivery_notes(lines: &mut Vec<String>) {
    lines.retain(|line| {
        let is_message = line.starts_with("warning: ") || line.starts_with("advice: ");
        !(is_message && line.contains(NEVER_DISPLAYED))
    });
    for line in lines {
        if let Some(rest) = line.strip_suffix(NEVER_DISPLAYED) {
            *line = rest.to_owned();
        }
    }
}

/// How often something happened to the operators of a document and to its gate.
#[derive(Debug)]
struct Notes {
    /// A command was run.
    commands: usize,
    /// An attempt changed nothing, because the connection was lost.
    unchanged: usize,
    /// A change was made whose outcome was unknown.
    made: usize,
    /// A change was not made whose outcome was unknown.
    not_made: usize,
    /// The gate logged that the connection was lost.
    gate_losses: usize,
}

impl Notes {
    fn read(home: &TestHome) -> Self {
        let files = fs::read_dir(home.path("notes")).unwrap().map(|file| file.unwrap().path());
        let notes: Vec<String> = files.map(|file| fs::read_to_string(file).unwrap()).collect();
        let log = fs::read_to_string(home.path("gate.log")).unwrap_or_default();
        let count = |note| {
            notes.iter().flat_map(|notes| notes.lines()).filter(|line| *line == note).count()
        };
        Self {
            commands: notes.len(),
            unchanged: count("exit 6"),
            made: count(MADE),
            not_made: count("the change was not made"),
            gate_losses: log.lines().filter(|line| line.contains("connection lost")).count(),
        }
    }
}

#[test]
fn the_guide_runs_on_a_remote_store() {
    // At full size, other connections are lost each time.
    let seeds = if is_full() { 1..=10 } else { 3..=3 };
    for seed in seeds {
        let notes = run_document(&Remote { seed, ..Remote::default() }, GUIDE);
        assert!(notes.commands > 20 && notes.unchanged > 10, "{notes:?}");
        assert!(notes.gate_losses > 0, "{notes:?}");
    }
}

#[test]
fn changes_whose_outcome_is_unknown_are_resolved() {
    let answer = run_document(&Remote { losses: "first-answer", ..Remote::default() }, SHORT);
    assert_eq!((answer.unchanged, answer.made, answer.not_made), (1, 4, 0));
    let request = run_document(&Remote { losses: "first-request", ..Remote::default() }, SHORT);
    assert_eq!((request.unchanged, request.made, request.not_made), (1, 0, 4));
}

#[test]
#[should_panic(expected = "partner-b already exists")]
fn an_operator_who_repeats_a_change_that_was_made_is_noticed() {
    run_document(
        &Remote { losses: "first-answer", mistake: "repeats-unknown-changes", ..Remote::default() },
        SHORT,
    );
}

#[test]
#[should_panic(expected = "the store is an older copy")]
fn an_acknowledged_change_that_was_not_made_is_noticed() {
    run_document(
        &Remote {
            losses: "first-request",
            mistake: "acknowledges-lost-commits",
            ..Remote::default()
        },
        SHORT,
    );
}
