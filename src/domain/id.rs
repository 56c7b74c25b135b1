//! Ids: the public handles of credentials.

use std::fmt;

use rand::CryptoRng;

/// The public handle of a credential, such as `pc_4f1c…`: 12 random bytes, no part of any secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId(pub [u8; 12]);

/// What ids of passcodes begin with.
pub const PASSCODE_PREFIX: &str = "pc_";
/// The characters of an id.
pub const ID_LENGTH: usize = 27;

impl CredentialId {
    /// A new one.
    pub fn generate(entropy: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 12];
        entropy.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// Reads a whole id.
    pub fn parse(text: &str) -> Option<Self> {
        let prefix = IdPrefix::parse(text)?;
        (prefix.nibbles == 24).then_some(Self(prefix.least))
    }

    /// The text of the id, without an allocation.
    pub fn text(self) -> [u8; ID_LENGTH] {
        let mut text = [0; ID_LENGTH];
        text[..3].copy_from_slice(PASSCODE_PREFIX.as_bytes());
        for (pair, byte) in text[3..].chunks_exact_mut(2).zip(self.0) {
            pair[0] = b"0123456789abcdef"[usize::from(byte >> 4)];
            pair[1] = b"0123456789abcdef"[usize::from(byte & 15)];
        }
        text
    }
}

impl fmt::Display for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(std::str::from_utf8(&self.text()).unwrap_or_default())
    }
}

impl fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The beginning of an id: at least four characters after its `_`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdPrefix {
    /// The least id that begins so.
    pub least: [u8; 12],
    /// The greatest id that begins so.
    pub greatest: [u8; 12],
    nibbles: usize,
}

impl IdPrefix {
    /// Reads the beginning of an id, or a whole one.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix(PASSCODE_PREFIX)?.as_bytes();
        let fits = (4..=24).contains(&hex.len())
            && hex.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !fits {
            return None;
        }
        let (mut least, mut greatest) = ([0; 12], [0xff; 12]);
        for (at, byte) in hex.iter().enumerate() {
            let value = if byte.is_ascii_digit() { byte - b'0' } else { byte - b'a' + 10 };
            let (shift, keep) = if at % 2 == 0 { (4, 0x0f) } else { (0, 0xf0) };
            least[at / 2] = least[at / 2] & keep | value << shift;
            greatest[at / 2] = greatest[at / 2] & keep | value << shift;
        }
        Some(Self { least, greatest, nibbles: hex.len() })
    }
}

/// Whether a text would be taken for an id or the beginning of one, of any kind there is or will be.
pub fn looks_like_id(text: &str) -> bool {
    ["pc_", "tk_", "lk_"].iter().any(|prefix| {
        text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && text.len() >= 7
            && text[3..].bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn ids_are_read_as_they_are_written() {
        let id = CredentialId::generate(&mut rand_chacha::ChaCha8Rng::seed_from_u64(1));
        assert_eq!(CredentialId::parse(&id.to_string()), Some(id));
        assert_eq!(id.to_string().len(), ID_LENGTH);
        assert!(looks_like_id(&id.to_string()));
    }

    #[test]
    fn the_beginning_of_an_id_spans_those_that_begin_so() {
        let prefix = IdPrefix::parse("pc_01abc").unwrap();
        assert_eq!(prefix.least[..4], [0x01, 0xab, 0xc0, 0]);
        assert_eq!(prefix.greatest[..4], [0x01, 0xab, 0xcf, 0xff]);
        for bad in ["pc_01a", "pc_01AB", "pc_", "01abcd", "tk_01abcd", "pc_01abg"] {
            assert_eq!(IdPrefix::parse(bad), None, "{bad:?}");
        }
        assert_eq!(CredentialId::parse("pc_01abc"), None);
    }
}
