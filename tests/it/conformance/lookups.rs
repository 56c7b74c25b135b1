//! Looking up credentials.

use gatepass::{
    domain::{
        account::AccountKey,
        credential::Credential,
        id::{CredentialId, IdPrefix, PartialId},
    },
    store::Access,
};

use super::{Place, Scene, raw, sealed, with_accounts};
use crate::support::store::{deleted, id, partner, user};

pub fn a_credential_is_found_by_number_and_by_id(place: &dyn Place) {
    let scene = Scene::new(place);
    let added = scene.add(partner(7, "Partner"));
    let transaction = scene.read();
    assert_eq!(transaction.find_credential(1).unwrap().as_ref(), Some(&added));
    assert_eq!(transaction.find_credential_by_id(id(7)).unwrap().as_ref(), Some(&added));
    assert_eq!(transaction.find_credential(2).unwrap(), None);
    assert_eq!(transaction.find_credential_by_id(id(8)).unwrap(), None);
    assert_eq!(transaction.account_of(&added).unwrap(), scene.account);
}

pub fn the_beginning_of_an_id_finds_those_that_begin_so(place: &dyn Place) {
    let scene = Scene::new(place);
    let with_id = |number: u8, start: [u8; 2], rest: u8| {
        let mut bytes = [rest; 12];
        bytes[..2].copy_from_slice(&start);
        let id = CredentialId { prefix: IdPrefix::Passcode, bytes };
        scene.add(Credential { id, ..partner(number, &format!("P{number}")) })
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

pub fn beginnings_of_ids_are_counted_as_they_are_found(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    for number in [7, 8] {
        transaction.insert_credential(&sealed(partner(number, &format!("P{number}")))).unwrap();
    }
    for (prefix, count) in [("pc_0707", 1), ("pc_0808", 1), ("pc_0709", 0), ("pc_ffff", 0)] {
        let prefix = PartialId::parse(prefix).unwrap();
        assert_eq!(transaction.count_credentials_by_partial_id(prefix).unwrap(), count);
        assert_eq!(transaction.list_credentials_by_partial_id(prefix, 10).unwrap().len(), count);
    }
}

pub fn places_are_listed_by_account_in_order(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    for number in [100, 1, 40] {
        transaction.insert_credential(&sealed(partner(number, "Partner"))).unwrap();
    }
    let elsewhere = Credential { account: AccountKey(2), ..partner(2, "Elsewhere") };
    transaction.insert_credential(&sealed(elsewhere)).unwrap();
    transaction.insert_credential(&sealed(user(3, "ann@example.com"))).unwrap();

    assert_eq!(transaction.list_slots(AccountKey(1)).unwrap(), [1, 40, 100]);
    transaction.update_credential(&sealed(deleted(partner(40, "Partner")))).unwrap();
    assert_eq!(transaction.list_slots(AccountKey(1)).unwrap(), [1, 100]);
    assert_eq!(transaction.list_slots(AccountKey(2)).unwrap(), [2]);
    assert_eq!(transaction.list_slots(AccountKey(3)).unwrap(), [0; 0]);
}
