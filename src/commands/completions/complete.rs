//! `complete SHELL …`: what to offer for the word at the cursor, for the completion scripts.
//!
//! It creates no store, waits for no lock and never fails, because a shell has no use for errors during completion. It
//! is an internal subcommand: no help, script or man page lists it.

use std::{ffi::OsString, io::Write, sync::Arc};

use clap_complete::engine::{self, CompletionCandidate};

use super::{
    bash::BashLine,
    live_names::LiveNames,
    values::{Paths, add_completers},
};
use crate::{
    commands::{args::global::GLOBAL_OPTIONS, cli::command_tree},
    exit::Exit,
    host::Host,
    render::text::escape,
    store::StoreDriver,
};

/// The name of the subcommand.
pub const COMPLETE: &str = "complete";

/// What may stand at the cursor.
enum Offers {
    /// The shell's own completion of paths.
    Paths(Paths),
    /// These values, in order.
    Values(Vec<Offer>),
}

/// A value that may stand at the cursor.
struct Offer {
    value: String,
    about: String,
}

/// Prints what to offer. The arguments are the shell, and then for bash the line up to the cursor and what readline
/// replaces, for other shells the words up to the cursor, without their quotes. An error is ignored and offers nothing.
pub fn run(arguments: &[OsString], host: &mut Host<'_>, driver: Arc<dyn StoreDriver>) -> Exit {
    let text = match arguments {
        [shell, line, typed] if shell == "bash" => offer_for_bash(line, typed, host, driver),
        [_, words @ ..] => Some(match offers(words, host, driver) {
            Offers::Paths(paths) => paths.directive(),
            Offers::Values(offers) => offers.iter().map(line_of).collect(),
        }),
        [] => None,
    };
    let stdout = &mut host.stdout;
    let written = stdout.write_all(text.unwrap_or_default().as_bytes());
    written.and_then(|()| stdout.flush()).ok();
    Exit::Success
}

/// Returns the lines for bash, which does not quote what a script offers.
fn offer_for_bash(
    line: &OsString,
    typed: &OsString,
    host: &mut Host<'_>,
    driver: Arc<dyn StoreDriver>,
) -> Option<String> {
    let line = BashLine::parse(line.to_str()?, typed.to_str()?)?;
    if line.is_redirected {
        return Some(Paths::Files.directive());
    }
    Some(match offers(&line.words, host, driver) {
        Offers::Paths(paths) => paths.directive(),
        Offers::Values(offers) => {
            let inserted = offers.iter().filter_map(|offer| line.quote(&offer.value));
            inserted.map(|value| value + "\n").collect()
        }
    })
}

fn line_of(offer: &Offer) -> String {
    format!("{}\t{}\n", offer.value, offer.about)
}

/// Returns what to offer for the last word of a line.
fn offers(words: &[OsString], host: &mut Host<'_>, driver: Arc<dyn StoreDriver>) -> Offers {
    let Some((last, before)) = words.split_last() else { return Offers::Values(Vec::new()) };
    let names = LiveNames::of_line(before, host, driver);
    let mut tree = add_completers(command_tree(), &names);
    let candidates = engine::complete(&mut tree, words.to_vec(), before.len(), None);
    let mut candidates = candidates.unwrap_or_default();
    if let Some(paths) = candidates.iter().find_map(Paths::of_candidate) {
        return Offers::Paths(paths);
    }
    // Flags only where one was begun, or where nothing else is known.
    if last.is_empty() && candidates.iter().any(is_value) {
        candidates.retain(is_value);
    }
    candidates.sort_by_key(is_global);
    Offers::Values(candidates.iter().filter_map(offer).collect())
}

/// Returns whether a candidate is neither a subcommand nor a flag.
fn is_value(candidate: &CompletionCandidate) -> bool {
    candidate.get_id().is_none()
}

/// Returns whether a candidate is a flag that every subcommand accepts.
fn is_global(candidate: &CompletionCandidate) -> bool {
    candidate.get_tag().is_some_and(|tag| tag.to_string() == GLOBAL_OPTIONS)
}

/// Returns a candidate as text. Nothing is offered that a terminal would show otherwise than it is.
fn offer(candidate: &CompletionCandidate) -> Option<Offer> {
    let value = candidate.get_value().to_str()?;
    let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
    let about = escape(help.lines().next().unwrap_or_default()).into_owned();
    (escape(value) == value).then(|| Offer { value: value.to_owned(), about })
}
