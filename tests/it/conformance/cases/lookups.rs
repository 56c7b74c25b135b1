//! Looking up credentials.

use gatepass::{
    domain::{
        credential::Credential,
        directory::{
            account::AccountKey,
            id::{CredentialId, IdPrefix, PartialId},
        },
    },
    store::Access,
};

use crate::{
    conformance::{BackendSource, TestStore, authenticated, begin_raw, with_accounts},
    support::records::{account_passcode, deleted, id, user_passcode},
};

pub fn a_credential_is_found_by_number_and_by_id(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let added = scene.add(account_passcode(7, "Partner"));
    let transaction = scene.read();
    assert_eq!(transaction.find_credential(1).unwrap().as_ref(), Some(&added));
    assert_eq!(transaction.find_credential_by_id(id(7)).unwrap().as_ref(), Some(&added));
    assert_eq!(transaction.find_credential(2).unwrap(), None);
    assert_eq!(transaction.find_credential_by_id(id(8)).unwrap(), None);
    assert_eq!(transaction.account_of(&added).unwrap(), scene.account);
}

pub fn a_partial_id_finds_matching_credentials(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let with_id = |number: u8, start: [u8; 2], rest: u8| {
        let mut bytes = [rest; 12];
        bytes[..2].copy_from_slice(&start);
        let id = CredentialId { prefix: IdPrefix::Passcode, bytes };
        scene.add(Credential { id, ..account_passcode(number, &format!("P{number}")) })
    };
    with_id(1, [0xab, 0xcc], 0xff);
    let least = with_id(2, [0xab, 0xcd], 0x00);
    let greatest = with_id(3, [0xab, 0xcd], 0xff);
    with_id(4, [0xab, 0xce], 0x00);

    let transaction = scene.read();
    let found = |prefix: &str, limit| {
        let prefix = PartialId::parse(prefix).unwrap();
        let mut found = transaction.list_credentials_by_partial_id(prefix, limit).unwrap();
        found.sort_by_key(|credential| credential.seq);
        found
    };
    assert_eq!(found("pc_abcd", 10), [least.clone(), greatest.clone()]);
    assert_eq!(found(&least.id.to_string(), 10), [least]);
    assert_eq!(found("pc_abcdf", 10), [greatest]);
    assert_eq!(found("pc_abcd1", 10), []);
    assert_eq!(found("pc_abcd", 1).len(), 1);
    assert_eq!(found("pc_abcd", 0), []);
}

pub fn partial_id_counts_match_lookups(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for number in [7, 8] {
        transaction
            .insert_credential(&authenticated(account_passcode(number, &format!("P{number}"))))
            .unwrap();
    }
    for (prefix, count) in [("pc_0707", 1), ("pc_0808", 1), ("pc_0709", 0), ("pc_ffff", 0)] {
        let prefix = PartialId::parse(prefix).unwrap();
        assert_eq!(transaction.count_credentials_by_partial_id(prefix).unwrap(), count);
        assert_eq!(transaction.list_credentials_by_partial_id(prefix, 10).unwrap().len(), count);
    }
}

pub fn slots_are_listed_by_account_in_order(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for number in [100, 1, 40] {
        transaction.insert_credential(&authenticated(account_passcode(number, "Partner"))).unwrap();
    }
    let elsewhere = Credential { account: AccountKey(2), ..account_passcode(2, "Elsewhere") };
    transaction.insert_credential(&authenticated(elsewhere)).unwrap();
    transaction.insert_credential(&authenticated(user_passcode(3, "ann@example.com"))).unwrap();

    assert_eq!(transaction.list_slots(AccountKey(1)).unwrap(), [1, 40, 100]);
    transaction
        .update_credential(&authenticated(deleted(account_passcode(40, "Partner"))))
        .unwrap();
    assert_eq!(transaction.list_slots(AccountKey(1)).unwrap(), [1, 100]);
    assert_eq!(transaction.list_slots(AccountKey(2)).unwrap(), [2]);
    assert_eq!(transaction.list_slots(AccountKey(3)).unwrap(), [0; 0]);
}
