//! Whatever is written in two places must agree.

pub(crate) mod completions;
mod documents;
pub(crate) mod generated;
pub(crate) mod json_schemas;
pub(crate) mod layers;
mod update;
