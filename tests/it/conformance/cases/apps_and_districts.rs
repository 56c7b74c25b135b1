//! Apps and districts are stored, found and audited.

use std::slice::from_ref;

use gatepass::{
    domain::{
        audit::{Action, app_fields, district_fields},
        credential::{Retiring, Secrets, Undelivered, rate_limit::RateLimit},
        directory::{
            account::AccountKey,
            app::{App, Webhook},
            district::{District, ExternalId},
            id::{ClientId, ObjectId},
            name::Name,
        },
        instant::Instant,
        notice::WebhookUrl,
        seq::{AppSeq, AuditSeq, DistrictSeq},
    },
    store::{
        Access,
        port::{backend::BackendTransaction, record::WithMac},
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            TestStore, assert_integrity_error, audit_context, authenticated, begin_raw, collect,
            collect_rows, found_rows, with_accounts,
        },
    },
    support::{
        directory_fixture::{find_app, find_district},
        records::{app, deletion, digest, district, now},
    },
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

/// Returns an app in which each optional field is set and each field differs from the draft.
fn full_app() -> App {
    let retiring = Retiring {
        digest: digest(0xdd),
        until: Instant::MAX,
        until_used: true,
        replacement_used: true,
    };
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
            undelivered: Some(Undelivered { digest: digest(0xcc), created_at: Instant::MAX }),
            discarded: u32::MAX,
        },
        limit: RateLimit::new(RateLimit::MAX).unwrap(),
        webhook: Some(Webhook {
            url: WebhookUrl::from_stored("https://𝄞.example/?a=%".to_owned()),
            generation: u32::MAX,
        }),
        created_at: Instant::EPOCH,
        created_by: "bob@gate".to_owned(),
        removed: Some(deletion()),
        audit_seq: AuditSeq(i64::MAX),
        ..app(2, "ﬀ \"Straße\" 𝄞%_'\\")
    }
}

/// Returns a district in which each optional field is set and each field differs from the draft.
fn full_district() -> District {
    District {
        id: ObjectId::parse(&"f".repeat(24)).unwrap(),
        account: AccountKey(2),
        external_id: parse_external_id("é 'ﬀ' %_𝄞"),
        created_at: Instant::EPOCH,
        created_by: "bob@gate".to_owned(),
        removed: Some(deletion()),
        audit_seq: AuditSeq(i64::MAX),
        ..district(2, "ﬀ \"Straße\" 𝄞%_'\\")
    }
}

fn scan(tx: &mut dyn BackendTransaction) -> Vec<WithMac<District>> {
    collect_rows(|each| tx.scan_districts(each))
}

pub fn apps_are_stored_and_listed_by_number(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    assert_eq!(tx.list_apps().unwrap(), []);
    let least = App { seq: AppSeq(i64::MIN), ..app(3, "Least") };
    let greatest = App { seq: AppSeq(i64::MAX), ..removed_app(&app(4, "Greatest")) };
    let in_order = [least, app(1, "First"), full_app(), greatest].map(authenticated);
    let reversed: Vec<_> = in_order.iter().rev().cloned().collect();
    assert_eq!(tx.insert_apps(&reversed).unwrap(), 4);
    tx.commit(None).unwrap();
    assert_eq!(begin_raw(&*backend, Access::Read).list_apps().unwrap(), in_order);
}

pub fn an_app_is_inserted_once_and_updated_in_place(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let (first, second) = (app(1, "First"), app(2, "Second"));
    assert_eq!(tx.update_apps(&[authenticated(first.clone())]).unwrap(), 0, "not inserted yet");
    assert_eq!(tx.insert_apps(&[authenticated(first.clone())]).unwrap(), 1);
    for taken in [
        App { seq: AppSeq(1), ..second.clone() },
        App { id: first.id, ..second.clone() },
        App { client_id: first.client_id, ..second.clone() },
    ] {
        assert_eq!(tx.insert_apps(&[authenticated(taken)]).unwrap(), 0);
    }
    assert_eq!(
        tx.insert_apps(&[authenticated(second.clone())]).unwrap(),
        1,
        "the transaction continues"
    );
    for after in [full_app(), second, full_app()].map(authenticated) {
        assert_eq!(tx.update_apps(from_ref(&after)).unwrap(), 1);
        assert_eq!(tx.list_apps().unwrap(), [authenticated(first.clone()), after]);
    }
}

pub fn the_name_of_an_app_is_unique_in_its_account_until_it_is_removed(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let mut insert = |app: App| tx.insert_apps(&[authenticated(app)]).unwrap();
    assert_eq!(insert(app(1, "Straße")), 1);
    assert_eq!(insert(app(2, "STRASSE")), 0);
    assert_eq!(insert(App { account: AccountKey(2), ..app(2, "STRASSE") }), 1, "another account");
    assert_eq!(insert(removed_app(&app(3, "STRASSE"))), 1, "a removed app does not hold its name");
    assert_eq!(tx.update_apps(&[authenticated(removed_app(&app(1, "Straße")))]).unwrap(), 1);
    assert_eq!(tx.insert_apps(&[authenticated(app(4, "STRASSE"))]).unwrap(), 1);
}

