//! Drafts of records, with fixed time and entropy.

use std::ops::RangeInclusive;

use gatepass::{
    domain::{
        actor::{Actor, Principal, Process},
        credential::{
            Credential, Deletion, Revocation, Secrets,
            lifetime::{Expiry, Lifetime},
            rate_limit::RateLimit,
            scope::Scopes,
            secret::Digest,
            subject::{AppDistrict, Subject},
        },
        directory::{
            account::{Account, AccountId, AccountKey, Region},
            app::App,
            district::District,
            id::{ClientId, CredentialId, IdPrefix, ObjectId},
            name::{Email, Name},
        },
        duration::Duration,
        instant::{DAY, Day, Instant},
        legacy::LegacyPolicy,
        seq::{AppSeq, AuditSeq, CredentialSeq, DistrictSeq},
        usage::{LastUse, UsageReport},
    },
    keys::{Keys, MasterKey},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

/// Returns the time at which records are created: 2026-11-22T06:18:34Z.
pub fn now() -> Instant {
    Instant::from_unix(1_795_328_314)
}

/// Returns entropy that is the same in every run.
pub fn entropy(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// Returns the keys of a store, which depend on the seed.
pub fn keys(seed: u64) -> Keys {
    Keys::derive(&MasterKey::generate(&mut entropy(seed)))
}

/// Returns Ann, who became root.
pub fn actor() -> Actor {
    let process = Process {
        uid: 0,
        login_uid: Some(1000),
        user: "root".to_owned(),
        sudo_user: Some("ann".to_owned()),
        host: "gate".to_owned(),
    };
    Actor { process, principal: Principal::Os }
}

/// Returns a principal of each kind.
pub fn every_principal() -> [Principal; 4] {
    let address = "192.0.2.7".to_owned();
    [
        Principal::Os,
        Principal::ApiClient { client: app(1, "Reader").client_id, address: address.clone() },
        Principal::Web { email: Email::parse("ann@example.org").unwrap(), address },
        Principal::System { name: "gate".to_owned() },
    ]
}

/// Returns an account. The store assigns the key, 1 for the first.
pub fn account(id: &str) -> Account {
    Account {
        key: AccountKey(1),
        id: AccountId::parse(id).unwrap(),
        name: Name::parse("Example").unwrap(),
        region: Region::Eu1,
        require_user_passcode: false,
        legacy: None,
        created_at: now(),
        removed: None,
        audit_seq: AuditSeq::NONE,
    }
}

/// Returns a policy for legacy keys: announced now, limited tomorrow, with the sunset in 30 days.
pub fn legacy_policy() -> LegacyPolicy {
    LegacyPolicy {
        announced_at: now(),
        limited_at: now().plus(DAY),
        limit: RateLimit::new(60).unwrap(),
        sunset_at: now().plus(30 * DAY),
        link: Some("https://api.example/tokens".to_owned()),
    }
}

/// Returns the id of the draft with this number.
pub fn id(number: u8) -> CredentialId {
    CredentialId { prefix: IdPrefix::Passcode, bytes: [number; 12] }
}

/// Returns the digest of the secret of the draft with this number.
pub fn digest(number: u8) -> Digest {
    Digest([number; 32])
}

/// Returns a passcode of a partner in the first account, for a year, in slot `number`.
pub fn account_passcode(number: u8, name: &str) -> Credential {
    Credential {
        seq: CredentialSeq(i64::from(number)),
        id: id(number),
        account: AccountKey(1),
        subject: Subject::Partner(Name::parse(name).unwrap()),
        slot: Some(number),
        note: None,
        previous: None,
        created_at: now(),
        created_by: "ann as root@gate".to_owned(),
        lifetime: Lifetime::For(Duration::days(365)),
        expiry: Expiry::At(now().plus(365 * DAY)),
        expiry_set_at: now(),
        secrets: Secrets::new(digest(number), now(), None),
        introspect: false,
        scopes: Scopes::NONE,
        limit: None,
        revoked: None,
        deleted: None,
        audit_seq: AuditSeq::NONE,
    }
}

/// Returns a passcode of a user in the first account, for a year.
pub fn user_passcode(number: u8, address: &str) -> Credential {
    let subject = Subject::User(Email::parse(address).unwrap());
    Credential { subject, slot: None, ..account_passcode(number, "nobody") }
}

/// Returns an app of the first account.
pub fn app(number: u8, name: &str) -> App {
    App {
        seq: AppSeq(i64::from(number)),
        id: ObjectId::parse(&format!("a{number:023x}")).unwrap(),
        client_id: ClientId::parse(&format!("c{number:019x}")).unwrap(),
        account: AccountKey(1),
        name: Name::parse(name).unwrap(),
        secrets: account_passcode(number, name).secrets,
        limit: RateLimit::TOKEN_DEFAULT,
        webhook: None,
        created_at: now(),
        created_by: "ann as root@gate".to_owned(),
        removed: None,
        audit_seq: AuditSeq::NONE,
    }
}

/// Returns a district of the first account.
pub fn district(number: u8, name: &str) -> District {
    District {
        seq: DistrictSeq(i64::from(number)),
        id: ObjectId::parse(&format!("d{number:023x}")).unwrap(),
        account: AccountKey(1),
        name: Name::parse(name).unwrap(),
        external_id: None,
        created_at: now(),
        created_by: "ann as root@gate".to_owned(),
        removed: None,
        audit_seq: AuditSeq::NONE,
    }
}

/// Returns a token of an app for a district, for a year.
pub fn token(number: u8, app: &App, district: &District) -> Credential {
    Credential {
        id: CredentialId { prefix: IdPrefix::Token, bytes: [number; 12] },
        subject: Subject::AppDistrict(AppDistrict::new(app.id, district.id)),
        slot: None,
        scopes: Scopes::parse("read:students").unwrap(),
        ..account_passcode(number, "nobody")
    }
}

/// Returns `count` uses of the credential with this number, the last of them at an instant and from a peer.
pub fn usage_record(credential: CredentialSeq, at: Instant, peer: &str, count: u64) -> LastUse {
    LastUse { credential, at, peer: peer.to_owned(), count }
}

/// Returns uses as a gate reports them.
pub fn reported(last_use: LastUse) -> UsageReport {
    UsageReport { last_use, by_day: false }
}

/// Returns uses as a gate reports those of a legacy key, which are also counted by day.
pub fn reported_by_day(last_use: LastUse) -> UsageReport {
    UsageReport { last_use, by_day: true }
}

/// Returns the range of all days.
pub fn all_days() -> RangeInclusive<Day> {
    Day::EPOCH..=Day(i64::MAX)
}

/// Sets the expiry.
pub fn expiring_at(credential: Credential, end: Instant) -> Credential {
    Credential { lifetime: Lifetime::Until(end), expiry: Expiry::At(end), ..credential }
}

/// Removes the expiry.
pub fn never_expiring(credential: Credential) -> Credential {
    Credential { lifetime: Lifetime::Forever, expiry: Expiry::Never, ..credential }
}

/// Revokes a draft, now.
pub fn revoked(credential: Credential) -> Credential {
    let revocation = Revocation { at: now(), by: "root@gate".to_owned(), reason: None };
    Credential { revoked: Some(revocation), ..credential }
}

/// Deletes a draft, now; that frees its slot.
pub fn deleted(credential: Credential) -> Credential {
    Credential { deleted: Some(deletion()), slot: None, ..credential }
}

/// Returns the record of a deletion, now.
pub fn deletion() -> Deletion {
    Deletion { at: now(), by: "root@gate".to_owned() }
}
