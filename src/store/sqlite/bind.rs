//! Binding the fields of large records to the parameters of a statement, in the order of its columns.

use rusqlite::params;

use super::{rows::lifetime_text, transaction::SqliteTransaction};
use crate::{
    domain::{
        actor::Actor,
        credential::{Credential, rate_limit::RateLimit},
        directory::{
            account::Account,
            app::App,
            district::{District, ExternalId},
        },
        instant::Instant,
    },
    store::{
        error::StoreError,
        port::record::{AuditEntry, WithMac},
    },
};

impl SqliteTransaction<'_> {
    pub(super) fn write_account(
        &self,
        statement: &str,
        row: &WithMac<Account>,
    ) -> Result<bool, StoreError> {
        let WithMac { record: a, mac } = row;
        let policy = a.legacy.as_ref();
        self.execute(
            statement,
            params![
                a.key.0,
                a.id.as_str(),
                a.name.as_str(),
                a.region.as_str(),
                a.require_user_passcode,
                unix(policy.map(|policy| policy.announced_at)),
                unix(policy.map(|policy| policy.limited_at)),
                policy.map(|policy| policy.limit.per_minute()),
                unix(policy.map(|policy| policy.sunset_at)),
                policy.and_then(|policy| policy.link.as_ref()),
                a.created_at.unix(),
                a.audit_seq.0,
                mac,
            ],
        )
    }

    pub(super) fn write_credential(
        &self,
        statement: &str,
        row: &WithMac<Credential>,
    ) -> Result<bool, StoreError> {
        let WithMac { record: c, mac } = row;
        let secrets = &c.secrets;
        let (revoked, deleted, retiring) =
            (c.revoked.as_ref(), c.deleted.as_ref(), secrets.retiring.as_ref());
        self.execute(
            statement,
            params![
                c.seq.0,
                &c.id.bytes[..],
                c.account.0,
                c.kind().as_str(),
                c.subject.as_str(),
                c.slot,
                c.note.as_ref().map(|note| note.as_str()),
                c.previous.map(|seq| seq.0),
                c.created_at.unix(),
                c.created_by,
                lifetime_text(c.lifetime),
                unix(c.expiry.instant()),
                secrets.generation,
                secrets.current.as_ref().map(|digest| &digest.0[..]),
                secrets.created_at.unix(),
                unix(secrets.delivered_at),
                retiring.map(|old| &old.digest.0[..]),
                unix(retiring.map(|old| old.until)),
                retiring.is_some_and(|old| old.until_used),
                c.introspect,
                c.scopes.as_str(),
                c.limit.map(RateLimit::per_minute),
                unix(revoked.map(|revoked| revoked.at)),
                revoked.map(|revoked| &revoked.by),
                revoked.and_then(|revoked| revoked.reason).map(|reason| reason.as_str()),
                unix(deleted.map(|deleted| deleted.at)),
                deleted.map(|deleted| &deleted.by),
                c.audit_seq.0,
                mac,
            ],
        )
    }

    pub(super) fn write_app(
        &self,
        statement: &str,
        row: &WithMac<App>,
    ) -> Result<bool, StoreError> {
        let WithMac { record: a, mac } = row;
        let (secrets, removed, webhook) = (&a.secrets, a.removed.as_ref(), a.webhook.as_ref());
        let retiring = secrets.retiring.as_ref();
        self.execute(
            statement,
            params![
                a.seq.0,
                a.id.as_str(),
                a.client_id.as_str(),
                a.account.0,
                a.name.as_str(),
                a.name.folded(),
                secrets.generation,
                secrets.current.as_ref().map(|digest| &digest.0[..]),
                secrets.created_at.unix(),
                unix(secrets.delivered_at),
                retiring.map(|old| &old.digest.0[..]),
                unix(retiring.map(|old| old.until)),
                retiring.is_some_and(|old| old.until_used),
                a.limit.per_minute(),
                webhook.map(|webhook| webhook.url.as_str()),
                webhook.map(|webhook| webhook.generation),
                a.created_at.unix(),
                a.created_by,
                unix(removed.map(|removed| removed.at)),
                removed.map(|removed| &removed.by),
                a.audit_seq.0,
                mac,
            ],
        )
    }

    pub(super) fn write_district(
        &self,
        statement: &str,
        row: &WithMac<District>,
    ) -> Result<bool, StoreError> {
        let WithMac { record: d, mac } = row;
        let removed = d.removed.as_ref();
        self.execute(
            statement,
            params![
                d.seq.0,
                d.id.as_str(),
                d.account.0,
                d.name.as_str(),
                d.external_id.as_ref().map(ExternalId::as_str),
                d.created_at.unix(),
                d.created_by,
                unix(removed.map(|removed| removed.at)),
                removed.map(|removed| &removed.by),
                d.audit_seq.0,
                mac,
            ],
        )
    }

    pub(super) fn write_audit(
        &self,
        statement: &str,
        row: &WithMac<AuditEntry>,
    ) -> Result<bool, StoreError> {
        let WithMac { record: AuditEntry { record: r, link }, mac } = row;
        let Actor { process, principal } = &r.actor;
        let principal = principal.fields();
        self.execute(
            statement,
            params![
                r.seq.0,
                r.at.unix(),
                process.uid,
                process.login_uid,
                process.user,
                process.sudo_user,
                process.host,
                r.version,
                r.action.as_str(),
                r.subject,
                r.name,
                r.before,
                r.after,
                principal.map(|(kind, ..)| kind),
                principal.map(|(_, name, _)| name),
                principal.and_then(|(.., address)| address),
                &link[..],
                mac,
            ],
        )
    }
}

fn unix(instant: Option<Instant>) -> Option<i64> {
    instant.map(Instant::unix)
}
