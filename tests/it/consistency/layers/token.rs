//! Rust source as words and signs, without comments and without what stands in quotes.

/// A word or a sign, and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// Takes a source apart. `::` is one token, every other sign is one for itself.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let length = comment(rest).or_else(|| string_literal(rest));
        let (length, is_token) = match length {
            Some(length) => (length, false),
            None if first.is_whitespace() => (first.len_utf8(), false),
            None if is_word(first) => (rest.find(|c| !is_word(c)).unwrap_or(rest.len()), true),
            None if rest.starts_with("::") => (2, true),
            None => (first.len_utf8(), true),
        };
        let (text, after) = rest.split_at(length);
        if is_token {
            found.push(Token { text: text.to_owned(), line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    found
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The length of the comment that `text` begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if !text.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        match rest {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
    Some(text.len())
}

/// The length of the string or character that `text` begins with. A lifetime is none.
fn string_literal(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(['"', '\'', '#']))
    })?;
    let body = &text[prefix.len()..];
    let hashes = body.find(|c| c != '#')?;
    let is_raw = prefix.ends_with('r');
    match body[hashes..].chars().next()? {
        '"' if is_raw => {
            let end = format!("\"{}", "#".repeat(hashes));
            let from = prefix.len() + hashes + 1;
            Some(text[from..].find(&end).map_or(text.len(), |at| from + at + end.len()))
        }
        '"' if hashes == 0 => Some(prefix.len() + end_of_quote(body, '"')),
        '\'' if hashes == 0 && !is_raw && is_char_literal(body) => {
            Some(prefix.len() + end_of_quote(body, '\''))
        }
        _ => None,
    }
}

/// Whether a quote begins a character and not a lifetime.
fn is_char_literal(text: &str) -> bool {
    let mut characters = text.chars().skip(1);
    characters.next() == Some('\\') || characters.next() == Some('\'')
}

/// The length up to and with the closing quote, escaped ones skipped.
fn end_of_quote(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}
