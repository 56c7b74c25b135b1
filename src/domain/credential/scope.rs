//! Scopes: what a token may be used for.

use std::fmt;

/// How many scopes a token has at most.
pub const MAX_SCOPES: usize = 100;
/// The most characters of one scope.
const MAX_SCOPE_LENGTH: usize = 100;

/// One scope, such as `read:students`: two words of lower-case letters, digits and `_`, with a colon between them. What
/// the words mean is for the API to know; a scope covers itself and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope(String);

/// A text that is not a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// It has another shape.
    #[error(
        "a scope looks like read:students: two words of a-z, 0-9 and _, with a colon between them"
    )]
    Malformed,
    /// It is meant to stand for several.
    #[error("a scope covers itself and nothing else: name each one instead of *")]
    Wildcard,
    /// It is too long.
    #[error("a scope has at most {MAX_SCOPE_LENGTH} characters")]
    TooLong,
    /// There are too many.
    #[error("a token has at most {MAX_SCOPES} scopes")]
    TooMany,
    /// There is none.
    #[error("a token has at least one scope")]
    Empty,
}

impl Scope {
    /// Reads a scope.
    ///
    /// # Errors
    /// When it is none.
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

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The scopes of a token: each once, in alphabetical order, with spaces between them (RFC 6749, section 3.3). What is
/// no token has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scopes(String);

impl Scopes {
    /// No scopes.
    pub const NONE: Self = Self(String::new());

    /// Puts scopes together.
    ///
    /// # Errors
    /// When there are none, or too many.
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

    /// Reads scopes with white space between them.
    ///
    /// # Errors
    /// When one is none, there are none, or too many.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let all: Vec<Scope> =
            text.split_whitespace().map(Scope::parse).collect::<Result<_, _>>()?;
        Self::new(all)
    }

    /// Scopes as a store has them: they were read before.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// As they are written, with spaces between them.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether `scopes`, as they are written, hold each one of those that are demanded. No scope stands for another, and
/// none are enough for a demand that names none: whoever wrote it meant something by it.
pub fn covers(scopes: &str, demanded: &str) -> bool {
    let has = |demanded: &str| scopes.split_ascii_whitespace().any(|scope| scope == demanded);
    let mut demanded = demanded.split_ascii_whitespace().peekable();
    demanded.peek().is_some() && demanded.all(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_has_two_words() {
        for good in ["read:students", "read:students_basic", "write:x2"] {
            assert_eq!(Scope::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "read", "read:", ":x", "read:a:b", "Read:a", "read: a", "read:ä", "read:_a"]
        {
            assert_eq!(Scope::parse(bad), Err(ScopeError::Malformed), "{bad:?}");
        }
        assert_eq!(Scope::parse("read:*"), Err(ScopeError::Wildcard));
        assert_eq!(Scope::parse(&format!("read:{}", "a".repeat(96))), Err(ScopeError::TooLong));
    }

    #[test]
    fn scopes_are_deduplicated_and_sorted() {
        let scopes = Scopes::parse("read:teachers  read:students read:teachers").unwrap();
        assert_eq!(scopes.as_str(), "read:students read:teachers");
        assert_eq!(scopes.iter().count(), 2);
        assert_eq!(Scopes::parse(" "), Err(ScopeError::Empty));
        let many = (0..=MAX_SCOPES).map(|n| format!("read:a{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(Scopes::parse(&many), Err(ScopeError::TooMany));
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
        ] {
            assert!(!covers(scopes, other), "{other}");
        }
        assert!(!covers("", "read:students"));
        assert!(!covers(scopes, " ") && !covers("", ""));
    }
}
