//! Requests: reads the one secret that a caller presents in the headers of a request.

mod authorization;
mod header_block;
mod presented;
mod target;

pub use authorization::{ClientCredentials, PresentedSecret};
pub use header_block::MAX_HEADER_BYTES;
pub use presented::{ACCOUNT_HEADER, PASSCODE_HEADER, PresentedCredential, RequestError};
pub use target::target_contains_secret;

#[cfg(test)]
mod tests;
