//! The decision about a secret, compared with the one that the documentation describes.

mod comparison;
pub mod expected;
