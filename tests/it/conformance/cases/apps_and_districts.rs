//! Apps and districts: the parties of every token.

use std::ops::ControlFlow;

use gatepass::{
    domain::{
        audit::{Action, app_fields, district_fields},
        credential::{Retiring, Secrets, rate_limit::RateLimit},
        directory::{
            account::AccountKey,
            app::{App, Webhook},
            district::{District, ExternalId},
            id::{ClientId, ObjectId},
            name::Name,
        },
        instant::Instant,
        notice::WebhookUrl,
    },
    store::{
        Access, StoreError, Transaction,
        port::{
            backend::BackendTransaction,
            record::{Namespace, WithMac},
        },
    },
};

use crate::{
    conformance::{
        BackendSource, TestStore, assert_integrity_error, audit_context, authenticated, begin_raw,
        with_accounts,
    },
    support::records::{app, deletion, digest, district, now},
};

fn parse_name(name: &str) -> Name {
    Name::parse(name).unwrap()
}

fn parse_external_id(id: &str) -> Option<ExternalId> {
    Some(ExternalId::parse(id).unwrap())
}

fn removed_app(app: &App) -> App {
    App { removed: Some(deletion()), ..app.clone() }
}

fn removed_district(district: &District) -> District {
    District { removed: Some(deletion()), ..district.clone() }
}

/// Every field that can be absent is there, and every one differs from the draft.
fn full_app() -> App {
    let retiring = Retiring { digest: digest(0xdd), until: Instant::MAX, until_used: true };
    App {
        id: ObjectId::parse(&"f".repeat(24)).unwrap(),
        client_id: ClientId::parse(&"f".repeat(20)).unwrap(),
        account: AccountKey(2),
        secrets: Secrets {
            generation: u32::MAX,
            current: Some(digest(0xee)),
            created_at: now().plus(1),
            delivered_at: Some(now().plus(2)),
            retiring: Some(retiring),
        },
        limit: RateLimit::new(RateLimit::MAX).unwrap(),
        webhook: Some(Webhook {
            url: WebhookUrl::from_stored("https://𝄞.example/?a=%".to_owned()),
            generation: u32::MAX,
        }),
        created_at: Instant::EPOCH,
        created_by: "bob@gate".to_owned(),
        removed: Some(deletion()),
        audit_seq: i64::MAX,
        ..app(2, "ﬀ \"Straße\" 𝄞%_'\\")
    }
}

/// The same of a district.
fn full_district() -> District {
    District {
        id: ObjectId::parse(&"f".repeat(24)).unwrap(),
        account: AccountKey(2),
        external_id: parse_external_id("é 'ﬀ' %_𝄞"),
        created_at: Instant::EPOCH,
        created_by: "bob@gate".to_owned(),
        removed: Some(deletion()),
        audit_seq: i64::MAX,
        ..district(2, "ﬀ \"Straße\" 𝄞%_'\\")
    }
}

