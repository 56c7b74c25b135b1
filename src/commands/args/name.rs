//! Names on the command line. The report of usage errors makes a hint of the tip of an error.

use crate::domain::directory::{
    account::AccountId,
    name::{Name, TextError},
};

/// Parses the name of an app, a district or an older account passcode.
///
/// # Errors
/// Why it is not valid, with a tip.
pub fn parse_name(text: &str) -> Result<Name, String> {
    Name::parse(text).map_err(with_tip)
}

/// Parses the new name of a partner.
///
/// # Errors
/// Why it is not valid, with a tip.
pub fn parse_partner_name(text: &str) -> Result<Name, String> {
    Name::parse_partner(text).map_err(with_tip)
}

/// Parses the name of an account. It must not look like an Account ID.
///
/// # Errors
/// Why it is not valid, with a tip.
pub fn parse_account_name(text: &str) -> Result<Name, String> {
    let name = parse_name(text)?;
    match AccountId::parse(&text.to_ascii_uppercase()) {
        Ok(_) => Err(with_tip(TextError::LooksLikeId { what: "the name" })),
        Err(_) => Ok(name),
    }
}

fn with_tip(why: TextError) -> String {
    match why.hint() {
        Some(hint) => format!("{why}\n\n  tip: {hint}"),
        None => why.to_string(),
    }
}
