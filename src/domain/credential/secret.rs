//! Secrets: how they are generated, parsed and redacted.
//!
//! A secret is `gp`, a letter for its kind, `_`, 43 base62 characters (256 bits), and the CRC-32 of all this in 6
//! base62 characters. Scanners find leaked secrets by the prefix. The checksum detects typos without a look at the
//! store.

use std::{borrow::Cow, fmt};

use rand::CryptoRng;
use zeroize::Zeroizing;

/// The number of characters of a secret.
pub const SECRET_LENGTH: usize = 53;
const RANDOM_PART: std::ops::Range<usize> = 4..47;
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// The prefix of keys that sign messages to apps (Standard Webhooks). Base64 follows.
const SIGNING_KEY_PREFIX: &str = "whsec_";
/// The number of characters after the prefix from which a text is redacted. It is low, so that mistyped secrets are
/// redacted too.
const MIN_REDACTED_LENGTH: usize = 16;

/// The kind of a secret. Its prefix never changes, since released secrets must stay readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// `gpa_`: an account passcode.
    AccountPasscode,
    /// `gpu_`: a user passcode.
    UserPasscode,
    /// `gpt_`: a token of an app for a district.
    Token,
    /// `gps_`: the client secret of an app.
    AppSecret,
    /// `gpc_`: a code with which a user claims a passcode.
    ClaimCode,
}

impl SecretKind {
    /// All kinds.
    pub const ALL: [Self; 5] =
        [Self::AccountPasscode, Self::UserPasscode, Self::Token, Self::AppSecret, Self::ClaimCode];

    /// The prefix of four characters.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::AccountPasscode => "gpa_",
            Self::UserPasscode => "gpu_",
            Self::Token => "gpt_",
            Self::AppSecret => "gps_",
            Self::ClaimCode => "gpc_",
        }
    }
}

/// A secret in memory. It is zeroed when dropped, has no `Display` and cannot be cloned. The characters stay in one place
/// on the heap, so that moves leave no copies.
pub struct Plaintext(Box<Zeroizing<[u8; SECRET_LENGTH]>>);

impl Plaintext {
    /// Generates a secret. Rejection sampling makes every character equally likely.
    pub fn generate(kind: SecretKind, entropy: &mut dyn CryptoRng) -> Self {
        let mut text = Box::new(Zeroizing::new([0; SECRET_LENGTH]));
        text[..4].copy_from_slice(kind.prefix().as_bytes());
        let mut pool = Zeroizing::new([0u8; 64]);
        let mut at = RANDOM_PART.start;
        while at < RANDOM_PART.end {
            entropy.fill_bytes(pool.as_mut());
            // 248 is the largest multiple of 62 in a byte. Larger values would make the first characters more likely.
            for byte in pool.iter().filter(|byte| **byte < 248).take(RANDOM_PART.end - at) {
                text[at] = ALPHABET[usize::from(*byte % 62)];
                at += 1;
            }
        }
        let sum = checksum(&text[..RANDOM_PART.end]);
        text[RANDOM_PART.end..].copy_from_slice(&sum);
        Self(text)
    }

    /// Parses a presented secret. Errors never contain its text.
    ///
    /// # Errors
    /// The text is not a secret. The error contains the position.
    pub fn parse(text: &[u8]) -> Result<Self, MalformedSecret> {
        if text.is_empty() {
            return Err(MalformedSecret::Empty);
        }
        if !SecretKind::ALL.iter().any(|kind| text.starts_with(kind.prefix().as_bytes())) {
            return Err(MalformedSecret::Prefix);
        }
        if let Some(at) = text.iter().skip(4).position(|byte| !byte.is_ascii_alphanumeric()) {
            return Err(MalformedSecret::Character { position: at + 5 });
        }
        if text.len() != SECRET_LENGTH {
            return Err(MalformedSecret::Length { length: text.len() });
        }
        let mut fixed = Box::new(Zeroizing::new([0; SECRET_LENGTH]));
        fixed.copy_from_slice(text);
        if checksum(&fixed[..RANDOM_PART.end]) != fixed[RANDOM_PART.end..] {
            return Err(MalformedSecret::Checksum);
        }
        Ok(Self(fixed))
    }

    /// The characters of the secret, for output and for the digest only.
    pub fn expose(&self) -> &[u8] {
        &**self.0
    }
}

impl fmt::Debug for Plaintext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plaintext(…)")
    }
}

