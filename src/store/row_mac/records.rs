//! The fields that each MAC covers, in the order in which they are encoded.
//!
//! Records are taken apart without `..`, so that a new field that is not encoded does not compile.

use sha2::{Digest as _, Sha256};

use super::{
    encoder::Encoder,
    mac::{MacFields, Summed},
    sums::SummedTable,
};
use crate::{
    domain::{
        actor::{Actor, Process},
        audit::{AuditRecord, ChainLink},
        credential::{Credential, Revocation, lifetime::Lifetime},
        directory::{
            account::Account,
            app::{App, Webhook},
            district::{District, ExternalId},
        },
        legacy::LegacyPolicy,
        notice::{MessageEnd, OutboxMessage, Recipient},
        seq::MessageSeq,
        usage::{DailyUse, LastUse},
    },
    keys::Keys,
    store::port::record::{
        AuditEntry, Checkpoint, Counter, Head, Mac, MessageIdSeed, SecretEntry, UniqueName,
    },
};

macro_rules! summed {
    ($($record:ty => $table:ident,)*) => {
        $(impl Summed for $record {
            const TABLE: SummedTable = SummedTable::$table;
        })*
    };
}

summed! {
    Account => Accounts,
    App => Apps,
    Credential => Credentials,
    SecretEntry => Secrets,
    District => Districts,
    UniqueName => UniqueNames,
    Counter => Counters,
    LastUse => LastUses,
    OutboxMessage => Messages,
    DailyUse => DailyUses,
}

impl MacFields for Head {
    fn encode(&self, into: &mut Encoder) {
        let Self {
            created_at,
            accounts,
            credentials,
            apps,
            districts,
            messages,
            audit_seq,
            audit_at,
            audit_link,
            escrowed_at,
            sums,
        } = self;
        into.tag(1)
            .instant(*created_at)
            .int(*accounts)
            .int(credentials.0)
            .int(audit_seq.0)
            .instant(*audit_at)
            .bytes(audit_link)
            .optional_instant(*escrowed_at);
        // Fields of a later version are encoded only if they are set, so that older rows keep their MACs.
        // These came with version 3.
        if *apps != 0 || *districts != 0 {
            into.tag(12).int(*apps).int(*districts);
        }
        if *messages != MessageSeq::NONE {
            into.tag(21).int(messages.0);
        }
        // This came with version 6.
        if let Some(sums) = sums {
            into.tag(28).bytes(&sums.to_bytes());
        }
    }
}

impl MacFields for Account {
    fn encode(&self, into: &mut Encoder) {
        let Self {
            key,
            id,
            name,
            region,
            require_user_passcode,
            legacy,
            created_at,
            removed,
            audit_seq,
        } = self;
        into.tag(2)
            .int(key.0)
            .text(id.as_str())
            .text(name.as_str())
            .text(region.as_str())
            .int(i64::from(*require_user_passcode))
            .instant(*created_at)
            .int(audit_seq.0);
        if let Some(LegacyPolicy { announced_at, limited_at, limit, sunset_at, link }) = legacy {
            into.tag(13)
                .instant(*announced_at)
                .instant(*limited_at)
                .int(i64::from(limit.per_minute()))
                .instant(*sunset_at)
                .optional_text(link.as_deref());
        }
        if removed.is_some() {
            into.tag(27).deletion(removed.as_ref());
        }
    }
}

impl MacFields for App {
    fn encode(&self, into: &mut Encoder) {
        let Self {
            seq,
            id,
            client_id,
            account,
            name,
            secrets,
            limit,
            webhook,
            created_at,
            created_by,
            removed,
            audit_seq,
        } = self;
        into.tag(14)
            .int(seq.0)
            .text(id.as_str())
            .text(client_id.as_str())
            .int(account.0)
            .text(name.as_str())
            .secrets(secrets)
            .int(i64::from(limit.per_minute()))
            .option(webhook.as_ref(), |into, Webhook { url, generation }| {
                into.text(url.as_str()).int(i64::from(*generation));
            })
            .instant(*created_at)
            .text(created_by)
            .deletion(removed.as_ref())
            .int(audit_seq.0)
            .reset_delivery(secrets);
    }
}

impl MacFields for District {
    fn encode(&self, into: &mut Encoder) {
        let Self {
            seq,
            id,
            account,
            name,
            external_id,
            created_at,
            created_by,
            removed,
            audit_seq,
        } = self;
        into.tag(15)
            .int(seq.0)
            .text(id.as_str())
            .int(account.0)
            .text(name.as_str())
            .optional_text(external_id.as_ref().map(ExternalId::as_str))
            .instant(*created_at)
            .text(created_by)
            .deletion(removed.as_ref())
            .int(audit_seq.0);
    }
}

