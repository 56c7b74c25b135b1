//! Removes what people copy along with a secret, such as quotes or the name of a variable.

/// Returns the secret in a text that has nothing else but what commonly surrounds one: blanks, quotes and brackets, a
/// comma or semicolon behind it, and before it `Bearer`, the name of a header, a variable or a JSON field. Any other text
/// is returned without part of its surroundings.
pub fn unwrap_secret(text: &str) -> &str {
    let mut text = text;
    loop {
        let inner = remove_label(trim(text));
        if inner.len() == text.len() {
            return text;
        }
        text = inner;
    }
}

/// None of these is part of a secret.
fn trim(text: &str) -> &str {
    let is_invisible = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let is_quote = |c: char| "\"'`“”„‘’‚«»<>(){}[]".contains(c);
    let text = text.trim_matches(|c| is_invisible(c) || is_quote(c));
    text.trim_end_matches([',', ';'])
}

/// Removes a name with `=` or `:` behind it, or the scheme `Bearer`.
fn remove_label(text: &str) -> &str {
    let scheme = "bearer ";
    if let (Some(start), Some(rest)) = (text.get(..scheme.len()), text.get(scheme.len()..))
        && start.eq_ignore_ascii_case(scheme)
    {
        return rest;
    }
    match text.split_once(['=', ':']) {
        Some((label, rest)) if is_label(label) => rest,
        _ => text,
    }
}

/// Whether a text is a name, possibly with the word before it that sets a variable or a header.
fn is_label(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_name =
        |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || "_-.$\"'".contains(c));
    match (words.next(), words.next(), words.next()) {
        (Some(name), None, _) => is_name(name),
        (Some("export" | "set" | "-H" | "--header"), Some(name), None) => {
            is_name(name.trim_start_matches(['"', '\'']))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_surrounds_a_secret_is_removed() {
        for text in [
            "gpa_x",
            " gpa_x\r\n\n",
            "\u{feff}gpa_x",
            "\u{a0}gpa_x\u{200b}",
            "\"gpa_x\"",
            "'gpa_x',",
            "`gpa_x`",
            "“gpa_x”",
            "<gpa_x>",
            "gpa_x;",
            "\"gpa_x\";",
            "Bearer gpa_x",
            "bearer   gpa_x",
            "Authorization: Bearer gpa_x",
            "authorization:bearer gpa_x\r\n",
            "X-CleverTap-Passcode: gpa_x",
            "-H 'X-CleverTap-Passcode: gpa_x'",
            "PASSCODE=gpa_x",
            "export API_PASSCODE=\"gpa_x\"",
            "$env:PASSCODE = 'gpa_x'",
            "set PASSCODE=gpa_x",
            "api.passcode = gpa_x",
            "passcode: gpa_x",
            "\"secret\": \"gpa_x\",",
            "{\"secret\":\"gpa_x\"}",
            "{ \"secret\" : \"gpa_x\" }\n",
            "const passcode = 'gpa_x';".trim_start_matches("const "),
        ] {
            assert_eq!(unwrap_secret(text), "gpa_x", "{text:?}");
        }
    }

    #[test]
    fn other_texts_keep_what_stands_between() {
        for text in [
            "gpa_x gpa_y",
            "gpa_x\ngpa_y",
            "2026-11-22 request with gpa_x",
            "https://example.org/?key=gpa_x",
            "curl -H 'X-CleverTap-Passcode: gpa_x' https://example.org",
            "a b c=gpa_x",
        ] {
            assert_ne!(unwrap_secret(text), "gpa_x", "{text:?}");
        }
        assert_eq!(unwrap_secret(""), "");
        assert_eq!(unwrap_secret(" \"\" "), "");
    }
}
