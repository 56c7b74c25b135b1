//! `man`

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, Command, ValueHint};
use clap_mangen::Man;

use super::{
    exits::exits,
    roff::{escape, unbroken},
    synopsis::synopsis,
    topics::{OPTIONS, TOPICS, Topic},
};
use crate::{
    commands::{
        error::{CommandError, WithMessage},
        session::Session,
    },
    exit::Exit,
};

/// Print the man page, or write all man pages to a directory
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Save the man page of gatepass
  $ gatepass man >gatepass.1

  # Save all man pages to an existing directory
  $ gatepass man --dir man1")]
pub struct ManArgs {
    /// Write all pages to this existing directory
    #[arg(long, value_name = "DIRECTORY", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

/// Prints or writes the pages; `command` is the whole command line.
pub fn run(
    args: &ManArgs,
    command: &Command,
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
pub fn pages(command: &Command) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut pages = Vec::new();
    add_pages(command, &mut pages)?;
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
    let is_root = name == ROOT;
    let described = command.clone().name(name.to_owned());
    let described = described.mut_args(|argument| match argument.is_global_set() && !is_root {
        true => argument.hide(true),
        false => argument.hide_short_help(false).hide_long_help(false),
    });
    let man = Man::new(described);
    let (mut page, version) = (Vec::new(), env!("CARGO_PKG_VERSION"));
    // No date: the pages must be the same on every day. clap_mangen would not quote an empty one, and shift the others.
    writeln!(page, ".TH \"{name}\" \"1\" \"\" \"gatepass {version}\" \"Gatepass Manual\"")?;
    man.render_name_section(&mut page)?;
    writeln!(page, ".SH SYNOPSIS\n{}", synopsis(command))?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    examples_section(&mut page, command)?;
    if is_root {
        for topic in TOPICS.iter().filter(|topic| topic.name != OPTIONS) {
            topic_section(&mut page, topic, command)?;
        }
    } else {
        exit_section(&mut page, command)?;
        section(
            &mut page,
            "SEE ALSO",
            [(ROOT_PAGE, "global options, references, output formats, environment and files")],
        )?;
    }
    Ok(page)
}

const ROOT: &str = "gatepass";
const ROOT_PAGE: &str = "gatepass(1)";

/// Writes the exit codes that a command can have. Those of `verify` share a row, and `check` has one of its own. A group
/// of commands has none.
fn exit_section(page: &mut Vec<u8>, command: &Command) -> io::Result<()> {
    let bin_name = command.get_bin_name().unwrap_or_default();
    let path = bin_name.strip_prefix("gatepass ").unwrap_or_default();
    if command.has_subcommands() {
        return Ok(());
    }
    let exits = exits(path, command);
    let is_listed = |row: &str| match row.parse::<u8>() {
        Ok(code) => path != "check" && exits.iter().any(|exit| exit.code() == code),
        Err(_) => row == path,
    };
    let rows = Exit::MEANINGS.iter().filter(|(row, _)| is_listed(row));
    section(page, "EXIT STATUS", rows.copied())
}

/// Writes a topic as a section.
fn topic_section(page: &mut Vec<u8>, topic: &Topic, root: &Command) -> io::Result<()> {
    let entries = (topic.entries)(root);
    section(
        page,
        topic.title,
        entries.iter().map(|(term, meaning)| (term.as_str(), meaning.as_str())),
    )
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
