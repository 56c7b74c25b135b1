//! `--columns` and `--no-header` of every list.

use super::samples::{SAMPLES, Sample};
use crate::support::json_schemas::documents;

/// Lists with another name.
const REPORTS: &[&str] = &["legacy report"];

#[test]
fn every_list_shows_the_requested_columns_in_their_order() {
    for list in lists() {
        let first = documents(&list.run("--format jsonl").stdout).swap_remove(0);
        let mut fields: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
        fields.reverse();
        let columns = format!("--columns {}", fields.join(","));
        let (header, rows) = csv(list, &columns);
        assert_eq!(header, fields, "{}", list.line());
        let (usual, usual_rows) = csv(list, "");
        let positions: Vec<_> =
            fields.iter().map(|field| usual.iter().position(|one| one == field).unwrap()).collect();
        let reordered = |row: &Vec<String>| positions.iter().map(|&at| row[at].clone()).collect();
        assert_eq!(rows, usual_rows.iter().map(reordered).collect::<Vec<Vec<_>>>());

        let table = list.run(&columns).stdout;
        let titles: Vec<_> = titles(&table).iter().map(|title| title.to_lowercase()).collect();
        let titles: Vec<_> = titles.iter().map(|title| title.replace(' ', "_")).collect();
        assert_eq!(titles, fields, "{}\n{table}", list.line());
    }
}

#[test]
fn the_titles_of_a_table_are_names_of_its_columns() {
    for list in lists() {
        let table = list.run("").stdout;
        let columns = titles(&table).join(",").to_lowercase().replace(' ', "-");
        assert_eq!(list.run(&format!("--columns {columns}")).stdout, table, "{}", list.line());
    }
}

#[test]
fn without_a_header_the_rest_is_the_same() {
    for list in lists() {
        for more in ["", "--columns label", "--format csv", "--format csv --columns label"] {
            let more = if list.verb == "schema list" {
                more.replace("label", "name")
            } else {
                more.to_owned()
            };
            let whole = list.run(&more).stdout;
            let (_, rows) = whole.split_once('\n').unwrap();
            let output = list.run(&format!("--no-header {more}"));
            assert_eq!(output.stdout, rows, "{} {more}\n{output}", list.line());
        }
        for other in ["--json", "-q", "--field schema"] {
            let (with, without) = (list.run(&format!("{other} --no-header")), list.run(other));
            assert_eq!(with.stdout, without.stdout, "{} {other}", list.line());
        }
    }
}

#[test]
fn unknown_columns_and_outputs_without_columns_are_usage_errors() {
    for list in lists() {
        for (more, message) in [
            ("--columns schema,colour", "unknown field \"colour\""),
            ("--columns schema,colour --format csv", "unknown field \"colour\""),
            ("--columns ''", "unknown field \"\""),
            ("--columns schema --json", "--columns is for tables and CSV"),
            ("--columns schema --format jsonl", "--columns is for tables and CSV"),
            ("--columns schema -q", "--columns is for tables and CSV"),
            ("--columns schema --field schema", "--columns is for tables and CSV"),
        ] {
            let output = list.run(more);
            let line = format!("{} {more}\n{output}", list.line());
            assert_eq!((output.exit, output.stdout.as_str()), (2, ""), "{line}");
            assert!(output.stderr.contains(message), "{line}");
            let lists_fields = output.stderr.contains("use one of schema, ");
            assert_eq!(lists_fields, message.starts_with("unknown"), "{line}");
        }
    }
}

fn lists() -> impl Iterator<Item = &'static Sample> {
    let is_list = |sample: &&Sample| {
        sample.verb.split(' ').next_back() == Some("list") || REPORTS.contains(&sample.verb)
    };
    SAMPLES.iter().filter(is_list)
}

/// Returns the header and the rows of a list as CSV.
fn csv(list: &Sample, more: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let output = list.run(&format!("--format csv {more}")).stdout;
    let mut reader = csv::Reader::from_reader(output.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let header = cells(reader.headers().unwrap());
    (header, reader.records().map(|record| cells(&record.unwrap())).collect())
}

/// Returns the titles of a table's columns.
fn titles(table: &str) -> Vec<&str> {
    let header = table.lines().next().unwrap_or_default();
    header.split("  ").map(str::trim).filter(|title| !title.is_empty()).collect()
}
