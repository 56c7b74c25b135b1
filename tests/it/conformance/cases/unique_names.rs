//! Unique names: which credential holds a name or an address.

use std::slice::from_ref;

use gatepass::{
    domain::{
        audit::Action,
        credential::{Credential, CredentialKind},
        directory::account::AccountKey,
    },
    store::{
        Access,
        port::{
            backend::BackendTransaction,
            record::{Namespace, UniqueName, UniqueNameKey},
        },
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            TestStore, assert_integrity_error, audit_context, authenticated, begin_raw,
            collect_rows, insert_row, with_accounts,
        },
    },
    support::records::{account_passcode, id, user_passcode},
};

const PARTNERS: Namespace = Namespace::Credentials(CredentialKind::Account);
const USERS: Namespace = Namespace::Credentials(CredentialKind::User);

fn unique_name(account: i64, namespace: Namespace, key: &str, holder: i64) -> UniqueName {
    UniqueName { account: AccountKey(account), namespace, key: key.to_owned(), holder }
}

fn name_key(account: i64, namespace: Namespace, key: &str) -> UniqueNameKey {
    UniqueNameKey { account: AccountKey(account), namespace, key: key.to_owned() }
}

fn put(tx: &mut dyn BackendTransaction, keys: &[&str]) {
    insert_row(tx, account_passcode(1, "Partner"));
    let names = keys.iter().map(|key| authenticated(unique_name(1, PARTNERS, key, 1)));
    tx.put_unique_names(&names.collect::<Vec<_>>()).unwrap();
}

fn listed(tx: &mut dyn BackendTransaction, start: &str, limit: usize) -> Vec<String> {
    let rows = tx.list_unique_names(AccountKey(1), PARTNERS, start, limit).unwrap();
    rows.into_iter().map(|row| row.record.key).collect()
}

pub fn a_name_is_found_in_its_own_namespace_only(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    put(&mut *tx, &["straße"]);
    let mut find = |account, namespace, key| {
        let found = tx.find_unique_names(&[name_key(account, namespace, key)]).unwrap();
        found.first().map(|row| row.record.holder)
    };
    assert_eq!(find(1, PARTNERS, "straße"), Some(1));
    for other in ["strasse", "STRASSE", "Straße", "straß", "straße ", ""] {
        assert_eq!(find(1, PARTNERS, other), None, "{other:?}: a backend does not fold case");
    }
    for other in Namespace::ALL.into_iter().filter(|namespace| *namespace != PARTNERS) {
        assert_eq!(find(1, other, "straße"), None, "{other:?}");
    }
    assert_eq!(find(2, PARTNERS, "straße"), None);
}

pub fn putting_a_name_again_changes_its_holder(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    put(&mut *tx, &["name"]);
    insert_row(&mut *tx, account_passcode(2, "Other"));
    let second = authenticated(unique_name(1, PARTNERS, "name", 2));
    tx.put_unique_names(from_ref(&second)).unwrap();

    let found = collect_rows(|each| tx.scan_unique_names(each));
    assert_eq!(found, [second]);
}

pub fn a_removed_name_is_free(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    put(&mut *tx, &["kept", "removed"]);
    let removed = name_key(1, PARTNERS, "removed");
    let unknown = name_key(1, USERS, "removed");
    assert_eq!(tx.remove_unique_names(from_ref(&unknown)).unwrap(), 0);
    assert_eq!(tx.remove_unique_names(&[removed.clone(), unknown]).unwrap(), 1);
    assert_eq!(tx.remove_unique_names(from_ref(&removed)).unwrap(), 0, "it was removed before");
    assert_eq!(tx.find_unique_names(&[removed]).unwrap(), []);
    assert_eq!(listed(&mut *tx, "", 10), ["kept"]);
}

