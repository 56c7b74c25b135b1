//! The tables of accounts, apps and districts.

use super::{
    statements::{select, select_found},
    transaction::{SqliteTransaction, read, read_found},
};
use crate::{
    domain::{
        directory::{account::Account, app::App, district::District, id::ObjectId},
        seq::DistrictSeq,
    },
    store::{
        error::StoreError,
        port::{
            batch::BatchCallback,
            record::{FoundRow, WithMac},
            tables::DirectoryTables,
        },
    },
};

impl DirectoryTables for SqliteTransaction<'_> {
    fn list_accounts(&mut self) -> Result<Vec<WithMac<Account>>, StoreError> {
        self.list(select!(Account, "order by key"), [], read)
    }

    fn insert_accounts(&mut self, accounts: &[WithMac<Account>]) -> Result<usize, StoreError> {
        self.insert(accounts)
    }

    fn update_accounts(&mut self, accounts: &[WithMac<Account>]) -> Result<usize, StoreError> {
        self.update(accounts)
    }

    fn list_apps(&mut self) -> Result<Vec<WithMac<App>>, StoreError> {
        self.list(select!(App, "order by seq"), [], read)
    }

    fn insert_apps(&mut self, apps: &[WithMac<App>]) -> Result<usize, StoreError> {
        self.insert(apps)
    }

    fn update_apps(&mut self, apps: &[WithMac<App>]) -> Result<usize, StoreError> {
        self.update(apps)
    }

    fn find_districts(
        &mut self,
        seqs: &[DistrictSeq],
    ) -> Result<Vec<FoundRow<District>>, StoreError> {
        let statement = select_found!(District, "where seq = ?1");
        self.find_each(statement, seqs.iter().map(|seq| [seq.0]), read_found)
    }

    fn find_districts_by_id(
        &mut self,
        ids: &[ObjectId],
    ) -> Result<Vec<FoundRow<District>>, StoreError> {
        let statement = select_found!(District, "where id = ?1");
        self.find_each(statement, ids.iter().map(|id| [id.as_str()]), read_found)
    }

    fn scan_districts(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<District>>,
    ) -> Result<(), StoreError> {
        self.scan(select!(District, "not indexed order by seq"), [], read, each)
    }

    fn insert_districts(&mut self, districts: &[WithMac<District>]) -> Result<usize, StoreError> {
        self.insert(districts)
    }

    fn update_districts(&mut self, districts: &[WithMac<District>]) -> Result<usize, StoreError> {
        self.update(districts)
    }
}
