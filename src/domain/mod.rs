//! Types and rules. This module performs no I/O and reads neither clock nor random numbers: instants and entropy are
//! parameters.

pub mod actor;
pub mod audit;
pub mod credential;
pub mod decision;
pub mod directory;
pub mod duration;
pub mod instant;
pub mod legacy;
pub mod notice;
pub mod request;
pub mod seq;
pub mod store_address;
pub mod text_encoding;
pub mod usage;