/// Why a text is not a secret. Positions count bytes from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedSecret {
    /// The text is empty.
    #[error("the secret is empty")]
    Empty,
    /// The text does not start with a known prefix.
    #[error("not a gatepass secret (position 1)")]
    Prefix,
    /// A character cannot be part of a secret.
    #[error("invalid character at position {position}")]
    Character {
        /// The position of the character.
        position: usize,
    },
    /// The text is too short or too long.
    #[error("{length} characters instead of {SECRET_LENGTH}")]
    Length {
        /// The number of characters.
        length: usize,
    },
    /// The checksum does not match, which a typo explains.
    #[error("checksum mismatch: probably a typo (positions 5 to {SECRET_LENGTH})")]
    Checksum,
}

/// The keyed digest of a secret. The store holds it instead of the secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest(…)")
    }
}

/// Whether `text` contains something that looks like a secret.
pub fn contains_secret(text: &str) -> bool {
    secret_ranges(text).next().is_some()
}

/// Replaces everything in `text` that looks like a secret, mistyped ones included. For messages that repeat user input.
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut clean = String::new();
    let mut done = 0;
    for hidden in secret_ranges(text) {
        clean.push_str(&text[done..hidden.start]);
        clean.push('…');
        done = hidden.end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    clean.push_str(&text[done..]);
    Cow::Owned(clean)
}

/// The ranges of `text` that look like secrets, without their prefixes.
fn secret_ranges(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        while from + 4 + MIN_REDACTED_LENGTH <= bytes.len() {
            if let Some((prefix, can_follow)) = secret_start(&bytes[from..]) {
                let start = from + prefix;
                let run = bytes[start..].iter().take_while(|byte| can_follow(byte)).count();
                if run >= MIN_REDACTED_LENGTH {
                    from = start + run;
                    return Some(start..from);
                }
            }
            from += 1;
        }
        None
    })
}

/// Whether a byte can be part of a secret.
type BytePredicate = fn(&u8) -> bool;

/// Returns the length of the prefix if `bytes` starts like a secret, and a predicate for the bytes that can follow.
fn secret_start(bytes: &[u8]) -> Option<(usize, BytePredicate)> {
    if bytes.starts_with(SIGNING_KEY_PREFIX.as_bytes()) {
        let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(byte);
        return Some((SIGNING_KEY_PREFIX.len(), is_base64));
    }
    let prefix = bytes.get(..4)?;
    let is_known = SecretKind::ALL.iter().any(|kind| kind.prefix().as_bytes() == prefix);
    is_known.then_some((4, u8::is_ascii_alphanumeric as BytePredicate))
}

