//! The fuzz targets on stable: each runs with its committed corpus and with generated input.

use std::{fs, path::Path};

use proptest::{prelude::*, sample::select};

use crate::support::process::is_full;

#[path = "../../../../fuzz/bodies.rs"]
mod bodies;

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut seeds: Vec<_> = fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    seeds.sort();
    seeds
}

/// Generates a seed with some bytes removed, changed or inserted, or parts of two seeds.
fn mutated_seed(target: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    let seeds: Vec<Vec<u8>> = corpus(target).into_iter().map(|(_, bytes)| bytes).collect();
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 0..6);
    let plan = (select(seeds.clone()), select(seeds), any::<prop::sample::Index>(), edits);
    plan.prop_map(|(mut bytes, other, cut, edits)| {
        if cut.index(3) == 0 {
            bytes.truncate(cut.index(bytes.len() + 1));
            bytes.extend_from_slice(&other[cut.index(other.len() + 1)..]);
        }
        for (at, byte, kind) in edits {
            let at = at.index(bytes.len() + 1);
            match (kind, bytes.get_mut(at)) {
                (0, Some(old)) => *old = byte,
                (1, Some(old)) => *old ^= 1 << (byte % 8),
                (2, Some(_)) => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    })
}

fn fuzz_target(target: &str) {
    let (_, body) = bodies::TARGETS.into_iter().find(|(name, _)| *name == target).unwrap();
    for (path, seed) in corpus(target) {
        with_seed_path(&path, || body(&seed));
    }
    let input = prop_oneof![
        2 => mutated_seed(target),
        1 => prop::collection::vec(any::<u8>(), 0..200),
        1 => "\\PC{0,60}".prop_map(String::into_bytes),
    ];
    let cases = if is_full() { 50_000 } else { 1_000 };
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(data in input)| body(&data));
}

/// Adds the path of the seed to a panic.
fn with_seed_path(path: &str, body: impl FnOnce() + std::panic::UnwindSafe) {
    if let Err(panic) = std::panic::catch_unwind(body) {
        panic!("{path}: {:?}", panic.downcast_ref::<String>());
    }
}

#[test]
fn config() {
    fuzz_target("config");
}

#[test]
fn durations_and_dates() {
    fuzz_target("durations_and_dates");
}

#[test]
fn headers() {
    fuzz_target("headers");
}

#[test]
fn import() {
    fuzz_target("import");
}

#[test]
fn names() {
    fuzz_target("names");
}

#[test]
fn secret() {
    fuzz_target("secret");
}

#[test]
fn every_target_has_a_corpus_and_a_binary() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for (target, _) in bodies::TARGETS {
        assert!(!corpus(target).is_empty(), "{target}");
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")), "{target}");
    }
    assert_eq!(fs::read_dir(fuzz.join("fuzz_targets")).unwrap().count(), bodies::TARGETS.len());
    assert_eq!(fs::read_dir(fuzz.join("corpus")).unwrap().count(), bodies::TARGETS.len());
}
