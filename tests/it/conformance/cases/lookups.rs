//! Credentials are found by number, by id and by the beginning of an id.

use gatepass::{
    domain::{
        audit::Action,
        credential::{Credential, scope::Scopes, subject::Subject},
        directory::{
            account::AccountKey,
            district::District,
            id::{CredentialId, IdPrefix, PartialId},
            name::Name,
        },
        seq::CredentialSeq,
    },
    store::Access,
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{TestStore, authenticated, begin_raw, insert_row, with_accounts},
    },
    support::records::{account_passcode, app, deleted, district, id, token, user_passcode},
};

pub fn a_credential_is_found_by_number_and_by_id(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let added = store.add(account_passcode(7, "Partner"));
    let mut tx = store.read();
    assert_eq!(tx.find_credential(CredentialSeq(1)).unwrap().as_ref(), Some(&added));
    assert_eq!(tx.find_credential_by_id(id(7)).unwrap().as_ref(), Some(&added));
    assert_eq!(tx.find_credential(CredentialSeq(2)).unwrap(), None);
    assert_eq!(tx.find_credential_by_id(id(8)).unwrap(), None);
    assert_eq!(tx.account_of(&added).unwrap(), store.account);
}

pub fn a_row_is_found_with_its_newest_audit_record(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let mut added = vec![store.add(account_passcode(1, "Partner"))];
    added.push(store.add(user_passcode(2, "ann@example.com")));
    let app = store.add_app(app(1, "Reader"));
    let district = store.add_district(district(1, "District"));
    added.push(store.add(token(3, &app, &district)));
    let id = CredentialId { prefix: IdPrefix::Legacy, bytes: [4; 12] };
    added.push(store.add(Credential {
        id,
        subject: Subject::App(app.id),
        scopes: Scopes::NONE,
        ..token(4, &app, &district)
    }));
    let renamed = District { name: Name::parse("Renamed").unwrap(), ..district };
    let renamed = store.change_district(Action::DistrictEdit, renamed);
    let added: Vec<_> = added.iter().map(|credential| store.revoke(credential)).collect();
    // The rows themselves may be older ones.
    source.tamper("update credential set audit_seq = 1");
    source.tamper("update district set audit_seq = 1");

    let backend = source.open();
    let mut tx = begin_raw(&*backend, Access::Read);
    for Credential { seq, id, audit_seq, secrets, .. } in added {
        let current = secrets.current.unwrap();
        let secret = tx.find_secret(&current).unwrap().unwrap();
        let partial_id = PartialId::parse(&id.to_string()).unwrap();
        for found in [
            &tx.find_credentials(&[seq]).unwrap()[..],
            &tx.find_credentials_by_id(&[id]).unwrap(),
            &tx.list_credentials_by_partial_id(partial_id, 1).unwrap(),
            &secret.credential.into_iter().collect::<Vec<_>>(),
        ] {
            let newest: Vec<_> = found.iter().map(|found| found.newest_audit).collect();
            assert_eq!(newest, [Some(audit_seq)], "{id}");
        }
    }
    for found in [tx.find_districts(&[renamed.seq]), tx.find_districts_by_id(&[renamed.id])] {
        assert_eq!(found.unwrap()[0].newest_audit, Some(renamed.audit_seq));
    }
}

pub fn a_partial_id_finds_matching_credentials(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let with_id = |number: u8, start: [u8; 2], rest: u8| {
        let mut bytes = [rest; 12];
        bytes[..2].copy_from_slice(&start);
        let id = CredentialId { prefix: IdPrefix::Passcode, bytes };
        store.add(Credential { id, ..account_passcode(number, &format!("P{number}")) })
    };
    with_id(1, [0xab, 0xcc], 0xff);
    let least = with_id(2, [0xab, 0xcd], 0x00);
    let greatest = with_id(3, [0xab, 0xcd], 0xff);
    with_id(4, [0xab, 0xce], 0x00);

    let mut tx = store.read();
    let mut found = |prefix: &str, limit| {
        let prefix = PartialId::parse(prefix).unwrap();
        let mut found = tx.list_credentials_by_partial_id(prefix, limit).unwrap();
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

pub fn a_partial_id_lists_rows_by_id(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    for number in [7, 8] {
        insert_row(&mut *tx, account_passcode(number, &format!("P{number}")));
    }
    for (prefix, count) in [("pc_0707", 1), ("pc_0808", 1), ("pc_0709", 0), ("pc_ffff", 0)] {
        let prefix = PartialId::parse(prefix).unwrap();
        assert_eq!(tx.list_credentials_by_partial_id(prefix, 10).unwrap().len(), count);
    }
}

pub fn slots_are_listed_by_account_in_order(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    for number in [100, 1, 40] {
        insert_row(&mut *tx, account_passcode(number, "Partner"));
    }
    let elsewhere = Credential { account: AccountKey(2), ..account_passcode(2, "Elsewhere") };
    insert_row(&mut *tx, elsewhere);
    insert_row(&mut *tx, user_passcode(3, "ann@example.com"));

    assert_eq!(tx.list_slots(AccountKey(1)).unwrap(), [1, 40, 100]);
    tx.update_credentials(&[authenticated(deleted(account_passcode(40, "Partner")))]).unwrap();
    assert_eq!(tx.list_slots(AccountKey(1)).unwrap(), [1, 100]);
    assert_eq!(tx.list_slots(AccountKey(2)).unwrap(), [2]);
    assert_eq!(tx.list_slots(AccountKey(3)).unwrap(), [0; 0]);
}