fn scanned(transaction: &dyn BackendTransaction, most: usize) -> Vec<WithMac<District>> {
    let mut found = Vec::new();
    transaction
        .scan_districts(&mut |row| {
            found.push(row);
            if found.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .unwrap();
    found
}

pub fn apps_are_stored_and_listed_by_number(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    assert_eq!(transaction.list_apps().unwrap(), []);
    let least = App { seq: i64::MIN, ..app(3, "Least") };
    let greatest = App { seq: i64::MAX, ..removed_app(&app(4, "Greatest")) };
    let in_order = [least, app(1, "First"), full_app(), greatest].map(authenticated);
    for app in in_order.iter().rev() {
        assert!(transaction.insert_app(app).unwrap());
    }
    transaction.commit().unwrap();
    assert_eq!(begin_raw(&*backend, Access::Read).list_apps().unwrap(), in_order);
}

pub fn an_app_is_inserted_once_and_updated_in_place(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let (first, second) = (app(1, "First"), app(2, "Second"));
    assert!(!transaction.update_app(&authenticated(first.clone())).unwrap(), "it is not there yet");
    assert!(transaction.insert_app(&authenticated(first.clone())).unwrap());
    for taken in [
        App { seq: 1, ..second.clone() },
        App { id: first.id, ..second.clone() },
        App { client_id: first.client_id, ..second.clone() },
    ] {
        assert!(!transaction.insert_app(&authenticated(taken)).unwrap());
    }
    assert!(
        transaction.insert_app(&authenticated(second.clone())).unwrap(),
        "the transaction goes on"
    );
    for after in [full_app(), second, full_app()].map(authenticated) {
        assert!(transaction.update_app(&after).unwrap());
        assert_eq!(transaction.list_apps().unwrap(), [authenticated(first.clone()), after]);
    }
}

pub fn the_name_of_an_app_is_unique_in_its_account_until_it_is_removed(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let insert = |app: App| transaction.insert_app(&authenticated(app)).unwrap();
    assert!(insert(app(1, "Straße")));
    assert!(!insert(app(2, "STRASSE")));
    assert!(insert(App { account: AccountKey(2), ..app(2, "STRASSE") }), "elsewhere");
    assert!(insert(removed_app(&app(3, "STRASSE"))), "it has given its name up");
    assert!(transaction.update_app(&authenticated(removed_app(&app(1, "Straße")))).unwrap());
    assert!(insert(app(4, "STRASSE")));
}

pub fn districts_are_stored_and_scanned_by_number(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    assert_eq!(scanned(&*transaction, 9), []);
    let least = District { seq: i64::MIN, ..district(3, "Least") };
    let greatest = District { seq: i64::MAX, ..district(4, "Greatest") };
    let in_order = [least, district(1, "First"), full_district(), greatest].map(authenticated);
    for district in in_order.iter().rev() {
        assert!(transaction.insert_district(district).unwrap());
    }
    transaction.commit().unwrap();
    let transaction = begin_raw(&*backend, Access::Read);
    assert_eq!(scanned(&*transaction, 9), in_order);
    assert_eq!(scanned(&*transaction, 2), in_order[..2], "it stops when it is told to");
}

pub fn a_district_is_inserted_once_and_updated_in_place(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let (first, second) = (district(1, "First"), district(2, "Second"));
    assert!(
        !transaction.update_district(&authenticated(first.clone())).unwrap(),
        "it is not there yet"
    );
    assert!(transaction.insert_district(&authenticated(first.clone())).unwrap());
    for taken in
        [District { seq: 1, ..second.clone() }, District { id: first.id, ..second.clone() }]
    {
        assert!(!transaction.insert_district(&authenticated(taken)).unwrap());
    }
    let same_name = District { name: first.name.clone(), ..second.clone() };
    assert!(
        transaction.insert_district(&authenticated(same_name)).unwrap(),
        "names are held elsewhere"
    );
    for after in [full_district(), second, full_district()].map(authenticated) {
        assert!(transaction.update_district(&after).unwrap());
        assert_eq!(scanned(&*transaction, 9), [authenticated(first.clone()), after]);
    }
}

pub fn a_district_is_found_by_number_and_by_id(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let districts = [district(1, "First"), district(2, "Second")].map(authenticated);
    for row in &districts {
        assert!(transaction.insert_district(row).unwrap());
    }
    for row in &districts {
        let District { seq, id, .. } = row.record;
        assert_eq!(transaction.find_district(seq).unwrap().as_ref(), Some(row));
        assert_eq!(transaction.find_district_by_id(id).unwrap().as_ref(), Some(row));
    }
    assert_eq!(transaction.find_district(3).unwrap(), None);
    assert_eq!(transaction.find_district_by_id(district(3, "Nobody").id).unwrap(), None);
}

pub fn an_app_is_found_by_every_reference(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let account = scene.account.key;
    let reader = scene.add_app(app(1, "Straße"));
    let found = |text: &str| scene.read().find_app_by_reference(account, text).unwrap();
    let names = [reader.id.to_string(), reader.client_id.to_string(), "STRASSE".to_owned()];
    for name in &names {
        assert_eq!(found(name).as_ref(), Some(&reader), "{name}");
        assert_eq!(
            scene.read().find_app_by_reference(AccountKey(2), name).unwrap(),
            None,
            "{name}"
        );
    }
    assert_eq!(found("Stra"), None);
    assert_eq!(scene.read().find_client(reader.client_id).unwrap().as_ref(), Some(&reader));
    assert_eq!(scene.read().find_client(app(2, "Nobody").client_id).unwrap(), None);

    let gone = scene.change_app(Action::AppRemove, removed_app(&reader));
    for name in &names {
        assert_eq!(found(name), None, "{name}");
    }
    assert_eq!(scene.read().find_client(gone.client_id).unwrap(), None);
    assert_eq!(scene.read().find_app(gone.id).unwrap(), Some(gone), "what there was is known");
    let next = scene.add_app(app(2, "STRASSE"));
    assert_eq!(found("straße"), Some(next));
    assert_eq!(scene.integrity_issues(), []);
}

fn find_district(scene: &TestStore, text: &str) -> Option<i64> {
    let found = scene.read().find_district_by_reference(scene.account.key, text).unwrap();
    found.map(|district| district.seq)
}

pub fn a_district_is_found_by_every_reference(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let draft = District { external_id: parse_external_id("IL-0601"), ..district(1, "Straße") };
    let added = scene.add_district(draft);
    let names = [added.id.to_string(), "STRASSE".to_owned(), "il-0601".to_owned()];
    for name in &names {
        assert_eq!(find_district(&scene, name), Some(1), "{name}");
        let elsewhere = scene.read().find_district_by_reference(AccountKey(2), name).unwrap();
        assert_eq!(elsewhere, None, "{name}");
    }
    assert_eq!(find_district(&scene, "il-06"), None);

    let gone = scene.change_district(Action::DistrictRemove, removed_district(&added));
    for name in &names {
        assert_eq!(find_district(&scene, name), None, "{name}");
    }
    let known = scene.read().find_district_by_id(gone.id).unwrap();
    assert_eq!(known, Some(gone), "what there was is known");
    assert_eq!(scene.integrity_issues(), []);
}

pub fn a_districts_former_names_are_free(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let draft = District { external_id: parse_external_id("0601"), ..district(1, "Springfield") };
    let before = scene.add_district(draft);
    let edit = |after| scene.change_district(Action::DistrictEdit, after);
    let renamed = edit(District { name: parse_name("Shelbyville"), ..before.clone() });
    assert_eq!(find_district(&scene, "springfield"), None);
    assert_eq!(find_district(&scene, "shelbyville"), Some(1));
    assert_eq!(find_district(&scene, "0601"), Some(1), "that stays as it is");
    scene.add_district(district(2, "SPRINGFIELD"));

    let recased = edit(District { name: parse_name("SHELBYVILLE"), ..renamed });
    let moved = edit(District { external_id: parse_external_id("0602"), ..recased });
    assert_eq!((find_district(&scene, "0601"), find_district(&scene, "0602")), (None, Some(1)));
    let bare = edit(District { external_id: None, ..moved });
    assert_eq!(find_district(&scene, "0602"), None);
    scene.add_district(District { external_id: parse_external_id("0602"), ..district(3, "0601") });
    assert_eq!(find_district(&scene, "0601"), Some(3), "a name may look like an external id");

    let gone = scene.change_district(Action::DistrictRemove, removed_district(&bare));
    scene
        .change_district(Action::DistrictEdit, District { name: parse_name("Ogdenville"), ..gone });
    assert_eq!(find_district(&scene, "ogdenville"), None, "what is removed holds nothing");
    scene.add_district(district(4, "shelbyville"));
    assert_eq!(scene.integrity_issues(), []);
}

pub fn no_two_districts_share_a_name_or_an_external_id(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let draft = District { external_id: parse_external_id("il-1"), ..district(1, "Straße") };
    scene.add_district(draft);
    let other = scene.add_district(district(2, "Other"));
    let same_name = District { name: parse_name("STRASSE"), ..other.clone() };
    let same_external_id = District { external_id: parse_external_id("IL-1"), ..other };
    for taken in [same_name, same_external_id] {
        let renamed =
            scene.write().update_district(&audit_context(Action::DistrictEdit), taken.clone());
        assert_integrity_error(renamed);
        let id = district(3, "Third").id;
        let third = District { id, ..taken };
        assert_integrity_error(
            scene.write().insert_district(&audit_context(Action::DistrictAdd), third),
        );
    }
    assert_eq!(
        (find_district(&scene, "strasse"), find_district(&scene, "il-1")),
        (Some(1), Some(1))
    );
    assert_eq!(scene.integrity_issues(), []);
}

pub fn recording_delivery_keeps_concurrent_app_changes(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let added = scene.add_app(app(1, "Reader"));
    let deliver = |app: &App, seconds| {
        let mut transaction = scene.store.begin(Access::WriteRelaxed).unwrap().unwrap();
        transaction.mark_app_delivered(app, now().plus(seconds)).unwrap();
        transaction.commit().unwrap();
        scene.read().find_app(app.id).unwrap().unwrap()
    };
    let renamed = App { name: parse_name("Renamed"), ..added.clone() };
    let renamed = scene.change_app(Action::AppEdit, renamed);
    let delivered = deliver(&added, 1);
    assert_eq!(delivered.name, renamed.name, "the change was lost");
    assert_eq!(delivered.secrets.delivered_at, Some(now().plus(1)));

    let secrets = Secrets {
        generation: 2,
        current: Some(digest(2)),
        delivered_at: None,
        ..delivered.secrets.clone()
    };
    let reset = scene.change_app(Action::AppReset, App { secrets, ..delivered });
    assert_eq!(deliver(&added, 2), reset, "another secret was delivered");
    assert_eq!(scene.integrity_issues(), []);
}

pub fn every_change_of_an_app_or_a_district_leaves_a_record(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let reader = scene.add_app(app(1, "Reader"));
    let gone = scene.change_app(Action::AppRemove, removed_app(&reader));
    let springfield = scene.add_district(district(1, "Springfield"));
    let shelbyville = District { name: parse_name("Shelbyville"), ..springfield.clone() };
    let shelbyville = scene.change_district(Action::DistrictEdit, shelbyville);

    let mut told = Vec::new();
    scene
        .read()
        .scan_audit(|record| {
            told.push((record.action, record.subject, record.name, record.before, record.after));
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })
        .unwrap();
    let account = scene.account.id;
    let app = |app| Some(app_fields(app, &account));
    let district = |district| Some(district_fields(district, &account));
    let name = |name: &str| Some(name.to_owned());
    let (a, d) = (reader.id.to_string(), springfield.id.to_string());
    assert_eq!(
        told[1..],
        [
            (Action::AppAdd, a.clone(), name("Reader"), None, app(&reader)),
            (Action::AppRemove, a, name("Reader"), app(&reader), app(&gone)),
            (Action::DistrictAdd, d.clone(), name("Springfield"), None, district(&springfield)),
            (
                Action::DistrictEdit,
                d,
                name("Shelbyville"),
                district(&springfield),
                district(&shelbyville)
            ),
        ]
    );
    let head = scene.read().head().clone();
    assert_eq!((head.apps, head.districts, head.audit_seq), (1, 1, 5));
}

/// Two apps and two districts, the first of which has an external id.
fn store_with_districts(place: &dyn BackendSource) -> TestStore {
    let scene = TestStore::new(place);
    scene.add_app(app(1, "Reader"));
    scene.add_app(app(2, "Writer"));
    scene.add_district(District {
        external_id: parse_external_id("0601"),
        ..district(1, "Springfield")
    });
    scene.add_district(district(2, "Shelbyville"));
    scene
}

fn scan(transaction: &Transaction<'_>) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    transaction.scan_districts(|district| {
        found.push(district.seq);
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

pub fn a_missing_app_is_detected(place: &dyn BackendSource) {
    let scene = store_with_districts(place);
    place.tamper("delete from app where seq = 2");
    let (transaction, reader) = (scene.read(), app(1, "Reader"));
    assert_integrity_error(transaction.apps());
    assert_integrity_error(transaction.find_app(reader.id));
    assert_integrity_error(transaction.find_client(reader.client_id));
    assert_integrity_error(transaction.find_app_by_reference(scene.account.key, "Nobody"));
    assert!(!scene.integrity_issues().is_empty());
}

pub fn a_missing_district_is_detected(place: &dyn BackendSource) {
    for seq in [1, 2] {
        let place = place.another_source();
        let scene = store_with_districts(&*place);
        assert_eq!(scan(&scene.read()).unwrap(), [1, 2]);
        place.tamper(&format!("delete from district where seq = {seq}"));
        assert_integrity_error(scan(&scene.read()));
        let name = if seq == 1 { "springfield" } else { "shelbyville" };
        assert_integrity_error(scene.read().find_district_by_reference(scene.account.key, name));
        assert!(!scene.integrity_issues().is_empty());
    }
}

pub fn a_tampered_app_or_district_is_rejected_everywhere(place: &dyn BackendSource) {
    // The first of each can still be read; the second can't.
    for altered in ["rate_limit = 9", "name_key = 'another'"] {
        let place = place.another_source();
        let scene = store_with_districts(&*place);
        place.tamper(&format!("update app set {altered} where seq = 1"));
        assert_integrity_error(scene.read().apps());
        assert_integrity_error(scene.read().find_app_by_reference(scene.account.key, "Writer"));
    }
    for altered in ["name = 'Another'", "id = 'dddddddddddddddddddddddD'"] {
        let place = place.another_source();
        let scene = store_with_districts(&*place);
        place.tamper(&format!("update district set {altered} where seq = 1"));
        let (account, transaction) = (scene.account.key, scene.read());
        assert_integrity_error(scan(&transaction));
        assert_integrity_error(transaction.find_district(1));
        for (register, key) in
            [(Namespace::Districts, "springfield"), (Namespace::ExternalIds, "0601")]
        {
            assert_integrity_error(transaction.find_district_by_key(account, register, key));
            assert_integrity_error(transaction.find_district_by_reference(account, key));
        }
        assert_eq!(transaction.find_district(2).unwrap().unwrap().name, parse_name("Shelbyville"));
    }
}

pub fn the_integrity_check_finds_damage_to_apps_and_districts(place: &dyn BackendSource) {
    let other_id = "'eeeeeeeeeeeeeeeeeeeeeeee'";
    let told: Vec<String> = [
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
        let place = place.another_source();
        let scene = store_with_districts(&*place);
        place.tamper(&damage);
        let problems =
            scene.integrity_issues().into_iter().map(|problem| format!("    {}\n", problem.0));
        format!("{damage}\n{}", problems.collect::<String>())
    })
    .collect();
    insta::assert_snapshot!(told.concat(), @"
    update app set rate_limit = 9 where seq = 1
        an app was altered
    delete from app where seq = 1
        the number of apps is wrong
    update district set created_by = 'mallory' where seq = 1
        district number 1 was altered
        a name is held by district number 1, wrongly
        a name is held by district number 1, wrongly
    delete from district where seq = 2
        the number of districts is wrong
        a name is held by district number 2, wrongly
    update district set id = 'eeeeeeeeeeeeeeeeeeeeeeee' where seq = 2
        district number 2 was altered
        a name is held by district number 2, wrongly
    delete from holding where register = 'district' and holder = 1
        the name of district number 1 is not held
    delete from holding where register = 'external-id'
        the name of district number 1 is not held
    update holding set holder = 2 where register = 'external-id'
        the holder of a name was altered
        the name of district number 1 is not held
    ");
}
