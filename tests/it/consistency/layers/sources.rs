//! The source files of the crate.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Returns the Rust files below `root`, a folder of the repository, with their texts: path below `root`, and text.
pub fn sources(root: &str) -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(root);
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    found.sort();
    found
}

/// Returns the module path of a file below `src`, which is empty for `lib.rs` and `main.rs`.
pub fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "lib" | "main" => Vec::new(),
        _ => path.split('/').map(str::to_owned).collect(),
    }
}

fn collect(root: &Path, directory: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}
