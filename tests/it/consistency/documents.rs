//! Tables in the documents that are generated from the code. Accept a change with UPDATE_GENERATED=1.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use gatepass::{
    config::env::{EXTERNAL_VARIABLES, GATEPASS_VARIABLES},
    exit::Exit,
    server::{HEADERS, reason_rows},
};

use super::update::{UPDATE_COMMAND, is_update_requested};
use crate::support::{
    gate::{GateProcess, ServeCommand},
    test_env::TestEnv,
};

/// A generated table: the document and the name that its marker has there.
struct Table {
    document: &'static str,
    name: &'static str,
    lines: Vec<String>,
}

static TABLES: LazyLock<[Table; 5]> =
    LazyLock::new(|| [exits(), variables(), headers(), reasons(), metrics()]);

#[test]
fn the_tables_in_the_documents_are_up_to_date() {
    for table in &*TABLES {
        let path = root().join(table.document);
        let text = fs::read_to_string(&path).unwrap();
        if is_update_requested() {
            fs::write(&path, with_table(&text, table)).unwrap();
        }
        let text = fs::read_to_string(&path).unwrap();
        up_to_date(&text, table).unwrap_or_else(|complaint| panic!("{complaint}"));
    }
}

#[test]
fn a_changed_cell_is_noticed() {
    for table in &*TABLES {
        let text = with_table(&read(table.document), table);
        up_to_date(&text, table).unwrap();
        for (number, line) in table.lines.iter().enumerate().skip(2) {
            for (at, _) in line.match_indices(" |") {
                let mut wrong = table.lines.clone();
                wrong[number].insert(at, 'x');
                let wrong = with_table(&text, &Table { lines: wrong, ..*table });
                let complaint = up_to_date(&wrong, table).unwrap_err();
                assert!(complaint.contains(line), "{complaint}");
            }
            let missing = text.replacen(&format!("{line}\n"), "", 1);
            assert!(up_to_date(&missing, table).is_err(), "without {line}");
        }
    }
}

#[test]
fn every_marker_belongs_to_a_generated_table() {
    let folder = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut found = Vec::new();
    for path in folder.chain([root().join("README.md")]) {
        let document = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let names = text.lines().filter_map(|line| line.strip_prefix("<!-- generated: "));
        let names = names.filter_map(|line| line.strip_suffix(" -->"));
        found.extend(names.map(|name| (document.clone(), name.to_owned())));
    }
    found.sort();
    let mut known: Vec<_> =
        TABLES.iter().map(|table| (table.document.to_owned(), table.name.to_owned())).collect();
    known.sort();
    assert_eq!(found, known);
}

/// The table of headers has each `X-` header that the code names, and no other.
#[test]
fn every_header_in_the_code_is_documented() {
    let documented: BTreeSet<String> = HEADERS
        .iter()
        .flat_map(|header| header.names)
        .map(|name| name.to_ascii_lowercase())
        .filter(|name| name.starts_with("x-"))
        .collect();
    let mut named = BTreeSet::new();
    collect_header_names(&root().join("src"), &mut named);
    assert_eq!(documented, named);
}

/// Collects the string literals below a folder that are a lower-case `x-` name.
fn collect_header_names(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            collect_header_names(&entry.path(), names);
            continue;
        }
        let bytes = fs::read(entry.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let is_name = |text: &&str| {
            text.starts_with("x-") && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        };
        names.extend(text.split('"').filter(is_name).map(str::to_owned));
    }
}

fn exits() -> Table {
    let code = |code: &str| if code.parse::<u8>().is_ok() { code.to_owned() } else { mark(code) };
    let rows = Exit::MEANINGS.iter().map(|(exit, meaning)| [code(exit), (*meaning).to_owned()]);
    Table { document: "docs/cli.md", name: "exits", lines: lines(["code", "meaning"], rows) }
}

fn variables() -> Table {
    let variables = GATEPASS_VARIABLES.iter().chain(EXTERNAL_VARIABLES);
    let rows = variables.map(|variable| [mark(variable.name), mark_words(variable.meaning)]);
    Table {
        document: "docs/configuration.md",
        name: "variables",
        lines: lines(["variable", "meaning"], rows),
    }
}

