//! Signing keys and signatures of Standard Webhooks 1.0.0: HMAC-SHA256 over id, timestamp and body.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use rand::CryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::domain::{instant::Instant, notice::MessageId};

/// The prefix of a signing key as text.
const PREFIX: &[u8] = b"whsec_";
/// The length of generated keys, in bytes.
const GENERATED_BYTES: usize = 32;
/// The limits on the length of a key, in bytes (Standard Webhooks, "Signature scheme").
const MIN_BYTES: usize = 24;
const MAX_BYTES: usize = 64;

/// The key that signs and verifies the messages to one receiver. It is zeroed when dropped, has no `Display` and cannot
/// be cloned.
pub struct SigningKey(Zeroizing<Vec<u8>>);

/// The text or the bytes are not a signing key. The error does not contain them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a signing key must be whsec_ followed by the base64 of {MIN_BYTES} to {MAX_BYTES} bytes")]
pub struct InvalidSigningKey;

impl SigningKey {
    /// Generates a key of 32 bytes.
    pub fn generate(entropy: &mut dyn CryptoRng) -> Self {
        let mut bytes = Zeroizing::new(vec![0; GENERATED_BYTES]);
        entropy.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// Creates a key from its bytes.
    ///
    /// # Errors
    /// There are fewer than 24 bytes, or more than 64.
    pub fn new(bytes: &[u8]) -> Result<Self, InvalidSigningKey> {
        if !(MIN_BYTES..=MAX_BYTES).contains(&bytes.len()) {
            return Err(InvalidSigningKey);
        }
        Ok(Self(Zeroizing::new(bytes.to_vec())))
    }

    /// Parses `whsec_` and Base64.
    ///
    /// # Errors
    /// The text is anything else.
    pub fn parse(text: &[u8]) -> Result<Self, InvalidSigningKey> {
        let digits = text.strip_prefix(PREFIX).ok_or(InvalidSigningKey)?;
        // The decoder needs room for whole groups, hence two bytes more. Longer keys do not fit.
        let mut bytes = Zeroizing::new([0; MAX_BYTES + 2]);
        let length =
            STANDARD.decode_slice(digits, &mut bytes[..]).map_err(|_| InvalidSigningKey)?;
        Self::new(&bytes[..length])
    }

    /// The bytes of the key, for sealing only.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The key as text, for the one time that it is shown.
    pub fn text(&self) -> Zeroizing<Vec<u8>> {
        let digits = self.0.len().div_ceil(3) * 4;
        let mut text = Zeroizing::new(vec![0; PREFIX.len() + digits]);
        let (prefix, rest) = text.split_at_mut(PREFIX.len());
        prefix.copy_from_slice(PREFIX);
        let written = STANDARD.encode_slice(&self.0[..], rest);
        assert!(written == Ok(digits), "base64 has four digits for three bytes");
        text
    }

    /// Returns the headers of a message: id, timestamp and signature.
    pub fn headers(&self, id: MessageId, at: Instant, body: &str) -> [(&'static str, String); 3] {
        let (id, timestamp) = (id.to_string(), at.unix());
        let signature = self.signature(&id, timestamp, body.as_bytes());
        [
            ("webhook-id", id),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", signature),
        ]
    }

    /// Returns `v1,` and the Base64 of the HMAC-SHA256 over `id.timestamp.body`.
    fn signature(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let Ok(mut state) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            unreachable!("HMAC takes keys of every length");
        };
        state.update(format!("{id}.{timestamp}.").as_bytes());
        state.update(body);
        format!("v1,{}", STANDARD.encode(state.finalize().into_bytes()))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;

    /// The test vector that the Standard Webhooks libraries share with Svix's "Verifying payloads manually".
    #[test]
    fn signature_matches_the_standard_webhooks_vector() {
        let key = SigningKey::parse(b"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = key.signature(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
        );
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn headers_carry_the_signed_values() {
        let key = SigningKey::new(&[7; 24]).unwrap();
        let (id, at) = (MessageId([0xab; 12]), Instant::from_unix(1_700_000_000));
        let headers = key.headers(id, at, "{}");
        let id = format!("msg_{}", "ab".repeat(12));
        let signature = key.signature(&id, 1_700_000_000, b"{}");
        let expected = [
            ("webhook-id", id),
            ("webhook-timestamp", "1700000000".to_owned()),
            ("webhook-signature", signature),
        ];
        assert_eq!(headers, expected);
    }

    #[test]
    fn keys_have_24_to_64_bytes_and_one_text_form() {
        for (length, is_valid) in [(0, false), (23, false), (24, true), (64, true), (65, false)] {
            assert_eq!(SigningKey::new(&vec![1; length]).is_ok(), is_valid, "{length}");
            let text = format!("whsec_{}", STANDARD.encode(vec![1; length]));
            assert_eq!(SigningKey::parse(text.as_bytes()).is_ok(), is_valid, "{text}");
        }
        let long = format!("whsec_{}", "A".repeat(4_000));
        for bad in
            ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwj", &long]
        {
            assert_eq!(SigningKey::parse(bad.as_bytes()).err(), Some(InvalidSigningKey), "{bad}");
        }
        // Missing padding, the URL-safe alphabet and trailing bytes are refused.
        let text = format!("whsec_{}", STANDARD.encode([0xff; 25]));
        for bad in
            [text.trim_end_matches('=').to_owned(), text.replace('/', "_"), format!("{text}\n")]
        {
            assert_eq!(SigningKey::parse(bad.as_bytes()).err(), Some(InvalidSigningKey), "{bad}");
        }
    }

    #[test]
    fn keys_depend_only_on_the_entropy() {
        let make = |seed| SigningKey::generate(&mut rand_chacha::ChaCha8Rng::seed_from_u64(seed));
        assert_eq!(make(1).expose(), make(1).expose());
        assert_ne!(make(1).expose(), make(2).expose());
        assert_eq!(make(1).expose().len(), GENERATED_BYTES);
    }

    #[test]
    fn debug_output_hides_the_key() {
        assert_eq!(format!("{:?}", SigningKey::new(&[7; 32]).unwrap()), "SigningKey(…)");
    }

    proptest! {
        #[test]
        fn key_text_round_trips(bytes in prop::collection::vec(any::<u8>(), MIN_BYTES..=MAX_BYTES)) {
            let text = SigningKey::new(&bytes).unwrap().text();
            prop_assert!(text.starts_with(b"whsec_"));
            let read = SigningKey::parse(&text).unwrap();
            prop_assert_eq!(read.expose(), &bytes);
        }
    }
}
