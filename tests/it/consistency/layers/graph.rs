//! Which file imports which, and whether any import in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    scan::{Finding, paths_with_head, reexports, scan},
    sources::module_of,
    token::tokens,
};

/// The imports between the files of a crate. A re-export counts as an import of the file that defines the item, so that
/// the `mod.rs` of a folder can offer the names of its files without hiding who needs whom.
pub struct Graph {
    /// The module path of each file.
    modules: BTreeMap<Vec<String>, String>,
    /// What each module re-exports: name to path from the crate root.
    reexported: BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>>,
    /// The files that each file imports.
    imports: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Reads the sources: path below `src`, and text. `main.rs` is another crate, which nothing imports.
    pub fn read(sources: &[(String, String)]) -> Self {
        let sources: Vec<_> = sources.iter().filter(|(file, _)| file != "main.rs").collect();
        let modules: BTreeMap<_, _> =
            sources.iter().map(|(file, _)| (module_of(file), file.clone())).collect();
        let mut graph = Self { modules, reexported: BTreeMap::new(), imports: BTreeMap::new() };
        for (file, text) in &sources {
            let module = module_of(file);
            let names = reexports(&module, text)
                .into_iter()
                .filter_map(|path| Some((path.last()?.clone(), path)))
                .collect();
            graph.reexported.insert(module, names);
        }
        for (file, text) in &sources {
            let imports = graph.imports_of(file, text);
            graph.imports.insert(file.clone(), imports);
        }
        graph
    }

    /// Returns one circle of files after the other, each starting at its first file in alphabetical order.
    pub fn circles(&self) -> Vec<Vec<&str>> {
        let mut circles = BTreeSet::new();
        for start in self.imports.keys() {
            if let Some(circle) = self.shortest_way_back(start)
                && circle.iter().min() == Some(&start.as_str())
            {
                circles.insert(circle);
            }
        }
        circles.into_iter().collect()
    }

    fn imports_of(&self, file: &str, text: &str) -> BTreeSet<String> {
        let module = module_of(file);
        let mut paths: Vec<Vec<String>> = scan(&module, text)
            .into_iter()
            .filter_map(|(_, finding)| match finding {
                Finding::Uses(path) => Some(path),
                _ => None,
            })
            .collect();
        // A module that was imported under its name, or a child module, starts paths of its own.
        let imported = paths.iter().filter(|path| self.modules.contains_key(*path)).cloned();
        let children = self.modules.keys().filter(|child| {
            child.len() == module.len() + 1 && child.starts_with(&module) && !module.is_empty()
        });
        let heads: BTreeMap<String, Vec<String>> = imported
            .chain(children.cloned())
            .filter_map(|path| Some((path.last()?.clone(), path)))
            .collect();
        let names: Vec<&str> = heads.keys().map(String::as_str).collect();
        for (head, rest) in paths_with_head(text, &names) {
            paths.push([heads[head].clone(), rest].concat());
        }
        // A name that is only passed on is no import.
        let is_used =
            |name: &String| tokens(text).iter().filter(|token| token.text == *name).count() > 1;
        let passed_on: BTreeSet<_> = reexports(&module, text)
            .into_iter()
            .filter(|path| !path.last().is_some_and(is_used))
            .collect();
        let targets = paths.iter().filter(|path| !passed_on.contains(*path));
        let files = targets.filter_map(|path| self.defining_file(path));
        files.filter(|target| *target != file).map(str::to_owned).collect()
    }

    /// Returns the file that defines what a path names. Re-exports are followed; a path that ends at a module names
    /// no item yet and so no file.
    fn defining_file(&self, path: &[String]) -> Option<&str> {
        let module = (0..=path.len()).rev().find(|end| self.modules.contains_key(&path[..*end]))?;
        let (module, rest) = path.split_at(module);
        let item = rest.first()?;
        match self.reexported.get(module).and_then(|names| names.get(item)) {
            Some(original) if original.as_slice() != path => self.defining_file(original),
            _ => self.modules.get(module).map(String::as_str),
        }
    }

    /// Returns the shortest circle through `start`, by breadth-first search.
    fn shortest_way_back<'g>(&'g self, start: &'g str) -> Option<Vec<&'g str>> {
        let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(file) = queue.pop_front() {
            for next in self.imports.get(file).into_iter().flatten() {
                if next == start {
                    let mut way = vec![file];
                    while let Some(before) = came_from.get(way[way.len() - 1]) {
                        way.push(before);
                    }
                    way.reverse();
                    return Some(way);
                }
                if next != start && !came_from.contains_key(next.as_str()) {
                    came_from.insert(next, file);
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles(sources: &[(&str, &str)]) -> Vec<String> {
        let owned: Vec<_> =
            sources.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        Graph::read(&owned).circles().iter().map(|circle| circle.join(" -> ")).collect()
    }

    #[test]
    fn circles_are_found_however_they_are_written() {
        let kind = ("domain/kind.rs", "use super::subject::Subject;");
        let list = ("domain/mod.rs", "pub mod kind;\npub mod subject;");
        for subject in [
            "use super::kind::Kind;",
            "use crate::domain::kind::{self, Kind};",
            "fn f() -> super::kind::Kind { todo }",
            "use super::kind; fn f() -> kind::Kind { todo }",
            "mod tests { use crate::domain::kind::Kind; }",
        ] {
            assert_eq!(
                circles(&[kind, list, ("domain/subject.rs", subject)]),
                ["domain/kind.rs -> domain/subject.rs"],
                "{subject}"
            );
        }
    }

    #[test]
    fn a_reexport_hides_no_circle() {
        let list = ("domain/mod.rs", "mod kind;\nmod subject;\npub use kind::Kind;");
        let kind = ("domain/kind.rs", "use super::subject::Subject;");
        assert_eq!(
            circles(&[list, kind, ("domain/subject.rs", "use crate::domain::Kind;")]),
            ["domain/kind.rs -> domain/subject.rs"]
        );
        assert_eq!(circles(&[list, kind, ("domain/subject.rs", "")]), [""; 0]);
        let used = ("domain/mod.rs", "mod kind;\npub use kind::Kind;\nfn f(kind: Kind) {}");
        let kind = ("domain/kind.rs", "fn g() { super::f() }");
        assert_eq!(circles(&[used, kind]), ["domain/kind.rs -> domain/mod.rs"]);
    }

    #[test]
    fn a_module_list_that_holds_code_for_its_files_is_a_circle() {
        let list = ("server/mod.rs", "mod worker;\nstruct Stop;\nfn run() { worker::run() }");
        let worker = ("server/worker.rs", "use super::Stop;");
        assert_eq!(circles(&[list, worker]), ["server/mod.rs -> server/worker.rs"]);
        assert_eq!(circles(&[("server/mod.rs", "mod worker;"), worker]), [""; 0]);
    }

    #[test]
    fn longer_circles_are_reported_once() {
        let sources = [
            ("a.rs", "use crate::b::B;"),
            ("b.rs", "use crate::c::C;"),
            ("c.rs", "use crate::a::A;"),
            ("d.rs", "use crate::a::A;"),
        ];
        assert_eq!(circles(&sources), ["a.rs -> b.rs -> c.rs"]);
    }
}
