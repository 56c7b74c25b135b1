//! Types and rules. Nothing here does I/O, reads a clock or draws randomness by itself:
//! the instant and the entropy are parameters.

pub mod instant;
