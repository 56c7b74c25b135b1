//! Bad input to verify.

use std::io;
use std::io::Read;
use std::time::Duration;
use std::time::Instant;

use insta::assert_snapshot;

use super::case::{CONFLICTING_FLAGS, Case, rows};
use crate::support::test_env::{TestEnv, words};

#[rustfmt::skip] // One row a line.
pub fn cases() -> Vec<Case> {
    [
        rows(2, &[("--legacy and --headers", "verify --legacy --headers", CONFLICTING_FLAGS)]),
        rows(3, &[
            ("unknown district", "verify --district Lincoln", "district Lincoln not found"),
        ]),
    ]
    .concat()
}

#[test]
fn verify_reports_the_position_of_an_error_without_showing_the_secret() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create acme --days 9");
    let with = |at: usize, text: &str| format!("{}{text}{}", &secret[..at], &secret[at + 1..]);
    let other = if secret.as_bytes()[20] == b'x' { "y" } else { "x" };
    for (label, input, exit, message) in [
        ("unchanged", secret.clone(), 0, "allowed"),
        ("trailing LF", format!("{secret}\n"), 0, "allowed"),
        ("trailing CRLF", format!("{secret}\r\n"), 0, "allowed"),
        ("two trailing LFs", format!("{secret}\n\n"), 0, "allowed"),
        ("trailing space", format!("{secret} "), 0, "allowed"),
        ("byte order mark", format!("\u{feff}{secret}"), 0, "allowed"),
        ("twice", format!("{secret}\n{secret}\n"), 10, "use --find"),
        ("in a line of a log", format!("GET /?key={secret} 200"), 10, "use --find"),
        ("text behind it", format!("{secret}/x"), 10, "use --find"),
        ("one wrong character", with(20, other), 10, "refused"),
        ("Cyrillic а", with(20, "а"), 10, "position 21"),
        ("invalid character", with(20, "-"), 10, "position 21"),
        ("NUL", with(20, "\0"), 10, "position 21"),
        ("prefix of another kind", with(2, "u"), 10, "refused"),
        ("unknown prefix", with(2, "z"), 10, "use --find"),
        ("uppercase", secret.to_uppercase(), 10, "refused"),
        ("truncated", secret[..52].to_owned(), 10, "52 characters"),
        ("empty input", String::new(), 10, "empty"),
    ] {
        let output = env.run_with_input("verify", &input);
        assert_eq!((output.exit, output.stderr.as_str()), (exit, ""), "{label}: {output}");
        assert!(output.stdout.contains(message), "{label}: {output}");
        assert!(
            !output.stdout.contains(&secret[5..15]) && !output.stdout.contains(&secret[25..35]),
            "{label}"
        );
        // Only the holder of the secret learns the name.
        assert_eq!(output.stdout.contains("acme"), exit == 0, "{label}: {output}");
    }
    let output = env.run_words(&["verify".into()], b"\xff\xfe\x00\x80");
    assert_eq!(output.exit, 10);
}

#[test]
fn endless_stdin_is_rejected_after_a_bounded_read() {
    /// Endless input that counts the bytes read.
    struct Endless(u64);
    impl Read for Endless {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            bytes.fill(b'a');
            self.0 += bytes.len() as u64;
            assert!(self.0 < 1 << 30, "a gigabyte was read");
            Ok(bytes.len())
        }
    }
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    for (line, exit) in
        [("verify", 10), ("verify --headers", 10), ("verify --json", 10), ("key import -", 2)]
    {
        let (mut stdin, start) = (Endless(0), Instant::now());
        let output = env.run_reading(&words(line), &mut stdin);
        assert_eq!(output.exit, exit, "{line}: {output}");
        assert!(stdin.0 <= 128 * 1024, "{line} read {} bytes", stdin.0);
        assert!(start.elapsed() < Duration::from_secs(1), "{line}");
    }
}

#[test]
fn verify_answers_alike_for_unknown_and_other_accounts() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create acme --days 9");
    env.run_ok("account add second --id WWW-XXX-YYYZ");
    let other = env.run_with_input("verify --account WWW-XXX-YYYZ", &secret);
    let unknown = env.run_with_input("verify --account AAA-BBB-CCCZ", &secret);
    assert_eq!((other.exit, &other), (14, &unknown));
}

#[test]
fn expiry_is_exact_to_the_second() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create acme --days 1");
    env.advance_seconds(86_399);
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
    env.advance_seconds(1);
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 11
    -- stdout
    refused: acme, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (expired at 2026-11-23T06:00:00Z)
    ");
}
