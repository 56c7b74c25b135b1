//! One key per purpose, derived from the master key by HKDF-SHA256 (RFC 5869).
//!
//! Salt and labels must never change: every existing store depends on them. Tests compare the derived keys with golden
//! values.

use std::fmt;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use rand::CryptoRng;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

use crate::domain::{credential::secret::Digest, directory::id::ObjectId};

const SALT: &[u8] = b"gatepass key derivation v1";
const LOOKUP: &[u8] = b"gatepass lookup v1";
const ROW: &[u8] = b"gatepass row v1";
const SUM: &[u8] = b"gatepass sum v1";
const AUDIT: &[u8] = b"gatepass audit v1";
const LOG: &[u8] = b"gatepass log v1";
const CHECK: &[u8] = b"gatepass check v1";
const WEBHOOK: &[u8] = b"gatepass webhook v1";
const FINGERPRINT: &[u8] = b"gatepass fingerprint v1";

/// The master key: 32 random bytes from which all other keys are derived. It is zeroed when dropped, has no `Display`
/// and cannot be cloned.
pub struct MasterKey(Box<[u8; 32]>);

impl PartialEq for MasterKey {
    fn eq(&self, other: &Self) -> bool {
        constant_time_eq(&*self.0, &*other.0)
    }
}

impl MasterKey {
    /// Generates a master key.
    pub fn generate(entropy: &mut dyn CryptoRng) -> Self {
        let mut key = Self::zero();
        entropy.fill_bytes(key.0.as_mut_slice());
        key
    }

    /// Returns eight hexadecimal digits that identify the master key. Safe in output and logs.
    pub fn fingerprint(&self) -> String {
        let tag: Zeroizing<[u8; 4]> = expand(&Hkdf::new(Some(SALT), self.bytes()), FINGERPRINT);
        format!("{:08x}", u32::from_be_bytes(*tag))
    }

    /// A key of zeros, to be filled in place. The bytes stay in one place on the heap, so that moves leave no copies.
    pub(super) fn zero() -> Self {
        Self(Box::new([0; 32]))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

impl Drop for MasterKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// The derived keys.
pub struct Keys {
    /// Computes the digests that secrets are found by.
    pub lookup: LookupKey,
    /// Computes the MACs of rows.
    pub row: RowKey,
    /// Masks the sums over the rows of tables.
    pub sum: SumKey,
    /// Computes the MACs of audit records.
    pub audit: AuditKey,
    /// Computes fingerprints for the log.
    pub log: LogKey,
    /// Derives the keys that sign webhook messages.
    pub webhook: WebhookKey,
    check: [u8; 16],
}

impl Keys {
    /// Derives all keys from `master`.
    pub fn derive(master: &MasterKey) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(SALT), master.bytes());
        let prepared = |label| HmacState::new(&expand::<32>(&hkdf, label)[..]);
        Self {
            lookup: LookupKey(prepared(LOOKUP)),
            row: RowKey(prepared(ROW)),
            sum: SumKey(prepared(SUM)),
            audit: AuditKey(prepared(AUDIT)),
            log: LogKey(prepared(LOG)),
            webhook: WebhookKey(prepared(WEBHOOK)),
            check: *expand(&hkdf, CHECK),
        }
    }

    /// Returns the keyed digest of a secret, which the store holds instead of the secret.
    pub fn digest(&self, secret: &[u8]) -> Digest {
        Digest(self.lookup.digest(secret))
    }

    /// The value by which a store recognises its key. It reveals nothing about the other keys.
    pub fn check_value(&self) -> [u8; 16] {
        self.check
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(..)")
    }
}

/// The key for digests of secrets.
pub struct LookupKey(HmacState);

impl LookupKey {
    /// Returns the digest of a secret: HMAC-SHA256.
    pub fn digest(&self, secret: &[u8]) -> [u8; 32] {
        self.0.mac(secret)
    }
}

/// The key for MACs of rows.
pub struct RowKey(HmacState);

