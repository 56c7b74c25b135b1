//! The seven columns that credentials and apps have for their secrets.

use super::column::{Column, InvalidValue, RawRow, RowReader, RowValues};
use crate::domain::credential::{Retiring, Secrets, secret::Digest};

/// The columns of the current and the retiring secret.
pub(super) struct SecretsColumns<C> {
    pub(super) generation: C,
    pub(super) current: C,
    pub(super) created_at: C,
    pub(super) delivered_at: C,
    pub(super) retiring: C,
    pub(super) retiring_until: C,
    pub(super) retiring_until_used: C,
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
            }),
            None => None,
        };
        Ok(Secrets {
            generation: row.int(self.generation)?,
            current: row.optional_bytes(self.current)?.map(Digest),
            created_at: row.instant(self.created_at)?,
            delivered_at: row.optional_instant(self.delivered_at)?,
            retiring,
        })
    }
}
