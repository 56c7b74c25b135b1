//! Types and rules. Nothing here does I/O, reads a clock or draws randomness by itself:
//! the instant and the entropy are parameters.

pub mod account;
pub mod actor;
pub mod app;
pub mod audit;
pub mod called;
pub mod credential;
pub mod decision;
pub mod district;
pub mod id;
pub mod instant;
pub mod last_use;
pub mod legacy;
pub mod lifetime;
pub mod limit;
pub mod name;
pub mod owner;
pub mod reference;
pub mod request;
pub mod scope;
pub mod secret;
pub mod webhook;
