//! Tests of requested columns.

use super::writer::ListWriter;
use crate::render::{
    error::UnknownField,
    fixture::{Sample, TIMESTAMP, style},
    record::{Record, Value},
    style::{Format, Shape, Style},
};

struct NoSummary;

impl Record for NoSummary {
    fn fields<'a>(&'a self, _: &mut dyn FnMut(&'static str, Value<'a>)) {}
}

fn listed(format: Format, names: &[&str], header: bool) -> Result<String, UnknownField> {
    let columns = names.iter().map(|&name| name.to_owned()).collect();
    let style = Style { columns, header, ..style(Shape::Rows(format)) };
    let mut bytes = Vec::new();
    let mut list =
        ListWriter::<Sample>::new(&mut bytes, &style, "s/v1", TIMESTAMP)?.hide("USES", true);
    list.row(&Sample::new("pc_1", "a,b", 7)).unwrap();
    list.finish(&NoSummary).unwrap();
    Ok(String::from_utf8(bytes).unwrap())
}

#[test]
fn columns_have_the_order_of_their_names() {
    assert_eq!(
        listed(Format::Table, &["state", "Id", "live", "scopes", "uses"], true).unwrap(),
        "STATE   ID    LIVE  SCOPES    USES\nactive  pc_1  true  read a,b     7\n"
    );
    assert_eq!(
        listed(Format::Csv, &["scopes", "Id", "live", "id"], true).unwrap(),
        "scopes,id,live,id\n\"read a,b\",pc_1,true,pc_1\n"
    );
}

#[test]
fn a_header_can_be_left_out() {
    assert_eq!(listed(Format::Table, &["name"], false).unwrap(), "a,b\n");
    assert_eq!(listed(Format::Table, &[], false).unwrap(), "pc_1  a,b   active\n");
    assert_eq!(listed(Format::Csv, &["name", "id"], false).unwrap(), "\"a,b\",pc_1\n");
    assert!(listed(Format::Csv, &[], false).unwrap().starts_with("pc_1,\"a,b\",7,true,"));
}

#[test]
fn an_unknown_column_is_an_error() {
    for (format, name) in [(Format::Table, "colour"), (Format::Csv, "state"), (Format::Csv, "")] {
        assert_eq!(listed(format, &["id", name], true).unwrap_err().name, name);
    }
    let error = listed(Format::Table, &["colour"], true).unwrap_err();
    assert!(error.known.ends_with(&["seats", "STATE"]), "{:?}", error.known);
}
