//! The lookups and scans that commands and the gate make, without the integrity check.

use gatepass::{
    domain::{
        credential::CredentialKind,
        decision::SecretLookup,
        directory::account::AccountKey,
        instant::{Day, Instant},
        seq::{CredentialSeq, MessageSeq},
    },
    store::{Access, SortBy, Transaction, port::record::Namespace},
};

use crate::{
    conformance::{
        cases::{messages, scans::scan_verified},
        test_store::{TestStore, collect},
    },
    support::records::{all_days, digest},
};

/// A read of everything in some tables; `None` if it is refused.
type Read = fn(&mut Transaction<'_>) -> Option<()>;

const READS: [Read; 9] = [
    |tx| tx.accounts().ok().map(drop),
    |tx| tx.apps().ok().map(drop),
    |tx| collect(|each| tx.scan_districts(each)).ok().map(drop),
    |tx| collect(|each| tx.scan_audit(each)).ok().map(drop),
    |tx| scan_verified(tx, SortBy::Name).ok().map(drop),
    find_every_secret,
    find_every_name,
    find_every_message,
    read_usage_and_counters,
];

/// Returns whether a read of the store is refused.
pub fn is_refused(store: &TestStore) -> bool {
    let is_refused = |read: &Read| match store.begin(Access::Read) {
        Ok(mut tx) => read(&mut tx).is_none(),
        Err(_) => true,
    };
    READS.iter().any(is_refused) || messages::scan(store).1.ensure_intact().is_err()
}

/// The keys of the accounts that there are, and of one that there is not.
fn account_keys() -> impl Iterator<Item = AccountKey> {
    [1, 2].into_iter().map(AccountKey)
}

fn find_every_secret(tx: &mut Transaction<'_>) -> Option<()> {
    for number in (1..=12).chain([0xa5]) {
        let found = tx.find_by_digest(&digest(number)).ok()?;
        if matches!(found, SecretLookup::Tampered) {
            return None;
        }
    }
    Some(())
}

fn find_every_name(tx: &mut Transaction<'_>) -> Option<()> {
    for account in account_keys() {
        for key in ["reset", "untouched", "ann@example.com", "bob@example.com", "eve@example.com"] {
            for kind in CredentialKind::ALL {
                tx.find_holder(account, kind, key).ok()?;
            }
        }
        for (namespace, key) in
            [(Namespace::Districts, "springfield"), (Namespace::ExternalIds, "0601234")]
        {
            tx.find_district_by_key(account, namespace, key).ok()?;
        }
    }
    Some(())
}

fn find_every_message(tx: &mut Transaction<'_>) -> Option<()> {
    for seq in (1..=9).map(MessageSeq) {
        tx.find_message(seq).ok()?;
    }
    Some(())
}

fn read_usage_and_counters(tx: &mut Transaction<'_>) -> Option<()> {
    for seq in (1..=7).map(CredentialSeq) {
        tx.list_daily_usage(seq, all_days()).ok()?;
    }
    for account in account_keys() {
        tx.count_used_slots(account).ok()?;
    }
    for day in [Day::EPOCH.start(), Instant::from_unix(i64::from(u32::MAX))] {
        tx.count_expiring_by_end_of_day(day).ok()?;
    }
    Some(())
}
