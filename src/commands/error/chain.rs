//! The text of an error together with its causes.

use std::{error::Error, iter};

/// Returns the error and its causes, outermost first.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = String> + 'a {
    iter::successors(Some(error), |&error| error.source()).map(|cause| cause.to_string())
}

/// Returns the error with its causes; a cause whose text the message already contains is left out.
pub fn full_message(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    for cause in causes(error) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

/// Returns the error with all of its causes, joined with colons.
pub fn chain_text(error: &(dyn Error + 'static)) -> String {
    causes(error).collect::<Vec<_>>().join(": ")
}
