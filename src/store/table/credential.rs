//! The table of credentials.

use super::{
    column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns},
    secrets::SecretsColumns,
};
use crate::domain::{
    credential::{
        Credential, CredentialKind, Revocation, RevocationReason,
        lifetime::{Expiry, Lifetime},
        rate_limit::RateLimit,
        scope::Scopes,
        subject::{AppDistrict, Subject},
    },
    directory::{
        account::AccountKey,
        id::{CredentialId, ObjectId},
        name::{Email, Name, Note},
    },
    seq::{AuditSeq, CredentialSeq},
};

columns! {
    /// The columns of a credential.
    "credential" CredentialColumn {
        Seq = "seq",
        Id = "id",
        Account = "account",
        Kind = "kind",
        Subject = "owner",
        Slot = "slot",
        Note = "note",
        Previous = "previous",
        CreatedAt = "created_at",
        CreatedBy = "created_by",
        Lifetime = "lifetime",
        ExpiresAt = "expires_at",
        ExpirySetAt = "expiry_set_at",
        Generation = "generation",
        CurrentDigest = "digest",
        SecretCreatedAt = "made_at",
        DeliveredAt = "delivered_at",
        RetiringDigest = "retiring",
        RetiringUntil = "retiring_until",
        RetiringUntilUsed = "retiring_until_used",
        ReplacementUsed = "replacement_used",
        UndeliveredDigest = "undelivered",
        UndeliveredAt = "undelivered_at",
        DiscardedSecrets = "discarded",
        Introspect = "introspect",
        Scopes = "scopes",
        RateLimit = "rate_limit",
        RevokedAt = "revoked_at",
        RevokedBy = "revoked_by",
        RevocationReason = "revocation_reason",
        DeletedAt = "deleted_at",
        DeletedBy = "deleted_by",
        AuditSeq = "audit_seq",
        Mac = "mac",
    }
}

type C = CredentialColumn;

const SECRETS: SecretsColumns<C> = SecretsColumns {
    generation: C::Generation,
    current: C::CurrentDigest,
    created_at: C::SecretCreatedAt,
    delivered_at: C::DeliveredAt,
    retiring: C::RetiringDigest,
    retiring_until: C::RetiringUntil,
    retiring_until_used: C::RetiringUntilUsed,
    replacement_used: C::ReplacementUsed,
    undelivered: C::UndeliveredDigest,
    undelivered_at: C::UndeliveredAt,
    discarded: C::DiscardedSecrets,
};
const DELETION: [C; 2] = [C::DeletedAt, C::DeletedBy];

impl TableRow for Credential {
    type Column = C;
    const KEY: &'static [C] = &[C::Seq];
    const MAC: C = C::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, C>) {
        values.int(C::Seq, self.seq.0);
        values.blob(C::Id, &self.id.bytes);
        values.int(C::Account, self.account.0);
        values.text(C::Kind, self.kind().as_str());
        values.text(C::Subject, self.subject.as_str());
        values.optional_int(C::Slot, self.slot);
        values.optional_text(C::Note, self.note.as_ref().map(Note::as_str));
        values.optional_int(C::Previous, self.previous.map(|seq| seq.0));
        values.instant(C::CreatedAt, self.created_at);
        values.text(C::CreatedBy, &self.created_by);
        values.text(C::Lifetime, lifetime_text(self.lifetime));
        values.optional_instant(C::ExpiresAt, self.expiry.instant());
        // Null in rows of older versions, too.
        let moved_at = Some(self.expiry_set_at).filter(|at| *at != self.created_at);
        values.optional_instant(C::ExpirySetAt, moved_at);
        SECRETS.write(values, &self.secrets);
        values.int(C::Introspect, self.introspect);
        values.text(C::Scopes, self.scopes.as_str());
        values.optional_int(C::RateLimit, self.limit.map(RateLimit::per_minute));
        if let Some(Revocation { at, by, reason }) = &self.revoked {
            values.instant(C::RevokedAt, *at);
            values.text(C::RevokedBy, by);
            values.optional_text(C::RevocationReason, reason.map(RevocationReason::as_str));
        }
        values.deletion(DELETION, self.deleted.as_ref());
        values.int(C::AuditSeq, self.audit_seq.0);
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Self, InvalidValue> {
        let kind = row.parsed(C::Kind, CredentialKind::parse)?;
        let expiry = Expiry::from_option(row.optional_instant(C::ExpiresAt)?);
        let created_at = row.instant(C::CreatedAt)?;
        Ok(Self {
            seq: CredentialSeq(row.int(C::Seq)?),
            id: CredentialId { prefix: kind.id_prefix(), bytes: row.bytes(C::Id)? },
            account: AccountKey(row.int(C::Account)?),
            subject: subject(row, kind)?,
            slot: row.optional_int(C::Slot)?,
            note: row.optional_string(C::Note)?.map(Note::from_stored),
            previous: row.optional_int(C::Previous)?.map(CredentialSeq),
            created_at,
            created_by: row.string(C::CreatedBy)?,
            lifetime: row.parsed(C::Lifetime, |text| parse_lifetime(text, expiry))?,
            expiry,
            expiry_set_at: row.optional_instant(C::ExpirySetAt)?.unwrap_or(created_at),
            secrets: SECRETS.read(row)?,
            introspect: row.flag(C::Introspect)?,
            scopes: Scopes::from_stored(row.string(C::Scopes)?),
            limit: match row.optional_int(C::RateLimit)? {
                Some(number) => Some(row.valid(C::RateLimit, RateLimit::new(number))?),
                None => None,
            },
            revoked: revocation(row)?,
            deleted: row.deletion(DELETION)?,
            audit_seq: AuditSeq(row.int(C::AuditSeq)?),
        })
    }
}

fn subject<R: RawRow>(
    row: &RowReader<'_, R, C>,
    kind: CredentialKind,
) -> Result<Subject, InvalidValue> {
    Ok(match kind {
        CredentialKind::Account => Subject::Partner(Name::from_stored(row.string(C::Subject)?)),
        CredentialKind::User => Subject::User(Email::from_stored(row.string(C::Subject)?)),
        CredentialKind::Token => Subject::AppDistrict(row.parsed(C::Subject, AppDistrict::parse)?),
        CredentialKind::Legacy => Subject::App(row.parsed(C::Subject, ObjectId::parse)?),
    })
}

fn revocation<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Option<Revocation>, InvalidValue> {
    let Some(at) = row.optional_instant(C::RevokedAt)? else { return Ok(None) };
    let reason = match row.optional_text(C::RevocationReason)? {
        Some(text) => Some(row.valid(C::RevocationReason, RevocationReason::parse(&text))?),
        None => None,
    };
    Ok(Some(Revocation { at, by: row.string(C::RevokedBy)?, reason }))
}

/// Returns the text that is stored for a lifetime. The time of `Until` is stored as the expiry.
fn lifetime_text(lifetime: Lifetime) -> String {
    match lifetime {
        Lifetime::For(duration) => duration.short(),
        Lifetime::Until(_) => "until".to_owned(),
        Lifetime::Infinite => "infinite".to_owned(),
        Lifetime::Forever => "forever".to_owned(),
    }
}

fn parse_lifetime(text: &str, expiry: Expiry) -> Option<Lifetime> {
    match (text, expiry) {
        ("until", Expiry::At(end)) => Some(Lifetime::Until(end)),
        ("infinite", _) => Some(Lifetime::Infinite),
        ("forever", _) => Some(Lifetime::Forever),
        _ if text.ends_with(['d', 'h']) => Lifetime::parse_duration(text).ok(),
        _ => None,
    }
}
