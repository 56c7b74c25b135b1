//! Text in the language of man pages, which roff(7) describes.

/// Escapes hyphens and quotes, which would become typographic ones. A `\\&` before the text keeps it from being read as
/// a request.
pub fn escape(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq")
}

/// Escapes a line so that it is neither broken nor hyphenated.
pub fn unbroken(line: &str) -> String {
    format!("\\%{}", escape(line).replace(' ', "\\ "))
}
