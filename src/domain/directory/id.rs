//! Ids: the public handles of credentials, apps and districts.

use std::fmt;

use rand::CryptoRng;

/// What a handle is of; it stands in its first three characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdPrefix {
    /// `pc_`: a passcode.
    Passcode,
    /// `tk_`: a token.
    Token,
    /// `lk_`: a legacy key.
    Legacy,
}

impl IdPrefix {
    const ALL: [Self; 3] = [Self::Passcode, Self::Token, Self::Legacy];

    /// The three characters that begin such an id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passcode => "pc_",
            Self::Token => "tk_",
            Self::Legacy => "lk_",
        }
    }

    /// The class of a text, and what follows its prefix.
    fn split(text: &str) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|class| Some((class, text.strip_prefix(class.as_str())?)))
    }
}

/// The public handle of a credential, such as `pc_4f1c…`: 12 random bytes, no part of any secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId {
    /// What it is of.
    pub prefix: IdPrefix,
    /// What tells it from all others, of any class.
    pub bytes: [u8; 12],
}

/// The characters of an id.
pub const CREDENTIAL_ID_LENGTH: usize = 27;

impl CredentialId {
    /// A new one.
    pub fn generate(prefix: IdPrefix, entropy: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 12];
        entropy.fill_bytes(&mut bytes);
        Self { prefix, bytes }
    }

    /// Reads a whole id.
    pub fn parse(text: &str) -> Option<Self> {
        let partial = PartialId::parse(text)?;
        (partial.nibbles == 24).then_some(Self { prefix: partial.prefix, bytes: partial.least })
    }

    /// The text of the id, without an allocation.
    pub fn to_ascii(self) -> [u8; CREDENTIAL_ID_LENGTH] {
        let mut text = [0; CREDENTIAL_ID_LENGTH];
        text[..3].copy_from_slice(self.prefix.as_str().as_bytes());
        text[3..].copy_from_slice(self.to_object_id().0.as_slice());
        text
    }

    /// The id without its prefix, as the routes that apps know have it.
    pub fn to_object_id(self) -> ObjectId {
        ObjectId(hex(self.bytes))
    }
}

impl fmt::Display for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(std::str::from_utf8(&self.to_ascii()).unwrap_or_default())
    }
}

impl fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The beginning of an id: at least four characters after its `_`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialId {
    /// What it is of.
    pub prefix: IdPrefix,
    /// The least id that begins so.
    pub least: [u8; 12],
    /// The greatest id that begins so.
    pub greatest: [u8; 12],
    nibbles: usize,
}

impl PartialId {
    /// Reads the beginning of an id, or a whole one.
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, hex) = IdPrefix::split(text)?;
        let fits = (4..=24).contains(&hex.len()) && hex.bytes().all(is_lower_hex);
        if !fits {
            return None;
        }
        let (mut least, mut greatest) = ([0; 12], [0xff; 12]);
        for (at, byte) in hex.bytes().enumerate() {
            let value = if byte.is_ascii_digit() { byte - b'0' } else { byte - b'a' + 10 };
            let (shift, keep) = if at % 2 == 0 { (4, 0x0f) } else { (0, 0xf0) };
            least[at / 2] = least[at / 2] & keep | value << shift;
            greatest[at / 2] = greatest[at / 2] & keep | value << shift;
        }
        Some(Self { prefix, least, greatest, nibbles: hex.len() })
    }

    /// Whether an id begins so.
    pub fn matches(&self, id: CredentialId) -> bool {
        id.prefix == self.prefix && (self.least..=self.greatest).contains(&id.bytes)
    }
}

/// The public handle of an app or a district: 24 hexadecimal digits, as its API has always had them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId([u8; 24]);

