//! Public ids of credentials, apps and districts. They are no secrets and are safe in logs.

use std::fmt;

use rand::CryptoRng;

/// The prefix of a credential's id, which shows its class.
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

    /// The prefix of three characters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passcode => "pc_",
            Self::Token => "tk_",
            Self::Legacy => "lk_",
        }
    }

    /// Splits a text into its prefix and the rest. `None` if the prefix is unknown.
    fn split(text: &str) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|prefix| Some((prefix, text.strip_prefix(prefix.as_str())?)))
    }
}

/// The public id of a credential, such as `pc_4f1c…`: 12 random bytes, unrelated to the secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId {
    /// The prefix, which shows the class of the credential.
    pub prefix: IdPrefix,
    /// The random bytes. They are unique across all classes.
    pub bytes: [u8; 12],
}

/// The number of characters of a credential's id.
pub const CREDENTIAL_ID_LENGTH: usize = 27;

impl CredentialId {
    /// Generates a random id.
    pub fn generate(prefix: IdPrefix, entropy: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 12];
        entropy.fill_bytes(&mut bytes);
        Self { prefix, bytes }
    }

    /// Parses a complete id.
    pub fn parse(text: &str) -> Option<Self> {
        let partial = PartialId::parse(text)?;
        (partial.nibbles == 24).then_some(Self { prefix: partial.prefix, bytes: partial.least })
    }

    /// The id as ASCII text, without an allocation.
    pub fn to_ascii(self) -> [u8; CREDENTIAL_ID_LENGTH] {
        let mut text = [0; CREDENTIAL_ID_LENGTH];
        text[..3].copy_from_slice(self.prefix.as_str().as_bytes());
        text[3..].copy_from_slice(self.to_object_id().0.as_slice());
        text
    }

    /// The id without its prefix, as routes for apps contain it.
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

/// A prefix of a credential's id with at least four characters after `_`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialId {
    /// The prefix, which shows the class of the credential.
    pub prefix: IdPrefix,
    /// The lowest id that starts with it.
    pub least: [u8; 12],
    /// The highest id that starts with it.
    pub greatest: [u8; 12],
    nibbles: usize,
}

impl PartialId {
    /// Parses the start of an id, or a complete id.
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, hex) = IdPrefix::split(text)?;
        let is_valid = (4..=24).contains(&hex.len()) && hex.bytes().all(is_lower_hex);
        if !is_valid {
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

    /// Whether `id` starts with it.
    pub fn matches(&self, id: CredentialId) -> bool {
        id.prefix == self.prefix && (self.least..=self.greatest).contains(&id.bytes)
    }
}

/// The public id of an app or a district: 24 hexadecimal digits, the format that the API has always used.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId([u8; 24]);

impl ObjectId {
    /// Generates a random id.
    pub fn generate(entropy: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 12];
        entropy.fill_bytes(&mut bytes);
        Self(hex(bytes))
    }

    /// Parses 24 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: [u8; 24] = text.as_bytes().try_into().ok()?;
        digits.into_iter().all(is_lower_hex).then_some(Self(digits))
    }

    /// Creates the id whose digits encode `bytes`.
    pub fn from_bytes(bytes: [u8; 12]) -> Self {
        Self(hex(bytes))
    }

    /// The bytes that the digits encode.
    pub fn bytes(self) -> [u8; 12] {
        let value =
            |digit: u8| if digit.is_ascii_digit() { digit - b'0' } else { digit - b'a' + 10 };
        let mut bytes = [0; 12];
        for (byte, pair) in bytes.iter_mut().zip(self.0.chunks_exact(2)) {
            *byte = value(pair[0]) << 4 | value(pair[1]);
        }
        bytes
    }

    /// Creates an id from digits that were validated before.
    pub(in crate::domain) fn from_digits(digits: [u8; 24]) -> Self {
        Self(digits)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The id of the credential of this class whose digits these are. Routes for apps omit the prefix.
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

/// The client id with which an app authenticates: 20 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId([u8; 20]);

impl ClientId {
    /// Generates a random id.
    pub fn generate(entropy: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 10];
        entropy.fill_bytes(&mut bytes);
        Self(hex(bytes))
    }

    /// Parses 20 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: [u8; 20] = text.as_bytes().try_into().ok()?;
        digits.into_iter().all(is_lower_hex).then_some(Self(digits))
    }

    /// The id as text.
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

/// Whether a text looks like the id of a credential, or the start of one, or like the id of an app, a client or a
/// district. Names must not look like ids.
pub fn looks_like_id(text: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_handle = |prefix: IdPrefix| {
        text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_str()))
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
