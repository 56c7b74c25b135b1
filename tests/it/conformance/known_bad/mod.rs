//! Backends with known faults: the suite must fail each of them.

mod apps_and_districts;
pub mod backend;
mod caught;
mod credentials;
pub mod faults;
mod messages;
mod other_tables;
mod usage;
