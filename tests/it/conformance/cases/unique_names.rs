//! Who holds a name or an address.

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
            record::{Namespace, UniqueName},
        },
    },
};

use crate::{
    conformance::{
        BackendSource, TestStore, assert_integrity_error, audit_context, authenticated, begin_raw,
        with_accounts,
    },
    support::records::{account_passcode, id, user_passcode},
};

/// The register that most of these stories are about.
const PARTNERS: Namespace = Namespace::Credentials(CredentialKind::Account);
const USERS: Namespace = Namespace::Credentials(CredentialKind::User);

fn unique_name(account: i64, register: Namespace, key: &str, holder: i64) -> UniqueName {
    UniqueName { account: AccountKey(account), namespace: register, key: key.to_owned(), holder }
}

fn put(transaction: &dyn BackendTransaction, keys: &[&str]) {
    transaction.insert_credential(&authenticated(account_passcode(1, "Partner"))).unwrap();
    for key in keys {
        transaction.put_unique_name(&authenticated(unique_name(1, PARTNERS, key, 1))).unwrap();
    }
}

fn listed(transaction: &dyn BackendTransaction, start: &str, limit: usize) -> Vec<String> {
    let rows = transaction.list_unique_names(AccountKey(1), PARTNERS, start, limit).unwrap();
    rows.into_iter().map(|row| row.record.key).collect()
}

pub fn a_name_is_found_in_its_own_namespace_only(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    put(&*transaction, &["straße"]);
    let find = |account, register, key| {
        let found = transaction.find_unique_name(AccountKey(account), register, key).unwrap();
        let is_held = transaction.unique_name_exists(AccountKey(account), register, key).unwrap();
        assert_eq!(is_held, found.is_some(), "the two ways to ask differ about {key:?}");
        found.map(|row| row.record.holder)
    };
    assert_eq!(find(1, PARTNERS, "straße"), Some(1));
    for other in ["strasse", "STRASSE", "Straße", "straß", "straße ", ""] {
        assert_eq!(find(1, PARTNERS, other), None, "{other:?}: folding is not its business");
    }
    for other in Namespace::ALL.into_iter().filter(|register| *register != PARTNERS) {
        assert_eq!(find(1, other, "straße"), None, "{other:?}");
    }
    assert_eq!(find(2, PARTNERS, "straße"), None);
}

