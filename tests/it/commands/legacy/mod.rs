//! `legacy`, and the flags of `app` that import a legacy key.

mod fixture;
mod import;
mod policy;
mod report;
