//! Guarantees that must hold whatever happens.

pub(crate) mod pickup;
pub(crate) mod secret_leaks;
pub(crate) mod token_isolation;
