//! Tampering with accounts, credentials, secrets, names and usage.

use gatepass::{
    domain::{
        audit::Action,
        credential::{Credential, CredentialKind},
        decision::SecretLookup,
        directory::{id::PartialId, name::Note},
        seq::CredentialSeq,
    },
    store::{
        Access, SortBy, StoreError, Transaction,
        port::{
            backend::BackendTransaction,
            record::{Namespace, UniqueNameKey},
        },
    },
};

use super::populated_store::fully_populated;
use crate::{
    conformance::{
        backend_source::BackendSource,
        cases::scans::scan_verified,
        test_store::{TestStore, assert_integrity_error, audit_context, begin_raw, found_rows},
    },
    support::records::{account_passcode, digest, id, now, usage_record, user_passcode},
};

pub fn an_intact_store_has_no_issues(source: &dyn BackendSource) {
    let store = fully_populated(source);
    assert_eq!(store.integrity_issues(), []);
    assert_eq!(scan_verified(&mut store.read(), SortBy::Name).unwrap(), [1, 5, 6, 2, 3, 4]);
}

pub fn a_tampered_credential_is_rejected_everywhere(source: &dyn BackendSource) {
    // The first value is valid for the column, the second is not.
    for change in ["revoked_at = null, revoked_by = null", "lifetime = 'sometimes'"] {
        let source = source.another_source();
        let store = fully_populated(&*source);
        source.tamper(&format!("update credential set {change} where seq = 1"));
        let mut tx = store.read();
        assert_integrity_error(tx.find_credential(CredentialSeq(1)));
        assert_integrity_error(tx.get_credential(CredentialSeq(1)));
        assert_integrity_error(tx.find_credential_by_id(id(1)));
        let (account, kind) = (store.account.key, CredentialKind::Account);
        let partial = PartialId::parse("pc_0101").unwrap();
        assert_integrity_error(tx.list_credentials_by_partial_id(partial, 2));
        assert_integrity_error(tx.find_holder(account, kind, "reset"));
        assert_integrity_error(tx.list_holders(account, kind, "r", 2));
        assert_scans_fail(&mut tx);
        assert_tampered(tx.find_by_digest(&digest(11)));
        assert!(
            tx.find_credential(CredentialSeq(5)).unwrap().is_some(),
            "other credentials are unaffected"
        );
    }
}

/// A name whose holder was tampered with never seems to be free, however often a transaction looks it up.
pub fn a_tampered_name_is_rejected_each_time(source: &dyn BackendSource) {
    let store = fully_populated(source);
    source.tamper("update holding set holder = 5 where owner_key = 'reset'");
    let mut tx = store.write();
    for _ in 0..2 {
        assert_integrity_error(tx.find_holder(store.account.key, CredentialKind::Account, "reset"));
    }
}

pub fn a_tampered_last_use_is_rejected_everywhere(source: &dyn BackendSource) {
    // The first value is valid for the column, the second is not.
    for change in ["at = at + 1", "count = -1"] {
        let source = source.another_source();
        let store = fully_populated(&*source);
        source.tamper(&format!("update last_use set {change}"));
        let mut tx = store.write();
        assert_integrity_error(tx.find_last_use(CredentialSeq(5)));
        let usage = usage_record(CredentialSeq(5), now().plus(9), "gate", 1);
        assert_integrity_error(tx.record_last_uses(&[usage]));
        assert_scans_fail(&mut tx);
        let found = tx.find_by_digest(&digest(5));
        assert!(
            matches!(found, Ok(SecretLookup::Known(_))),
            "usage does not affect authentication"
        );
    }
}

pub fn the_integrity_check_finds_a_last_use_without_credential(source: &dyn BackendSource) {
    let store = fully_populated(source);
    source.tamper("delete from credential where seq = 5");
    let issues = store.integrity_issues();
    let expected = "credential number 5 was used but is missing or was changed";
    assert!(issues.iter().any(|issue| issue.0 == expected), "{issues:?}");
}

pub fn a_tampered_account_is_rejected(source: &dyn BackendSource) {
    for change in ["require_user_passcode = 1", "region = 'moon'", "key = 2"] {
        let source = source.another_source();
        let store = fully_populated(&*source);
        source.tamper(&format!("update account set {change}"));
        assert_tampered(store.read().find_by_digest(&digest(5)));
    }
}

