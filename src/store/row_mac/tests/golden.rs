//! The MACs of one record of each type and version. If one of them changes, existing stores can't be read.

use insta::assert_snapshot;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use super::alter::Alter;
use crate::{
    domain::{
        actor::{Actor, Principal},
        audit::{Action, AuditRecord},
        credential::{
            Credential, Retiring, Secrets,
            lifetime::Lifetime,
            subject::{AppDistrict, Subject},
        },
        directory::{account::Account, app::App, district::District, id::ObjectId, name::Email},
        duration::Duration,
        instant::Instant,
        notice::OutboxMessage,
        usage::{DailyUse, LastUse},
    },
    keys::{Keys, MasterKey},
    store::{
        port::record::{
            AuditEntry, Checkpoint, Counter, Head, MessageIdSeed, Namespace, SecretEntry,
            UniqueName,
        },
        row_mac::{audit_link, mac::MacFields, mac::RowMac},
    },
};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn mac<T: MacFields>(record: T) -> String {
    let keys = Keys::derive(&MasterKey::generate(&mut ChaCha20Rng::seed_from_u64(1)));
    hex(&RowMac::new(&keys).authenticate(record).mac)
}

fn table(rows: impl IntoIterator<Item = (&'static str, String)>) -> String {
    rows.into_iter().map(|(name, mac)| format!("{name:<32}{mac}\n")).collect()
}

/// A head with the fields of version 1.
fn head() -> Head {
    Head {
        created_at: Alter::sample(),
        accounts: 2,
        credentials: Alter::sample(),
        audit_seq: Alter::sample(),
        audit_at: Alter::sample(),
        audit_link: Alter::sample(),
        escrowed_at: Alter::sample(),
        ..Alter::least()
    }
}

/// Secrets with the fields of version 1.
fn secrets() -> Secrets {
    let retiring = Retiring { replacement_used: false, ..Alter::sample() };
    Secrets { retiring: Some(retiring), undelivered: None, discarded: 0, ..Alter::sample() }
}

/// A credential with the fields of version 1.
fn credential() -> Credential {
    Credential {
        secrets: secrets(),
        introspect: false,
        scopes: Alter::least(),
        limit: None,
        ..Alter::sample()
    }
}

fn account() -> Account {
    Account { legacy: None, removed: None, ..Alter::sample() }
}

#[test]
fn macs_of_the_directory_never_change() {
    assert_snapshot!(table([
        ("head, version 1", mac(head())),
        ("head, apps of version 3", mac(Head { apps: 2, ..head() })),
        ("head, districts of version 3", mac(Head { districts: 2, ..head() })),
        ("head, messages of version 3", mac(Head { messages: Alter::sample(), ..head() })),
        ("head, sums of version 6", mac(Head { sums: Alter::sample(), ..head() })),
        ("account, version 1", mac(account())),
        ("account, policy of version 3", mac(Account { removed: None, ..Alter::sample() })),
        ("account, removed in version 5", mac(Account { legacy: None, ..Alter::sample() })),
        ("app, version 3", mac(App { secrets: secrets(), ..Alter::sample() })),
        ("app, version 5", mac(App::sample())),
        ("district, version 3", mac(District::sample())),
    ]), @"
    head, version 1                 6e601b650a09843da1b0fdaa26c63c8e
    head, apps of version 3         bda4e90d36432a55c62864847518a5c7
    head, districts of version 3    f99e81aadc3af43bee82b635e30812e8
    head, messages of version 3     7588087e217d74d731b5f33ee9311ace
    head, sums of version 6         79bf65c999890cc078226e85605f225c
    account, version 1              bd3ba9f69d127050dd0cfdd1eb1c97f2
    account, policy of version 3    2198f20be3ec0a071f2ac4bb4b3105d7
    account, removed in version 5   658f11b6941f868860a04a5e86792661
    app, version 3                  0a312bc5c8f7372849f746cd40723034
    app, version 5                  6724b7a7b79bbc6af823596135bdd6fc
    district, version 3             bcf3a3a0667265fd77254aebe0adfc77
    ");
}

#[test]
fn macs_of_credentials_never_change() {
    let lifetime = |lifetime| mac(Credential { lifetime, ..credential() });
    let subject = |subject| mac(Credential { subject, ..credential() });
    let [app, district] = [1, 2].map(|byte| ObjectId::from_bytes([byte; 12]));
    let user = || Subject::User(Email::parse("ann@example.org").unwrap());
    let moved = Instant::from_unix(1);
    assert_snapshot!(table([
        ("version 1", mac(credential())),
        ("of a user", subject(user())),
        ("of an app in a district", subject(Subject::AppDistrict(AppDistrict::new(app, district)))),
        ("of an app", subject(Subject::App(app))),
        ("forever", lifetime(Lifetime::Forever)),
        ("infinite", lifetime(Lifetime::Infinite)),
        ("until an instant", lifetime(Lifetime::Until(Instant::EPOCH))),
        ("for hours, of version 5", lifetime(Lifetime::For(Duration::hours(25)))),
        ("introspection of version 2", mac(Credential { introspect: true, ..credential() })),
        ("scopes of version 3", mac(Credential { scopes: Alter::sample(), ..credential() })),
        ("limit of version 3", mac(Credential { limit: Alter::sample(), ..credential() })),
        ("reset of version 5", mac(Credential { secrets: Alter::sample(), ..credential() })),
        ("new expiry of version 5", mac(Credential { expiry_set_at: moved, ..credential() })),
        ("all of it", mac(Credential { expiry_set_at: moved, ..Alter::sample() })),
        ("secret, version 1", mac(SecretEntry::sample())),
        ("last use, version 2", mac(LastUse::sample())),
        ("daily use, version 3", mac(DailyUse::sample())),
        ("counter, version 1", mac(Counter::sample())),
    ]), @"
    version 1                       2002d2c8d9f5d53717bcf564f6e11940
    of a user                       1ef7f8b15051413d4f65853a77208e37
    of an app in a district         3b0e110a03183e603283772ae203ca0b
    of an app                       83f7b3b744c0ab4eba7044c64553125f
    forever                         ff31b1febbdae499d426c55152c4ba4b
    infinite                        f1720992282b8a419f4559c57fd176b7
    until an instant                ef0880a6fa2559e932c3cb7b55fc3fd2
    for hours, of version 5         b70be038ae0353f35e476499c90c8ff5
    introspection of version 2      9a207d45fb39acbe22a61df560eb29d4
    scopes of version 3             e414c0a953bdf17fba69098e9cb38f5d
    limit of version 3              bb41aaea981db1f0661d9b9f7abc2045
    reset of version 5              407d63400ceacd75bc239f557da76387
    new expiry of version 5         3c25ef0f6f4ca64427841fe19880fe7e
    all of it                       70785a6b77506be382d811c8e0d9b352
    secret, version 1               853eb10b4668bca531dc82db7bdfa0dd
    last use, version 2             203d8feb5e14e39fd117d0bd743a4fcc
    daily use, version 3            4b856ee71eac25e892e8478a4dc20169
    counter, version 1              769db561a4b059c490f131944ec7fd49
    ");
}

#[test]
fn macs_of_names_and_messages_never_change() {
    let name = |namespace: Namespace| {
        (namespace.as_str(), mac(UniqueName { namespace, ..Alter::sample() }))
    };
    let rows = Namespace::ALL.map(name).into_iter().chain([
        ("message, version 3", mac(OutboxMessage::sample())),
        ("pending message, version 3", mac(OutboxMessage { ended: None, ..Alter::sample() })),
        ("message id, version 3", mac(MessageIdSeed::sample())),
    ]);
    assert_snapshot!(table(rows), @"
    account                         85db5bc478e0ef2bee8737f41455c052
    user                            198dda3faebe7c08596a4230d0973393
    token                           a8b57fe3eb9ced2a4c32d5d75badd62f
    legacy                          7135eeda4d6441e3c772919c4554cc66
    district                        ea2073a6d657249c09110cf2db885714
    external-id                     1be4254bb4276c996bd59219086bafa2
    message, version 3              8721537195261ba80a957c87c4410783
    pending message, version 3      10fa8a81f1a1022d7c34fccb63743203
    message id, version 3           a38a5c77c7d7713ee29d92d9b60d74e3
    ");
}

#[test]
fn macs_and_links_of_the_log_never_change() {
    let record = |principal| AuditRecord {
        actor: Actor { principal, ..Alter::sample() },
        action: Action::Revoke,
        ..Alter::sample()
    };
    let link = |record: &AuditRecord| hex(&audit_link(&[7; 32], record));
    assert_snapshot!(table([
        ("link, version 1", link(&record(Principal::Os))),
        ("link, actor of version 4", link(&record(Alter::sample()))),
        ("least link", link(&AuditRecord::least())),
        ("record, version 1", mac(AuditEntry::sample())),
        ("checkpoint, version 1", mac(Checkpoint::sample())),
    ]), @"
    link, version 1                 76782d28aca4ecde537a947b93b9b62694df9e739755e0cd53cb1cf99e10df1d
    link, actor of version 4        a778a92294c9f4241510e48fea88e6e666859b2d70185c06800be8d9e4364dec
    least link                      842429a7896b60a1701c6e34556b1e1de9b53ce0fec242c9f061427866d0ddef
    record, version 1               e6cb757cdee8fb3a2a4b5424a7035a5c
    checkpoint, version 1           618b71b613bc992447bac88398323b38
    ");
}
