//! Arguments that take one of a few words.

use clap::{
    ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};

/// Returns a parser of the words that `word` returns for `values`. Help, errors and completions list them.
pub fn one_of<T: Copy + Send + Sync>(
    values: &'static [T],
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let words = values.iter().map(move |value| word(*value));
    PossibleValuesParser::new(words).try_map(move |text| {
        values.iter().copied().find(|value| word(*value) == text).ok_or("unknown word")
    })
}

/// A switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnOff {
    On,
    Off,
}

impl OnOff {
    /// Whether the switch is on.
    pub fn is_on(self) -> bool {
        self == Self::On
    }
}
