//! Whatever is written in two places must agree, and the tree must follow its own rules.

mod completions;
mod database_schema;
mod documents;
mod generated;
mod json_schemas;
mod layers;
mod update;
mod words;
