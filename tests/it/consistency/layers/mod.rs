//! The structure of the sources: layers, circles, the size of files and folders.

mod debug_output;
mod graph;
mod scan;
mod sources;
mod token;

use std::collections::{BTreeMap, BTreeSet};

use graph::Graph;
use scan::{Finding, scan};
use sources::{module_of, sources};

const ARCHITECTURE: &str = include_str!("../../../../ARCHITECTURE.md");

/// What a layer may not use of a layer below it: use cases know the trait of a transport, not which one it is, and nothing
/// outside the store knows which databases there are.
const CLOSED: &[(&str, &[&str])] =
    &[("ops", &["delivery", "HttpTransport"]), (EVERY_LAYER, &["store", "sqlite"])];

const EVERY_LAYER: &str = "";

/// The most lines of a file: a longer one has two subjects.
const MAX_LINES: usize = 400;

/// The most files and folders side by side: past that a reader no longer finds the right one at a glance.
const MAX_ENTRIES: usize = 16;

#[test]
fn every_source_respects_the_layers() {
    let sources = sources("src");
    assert!(sources.len() > 10, "the sources were not found");
    let complaints: Vec<String> =
        sources.iter().flat_map(|(file, text)| violations(file, text)).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn no_file_imports_in_a_circle() {
    let sources = sources("src");
    let graph = Graph::read(&sources);
    let circles: Vec<String> = graph.circles().iter().map(|circle| circle.join(" -> ")).collect();
    assert!(circles.is_empty(), "files import in a circle:\n{}\n", circles.join("\n"));
}

#[test]
fn no_folder_is_crowded() {
    let crowded: Vec<String> = ["src", "tests/it"]
        .iter()
        .flat_map(|root| sources(root).into_iter().map(move |(file, _)| format!("{root}/{file}")))
        .fold(BTreeMap::new(), count_entries)
        .into_iter()
        .filter_map(|(folder, entries)| too_many(&folder, entries.len()))
        .collect();
    assert!(crowded.is_empty(), "\n{}\n", crowded.join("\n"));
}

#[test]
fn no_test_file_is_too_long() {
    let too_long: Vec<String> = sources("tests/it")
        .iter()
        .filter_map(|(file, text)| too_long("tests/it", file, text))
        .collect();
    assert!(too_long.is_empty(), "\n{}\n", too_long.join("\n"));
}

#[test]
fn the_layer_table_has_no_cycle() {
    let layers = layers();
    assert!(layers.len() > 10, "the table was not found");
    for (at, (module, below)) in layers.iter().enumerate() {
        for used in below {
            let place = layers.iter().position(|(other, _)| other == used);
            assert!(place.is_some_and(|place| place < at), "{module} may use {used}, below it");
        }
    }
}

/// Returns the table of layers in ARCHITECTURE.md: each module, and the modules that it may use. `lib` and `main`, which
/// may use everything, are left out.
fn layers() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut layers: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in ARCHITECTURE.lines().filter_map(|line| line.strip_prefix("| `src/")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let module = cells[0].trim_end_matches('`').trim_end_matches(".rs");
        let used = cells[2].trim_end_matches(" |");
        let used = match used {
            "everything" => continue,
            "all of the above" => layers.iter().map(|(above, _)| *above).collect(),
            named => named.split('`').skip(1).step_by(2).collect(),
        };
        layers.push((module, used));
    }
    layers
}

/// Adds every folder above a file to its parent's entries.
fn count_entries(
    mut folders: BTreeMap<String, BTreeSet<String>>,
    file: String,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut path = file.as_str();
    while let Some((folder, entry)) = path.rsplit_once('/') {
        folders.entry(folder.to_owned()).or_default().insert(entry.to_owned());
        path = folder;
    }
    folders
}

fn too_many(folder: &str, entries: usize) -> Option<String> {
    (entries > MAX_ENTRIES).then(|| {
        format!("{folder}: {entries} files and folders; at most {MAX_ENTRIES} are allowed")
    })
}

fn too_long(root: &str, file: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > MAX_LINES)
        .then(|| format!("{root}/{file}: {lines} lines; at most {MAX_LINES} are allowed"))
}

/// Returns every rule that one source file breaks. `file` is its path below `src`.
fn violations(file: &str, text: &str) -> Vec<String> {
    let module = module_of(file);
    let findings = scan(&module, text);
    let wrong = findings.into_iter().filter_map(|(line, finding)| {
        violation(&module, &finding).map(|message| format!("src/{file}:{line}: {message}"))
    });
    let mut messages: Vec<String> = too_long("src", file, text).into_iter().chain(wrong).collect();
    messages.dedup();
    messages
}

fn violation(module: &[String], finding: &Finding) -> Option<String> {
    match finding {
        Finding::Prints(name) => Some(format!("{name}! writes past the host")),
        Finding::GlobImport => {
            Some("`use super::*` outside of tests hides what is used".to_owned())
        }
        Finding::Uses(path) => {
            let from = module.first()?;
            let to = path.first().map_or("the crate's root", String::as_str);
            if from == to {
                return None;
            }
            let names = |item: &[&str]| {
                path.len() >= item.len() && path.iter().zip(item).all(|(a, b)| a == b)
            };
            let is_closed = CLOSED
                .iter()
                .any(|(layer, item)| (*layer == EVERY_LAYER || layer == from) && names(item));
            match layers().into_iter().find(|(layer, _)| layer == from) {
                None => Some(format!("{from} has no place in the table of layers")),
                Some(_) if is_closed => Some(format!("{from} must not use {}", path.join("::"))),
                Some((_, below)) if below.contains(&to) => None,
                Some(_) => Some(format!("{from} must not use {to}")),
            }
        }
    }
}

