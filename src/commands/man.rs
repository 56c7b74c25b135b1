//! `man`

use std::{fs, io::Write, path::PathBuf};

use anyhow::Context;
use clap::{Args as ClapArgs, Command, CommandFactory};
use clap_mangen::Man;

use super::{CliArgs, Session};
use crate::{config::env, exit::Exit};

/// Prints the man page of gatepass, or writes the pages of all its subcommands to a directory.
#[derive(Debug, ClapArgs)]
pub struct ManArgs {
    /// Write all pages here
    #[arg(long, value_name = "DIRECTORY")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &ManArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let pages = pages()?;
    match &args.dir {
        None => {
            let first = pages.first().map(|(_, page)| page.as_slice()).unwrap_or_default();
            session.write_stdout(first)?;
        }
        Some(dir) => {
            for (name, page) in pages {
                let path = dir.join(name);
                fs::write(&path, page)
                    .with_context(|| format!("{} could not be written", path.display()))?;
            }
        }
    }
    Ok(Exit::Success)
}

/// All pages with their file names, the one of gatepass itself first.
///
/// # Errors
/// When one can't be rendered.
pub fn pages() -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut root = CliArgs::command().disable_help_subcommand(true);
    root.build();
    let mut pages = Vec::new();
    add_pages(&root, &mut pages)?;
    Ok(pages)
}

fn add_pages(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> anyhow::Result<()> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    pages.push((format!("{name}.1"), page(command, &name)?));
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        add_pages(subcommand, pages)?;
    }
    Ok(())
}

fn page(command: &Command, name: &str) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    // A date would make the pages differ from day to day.
    let man = Man::new(command.clone().name(name.to_owned())).date("");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let codes =
        Exit::MEANINGS.iter().filter(|(code, _)| applies_to(code, command.get_name(), name));
    section(&mut page, "EXIT STATUS", codes.copied())?;
    if name == ROOT {
        let variables = env::GATEPASS_VARIABLES.iter().chain(env::EXTERNAL_VARIABLES);
        section(&mut page, "ENVIRONMENT", variables.map(|one| (one.name, one.meaning)))?;
        section(&mut page, "FILES", FILES.iter().copied())?;
    } else {
        section(&mut page, "SEE ALSO", [(ROOT_PAGE, "environment, files and the other commands")])?;
    }
    Ok(page)
}

const ROOT: &str = "gatepass";
const ROOT_PAGE: &str = "gatepass(1)";

/// The files that are looked for where nothing else is said.
const FILES: &[(&str, &str)] = &[
    ("$XDG_DATA_HOME/gatepass/store.db", "The store; ~/.local/share where the variable is not set"),
    ("$XDG_CONFIG_HOME/gatepass/key", "The master key; ~/.config where the variable is not set"),
    (
        "$XDG_CONFIG_HOME/gatepass/config.toml",
        "The configuration file, which may set store, key-file, account, format and color",
    ),
];

/// Whether an exit code concerns a command: those of one command alone are told by its own page and the first one.
fn applies_to(code: &str, command: &str, page: &str) -> bool {
    let is_for_all = code.bytes().all(|byte| byte.is_ascii_digit());
    code == command || page == ROOT || (is_for_all && command != "check")
}

/// A section of words and their meanings.
fn section<'a>(
    page: &mut Vec<u8>,
    title: &str,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> std::io::Result<()> {
    // A hyphen that is one, and no line that begins with what would be a request.
    let escape = |text: &str| text.replace('\\', "\\e").replace('-', "\\-");
    writeln!(page, ".SH \"{title}\"")?;
    for (word, meaning) in pairs {
        writeln!(page, ".TP\n\\fB{}\\fR\n\\&{}", escape(word), escape(meaning))?;
    }
    Ok(())
}
