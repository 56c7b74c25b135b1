//! Types and rules. Nothing here does I/O, reads a clock or draws randomness by itself:
//! the instant and the entropy are parameters.

pub mod account;
pub mod actor;
pub mod audit;
pub mod credential;
pub mod decision;
pub mod id;
pub mod instant;
pub mod last_use;
pub mod lifetime;
pub mod name;
pub mod reference;
pub mod request;
pub mod secret;
pub mod webhook;