#[test]
fn upward_imports_are_found_in_every_syntax() {
    for upward in [
        "use crate::store::Store;",
        "use crate::{domain::name::Name, store::{Access, Order}};",
        "use crate::{\n    domain::{self, name::{Name, Note}},\n    keys::{self},\n    store,\n};",
        "use super::super::store::Store;",
        "use super::{file::Key, super::{host::Host}};",
        "pub use crate::render as drawing;",
        "fn f() -> Result<(), crate::store::StoreError> { Ok(()) }",
        "fn f() { let s = 'a'; crate :: store :: open(b'\\'', '\"'); }",
        "mod inner { use super::super::super::store::Store; }",
        "macro_rules! m { () => { $crate::store::open() } }",
        "pub(in crate::store) fn f() {}",
        "fn f<'a>(x: &'a str) -> crate::store::Row<'a> { todo }",
        "use crate::{*};",
        "use crate::Everything;",
    ] {
        assert_eq!(violations("keys/file.rs", upward).len(), 1, "{upward}");
    }
}

#[test]
fn text_that_only_resembles_an_import_is_ignored() {
    for innocent in [
        "use crate::domain::{name::Name, audit::{self, store::Thing}};",
        "use super::{guard, private::{self, parent}};",
        "use super::Keys;",
        "use crate::{keys::{store, render}, domain};",
        "// use crate::store::Store;",
        "/// [`crate::store::Store`]\nfn f() {}",
        "/* use crate::store; /* nested */ use crate::store; */",
        "const TEXT: &str = \"use crate::store::Store; \\\" use crate::store;\";",
        "const TEXT: &str = r#\"use crate::store::\"Store\";\"#;",
        "const TEXT: &[u8] = br\"println!()\";",
        "pub(crate) fn store() {}",
        "use other::crate_::store;",
        "mod inner { use super::Keys; use super::super::Keys; }",
    ] {
        assert_eq!(violations("keys/file.rs", innocent), [""; 0], "{innocent}");
    }
}

#[test]
fn a_use_case_that_knows_its_backend_is_found() {
    assert_eq!(
        violations("ops/admin/init.rs", "use crate::store::{Store, sqlite::SqliteBackend};"),
        ["src/ops/admin/init.rs:1: ops must not use store::sqlite::SqliteBackend"]
    );
    assert_eq!(
        violations("commands/session/store.rs", "use crate::store::{Mode, sqlite};"),
        ["src/commands/session/store.rs:1: commands must not use store::sqlite"]
    );
    assert_eq!(violations("store/open.rs", "use super::sqlite::SqliteBackend;"), [""; 0]);
}

#[test]
fn a_module_missing_from_the_table_is_found() {
    assert_eq!(
        violations("util/mod.rs", "use crate::domain::name::Name;"),
        ["src/util/mod.rs:1: util has no place in the table of layers"]
    );
    assert_eq!(violations("lib.rs", "use crate::commands::run; use crate::domain;"), [""; 0]);
}

#[test]
fn printing_is_found() {
    let printing = "fn f() {\n    println!(\"x\");\n    eprint !(\"x\"); dbg!(1);\n}\n";
    assert_eq!(
        violations("commands/list.rs", printing),
        [
            "src/commands/list.rs:2: println! writes past the host",
            "src/commands/list.rs:3: eprint! writes past the host",
            "src/commands/list.rs:3: dbg! writes past the host",
        ]
    );
    for innocent in ["fn print() {}", "write!(out, \"print!\")", "// println!()", "x != println"] {
        assert_eq!(violations("commands/list.rs", innocent), [""; 0], "{innocent}");
    }
}

#[test]
fn glob_imports_are_rejected_outside_tests() {
    let told = ["src/store/door.rs:1: `use super::*` outside of tests hides what is used"];
    assert_eq!(violations("store/door.rs", "use super::*;"), told);
    assert_eq!(violations("store/door.rs", "mod inner { use super::{*}; }"), told);
    assert_eq!(
        violations("store/door.rs", "mod tests { use super::*; mod deeper { use super::*; } }"),
        [""; 0]
    );
    assert_eq!(
        violations("store/door.rs", "use std::fmt::*; use crate::domain::name::*;"),
        [""; 0]
    );
}

#[test]
fn a_file_that_is_too_long_is_found() {
    assert_eq!(violations("exit.rs", &"\n".repeat(400)), [""; 0]);
    assert_eq!(
        violations("exit.rs", &"\n".repeat(401)),
        ["src/exit.rs: 401 lines; at most 400 are allowed"]
    );
}

#[test]
fn a_crowded_folder_is_found() {
    let files = (0..17).map(|number| format!("src/server/http/f{number}.rs"));
    let folders = files.fold(BTreeMap::new(), count_entries);
    assert_eq!(folders["src/server"].len(), 1);
    assert_eq!(
        too_many("src/server/http", folders["src/server/http"].len()),
        Some("src/server/http: 17 files and folders; at most 16 are allowed".to_owned())
    );
    assert_eq!(too_many("src/server/http", 16), None);
}
