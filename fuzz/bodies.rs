//! The bodies of the fuzz targets: functions that take any bytes and panic if an assertion fails.
//!
//! `fuzz/run` runs them on nightly. `tests/it/fuzz.rs` runs them on stable, with the committed corpora and generated input.

#![allow(dead_code, reason = "each fuzz target uses one of the functions")]

use std::collections::HashSet;

use gatepass::{
    commands::args::import::{
        columns::ColumnArgs,
        users::{self, LifetimeDefaults},
    },
    config,
    domain::{
        credential::{
            lifetime::{Expiry, Lifetime},
            secret::{Plaintext, SECRET_LENGTH, SecretKind, contains_secret, redact},
        },
        directory::{
            id::{CredentialId, PartialId},
            name::{
                Email, MAX_EMAIL_LENGTH, MAX_NAME_LENGTH, MAX_NOTE_LENGTH, Name, Note, TextError,
                fold,
            },
            reference::Reference,
        },
        duration::Duration,
        instant::{DAY, DayEdge, Instant},
        request::PresentedCredential,
    },
    ops::credential::grant_user::{GrantUserRequest, UserEntry},
};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

pub type Body = fn(&[u8]);

/// Every target with its body.
pub const TARGETS: [(&str, Body); 6] = [
    ("config", config),
    ("durations_and_dates", durations_and_dates),
    ("headers", headers),
    ("import", import),
    ("names", names),
    ("secret", secret),
];

const ACCOUNT: &str = "948-4KK-444Z";

/// Returns the present for all bodies: 2026-11-22T06:00:00Z.
fn now() -> Instant {
    Instant::from_unix(1_795_327_200)
}

/// Tests `Plaintext::parse` and `PresentedCredential::from_secret`.
pub fn secret(data: &[u8]) {
    match Plaintext::parse(data) {
        Ok(read) => {
            assert_eq!(read.expose(), data);
            assert_eq!(data.len(), SECRET_LENGTH);
            let text = std::str::from_utf8(data).expect("a secret is ASCII");
            assert!(contains_secret(text) && !contains_secret(&redact(text)));
        }
        Err(why) => assert_reveals_nothing(&why.to_string(), data.len()),
    }
    let line = data.strip_suffix(b"\n").unwrap_or(data);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    assert_eq!(PresentedCredential::from_secret(data).is_ok(), Plaintext::parse(line).is_ok());

    // The data selects a secret and a byte of it to change.
    let choice = |at: usize| data.get(at).copied().unwrap_or_default();
    let mut text = secret_from(u64::from(choice(0)) << 8 | u64::from(choice(1)));
    let (at, byte) = (usize::from(choice(2)) % SECRET_LENGTH, choice(3));
    let is_changed = text[at] != byte;
    text[at] = byte;
    assert_eq!(Plaintext::parse(&text).is_err(), is_changed, "position {at}, byte {byte}");
}

/// Panics unless a message about a secret is one of these sentences, which differ only in positions and lengths.
fn assert_reveals_nothing(message: &str, length: usize) {
    const SENTENCES: [&str; 5] = [
        "the secret is empty",
        "not a gatepass secret (position #)",
        "invalid character at position #",
        "# characters instead of #",
        "checksum mismatch: probably a typo (positions # to #)",
    ];
    let mut sentence = String::new();
    for part in message.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let number = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        if !number.is_empty() {
            let number: usize = number.parse().expect("a number");
            assert!(number <= length.max(SECRET_LENGTH), "{message}");
            sentence.push('#');
        }
        sentence.push_str(&part[number.len()..]);
    }
    assert!(SENTENCES.contains(&sentence.as_str()), "{sentence}");
}

fn secret_from(seed: u64) -> Vec<u8> {
    let mut entropy = ChaCha8Rng::seed_from_u64(seed);
    Plaintext::generate(SecretKind::AccountPasscode, &mut entropy).expose().to_vec()
}

