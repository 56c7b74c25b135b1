//! What the stories share: few helpers, each with one job.

pub mod run;
pub mod shell;
