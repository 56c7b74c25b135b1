//! What a step must come to: what is typed, and what is answered.

/// A word of a command line or of its input, as far as the model can know it.
#[derive(Clone, Debug)]
pub enum Word {
    Text(String),
    /// The id of a credential, or that many characters of it.
    Id(usize, usize),
    Account(usize),
    Secret(usize),
    /// A new file for secrets.
    Out,
    /// A file with this text.
    File(String),
}

/// What a step must come to.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    pub words: Vec<Word>,
    pub input: Vec<Word>,
    pub exit: u8,
    /// The numbers of the credentials that the command prints, if it prints any.
    pub printed_credentials: Option<Vec<usize>>,
    /// Whether it makes new secrets, which must then be delivered.
    pub issues_secrets: bool,
    /// What fields of its output must be.
    pub fields: Vec<(&'static str, serde_json::Value)>,
    /// How far the clock moves before the command, in seconds.
    pub clock_advance: i64,
    pub is_dry: bool,
}

impl Expected {
    /// The words that name the command, if there is one.
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
