//! Values that describe an account or a setting of it.

use clap::ValueEnum;

use crate::domain::directory::account::Region;

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

/// Parses the name of a region.
///
/// # Errors
/// A message that lists the regions.
pub fn parse_region(text: &str) -> Result<Region, String> {
    Region::parse(text).ok_or_else(|| {
        let words: Vec<&str> = Region::ALL.iter().map(|region| region.as_str()).collect();
        format!("use one of {}", words.join(", "))
    })
}
