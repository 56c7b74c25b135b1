//! What is printed of a secret that was just made, beside what it belongs to.

use super::text;
use crate::render::{Record, Value};

/// What became of a secret that was just made.
#[derive(Clone, Copy, Debug)]
pub struct Handed<'a> {
    /// Whether there is a new secret at all.
    pub created: bool,
    /// The secret, if it goes to stdout.
    pub secret: Option<&'a str>,
    /// The file that holds it.
    pub out: Option<&'a str>,
}

/// The names of its fields.
pub const HANDED_FIELDS: &[&str] = &["created", "secret", "out"];

impl Record for Handed<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("created", Value::Bool(self.created));
        put("secret", text(self.secret));
        put("out", text(self.out));
    }
}
