//! A text with console blocks: its commands, the output that it shows, and the instant as of which it was written.

use std::collections::HashSet;

use gatepass::domain::instant::Instant;

/// Precedes the instant as of which a text is written.
const AS_OF: &str = "as of ";

/// The console blocks of a text.
#[derive(Clone)]
pub struct Text {
    /// The commands, in the order in which they run.
    pub steps: Vec<Step>,
    /// The instant as of which the expected output is written.
    pub written: Instant,
}

/// A command and the output that the text shows below it.
#[derive(Clone)]
pub struct Step {
    /// The command, without its prompt.
    pub command: String,
    /// The lines of its output.
    pub expected: Vec<String>,
}

impl Text {
    /// Reads a text. It must say `as of INSTANT` somewhere outside of its console blocks.
    pub fn read(text: &str) -> Self {
        let (mut steps, mut written, mut is_inside) = (Vec::<Step>::new(), None, false);
        for line in text.lines() {
            match line.strip_prefix("$ ") {
                _ if line.starts_with("```") => is_inside = line == "```console",
                Some(command) if is_inside => {
                    steps.push(Step { command: command.to_owned(), expected: Vec::new() });
                }
                None if is_inside => steps.last_mut().unwrap().expected.push(line.to_owned()),
                _ => written = written.or_else(|| as_of(line)),
            }
        }
        Self { steps, written: written.expect("the text does not say `as of INSTANT`") }
    }

    /// Returns the dates that the commands contain; output repeats them as they are.
    pub fn typed_dates(&self) -> HashSet<&str> {
        let words = self.steps.iter().flat_map(|step| {
            step.command.split(|c: char| !(c.is_ascii_digit() || c == '-')).map(|word| {
                // An option may stand right before a date, as in `--until=2027-01-31`.
                word.trim_matches('-')
            })
        });
        words
            .filter(|word| Instant::parse_rfc3339(&format!("{word}T00:00:00Z")).is_some())
            .collect()
    }
}

/// Returns the instant after `as of` in a line.
fn as_of(line: &str) -> Option<Instant> {
    let (_, after) = line.split_once(AS_OF)?;
    Instant::parse_rfc3339(after.get(..20)?)
}
