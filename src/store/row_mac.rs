//! The seal: how a record's fields are bound together under the key.
//!
//! Each record is written out unambiguously (a tag for its type, integers in LEB128, texts with their length before
//! them, options with a flag) and authenticated. The encoding of a released version never changes; a
//! new field gets a new tag.

use sha2::{Digest as _, Sha256};

use super::port::record::{
    AuditEntry, Checkpoint, Counter, Head, Mac, MessageIdSeed, Namespace, SecretEntry, UniqueName,
    WithMac,
};
use crate::{
    domain::{
        audit::{AuditRecord, ChainLink},
        credential::{
            Credential, CredentialKind, Deletion, Revocation, Secrets, lifetime::Lifetime,
        },
        directory::{
            account::Account,
            app::{App, Webhook},
            district::{District, ExternalId},
        },
        instant::Instant,
        notice::{MessageEnd, OutboxMessage},
        usage::{DailyUse, LastUse},
    },
    keys::{Keys, constant_time_eq},
};

/// A record that can be sealed.
pub trait MacFields: Sized {
    /// Writes all fields out.
    fn encode(&self, into: &mut Encoder);

    /// The code over the record's bytes.
    fn mac(&self, keys: &Keys, bytes: &[u8]) -> Mac {
        keys.row.mac(bytes)
    }
}

/// Seals records and checks seals, with a buffer that is used again.
pub struct RowMac<'k> {
    keys: &'k Keys,
    buffer: std::cell::RefCell<Encoder>,
}

impl<'k> RowMac<'k> {
    /// A sealer under these keys.
    pub fn new(keys: &'k Keys) -> Self {
        Self { keys, buffer: std::cell::RefCell::default() }
    }

    /// Seals a record.
    pub fn authenticate<T: MacFields>(&self, record: T) -> WithMac<T> {
        let mac = self.mac(&record);
        WithMac { record, mac }
    }

    /// The record, if its seal is right.
    pub fn verify<T: MacFields>(&self, row: WithMac<T>) -> Option<T> {
        let right = constant_time_eq(&self.mac(&row.record), &row.mac);
        right.then_some(row.record)
    }

    fn mac<T: MacFields>(&self, record: &T) -> Mac {
        let mut buffer = self.buffer.borrow_mut();
        buffer.0.clear();
        record.encode(&mut buffer);
        record.mac(self.keys, &buffer.0)
    }
}

/// The link of an audit record: SHA-256 over the link before and the record.
pub fn audit_link(before: &ChainLink, record: &AuditRecord) -> ChainLink {
    let mut encoder = Encoder::default();
    record.encode(&mut encoder);
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(&encoder.0);
    hash.finalize().into()
}

/// Writes fields so that no two different records have the same bytes.
#[derive(Default)]
pub struct Encoder(Vec<u8>);

impl Encoder {
    fn tag(&mut self, tag: u8) -> &mut Self {
        self.0.push(tag);
        self
    }

    fn int(&mut self, value: i64) -> &mut Self {
        let mut rest = value.cast_unsigned();
        while rest >= 0x80 {
            self.0.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.0.push(rest as u8);
        self
    }

    fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.int(value.len() as i64);
        self.0.extend_from_slice(value);
        self
    }

    fn text(&mut self, value: &str) -> &mut Self {
        self.bytes(value.as_bytes())
    }

    fn option<T>(&mut self, value: Option<T>, put: impl FnOnce(&mut Self, T)) -> &mut Self {
        self.0.push(u8::from(value.is_some()));
        if let Some(value) = value {
            put(self, value);
        }
        self
    }

    fn optional_text(&mut self, value: Option<&str>) -> &mut Self {
        self.option(value, |into, text| _ = into.text(text))
    }

    fn instant(&mut self, value: Instant) -> &mut Self {
        self.int(value.unix())
    }

    fn optional_instant(&mut self, value: Option<Instant>) -> &mut Self {
        self.option(value, |into, at| _ = into.instant(at))
    }

