//! After every scenario, a secret occurs once in all output, and nowhere else in any encoding.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

use super::secret_scenarios::{LEGACY_KEY, SCENARIOS};
use crate::support::test_env::{TestEnv, words};

#[test]
fn a_secret_is_printed_once_and_stored_nowhere() {
    for (label, lines) in SCENARIOS {
        let run = run_scenario(lines);
        assert!(!run.secrets.is_empty(), "{label}: no secret was found");
        assert_eq!(leaks(&run), [""; 0], "{label}");
    }
}

#[test]
fn an_open_reader_keeps_the_wal_file() {
    let (_, lines) = SCENARIOS.iter().find(|(_, lines)| lines.contains(&"READER")).unwrap();
    let run = run_scenario(lines);
    let log = run.env.store().with_extension("db-wal");
    assert!(fs::metadata(log).unwrap().len() > 4096);
}

#[test]
fn a_planted_leak_is_found_in_every_encoding() {
    type Plant = fn(&str) -> Vec<u8>;
    let plants: [(&str, Plant); 9] = [
        ("unchanged", |secret| secret.into()),
        ("without the prefix", |secret| secret[4..47].into()),
        ("in hex", |secret| hex(secret.as_bytes()).into()),
        ("in uppercase hex", |secret| hex(secret.as_bytes()).to_uppercase().into()),
        ("reversed", |secret| secret.bytes().rev().collect()),
        ("in base64", |secret| STANDARD_NO_PAD.encode(secret).into()),
        ("in base64 after one byte", |secret| STANDARD_NO_PAD.encode(format!("x{secret}")).into()),
        ("in base64 after two bytes", |secret| {
            STANDARD_NO_PAD.encode(format!("xy{secret}z")).into()
        }),
        ("in base64 for URLs", |secret| URL_SAFE_NO_PAD.encode(secret).into()),
    ];
    for (form, plant) in plants {
        let lines = ["create acme --days 9", "list"];
        let run = run_scenario(&lines);
        let planted = [b"...", plant(&run.secrets[0]).as_slice(), b"..."].concat();
        run.env.file("planted", &planted);
        assert_ne!(leaks(&run), [""; 0], "{form}, in a file");

        let mut run = run_scenario(&lines);
        run.env.transcript.extend(&planted);
        assert_ne!(leaks(&run), [""; 0], "{form}, in the output");

        let run = run_scenario(&lines);
        let store = rusqlite::Connection::open(run.env.store()).unwrap();
        store.execute("create table planted (it)", ()).unwrap();
        store.execute("insert into planted values (?1)", [planted]).unwrap();
        drop(store);
        assert_ne!(leaks(&run), [""; 0], "{form}, in the store");
    }
}

/// The state after a scenario, with the secrets that were printed.
struct ScenarioRun {
    env: TestEnv,
    secrets: Vec<String>,
    _open_reader: Option<rusqlite::Connection>,
}

/// The files to which scenarios write secrets.
const OUTPUT_FILES: [&str; 3] = ["out", "out.jsonl", "out.csv"];

fn run_scenario(lines: &[&str]) -> ScenarioRun {
    let mut run = ScenarioRun { env: TestEnv::new(), secrets: Vec::new(), _open_reader: None };
    run.env.file("users.csv", "email\nann@x.org\nbob@x.org\n");
    for line in lines {
        match *line {
            "READER" => {
                let reader = rusqlite::Connection::open(run.env.store()).unwrap();
                reader.query_row("select count(*) from credential", (), |_| Ok(())).unwrap();
                run._open_reader = Some(reader);
            }
            "CLOSED" => run.env.stdout_limit = Some(0),
            "OPEN" => run.env.stdout_limit = None,
            "TERMINAL" => run.env.terminal = TestEnv::with_terminal().terminal,
            line => run.capture_secret(line),
        }
    }
    run
}

impl ScenarioRun {
    fn capture_secret(&mut self, line: &str) {
        let line = self.expand_placeholders(line);
        if let Some((name, value)) = line.strip_prefix("ENV ").and_then(|pair| pair.split_once('='))
        {
            self.env.env.insert(name.into(), value.into());
        } else if let Some(text) = line.strip_prefix("CONFIG ") {
            self.env.file("config.toml", text);
        } else {
            self.run(&line);
        }
    }

