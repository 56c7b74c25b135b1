//! What a source uses of its own crate, and what it prints.

use super::token::{Token, tokens};

/// Something worth a look.
#[derive(Debug, PartialEq, Eq)]
pub enum Finding {
    /// The path of something, from the root of the crate.
    Uses(Vec<String>),
    /// A macro that writes to the process's own streams, or its name.
    Prints(String),
    /// `use super::*` outside of a module `tests`.
    GlobImport,
}

/// Everything worth a look in the source of `module`, with its line.
pub fn scan(module: &[String], source: &str) -> Vec<(usize, Finding)> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // The module that each open brace belongs to, if it is one's.
    let mut braces: Vec<Option<&str>> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = |offset: usize| tokens.get(at + offset).map(|token| token.text.as_str());
        let is_path = at == 0 || tokens[at - 1].text != "::";
        match token.text.as_str() {
            "{" => {
                let is_module = at >= 2 && tokens[at - 2].text == "mod";
                braces.push(is_module.then(|| tokens[at - 1].text.as_str()));
            }
            "}" => _ = braces.pop(),
            "print" | "println" | "eprint" | "eprintln" | "dbg"
                if next(1) == Some("!") && next(2) != Some("=") =>
            {
                found.push((token.line, Finding::Prints(token.text.clone())));
            }
            "crate" | "super" if is_path && next(1) == Some("::") => {
                let inner = braces.iter().flatten().copied();
                let here: Vec<&str> = module.iter().map(String::as_str).chain(inner).collect();
                let in_tests = braces.contains(&Some("tests"));
                let mut paths = Vec::new();
                at = use_tree(&tokens, at, &mut Vec::new(), &mut paths);
                for path in paths {
                    if !in_tests
                        && path.len() > 1
                        && path.last().is_some_and(|end| *end == "*")
                        && path[..path.len() - 1].iter().all(|part| *part == "super")
                    {
                        found.push((token.line, Finding::GlobImport));
                    }
                    found.push((token.line, Finding::Uses(resolve(&here, &path))));
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Collects the paths of the tree that begins at `at`, all below `trunk`; answers where it ends.
fn use_tree<'t>(
    tokens: &'t [Token],
    mut at: usize,
    trunk: &mut Vec<&'t str>,
    paths: &mut Vec<Vec<&'t str>>,
) -> usize {
    let depth = trunk.len();
    let text = |at: usize| tokens.get(at).map(|token| token.text.as_str());
    while let Some(part) = text(at) {
        if part == "{" {
            at += 1;
            while text(at).is_some_and(|part| part != "}") {
                let end = use_tree(tokens, at, trunk, paths);
                // Past a comma, or past an `as` and its name: one token at a time.
                at = end.max(at + 1);
                while text(at).is_some_and(|part| part != "," && part != "}") {
                    at += 1;
                }
                at += usize::from(text(at) == Some(","));
            }
            at += 1;
            trunk.truncate(depth);
            return at;
        }
        trunk.push(part);
        at += 1;
        if text(at) != Some("::") {
            break;
        }
        at += 1;
    }
    paths.push(trunk.clone());
    trunk.truncate(depth);
    at
}

/// The path from the root of the crate, as seen from the module `here`.
fn resolve(here: &[&str], path: &[&str]) -> Vec<String> {
    let mut from_root: Vec<&str> = here.to_vec();
    for part in path {
        match *part {
            "crate" => from_root.clear(),
            "super" => _ = from_root.pop(),
            "self" | "*" => {}
            part => from_root.push(part),
        }
    }
    from_root.into_iter().map(str::to_owned).collect()
}