    fn kind(&mut self, kind: CredentialKind) -> &mut Self {
        self.tag(match kind {
            CredentialKind::Account => 1,
            CredentialKind::User => 2,
            CredentialKind::Token => 3,
            CredentialKind::Legacy => 4,
        })
    }

    fn namespace(&mut self, register: Namespace) -> &mut Self {
        match register {
            Namespace::Credentials(kind) => self.kind(kind),
            Namespace::Districts => self.tag(5),
            Namespace::ExternalIds => self.tag(6),
        }
    }

    fn secrets(&mut self, secrets: &Secrets) -> &mut Self {
        self.int(i64::from(secrets.generation))
            .option(secrets.current, |into, digest| _ = into.bytes(&digest.0))
            .instant(secrets.created_at)
            .optional_instant(secrets.delivered_at)
            .option(secrets.retiring, |into, old| {
                into.bytes(&old.digest.0).instant(old.until).int(i64::from(old.until_used));
            })
    }

    fn deletion(&mut self, deletion: Option<&Deletion>) -> &mut Self {
        self.option(deletion, |into, Deletion { at, by }| _ = into.instant(*at).text(by))
    }
}

impl MacFields for Head {
    fn encode(&self, into: &mut Encoder) {
        into.tag(1)
            .instant(self.created_at)
            .int(self.accounts)
            .int(self.credentials)
            .int(self.audit_seq)
            .instant(self.audit_at)
            .bytes(&self.audit_link)
            .optional_instant(self.escrowed_at);
        // Added by version 3, and absent unless set, as in the records below.
        if self.apps > 0 || self.districts > 0 {
            into.tag(12).int(self.apps).int(self.districts);
        }
        if self.messages > 0 {
            into.tag(21).int(self.messages);
        }
    }
}

impl MacFields for Account {
    fn encode(&self, into: &mut Encoder) {
        into.tag(2)
            .int(self.key.0)
            .text(self.id.as_str())
            .text(self.name.as_str())
            .text(self.region.as_str())
            .int(i64::from(self.require_user_passcode))
            .instant(self.created_at)
            .int(self.audit_seq);
        if let Some(policy) = &self.legacy {
            into.tag(13)
                .instant(policy.announced_at)
                .instant(policy.limited_at)
                .int(i64::from(policy.limit.per_minute()))
                .instant(policy.sunset_at)
                .optional_text(policy.link.as_deref());
        }
    }
}

impl MacFields for App {
    fn encode(&self, into: &mut Encoder) {
        into.tag(14)
            .int(self.seq)
            .text(self.id.as_str())
            .text(self.client_id.as_str())
            .int(self.account.0)
            .text(self.name.as_str())
            .secrets(&self.secrets)
            .int(i64::from(self.limit.per_minute()))
            .option(self.webhook.as_ref(), |into, Webhook { url, generation }| {
                into.text(url.as_str()).int(i64::from(*generation));
            })
            .instant(self.created_at)
            .text(&self.created_by)
            .deletion(self.removed.as_ref())
            .int(self.audit_seq);
    }
}

impl MacFields for District {
    fn encode(&self, into: &mut Encoder) {
        into.tag(15)
            .int(self.seq)
            .text(self.id.as_str())
            .int(self.account.0)
            .text(self.name.as_str())
            .optional_text(self.external_id.as_ref().map(ExternalId::as_str))
            .instant(self.created_at)
            .text(&self.created_by)
            .deletion(self.removed.as_ref())
            .int(self.audit_seq);
    }
}

impl MacFields for Credential {
    fn encode(&self, into: &mut Encoder) {
        into.tag(3)
            .int(self.seq)
            .bytes(&self.id.bytes)
            .int(self.account.0)
            .kind(self.kind())
            .text(self.subject.as_str())
            .option(self.slot, |into, slot| _ = into.int(i64::from(slot)))
            .optional_text(self.note.as_ref().map(|note| note.as_str()))
            .option(self.previous, |into, seq| _ = into.int(seq))
            .instant(self.created_at)
            .text(&self.created_by)
            .option(Some(self.lifetime), encode_lifetime)
            .optional_instant(self.expiry.instant())
            .secrets(&self.secrets)
            .option(self.revoked.as_ref(), |into, Revocation { at, by, reason }| {
                into.instant(*at).text(by).optional_text(reason.map(|reason| reason.as_str()));
            })
            .deletion(self.deleted.as_ref())
            .int(self.audit_seq);
        // Added by version 2, and absent unless set: what version 1 sealed has the same bytes as ever.
        if self.introspect {
            into.tag(10);
        }
        if !self.scopes.is_empty() {
            into.tag(16).text(self.scopes.as_str());
        }
        if let Some(limit) = self.limit {
            into.tag(17).int(i64::from(limit.per_minute()));
        }
    }
}

