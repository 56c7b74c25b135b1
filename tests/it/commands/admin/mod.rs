//! Commands for the store, its key and its audit log.

mod audit;
mod doctor;
mod key;
mod settings;
mod status;
