//! The columns that credentials and apps have for their secrets.

use super::column::{Column, InvalidValue, RawRow, RowReader, RowValues};
use crate::domain::credential::{Retiring, Secrets, Undelivered, secret::Digest};

/// The columns of the current, the retiring and the undelivered secret.
pub(super) struct SecretsColumns<C> {
    pub(super) generation: C,
    pub(super) current: C,
    pub(super) created_at: C,
    pub(super) delivered_at: C,
    pub(super) retiring: C,
    pub(super) retiring_until: C,
    pub(super) retiring_until_used: C,
    pub(super) replacement_used: C,
    pub(super) undelivered: C,
    pub(super) undelivered_at: C,
    pub(super) discarded: C,
}

impl<C: Column> SecretsColumns<C> {
    pub(super) fn write<'r>(&self, values: &mut RowValues<'r, C>, secrets: &'r Secrets) {
        let retiring = secrets.retiring.as_ref();
        values.int(self.generation, secrets.generation);
        values.optional_digest(self.current, secrets.current.as_ref());
        values.instant(self.created_at, secrets.created_at);
        values.optional_instant(self.delivered_at, secrets.delivered_at);
        values.optional_digest(self.retiring, retiring.map(|old| &old.digest));
        values.optional_instant(self.retiring_until, retiring.map(|old| old.until));
        values.int(self.retiring_until_used, retiring.is_some_and(|old| old.until_used));
        values.int(self.replacement_used, retiring.is_some_and(|old| old.replacement_used));
        let undelivered = secrets.undelivered.as_ref();
        values.optional_digest(self.undelivered, undelivered.map(|new| &new.digest));
        values.optional_instant(self.undelivered_at, undelivered.map(|new| new.created_at));
        values.int(self.discarded, secrets.discarded);
    }

    pub(super) fn read<R: RawRow>(
        &self,
        row: &RowReader<'_, R, C>,
    ) -> Result<Secrets, InvalidValue> {
        let retiring = match row.optional_bytes(self.retiring)? {
            Some(digest) => Some(Retiring {
                digest: Digest(digest),
                until: row.instant(self.retiring_until)?,
                until_used: row.flag(self.retiring_until_used)?,
                replacement_used: row.flag(self.replacement_used)?,
            }),
            None => None,
        };
        let undelivered = match row.optional_bytes(self.undelivered)? {
            Some(digest) => Some(Undelivered {
                digest: Digest(digest),
                created_at: row.instant(self.undelivered_at)?,
            }),
            None => None,
        };
        Ok(Secrets {
            generation: row.int(self.generation)?,
            current: row.optional_bytes(self.current)?.map(Digest),
            created_at: row.instant(self.created_at)?,
            delivered_at: row.optional_instant(self.delivered_at)?,
            retiring,
            undelivered,
            discarded: row.int(self.discarded)?,
        })
    }
}
