//! Legacy keys, which apps used before there were tokens, and the policy that phases them out.

mod key;
mod policy;

pub use key::{LegacyKey, LegacyKeyError, STRONG_KEY_BITS};
pub use policy::{LegacyPolicy, LegacyStage, LinkError, parse_link};