fn checksum(text: &[u8]) -> [u8; 6] {
    let mut rest = crc32fast::hash(text);
    let mut sum = [0; 6];
    for digit in sum.iter_mut().rev() {
        *digit = ALPHABET[(rest % 62) as usize];
        rest /= 62;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;

    fn secret(seed: u64) -> Plaintext {
        Plaintext::generate(
            SecretKind::AccountPasscode,
            &mut rand_chacha::ChaCha8Rng::seed_from_u64(seed),
        )
    }

    /// The prefixes of all texts that are redacted.
    fn prefixes() -> impl Iterator<Item = &'static str> {
        SecretKind::ALL.map(SecretKind::prefix).into_iter().chain([SIGNING_KEY_PREFIX])
    }

    #[test]
    fn texts_are_redacted_from_sixteen_characters_on() {
        for prefix in prefixes() {
            for (length, is_hidden) in [(0, false), (15, false), (16, true), (49, true), (99, true)]
            {
                let rest = "x".repeat(length);
                let hidden = if is_hidden { "…" } else { &rest };
                for (before, after) in [("", ""), ("a ", " b"), ("a", "#"), ("ä", "ö"), ("gp", ".")]
                {
                    let text = format!("{before}{prefix}{rest}{after}");
                    assert_eq!(contains_secret(&text), is_hidden, "{text}");
                    assert_eq!(redact(&text), format!("{before}{prefix}{hidden}{after}"));
                }
            }
        }
    }

    #[test]
    fn every_secret_of_a_text_is_redacted() {
        let secrets: Vec<String> =
            prefixes().map(|prefix| format!("{prefix}{}", "7".repeat(16))).collect();
        let hidden: Vec<String> = prefixes().map(|prefix| format!("{prefix}…")).collect();
        assert_eq!(redact(&secrets.join(" ")), hidden.join(" "));
        let two = format!("gpa_{0}gpt_{0}", "7".repeat(16));
        assert_eq!(redact(&two), "gpa_…_7777777777777777");
    }

    /// Secrets have letters and digits. Signing keys are in Base64, and some senders use its URL-safe alphabet.
    #[test]
    fn redacted_texts_end_with_their_alphabet() {
        for byte in (0..=127).filter(|byte: &u8| !byte.is_ascii_alphanumeric()) {
            let joined = format!("01234567{}89abcdef", char::from(byte));
            let is_base64 = b"+/-_=".contains(&byte);
            assert_eq!(contains_secret(&format!("whsec_{joined}")), is_base64, "{byte}");
            for kind in SecretKind::ALL {
                assert!(!contains_secret(&format!("{}{joined}", kind.prefix())), "{byte}");
            }
        }
        assert_eq!(redact("whsec_C2FVsBQIhrsc-lQIMV_b5sSY="), "whsec_…");
        assert_eq!(
            redact("x whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD/AbWPpLuD2U=, y"),
            "x whsec_…, y"
        );
    }

    #[test]
    fn secrets_match_the_scanner_pattern() {
        let text = String::from_utf8(secret(1).expose().to_vec()).unwrap();
        assert_eq!(text.len(), SECRET_LENGTH);
        assert!(
            text.starts_with("gpa_") && text[4..].bytes().all(|byte| byte.is_ascii_alphanumeric())
        );
        assert!(contains_secret(&format!("x {text} y")));
    }

    #[test]
    fn the_checksum_of_the_golden_secret_never_changes() {
        // Released secrets must stay readable. The first version generated this one.
        let golden = b"gpa_0000000000000000000000000000000000000000000";
        assert_eq!(std::str::from_utf8(&checksum(golden)).unwrap(), "09zkQF");
    }

    proptest! {
        #[test]
        fn generated_secrets_parse(seed: u64) {
            let generated = secret(seed);
            let read = Plaintext::parse(generated.expose()).unwrap();
            prop_assert_eq!(read.expose(), generated.expose());
        }

        #[test]
        fn a_wrong_character_fails_the_checksum(seed: u64, at in 0..SECRET_LENGTH, byte: u8) {
            let mut text = secret(seed).expose().to_vec();
            prop_assume!(text[at] != byte);
            // The checksum covers the prefix, so it also detects another kind.
            text[at] = byte;
            prop_assert!(Plaintext::parse(&text).is_err());
        }

        #[test]
        fn arbitrary_bytes_are_rejected(text: Vec<u8>) {
            let parsed = Plaintext::parse(&text);
            prop_assert!(parsed.is_err());
        }

        #[test]
        fn redacted_text_contains_no_secret(before in ".*", after in ".*", seed: u64) {
            let generated = secret(seed);
            let text = format!("{before}{}{after}", std::str::from_utf8(generated.expose()).unwrap());
            let clean = redact(&text);
            prop_assert!(!contains_secret(&clean) && !clean.contains(&text[before.len() + 4..before.len() + 40]));
        }
    }

    #[test]
    fn errors_name_the_position() {
        let wrong = |text: &str| Plaintext::parse(text.as_bytes()).unwrap_err();
        assert_eq!(wrong(""), MalformedSecret::Empty);
        assert_eq!(wrong("hello"), MalformedSecret::Prefix);
        assert_eq!(wrong("gpа_xyz"), MalformedSecret::Prefix);
        assert_eq!(wrong("gpa_ab-c"), MalformedSecret::Character { position: 7 });
        assert_eq!(wrong("gpa_abc"), MalformedSecret::Length { length: 7 });
    }

    #[test]
    fn characters_are_uniformly_distributed() {
        let mut counts = [0u32; 128];
        for seed in 0..4000 {
            secret(seed).expose()[RANDOM_PART]
                .iter()
                .for_each(|byte| counts[usize::from(*byte)] += 1);
        }
        let expected = 4000.0 * 43.0 / 62.0;
        let chi: f64 = ALPHABET
            .iter()
            .map(|byte| (f64::from(counts[usize::from(*byte)]) - expected).powi(2) / expected)
            .sum();
        // With 61 degrees of freedom, one fair generator in 10,000 exceeds 110. `byte % 62` without rejection gives
        // 190.
        assert!(chi < 110.0, "chi-square {chi}");
    }
}
