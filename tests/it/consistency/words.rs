//! Words that must not come back: each has a term that the field uses, or a plainer English one (docs/style.md).

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A word or a phrase, and what to write instead.
const REPLACED: &[(&str, &str)] = &[
    ("altered", "tampered with, or changed"),
    ("any more", "no longer"),
    ("are told", "say who reports what to whom"),
    ("be told", "say who reports what to whom"),
    ("bidden", "told to"),
    ("bucket", "counter key"),
    ("clerk", "client API worker"),
    ("courier", "transport, or webhook dispatcher"),
    ("demanded", "required"),
    ("demands", "requirements, or requires"),
    ("desk", "OpContext"),
    ("errand", "client request"),
    ("errands", "client requests"),
    ("farewell", "deprecation notice"),
    ("founded", "initialized"),
    ("founding", "initialization"),
    ("good for", "valid for"),
    ("grantee", "token context, or the app and district"),
    ("is good", "is valid"),
    ("is there already", "already exists"),
    ("is told", "say who reports what to whom"),
    ("lives on", "stays valid"),
    ("make way", "retire the expired holder"),
    ("mirror", "cache"),
    ("not any more", "no longer"),
    ("of old", "legacy"),
    ("parcel", "new secret"),
    ("particulars", "token fields"),
    ("party", "app or district, spelled out"),
    ("parties", "apps and districts"),
    ("seal", "row MAC"),
    ("sealed", "with its MAC"),
    ("sealer", "RowMac"),
    ("seals", "row MACs"),
    ("so many", "N, or the number"),
    ("standing", "decision input"),
    ("tallies", "counters"),
    ("tally", "counter"),
    ("tells", "reports, or says"),
    ("that which", "name the thing"),
    ("was told", "say who reports what to whom"),
    ("were told", "say who reports what to whom"),
    ("verdict", "decision"),
    ("what is told", "name the thing"),
    ("whoever", "name the actor"),
];

/// Names that are part of a contract, and where they may stand: the tables and columns of the store (a rename would
/// rewrite every store), and terms of other projects.
const CONTRACTS: &[(&str, &str)] = &[
    // Tables and columns of the store.
    ("src/store/sqlite", "bucket"),
    ("src/store/table", "bucket"),
    ("src/store/table", "tally"),
    ("src/store/sqlite", "tally"),
    ("migrations/sqlite/schema.sql", ""),
    ("ARCHITECTURE.md", "tally"),
    ("tests/it/attacks", "tally"),
    ("tests/it/conformance", "bucket"),
    ("tests/it/conformance", "tally"),
    ("tests/it/store", "bucket"),
    ("tests/it/store", "tally"),
    // The header X-Ratelimit-Bucket, the buckets of a histogram, and a log event.
    ("docs", "bucket"),
    ("tests/fixtures/calls.md", "bucket"),
    ("src/server", "bucket"),
    ("tests/it/server", "bucket"),
    ("tests/it/proxies", "bucket"),
    ("deploy", "bucket"),
    ("src/server/tasks/client_api_worker.rs", "errand"),
    ("tests/it/server", "errand"),
    // The host on which the stores of earlier versions were written.
    ("tests/fixtures/stores", "desk"),
    ("tests/it/store", "desk"),
    ("tests/it/consistency/words.rs", ""),
];

/// Where people read. CHANGELOG.md is history and keeps its words; migrations name the tables as they are.
const READ_BY_PEOPLE: &[&str] = &[
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "benches",
    "deploy",
    "docs",
    "fuzz/bodies.rs",
    "man",
    "src",
    "tests",
];

#[test]
fn replaced_words_do_not_come_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for place in READ_BY_PEOPLE {
        collect(&root.join(place), &mut files);
    }
    assert!(files.len() > 100, "the texts were not found");
    let mut found = Vec::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap().to_str().unwrap();
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let is_contract = |word: &str| {
            CONTRACTS.iter().any(|(place, contract)| {
                name.starts_with(place) && (contract.is_empty() || *contract == word)
            })
        };
        found.extend(
            replaced(&text)
                .into_iter()
                .filter(|(_, word, _)| !is_contract(word))
                .map(|(line, word, instead)| format!("{name}:{line}: \"{word}\"; write {instead}")),
        );
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn a_replaced_word_is_found_in_every_spelling() {
    for (text, word) in [
        ("/// Whoever asks gets it.", "whoever"),
        ("fn make_way() {}", "make way"),
        ("struct EmptyDesk;", "desk"),
        ("const SEALED_ROW: u8 = 1;", "sealed"),
        ("// This is not said any\n// more.", "any more"),
        ("\"the app is told\"", "is told"),
        ("A key of old", "of old"),
    ] {
        let found = replaced(text);
        assert_eq!(found.iter().map(|(_, word, _)| *word).collect::<Vec<_>>(), [word], "{text}");
    }
    for innocent in
        ["anymore", "folder of oldest files", "sealant", "desktop", "is. Told", "this told"]
    {
        assert_eq!(replaced(innocent), [], "{innocent}");
    }
}

/// Returns the line, the word and its replacement for each word of the list in a text.
fn replaced(text: &str) -> Vec<(usize, &'static str, &'static str)> {
    let words = words(text);
    let mut found = Vec::new();
    for (word, instead) in REPLACED {
        let parts: Vec<&str> = word.split(' ').collect();
        for window in words.windows(parts.len()) {
            if window.iter().map(|(_, word)| word.as_str()).eq(parts.iter().copied()) {
                found.push((window[0].0, *word, *instead));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Splits a text into lower-case words with their lines; `snake_case` and `CamelCase` are several words each. A full
/// stop is a word of its own, so that no phrase spans two sentences.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut word = String::new();
        let mut end = |word: &mut String| {
            if !word.is_empty() {
                words.push((number + 1, std::mem::take(word)));
            }
        };
        let mut before = ' ';
        for character in line.chars() {
            if character.is_uppercase() && before.is_lowercase() {
                end(&mut word);
            }
            if character.is_alphabetic() {
                word.extend(character.to_lowercase());
            } else {
                end(&mut word);
                if character == '.' {
                    word.push('.');
                    end(&mut word);
                }
            }
            before = character;
        }
        end(&mut word);
    }
    words
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            collect(&entry.unwrap().path(), files);
        }
    } else if path.exists() && !is_hidden(path) {
        files.push(path.to_owned());
    }
}

/// A hidden file is a scratch file of a tool.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
