//! The choice of coloured output.

use serde::Deserialize;

use super::env::{self, Env};

/// When output is coloured, each stream by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColorChoice {
    /// If the stream is a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// Parses `auto`, `always` or `never`. `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(Self::Auto),
            "always" => Some(Self::Always),
            "never" => Some(Self::Never),
            _ => None,
        }
    }

    /// Lets the environment decide [`ColorChoice::Auto`], with the same variables and in the same order as other
    /// programs (those that use the crate anstream): `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`, `TERM`.
    pub fn or_environment(self, env: &Env<'_>) -> Self {
        let is = |name, value| env.get(name).is_some_and(|found| found == value);
        match self {
            Self::Auto if env.get(env::NO_COLOR).is_some() => Self::Never,
            Self::Auto if env.get(env::CLICOLOR_FORCE).is_some_and(|found| found != "0") => {
                Self::Always
            }
            Self::Auto if is(env::CLICOLOR, "0") || is(env::TERM, "dumb") => Self::Never,
            other => other,
        }
    }

    /// Returns whether a stream is coloured.
    pub fn is_on(self, is_terminal: bool) -> bool {
        match self {
            Self::Auto => is_terminal,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_decides_only_what_is_automatic() {
        let decided = |choice: ColorChoice, pairs: &[(&str, &str)]| {
            let variables = pairs.iter().map(|(name, value)| (name.into(), value.into())).collect();
            choice.or_environment(&Env::new(&variables))
        };
        for (pairs, expected) in [
            (&[][..], ColorChoice::Auto),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], ColorChoice::Never),
            (&[("NO_COLOR", "")], ColorChoice::Auto),
            (&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], ColorChoice::Always),
            (&[("CLICOLOR_FORCE", "0")], ColorChoice::Auto),
            (&[("CLICOLOR", "0"), ("TERM", "xterm")], ColorChoice::Never),
            (&[("CLICOLOR", "1"), ("TERM", "xterm")], ColorChoice::Auto),
            (&[("TERM", "dumb")], ColorChoice::Never),
        ] {
            assert_eq!(decided(ColorChoice::Auto, pairs), expected, "{pairs:?}");
            assert_eq!(decided(ColorChoice::Always, pairs), ColorChoice::Always, "{pairs:?}");
            assert_eq!(decided(ColorChoice::Never, pairs), ColorChoice::Never, "{pairs:?}");
        }
    }
}
