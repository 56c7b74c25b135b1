//! Messages for people: wrapped at words, with coloured labels.

use super::wrap::wrap;

const RESET: &str = "\x1b[0m";
/// The colour code of headings, as in the help of clap.
const HEADING: &str = "\x1b[1m\x1b[32m";
/// The words that begin a line, with their colour codes. The colours are readable on dark and on light backgrounds.
const LABELS: [(&str, &str); 8] = [
    ("error:", "\x1b[1;31m"),
    ("hint:", "\x1b[36m"),
    ("warning:", "\x1b[33m"),
    ("OK:", "\x1b[32m"),
    ("WARNING:", "\x1b[33m"),
    ("CRITICAL:", "\x1b[31m"),
    ("problem:", "\x1b[31m"),
    ("advice:", "\x1b[33m"),
];

/// How messages look on a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MessageStyle {
    /// The width of the terminal. `None` if the stream is not a terminal; nothing is wrapped then.
    pub width: Option<usize>,
    /// Whether labels are coloured.
    pub colour: bool,
}

/// Returns the lines of a message, each wrapped and with its label coloured. They must already be escaped.
pub fn message(safe: &str, style: MessageStyle) -> String {
    let lines: Vec<String> = safe.split('\n').map(|line| message_line(line, style)).collect();
    lines.join("\n")
}

fn message_line(safe: &str, style: MessageStyle) -> String {
    let line = wrap(safe, style.width);
    match LABELS.iter().find(|(label, _)| style.colour && line.starts_with(label)) {
        Some((label, code)) => format!("{code}{label}{RESET}{}", &line[label.len()..]),
        None => line.into_owned(),
    }
}

/// Colours the headings of a help text that are not coloured yet, such as `Examples:`.
pub fn colour_headings(help: &str) -> String {
    let is_heading = |line: &str| {
        line.starts_with(|first: char| first.is_ascii_uppercase())
            && line.ends_with(':')
            && !line.contains('\x1b')
    };
    let lines = help.split('\n').map(|line| match is_heading(line) {
        true => format!("{HEADING}{line}{RESET}"),
        false => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{MessageStyle, colour_headings, message};

    #[test]
    fn labels_are_coloured_and_lines_wrapped() {
        let style = MessageStyle { width: Some(24), colour: true };
        assert_eq!(
            message("error: no store at this address\nhint: gatepass create", style),
            "\x1b[1;31merror:\x1b[0m no store at this\naddress\n\x1b[36mhint:\x1b[0m gatepass create"
        );
        let plain = "error: no store at this address";
        assert_eq!(message(plain, MessageStyle::default()), plain);
    }

    #[test]
    fn only_headings_are_coloured() {
        assert_eq!(
            colour_headings("Create a passcode\n\nExamples:\n  # Note:"),
            "Create a passcode\n\n\x1b[1m\x1b[32mExamples:\x1b[0m\n  # Note:"
        );
    }
}
