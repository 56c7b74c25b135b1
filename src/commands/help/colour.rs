//! How messages look: which streams are coloured and wrapped.

use std::ffi::OsString;

use clap::builder::styling::{AnsiColor, Styles};

use crate::{
    config::{ColorChoice, Config, Flags, env::Env},
    host::{Host, Terminal},
    render::MessageStyle,
};

/// Decides the colours of what is written before a session begins, such as help and usage errors: by `--color` wherever it
/// stands, else by the other settings, or by the environment alone if they are not valid.
pub fn set_early_colours(arguments: &[OsString], host: &mut Host<'_>) {
    let after =
        |argument: &OsString| argument.to_str()?.strip_prefix("--color=").map(str::to_owned);
    let joined = arguments.iter().find_map(after);
    let apart = || {
        let pair = arguments.windows(2).find(|pair| pair[0] == "--color")?;
        pair[1].to_str().map(str::to_owned)
    };
    let color = joined.or_else(apart).and_then(|text| ColorChoice::parse(&text));
    let env = Env::new(&host.env);
    let choice = match Config::resolve(Flags { color, ..Flags::default() }, &env) {
        Ok(config) => config.color,
        Err(_) => color.unwrap_or_default().or_environment(&env),
    };
    set_colours(choice, &mut host.terminal);
}

/// Decides the colours of both streams.
pub fn set_colours(choice: ColorChoice, terminal: &mut Terminal) {
    terminal.stdout_colour = choice.is_on(terminal.stdout);
    terminal.stderr_colour = choice.is_on(terminal.stderr);
}

/// Returns how messages on stderr look.
pub fn message_style(terminal: &Terminal) -> MessageStyle {
    let Terminal { stderr, width, stderr_colour, .. } = *terminal;
    MessageStyle { width: width.filter(|_| stderr), colour: stderr_colour }
}

/// The colours of help, readable on dark and on light backgrounds.
pub const HELP_STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());
