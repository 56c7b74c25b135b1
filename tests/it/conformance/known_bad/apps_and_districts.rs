//! Faults of the tables of apps and districts.

use std::ops::ControlFlow;

use gatepass::{
    domain::{
        directory::{app::App, district::District, id::ObjectId},
        seq::DistrictSeq,
    },
    store::{
        StoreError,
        port::{
            backend::{DirectoryTables, RowCallback},
            record::WithMac,
        },
    },
};

use super::{
    backend::{FaultySource, FaultyTransaction},
    faults::Fault,
};
use crate::{
    conformance::{test_store::TestStore, test_store::assert_integrity_error},
    support::records::{app, deletion, district},
};

/// Creates a store with apps and districts in a faulty backend. The second app is removed.
fn directory_store(fault: Fault) -> TestStore {
    let source = FaultySource::new(fault);
    let store = TestStore::new(&source);
    store.add_app(app(1, "Reader"));
    store.add_app(App { removed: Some(deletion()), ..app(2, "Writer") });
    for (number, name) in [(1, "Springfield"), (2, "Shelbyville"), (3, "Ogdenville")] {
        store.add_district(district(number, name));
    }
    store
}

#[test]
fn lists_that_hide_or_repeat_apps_are_detected() {
    for fault in [Fault::HidesRemovedApps, Fault::RepeatsTheFirstAppInsteadOfTheSecond] {
        let store = directory_store(fault);
        assert_integrity_error(store.read().apps());
        assert_integrity_error(store.read().find_app(app(2, "Writer").id));
        assert!(!store.integrity_issues().is_empty(), "{fault:?}");
    }
}

#[test]
fn scans_that_lose_or_repeat_districts_are_detected() {
    for fault in [Fault::SkipsTheFirstDistrict, Fault::RepeatsTheFirstDistrict] {
        let store = directory_store(fault);
        let skip = |_| Ok::<_, StoreError>(ControlFlow::Continue(()));
        assert_integrity_error(store.read().scan_districts(skip));
        assert!(!store.integrity_issues().is_empty(), "{fault:?}");
    }
}

#[test]
fn an_index_pointing_to_another_district_is_detected() {
    let store = directory_store(Fault::FindsAnotherDistrict);
    assert_integrity_error(store.read().find_district(DistrictSeq(1)));
    assert_integrity_error(store.read().find_district_by_id(district(1, "Springfield").id));
    assert_integrity_error(
        store.read().find_district_by_reference(store.account.key, "Springfield"),
    );
}

impl DirectoryTables for FaultyTransaction<'_> {
    fn list_apps(&self) -> Result<Vec<WithMac<App>>, StoreError> {
        let mut apps = self.inner().list_apps()?;
        if self.has(Fault::HidesRemovedApps) {
            apps.retain(|app| app.record.removed.is_none());
        }
        if self.has(Fault::RepeatsTheFirstAppInsteadOfTheSecond) && apps.len() > 1 {
            apps[1] = apps[0].clone();
        }
        Ok(apps)
    }

    fn insert_app(&self, app: &WithMac<App>) -> Result<bool, StoreError> {
        self.inserted(self.inner().insert_app(app))
    }

    fn update_app(&self, app: &WithMac<App>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_app(app))
    }

    fn find_district(&self, seq: DistrictSeq) -> Result<Option<WithMac<District>>, StoreError> {
        let is_wrong = self.has(Fault::FindsAnotherDistrict);
        self.inner().find_district(if is_wrong { seq.next() } else { seq })
    }

    fn find_district_by_id(&self, id: ObjectId) -> Result<Option<WithMac<District>>, StoreError> {
        let found = self.inner().find_district_by_id(id)?;
        match found {
            Some(row) if self.has(Fault::FindsAnotherDistrict) => {
                self.inner().find_district(row.record.seq.next())
            }
            found => Ok(found),
        }
    }

    fn scan_districts(&self, each: &mut RowCallback<'_, District>) -> Result<(), StoreError> {
        let mut is_first = true;
        self.inner().scan_districts(&mut |row| match (self.fault, std::mem::take(&mut is_first)) {
            (Fault::SkipsTheFirstDistrict, true) => ControlFlow::Continue(()),
            (Fault::RepeatsTheFirstDistrict, true) => {
                each(row.clone())?;
                each(row)
            }
            _ => each(row),
        })
    }

    fn insert_district(&self, district: &WithMac<District>) -> Result<bool, StoreError> {
        self.inserted(self.inner().insert_district(&self.stored(district)))
    }

    fn update_district(&self, district: &WithMac<District>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_district(&self.stored(district)))
    }
}

impl FaultyTransaction<'_> {
    /// Returns the district as the faulty backend stores it.
    fn stored(&self, district: &WithMac<District>) -> WithMac<District> {
        let mut stored = district.clone();
        if self.has(Fault::ForgetsExternalIds) {
            stored.record.external_id = None;
        }
        stored
    }
}
