//! Use cases: one file each, one transaction each. They decide; the store answers.

pub mod account;
mod announce;
pub mod app;
pub mod audit;
pub mod change;
pub mod check;
pub mod client;
pub mod create;
pub mod delete;
pub mod deliver;
pub mod delivery;
pub mod district;
pub mod doctor;
pub mod edit;
mod error;
pub mod found;
pub mod grant_user;
pub mod key;
pub mod list;
pub mod look;
pub mod names;
pub mod overlap;
pub mod parties;
mod pickup;
pub mod reset;
pub mod resolve;
pub mod revoke;
pub mod uses;
pub mod verify;
pub mod webhook;

pub use change::{Change, Desk};
pub use delivery::{Delivery, Issued, Outcome, Parcel};
pub use error::{OpError, Party};
pub use look::Look;
pub use names::{Called, Names};
