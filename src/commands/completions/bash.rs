//! The command line of bash: its words, and how a completion is quoted in it.

use std::ffi::OsString;

use crate::domain::directory::name::fold;

/// A command line up to the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BashLine {
    /// The words without their quotes; the last one is at the cursor, and may be empty.
    pub words: Vec<OsString>,
    /// Whether the word at the cursor is the target of a redirection.
    pub is_redirected: bool,
    /// What stays of the word at the cursor, without its quotes: readline replaces what follows it.
    kept: String,
    /// The quote that is open where the replaced text begins.
    quote: Quote,
}

/// An open quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Quote {
    #[default]
    None,
    Single,
    Double,
}

#[derive(Debug, Default)]
struct Word {
    /// Where it begins in the line.
    start: usize,
    /// The word without its quotes.
    text: String,
    /// The quote that is open at its end.
    quote: Quote,
    is_redirected: bool,
}

impl BashLine {
    /// Parses a line up to the cursor; readline will replace its end, `typed`. `None` if the line has a syntax that
    /// completion does not understand.
    pub fn parse(line: &str, typed: &str) -> Option<Self> {
        let mut words = split(line)?;
        let last = words.pop()?;
        let kept = split(line[last.start..].strip_suffix(typed)?)?.pop()?;
        words.retain(|word| !word.is_redirected);
        let texts = words.into_iter().map(|word| word.text).chain([last.text]);
        Some(Self {
            words: texts.map(OsString::from).collect(),
            is_redirected: last.is_redirected,
            kept: kept.text,
            quote: kept.quote,
        })
    }

    /// Returns a value for the word at the cursor as text that replaces what was typed, so that bash reads exactly this
    /// value. `None` if there is no such text.
    pub fn quote(&self, value: &str) -> Option<String> {
        let (end, _) =
            value.char_indices().chain([(value.len(), ' ')]).nth(self.kept.chars().count())?;
        let (kept, rest) = value.split_at(end);
        if fold(kept) != fold(&self.kept) {
            return None;
        }
        let escaped = |is_special: fn(char) -> bool| {
            let escape = |c| is_special(c).then_some('\\').into_iter().chain([c]);
            rest.chars().flat_map(escape).collect()
        };
        let (text, open) = match self.quote {
            Quote::None => return Some(escaped(|c| c.is_ascii() && !is_plain(c))),
            Quote::Single => (rest.replace('\'', r"'\''"), '\''),
            // In double quotes, bash replaces `!` even after a backslash, which then stays.
            Quote::Double if rest.contains('!') => return None,
            Quote::Double => (escaped(|c| matches!(c, '\\' | '"' | '$' | '`')), '"'),
        };
        // Readline closes the quote, but not after a character like it.
        Some(if text.ends_with(open) { format!("{text}{open}") } else { text })
    }
}

/// Whether an ASCII character has no meaning for bash outside of quotes.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "%+,-./:=@_".contains(c)
}

