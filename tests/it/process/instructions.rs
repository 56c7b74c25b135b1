//! The instructions that short commands take, counted by callgrind. They repeat exactly, so a command that becomes slower
//! is noticed on any machine.

use std::{env, ffi::OsString, fs};

use crate::support::{
    process::{GATEPASS, TestHome, finish, print_figure, require_tool},
    test_env::words,
};

/// A release build to count instead of the build for tests.
const RELEASE: &str = "GATEPASS_RELEASE";

/// A command, and the instructions that it may take, in thousands: in the release build, and in the build for tests, in
/// which our own code is not optimised. A change that needs more raises a limit in a commit of its own.
const LIMITS: [(&str, u64, u64); 3] = [
    ("-V", 800, 1_700),
    ("show acme --json", 2_900, 5_000),
    ("create globex --days 90", 4_700, 9_100),
];

/// What a command may take beyond its limit, in percent: other versions of the C library and the loader differ.
const SPARE: u64 = 10;

#[test]
fn short_commands_take_few_instructions() {
    require_tool("valgrind", "valgrind");
    let release = release_build();
    let home = TestHome::with(&["create acme --days 90"]);
    // Without symbols, which valgrind would read first.
    let binary = home.path("gatepass");
    let program = release.clone().unwrap_or_else(|| GATEPASS.into());
    let stripped = home.tool("strip").arg("-o").args([binary.as_os_str(), &program]).spawn();
    assert_eq!(finish(stripped.unwrap()).code, Some(0));
    for (line, limit, limit_in_tests) in LIMITS {
        let limit = if release.is_some() { limit } else { limit_in_tests };
        let count = count_instructions(&home, line) / 1_000;
        print_figure(&format!("{line}: {count} thousand instructions, limit {limit}"));
        assert!(count * 100 <= limit * (100 + SPARE), "{line}: {count} > {limit} thousand");
    }
}

#[allow(clippy::disallowed_methods, reason = "concerns the tests, not the program")]
fn release_build() -> Option<OsString> {
    env::var_os(RELEASE).map(|path| fs::canonicalize(path).unwrap().into_os_string())
}

fn count_instructions(home: &TestHome, line: &str) -> u64 {
    let mut valgrind = home.tool("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "./gatepass"]);
    let output = finish(valgrind.args(words(line)).spawn().unwrap());
    assert_eq!(output.code, Some(0), "{output:?}");
    let (_, count) = output.stderr.split_once("Collected : ").expect(&output.stderr);
    count.split_whitespace().next().unwrap().parse().unwrap()
}
