//! The name of a partner on the command line.

use crate::domain::directory::name::Name;

/// Parses the name of a partner.
///
/// # Errors
/// Why it is not valid, and as a tip what to do instead. The report of usage errors makes a hint of the tip.
pub fn parse_partner_name(text: &str) -> Result<Name, String> {
    Name::parse_partner(text).map_err(|why| match why.hint() {
        Some(hint) => format!("{why}\n\n  tip: {hint}"),
        None => why.to_string(),
    })
}
