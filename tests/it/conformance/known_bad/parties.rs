//! Faulty backends, as far as apps and districts are concerned.

use gatepass::{
    domain::{app::App, district::District, id::ObjectId},
    store::{
        StoreError,
        backend::{Each, Parties},
        record::Sealed,
    },
};

use super::{FaultyTransaction, faultless};

impl Parties for FaultyTransaction<'_> {
    faultless! {
        fn list_apps() -> Vec<Sealed<App>>;
        fn find_district(seq: i64) -> Option<Sealed<District>>;
        fn find_district_by_id(id: ObjectId) -> Option<Sealed<District>>;
        fn scan_districts(each: &mut Each<'_, District>) -> ();
    }

    fn insert_app(&self, app: &Sealed<App>) -> Result<bool, StoreError> {
        self.inserted(self.inner().insert_app(app))
    }

    fn update_app(&self, app: &Sealed<App>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_app(app))
    }

    fn insert_district(&self, district: &Sealed<District>) -> Result<bool, StoreError> {
        self.inserted(self.inner().insert_district(district))
    }

    fn update_district(&self, district: &Sealed<District>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_district(district))
    }
}
