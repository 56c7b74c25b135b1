//! Types and rules. Nothing here does I/O, reads a clock or draws randomness by itself:
//! the instant and the entropy are parameters.

pub mod actor;
pub mod audit;
pub mod credential;
pub mod decision;
pub mod directory;
pub mod instant;
pub mod legacy;
pub mod notice;
pub mod request;
pub mod usage;
