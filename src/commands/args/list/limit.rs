//! The length of lists.

/// Parses the argument of `--limit`.
///
/// # Errors
/// The text is not a whole number.
pub fn parse_limit(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "use a whole number")
}
