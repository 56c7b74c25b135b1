//! The flags that import an app's legacy key.

use std::{fs::File, io::Read, os::unix::fs::MetadataExt, path::Path};

use clap::Args;
use zeroize::Zeroizing;

use crate::{
    commands::{
        args::input_file::{InputFile, input_file},
        error::{CliError, CommandError, WithMessage},
        session::{Prompt, Session},
    },
    domain::{legacy::LegacyKey, text_encoding::to_utf8},
    ops::{OpError, app::legacy_key::LegacyKeyImport},
};

/// The most bytes to read: more than the longest key has in UTF-16.
const MAX_KEY_BYTES: u64 = 4_096;

/// The source of an app's legacy key.
#[derive(Clone, Debug, Default, Args)]
pub struct LegacyKeyArgs {
    /// Import the app's legacy key from this file
    ///
    /// The file - stands for stdin, or for a prompt at a terminal. A key under 112 bits is refused, because it can be
    /// guessed.
    #[arg(long, value_name = "FILE", help_heading = "Legacy key", value_parser = input_file())]
    legacy_key_file: Option<InputFile>,
    /// Import even a weak key (under 112 bits)
    #[arg(long, requires = "legacy_key_file", help_heading = "Legacy key")]
    allow_weak: bool,
}

impl LegacyKeyArgs {
    /// Reads the key, if a file is given.
    ///
    /// # Errors
    /// When the file can't be read or does not contain a valid key.
    pub fn read(
        &self,
        session: &mut Session<'_, '_>,
    ) -> Result<Option<LegacyKeyImport>, CommandError> {
        let Some(file) = &self.legacy_key_file else { return Ok(None) };
        let text = match file.path() {
            Some(path) => read_file(path, session)?,
            None if session.host.terminal.stdin => session.prompt_hidden(&Prompt {
                text: "Legacy key?",
                missing: "the legacy key",
                hint: "use --legacy-key-file FILE",
            })?,
            None => read_all(session.take_stdin()?).with_message(|| file.read_error())?,
        };
        let key = LegacyKey::parse(to_utf8(&text).trim_ascii());
        let key = key.map_err(|why| CliError::usage("bad_legacy_key", why))?;
        let import = LegacyKeyImport { key, allow_weak: self.allow_weak };
        // Checked here, too, because a new store is created before the key is imported.
        import.check_strength().map_err(OpError::from)?;
        Ok(Some(import))
    }
}

/// Reads a file. If others can read it, that is worth a warning and not an error: the key is exposed already, and it is
/// better to import it and remove the file.
fn read_file(
    path: &Path,
    session: &mut Session<'_, '_>,
) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    let failed = || format!("{} could not be read", path.display());
    let mut file = File::open(path).with_message(failed)?;
    let metadata = file.metadata().with_message(failed)?;
    if metadata.is_file() && metadata.mode() & 0o077 != 0 {
        let (path, mode) = (path.display(), metadata.mode() & 0o777);
        session.notice(&format!(
            "warning: other users can open {path} (mode {mode:04o}); delete it once the key is imported"
        ))?;
    }
    read_all(&mut file).with_message(failed)
}

fn read_all(input: &mut dyn Read) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(Vec::with_capacity(MAX_KEY_BYTES as usize));
    input.take(MAX_KEY_BYTES).read_to_end(&mut text)?;
    Ok(text)
}