/// Tests `PresentedCredential::from_header_block`.
pub fn headers(data: &[u8]) {
    let is_from_curl = data.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"> "));
    let line = |text: &str| format!("{}{text}\r\n", if is_from_curl { "> " } else { "" });
    match PresentedCredential::from_header_block(data) {
        Ok(presented) => {
            let secret = presented.secret.expose();
            assert!(data.windows(SECRET_LENGTH).any(|window| window == secret));
            let shown = format!("{presented:?}");
            assert!(!contains_secret(&shown), "{shown}");
            // A second secret of any kind is an error.
            for second in
                ["X-CleverTap-Passcode: x", "authorization: Bearer x", "x_clevertap-passcode: x"]
            {
                let more = [line(second).as_bytes(), data].concat();
                assert!(PresentedCredential::from_header_block(&more).is_err(), "{second}");
            }
        }
        Err(refusal) => {
            if let Some(why) = refusal.malformed {
                assert_reveals_nothing(&why.to_string(), data.len());
            }
        }
    }
    // Line endings make no difference.
    if !data.contains(&b'\r') {
        let mut other = Vec::with_capacity(data.len() * 2);
        for byte in data {
            other.extend_from_slice(if *byte == b'\n' {
                b"\r\n"
            } else {
                std::slice::from_ref(byte)
            });
        }
        let reason = |block: &[u8]| PresentedCredential::from_header_block(block).map(drop);
        assert_eq!(reason(data), reason(&other));
    }
    // Other headers can invalidate a request, but never change its secret.
    let secret = String::from_utf8(secret_from(7)).expect("a secret is ASCII");
    let valid = line(&format!("X-CleverTap-Account-Id: {ACCOUNT}"))
        + &line(&format!("X-CleverTap-Passcode: {secret}"));
    for block in [[valid.as_bytes(), data].concat(), [data, b"\n", valid.as_bytes()].concat()] {
        if let Ok(presented) = PresentedCredential::from_header_block(&block) {
            let is_same = presented.secret.expose() == secret.as_bytes();
            assert!(is_same || PresentedCredential::from_header_block(data).is_ok());
        }
    }
}

/// Tests the parsers of days, durations, dates and instants.
pub fn durations_and_dates(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let range = Duration::ZERO..=Duration::days(36_500);
    match Duration::parse(text, range.clone()) {
        Ok(duration) => {
            assert!(range.contains(&duration) && duration.seconds() % 3600 == 0);
            assert_eq!(Duration::parse(&duration.short(), range.clone()), Ok(duration));
            let is_whole = Duration::parse_whole_days(text, range).is_ok();
            assert_eq!(is_whole, duration.seconds() % DAY == 0);
        }
        Err(why) => assert!(why.to_string().is_ascii()),
    }
    match Lifetime::parse_duration(text) {
        Ok(lifetime) => {
            let seconds = lifetime.seconds().expect("a duration");
            assert!((3600..=365 * DAY).contains(&seconds));
            assert_eq!(lifetime.expiry(now()), Ok(Expiry::At(now().plus(seconds))));
        }
        Err(why) => assert!(why.to_string().is_ascii()),
    }
    let starts = Instant::parse(text, DayEdge::Start);
    match (Lifetime::parse_until(text), starts) {
        (Ok(Lifetime::Until(end)), Ok(start)) => {
            assert!((0..=DAY).contains(&end.since(start)));
            assert!((Instant::EPOCH..=Instant::MAX).contains(&start) && end <= Instant::MAX);
            let again = end.to_string();
            assert_eq!(Lifetime::parse_until(&again), Ok(Lifetime::Until(end)));
            assert_eq!(again.as_bytes(), end.rfc3339_bytes());
            match Lifetime::Until(end).expiry(now()) {
                Ok(expiry) => {
                    assert_eq!(expiry, Expiry::At(end));
                    assert!((1..=365 * DAY).contains(&end.since(now())));
                }
                Err(why) => {
                    assert!(!(1..=365 * DAY).contains(&end.since(now())), "{why}");
                }
            }
        }
        (Err(left), Err(right)) => assert_ne!(left.edge, right.edge),
        other => panic!("the start and the end of a date differ: {other:?}"),
    }
}

/// Tests the parser of the configuration file.
pub fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Err(error) = config::file::parse(text) else { return };
    let lines: Vec<&str> = text.split('\n').collect();
    assert!((1..=lines.len()).contains(&error.line), "{error}");
    let length = lines[error.line - 1].chars().count();
    assert!((1..=length + 1).contains(&error.column), "{error}");
    assert!(!error.to_string().contains(char::is_control), "{error:?}");
}

