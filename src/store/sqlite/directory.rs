//! The tables of apps and districts.

use rusqlite::params;

use super::{
    rows::{self, APP_COLUMNS, DISTRICT_COLUMNS},
    statements::{APP_STATEMENTS, DISTRICT_STATEMENTS, statement},
    transaction::SqliteTransaction,
};
use crate::{
    domain::{
        directory::{app::App, district::District, id::ObjectId},
        seq::DistrictSeq,
    },
    store::{
        error::StoreError,
        port::{
            backend::{DirectoryTables, RowCallback},
            record::WithMac,
        },
    },
};

impl DirectoryTables for SqliteTransaction<'_> {
    fn list_apps(&self) -> Result<Vec<WithMac<App>>, StoreError> {
        self.list(statement!("select {APP_COLUMNS} from app order by seq"), [], rows::app)
    }

    fn insert_app(&self, app: &WithMac<App>) -> Result<bool, StoreError> {
        self.write_app(&APP_STATEMENTS.insert, app)
    }

    fn update_app(&self, app: &WithMac<App>) -> Result<bool, StoreError> {
        self.write_app(&APP_STATEMENTS.update, app)
    }

    fn find_district(&self, seq: DistrictSeq) -> Result<Option<WithMac<District>>, StoreError> {
        let statement = statement!("select {DISTRICT_COLUMNS} from district where seq = ?1");
        self.find(statement, [seq.0], rows::district)
    }

    fn find_district_by_id(&self, id: ObjectId) -> Result<Option<WithMac<District>>, StoreError> {
        let statement = statement!("select {DISTRICT_COLUMNS} from district where id = ?1");
        self.find(statement, params![id.as_str()], rows::district)
    }

    fn scan_districts(&self, each: &mut RowCallback<'_, District>) -> Result<(), StoreError> {
        let statement =
            statement!("select {DISTRICT_COLUMNS} from district not indexed order by seq");
        self.scan_rows(statement, [], rows::district, each)
    }

    fn insert_district(&self, district: &WithMac<District>) -> Result<bool, StoreError> {
        self.write_district(&DISTRICT_STATEMENTS.insert, district)
    }

    fn update_district(&self, district: &WithMac<District>) -> Result<bool, StoreError> {
        self.write_district(&DISTRICT_STATEMENTS.update, district)
    }
}
