//! What scripts rely on: rules that every command keeps.

mod closed_pipe;
mod columns;
mod dry_run;
mod filters;
mod full_stdout;
mod if_missing;
mod json_errors;
mod quiet;
mod samples;
mod twice;
