//! Breaking lines between words.

use std::{borrow::Cow, ops::Range};

use textwrap::{core::Word, wrap_algorithms::wrap_first_fit};

use super::text::width;

/// Text is not wrapped more narrowly: a word a line would be unreadable.
const MIN_WIDTH: usize = 20;
/// How every command begins that a message suggests.
const COMMAND: &str = "gatepass ";
/// What ends a suggested command within a sentence.
const COMMAND_ENDS: [char; 3] = [';', ',', ')'];
/// The longest unit that stays with its number, in letters.
const MAX_UNIT_LENGTH: usize = 3;

/// Breaks lines that are wider than the terminal between words; `None` is no terminal. Longer words stay whole, and so do
/// suggested commands if they fit on a line, so that what is copied from a terminal is complete. The text must already be
/// escaped, except for its line breaks.
pub fn wrap(safe: &str, terminal: Option<usize>) -> Cow<'_, str> {
    match terminal.map(|terminal| terminal.max(MIN_WIDTH)) {
        Some(columns) if safe.split('\n').any(|line| width(line) > columns) => {
            let lines: Vec<_> = safe.split('\n').map(|line| wrap_line(line, columns)).collect();
            Cow::Owned(lines.join("\n"))
        }
        _ => Cow::Borrowed(safe),
    }
}

fn wrap_line(safe: &str, columns: usize) -> String {
    let (mut words, mut start) = (Vec::new(), 0);
    for end in break_points(safe, columns).chain([safe.len()]) {
        words.push(Word::from(&safe[start..end]));
        start = end;
    }
    let lines = wrap_first_fit(&words, &[columns as f64]);
    let lines = lines.into_iter().map(|words| {
        let line: String = words.iter().flat_map(|word| [word.word, word.whitespace]).collect();
        line.trim_end_matches(' ').to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the positions after spaces at which the line may be broken.
fn break_points(line: &str, columns: usize) -> impl Iterator<Item = usize> {
    let mut commands = commands(line);
    commands.retain(|command| width(&line[command.clone()]) <= columns);
    let is_in_command =
        move |at| commands.iter().any(|command| command.start < at && command.contains(&at));
    let after_spaces = line.match_indices(' ').map(|(at, space)| at + space.len());
    after_spaces.filter(move |at| !is_in_command(*at) && !is_before_unit(line, *at))
}

/// Returns where the suggested commands are.
fn commands(line: &str) -> Vec<Range<usize>> {
    let command = |(start, _)| {
        let length = line[start..].find(COMMAND_ENDS).unwrap_or(line.len() - start);
        start..start + length
    };
    line.match_indices(COMMAND).map(command).collect()
}

/// Whether a number and its unit are before and after the space before `at`, as in `90 d`.
fn is_before_unit(line: &str, at: usize) -> bool {
    let is_after_number = line[..at - 1].ends_with(|last: char| last.is_ascii_digit());
    let unit = line[at..].bytes().take_while(u8::is_ascii_lowercase).count();
    is_after_number && (1..=MAX_UNIT_LENGTH).contains(&unit)
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_between_words_at_a_terminal_only() {
        let text = "error: no store at /a/path/that/is/long; it-was-never made";
        assert_eq!(wrap(text, None), text);
        assert_eq!(wrap(text, Some(80)), text);
        let wrapped = "error: no store at\n/a/path/that/is/long;\nit-was-never made";
        assert_eq!(wrap(text, Some(20)), wrapped);
        assert_eq!(wrap("名前名前 名前名前 名前名前", Some(20)), "名前名前 名前名前\n名前名前");
        assert_eq!(wrap("  a list\n  of lines", Some(8)), "  a list\n  of lines");
        assert_eq!(
            wrap("  a list of lines\n\nand text", Some(20)),
            "  a list of lines\n\nand text"
        );
    }

    #[test]
    fn suggested_commands_stay_whole() {
        let text = "If you lose it, generate a new one: gatepass reset acme --yes";
        let wrapped = "If you lose it, generate a new one:\ngatepass reset acme --yes";
        assert_eq!(wrap(text, Some(50)), wrapped);
        assert_eq!(
            wrap("hint: gatepass list, then look again", Some(24)),
            "hint: gatepass list,\nthen look again"
        );
        let wider = "usage: gatepass create NAME --days DAYS";
        assert_eq!(wrap(wider, Some(24)), "usage: gatepass create\nNAME --days DAYS");
    }

    #[test]
    fn numbers_keep_their_units() {
        assert_eq!(wrap("expires at noon (in 90 d)", Some(22)), "expires at noon (in\n90 d)");
        assert_eq!(wrap("it has 4 of 100 slots used", Some(22)), "it has 4 of 100 slots\nused");
    }
}
