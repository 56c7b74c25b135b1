//! Patterns of names.

use glob::{MatchOptions, Pattern};

use crate::ops::query::filter::NameMatcher;

/// Returns what matches the same texts as the pattern, regardless of case.
pub fn matcher(pattern: Pattern) -> NameMatcher {
    let options = MatchOptions { case_sensitive: false, ..MatchOptions::default() };
    Box::new(move |text: &str| pattern.matches_with(text, options))
}
