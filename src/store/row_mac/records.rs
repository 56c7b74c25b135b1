//! The fields that each MAC covers, in the order in which they are encoded.

use sha2::{Digest as _, Sha256};

use super::{encoder::Encoder, mac::MacFields};
use crate::{
    domain::{
        audit::{AuditRecord, ChainLink},
        credential::{Credential, Revocation, lifetime::Lifetime},
        directory::{
            account::Account,
            app::{App, Webhook},
            district::{District, ExternalId},
        },
        notice::{MessageEnd, OutboxMessage, Recipient},
        seq::MessageSeq,
        usage::{DailyUse, LastUse},
    },
    keys::Keys,
    store::port::record::{
        AuditEntry, Checkpoint, Counter, Head, Mac, MessageIdSeed, SecretEntry, UniqueName,
    },
};

impl MacFields for Head {
    fn encode(&self, into: &mut Encoder) {
        into.tag(1)
            .instant(self.created_at)
            .int(self.accounts)
            .int(self.credentials.0)
            .int(self.audit_seq.0)
            .instant(self.audit_at)
            .bytes(&self.audit_link)
            .optional_instant(self.escrowed_at);
        // Fields of a later version are encoded only if they are set, so that older rows keep their MACs.
        // These came with version 3.
        if self.apps != 0 || self.districts != 0 {
            into.tag(12).int(self.apps).int(self.districts);
        }
        if self.messages != MessageSeq::NONE {
            into.tag(21).int(self.messages.0);
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
            .int(self.audit_seq.0);
        if let Some(policy) = &self.legacy {
            into.tag(13)
                .instant(policy.announced_at)
                .instant(policy.limited_at)
                .int(i64::from(policy.limit.per_minute()))
                .instant(policy.sunset_at)
                .optional_text(policy.link.as_deref());
        }
        if self.removed.is_some() {
            into.tag(27).deletion(self.removed.as_ref());
        }
    }
}

impl MacFields for App {
    fn encode(&self, into: &mut Encoder) {
        into.tag(14)
            .int(self.seq.0)
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
            .int(self.audit_seq.0)
            .reset_delivery(&self.secrets);
    }
}

impl MacFields for District {
    fn encode(&self, into: &mut Encoder) {
        into.tag(15)
            .int(self.seq.0)
            .text(self.id.as_str())
            .int(self.account.0)
            .text(self.name.as_str())
            .optional_text(self.external_id.as_ref().map(ExternalId::as_str))
            .instant(self.created_at)
            .text(&self.created_by)
            .deletion(self.removed.as_ref())
            .int(self.audit_seq.0);
    }
}

impl MacFields for Credential {
    fn encode(&self, into: &mut Encoder) {
        into.tag(3)
            .int(self.seq.0)
            .bytes(&self.id.bytes)
            .int(self.account.0)
            .kind(self.kind())
            .text(self.subject.as_str())
            .option(self.slot, |into, slot| _ = into.int(i64::from(slot)))
            .optional_text(self.note.as_ref().map(|note| note.as_str()))
            .option(self.previous, |into, seq| _ = into.int(seq.0))
            .instant(self.created_at)
            .text(&self.created_by)
            .option(Some(self.lifetime), encode_lifetime)
            .optional_instant(self.expiry.instant())
            .secrets(&self.secrets)
            .option(self.revoked.as_ref(), |into, Revocation { at, by, reason }| {
                into.instant(*at).text(by).optional_text(reason.map(|reason| reason.as_str()));
            })
            .deletion(self.deleted.as_ref())
            .int(self.audit_seq.0);
        // Fields of versions 2 and 3, encoded only if they are set: rows of older versions keep their MACs.
        if self.introspect {
            into.tag(10);
        }
        if !self.scopes.is_empty() {
            into.tag(16).text(self.scopes.as_str());
        }
        if let Some(limit) = self.limit {
            into.tag(17).int(i64::from(limit.per_minute()));
        }
        into.reset_delivery(&self.secrets);
        if self.expiry_set_at != self.created_at {
            into.tag(26).instant(self.expiry_set_at);
        }
    }
}

fn encode_lifetime(into: &mut Encoder, lifetime: Lifetime) {
    match lifetime {
        // Version 1 had only whole days.
        Lifetime::For(duration) => match duration.whole_days() {
            Some(days) => into.tag(1).int(days.into()),
            None => into.tag(5).int(duration.seconds()),
        },
        Lifetime::Until(end) => into.tag(2).instant(end),
        Lifetime::Infinite => into.tag(3),
        Lifetime::Forever => into.tag(4),
    };
}

impl MacFields for SecretEntry {
    fn encode(&self, into: &mut Encoder) {
        into.tag(4).bytes(&self.digest.0).int(self.credential.0);
    }
}

impl MacFields for LastUse {
    fn encode(&self, into: &mut Encoder) {
        into.tag(11)
            .int(self.credential.0)
            .instant(self.at)
            .text(&self.peer)
            .int(self.count.cast_signed());
    }
}

impl MacFields for OutboxMessage {
    fn encode(&self, into: &mut Encoder) {
        let Recipient::App(app) = self.recipient;
        into.tag(22)
            .int(self.seq.0)
            .bytes(&self.id.0)
            .int(app.0)
            .text(self.event.as_str())
            .int(self.credential.0)
            .optional_instant(self.token_expires_at)
            .text(&self.body)
            .instant(self.created_at)
            .int(i64::from(self.attempts))
            .instant(self.next_attempt_at)
            .optional_text(self.failure.as_deref())
            .option(self.ended, |into, MessageEnd { at, result }| {
                into.instant(at).text(result.as_str());
            });
    }
}

impl MacFields for MessageIdSeed {
    fn encode(&self, into: &mut Encoder) {
        into.tag(23).int(self.seq.0).bytes(&self.link);
    }
}

impl MacFields for DailyUse {
    fn encode(&self, into: &mut Encoder) {
        into.tag(20).int(self.credential.0).int(self.day.0).int(self.count.cast_signed());
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
        // The link covers this record and every earlier one.
        into.tag(7).int(self.record.seq.0).bytes(&self.link);
    }

    fn mac(&self, keys: &Keys, bytes: &[u8]) -> Mac {
        keys.audit.mac(bytes)
    }
}

impl MacFields for Checkpoint {
    fn encode(&self, into: &mut Encoder) {
        into.tag(9).int(self.seq.0).bytes(&self.link);
    }

    fn mac(&self, keys: &Keys, bytes: &[u8]) -> Mac {
        keys.audit.mac(bytes)
    }
}

/// Returns the link of an audit record: SHA-256 over the previous link and the encoded record.
pub fn audit_link(previous: &ChainLink, record: &AuditRecord) -> ChainLink {
    let mut encoder = Encoder::default();
    encode_audit_record(record, &mut encoder);
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(encoder.as_bytes());
    hash.finalize().into()
}

fn encode_audit_record(record: &AuditRecord, into: &mut Encoder) {
    let process = &record.actor.process;
    into.tag(8)
        .int(record.seq.0)
        .instant(record.at)
        .int(i64::from(process.uid))
        .option(process.login_uid, |into, uid| _ = into.int(i64::from(uid)))
        .text(&process.user)
        .optional_text(process.sudo_user.as_deref())
        .text(&process.host)
        .text(&record.version)
        .text(record.action.as_str())
        .text(&record.subject)
        .optional_text(record.name.as_deref())
        .optional_text(record.before.as_deref())
        .optional_text(record.after.as_deref());
    // Came with version 4.
    if let Some((kind, name, address)) = record.actor.principal.fields() {
        into.tag(24).text(kind).text(name).optional_text(address);
    }
}
