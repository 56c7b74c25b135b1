//! What the name of a partner must not look like.

/// What a name looks like that is ambiguous as a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resemblance {
    /// A user's e-mail address.
    Email,
    /// A token, by app and district.
    AppDistrict,
    /// An option of the command line, or the `-` that stands for stdin.
    Option,
}

impl Resemblance {
    /// Returns the noun for messages, with its article.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Email => "an e-mail address",
            Self::AppDistrict => "APP/DISTRICT",
            Self::Option => "an option",
        }
    }

    /// Returns what to do instead.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Email => "to create the passcode of a user: gatepass grant-user EMAIL",
            Self::AppDistrict => "to create a token: gatepass grant-app APP --district DISTRICT",
            Self::Option => "choose a name that does not begin with -",
        }
    }
}