pub fn districts_are_stored_and_scanned_by_number(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    assert_eq!(scan(&mut *tx), []);
    let least = District { seq: DistrictSeq(i64::MIN), ..district(3, "Least") };
    let greatest = District { seq: DistrictSeq(i64::MAX), ..district(4, "Greatest") };
    let in_order = [least, district(1, "First"), full_district(), greatest].map(authenticated);
    let reversed: Vec<_> = in_order.iter().rev().cloned().collect();
    assert_eq!(tx.insert_districts(&reversed).unwrap(), 4);
    tx.commit(None).unwrap();
    assert_eq!(scan(&mut *begin_raw(&*backend, Access::Read)), in_order);
}

pub fn a_district_is_inserted_once_and_updated_in_place(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let (first, second) = (district(1, "First"), district(2, "Second"));
    assert_eq!(
        tx.update_districts(&[authenticated(first.clone())]).unwrap(),
        0,
        "not inserted yet"
    );
    assert_eq!(tx.insert_districts(&[authenticated(first.clone())]).unwrap(), 1);
    for taken in [
        District { seq: DistrictSeq(1), ..second.clone() },
        District { id: first.id, ..second.clone() },
    ] {
        assert_eq!(tx.insert_districts(&[authenticated(taken)]).unwrap(), 0);
    }
    let same_name = District { name: first.name.clone(), ..second.clone() };
    assert_eq!(
        tx.insert_districts(&[authenticated(same_name)]).unwrap(),
        1,
        "names have their own table"
    );
    for after in [full_district(), second, full_district()].map(authenticated) {
        assert_eq!(tx.update_districts(from_ref(&after)).unwrap(), 1);
        assert_eq!(scan(&mut *tx), [authenticated(first.clone()), after]);
    }
}

pub fn a_district_is_found_by_number_and_by_id(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let districts = [district(1, "First"), district(2, "Second")].map(authenticated);
    assert_eq!(tx.insert_districts(&districts).unwrap(), 2);
    for row in &districts {
        let District { seq, id, .. } = row.record;
        assert_eq!(found_rows(tx.find_districts(&[seq])), from_ref(row));
        assert_eq!(found_rows(tx.find_districts_by_id(&[id])), from_ref(row));
    }
    assert_eq!(tx.find_districts(&[DistrictSeq(3)]).unwrap(), []);
    assert_eq!(tx.find_districts_by_id(&[district(3, "Nobody").id]).unwrap(), []);
}

pub fn an_app_is_found_by_every_reference(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let account = store.account.key;
    let reader = store.add_app(app(1, "Straße"));
    let found = |text: &str| find_app(&mut store.read(), account, text).unwrap();
    let names = [reader.id.to_string(), reader.client_id.to_string(), "STRASSE".to_owned()];
    for name in &names {
        assert_eq!(found(name).as_ref(), Some(&reader), "{name}");
        let elsewhere = find_app(&mut store.read(), AccountKey(2), name).unwrap();
        assert_eq!(elsewhere, None, "{name}");
    }
    assert_eq!(found("Stra"), None);
    assert_eq!(store.read().find_client(reader.client_id).unwrap().as_ref(), Some(&reader));
    assert_eq!(store.read().find_client(app(2, "Nobody").client_id).unwrap(), None);

    let gone = store.change_app(Action::AppRemove, removed_app(&reader));
    for name in &names {
        assert_eq!(found(name), None, "{name}");
    }
    assert_eq!(store.read().find_client(gone.client_id).unwrap(), None);
    assert_eq!(
        store.read().find_app(gone.id).unwrap(),
        Some(gone),
        "removed ones are still found by id"
    );
    let next = store.add_app(app(2, "STRASSE"));
    assert_eq!(found("straße"), Some(next));
    assert_eq!(store.integrity_issues(), []);
}

fn district_number(store: &TestStore, text: &str) -> Option<i64> {
    let found = find_district(&mut store.read(), store.account.key, text).unwrap();
    found.map(|district| district.seq.0)
}

