//! The boundary to a database: the traits that a backend implements and the records that it stores.

pub mod backend;
pub mod batch;
pub mod mode;
pub mod record;
pub mod tables;
