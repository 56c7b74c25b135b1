//! `man`

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::{Args as ClapArgs, Command, CommandFactory};

use super::{Args, Session};
use crate::exit::Exit;

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
            session.put(first)?;
        }
        Some(dir) => {
            for (name, page) in pages {
                let path = dir.join(name);
                fs::write(&path, page)
                    .with_context(|| format!("{} could not be written", path.display()))?;
            }
        }
    }
    Ok(Exit::Done)
}

/// All pages with their file names, the one of gatepass itself first.
///
/// # Errors
/// When one can't be rendered.
pub fn pages() -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut root = Args::command().disable_help_subcommand(true);
    root.build();
    let mut pages = Vec::new();
    add(&root, &mut pages)?;
    Ok(pages)
}

fn add(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> anyhow::Result<()> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    let mut page = Vec::new();
    // A date would make the pages differ from day to day.
    clap_mangen::Man::new(command.clone().name(name.clone())).date("").render(&mut page)?;
    pages.push((format!("{name}.1"), page));
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        add(subcommand, pages)?;
    }
    Ok(())
}
