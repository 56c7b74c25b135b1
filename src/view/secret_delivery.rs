//! What is printed of a secret that was just made, beside what it belongs to.

use super::value::optional_text;
use crate::render::{Record, Value};

/// What became of a secret that was just made.
#[derive(Clone, Copy, Debug)]
pub struct SecretDelivery<'a> {
    /// Whether there is a new secret at all.
    pub created: bool,
    /// The secret, if it goes to stdout.
    pub secret: Option<&'a str>,
    /// The file that holds it.
    pub out: Option<&'a str>,
}

/// The names of its fields.
pub const SECRET_DELIVERY_FIELDS: &[&str] = &["created", "secret", "out"];

impl Record for SecretDelivery<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("created", Value::Bool(self.created));
        put("secret", optional_text(self.secret));
        put("out", optional_text(self.out));
    }
}
