//! Apps and districts in SQLite.

use rusqlite::params;

use super::{
    rows::{self, APP, DISTRICT},
    transaction::SqliteTransaction,
    writes::{APPS, DISTRICTS},
};
use crate::{
    domain::{app::App, district::District, id::ObjectId},
    store::{
        StoreError,
        backend::{Each, Parties},
        record::Sealed,
    },
};

impl Parties for SqliteTransaction<'_> {
    fn list_apps(&self) -> Result<Vec<Sealed<App>>, StoreError> {
        self.list(&format!("select {APP} from app order by seq"), [], rows::app)
    }

    fn insert_app(&self, app: &Sealed<App>) -> Result<bool, StoreError> {
        self.write_app(&APPS.insert, app)
    }

    fn update_app(&self, app: &Sealed<App>) -> Result<bool, StoreError> {
        self.write_app(&APPS.update, app)
    }

    fn find_district(&self, seq: i64) -> Result<Option<Sealed<District>>, StoreError> {
        let statement = format!("select {DISTRICT} from district where seq = ?1");
        self.find(&statement, [seq], rows::district)
    }

    fn find_district_by_id(&self, id: ObjectId) -> Result<Option<Sealed<District>>, StoreError> {
        let statement = format!("select {DISTRICT} from district where id = ?1");
        self.find(&statement, params![id.as_str()], rows::district)
    }

    fn scan_districts(&self, each: &mut Each<'_, District>) -> Result<(), StoreError> {
        let statement = format!("select {DISTRICT} from district not indexed order by seq");
        self.scan_rows(&statement, [], rows::district, each)
    }

    fn insert_district(&self, district: &Sealed<District>) -> Result<bool, StoreError> {
        self.write_district(&DISTRICTS.insert, district)
    }

    fn update_district(&self, district: &Sealed<District>) -> Result<bool, StoreError> {
        self.write_district(&DISTRICTS.update, district)
    }
}