    fn expand_placeholders(&self, line: &str) -> String {
        let home = self.env.path("");
        let mut line = line.replace("~/", home.to_str().unwrap()).replace("@K", LEGACY_KEY);
        for (number, secret) in (1..).zip(&self.secrets) {
            line = line.replace(&format!("@{number}"), secret);
        }
        line
    }

    fn run(&mut self, line: &str) {
        let (input, line) = line.split_once(" > ").unwrap_or(("", line));
        self.env.run_words(&words(line), input.as_bytes());
        let mut outputs = vec![self.env.transcript.clone()];
        outputs.extend(OUTPUT_FILES.iter().filter_map(|name| fs::read(self.env.path(name)).ok()));
        for secret in outputs.iter().flat_map(|output| secrets_in(output)) {
            if !self.secrets.contains(&secret) {
                self.secrets.push(secret);
            }
        }
    }
}

const SECRET_PREFIXES: [&str; 4] = ["gpa_", "gpu_", "gpt_", "gps_"];

/// Returns everything in a text that is shaped like a secret.
fn secrets_in(text: &[u8]) -> Vec<String> {
    let is_secret = |word: &&[u8]| {
        word.len() == 53 && SECRET_PREFIXES.iter().any(|kind| word.starts_with(kind.as_bytes()))
    };
    let words = text.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    words.filter(is_secret).map(|word| String::from_utf8(word.to_vec()).unwrap()).collect()
}

/// Returns a description of each place where a secret must not be.
fn leaks(run: &ScenarioRun) -> Vec<String> {
    let mut found = Vec::new();
    let files = files(&run.env.path(""));
    for secret in &run.secrets {
        let written = OUTPUT_FILES.iter().filter_map(|name| fs::read(run.env.path(name)).ok());
        let written: usize = written.map(|text| count_occurrences(&text, secret.as_bytes())).sum();
        let shown = count_occurrences(&run.env.transcript, secret.as_bytes());
        if shown + written != 1 {
            found.push(format!("shown {shown} times, written {written} times"));
        }
        found.extend(leaks_of(secret, shown, run, &files));
    }
    found.extend(leaks_of(LEGACY_KEY, 0, run, &files));
    found
}

/// Like [`leaks`], for one secret that may be in the output `shown` times.
fn leaks_of(secret: &str, shown: usize, run: &ScenarioRun, files: &[PathBuf]) -> Vec<String> {
    let mut found = Vec::new();
    for (form, text) in encodings(secret) {
        // The body occurs in the output as a part of the secret.
        if count_occurrences(&run.env.transcript, &text) > if form == "body" { shown } else { 0 } {
            found.push(format!("{form} in the output"));
        }
        for path in files {
            if count_occurrences(&fs::read(path).unwrap(), &text) > 0 {
                found.push(format!("{form} in {}", path.display()));
            }
        }
    }
    found
}

/// Returns the random part of a secret in every encoding.
fn encodings(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let body = &secret.as_bytes()[4..47];
    let mut encodings = vec![
        ("body", body.to_vec()),
        ("hex", hex(body).into()),
        ("uppercase hex", hex(body).to_uppercase().into()),
        ("reversed", body.iter().rev().copied().collect()),
    ];
    for (before, skip) in [(0, 0), (1, 2), (2, 3)] {
        // Characters that depend on neighboring bytes are left out at both ends.
        let padded = [&vec![0; before], body].concat();
        for encoded in [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)] {
            encodings.push(("base64", encoded.as_bytes()[skip..encoded.len() - 2].to_vec()));
        }
    }
    encodings
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn count_occurrences(text: &[u8], part: &[u8]) -> usize {
    text.windows(part.len()).filter(|window| *window == part).count()
}

/// Returns every file below a directory except [`OUTPUT_FILES`].
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if !OUTPUT_FILES.iter().any(|name| path.ends_with(name)) {
            all.push(path);
        }
    }
    all
}
