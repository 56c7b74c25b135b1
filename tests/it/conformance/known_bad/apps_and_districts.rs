//! Faults of the tables of apps and districts.

use std::ops::ControlFlow;

use gatepass::{
    domain::{
        directory::{account::Account, app::App, district::District, id::ObjectId},
        seq::{AuditSeq, DistrictSeq},
    },
    store::{
        StoreError,
        port::{
            batch::BatchCallback,
            record::{FoundRow, WithMac},
            tables::DirectoryTables,
        },
    },
};

use super::{
    backend::{FaultySource, FaultyTransaction, faultless, scan_faultily, with_shared_faults},
    faults::Fault,
};
use crate::{
    conformance::{test_store::TestStore, test_store::assert_integrity_error},
    support::{
        directory_fixture::find_district,
        records::{app, deletion, district},
    },
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
    assert_integrity_error(find_district(&mut store.read(), store.account.key, "Springfield"));
}

impl DirectoryTables for FaultyTransaction<'_> {
    faultless! {
        fn list_accounts() -> Vec<WithMac<Account>>;
    }

    with_shared_faults! {
        update fn update_accounts(&[WithMac<Account>]) -> usize;
        insert fn insert_apps(&[WithMac<App>]) -> usize;
        update fn update_apps(&[WithMac<App>]) -> usize;
    }

    fn insert_accounts(&mut self, accounts: &[WithMac<Account>]) -> Result<usize, StoreError> {
        let mut stored = accounts.to_vec();
        if self.has(Fault::NarrowsIntegers) {
            for account in &mut stored {
                account.record.audit_seq = AuditSeq(i64::from(account.record.audit_seq.0 as i32));
            }
        }
        let count = self.inner().insert_accounts(&stored)?;
        self.inserted(accounts, count)
    }

    fn list_apps(&mut self) -> Result<Vec<WithMac<App>>, StoreError> {
        let mut apps = self.inner().list_apps()?;
        if self.has(Fault::HidesRemovedApps) {
            apps.retain(|app| app.record.removed.is_none());
        }
        if self.has(Fault::RepeatsTheFirstAppInsteadOfTheSecond) && apps.len() > 1 {
            apps[1] = apps[0].clone();
        }
        Ok(apps)
    }

    fn find_districts(
        &mut self,
        seqs: &[DistrictSeq],
    ) -> Result<Vec<FoundRow<District>>, StoreError> {
        if self.has(Fault::FindsAnotherDistrict) {
            let others: Vec<_> = seqs.iter().map(|seq| seq.next()).collect();
            return self.inner().find_districts(&others);
        }
        let seqs = self.keys(seqs);
        let found = self.inner().find_districts(seqs)?;
        Ok(self.found(found, |one| one.audit_seq))
    }

    fn find_districts_by_id(
        &mut self,
        ids: &[ObjectId],
    ) -> Result<Vec<FoundRow<District>>, StoreError> {
        let ids = self.keys(ids);
        let found = self.inner().find_districts_by_id(ids)?;
        if self.has(Fault::FindsAnotherDistrict) {
            let seqs: Vec<_> = found.iter().map(|found| found.row.record.seq).collect();
            return self.find_districts(&seqs);
        }
        Ok(self.found(found, |one| one.audit_seq))
    }

    fn scan_districts(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<District>>,
    ) -> Result<(), StoreError> {
        let fault = self.fault;
        let distort = |rows: &mut Vec<WithMac<District>>| match fault {
            Fault::SkipsTheFirstDistrict => drop(rows.remove(0)),
            Fault::RepeatsTheFirstDistrict => rows.insert(0, rows[0].clone()),
            _ => {}
        };
        scan_faultily(fault, |pass| self.inner().scan_districts(pass), distort, each)
    }

    fn insert_districts(&mut self, districts: &[WithMac<District>]) -> Result<usize, StoreError> {
        let stored = self.stored(districts);
        let count = self.inner().insert_districts(&stored)?;
        self.inserted(districts, count)
    }

    fn update_districts(&mut self, districts: &[WithMac<District>]) -> Result<usize, StoreError> {
        let stored = self.stored(districts);
        let count = self.inner().update_districts(&stored)?;
        self.updated(districts, count)
    }
}

impl FaultyTransaction<'_> {
    /// Returns the districts as the faulty backend stores them.
    fn stored(&self, districts: &[WithMac<District>]) -> Vec<WithMac<District>> {
        let mut stored = districts.to_vec();
        if self.has(Fault::ForgetsExternalIds) {
            stored.iter_mut().for_each(|district| district.record.external_id = None);
        }
        stored
    }
}
