//! The layers: no module uses one above it, nothing prints, and no file grows beyond its subject.

mod scan;
mod token;

use std::{
    fs,
    path::{Path, PathBuf},
};

use scan::{Finding, scan};

/// Which modules a module may use, itself aside. `lib` and `main` may use everything.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("render", &[]),
    ("exit", &[]),
    ("config", &["domain"]),
    ("keys", &["domain"]),
    ("delivery", &["domain"]),
    ("host", &["domain"]),
    ("store", &["domain", "keys"]),
    ("ops", &["domain", "keys", "store", "delivery"]),
    ("view", &["domain", "ops", "render"]),
    ("server", &["domain", "store", "keys", "ops", "config", "host", "view"]),
    (
        "commands",
        &[
            "domain", "store", "keys", "ops", "config", "host", "delivery", "view", "server",
            "render", "exit",
        ],
    ),
];

/// Past this many lines a file has two subjects.
const MAX_LINES: usize = 400;

#[test]
fn every_source_respects_the_layers() {
    let sources = sources();
    assert!(sources.len() > 10, "the sources were not found");
    let complaints: Vec<String> =
        sources.iter().flat_map(|(file, text)| violations(file, text)).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn the_layer_table_has_no_cycle() {
    for (at, (module, below)) in LAYERS.iter().enumerate() {
        for used in *below {
            let place = LAYERS.iter().position(|(other, _)| other == used);
            assert!(place.is_some_and(|place| place < at), "{module} may use {used}, below it");
        }
    }
}

/// Everything that is wrong with one source file, given by its path below `src`.
fn violations(file: &str, text: &str) -> Vec<String> {
    let lines = text.lines().count();
    let too_long = (lines > MAX_LINES)
        .then(|| format!("src/{file}: {lines} lines; at most {MAX_LINES} are allowed"));
    let module = module_of(file);
    let findings = scan(&module, text);
    let wrong = findings.into_iter().filter_map(|(line, finding)| {
        violation(&module, &finding).map(|told| format!("src/{file}:{line}: {told}"))
    });
    let mut complaints: Vec<String> = too_long.into_iter().chain(wrong).collect();
    complaints.dedup();
    complaints
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
            match LAYERS.iter().find(|(layer, _)| layer == from) {
                None => Some(format!("{from} has no place in the table of layers")),
                Some((_, below)) if below.contains(&to) => None,
                Some(_) => Some(format!("{from} must not use {to}")),
            }
        }
    }
}

/// The path of the module in a file: none for `lib.rs` and `main.rs`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "lib" | "main" => Vec::new(),
        _ => path.split('/').map(str::to_owned).collect(),
    }
}

fn sources() -> Vec<(String, String)> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    found.sort();
    found
}

fn collect(root: &Path, directory: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.push((name, fs::read_to_string(&path).unwrap()));
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