pub fn names_are_listed_by_prefix_in_code_point_order(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    // In UTF-16 order, the clef would come before the halfwidth letter; in a locale's order, é next to e.
    put(&mut *tx, &["é", "𝄞", "ab", "e", "z", "a", "ￜ", "aé", "a b"]);
    assert_eq!(listed(&mut *tx, "", 100), ["a", "a b", "ab", "aé", "e", "z", "é", "ￜ", "𝄞"]);
    assert_eq!(listed(&mut *tx, "a", 100), ["a", "a b", "ab", "aé"]);
    assert_eq!(listed(&mut *tx, "a", 2), ["a", "a b"]);
    assert_eq!(listed(&mut *tx, "aé", 100), ["aé"]);
    assert_eq!(listed(&mut *tx, "𝄞", 100), ["𝄞"]);
    assert_eq!(listed(&mut *tx, "b", 100), [""; 0]);
    assert_eq!(listed(&mut *tx, "\u{10ffff}", 100), [""; 0]);
    assert_eq!(listed(&mut *tx, "", 0), [""; 0]);
}

pub fn a_name_prefix_is_not_a_pattern(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    put(&mut *tx, &["100% sure", "a_b", "axb", "[a]", "it's", "back\\slash"]);
    assert_eq!(listed(&mut *tx, "a_", 10), ["a_b"]);
    for wild in ["%", "*", "?", "[ab]", "_", "\\"] {
        assert_eq!(listed(&mut *tx, wild, 10), [""; 0], "{wild}");
    }
    assert_eq!(listed(&mut *tx, "it'", 10), ["it's"]);
    assert_eq!(listed(&mut *tx, "back\\", 10), ["back\\slash"]);
}

pub fn a_new_name_replaces_the_old_one(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let before = store.add(account_passcode(1, "Old Name"));
    let renamed = Credential { subject: account_passcode(1, "NEW Name").subject, ..before.clone() };
    let renamed = store.change_credential(Action::Edit, renamed);
    assert_eq!(store.holder(CredentialKind::Account, "old name"), None);
    assert_eq!(store.holder(CredentialKind::Account, "new name"), Some(renamed.id.to_string()));

    let recased =
        Credential { subject: account_passcode(1, "new NAME").subject, ..renamed.clone() };
    store.change_credential(Action::Edit, recased);
    assert_eq!(store.holder(CredentialKind::Account, "new name"), Some(id(1).to_string()));
    assert_eq!(store.integrity_issues(), []);
}

pub fn no_two_partners_share_a_name(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    store.add(account_passcode(1, "Straße"));
    let other = store.add(account_passcode(2, "Other"));

    let same = account_passcode(3, "STRASSE");
    let renamed = Credential { subject: same.subject.clone(), ..other };
    let (create, edit) = (audit_context(Action::Create), audit_context(Action::Edit));
    assert_integrity_error(store.write().insert_credential(&create, same));
    assert_integrity_error(store.write().update_credential(&edit, renamed));

    assert_eq!(store.holder(CredentialKind::Account, "strasse"), Some(id(1).to_string()));
    assert_eq!(store.integrity_issues(), []);
}

pub fn an_address_returns_to_the_older_listed_passcode(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let ann = "ann@example.com";
    let next = |number, previous: &Credential| {
        store.add(Credential { previous: Some(previous.seq), ..user_passcode(number, ann) })
    };
    let oldest = store.revoke(&store.add(user_passcode(1, ann)));
    let middle = store.revoke(&next(2, &oldest));
    let newest = next(3, &middle);
    assert_eq!(store.holder(CredentialKind::User, ann), Some(newest.id.to_string()));

    store.delete(&middle);
    assert_eq!(store.holder(CredentialKind::User, ann), Some(newest.id.to_string()));
    store.delete(&newest);
    assert_eq!(store.holder(CredentialKind::User, ann), Some(oldest.id.to_string()));
    assert_eq!(store.integrity_issues(), []);
    store.delete(&oldest);
    assert_eq!(store.holder(CredentialKind::User, ann), None);
    assert_eq!(store.integrity_issues(), []);
}

pub fn an_older_passcode_does_not_free_the_address_of_a_newer_one(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let older = store.revoke(&store.add(user_passcode(1, "ann@example.com")));
    let newer =
        store.add(Credential { previous: Some(older.seq), ..user_passcode(2, "Ann@Example.com") });
    store.delete(&older);
    assert_eq!(store.holder(CredentialKind::User, "ann@example.com"), Some(newer.id.to_string()));
    assert_eq!(store.integrity_issues(), []);
}
