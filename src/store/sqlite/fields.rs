//! Fields: how records with many of them are bound to the parameters of a statement, in the order of its columns.

use rusqlite::params;

use super::{rows::lifetime_text, transaction::SqliteTransaction};
use crate::{
    domain::{account::Account, credential::Credential, instant::Instant},
    store::{
        StoreError,
        record::{AuditEntry, Sealed},
    },
};

impl SqliteTransaction<'_> {
    pub(super) fn write_account(
        &self,
        statement: &str,
        sealed: &Sealed<Account>,
    ) -> Result<bool, StoreError> {
        let Sealed { record: a, mac } = sealed;
        self.change(
            statement,
            params![
                a.key.0,
                a.id.as_str(),
                a.name.as_str(),
                a.region.as_str(),
                a.require_user_passcode,
                a.created_at.unix(),
                a.audit_seq,
                mac,
            ],
        )
    }

    pub(super) fn write_credential(
        &self,
        statement: &str,
        sealed: &Sealed<Credential>,
    ) -> Result<bool, StoreError> {
        let Sealed { record: c, mac } = sealed;
        let secrets = &c.secrets;
        let unix = |instant: Option<Instant>| instant.map(Instant::unix);
        let (revoked, deleted, retiring) =
            (c.revoked.as_ref(), c.deleted.as_ref(), secrets.retiring.as_ref());
        self.change(
            statement,
            params![
                c.seq,
                &c.id.0[..],
                c.account.0,
                c.kind().as_str(),
                c.owner.as_str(),
                c.slot,
                c.note.as_ref().map(|note| note.as_str()),
                c.previous,
                c.created_at.unix(),
                c.created_by,
                lifetime_text(c.lifetime),
                unix(c.expiry.instant()),
                secrets.generation,
                secrets.current.as_ref().map(|digest| &digest.0[..]),
                secrets.made_at.unix(),
                unix(secrets.delivered_at),
                retiring.map(|old| &old.digest.0[..]),
                unix(retiring.map(|old| old.until)),
                retiring.is_some_and(|old| old.until_used),
                c.introspect,
                unix(revoked.map(|revoked| revoked.at)),
                revoked.map(|revoked| &revoked.by),
                revoked.and_then(|revoked| revoked.reason).map(|reason| reason.as_str()),
                unix(deleted.map(|deleted| deleted.at)),
                deleted.map(|deleted| &deleted.by),
                c.audit_seq,
                mac,
            ],
        )
    }

    pub(super) fn write_audit(
        &self,
        statement: &str,
        sealed: &Sealed<AuditEntry>,
    ) -> Result<bool, StoreError> {
        let Sealed { record: AuditEntry { record: r, link }, mac } = sealed;
        self.change(
            statement,
            params![
                r.seq,
                r.at.unix(),
                r.actor.uid,
                r.actor.login_uid,
                r.actor.user,
                r.actor.sudo_user,
                r.actor.host,
                r.version,
                r.action.as_str(),
                r.subject,
                r.name,
                r.before,
                r.after,
                &link[..],
                mac,
            ],
        )
    }
}
