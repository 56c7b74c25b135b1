//! For stories about the store: time that stands still, entropy that repeats, a private directory, drafts of records.

use std::path::{Path, PathBuf};

use gatepass::{
    domain::{
        actor::Actor,
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
        instant::{DAY, Instant},
        legacy::LegacyPolicy,
        usage::LastUse,
    },
    keys::{Keys, MasterKey},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use tempfile::TempDir;

/// The present: 2026-11-22T06:18:34Z.
pub fn now() -> Instant {
    Instant::from_unix(1_795_328_314)
}

/// Entropy that is the same in every run.
pub fn entropy(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// The keys of a store; another seed, other keys.
pub fn keys(seed: u64) -> Keys {
    Keys::derive(&MasterKey::generate(&mut entropy(seed)))
}

/// A directory that is 0700 under every umask, gone when dropped.
pub struct PrivateDir {
    _outer: TempDir,
    path: PathBuf,
}

impl PrivateDir {
    pub fn new() -> Self {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("private");
        gatepass::keys::secure_fs::create_private_dir(&path).unwrap();
        Self { _outer: outer, path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// Ann, who became root.
pub fn actor() -> Actor {
    Actor {
        uid: 0,
        login_uid: Some(1000),
        user: "root".to_owned(),
        sudo_user: Some("ann".to_owned()),
        host: "gate".to_owned(),
    }
}

/// An account; the store gives it its key, 1 for the first.
pub fn account(id: &str) -> Account {
    Account {
        key: AccountKey(1),
        id: AccountId::parse(id).unwrap(),
        name: Name::parse("Example").unwrap(),
        region: Region::Eu1,
        require_user_passcode: false,
        legacy: None,
        created_at: now(),
        audit_seq: 0,
    }
}

/// A policy for legacy keys that is announced now, limits them tomorrow and ends them in a month.
pub fn legacy_policy() -> LegacyPolicy {
    LegacyPolicy {
        announced_at: now(),
        limited_at: now().plus(DAY),
        limit: RateLimit::new(60).unwrap(),
        sunset_at: now().plus(30 * DAY),
        link: Some("https://api.example/tokens".to_owned()),
    }
}

/// The id of the credential that was drafted with `number`.
pub fn id(number: u8) -> CredentialId {
    CredentialId { prefix: IdPrefix::Passcode, bytes: [number; 12] }
}

/// The digest of the credential that was drafted with `number`.
pub fn digest(number: u8) -> Digest {
    Digest([number; 32])
}

/// A passcode of a partner in the first account, for a year, in place `number`.
pub fn account_passcode(number: u8, name: &str) -> Credential {
    Credential {
        seq: i64::from(number),
        id: id(number),
        account: AccountKey(1),
        subject: Subject::Partner(Name::parse(name).unwrap()),
        slot: Some(number),
        note: None,
        previous: None,
        created_at: now(),
        created_by: "ann as root@gate".to_owned(),
        lifetime: Lifetime::Days(365),
        expiry: Expiry::At(now().plus(365 * DAY)),
        secrets: Secrets {
            generation: 1,
            current: Some(digest(number)),
            created_at: now(),
            delivered_at: None,
            retiring: None,
        },
        introspect: false,
        scopes: Scopes::NONE,
        limit: None,
        revoked: None,
        deleted: None,
        audit_seq: 0,
    }
}

/// A passcode of a user in the first account, for a year.
pub fn user_passcode(number: u8, address: &str) -> Credential {
    let owner = Subject::User(Email::parse(address).unwrap());
    Credential { subject: owner, slot: None, ..account_passcode(number, "nobody") }
}

/// An app of the first account, under this number.
pub fn app(number: u8, name: &str) -> App {
    App {
        seq: i64::from(number),
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
        audit_seq: 0,
    }
}

/// A district of the first account, under this number.
pub fn district(number: u8, name: &str) -> District {
    District {
        seq: i64::from(number),
        id: ObjectId::parse(&format!("d{number:023x}")).unwrap(),
        account: AccountKey(1),
        name: Name::parse(name).unwrap(),
        external_id: None,
        created_at: now(),
        created_by: "ann as root@gate".to_owned(),
        removed: None,
        audit_seq: 0,
    }
}

/// A token of an app for a district, for a year.
pub fn token(number: u8, app: &App, district: &District) -> Credential {
    Credential {
        id: CredentialId { prefix: IdPrefix::Token, bytes: [number; 12] },
        subject: Subject::AppDistrict(AppDistrict::new(app.id, district.id)),
        slot: None,
        scopes: Scopes::parse("read:students").unwrap(),
        ..account_passcode(number, "nobody")
    }
}

/// So many uses of the credential with this number, the last of them at an instant and from a peer.
pub fn usage_record(credential: i64, at: Instant, peer: &str, count: u64) -> LastUse {
    LastUse { credential, at, peer: peer.to_owned(), count }
}

/// The same credential with an end of its own.
pub fn expiring_at(credential: Credential, end: Instant) -> Credential {
    Credential { lifetime: Lifetime::Until(end), expiry: Expiry::At(end), ..credential }
}

/// The same credential without an end.
pub fn never_expiring(credential: Credential) -> Credential {
    Credential { lifetime: Lifetime::Forever, expiry: Expiry::Never, ..credential }
}

/// The same credential, revoked now.
pub fn revoked(credential: Credential) -> Credential {
    let revocation = Revocation { at: now(), by: "root@gate".to_owned(), reason: None };
    Credential { revoked: Some(revocation), ..credential }
}

/// The same credential, deleted now; that frees its place.
pub fn deleted(credential: Credential) -> Credential {
    Credential { deleted: Some(deletion()), slot: None, ..credential }
}

/// That something was deleted or removed now.
pub fn deletion() -> Deletion {
    Deletion { at: now(), by: "root@gate".to_owned() }
}