/// Tests the parser of the CSV file of `grant-user --from`.
pub fn import(data: &[u8]) {
    let parse = |bytes: &[u8], lifetime| {
        users::parse(bytes, &ColumnArgs::default(), LifetimeDefaults { lifetime, now: now() })
    };
    let (grants, errors) = parse(data, Some(Lifetime::For(Duration::days(30))));
    let users: HashSet<String> = grants.iter().map(|grant| grant.request.email.folded()).collect();
    assert_eq!(users.len(), grants.len());
    for UserEntry { request, .. } in &grants {
        assert!(matches!(request.lifetime.expiry(now()), Ok(Expiry::At(end)) if end > now()));
    }
    let (again, _) = parse(&as_csv(&grants), None);
    let requests = |entries: &[UserEntry]| -> Vec<_> {
        entries.iter().map(|entry| entry.request.clone()).collect()
    };
    assert_eq!(requests(&again), requests(&grants), "an imported list can be exported");
    for error in errors.lines {
        let message = error.to_string();
        assert!(message.starts_with("line ") && !contains_secret(&message), "{message}");
        let is_plain = |c: char| !c.is_control();
        assert!(message.chars().all(is_plain) && message.chars().count() < 800, "{message:?}");
    }
}

fn as_csv(grants: &[UserEntry]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(users::COLUMNS).expect("memory");
    for UserEntry { request: GrantUserRequest { email, note, lifetime }, .. } in grants {
        let lifetime = match lifetime {
            Lifetime::For(duration) => duration.short(),
            Lifetime::Until(end) => end.to_string(),
            Lifetime::Infinite => "infinite".to_owned(),
            Lifetime::Forever => panic!("a user passcode always expires"),
        };
        let note = note.as_ref().map_or("", Note::as_str);
        writer.write_record([email.as_str(), &lifetime, note]).expect("memory");
    }
    writer.into_inner().expect("memory")
}

/// Tests names, notes, addresses and their lookup keys.
pub fn names(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Name::parse(text) {
        Ok(name) => {
            assert_visible(name.as_str(), MAX_NAME_LENGTH);
            assert_eq!(Name::parse(name.as_str()).as_ref(), Ok(&name));
            assert_eq!(fold(text), name.folded());
            // A name is never mistaken for an id.
            let reference = Reference::parse(name.as_str()).expect("a name is no secret");
            assert_eq!(reference.folded(), name.folded());
            assert!(CredentialId::parse(name.as_str()).is_none());
            assert!(PartialId::parse(name.as_str()).is_none());
        }
        Err(why) => assert_text_not_shown(&why),
    }
    match Note::parse(text) {
        Ok(note) => {
            assert_visible(note.as_str(), MAX_NOTE_LENGTH);
            assert_eq!(Note::parse(note.as_str()), Ok(note));
        }
        Err(why) => assert_text_not_shown(&why),
    }
    match Email::parse(text) {
        Ok(email) => {
            assert_visible(email.as_str(), MAX_EMAIL_LENGTH);
            assert_eq!(Email::parse(email.as_str()).as_ref(), Ok(&email));
            let (local, host) = email.as_str().split_once('@').expect("an address has an @");
            assert!(!local.is_empty() && !host.is_empty() && !host.contains('@'));
        }
        Err(why) => assert_text_not_shown(&why),
    }
    // The case of ASCII letters makes no difference.
    let key = fold(text);
    assert_eq!(key, fold(&text.to_ascii_uppercase()));
    assert_eq!(key, fold(&text.to_ascii_lowercase()));
    assert_eq!(key, fold(&key), "folding is idempotent");
    let clean = redact(text);
    assert!(!contains_secret(&clean) && (contains_secret(text) || clean == text));
}

fn assert_visible(text: &str, limit: usize) {
    assert!((1..=limit).contains(&text.chars().count()));
    assert!(!text.contains(char::is_control) && text.trim() == text && !contains_secret(text));
}

/// Panics if an error contains a part of the text. Positions and code points are allowed.
fn assert_text_not_shown(why: &TextError) {
    let message = why.to_string();
    assert!(message.is_ascii() && message.len() < 200, "{message}");
    assert!(!contains_secret(&message));
}
