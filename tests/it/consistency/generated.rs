//! Committed files that are generated: completion scripts and man pages. Accept a change with UPDATE_GENERATED=1.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use clap_complete::Shell;
use gatepass::{
    command_tree,
    commands::{
        completions::generate::script,
        help::{
            man::pages,
            topics::{OPTIONS, TOPICS},
        },
    },
};

use insta::assert_snapshot;

use super::update::{UPDATE_COMMAND, is_update_requested};
use crate::support::test_env::TestEnv;

#[test]
fn completion_scripts_are_up_to_date() {
    let scripts = [
        ("gatepass.bash", Shell::Bash),
        ("_gatepass", Shell::Zsh),
        ("gatepass.fish", Shell::Fish),
        ("gatepass.elv", Shell::Elvish),
        ("_gatepass.ps1", Shell::PowerShell),
    ];
    let script = |(name, shell): (&str, Shell)| {
        (name.to_owned(), script(shell, &mut command_tree()).into_bytes())
    };
    assert_up_to_date("completions", scripts.map(script).into());
}

#[test]
fn man_pages_are_up_to_date() {
    let mut env = TestEnv::new();
    fs::create_dir(env.path("man")).unwrap();
    env.run_ok(&format!("man --dir {}", env.path("man").display()));
    assert_up_to_date("man", read_files(&env.path("man")));
}

#[test]
fn man_pages_document_exit_codes_environment_and_files() {
    let pages: BTreeMap<String, String> = pages(&command_tree())
        .unwrap()
        .into_iter()
        .map(|(name, page)| (name, String::from_utf8(page).unwrap()))
        .collect();
    let first = &pages["gatepass.1"];
    for text in ["GATEPASS_STORE", "NO_COLOR", "config.toml", "store.db\\-wal", "13 replaced"] {
        assert!(first.contains(text), "{text}");
    }
    for topic in TOPICS.iter().filter(|topic| topic.name != OPTIONS) {
        assert!(first.contains(&format!(".SH \"{}\"", topic.title)), "{}", topic.name);
    }
    let section = |page: &str, title: &str| {
        let (_, rest) = pages[page].split_once(&format!(".SH \"{title}\"\n")).unwrap();
        rest.split(".SH").next().unwrap().to_owned()
    };
    let codes = |page: &str| {
        let section = section(page, "EXIT STATUS");
        let codes = section.lines().filter_map(|line| line.strip_prefix("\\fB"));
        codes.map(|line| line.trim_end_matches("\\fR").to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(codes("gatepass-create.1"), "0 1 2 3 4 5 6 7 8 9 130");
    assert_eq!(codes("gatepass-revoke.1"), "0 1 2 3 4 6 7 8 9 130");
    assert_eq!(codes("gatepass-doctor.1"), "0 1 2 3 4 6 7 8 130");
    assert_eq!(codes("gatepass-completions.1"), "0 1 2 6 130");
    assert_eq!(codes("gatepass-verify.1"), "0 1 2 3 4 6 7 8 130 verify");
    assert_eq!(codes("gatepass-check.1"), "check");
    for (name, page) in &pages {
        // The manual stands between the name on the left and on the right, at 80 columns.
        let title = name.trim_end_matches(".1");
        let (version, manual) = (env!("CARGO_PKG_VERSION"), "Gatepass Manual");
        let header = format!(".TH \"{title}\" \"1\" \"\" \"gatepass {version}\" \"{manual}\"\n");
        assert!(page.starts_with(&header), "{name}");
        assert!(2 * format!("{title}(1)").len() + manual.len() + 2 <= 80, "{name}");
        assert!(!page.contains("gatepass complete "), "{name}");
        // A line that starts with a dot is a roff request.
        let requests = page.lines().filter_map(|line| line.strip_prefix('.'));
        let words = requests.map(|line| line.split(' ').next().unwrap_or(line));
        for word in words.filter(|word| !word.is_empty()) {
            let known = ["TH", "SH", "TP", "RS", "RE", "PP", "IP", "ie", "el", "br", "B", "ds"];
            assert!(known.contains(&word), "{name}: .{word}");
        }
    }
}

#[test]
fn the_synopsis_has_each_option_with_its_value_in_order() {
    let pages: BTreeMap<String, Vec<u8>> = pages(&command_tree()).unwrap().into_iter().collect();
    let synopsis = |page: &str| {
        let text = String::from_utf8(pages[page].clone()).unwrap();
        let (_, text) = text.split_once(".SH SYNOPSIS\n").unwrap();
        let text = text.split("\n.").next().unwrap().replace('\n', " ");
        ["\\fB", "\\fI", "\\fR", "\\"].iter().fold(text, |text, mark| text.replace(mark, ""))
    };
    assert_snapshot!(synopsis("gatepass.1"), @"gatepass [GLOBAL OPTIONS] COMMAND");
    assert_snapshot!(synopsis("gatepass-delete.1"), @"gatepass delete [--expired] [--revoked] [--older-than DURATION] [REFERENCE...]");
    assert_snapshot!(synopsis("gatepass-reset.1"), @"gatepass reset [--overlap DURATION] [--until-used] [--end-retiring] [--days N] [--for DURATION] [--until DATE] [--infinite] [--forever] [--out FILE] [--copy] [REFERENCE...]");
    assert_snapshot!(synopsis("gatepass-edit.1"), @"gatepass edit {--name NAME | --email EMAIL | --note TEXT | --no-note | --scope SCOPE... | --limit N/min | --no-limit | --introspect ON_OFF | --days N | --for DURATION | --until DATE | --infinite | --forever}... [REFERENCE]");
    assert_snapshot!(synopsis("gatepass-list.1"), @"gatepass list [--kind KIND...] [--state STATE...] [--expiring [DURATION]] [--unused DURATION] [--user EMAIL] [--app APP] [--district DISTRICT] [--name GLOB] [--search TEXT] [--sort ORDER] [--limit N] [--all] [--at DATE] [--columns NAME...] [--no-header]");
    assert_snapshot!(synopsis("gatepass-app.1"), @"gatepass app COMMAND");
}

/// Asserts that the committed files of `folder` are the generated ones.
fn assert_up_to_date(folder: &str, generated: BTreeMap<String, Vec<u8>>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if is_update_requested() {
        fs::remove_dir_all(&folder).ok();
        fs::create_dir(&folder).unwrap();
        for (name, bytes) in &generated {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
    let committed = read_files(&folder);
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&committed), names(&generated), "{UPDATE_COMMAND}");
    for (name, bytes) in &generated {
        assert!(&committed[name] == bytes, "{name} is out of date: {UPDATE_COMMAND}");
    }
}

fn read_files(folder: &PathBuf) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(Result::unwrap);
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    entries.map(|entry| (name(&entry.path()), fs::read(entry.path()).unwrap())).collect()
}