pub fn putting_a_name_again_changes_its_holder(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    put(&*transaction, &["name"]);
    transaction.insert_credential(&authenticated(account_passcode(2, "Other"))).unwrap();
    let second = authenticated(unique_name(1, PARTNERS, "name", 2));
    transaction.put_unique_name(&second).unwrap();

    let mut found = Vec::new();
    transaction
        .scan_unique_names(&mut |row| {
            found.push(row);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(found, [second]);
}

pub fn a_removed_name_is_free(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    put(&*transaction, &["kept", "removed"]);
    let remove =
        |register, key| transaction.remove_unique_name(AccountKey(1), register, key).unwrap();
    assert!(!remove(USERS, "removed"));
    assert!(remove(PARTNERS, "removed"));
    assert!(!remove(PARTNERS, "removed"), "it is gone already");
    assert!(!transaction.unique_name_exists(AccountKey(1), PARTNERS, "removed").unwrap());
    assert_eq!(listed(&*transaction, "", 10), ["kept"]);
}

pub fn names_are_listed_by_prefix_in_code_point_order(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    // UTF-16 would put the clef before the halfwidth letter, a locale é beside e, and a b before Ab.
    put(&*transaction, &["é", "𝄞", "ab", "e", "z", "a", "ￜ", "aé", "a b"]);
    assert_eq!(listed(&*transaction, "", 100), ["a", "a b", "ab", "aé", "e", "z", "é", "ￜ", "𝄞"]);
    assert_eq!(listed(&*transaction, "a", 100), ["a", "a b", "ab", "aé"]);
    assert_eq!(listed(&*transaction, "a", 2), ["a", "a b"]);
    assert_eq!(listed(&*transaction, "aé", 100), ["aé"]);
    assert_eq!(listed(&*transaction, "𝄞", 100), ["𝄞"]);
    assert_eq!(listed(&*transaction, "b", 100), [""; 0]);
    assert_eq!(listed(&*transaction, "\u{10ffff}", 100), [""; 0]);
    assert_eq!(listed(&*transaction, "", 0), [""; 0]);
}

pub fn a_name_prefix_is_not_a_pattern(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    put(&*transaction, &["100% sure", "a_b", "axb", "[a]", "it's", "back\\slash"]);
    assert_eq!(listed(&*transaction, "a_", 10), ["a_b"]);
    for wild in ["%", "*", "?", "[ab]", "_", "\\"] {
        assert_eq!(listed(&*transaction, wild, 10), [""; 0], "{wild}");
    }
    assert_eq!(listed(&*transaction, "it'", 10), ["it's"]);
    assert_eq!(listed(&*transaction, "back\\", 10), ["back\\slash"]);
}

pub fn a_new_name_replaces_the_old_one(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let before = scene.add(account_passcode(1, "Old Name"));
    let renamed = Credential { subject: account_passcode(1, "NEW Name").subject, ..before.clone() };
    let renamed = scene.change_credential(Action::Edit, renamed);
    assert_eq!(scene.holder(CredentialKind::Account, "old name"), None);
    assert_eq!(scene.holder(CredentialKind::Account, "new name"), Some(renamed.id.to_string()));

    let recased =
        Credential { subject: account_passcode(1, "new NAME").subject, ..renamed.clone() };
    scene.change_credential(Action::Edit, recased);
    assert_eq!(scene.holder(CredentialKind::Account, "new name"), Some(id(1).to_string()));
    assert_eq!(scene.integrity_issues(), []);
}

pub fn no_two_partners_share_a_name(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    scene.add(account_passcode(1, "Straße"));
    let other = scene.add(account_passcode(2, "Other"));

    let mut transaction = scene.write();
    let added = transaction
        .insert_credential(&audit_context(Action::Create), account_passcode(3, "STRASSE"));
    assert_integrity_error(added);
    drop(transaction);

    let mut transaction = scene.write();
    let renamed = Credential { subject: account_passcode(1, "STRASSE").subject, ..other.clone() };
    let renamed = transaction.update_credential(&audit_context(Action::Edit), renamed);
    assert_integrity_error(renamed);
    drop(transaction);

    assert_eq!(scene.holder(CredentialKind::Account, "strasse"), Some(id(1).to_string()));
    assert_eq!(scene.integrity_issues(), []);
}

pub fn an_address_returns_to_the_older_listed_passcode(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let ann = "ann@example.com";
    let next = |number, previous: &Credential| {
        scene.add(Credential { previous: Some(previous.seq), ..user_passcode(number, ann) })
    };
    let oldest = scene.revoke(&scene.add(user_passcode(1, ann)));
    let middle = scene.revoke(&next(2, &oldest));
    let newest = next(3, &middle);
    assert_eq!(scene.holder(CredentialKind::User, ann), Some(newest.id.to_string()));

    scene.delete(&middle);
    assert_eq!(scene.holder(CredentialKind::User, ann), Some(newest.id.to_string()));
    scene.delete(&newest);
    assert_eq!(scene.holder(CredentialKind::User, ann), Some(oldest.id.to_string()));
    assert_eq!(scene.integrity_issues(), []);
    scene.delete(&oldest);
    assert_eq!(scene.holder(CredentialKind::User, ann), None);
    assert_eq!(scene.integrity_issues(), []);
}

pub fn an_older_passcode_does_not_free_the_address_of_a_newer_one(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let older = scene.revoke(&scene.add(user_passcode(1, "ann@example.com")));
    let newer =
        scene.add(Credential { previous: Some(older.seq), ..user_passcode(2, "Ann@Example.com") });
    scene.delete(&older);
    assert_eq!(scene.holder(CredentialKind::User, "ann@example.com"), Some(newer.id.to_string()));
    assert_eq!(scene.integrity_issues(), []);
}
