//! A stand-in for a database on another machine: SQLite behind a network that counts round trips, delays them and
//! loses connections. A backend for such a database is tested in the same way.

mod backend;
mod budgets;
mod commit_in_doubt;
pub mod driver;
mod faults;
pub mod gate;
mod install;
mod lost_connections;
pub mod network;
mod network_cases;
mod suite;
mod tables;
