//! The table of apps.

use super::{
    column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns},
    secrets::SecretsColumns,
};
use crate::domain::{
    credential::rate_limit::RateLimit,
    directory::{
        account::AccountKey,
        app::{App, Webhook},
        id::ClientId,
        name::Name,
    },
    notice::WebhookUrl,
    seq::{AppSeq, AuditSeq},
};

columns! {
    /// The columns of an app.
    "app" AppColumn {
        Seq = "seq",
        Id = "id",
        ClientId = "client_id",
        Account = "account",
        Name = "name",
        FoldedName = "name_key",
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
        RateLimit = "rate_limit",
        WebhookUrl = "webhook_url",
        WebhookGeneration = "webhook_generation",
        CreatedAt = "created_at",
        CreatedBy = "created_by",
        RemovedAt = "removed_at",
        RemovedBy = "removed_by",
        AuditSeq = "audit_seq",
        Mac = "mac",
    }
}

type C = AppColumn;

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
const REMOVAL: [C; 2] = [C::RemovedAt, C::RemovedBy];

impl TableRow for App {
    type Column = C;
    const KEY: &'static [C] = &[C::Seq];
    const MAC: C = C::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, C>) {
        values.int(C::Seq, self.seq.0);
        values.text(C::Id, self.id.as_str());
        values.text(C::ClientId, self.client_id.as_str());
        values.int(C::Account, self.account.0);
        values.text(C::Name, self.name.as_str());
        values.text(C::FoldedName, self.name.folded());
        SECRETS.write(values, &self.secrets);
        values.int(C::RateLimit, self.limit.per_minute());
        if let Some(Webhook { url, generation }) = &self.webhook {
            values.text(C::WebhookUrl, url.as_str());
            values.int(C::WebhookGeneration, *generation);
        }
        values.instant(C::CreatedAt, self.created_at);
        values.text(C::CreatedBy, &self.created_by);
        values.deletion(REMOVAL, self.removed.as_ref());
        values.int(C::AuditSeq, self.audit_seq.0);
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Self, InvalidValue> {
        let name = Name::from_stored(row.string(C::Name)?);
        // An index needs the folded name, but no MAC covers it.
        row.parsed(C::FoldedName, |text| (text == name.folded()).then_some(()))?;
        let webhook = match row.optional_string(C::WebhookUrl)? {
            Some(url) => Some(Webhook {
                url: WebhookUrl::from_stored(url),
                generation: row.int(C::WebhookGeneration)?,
            }),
            None => None,
        };
        Ok(Self {
            seq: AppSeq(row.int(C::Seq)?),
            id: row.object_id(C::Id)?,
            client_id: row.parsed(C::ClientId, ClientId::parse)?,
            account: AccountKey(row.int(C::Account)?),
            name,
            secrets: SECRETS.read(row)?,
            limit: row.valid(C::RateLimit, RateLimit::new(row.int(C::RateLimit)?))?,
            webhook,
            created_at: row.instant(C::CreatedAt)?,
            created_by: row.string(C::CreatedBy)?,
            removed: row.deletion(REMOVAL)?,
            audit_seq: AuditSeq(row.int(C::AuditSeq)?),
        })
    }
}
