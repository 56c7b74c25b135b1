//! The conformance suite of store backends: the cases use only the traits of a backend and the store above it.
//!
//! Add a case here before adding a behaviour. To run the suite on another backend, add a file that implements
//! `BackendSource` and calls `every_case!(tests …)`, as `sqlite.rs` and `remote/suite.rs` do.

mod backend_source;
mod cases;
mod every_case;
pub mod known_bad;
pub mod remote;
mod sqlite;
mod test_store;
