//! What the stories share: few helpers, each with one job.

pub mod address;
pub mod clock;
pub mod gate;
pub mod http;
pub mod process;
pub mod receiver;
pub mod room;
pub mod run;
pub mod sharing;
pub mod shell;
pub mod shop;
pub mod signals;
pub mod store;
pub mod thorough;
