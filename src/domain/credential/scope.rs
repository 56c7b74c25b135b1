//! Scopes of tokens.

use std::fmt;

/// The most scopes that a token can have.
pub const MAX_SCOPES: usize = 100;
/// The most characters of one scope.
const MAX_SCOPE_LENGTH: usize = 100;

/// A scope such as `read:students`: two words of lower-case letters, digits and `_`, separated by a colon. Only the API
/// knows what the words mean. A scope covers itself and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope(String);

/// Why a text is not a scope, or not a list of scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// The text does not have the form of a scope.
    #[error(
        "a scope must look like read:students: two words of a-z, 0-9 and _, separated by a colon"
    )]
    Malformed,
    /// The text contains a wildcard.
    #[error("a scope cannot contain *; list each scope")]
    Wildcard,
    /// The scope is too long.
    #[error("a scope can have at most {MAX_SCOPE_LENGTH} characters")]
    TooLong,
    /// There are more than [`MAX_SCOPES`] scopes.
    #[error("a token can have at most {MAX_SCOPES} scopes")]
    TooMany,
    /// There are no scopes.
    #[error("a token needs at least one scope")]
    Empty,
}

impl Scope {
    /// Parses one scope.
    ///
    /// # Errors
    /// The text is not a scope.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        if text.contains('*') {
            return Err(ScopeError::Wildcard);
        }
        if text.len() > MAX_SCOPE_LENGTH {
            return Err(ScopeError::TooLong);
        }
        let is_word = |word: &str| {
            word.starts_with(|first: char| first.is_ascii_lowercase())
                && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        };
        match text.split_once(':') {
            Some((verb, what)) if is_word(verb) && is_word(what) => Ok(Self(text.to_owned())),
            _ => Err(ScopeError::Malformed),
        }
    }

    /// The scope as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The scopes of a token, each once and in alphabetical order, separated by spaces (RFC 6749, section 3.3). Empty for
/// all other credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scopes(String);

impl Scopes {
    /// No scopes.
    pub const NONE: Self = Self(String::new());

    /// Sorts scopes and removes duplicates.
    ///
    /// # Errors
    /// There are no scopes, or too many.
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Result<Self, ScopeError> {
        let mut all: Vec<Scope> = scopes.into_iter().collect();
        all.sort();
        all.dedup();
        match all.len() {
            0 => Err(ScopeError::Empty),
            1..=MAX_SCOPES => Ok(Self(all.iter().map(Scope::as_str).collect::<Vec<_>>().join(" "))),
            _ => Err(ScopeError::TooMany),
        }
    }

    /// Parses scopes that are separated by white space.
    ///
    /// # Errors
    /// One of them is not a scope, or there are none or too many.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let all: Vec<Scope> =
            text.split_whitespace().map(Scope::parse).collect::<Result<_, _>>()?;
        Self::new(all)
    }

    /// Scopes from a stored record. They were validated before they were stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The scopes as text, separated by spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Iterates over the scopes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }

    /// Whether there are no scopes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether `scopes` contains each of the `required` scopes. No scope covers another. A requirement without a scope is
/// never met, since it can only be a mistake of the caller.
pub fn covers(scopes: &str, required: &str) -> bool {
    let has = |required: &str| scopes.split_ascii_whitespace().any(|scope| scope == required);
    let mut required = required.split_ascii_whitespace().peekable();
    required.peek().is_some() && required.all(has)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_scope_has_two_words() {
        let longest = format!("read:{}", "a".repeat(95));
        for valid in
            ["read:students", "read:students_basic", "write:x2", "r:s", "r_1:s_2", &longest]
        {
            assert_eq!(Scope::parse(valid).unwrap().as_str(), valid);
        }
        for bad in [
            "", ":", "read", "read:", ":x", "read:a:b", "Read:a", "read:A", "rEad:a", "read: a",
            " read:a", "read:a ", "read:ä", "read:_a", "_read:a", "1read:a", "read:1a", "read-x:a",
        ] {
            assert_eq!(Scope::parse(bad), Err(ScopeError::Malformed), "{bad:?}");
        }
        for wildcard in ["*", "read:*", "*:students", "read:a*"] {
            assert_eq!(Scope::parse(wildcard), Err(ScopeError::Wildcard), "{wildcard:?}");
        }
        assert_eq!(Scope::parse(&format!("{longest}a")), Err(ScopeError::TooLong));
    }

    #[test]
    fn scopes_are_deduplicated_and_sorted() {
        let scopes = Scopes::parse("read:teachers  read:students read:teachers").unwrap();
        assert_eq!(scopes.as_str(), "read:students read:teachers");
        assert_eq!(scopes.iter().count(), 2);
        assert_eq!(Scopes::parse(" "), Err(ScopeError::Empty));
        assert_eq!(Scopes::parse(""), Err(ScopeError::Empty));
        let many = |count: usize| (0..count).map(|n| format!("read:a{n} ")).collect::<String>();
        assert_eq!(Scopes::parse(&many(MAX_SCOPES)).unwrap().iter().count(), MAX_SCOPES);
        let twice = many(MAX_SCOPES).repeat(2);
        assert_eq!(Scopes::parse(&twice).unwrap().iter().count(), MAX_SCOPES);
        assert_eq!(Scopes::parse(&many(MAX_SCOPES + 1)), Err(ScopeError::TooMany));
    }

    #[test]
    fn a_scope_covers_only_itself() {
        let scopes = "read:students read:teachers";
        assert!(covers(scopes, "read:students") && covers(scopes, "read:teachers read:students"));
        for other in [
            "read:student",
            "read:students_basic",
            "read:sections",
            "read",
            "*",
            "read:students read:x",
            "read:x read:students",
            "READ:STUDENTS",
            "read:Students",
            "Read:students",
        ] {
            assert!(!covers(scopes, other), "{other}");
        }
        assert!(!covers("", "read:students"));
        assert!(!covers(scopes, " ") && !covers("", ""));
    }

    proptest! {
        /// Nothing but the exact text of each required scope is enough.
        #[test]
        fn scopes_are_compared_exactly(scopes in "([abAB] ?){0,8}", required in "([abAB] ?){0,4}") {
            let [has, needs]: [BTreeSet<&str>; 2] =
                [&scopes, &required].map(|text| text.split_ascii_whitespace().collect());
            prop_assert_eq!(covers(&scopes, &required), !needs.is_empty() && needs.is_subset(&has));
        }
    }
}
