//! The scopes of a token on the command line.

use crate::{
    commands::error::CliError,
    domain::credential::scope::{Scope, ScopeError, Scopes},
};

/// The value of one `--scope`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeList(Vec<Scope>);

impl ScopeList {
    /// Parses scopes that are separated by spaces or commas.
    ///
    /// # Errors
    /// When a scope is not valid, or the list is empty.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let words = text.split([' ', ',']).filter(|word| !word.is_empty());
        let scopes = words.map(Scope::parse).collect::<Result<Vec<_>, _>>()?;
        if scopes.is_empty() { Err(ScopeError::Empty) } else { Ok(Self(scopes)) }
    }
}

/// Merges the values of all `--scope` flags.
///
/// # Errors
/// A usage error when there is no scope or too many.
pub fn merge_scopes(lists: &[ScopeList]) -> Result<Scopes, CliError> {
    let all = lists.iter().flat_map(|list| list.0.iter().cloned());
    Scopes::new(all).map_err(|why| CliError::usage("bad_scope", why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_separated_by_spaces_and_commas() {
        let read = |lists: &[&str]| {
            let lists: Vec<_> = lists.iter().map(|list| ScopeList::parse(list).unwrap()).collect();
            merge_scopes(&lists).unwrap().as_str().to_owned()
        };
        assert_eq!(read(&["read:b", "read:a"]), "read:a read:b");
        assert_eq!(read(&["read:b, read:a,read:a  read:c"]), "read:a read:b read:c");
        assert_eq!(ScopeList::parse(" , "), Err(ScopeError::Empty));
        assert_eq!(ScopeList::parse("read:a;read:b"), Err(ScopeError::Malformed));
        assert_eq!(ScopeList::parse("read:a\nread:b"), Err(ScopeError::Malformed));
    }
}