pub fn a_planted_secret_is_rejected(source: &dyn BackendSource) {
    let store = fully_populated(source);
    let planted = source.blob(&digest(99).0);
    source.tamper(&format!(
        "insert into secret (digest, credential, mac) select {planted}, 5, mac from secret where credential = 5"
    ));
    assert_tampered(store.read().find_by_digest(&digest(99)));
    assert!(!store.integrity_issues().is_empty());

    source.tamper(&format!("update credential set digest = {planted} where seq = 5"));
    assert_tampered(store.read().find_by_digest(&digest(99)));
    assert_tampered(store.read().find_by_digest(&digest(5)));
}

fn assert_tampered(found: Result<SecretLookup, StoreError>) {
    assert!(matches!(found, Ok(SecretLookup::Tampered)), "{found:?}");
}

pub fn a_missing_credential_is_detected(source: &dyn BackendSource) {
    let store = fully_populated(source);
    source.tamper("delete from credential where seq = 5");
    let mut tx = store.read();
    assert_scans_fail(&mut tx);
    assert_integrity_error(tx.get_credential(CredentialSeq(5)));
    let kind = CredentialKind::Account;
    assert_integrity_error(tx.find_holder(store.account.key, kind, "untouched"));
    assert_tampered(tx.find_by_digest(&digest(5)));
    drop(tx);
    assert!(!store.integrity_issues().is_empty());
}

pub fn a_missing_account_is_detected(source: &dyn BackendSource) {
    let store = fully_populated(source);
    source.tamper("delete from account");
    assert_integrity_error(store.read().accounts());
    assert_tampered(store.read().find_by_digest(&digest(5)));
    assert!(!store.integrity_issues().is_empty());
}

pub fn a_name_pointing_to_a_deleted_passcode_is_rejected(source: &dyn BackendSource) {
    let (address, kind) = ("ann@example.com", CredentialKind::User);
    let store = TestStore::new(source);
    let ann = store.add(user_passcode(1, address));
    let namespace = Namespace::Credentials(kind);
    let name = UniqueNameKey { account: ann.account, namespace, key: address.to_owned() };
    let old = begin_raw(&*source.open(), Access::Read).find_unique_names(&[name]).unwrap();
    store.delete(&ann);
    restore_old_row(source, |tx| tx.put_unique_names(&old).unwrap());

    assert_integrity_error(store.read().find_holder(ann.account, kind, address));
    assert_integrity_error(store.read().list_holders(ann.account, kind, "ann", 2));
    assert!(!store.integrity_issues().is_empty());
}

pub fn a_restored_older_row_is_rejected(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let added = store.add(account_passcode(1, "Partner"));
    let old =
        found_rows(begin_raw(&*source.open(), Access::Read).find_credentials(&[CredentialSeq(1)]));
    let note = Some(Note::parse("noted").unwrap());
    store.change_credential(Action::Edit, Credential { note, ..added.clone() });
    assert_eq!(store.integrity_issues(), []);
    restore_old_row(source, |tx| assert_eq!(tx.update_credentials(&old).unwrap(), 1));

    assert_integrity_error(store.read().get_credential(CredentialSeq(1)));
    assert_integrity_error(store.read().find_credential_by_id(added.id));
    assert_integrity_error(store.write().update_credential(
        &audit_context(Action::Edit),
        Credential { note: None, ..added.clone() },
    ));
    assert_scans_fail(&mut store.read());
    let (issues, id) = (store.integrity_issues(), added.id.to_string());
    assert!(issues.iter().any(|issue| issue.0.contains(&id)), "{issues:?}");
}

/// Writes a row that the database had before, as someone who kept a copy could.
fn restore_old_row(source: &dyn BackendSource, write: impl FnOnce(&mut dyn BackendTransaction)) {
    let backend = source.open();
    let mut tx = begin_raw(&*backend, Access::Write);
    write(&mut *tx);
    tx.commit(None).unwrap();
}

fn assert_scans_fail(tx: &mut Transaction<'_>) {
    for order in SortBy::ALL {
        assert_integrity_error(scan_verified(tx, order));
    }
}
