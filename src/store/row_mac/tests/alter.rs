//! Values of every type that a record contains, and what differs from them.

use crate::{
    domain::{
        actor::{Actor, Principal, Process},
        audit::{Action, AuditRecord},
        credential::{
            Credential, Deletion, Retiring, Revocation, RevocationReason, Secrets, Undelivered,
            lifetime::{Expiry, Lifetime},
            rate_limit::RateLimit,
            scope::Scopes,
            secret::Digest,
            subject::{AppDistrict, Subject},
        },
        directory::{
            account::{Account, AccountId, AccountKey, Region},
            app::{App, Webhook},
            district::{District, ExternalId},
            id::{ClientId, CredentialId, IdPrefix, ObjectId},
            name::{Email, Name, Note},
        },
        duration::Duration,
        instant::{DAY, Day, Instant},
        legacy::LegacyPolicy,
        notice::{
            DeliveryResult, Event, MessageEnd, MessageId, OutboxMessage, Recipient, WebhookUrl,
        },
        seq::{AppSeq, AuditSeq, CredentialSeq, DistrictSeq, MessageSeq},
        usage::{DailyUse, LastUse},
    },
    store::port::record::{
        AuditEntry, Checkpoint, Counter, Head, MASKED_SUMS, MaskedSums, MessageIdSeed, Namespace,
        SecretEntry, UniqueName,
    },
};

/// A type of which there are several values.
pub trait Alter: Sized {
    /// A value with as little in it as possible: zero, empty, `None`.
    fn least() -> Self;

    /// A value with something in each of its fields.
    fn sample() -> Self;

    /// Values that differ from this one in one field each, with the path of the field.
    fn others(&self) -> Vec<(String, Self)>;
}

/// Implements [`Alter`] for a type with an array of values, the first of which is the least and the last the sample.
macro_rules! alter_values {
    ($($type:ty: $values:expr;)*) => {
        $(impl Alter for $type {
            fn least() -> Self {
                $values.into_iter().next().unwrap()
            }

            fn sample() -> Self {
                $values.into_iter().next_back().unwrap()
            }

            fn others(&self) -> Vec<(String, Self)> {
                let others = $values.into_iter().filter(|other| other != self);
                others.map(|other| (String::new(), other)).collect()
            }
        })*
    };
}

/// Implements [`Alter`] for a type with these fields. A field that is missing here does not compile.
macro_rules! alter_fields {
    ($($type:ident { $($field:ident),* $(,)? })*) => {
        $(impl Alter for $type {
            fn least() -> Self {
                Self { $($field: Alter::least()),* }
            }

            fn sample() -> Self {
                Self { $($field: Alter::sample()),* }
            }

            fn others(&self) -> Vec<(String, Self)> {
                let Self { $($field),* } = self;
                let mut others = Vec::new();
                $(others.extend($field.others().into_iter().map(|(path, value)| {
                    let mut other = self.clone();
                    other.$field = value;
                    (format!(".{}{path}", stringify!($field)), other)
                }));)*
                others
            }
        })*
    };
}

impl<T: Alter> Alter for Option<T> {
    fn least() -> Self {
        None
    }

    fn sample() -> Self {
        Some(T::sample())
    }

    fn others(&self) -> Vec<(String, Self)> {
        match self {
            None => vec![(String::new(), Some(T::least())), (String::new(), Some(T::sample()))],
            Some(value) => {
                let others = value.others().into_iter().map(|(path, other)| (path, Some(other)));
                others.chain([(String::new(), None)]).collect()
            }
        }
    }
}

fn rate_limit(per_minute: u32) -> RateLimit {
    RateLimit::new(per_minute).unwrap()
}

fn client_id(digit: &str) -> ClientId {
    ClientId::parse(&digit.repeat(20)).unwrap()
}

fn object_id(byte: u8) -> ObjectId {
    ObjectId::from_bytes([byte; 12])
}

fn credential_id(byte: u8) -> CredentialId {
    // The prefix follows from the kind.
    CredentialId { prefix: IdPrefix::Passcode, bytes: [byte; 12] }
}

fn partner(name: &str) -> Subject {
    Subject::Partner(Name::parse(name).unwrap())
}

fn user(email: &str) -> Subject {
    Subject::User(Email::parse(email).unwrap())
}

fn app_district(app: u8, district: u8) -> Subject {
    Subject::AppDistrict(AppDistrict::new(object_id(app), object_id(district)))
}

const REASONS: [RevocationReason; 6] = {
    let [one, two, three, four] = RevocationReason::SELECTABLE;
    [one, two, three, four, RevocationReason::Tampered, RevocationReason::NotDelivered]
};

fn masked_sums(nonce: u8, last: u8) -> MaskedSums {
    let mut masked = [[7; 16]; MASKED_SUMS];
    masked[MASKED_SUMS - 1] = [last; 16];
    MaskedSums { nonce: [nonce; 16], masked }
}