impl RowKey {
    /// Returns the HMAC-SHA256 of a row's encoded fields: first the 16 bytes of the row's MAC (truncated as in RFC 2104,
    /// section 5), then 16 bytes that are stored nowhere.
    pub fn mac(&self, fields: &[u8]) -> ([u8; 16], [u8; 16]) {
        let whole = self.0.mac(fields);
        let (mac, rest) = whole.split_at(16);
        (first_bytes(mac), first_bytes(rest))
    }
}

/// The key that masks sums.
pub struct SumKey(HmacState);

impl SumKey {
    /// Returns the nonce for these sums: other sums have another nonce, and the same sums always have the same.
    pub fn nonce(&self, sums: &[u8]) -> [u8; 16] {
        let mut state = self.0.0.clone();
        state.update(b"n");
        state.update(sums);
        first_bytes(&state.finalize().into_bytes())
    }

    /// Returns 32 bytes of the key stream of a nonce: its block with this number.
    pub fn mask(&self, nonce: &[u8; 16], block: u8) -> [u8; 32] {
        let mut state = self.0.0.clone();
        state.update(b"m");
        state.update(nonce);
        state.update(&[block]);
        state.finalize().into_bytes().into()
    }
}

/// The key for MACs of audit records.
pub struct AuditKey(HmacState);

impl AuditKey {
    /// Returns the MAC of an encoded audit record: HMAC-SHA256 truncated to 16 bytes (RFC 2104, section 5).
    pub fn mac(&self, record: &[u8]) -> [u8; 16] {
        first_bytes(&self.0.mac(record))
    }
}

/// The key for fingerprints in the log.
pub struct LogKey(HmacState);

impl LogKey {
    /// Returns eight bytes that identify a secret in the log, which must not contain the secret.
    pub fn fingerprint(&self, secret: &[u8]) -> [u8; 8] {
        first_bytes(&self.0.mac(secret))
    }
}

/// The key from which signing keys of webhooks are derived. None of them is stored.
pub struct WebhookKey(HmacState);

impl WebhookKey {
    /// Returns the signing key of an app's webhook: HMAC-SHA256 over the app's id and the generation.
    pub fn signing_key(&self, app: ObjectId, generation: u32) -> Zeroizing<[u8; 32]> {
        let mut name = [0; 28];
        name[..24].copy_from_slice(app.as_str().as_bytes());
        name[24..].copy_from_slice(&generation.to_be_bytes());
        Zeroizing::new(self.0.mac(&name))
    }
}