pub fn a_district_is_found_by_every_reference(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let draft = District { external_id: parse_external_id("IL-0601"), ..district(1, "Straße") };
    let added = store.add_district(draft);
    let names = [added.id.to_string(), "STRASSE".to_owned(), "il-0601".to_owned()];
    for name in &names {
        assert_eq!(district_number(&store, name), Some(1), "{name}");
        let elsewhere = find_district(&mut store.read(), AccountKey(2), name).unwrap();
        assert_eq!(elsewhere, None, "{name}");
    }
    assert_eq!(district_number(&store, "il-06"), None);

    let gone = store.change_district(Action::DistrictRemove, removed_district(&added));
    for name in &names {
        assert_eq!(district_number(&store, name), None, "{name}");
    }
    let known = store.read().find_district_by_id(gone.id).unwrap();
    assert_eq!(known, Some(gone), "removed ones are still found by id");
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_districts_former_names_are_free(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let draft = District { external_id: parse_external_id("0601"), ..district(1, "Springfield") };
    let before = store.add_district(draft);
    let edit = |after| store.change_district(Action::DistrictEdit, after);
    let renamed = edit(District { name: parse_name("Shelbyville"), ..before.clone() });
    assert_eq!(district_number(&store, "springfield"), None);
    assert_eq!(district_number(&store, "shelbyville"), Some(1));
    assert_eq!(district_number(&store, "0601"), Some(1), "the external id is unchanged");
    store.add_district(district(2, "SPRINGFIELD"));

    let recased = edit(District { name: parse_name("SHELBYVILLE"), ..renamed });
    let moved = edit(District { external_id: parse_external_id("0602"), ..recased });
    assert_eq!((district_number(&store, "0601"), district_number(&store, "0602")), (None, Some(1)));
    let bare = edit(District { external_id: None, ..moved });
    assert_eq!(district_number(&store, "0602"), None);
    store.add_district(District { external_id: parse_external_id("0602"), ..district(3, "0601") });
    assert_eq!(district_number(&store, "0601"), Some(3), "a name may look like an external id");

    let gone = store.change_district(Action::DistrictRemove, removed_district(&bare));
    edit(District { name: parse_name("Ogdenville"), ..gone });
    assert_eq!(district_number(&store, "ogdenville"), None, "a removed district holds no name");
    store.add_district(district(4, "shelbyville"));
    assert_eq!(store.integrity_issues(), []);
}

pub fn no_two_districts_share_a_name_or_an_external_id(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let draft = District { external_id: parse_external_id("il-1"), ..district(1, "Straße") };
    store.add_district(draft);
    let other = store.add_district(district(2, "Other"));
    let same_name = District { name: parse_name("STRASSE"), ..other.clone() };
    let same_external_id = District { external_id: parse_external_id("IL-1"), ..other };
    for taken in [same_name, same_external_id] {
        let (add, edit) = (audit_context(Action::DistrictAdd), audit_context(Action::DistrictEdit));
        assert_integrity_error(store.write().update_district(&edit, taken.clone()));
        let third = District { id: district(3, "Third").id, ..taken };
        assert_integrity_error(store.write().insert_district(&add, third));
    }
    assert_eq!(["strasse", "il-1"].map(|name| district_number(&store, name)), [Some(1), Some(1)]);
    assert_eq!(store.integrity_issues(), []);
}

pub fn recording_delivery_keeps_concurrent_app_changes(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let added = store.add_app(app(1, "Reader"));
    let deliver = |app: &App, seconds| {
        store.commit_relaxed(|tx| tx.mark_app_delivered(app, now().plus(seconds)).unwrap());
        store.read().find_app(app.id).unwrap().unwrap()
    };
    let renamed = App { name: parse_name("Renamed"), ..added.clone() };
    let renamed = store.change_app(Action::AppEdit, renamed);
    let delivered = deliver(&added, 1);
    assert_eq!(delivered.name, renamed.name, "the change was lost");
    assert_eq!(delivered.secrets.delivered_at, Some(now().plus(1)));

    let secrets = Secrets {
        generation: 2,
        current: Some(digest(2)),
        delivered_at: None,
        ..delivered.secrets.clone()
    };
    let reset = store.change_app(Action::AppReset, App { secrets, ..delivered });
    assert_eq!(deliver(&added, 2), reset, "the delivery of an older secret does not count");
    assert_eq!(store.integrity_issues(), []);
}

pub fn every_change_of_an_app_or_a_district_leaves_a_record(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let reader = store.add_app(app(1, "Reader"));
    let gone = store.change_app(Action::AppRemove, removed_app(&reader));
    let springfield = store.add_district(district(1, "Springfield"));
    let shelbyville = District { name: parse_name("Shelbyville"), ..springfield.clone() };
    let shelbyville = store.change_district(Action::DistrictEdit, shelbyville);

    let records = collect(|each| store.read().scan_audit(each)).unwrap().into_iter();
    let records: Vec<_> =
        records.map(|r| (r.action, r.subject, r.name, r.before, r.after)).collect();
    let account = store.account.id;
    let app = |app| Some(app_fields(app, &account));
    let district = |district| Some(district_fields(district, &account));
    let name = |name: &str| Some(name.to_owned());
    let (a, d) = (reader.id.to_string(), springfield.id.to_string());
    assert_eq!(
        records[1..],
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
    let head = store.read().head().clone();
    assert_eq!((head.apps, head.districts, head.audit_seq), (1, 1, AuditSeq(5)));
}
