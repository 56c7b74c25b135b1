//! `man`

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, Command};
use clap_mangen::Man;

use super::{
    error::{CommandError, WithMessage},
    session::Session,
};
use crate::{config::env, exit::Exit};

/// Print the man page, or write all man pages to a directory
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Save the man page of gatepass
  $ gatepass man >gatepass.1

  # Save all man pages to an existing directory
  $ gatepass man --dir man1")]
pub struct ManArgs {
    /// Write all pages to this existing directory
    #[arg(long, value_name = "DIRECTORY")]
    dir: Option<PathBuf>,
}

/// Prints or writes the pages; `command` is the whole command line.
pub fn run(
    args: &ManArgs,
    command: Command,
    session: &mut Session<'_, '_>,
) -> Result<Exit, CommandError> {
    let pages = pages(command)?;
    match &args.dir {
        None => {
            let first = pages.first().map(|(_, page)| page.as_slice()).unwrap_or_default();
            session.write_stdout(first)?;
        }
        Some(dir) => {
            for (name, page) in pages {
                let path = dir.join(name);
                fs::write(&path, page)
                    .with_message(|| format!("{} could not be written", path.display()))?;
            }
        }
    }
    Ok(Exit::Success)
}

/// Returns the pages of `command` and its subcommands with their file names, its own first.
///
/// # Errors
/// When a page can't be rendered.
pub fn pages(command: Command) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut root = command.disable_help_subcommand(true);
    root.build();
    let mut pages = Vec::new();
    add_pages(&root, &mut pages)?;
    Ok(pages)
}

fn add_pages(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    pages.push((format!("{name}.1"), page(command, &name)?));
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        add_pages(subcommand, pages)?;
    }
    Ok(())
}

fn page(command: &Command, name: &str) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    // No date: the pages must be the same on every day.
    let man = Man::new(command.clone().name(name.to_owned())).date("");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    examples_section(&mut page, command)?;
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

/// The default paths.
const FILES: &[(&str, &str)] = &[
    ("$XDG_DATA_HOME/gatepass/store.db", "The store; in ~/.local/share if the variable is not set"),
    ("$XDG_CONFIG_HOME/gatepass/key", "The master key; in ~/.config if the variable is not set"),
    (
        "$XDG_CONFIG_HOME/gatepass/config.toml",
        "The configuration file, which may set store, key-file, account, format and color",
    ),
];

/// Whether the page of a command lists an exit code. Codes of a single command are named after it; only its own page and
/// the first page list them.
fn applies_to(code: &str, command: &str, page: &str) -> bool {
    let is_for_all = code.bytes().all(|byte| byte.is_ascii_digit());
    code == command || page == ROOT || (is_for_all && command != "check")
}

/// Writes a section that lists words and their meanings.
fn section<'a>(
    page: &mut Vec<u8>,
    title: &str,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> io::Result<()> {
    writeln!(page, ".SH \"{title}\"")?;
    for (word, meaning) in pairs {
        writeln!(page, ".TP\n\\fB{}\\fR\n\\&{}", escape(word), escape(meaning))?;
    }
    Ok(())
}

/// Writes the section that lists the examples at the end of the command's help.
fn examples_section(page: &mut Vec<u8>, command: &Command) -> io::Result<()> {
    let Some(help) = command.get_after_long_help() else { return Ok(()) };
    let help = help.to_string();
    writeln!(page, ".SH \"EXAMPLES\"")?;
    // The help of gatepass itself goes on with other lists, whose titles are not indented.
    let lines = help.lines().skip(1).take_while(|line| line.is_empty() || line.starts_with(' '));
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("# "), line.strip_prefix("$ ")) {
            (Some(purpose), _) => writeln!(page, ".PP\n\\&{}:", escape(purpose))?,
            (_, Some(shell)) => writeln!(page, ".PP\n.RS 4\n\\fB{}\\fR\n.RE", unbroken(shell))?,
            (None, None) => writeln!(page, ".RS 8\n\\fB{}\\fR\n.RE", unbroken(line))?,
        }
    }
    Ok(())
}

/// Escapes hyphens and quotes, which would become typographic ones. A `\\&` before the text keeps it from being read as
/// a request.
fn escape(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq")
}

/// Escapes a line so that it is neither broken nor hyphenated.
fn unbroken(line: &str) -> String {
    format!("\\%{}", escape(line).replace(' ', "\\ "))
}