impl MacFields for Credential {
    fn encode(&self, into: &mut Encoder) {
        let Self {
            seq,
            id,
            account,
            subject,
            slot,
            note,
            previous,
            created_at,
            created_by,
            lifetime,
            expiry,
            expiry_set_at,
            secrets,
            introspect,
            scopes,
            limit,
            revoked,
            deleted,
            audit_seq,
        } = self;
        into.tag(3)
            .int(seq.0)
            .bytes(&id.bytes)
            .int(account.0)
            .kind(self.kind())
            .text(subject.as_str())
            .option(*slot, |into, slot| _ = into.int(i64::from(slot)))
            .optional_text(note.as_ref().map(|note| note.as_str()))
            .option(*previous, |into, seq| _ = into.int(seq.0))
            .instant(*created_at)
            .text(created_by)
            .option(Some(*lifetime), encode_lifetime)
            .optional_instant(expiry.instant())
            .secrets(secrets)
            .option(revoked.as_ref(), |into, Revocation { at, by, reason }| {
                into.instant(*at).text(by).optional_text(reason.map(|reason| reason.as_str()));
            })
            .deletion(deleted.as_ref())
            .int(audit_seq.0);
        // Fields of versions 2 and 3, encoded only if they are set: rows of older versions keep their MACs.
        if *introspect {
            into.tag(10);
        }
        if !scopes.is_empty() {
            into.tag(16).text(scopes.as_str());
        }
        if let Some(limit) = limit {
            into.tag(17).int(i64::from(limit.per_minute()));
        }
        into.reset_delivery(secrets);
        if expiry_set_at != created_at {
            into.tag(26).instant(*expiry_set_at);
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
        let Self { digest, credential } = self;
        into.tag(4).bytes(&digest.0).int(credential.0);
    }
}

impl MacFields for LastUse {
    fn encode(&self, into: &mut Encoder) {
        let Self { credential, at, peer, count } = self;
        into.tag(11).int(credential.0).instant(*at).text(peer).int(count.cast_signed());
    }
}

impl MacFields for OutboxMessage {
    fn encode(&self, into: &mut Encoder) {
        let Self {
            seq,
            id,
            recipient: Recipient::App(app),
            event,
            credential,
            token_expires_at,
            body,
            created_at,
            attempts,
            next_attempt_at,
            failure,
            ended,
        } = self;
        into.tag(22)
            .int(seq.0)
            .bytes(&id.0)
            .int(app.0)
            .text(event.as_str())
            .int(credential.0)
            .optional_instant(*token_expires_at)
            .text(body)
            .instant(*created_at)
            .int(i64::from(*attempts))
            .instant(*next_attempt_at)
            .optional_text(failure.as_deref())
            .option(*ended, |into, MessageEnd { at, result }| {
                into.instant(at).text(result.as_str());
            });
    }
}

impl MacFields for MessageIdSeed {
    fn encode(&self, into: &mut Encoder) {
        let Self { seq, link } = self;
        into.tag(23).int(seq.0).bytes(link);
    }
}

impl MacFields for DailyUse {
    fn encode(&self, into: &mut Encoder) {
        let Self { credential, day, count } = self;
        into.tag(20).int(credential.0).int(day.0).int(count.cast_signed());
    }
}

impl MacFields for UniqueName {
    fn encode(&self, into: &mut Encoder) {
        let Self { account, namespace, key, holder } = self;
        into.tag(5).int(account.0).namespace(*namespace).text(key).int(*holder);
    }
}

impl MacFields for Counter {
    fn encode(&self, into: &mut Encoder) {
        let Self { account, key, count } = self;
        into.tag(6).int(account.0).int(*key).int(*count);
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
        let Self { seq, link } = self;
        into.tag(9).int(seq.0).bytes(link);
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
    let AuditRecord { seq, at, actor, version, action, subject, name, before, after } = record;
    let Actor { process: Process { uid, login_uid, user, sudo_user, host }, principal } = actor;
    into.tag(8)
        .int(seq.0)
        .instant(*at)
        .int(i64::from(*uid))
        .option(*login_uid, |into, uid| _ = into.int(i64::from(uid)))
        .text(user)
        .optional_text(sudo_user.as_deref())
        .text(host)
        .text(version)
        .text(action.as_str())
        .text(subject)
        .optional_text(name.as_deref())
        .optional_text(before.as_deref())
        .optional_text(after.as_deref());
    // Came with version 4.
    if let Some((kind, name, address)) = principal.fields() {
        into.tag(24).text(kind).text(name).optional_text(address);
    }
}
