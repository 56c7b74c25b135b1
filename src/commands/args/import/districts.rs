//! The CSV file of `district connect --from`: one district per row.

use std::{collections::HashMap, io::Read};

use super::csv::CsvError;
use crate::{
    domain::directory::{
        district::ExternalId,
        name::{Name, TextError},
        reference::{Reference, SecretAsReference},
    },
    ops::app::connect::{DistrictEntry, DistrictReference},
};

/// Why a file was rejected.
#[derive(Debug, thiserror::Error)]
pub enum DistrictImportError {
    /// The header has no column for districts, two columns for them, or an unknown column.
    #[error(
        "line 1: the header must have the column district, or the column name and optionally external_id"
    )]
    Heading,
    /// The file is not valid CSV.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// A row has no district.
    #[error("line {line}: the district is missing")]
    MissingDistrict {
        /// The number of the line, from 1.
        line: u64,
    },
    /// A name or an external id is not valid.
    #[error("line {line}: {why}")]
    Text {
        /// The number of the line, from 1.
        line: u64,
        /// The reason.
        why: TextError,
    },
    /// A row has a secret instead of a district.
    #[error("line {line}: {why}")]
    Secret {
        /// The number of the line, from 1.
        line: u64,
        /// The reason.
        why: SecretAsReference,
    },
    /// An earlier row has the same district.
    #[error("line {line}: this district already appears in line {before}")]
    Duplicate {
        /// The number of the line, from 1.
        line: u64,
        /// The number of the earlier line.
        before: u64,
    },
    /// The file has no rows below the header.
    #[error("the file has no districts")]
    NoDistricts,
}

/// The columns of a file, with their positions.
enum Columns {
    /// References to existing districts.
    District(usize),
    /// Names and external ids of districts that may not exist yet.
    Name(usize, Option<usize>),
}

/// Parses a file of districts.
///
/// # Errors
/// The first row that is not valid.
pub fn parse(input: impl Read) -> Result<Vec<DistrictEntry>, DistrictImportError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
    let columns = columns(reader.headers().map_err(CsvError::from)?)?;
    let (mut entries, mut seen) = (Vec::new(), HashMap::new());
    for record in reader.records() {
        let record = record.map_err(CsvError::from)?;
        let line = record.position().map_or(0, csv::Position::line);
        let (key, district) = parse_row(&columns, &record, line)?;
        if let Some(before) = seen.insert(key, line) {
            return Err(DistrictImportError::Duplicate { line, before });
        }
        entries.push(DistrictEntry { line: Some(line), district });
    }
    if entries.is_empty() { Err(DistrictImportError::NoDistricts) } else { Ok(entries) }
}

fn columns(header: &csv::StringRecord) -> Result<Columns, DistrictImportError> {
    let position =
        |name: &str| header.iter().position(|title| title.trim_start_matches('\u{feff}') == name);
    match (position("district"), position("name"), position("external_id"), header.len()) {
        (Some(district), None, None, 1) => Ok(Columns::District(district)),
        (None, Some(name), None, 1) => Ok(Columns::Name(name, None)),
        (None, Some(name), external_id @ Some(_), 2) => Ok(Columns::Name(name, external_id)),
        _ => Err(DistrictImportError::Heading),
    }
}

/// Returns the district of a row, and the key that no other row may have.
fn parse_row(
    columns: &Columns,
    record: &csv::StringRecord,
    line: u64,
) -> Result<(String, DistrictReference), DistrictImportError> {
    let field = |at| record.get(at).filter(|text: &&str| !text.is_empty());
    let wrong_text = |why| DistrictImportError::Text { line, why };
    match *columns {
        Columns::District(at) => {
            let text = field(at).ok_or(DistrictImportError::MissingDistrict { line })?;
            let known =
                Reference::parse(text).map_err(|why| DistrictImportError::Secret { line, why })?;
            Ok((known.folded(), DistrictReference::Existing(known)))
        }
        Columns::Name(name, external_id) => {
            let name = field(name).ok_or(DistrictImportError::MissingDistrict { line })?;
            let name = Name::parse(name).map_err(wrong_text)?;
            let external_id = external_id.and_then(field).map(ExternalId::parse);
            Ok((
                name.folded(),
                DistrictReference::ByName(name, external_id.transpose().map_err(wrong_text)?),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Vec<DistrictEntry>, String> {
        parse(text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn each_row_names_one_district() {
        let named = read("\u{feff}name,external_id\nLincoln,0607\n\"Elk, Grove\",\n").unwrap();
        assert_eq!(named[0].line, Some(2));
        let DistrictReference::ByName(name, external_id) = &named[0].district else {
            panic!("{named:?}")
        };
        assert_eq!((name.as_str(), external_id.as_ref().unwrap().as_str()), ("Lincoln", "0607"));
        let DistrictReference::ByName(name, None) = &named[1].district else { panic!("{named:?}") };
        assert_eq!(name.as_str(), "Elk, Grove");
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
    fn the_first_invalid_row_is_reported() {
        let error = |text: &str| read(text).unwrap_err();
        for heading in
            ["", "x\na\n", "district,name\na,b\n", "external_id\na\n", "name,name\na,b\n"]
        {
            assert_eq!(error(heading), DistrictImportError::Heading.to_string(), "{heading:?}");
        }
        assert_eq!(error("name\n"), "the file has no districts");
        assert_eq!(error("name,external_id\na,1\n,2\n"), "line 3: the district is missing");
        assert!(error("name\na\n\u{202e}b\n").starts_with("line 3: the name has"));
        assert_eq!(error("name\na\nA\n"), "line 3: this district already appears in line 2");
        assert_eq!(error("name,external_id\na\n"), "line 2: 1 field, but the header has 2");
        let secret = format!("district\ngpt_{}\n", "a".repeat(49));
        assert!(error(&secret).starts_with("line 2: a secret was given"));
    }

    proptest! {
        #[test]
        fn parsing_never_panics(bytes: Vec<u8>) {
            if let Ok(entries) = parse(bytes.as_slice()) {
                prop_assert!(entries.len() <= bytes.len());
            }
        }
    }
}