/// Whether two byte strings are equal. The time depends on their lengths only.
pub fn constant_time_eq(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

/// A keyed HMAC state. Cloning it saves the key schedule.
struct HmacState(Hmac<Sha256>);

impl HmacState {
    fn new(key: &[u8]) -> Self {
        // HMAC accepts keys of every length.
        match Hmac::new_from_slice(key) {
            Ok(state) => Self(state),
            Err(_) => unreachable!("HMAC takes keys of every length"),
        }
    }

    fn mac(&self, data: &[u8]) -> [u8; 32] {
        let mut state = self.0.clone();
        state.update(data);
        state.finalize().into_bytes().into()
    }
}

/// The second step of HKDF-SHA256. It can only fail for more than 8160 bytes.
fn expand<const N: usize>(hkdf: &Hkdf<Sha256>, label: &[u8]) -> Zeroizing<[u8; N]> {
    const { assert!(N <= 8160) };
    let mut key = Zeroizing::new([0; N]);
    let expanded = hkdf.expand(label, &mut key[..]);
    assert!(expanded.is_ok(), "HKDF-SHA256 gives up to 8160 bytes");
    key
}

fn first_bytes<const N: usize>(whole: &[u8]) -> [u8; N] {
    let mut part = [0; N];
    part.copy_from_slice(&whole[..N]);
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn sequential_key() -> MasterKey {
        let mut key = MasterKey::zero();
        for (byte, value) in key.bytes_mut().iter_mut().zip(0..) {
            *byte = value;
        }
        key
    }

    #[test]
    fn expand_is_hkdf_of_rfc_5869() {
        let salt: Vec<u8> = (0x00..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let key: Zeroizing<[u8; 42]> = expand(&Hkdf::new(Some(&salt), &[0x0b; 22]), &info);
        assert_eq!(
            hex(&key[..]),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        );
    }

    #[test]
    fn macs_are_hmac_of_rfc_4231() {
        let data = b"what do ya want for nothing?";
        let whole = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex(&LookupKey(HmacState::new(b"Jefe")).digest(data)), whole);
        assert_eq!(hex(&AuditKey(HmacState::new(b"Jefe")).mac(data)), whole[..32]);
        let (mac, rest) = RowKey(HmacState::new(b"Jefe")).mac(data);
        assert_eq!(hex(&mac) + &hex(&rest), whole);
        assert_eq!(hex(&LogKey(HmacState::new(b"Jefe")).fingerprint(data)), whole[..16]);
        let long = RowKey(HmacState::new(&[0xaa; 131]));
        let data = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(hex(&long.mac(data).0), "60e431591ee0b67f0d8a26aacbf5b77f");
    }

    /// Golden values from another implementation. If one of them changes, no existing store can be opened.
    #[test]
    fn derived_keys_never_change() {
        let master = sequential_key();
        let keys = Keys::derive(&master);
        assert_eq!(
            hex(&keys.lookup.digest(b"abc")),
            "b34dff7528dcb0603b166d54c1306f2199cf9c7aa4a7b135e78eb9e3930b9cae"
        );
        assert_eq!(hex(&keys.row.mac(b"abc").0), "3aedb6176f8d91be807f9ebb96feaec9");
        assert_eq!(hex(&keys.sum.nonce(b"abc")), "ec08d07ce8c03b7cdfe45151ff30e027");
        assert_eq!(
            hex(&keys.sum.mask(&[7; 16], 1)),
            "32392dc702d7de0367a8c9cd76efae715d6e05faab12f7efc73996906281e211"
        );
        assert_eq!(hex(&keys.audit.mac(b"abc")), "45da8f61c54470f02ea3521e2bf54aa9");
        assert_eq!(hex(&keys.log.fingerprint(b"abc")), "ad9d24f1accdc4ce");
        let app = ObjectId::parse("0123456789abcdef01234567").unwrap();
        assert_eq!(
            hex(&keys.webhook.signing_key(app, 7)[..]),
            "15c820123422b54ed022314e26273a7f88d9a9ed1e2a674fd69adac38ff6726a"
        );
        assert_eq!(hex(&keys.check_value()), "db56406f1649b4e6125fcecedc75e2f0");
        assert_eq!(master.fingerprint(), "ef8c0d40");
    }

    #[test]
    fn generated_keys_depend_only_on_the_entropy() {
        let make = |seed| MasterKey::generate(&mut ChaCha20Rng::seed_from_u64(seed));
        assert_eq!(make(1).bytes(), make(1).bytes());
        assert_ne!(make(1).bytes(), make(2).bytes());
        assert_ne!(make(1).fingerprint(), make(2).fingerprint());
        assert!(make(1) == make(1) && make(1) != make(2));
    }

    #[test]
    fn debug_shows_no_key() {
        assert_eq!(format!("{:?}", sequential_key()), "MasterKey(..)");
        assert_eq!(format!("{:?}", Keys::derive(&sequential_key())), "Keys(..)");
    }

    #[test]
    fn constant_time_eq_compares_every_byte_and_the_length() {
        assert!(constant_time_eq(b"abcd", b"abcd"));
        assert!(!constant_time_eq(b"abcd", b"abce"));
        assert!(!constant_time_eq(b"abcd", b"abc"));
        assert!(constant_time_eq(b"", b""));
    }
}