impl ObjectId {
    /// A new one.
    pub fn generate(entropy: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 12];
        entropy.fill_bytes(&mut bytes);
        Self(hex(bytes))
    }

    /// Reads 24 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: [u8; 24] = text.as_bytes().try_into().ok()?;
        digits.into_iter().all(is_lower_hex).then_some(Self(digits))
    }

    /// The id that these bytes are the digits of.
    pub fn from_bytes(bytes: [u8; 12]) -> Self {
        Self(hex(bytes))
    }

    /// The bytes that its digits are of.
    pub fn bytes(self) -> [u8; 12] {
        let value =
            |digit: u8| if digit.is_ascii_digit() { digit - b'0' } else { digit - b'a' + 10 };
        let mut bytes = [0; 12];
        for (byte, pair) in bytes.iter_mut().zip(self.0.chunks_exact(2)) {
            *byte = value(pair[0]) << 4 | value(pair[1]);
        }
        bytes
    }

    /// An id from digits that are those of one.
    pub(in crate::domain) fn from_digits(digits: [u8; 24]) -> Self {
        Self(digits)
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The credential of this class that has this id on the routes that apps know.
    pub fn to_credential_id(self, prefix: IdPrefix) -> Option<CredentialId> {
        CredentialId::parse(&format!("{}{}", prefix.as_str(), self.as_str()))
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The name under which an app's programs authenticate: 20 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId([u8; 20]);

impl ClientId {
    /// A new one.
    pub fn generate(entropy: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 10];
        entropy.fill_bytes(&mut bytes);
        Self(hex(bytes))
    }

    /// Reads 20 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: [u8; 20] = text.as_bytes().try_into().ok()?;
        digits.into_iter().all(is_lower_hex).then_some(Self(digits))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn hex<const BYTES: usize, const DIGITS: usize>(bytes: [u8; BYTES]) -> [u8; DIGITS] {
    let mut digits = [0; DIGITS];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
        pair[0] = b"0123456789abcdef"[usize::from(byte >> 4)];
        pair[1] = b"0123456789abcdef"[usize::from(byte & 15)];
    }
    digits
}

fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// Whether a text would be taken for an id or the beginning of one, of any class, or for that of an app, a client or a
/// district.
pub fn looks_like_id(text: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_handle = |class: IdPrefix| {
        text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(class.as_str()))
            && text.len() >= 7
            && is_hex(&text[3..])
    };
    IdPrefix::ALL.into_iter().any(is_handle) || (matches!(text.len(), 20 | 24) && is_hex(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn credential_ids_round_trip() {
        let id = CredentialId::generate(
            IdPrefix::Passcode,
            &mut rand_chacha::ChaCha8Rng::seed_from_u64(1),
        );
        assert_eq!(CredentialId::parse(&id.to_string()), Some(id));
        assert_eq!(id.to_string().len(), CREDENTIAL_ID_LENGTH);
        assert!(looks_like_id(&id.to_string()));
    }

    #[test]
    fn a_partial_id_covers_the_range_of_its_ids() {
        let partial = PartialId::parse("pc_01abc").unwrap();
        assert_eq!(partial.least[..4], [0x01, 0xab, 0xc0, 0]);
        assert_eq!(partial.greatest[..4], [0x01, 0xab, 0xcf, 0xff]);
        for bad in ["pc_01a", "pc_01AB", "pc_", "01abcd", "xx_01abcd", "pc_01abg"] {
            assert_eq!(PartialId::parse(bad), None, "{bad:?}");
        }
        assert_eq!(CredentialId::parse("pc_01abc"), None);
    }

    #[test]
    fn ids_with_another_prefix_are_different() {
        let id =
            CredentialId::generate(IdPrefix::Token, &mut rand_chacha::ChaCha8Rng::seed_from_u64(2));
        let partial = PartialId::parse(&id.to_string()[..9]).unwrap();
        assert!(partial.matches(id));
        assert!(!partial.matches(CredentialId { prefix: IdPrefix::Passcode, ..id }));
        assert_eq!(id.to_object_id().to_credential_id(IdPrefix::Token), Some(id));
        assert_eq!(id.to_string(), format!("tk_{}", id.to_object_id()));
    }

    #[test]
    fn object_and_client_ids_are_lower_case_hex() {
        let mut entropy = rand_chacha::ChaCha8Rng::seed_from_u64(3);
        let (object, client) = (ObjectId::generate(&mut entropy), ClientId::generate(&mut entropy));
        assert_eq!(ObjectId::parse(object.as_str()), Some(object));
        assert_eq!(ObjectId::from_bytes(object.bytes()), object);
        assert_eq!(ClientId::parse(client.as_str()), Some(client));
        assert!(looks_like_id(object.as_str()) && looks_like_id(client.as_str()));
        for bad in
            ["", "4fd43cc56d11340000000005x", "4FD43CC56D11340000000005", "4fd43cc56d113400000000"]
        {
            assert_eq!(ObjectId::parse(bad), None, "{bad:?}");
        }
    }
}
