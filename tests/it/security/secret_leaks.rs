//! The canary: after every story a secret occurs once in all output, and nowhere else in any form.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

use crate::support::test_env::{TestEnv, words};

/// What a story is made of: lines for `gatepass`, in which `@1` is the first secret of the story, `@2` the second.
/// A line may begin with what goes to stdin: `@1 > verify`.
const SCENARIOS: &[(&str, &[&str])] = &[
    (
        "a passcode lives and dies",
        &[
            "create acme --days 9",
            "@1 > verify",
            "@1 > verify --json",
            "list --json",
            "show acme --json",
            "edit acme --note x",
            "revoke acme --yes",
            "@1 > verify",
            "delete acme --yes",
            "@1 > verify --format csv",
            "list --all",
            "audit list --json",
        ],
    ),
    (
        "a user's passcode is shown in JSON",
        &[
            "grant-user ann@x.org --days 9 --json",
            "@1 > verify",
            "list --format jsonl",
            "show ann@x.org",
            "audit list",
        ],
    ),
    (
        "a field is asked for",
        &[
            "create acme --days 9 --field secret",
            "@1 > verify --field id",
            "show acme --field secret",
        ],
    ),
    (
        "CSV is asked for",
        &["create acme --days 9 --format csv", "list --format csv", "audit list --format csv"],
    ),
    (
        "resets overlap",
        &[
            "create acme --days 9",
            "reset acme --overlap 3d --yes",
            "reset acme --until-used --yes --json",
            "reset acme --yes",
            "@1 > verify",
            "@2 > verify",
            "@3 > verify --json",
            "@4 > verify",
            "audit list --json",
            "doctor --json",
        ],
    ),
    (
        "a secret is written to a file",
        &["create acme --days 9 --out ~/out", "@1 > verify", "list --json", "audit list --json"],
    ),
    (
        "many are written to a file",
        &[
            "grant-user --from ~/users.csv --days 9 --out ~/out.jsonl --json",
            "@1 > verify",
            "@2 > verify",
            "list --json",
            "reset ann@x.org bob@x.org --yes --out ~/out.csv --format csv",
            "@3 > verify",
            "@1 > verify",
        ],
    ),
    (
        "a secret is given where it does not belong",
        &[
            "create acme --days 9",
            "create @1 --days 9",
            "create other --days 9 --note @1",
            "show @1",
            "show x@1",
            "revoke @1 --yes",
            "delete @1 --yes --json",
            "reset @1",
            "edit acme --name @1",
            "edit acme --note 'it is @1.'",
            "verify @1",
            "@1 --json",
            "list --name @1",
            "list --user @1@x.org",
            "list --account @1",
            "list --format @1",
            "list --field @1",
            "check --warn @1",
            "audit list --of @1",
            "grant-user @1 --days 9",
            "grant-user --from @1 --out @1 --days 9",
            "list --store @1",
            "list --key-file ~/@1",
            "schema show @1",
            "account add @1",
            "create new --days 9 --out ~/@1",
            "list --=@1",
            "--@1",
        ],
    ),
    (
        "a secret is mistyped",
        &[
            "create acme --days 9",
            "@1x > verify",
            " @1 > verify",
            "x@1 > verify --json",
            "@1@1 > verify",
            "show @1x",
            "show x@1x",
            "X-CleverTap-Passcode: @1 > verify --headers",
            "Authorization: Bearer @1x > verify --headers --json",
            "X_CleverTap_Passcode: @1 > verify --headers",
            "@1: x > verify --headers",
            "@1 > key import -",
            "@1 > key import - --json",
        ],
    ),
    (
        "a bystander keeps the log of writes alive",
        &[
            "create first --days 9",
            "BYSTANDER",
            "create acme --days 9",
            "reset acme --overlap 1d --yes",
            "revoke acme --yes",
        ],
    ),
    (
        "stdout is closed",
        &[
            "create first --days 9",
            "CLOSED",
            "create acme --days 9",
            "reset first --yes --json",
            "OPEN",
            "list --json",
        ],
    ),
    (
        "a terminal is there",
        &[
            "TERMINAL",
            "create acme --days 9",
            "reset acme --yes",
            "list",
            "show acme",
            "@2 > verify",
        ],
    ),
    (
        "the environment holds it",
        &[
            "create acme --days 9",
            "ENV GATEPASS_ACCOUNT=@1",
            "list",
            "list --json",
            "ENV GATEPASS_ACCOUNT=",
            "ENV GATEPASS_FORMAT=@1",
            "list",
            "list --json",
            "ENV GATEPASS_FORMAT=",
            "ENV GATEPASS_KEY_FILE=~/@1",
            "list",
            "ENV GATEPASS_STORE=~/@1",
            "list",
            "check",
            "doctor --json",
        ],
    ),
    (
        "the configuration holds it",
        &[
            "create acme --days 9",
            "ENV GATEPASS_CONFIG=~/config.toml",
            "CONFIG account = '@1'",
            "list",
            "list --json",
            "CONFIG @1 = 'x'",
            "list",
            "list --json",
            "CONFIG @1",
            "list",
            "check",
            "CONFIG format = '@1'",
            "list",
            "CONFIG store = '@1'",
            "list",
            "CONFIG store = @1",
            "list --json",
            "CONFIG ",
        ],
    ),
    (
        "an app and its tokens live and die",
        &[
            "app add Roster",
            "district add Lincoln",
            "district add Ridge",
            "grant-app Roster --district Lincoln --scope read:students --infinite",
            "@2 > verify --district Lincoln --json",
            "@1 > verify",
            "edit Roster/Lincoln --scope read:schools --yes",
            "reset Roster/Lincoln --overlap 1d --yes --json",
            "grant-app Roster --district Ridge --scope read:students --days 9 --field secret",
            "app reset Roster --yes",
            "@1 > verify --json",
            "list --json",
            "app list --json",
            "app show Roster",
            "district show Lincoln --json",
            "revoke Roster/Lincoln --yes",
            "app remove Roster --revoke-tokens --yes --json",
            "audit list --json",
            "doctor --json",
        ],
    ),
    (
        "a sign-up is written to a file",
        &[
            "app add Roster",
            "app add Grades --field secret",
            "district add Lincoln",
            "district connect Lincoln --app Roster --app Grades --scope read:students --forever \
             --out ~/out.jsonl --json",
            "@3 > verify",
            "@4 > verify --json",
            "list --all --json",
        ],
    ),
    (
        "an app's secrets are given where they do not belong",
        &[
            "app add Roster",
            "district add Lincoln",
            "grant-app Roster --district Lincoln --scope read:students --forever",
            "app add @1",
            "app add @2 --limit @2",
            "app show @1 --json",
            "app edit Roster --name @1",
            "app edit @2 --name x",
            "app edit Roster --legacy-key-file ~/@1",
            "@2 > app edit Roster --legacy-key-file - --allow-weak --json",
            "district add @2",
            "district add x --external-id @1",
            "grant-app @1 --district @2 --scope @2 --forever",
            "grant-app Roster --district Lincoln --scope @2 --forever --json",
            "grant-app Roster --district Lincoln --scope read:@2 --forever",
            "edit Roster/Lincoln --scope @1 --yes",
            "list --app @1",
            "list --district @2 --json",
            "verify --scope @1",
            "verify --app @1 --district @2 --json",
            "legacy policy --link https://example.org/@1 --json",
            "legacy policy --announce @2 --limit @1",
            "legacy report --app @1",
        ],
    ),
    (
        "a key of old is imported",
        &[
            "@K > app add Roster --legacy-key-file - --out ~/out",
            "@K > verify --legacy",
            "@K > verify --legacy --json",
            "@K > verify --json",
            "@Kx > verify --legacy",
            "@K:x > verify --legacy --json",
            "Authorization: Bearer @K > verify --headers --json",
            "@K > app add Other --legacy-key-file - --json",
            "list --kind legacy --json",
            "legacy report --json",
            "app show Roster --json",
            "audit list --json",
            "doctor --json",
        ],
    ),
    (
        "it is only tried",
        &[
            "create first --days 9",
            "create acme --days 9 -n --json",
            "reset first -n --field secret",
            "list --json",
        ],
    ),
];

