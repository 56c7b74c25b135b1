//! The file of the mark: its name, and how it is read and written.

use std::{
    cell::Cell,
    fs::{self, File},
    io::{self, Read},
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::line::{format_checkpoint, parse_checkpoint};
use crate::{
    domain::{instant::Instant, store_address::StoreAddress},
    keys::{Keys, paths, secure_fs},
    store::{port::record::Checkpoint, row_mac::RowMac},
};

/// More bytes than a mark has.
const MAX_BYTES: u64 = 256;

/// Where the mark of a store is, and whether the store may contradict it.
#[derive(Clone, Debug)]
pub struct MarkSettings {
    /// The directory of the marks.
    pub directory: PathBuf,
    /// The address of the store. A copy of a store elsewhere has a mark of its own.
    pub store: StoreAddress,
    /// Whether to go on if the store contradicts its mark, and to set the mark anew.
    pub accept: bool,
    /// Whether a dry run must leave the mark unchanged.
    pub is_dry_run: bool,
}

/// What the file of a mark contains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkState {
    /// The mark.
    Valid(Checkpoint),
    /// There is no file.
    Missing,
    /// The file can't be read, is incomplete, or was not written with the key of the store.
    Invalid,
}

/// The history mark of one open store. It is never the reason for an error of the file system: a mark that can't be read
/// or written only protects less.
#[derive(Default)]
pub(in crate::store) struct History {
    /// `None` if no mark is kept.
    settings: Option<MarkSettings>,
    is_checked: Cell<bool>,
}

impl History {
    pub(in crate::store) fn new(settings: Option<MarkSettings>) -> Self {
        Self { settings, is_checked: Cell::new(false) }
    }

    /// Whether a contradiction is accepted.
    pub(in crate::store) fn is_accepted(&self) -> bool {
        self.settings.as_ref().is_some_and(|settings| settings.accept)
    }

    /// Returns whether the mark is to be compared with the store still: once for each time that it is opened.
    pub(in crate::store) fn is_due(&self) -> bool {
        self.settings.is_some() && !self.is_checked.get()
    }

    pub(in crate::store) fn set_checked(&self) {
        self.is_checked.set(true);
    }

    /// Returns the path of a store's mark; `None` to keep none.
    pub(in crate::store) fn path(&self, keys: &Keys, created_at: Instant) -> Option<PathBuf> {
        let MarkSettings { directory, store, .. } = self.settings.as_ref()?;
        Some(directory.join(mark_name(keys, created_at, store)))
    }

    /// Reads the mark of a store.
    pub(in crate::store) fn read(&self, keys: &Keys, created_at: Instant) -> MarkState {
        let Some(path) = self.path(keys, created_at) else { return MarkState::Missing };
        match read_text(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => MarkState::Missing,
            Err(_) => MarkState::Invalid,
            Ok(text) => parse_checkpoint(text.trim_end())
                .and_then(|mark| RowMac::new(keys).verify(mark))
                .map_or(MarkState::Invalid, MarkState::Valid),
        }
    }

    /// Moves the mark of a store to `checkpoint`. A failure is ignored: the mark stays where it was.
    pub(in crate::store) fn set(&self, keys: &Keys, created_at: Instant, checkpoint: Checkpoint) {
        let Some(path) = self.path(keys, created_at) else { return };
        if self.settings.as_ref().is_some_and(|settings| settings.is_dry_run) {
            return;
        }
        let line = format_checkpoint(&RowMac::new(keys).authenticate(checkpoint)) + "\n";
        let _written = path
            .parent()
            .map_or(Ok(()), secure_fs::create_private_dir)
            .and_then(|()| secure_fs::replace_unsynced(&path, line.as_bytes()));
    }
}

/// Returns the 16 hexadecimal digits that name the mark of a store. They depend on the key, on the time of creation, which
/// is in the authenticated head, and on the address: nobody who can only write the store can make it use another mark.
fn mark_name(keys: &Keys, created_at: Instant, store: &StoreAddress) -> String {
    let StoreAddress::Sqlite(path) = store;
    let path = paths::canonical(path).unwrap_or_else(|_| path.clone());
    let hash = Sha256::new()
        .chain_update(keys.check_value())
        .chain_update(created_at.unix().to_be_bytes())
        .chain_update(path.as_os_str().as_bytes())
        .finalize();
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    File::open(path)?.take(MAX_BYTES).read_to_string(&mut text)?;
    Ok(text)
}
