//! Decisions and the responses that report them.

mod legacy_keys;
mod rate_limits;
mod rejections;
mod responses;
mod tokens;
mod verify_agreement;
mod wire;