/// What `@K` stands for: a key of old, which is given and never shown.
const LEGACY_KEY: &str = "Zq8vT1nXb4Lw7Ke2RyUc9HsJd5Gf3MaPo6WiNx0YtBhVkCrSeQlD2z";

#[test]
fn a_secret_is_printed_once_and_stored_nowhere() {
    for (sentence, lines) in SCENARIOS {
        let told = run_scenario(lines);
        assert!(!told.secrets.is_empty(), "{sentence}: no secret was found");
        assert_eq!(leaks(&told), [""; 0], "{sentence}");
    }
}

#[test]
fn an_open_reader_keeps_the_wal_file() {
    let (_, lines) = SCENARIOS.iter().find(|(_, lines)| lines.contains(&"BYSTANDER")).unwrap();
    let told = run_scenario(lines);
    let log = told.env.store().with_extension("db-wal");
    assert!(fs::metadata(log).unwrap().len() > 4096);
}

#[test]
fn a_planted_leak_is_found_in_every_encoding() {
    type Plant = fn(&str) -> Vec<u8>;
    let plants: [(&str, Plant); 9] = [
        ("as it is", |secret| secret.into()),
        ("without its kind", |secret| secret[4..47].into()),
        ("in hex", |secret| hex(secret.as_bytes()).into()),
        ("in capital hex", |secret| hex(secret.as_bytes()).to_uppercase().into()),
        ("reversed", |secret| secret.bytes().rev().collect()),
        ("in base64", |secret| STANDARD_NO_PAD.encode(secret).into()),
        ("in base64 within one more", |secret| STANDARD_NO_PAD.encode(format!("x{secret}")).into()),
        ("in base64 within two more", |secret| {
            STANDARD_NO_PAD.encode(format!("xy{secret}z")).into()
        }),
        ("in base64 for URLs", |secret| URL_SAFE_NO_PAD.encode(secret).into()),
    ];
    for (form, plant) in plants {
        let lines = ["create acme --days 9", "list"];
        let told = run_scenario(&lines);
        let planted = [b"...", plant(&told.secrets[0]).as_slice(), b"..."].concat();
        told.env.file("planted", &planted);
        assert_ne!(leaks(&told), [""; 0], "{form}, in a file");

        let mut told = run_scenario(&lines);
        told.env.transcript.extend(&planted);
        assert_ne!(leaks(&told), [""; 0], "{form}, in the output");

        let told = run_scenario(&lines);
        let store = rusqlite::Connection::open(told.env.store()).unwrap();
        store.execute("create table planted (it)", ()).unwrap();
        store.execute("insert into planted values (?1)", [planted]).unwrap();
        drop(store);
        assert_ne!(leaks(&told), [""; 0], "{form}, in the store");
    }
}

