//! The committed schema of the database, which every opened store is compared with. It is generated from the migrations.

use std::{fs, path::Path};

use gatepass::store::sqlite::MIGRATIONS;
use rusqlite::Connection;

use super::update::{UPDATE_COMMAND, is_update_requested};

/// Returns the sorted statements of the tables and indexes that the migrations create.
fn schema() -> String {
    let database = Connection::open_in_memory().unwrap();
    database.execute_batch("pragma foreign_keys = off").unwrap();
    database.execute_batch(&MIGRATIONS.concat()).unwrap();
    let statements =
        "select group_concat(sql || ';' || char(10), char(10) order by sql) from sqlite_schema";
    database.query_row(statements, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_schema_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite/schema.sql");
    if is_update_requested() {
        fs::write(&path, schema()).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap() == schema(),
        "the migrations create another schema than migrations/sqlite/schema.sql. Never change a released migration: \
         add a new one. If you did, run: {UPDATE_COMMAND}"
    );
}