/// Splits a line into words. The last one may be empty, and its quote may be open.
fn split(line: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    // Between words there is none.
    let mut word: Option<Word> = None;
    let mut is_redirected = false;
    let mut chars = line.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let quote = word.as_ref().map(|word| word.quote).unwrap_or_default();
        match (quote, c) {
            (Quote::None, ' ' | '\t' | '\n') => {
                is_redirected &= word.is_none();
                words.extend(word.take());
                continue;
            }
            // The word before a redirection may be the number of a file.
            (Quote::None, '<' | '>' | '&') => {
                let is_number = |word: &Word| word.text.bytes().all(|b| b.is_ascii_digit());
                words.extend(word.take().filter(|word| !is_number(word)));
                is_redirected = true;
                continue;
            }
            (Quote::None, '$') if next == Some('\'') => return None,
            _ => {}
        }
        let word = word.get_or_insert_with(|| Word { start, is_redirected, ..Word::default() });
        match (quote, c) {
            (Quote::None, '\'') => word.quote = Quote::Single,
            (Quote::None, '"') => word.quote = Quote::Double,
            (Quote::Single, '\'') | (Quote::Double, '"') => word.quote = Quote::None,
            (Quote::None, '\\') => word.text.extend(chars.next().map(|(_, c)| c)),
            (Quote::Double, '\\') if matches!(next, Some('\\' | '"' | '$' | '`')) => {
                word.text.extend(chars.next().map(|(_, c)| c));
            }
            _ => word.text.push(c),
        }
    }
    let at_cursor = Word { start: line.len(), is_redirected, ..Word::default() };
    words.push(word.unwrap_or(at_cursor));
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str, typed: &str) -> BashLine {
        BashLine::parse(line, typed).unwrap()
    }

    #[test]
    fn words_lose_their_quotes() {
        for (line, words) in [
            ("gatepass show ac", &["gatepass", "show", "ac"] as &[_]),
            ("gatepass show ", &["gatepass", "show", ""]),
            (r"gatepass  show a\ b", &["gatepass", "show", "a b"]),
            (r#"gatepass show "a b"c"#, &["gatepass", "show", "a bc"]),
            (r#"gatepass show "a \"\$\`\\ \b"#, &["gatepass", "show", r#"a "$`\ \b"#]),
            (r"gatepass show 'it'\''s", &["gatepass", "show", "it's"]),
            (r"gatepass show 'a \", &["gatepass", "show", r"a \"]),
            (r"gatepass show a\", &["gatepass", "show", "a"]),
            ("gatepass list 2>log <in --of ", &["gatepass", "list", "--of", ""]),
            ("gatepass list > log --of x", &["gatepass", "list", "--of", "x"]),
        ] {
            assert_eq!(parse(line, "").words, words, "{line}");
        }
    }

    #[test]
    fn redirections_are_recognized() {
        assert!(parse("gatepass verify <fo", "fo").is_redirected);
        assert!(parse("gatepass verify < ", "").is_redirected);
        assert!(!parse("gatepass verify <found ", "").is_redirected);
        assert!(!parse("gatepass show 'a<b", "a<b").is_redirected);
    }

    #[test]
    fn values_are_quoted_for_the_open_quote() {
        let value = r#"it's "a" \ $b `c`"#;
        for (line, typed, quoted) in [
            ("show ", "", r#"it\'s\ \"a\"\ \\\ \$b\ \`c\`"#),
            ("show it", "it", r#"it\'s\ \"a\"\ \\\ \$b\ \`c\`"#),
            ("show '", "", r#"it'\''s "a" \ $b `c`"#),
            ("show \"it", "it", r#"it's \"a\" \\ \$b \`c\`"#),
            ("show IT\\'s' ", " ", r#" "a" \ $b `c`"#),
            (r#"show it\'s\ "\"a"#, r#"\"a"#, r#"\"a\" \\ \$b \`c\`"#),
        ] {
            assert_eq!(parse(line, typed).quote(value).as_deref(), Some(quoted), "{line}");
        }
    }

    #[test]
    fn a_quote_that_readline_would_leave_open_is_closed() {
        assert_eq!(parse("show 'a", "a").quote("a'").as_deref(), Some(r"a'\'''"));
        assert_eq!(parse("show \"a", "a").quote("a\"").as_deref(), Some(r#"a\"""#));
        assert_eq!(parse("show a", "a").quote("a\"").as_deref(), Some(r#"a\""#));
    }

    #[test]
    fn only_what_readline_replaces_is_returned() {
        assert_eq!(parse("show ann@x", "x").quote("ann@x.org").as_deref(), Some("x.org"));
        assert_eq!(parse("list --app=Re", "Re").quote("--app=Re x").as_deref(), Some(r"Re\ x"));
        assert_eq!(parse("show bob@x", "x").quote("ann@x.org"), None);
        assert_eq!(parse("show abc:", "").quote("ab"), None);
    }

    #[test]
    fn double_quotes_hold_no_exclamation_mark() {
        assert_eq!(parse("show \"hi", "hi").quote("hi!x"), None);
        assert_eq!(parse("show 'hi", "hi").quote("hi!x").as_deref(), Some("hi!x"));
        assert_eq!(parse("show hi", "hi").quote("hi!x").as_deref(), Some(r"hi\!x"));
    }

    #[test]
    fn unknown_syntax_offers_nothing() {
        assert_eq!(BashLine::parse("show $'a", "a"), None);
        assert_eq!(BashLine::parse("show abc", "x"), None);
    }
}
