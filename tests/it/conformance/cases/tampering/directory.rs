//! Tampering with apps and districts.

use gatepass::{
    domain::{
        directory::{
            district::{District, ExternalId},
            name::Name,
        },
        seq::DistrictSeq,
    },
    store::{StoreError, Transaction, port::record::Namespace},
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{TestStore, assert_integrity_error, collect},
    },
    support::{
        directory_fixture::{find_app, find_district},
        records::{app, district},
    },
};

/// Creates a store with two apps and two districts, the first of which has an external id.
fn store_with_districts(source: &dyn BackendSource) -> TestStore {
    let store = TestStore::new(source);
    store.add_app(app(1, "Reader"));
    store.add_app(app(2, "Writer"));
    let external_id = Some(ExternalId::parse("0601").unwrap());
    store.add_district(District { external_id, ..district(1, "Springfield") });
    store.add_district(district(2, "Shelbyville"));
    store
}

fn scan(tx: &mut Transaction<'_>) -> Result<Vec<i64>, StoreError> {
    let districts = collect(|each| tx.scan_districts(each))?;
    Ok(districts.into_iter().map(|district| district.seq.0).collect())
}

pub fn a_missing_app_is_detected(source: &dyn BackendSource) {
    let store = store_with_districts(source);
    source.tamper("delete from app where seq = 2");
    let (mut tx, reader) = (store.read(), app(1, "Reader"));
    assert_integrity_error(tx.apps());
    assert_integrity_error(tx.find_app(reader.id));
    assert_integrity_error(tx.find_client(reader.client_id));
    assert_integrity_error(find_app(&mut tx, store.account.key, "Nobody"));
    assert!(!store.integrity_issues().is_empty());
}

pub fn a_missing_district_is_detected(source: &dyn BackendSource) {
    for seq in [1, 2] {
        let source = source.another_source();
        let store = store_with_districts(&*source);
        assert_eq!(scan(&mut store.read()).unwrap(), [1, 2]);
        source.tamper(&format!("delete from district where seq = {seq}"));
        assert_integrity_error(scan(&mut store.read()));
        let name = if seq == 1 { "springfield" } else { "shelbyville" };
        assert_integrity_error(find_district(&mut store.read(), store.account.key, name));
        assert!(!store.integrity_issues().is_empty());
    }
}

pub fn a_tampered_app_or_district_is_rejected_everywhere(source: &dyn BackendSource) {
    // The first value of each table is valid for the column, the second is not.
    for change in ["rate_limit = 9", "name_key = 'another'"] {
        let source = source.another_source();
        let store = store_with_districts(&*source);
        source.tamper(&format!("update app set {change} where seq = 1"));
        assert_integrity_error(store.read().apps());
        assert_integrity_error(find_app(&mut store.read(), store.account.key, "Writer"));
    }
    for change in ["name = 'Another'", "id = 'dddddddddddddddddddddddD'"] {
        let source = source.another_source();
        let store = store_with_districts(&*source);
        source.tamper(&format!("update district set {change} where seq = 1"));
        let (account, mut tx) = (store.account.key, store.read());
        assert_integrity_error(scan(&mut tx));
        assert_integrity_error(tx.find_district(DistrictSeq(1)));
        for (namespace, key) in
            [(Namespace::Districts, "springfield"), (Namespace::ExternalIds, "0601")]
        {
            assert_integrity_error(tx.find_district_by_key(account, namespace, key));
            assert_integrity_error(tx.list_districts_by_name(account, key, 2));
            assert_integrity_error(find_district(&mut tx, account, key));
        }
        assert_eq!(
            tx.find_district(DistrictSeq(2)).unwrap().unwrap().name,
            Name::parse("Shelbyville").unwrap()
        );
    }
}

pub fn the_integrity_check_finds_damage_to_apps_and_districts(source: &dyn BackendSource) {
    let other_id = "'eeeeeeeeeeeeeeeeeeeeeeee'";
    let reports: Vec<String> = [
        "update app set rate_limit = 9 where seq = 1".to_owned(),
        "delete from app where seq = 1".to_owned(),
        "update district set created_by = 'mallory' where seq = 1".to_owned(),
        "delete from district where seq = 2".to_owned(),
        format!("update district set id = {other_id} where seq = 2"),
        "delete from holding where register = 'district' and holder = 1".to_owned(),
        "delete from holding where register = 'external-id'".to_owned(),
        "update holding set holder = 2 where register = 'external-id'".to_owned(),
    ]
    .into_iter()
    .map(|damage| {
        let source = source.another_source();
        let store = store_with_districts(&*source);
        source.tamper(&damage);
        let issues = store.integrity_issues().into_iter().map(|issue| format!("    {}\n", issue.0));
        format!("{damage}\n{}", issues.collect::<String>())
    })
    .collect();
    // Once for each backend.
    insta::allow_duplicates!(insta::assert_snapshot!(reports.concat(), @"
    update app set rate_limit = 9 where seq = 1
        an app was changed outside gatepass
    delete from app where seq = 1
        apps were removed, added or replaced by older ones outside gatepass
    update district set created_by = 'mallory' where seq = 1
        district d00000000000000000000001 (Springfield) was changed outside gatepass
        a name is wrongly held by district d00000000000000000000001 (Springfield)
        a name is wrongly held by district d00000000000000000000001 (Springfield)
    delete from district where seq = 2
        districts were removed, added or replaced by older ones outside gatepass
        a name is wrongly held by district number 2
    update district set id = 'eeeeeeeeeeeeeeeeeeeeeeee' where seq = 2
        district eeeeeeeeeeeeeeeeeeeeeeee (Shelbyville) was changed outside gatepass
        a name is wrongly held by district eeeeeeeeeeeeeeeeeeeeeeee (Shelbyville)
    delete from holding where register = 'district' and holder = 1
        the name of district d00000000000000000000001 (Springfield) has no holder
        names were removed, added or replaced by older ones outside gatepass
    delete from holding where register = 'external-id'
        the name of district d00000000000000000000001 (Springfield) has no holder
        names were removed, added or replaced by older ones outside gatepass
    update holding set holder = 2 where register = 'external-id'
        the holder of a name was changed outside gatepass
        the name of district d00000000000000000000001 (Springfield) has no holder
    "));
}
