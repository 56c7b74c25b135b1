//! Files that arguments name for a secret.

use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};

/// Why `-` is refused. The report of usage errors makes a hint of the tip.
const STDOUT_REFUSED: &str = "- is not a file\n\n  tip: to write a secret to stdout, leave out --out; several secrets need a file";

/// Parses the path of a new file for a secret. `-` is not one: without a file, the secret goes to stdout anyway.
pub fn output_file() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match path.as_os_str() == "-" {
        true => Err(STDOUT_REFUSED),
        false => Ok(path),
    })
}
