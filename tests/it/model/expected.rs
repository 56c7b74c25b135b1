//! The command line of a step and its expected output.

use super::step::Delivery;

/// A word of a command line or of its stdin. The model knows ids and secrets only by number.
#[derive(Clone, Debug)]
pub enum Word {
    Text(String),
    /// The first characters of the id of a credential: its number and a length.
    Id(usize, usize),
    Account(usize),
    Secret(usize),
    /// The path of a new file for secrets.
    Out,
    /// The path of a file with this text.
    File(String),
}

/// A command line and its expected output.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    pub words: Vec<Word>,
    pub input: Vec<Word>,
    pub exit: u8,
    /// The numbers of the credentials that the command prints; `None` if it prints none at all.
    pub printed_credentials: Option<Vec<usize>>,
    /// Whether the command issues secrets.
    pub issues_secrets: bool,
    /// Expected fields of the output.
    pub fields: Vec<(&'static str, serde_json::Value)>,
    /// The seconds by which the clock moves before the command.
    pub clock_advance: i64,
    pub is_dry: bool,
    pub delivery: Delivery,
}

impl Expected {
    /// Returns the name of the command; `None` if the step only moves the clock.
    pub fn command(&self) -> Option<String> {
        match self.words.as_slice() {
            [Word::Text(first), Word::Text(second), ..] if first == "account" => {
                Some(format!("{first} {second}"))
            }
            [Word::Text(first), ..] => Some(first.clone()),
            _ => None,
        }
    }
}
