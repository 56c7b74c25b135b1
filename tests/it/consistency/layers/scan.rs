//! Reads from a source file which paths of its own crate it names, what it re-exports and what it prints.

use super::token::{Token, tokens};

/// Something in a source file that a rule may forbid.
#[derive(Debug, PartialEq, Eq)]
pub enum Finding {
    /// A path into the crate, from the crate root.
    Uses(Vec<String>),
    /// A macro that writes to the streams of the process, by name.
    Prints(String),
    /// `use super::*` outside a module `tests`.
    GlobImport,
}

/// Returns every finding in the source of `module`, with its line.
pub fn scan(module: &[String], source: &str) -> Vec<(usize, Finding)> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // For each open brace, the inline module that it opens, if any.
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
            "crate" | "super" | "self" if is_path && next(1) == Some("::") => {
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

/// Returns the paths that the top level of `module` re-exports with `pub use`, from the crate root.
pub fn reexports(module: &[String], source: &str) -> Vec<Vec<String>> {
    let tokens = tokens(source);
    let here: Vec<&str> = module.iter().map(String::as_str).collect();
    let is_use = |at: &usize| {
        let before = at.checked_sub(1).map(|before| tokens[before].text.as_str());
        tokens[*at].text == "use" && matches!(before, Some("pub" | ")"))
    };
    let mut found = Vec::new();
    for at in (0..tokens.len()).filter(is_use) {
        let mut paths = Vec::new();
        use_tree(&tokens, at + 1, &mut Vec::new(), &mut paths);
        found.extend(paths.iter().map(|path| resolve(&here, path)));
    }
    found
}

/// Returns every path `head::rest` whose head is one of `heads`, unresolved.
pub fn paths_with_head<'h>(source: &str, heads: &[&'h str]) -> Vec<(&'h str, Vec<String>)> {
    let tokens = tokens(source);
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let is_head = at == 0 || !["::", "."].contains(&text(at - 1));
        let Some(head) = heads.iter().find(|head| **head == text(at)) else { continue };
        if is_head && text(at + 1) == "::" {
            let mut paths = Vec::new();
            use_tree(&tokens, at + 2, &mut Vec::new(), &mut paths);
            let owned = |path: Vec<&str>| path.into_iter().map(str::to_owned).collect();
            found.extend(paths.into_iter().map(|path| (*head, owned(path))));
        }
    }
    found
}

/// Collects the paths of the use tree that starts at token `at`, each prefixed with `trunk`. Returns the token behind it.
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

/// Resolves a path that module `here` names to one from the crate root.
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