fn encode_lifetime(into: &mut Encoder, lifetime: Lifetime) {
    match lifetime {
        Lifetime::Days(days) => into.tag(1).int(i64::from(days)),
        Lifetime::Until(end) => into.tag(2).instant(end),
        Lifetime::Infinite => into.tag(3),
        Lifetime::Forever => into.tag(4),
    };
}

impl MacFields for SecretEntry {
    fn encode(&self, into: &mut Encoder) {
        into.tag(4).bytes(&self.digest.0).int(self.credential);
    }
}

impl MacFields for LastUse {
    fn encode(&self, into: &mut Encoder) {
        into.tag(11)
            .int(self.credential)
            .instant(self.at)
            .text(&self.peer)
            .int(self.count.cast_signed());
    }
}

impl MacFields for OutboxMessage {
    fn encode(&self, into: &mut Encoder) {
        into.tag(22)
            .int(self.seq)
            .bytes(&self.id.0)
            .int(self.app)
            .text(self.event.as_str())
            .int(self.credential)
            .optional_instant(self.token_expires_at)
            .text(&self.body)
            .instant(self.created_at)
            .int(i64::from(self.attempts))
            .instant(self.next_attempt_at)
            .optional_text(self.failure.as_deref())
            .option(self.ended, |into, MessageEnd { at, result: outcome }| {
                into.instant(at).text(outcome.as_str());
            });
    }
}

impl MacFields for MessageIdSeed {
    fn encode(&self, into: &mut Encoder) {
        into.tag(23).int(self.seq).bytes(&self.link);
    }
}

impl MacFields for DailyUse {
    fn encode(&self, into: &mut Encoder) {
        into.tag(20).int(self.credential).int(self.day).int(self.count.cast_signed());
    }
}

impl MacFields for UniqueName {
    fn encode(&self, into: &mut Encoder) {
        into.tag(5).int(self.account.0).namespace(self.namespace).text(&self.key).int(self.holder);
    }
}

impl MacFields for Counter {
    fn encode(&self, into: &mut Encoder) {
        into.tag(6).int(self.account.0).int(self.key).int(self.count);
    }
}

impl MacFields for AuditEntry {
    fn encode(&self, into: &mut Encoder) {
        // The link covers the record and all before it.
        into.tag(7).int(self.record.seq).bytes(&self.link);
    }

    fn mac(&self, keys: &Keys, bytes: &[u8]) -> Mac {
        keys.audit.mac(bytes)
    }
}

impl MacFields for Checkpoint {
    fn encode(&self, into: &mut Encoder) {
        into.tag(9).int(self.seq).bytes(&self.link);
    }

    fn mac(&self, keys: &Keys, bytes: &[u8]) -> Mac {
        keys.audit.mac(bytes)
    }
}

impl AuditRecord {
    fn encode(&self, into: &mut Encoder) {
        let Self { actor, .. } = self;
        into.tag(8)
            .int(self.seq)
            .instant(self.at)
            .int(i64::from(actor.uid))
            .option(actor.login_uid, |into, uid| _ = into.int(i64::from(uid)))
            .text(&actor.user)
            .optional_text(actor.sudo_user.as_deref())
            .text(&actor.host)
            .text(&self.version)
            .text(self.action.as_str())
            .text(&self.subject)
            .optional_text(self.name.as_deref())
            .optional_text(self.before.as_deref())
            .optional_text(self.after.as_deref());
    }
}