fn headers() -> Table {
    let rows = HEADERS.iter().map(|header| {
        let names: Vec<String> = header.names.iter().map(|name| mark(name)).collect();
        [names.join(", "), header.direction.to_owned(), header.meaning.to_owned()]
    });
    Table {
        document: "docs/gate.md",
        name: "headers",
        lines: lines(["header", "direction", "meaning"], rows),
    }
}

fn reasons() -> Table {
    let rows = reason_rows().map(|row| {
        let mut meaning = mark_words(row.meaning);
        if !row.sent_reason.is_empty() && row.sent_reason != row.reason {
            meaning += &format!("; the caller sees {}", mark(&row.sent_reason));
        }
        if row.exact_status != row.status {
            meaning += &format!("; {} with `--profile exact`", row.exact_status);
        }
        [mark(row.reason), row.status.to_string(), meaning, row.error]
    });
    Table {
        document: "docs/gate.md",
        name: "reasons",
        lines: lines(["reason", "status", "meaning", "`X-Gatepass-Error`"], rows),
    }
}

/// The metrics as a gate describes them, with backticks around the label after "by".
fn metrics() -> Table {
    let mut env = TestEnv::new();
    env.run_for_secret("create acme --days 90");
    let gate = GateProcess::start(env.serve_command(""));
    gate.wait_until_ready();
    let text = String::from_utf8(gate.ask_ops("/metrics").body).unwrap();
    let helps = text.lines().filter_map(|line| line.strip_prefix("# HELP ")?.split_once(' '));
    let rows = helps.map(|(name, help)| {
        let kind = format!("# TYPE {name} ");
        let kind = text.lines().find_map(|line| line.strip_prefix(&kind)).unwrap();
        let suffix = if kind == "counter" { "_total" } else { "" };
        let mut words: Vec<String> = help.split(' ').map(str::to_owned).collect();
        if let Some(label) = words.iter().position(|word| word == "by").map(|by| by + 1) {
            let word = words[label].trim_end_matches(':').to_owned();
            words[label] = words[label].replace(&word, &mark(&word));
        }
        [mark(&format!("{name}{suffix}")), kind.to_owned(), words.join(" ")]
    });
    Table {
        document: "docs/gate.md",
        name: "metrics",
        lines: lines(["metric", "type", "help"], rows),
    }
}

/// The lines of a table in Markdown.
fn lines<const N: usize>(
    titles: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Vec<String> {
    let line = |cells: &[String; N]| {
        let cells = cells.iter().map(|cell| match cell.as_str() {
            "" => " |".to_owned(),
            cell => format!(" {cell} |"),
        });
        format!("|{}", cells.collect::<String>())
    };
    let head = [line(&titles.map(str::to_owned)), format!("|{}", "---|".repeat(N))];
    head.into_iter().chain(rows.into_iter().map(|row| line(&row))).collect()
}

fn mark(code: &str) -> String {
    format!("`{code}`")
}

/// Puts backticks around the flags and headers in a text.
fn mark_words(text: &str) -> String {
    let is_code = |word: &str| ["--", "X-", "X_"].iter().any(|start| word.starts_with(start));
    let words =
        text.split(' ').map(|word| if is_code(word) { mark(word) } else { word.to_owned() });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the document with this table between its markers.
fn with_table(document: &str, table: &Table) -> String {
    let (before, rest) = document.split_once(&start(table)).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    format!("{before}{}{}\n{END}{after}", start(table), table.lines.join("\n"))
}

/// Reports the first line in which a document has another table.
fn up_to_date(document: &str, table: &Table) -> Result<(), String> {
    let expected = with_table(document, table);
    if document == expected {
        return Ok(());
    }
    let differs = expected.lines().zip(document.lines()).find(|(new, old)| new != old);
    let (new, old) = differs.unwrap_or_default();
    Err(format!("{}: {old}\nshould be: {new}\n{UPDATE_COMMAND}", table.document))
}

fn start(table: &Table) -> String {
    format!("<!-- generated: {} -->\n", table.name)
}

const END: &str = "<!-- end -->";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(document: &str) -> String {
    fs::read_to_string(root().join(document)).unwrap()
}
