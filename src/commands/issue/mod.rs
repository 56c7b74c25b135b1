//! New secrets: shown once, or written to a file.

pub(super) mod issue_args;
pub(super) mod out_file;
pub(super) mod show_once;
