//! The door, for last uses. They are sealed like everything else, but no change of a credential: they have no audit
//! record, and nothing is decided by them.

use super::{StoreError, door::Transaction, record::Sealed, seal::Sealer};
use crate::domain::last_use::LastUse;

impl Transaction<'_> {
    /// The last use of the credential with this number; `None` when it was never used.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn last_use(&self, seq: i64) -> Result<Option<LastUse>, StoreError> {
        let row = self.raw.find_last_use(seq)?;
        row.map(|row| opened(&self.sealer, row, seq)).transpose()
    }

    /// Whether any credential was ever used.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn has_last_uses(&self) -> Result<bool, StoreError> {
        self.raw.has_last_uses()
    }

    /// Adds uses to those of the same credential, which must exist. Its last use never goes back.
    ///
    /// # Errors
    /// When those before do not verify, or the store can't be written.
    pub fn note_use(&mut self, used: LastUse) -> Result<(), StoreError> {
        let all = match self.last_use(used.credential)? {
            Some(before) => before.and(used),
            None => used,
        };
        self.raw.put_last_use(&self.sealer.seal(all))
    }
}

/// A last use, if its seal is right and it is that of the credential with this number.
pub(super) fn opened(
    sealer: &Sealer<'_>,
    row: Sealed<LastUse>,
    seq: i64,
) -> Result<LastUse, StoreError> {
    let last_use = sealer.open(row).filter(|last_use| last_use.credential == seq);
    last_use.ok_or_else(|| {
        StoreError::integrity(format!("the last use of credential number {seq} was altered"))
    })
}
