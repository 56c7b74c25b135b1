//! The table of accounts.

use super::column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns};
use crate::domain::{
    credential::rate_limit::RateLimit,
    directory::{
        account::{Account, AccountId, AccountKey, Region},
        name::Name,
    },
    legacy::LegacyPolicy,
    seq::AuditSeq,
};

columns! {
    /// The columns of an account.
    "account" AccountColumn {
        Key = "key",
        Id = "id",
        Name = "name",
        Region = "region",
        RequireUserPasscode = "require_user_passcode",
        LegacyAnnouncedAt = "legacy_announced_at",
        LegacyLimitedAt = "legacy_limited_at",
        LegacyLimit = "legacy_limit",
        LegacySunsetAt = "legacy_sunset_at",
        LegacyLink = "legacy_link",
        CreatedAt = "created_at",
        RemovedAt = "removed_at",
        RemovedBy = "removed_by",
        AuditSeq = "audit_seq",
        Mac = "mac",
    }
}

type C = AccountColumn;

const REMOVAL: [C; 2] = [C::RemovedAt, C::RemovedBy];

impl TableRow for Account {
    type Column = C;
    const KEY: &'static [C] = &[C::Key];
    const MAC: C = C::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, C>) {
        values.int(C::Key, self.key.0);
        values.text(C::Id, self.id.as_str());
        values.text(C::Name, self.name.as_str());
        values.text(C::Region, self.region.as_str());
        values.int(C::RequireUserPasscode, self.require_user_passcode);
        if let Some(policy) = &self.legacy {
            values.instant(C::LegacyAnnouncedAt, policy.announced_at);
            values.instant(C::LegacyLimitedAt, policy.limited_at);
            values.int(C::LegacyLimit, policy.limit.per_minute());
            values.instant(C::LegacySunsetAt, policy.sunset_at);
            values.optional_text(C::LegacyLink, policy.link.as_deref());
        }
        values.instant(C::CreatedAt, self.created_at);
        values.deletion(REMOVAL, self.removed.as_ref());
        values.int(C::AuditSeq, self.audit_seq.0);
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Self, InvalidValue> {
        Ok(Self {
            key: AccountKey(row.int(C::Key)?),
            id: row.parsed(C::Id, |text| AccountId::parse(text).ok())?,
            name: Name::from_stored(row.string(C::Name)?),
            region: row.parsed(C::Region, Region::parse)?,
            require_user_passcode: row.flag(C::RequireUserPasscode)?,
            legacy: legacy_policy(row)?,
            created_at: row.instant(C::CreatedAt)?,
            removed: row.deletion(REMOVAL)?,
            audit_seq: AuditSeq(row.int(C::AuditSeq)?),
        })
    }
}

fn legacy_policy<R: RawRow>(
    row: &RowReader<'_, R, C>,
) -> Result<Option<LegacyPolicy>, InvalidValue> {
    let Some(announced_at) = row.optional_instant(C::LegacyAnnouncedAt)? else { return Ok(None) };
    Ok(Some(LegacyPolicy {
        announced_at,
        limited_at: row.instant(C::LegacyLimitedAt)?,
        limit: row.valid(C::LegacyLimit, RateLimit::new(row.int(C::LegacyLimit)?))?,
        sunset_at: row.instant(C::LegacySunsetAt)?,
        link: row.optional_string(C::LegacyLink)?,
    }))
}
