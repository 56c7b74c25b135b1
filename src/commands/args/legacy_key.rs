//! The flags with which an app's legacy key is imported.

use std::{
    fs::File,
    io::Read,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use zeroize::Zeroizing;

use crate::{
    commands::{Session, error::report::CliError},
    domain::legacy::LegacyKey,
    ops::app::legacy_key::LegacyKeyImport,
};

/// More than the longest key and the end of its line.
const MAX_KEY_BYTES: u64 = 1_024;

/// Where an app's legacy key is read from.
#[derive(Clone, Debug, Default, Args)]
pub struct LegacyKeyArgs {
    /// Import the key that the app has had so far from this file; - is stdin, or a question at a terminal
    #[arg(long, value_name = "FILE", help_heading = "Legacy key")]
    legacy_key_file: Option<PathBuf>,
    /// Import it even if it can be guessed (less than 112 bits)
    #[arg(long, requires = "legacy_key_file", help_heading = "Legacy key")]
    allow_weak: bool,
}

impl LegacyKeyArgs {
    /// Reads the key, if one is to be imported.
    ///
    /// # Errors
    /// When it can't be read, or can be no key.
    pub fn read(&self, session: &mut Session<'_, '_>) -> anyhow::Result<Option<LegacyKeyImport>> {
        let Some(path) = &self.legacy_key_file else { return Ok(None) };
        let text = match path.as_os_str() == "-" {
            false => read_file(path, session)?,
            true if session.host.terminal.stdin => {
                session.prompt_hidden("What is the legacy key?", "--legacy-key-file FILE")?
            }
            true => read_all(&mut *session.host.stdin).context("stdin could not be read")?,
        };
        let key = LegacyKey::parse(trim_line_ending(&text));
        let key = key.map_err(|why| CliError::usage("bad_legacy_key", why))?;
        Ok(Some(LegacyKeyImport { key, allow_weak: self.allow_weak }))
    }
}

/// What a file holds. Unlike the key of the store it was not made here, and the harm of a loose mode is done: that is
/// worth a warning, and no reason to leave the key there longer.
fn read_file(path: &Path, session: &mut Session<'_, '_>) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let failed = || format!("{} could not be read", path.display());
    let mut file = File::open(path).with_context(failed)?;
    let found = file.metadata().with_context(failed)?;
    if found.is_file() && found.mode() & 0o077 != 0 {
        let (path, mode) = (path.display(), found.mode() & 0o777);
        writeln!(
            session.host.stderr,
            "warning: others can open {path} (mode {mode:04o}); remove it when the key is imported"
        )?;
    }
    read_all(&mut file).with_context(failed)
}

fn read_all(input: &mut dyn Read) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(Vec::with_capacity(MAX_KEY_BYTES as usize));
    input.take(MAX_KEY_BYTES).read_to_end(&mut text)?;
    Ok(text)
}

fn trim_line_ending(text: &[u8]) -> &[u8] {
    let line = text.strip_suffix(b"\n").unwrap_or(text);
    line.strip_suffix(b"\r").unwrap_or(line)
}
