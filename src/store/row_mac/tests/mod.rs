//! Every field of every record is covered by its MAC, and no encoding ever changes.

mod alter;
mod golden;
mod sums;

use std::{collections::HashMap, fmt::Debug};

use alter::Alter;

use super::{encoder::Encoder, mac::MacFields, records::audit_link};
use crate::{
    domain::{
        audit::AuditRecord,
        credential::Credential,
        directory::{account::Account, app::App, district::District},
        notice::OutboxMessage,
        usage::{DailyUse, LastUse},
    },
    store::port::record::{
        AuditEntry, Checkpoint, Counter, Head, MessageIdSeed, SecretEntry, UniqueName,
    },
};

fn encode<T: MacFields>(record: &T) -> Vec<u8> {
    let mut encoder = Encoder::default();
    record.encode(&mut encoder);
    encoder.as_bytes().to_vec()
}

/// Records of a type, each with the path of the field in which it differs from the first or the second one.
fn records<T: Alter>() -> Vec<(String, T)> {
    let (least, sample) = (T::least(), T::sample());
    let others = [least.others(), sample.others()];
    let named = [("least".to_owned(), least), ("sample".to_owned(), sample)];
    named.into_iter().chain(others.into_iter().flatten()).collect()
}

/// Asserts that records have the same bytes only if they are the same record.
#[track_caller]
fn assert_all_differ<T: Alter + Debug + PartialEq>(bytes: impl Fn(&T) -> Vec<u8>) {
    let mut seen: HashMap<Vec<u8>, (String, T)> = HashMap::new();
    let records = records::<T>();
    assert!(records.len() > 4, "no field was changed");
    for (path, record) in records {
        let name = std::any::type_name::<T>();
        if let Some((before, same)) = seen.get(&bytes(&record)) {
            assert!(*same == record, "{name}: {path} is not covered (as {before}): {record:#?}");
        }
        seen.insert(bytes(&record), (path, record));
    }
}

/// The rule of all row MACs: a record that differs in any field has another MAC.
#[test]
fn no_two_records_have_the_same_bytes() {
    assert_all_differ::<Head>(encode);
    assert_all_differ::<Account>(encode);
    assert_all_differ::<App>(encode);
    assert_all_differ::<District>(encode);
    assert_all_differ::<Credential>(encode);
    assert_all_differ::<SecretEntry>(encode);
    assert_all_differ::<LastUse>(encode);
    assert_all_differ::<DailyUse>(encode);
    assert_all_differ::<OutboxMessage>(encode);
    assert_all_differ::<MessageIdSeed>(encode);
    assert_all_differ::<UniqueName>(encode);
    assert_all_differ::<Counter>(encode);
    assert_all_differ::<Checkpoint>(encode);
}

/// The MAC of an audit record covers its number and its link, and the link covers the rest.
#[test]
fn no_two_audit_records_have_the_same_link() {
    let previous = [[0; 32], [1; 32]];
    assert_all_differ::<AuditRecord>(|record| audit_link(&previous[0], record).to_vec());
    for (path, record) in records::<AuditRecord>() {
        let [one, other] = previous.map(|previous| audit_link(&previous, &record));
        assert_ne!(one, other, "{path}");
    }
    let entry = AuditEntry::sample();
    for (path, other) in entry.others() {
        let is_covered = path.starts_with(".link") || path == ".record.seq";
        assert_eq!(encode(&other) != encode(&entry), is_covered, "{path}");
    }
}

/// A row of one table is no row of another.
#[test]
fn records_of_two_types_never_have_the_same_bytes() {
    fn first_bytes<T: Alter + MacFields>() -> u8 {
        let tags = records::<T>().iter().map(|(_, record)| encode(record)[0]).collect::<Vec<_>>();
        assert!(tags.iter().all(|tag| *tag == tags[0]), "{}", std::any::type_name::<T>());
        tags[0]
    }
    let tags = [
        first_bytes::<Head>(),
        first_bytes::<Account>(),
        first_bytes::<App>(),
        first_bytes::<District>(),
        first_bytes::<Credential>(),
        first_bytes::<SecretEntry>(),
        first_bytes::<LastUse>(),
        first_bytes::<DailyUse>(),
        first_bytes::<OutboxMessage>(),
        first_bytes::<MessageIdSeed>(),
        first_bytes::<UniqueName>(),
        first_bytes::<Counter>(),
        first_bytes::<AuditEntry>(),
        first_bytes::<Checkpoint>(),
    ];
    let mut unique = tags.to_vec();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), tags.len(), "{tags:?}");
}