/// A story that was told.
struct ScenarioRun {
    env: TestEnv,
    secrets: Vec<String>,
    _open_reader: Option<rusqlite::Connection>,
}

/// The files that are meant to hold secrets.
const OUTPUT_FILES: [&str; 3] = ["out", "out.jsonl", "out.csv"];

fn run_scenario(lines: &[&str]) -> ScenarioRun {
    let mut told = ScenarioRun { env: TestEnv::new(), secrets: Vec::new(), _open_reader: None };
    told.env.file("users.csv", "email\nann@x.org\nbob@x.org\n");
    for line in lines {
        match *line {
            "BYSTANDER" => {
                let bystander = rusqlite::Connection::open(told.env.store()).unwrap();
                bystander.query_row("select count(*) from credential", (), |_| Ok(())).unwrap();
                told._open_reader = Some(bystander);
            }
            "CLOSED" => told.env.stdout_limit = Some(0),
            "OPEN" => told.env.stdout_limit = None,
            "TERMINAL" => told.env.terminal = TestEnv::with_terminal().terminal,
            line => told.capture_secret(line),
        }
    }
    told
}

impl ScenarioRun {
    fn capture_secret(&mut self, line: &str) {
        let filled = self.expand_placeholders(line);
        if let Some((name, value)) =
            filled.strip_prefix("ENV ").and_then(|pair| pair.split_once('='))
        {
            self.env.env.insert(name.into(), value.into());
        } else if let Some(text) = filled.strip_prefix("CONFIG ") {
            self.env.file("config.toml", text);
        } else {
            self.run(&filled);
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
        let mut places = vec![self.env.transcript.clone()];
        places.extend(OUTPUT_FILES.iter().filter_map(|name| fs::read(self.env.path(name)).ok()));
        for secret in places.iter().flat_map(|place| secrets_in(place)) {
            if !self.secrets.contains(&secret) {
                self.secrets.push(secret);
            }
        }
    }
}

/// How secrets begin.
const SECRET_PREFIXES: [&str; 4] = ["gpa_", "gpu_", "gpt_", "gps_"];

/// Everything in a text that is shaped like a secret.
fn secrets_in(text: &[u8]) -> Vec<String> {
    let is_secret = |word: &&[u8]| {
        word.len() == 53 && SECRET_PREFIXES.iter().any(|kind| word.starts_with(kind.as_bytes()))
    };
    let words = text.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    words.filter(is_secret).map(|word| String::from_utf8(word.to_vec()).unwrap()).collect()
}

/// Where a secret is that it should not be.
fn leaks(told: &ScenarioRun) -> Vec<String> {
    let mut found = Vec::new();
    let files = files(&told.env.path(""));
    for secret in &told.secrets {
        let filed = OUTPUT_FILES.iter().filter_map(|name| fs::read(told.env.path(name)).ok());
        let filed: usize = filed.map(|text| count_occurrences(&text, secret.as_bytes())).sum();
        let shown = count_occurrences(&told.env.transcript, secret.as_bytes());
        if shown + filed != 1 {
            found.push(format!("shown {shown} times, filed {filed} times"));
        }
        found.extend(leaks_of(secret, shown, told, &files));
    }
    found.extend(leaks_of(LEGACY_KEY, 0, told, &files));
    found
}

/// Where one is that may be shown so many times.
fn leaks_of(secret: &str, shown: usize, told: &ScenarioRun, files: &[PathBuf]) -> Vec<String> {
    let mut found = Vec::new();
    for (form, text) in encodings(secret) {
        // In the output the body of a secret occurs within the secret, and that was counted.
        if count_occurrences(&told.env.transcript, &text) > if form == "body" { shown } else { 0 } {
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

/// The random part of a secret, in every form in which it might be written.
fn encodings(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let body = &secret.as_bytes()[4..47];
    let mut forms = vec![
        ("body", body.to_vec()),
        ("hex", hex(body).into()),
        ("capital hex", hex(body).to_uppercase().into()),
        ("reversed", body.iter().rev().copied().collect()),
    ];
    for (before, skip) in [(0, 0), (1, 2), (2, 3)] {
        // What depends on the neighbours is left out at both ends.
        let padded = [&vec![0; before], body].concat();
        for encoded in [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)] {
            forms.push(("base64", encoded.as_bytes()[skip..encoded.len() - 2].to_vec()));
        }
    }
    forms
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn count_occurrences(text: &[u8], part: &[u8]) -> usize {
    text.windows(part.len()).filter(|window| *window == part).count()
}

/// Every file below a directory but those that are meant to hold secrets.
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
