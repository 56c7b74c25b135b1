//! The CSV file of `district connect --from`: one district per row.

use std::collections::HashMap;

use super::{
    columns::{ColumnArgs, ColumnSpec},
    line_errors::{LineError, LineErrors},
    table::{Table, TableRow},
};
use crate::{
    domain::directory::{district::ExternalId, name::Name, reference::Reference},
    ops::app::connect::{DistrictEntry, DistrictReference},
};

const SPEC: &ColumnSpec =
    &ColumnSpec { names: &["district", "name", "external_id"], required: &["name", "district"] };
const DISTRICT: usize = 0;
const NAME: usize = 1;
const EXTERNAL_ID: usize = 2;

/// Parses a file of districts. Returns the valid rows, and why the other ones were rejected.
pub fn parse(bytes: &[u8], columns: &ColumnArgs) -> (Vec<DistrictEntry>, LineErrors) {
    let mut table = match Table::read(bytes, columns, SPEC).and_then(check_columns) {
        Ok(table) => table,
        Err(errors) => return (Vec::new(), errors),
    };
    let mut errors = table.take_errors("districts");
    let parse_row = if table.has(DISTRICT) { parse_existing } else { parse_name };
    let (mut entries, mut seen) = (Vec::with_capacity(table.rows.len()), HashMap::new());
    for row in &table.rows {
        match parse_row(row) {
            Err(error) => errors.add(error),
            Ok(district) => match seen.insert(key(&district), row.line) {
                Some(before) => errors.add(duplicate(row, &district, before)),
                None => entries.push(DistrictEntry { line: Some(row.line), district }),
            },
        }
    }
    (entries, errors)
}

/// Rejects a file that refers to existing districts and also describes new ones.
fn check_columns(table: Table) -> Result<Table, LineErrors> {
    if table.has(DISTRICT) && (table.has(NAME) || table.has(EXTERNAL_ID)) {
        let why = "the column district can't be combined with name or external_id";
        return Err(table.header_error(why));
    }
    Ok(table)
}

fn parse_existing(row: &TableRow) -> Result<DistrictReference, LineError> {
    let text = row.get(DISTRICT).ok_or_else(|| LineError::new(row.line, MISSING))?;
    let reference = Reference::parse(text)
        .map_err(|why| LineError::of_value(row.line, "district", text, why))?;
    Ok(DistrictReference::Existing(reference))
}

fn parse_name(row: &TableRow) -> Result<DistrictReference, LineError> {
    let text = row.get(NAME).ok_or_else(|| LineError::new(row.line, MISSING))?;
    let name = Name::parse(text).map_err(|why| LineError::of_value(row.line, "name", text, why))?;
    let wrong_id = |text, why| LineError::of_value(row.line, "external_id", text, why);
    let external_id =
        row.get(EXTERNAL_ID).map(|text| ExternalId::parse(text).map_err(|why| wrong_id(text, why)));
    Ok(DistrictReference::ByName(name, external_id.transpose()?))
}

const MISSING: &str = "the district is missing";

/// Returns what no other row may have.
fn key(district: &DistrictReference) -> String {
    match district {
        DistrictReference::Existing(reference) => reference.folded(),
        DistrictReference::ByName(name, _) => name.folded(),
    }
}

fn duplicate(row: &TableRow, district: &DistrictReference, before: u64) -> LineError {
    let why = format!("this district already appears in line {before}");
    LineError::of_value(row.line, "district", &district.to_string(), why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Vec<DistrictEntry>, String> {
        let (entries, errors) = parse(text.as_bytes(), &ColumnArgs::default());
        match errors.lines.first() {
            None => Ok(entries),
            Some(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn each_row_names_one_district() {
        let named = read("\u{feff}Name;External ID\nLincoln;0607\n\"Elk; Grove\";\n").unwrap();
        assert_eq!(named[0].line, Some(2));
        let DistrictReference::ByName(name, external_id) = &named[0].district else {
            panic!("{named:?}")
        };
        assert_eq!((name.as_str(), external_id.as_ref().unwrap().as_str()), ("Lincoln", "0607"));
        let DistrictReference::ByName(name, None) = &named[1].district else { panic!("{named:?}") };
        assert_eq!(name.as_str(), "Elk; Grove");
        assert_eq!(
            read("district\n Lincoln \n").unwrap(),
            [DistrictEntry {
                line: Some(2),
                district: DistrictReference::Existing(Reference::parse("Lincoln").unwrap())
            }]
        );
        assert_eq!(read("external_id,name\n1,a\n2,b\n").unwrap().len(), 2);
    }

    #[test]
    fn a_bad_file_is_reported_as_what_it_is() {
        let error = |text: &str| read(text).unwrap_err();
        assert_eq!(error(""), "line 1: no column name or district; the file is empty");
        assert_eq!(error("x\na\n"), "line 1: no column name or district; the headings are x");
        assert_eq!(
            error("district,name\na,b\n"),
            "line 1: the column district can't be combined with name or external_id"
        );
        assert_eq!(error("name,Name\na,b\n"), "line 1: the column name appears twice");
        assert_eq!(error("name\n"), "line 1: there are no districts below the header");
        assert_eq!(error("name,external_id\na,1\n,2\n"), "line 3: the district is missing");
        assert!(error("name\na\n\u{202e}b\n").contains("the name has"));
        assert_eq!(
            error("name\na\nA\n"),
            "line 3, district \"A\": this district already appears in line 2"
        );
        assert_eq!(error("name,external_id\na\n"), "line 2: 1 field, but the header has 2");
        let secret = format!("district\ngpt_{}\n", "a".repeat(49));
        assert!(error(&secret).contains("a secret was given"));
    }

    proptest! {
        #[test]
        fn parsing_never_panics(bytes: Vec<u8>) {
            let (entries, _) = parse(&bytes, &ColumnArgs::default());
            prop_assert!(entries.len() <= bytes.len());
        }
    }
}