alter_values! {
    Action: Action::ALL;
    DeliveryResult: DeliveryResult::ALL;
    Event: Event::ALL;
    Namespace: Namespace::ALL;
    Region: Region::ALL;
    RevocationReason: REASONS;
    bool: [false, true];
    u8: [0, 1, 100, 7];
    u32: [0, 1, 128, u32::MAX, 7];
    u64: [0, 1, 128, u64::MAX, 7];
    i64: [0, 1, -1, 127, 128, i64::MIN, i64::MAX, 7];
    String: [String::new(), "a".to_owned(), "a\0".to_owned(), "ä".repeat(100), "text".to_owned()];
    [u8; 32]: [[0; 32], [1; 32], [7; 32]];
    Digest: [Digest([0; 32]), Digest([1; 32]), Digest([7; 32])];
    Instant: [Instant::EPOCH, Instant::from_unix(-1), Instant::from_unix(1_795_328_314)];
    MaskedSums: [masked_sums(0, 0), masked_sums(1, 0), masked_sums(0, 1), masked_sums(7, 7)];
    Day: [Day(0), Day(-1), Day(20_779)];
    AccountKey: [AccountKey(0), AccountKey(1), AccountKey(-1), AccountKey(7)];
    AppSeq: [AppSeq(0), AppSeq(1), AppSeq(-1), AppSeq(7)];
    AuditSeq: [AuditSeq(0), AuditSeq(1), AuditSeq(-1), AuditSeq(7)];
    CredentialSeq: [CredentialSeq(0), CredentialSeq(1), CredentialSeq(-1), CredentialSeq(7)];
    DistrictSeq: [DistrictSeq(0), DistrictSeq(1), DistrictSeq(-1), DistrictSeq(7)];
    MessageSeq: [MessageSeq(0), MessageSeq(1), MessageSeq(-1), MessageSeq(7)];
    AccountId: [
        AccountId::parse("AAA-AAA-AAAA").unwrap(),
        AccountId::parse("TEST-948-4KK-444Z").unwrap(),
        AccountId::parse("948-4KK-444Z").unwrap(),
    ];
    Name: [Name::parse("a").unwrap(), Name::parse("A").unwrap(), Name::parse("Example").unwrap()];
    Note: [Note::parse("a").unwrap(), Note::parse("for the nightly import").unwrap()];
    ExternalId: [ExternalId::parse("a").unwrap(), ExternalId::parse("0601234").unwrap()];
    ObjectId: [object_id(0), object_id(1), object_id(7)];
    ClientId: [client_id("0"), client_id("1"), client_id("7")];
    CredentialId: [credential_id(0), credential_id(1), credential_id(7)];
    MessageId: [MessageId([0; 12]), MessageId([1; 12]), MessageId([7; 12])];
    RateLimit: [rate_limit(1), rate_limit(2), rate_limit(RateLimit::MAX), rate_limit(60)];
    WebhookUrl: [
        WebhookUrl::from_stored("https://a.example".to_owned()),
        WebhookUrl::from_stored("https://reader.example/hook".to_owned()),
    ];
    Scopes: [
        Scopes::NONE,
        Scopes::parse("read:x").unwrap(),
        Scopes::parse("read:students read:teachers").unwrap(),
    ];
    Subject: [
        partner("a"),
        partner("ann@example.org"),
        user("ann@example.org"),
        user("bob@example.org"),
        Subject::App(object_id(1)),
        Subject::App(object_id(2)),
        app_district(1, 2),
        app_district(2, 1),
        partner("Example"),
    ];
    Lifetime: [
        Lifetime::Forever,
        Lifetime::Infinite,
        Lifetime::Until(Instant::EPOCH),
        Lifetime::Until(Instant::from_unix(DAY)),
        Lifetime::For(Duration::hours(1)),
        Lifetime::For(Duration::hours(25)),
        Lifetime::For(Duration::days(1)),
        Lifetime::For(Duration::days(90)),
    ];
    Expiry: [
        Expiry::Never,
        Expiry::At(Instant::EPOCH),
        Expiry::At(Instant::from_unix(DAY)),
        Expiry::At(Instant::from_unix(1_803_104_314)),
    ];
    Recipient: [Recipient::App(AppSeq(0)), Recipient::App(AppSeq(1)), Recipient::App(AppSeq(7))];
    Principal: [
        Principal::Os,
        Principal::System { name: "gate".to_owned() },
        Principal::System { name: "cron".to_owned() },
        Principal::Web {
            email: Email::parse("ann@example.org").unwrap(),
            address: "192.0.2.7".to_owned(),
        },
        Principal::ApiClient { client: client_id("1"), address: "192.0.2.7".to_owned() },
        Principal::ApiClient { client: client_id("1"), address: "192.0.2.8".to_owned() },
        Principal::ApiClient { client: client_id("2"), address: "192.0.2.7".to_owned() },
    ];
}

alter_fields! {
    Account {
        key, id, name, region, require_user_passcode, legacy, created_at, removed, audit_seq,
    }
    Actor { process, principal }
    App {
        seq, id, client_id, account, name, secrets, limit, webhook, created_at, created_by, removed,
        audit_seq,
    }
    AuditEntry { record, link }
    AuditRecord { seq, at, actor, version, action, subject, name, before, after }
    Checkpoint { seq, link }
    Counter { account, key, count }
    Credential {
        seq, id, account, subject, slot, note, previous, created_at, created_by, lifetime, expiry,
        expiry_set_at, secrets, introspect, scopes, limit, revoked, deleted, audit_seq,
    }
    DailyUse { credential, day, count }
    Deletion { at, by }
    District {
        seq, id, account, name, external_id, created_at, created_by, removed, audit_seq,
    }
    Head {
        created_at, accounts, credentials, apps, districts, messages, audit_seq, audit_at,
        audit_link, escrowed_at, sums,
    }
    LastUse { credential, at, peer, count }
    LegacyPolicy { announced_at, limited_at, limit, sunset_at, link }
    MessageEnd { at, result }
    MessageIdSeed { seq, link }
    OutboxMessage {
        seq, id, recipient, event, credential, token_expires_at, body, created_at, attempts,
        next_attempt_at, failure, ended,
    }
    Process { uid, login_uid, user, sudo_user, host }
    Retiring { digest, until, until_used, replacement_used }
    Revocation { at, by, reason }
    SecretEntry { digest, credential }
    Secrets { generation, current, created_at, delivered_at, retiring, undelivered, discarded }
    Undelivered { digest, created_at }
    UniqueName { account, namespace, key, holder }
    Webhook { url, generation }
}
