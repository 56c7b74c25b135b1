//! What a decision needs of a thousand consecutive credentials: a record of 64 bytes each, followed by long texts.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
};

use hyper::body::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use subtle::ConstantTimeEq;

use super::interned::{Interned, TokenFields};
use crate::domain::{
    credential::{Credential, CredentialKind, lifetime::Expiry, secret::Digest},
    decision::SecretRole,
    directory::{
        account::AccountKey,
        id::{CredentialId, IdPrefix},
    },
    instant::Instant,
};

/// How many credentials a segment holds: few enough to copy it for each change.
pub const SEGMENT_LENGTH: usize = 1_024;

/// The characters that are percent-encoded in a header: all but the unreserved ones (RFC 3986, section 2.3) and the `@` of
/// addresses.
const HEADER_ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

const REVOKED: u8 = 1;
const DELETED: u8 = 2;
const OVERLAPS: u8 = 4;
/// The text was left out because all texts together are too long.
const TEXT_OMITTED: u8 = 8;
/// The position of the kind's number in the flags.
const KIND_SHIFT: u8 = 4;
const KIND_MASK: u8 = 0b11;
const UNDELIVERED: u8 = 64;
/// The expiry of a credential that never expires.
const NEVER: i64 = i64::MAX;

/// Distinguishes the secrets of one credential: the last eight bytes of a digest, none of which the digest table stores. 0
/// stands for no secret.
type SecretTag = u64;

/// The size of a record: one line of the processor's cache, so that a decision fetches only one.
pub const RECORD_LENGTH: usize = 64;

// The offsets of a record's fields. A text that does not fit follows the records of the segment; then the record holds
// its offset there.
const EXPIRY: usize = 0;
const CURRENT: usize = 8;
const ID: usize = 16;
const ACCOUNT: usize = 28;
const FLAGS: usize = 32;
const TEXT_LENGTH: usize = 33;
const TEXT: usize = 35;

/// The retiring secret of a credential during an overlap.
struct Overlap {
    /// The offset of the credential in the segment.
    offset: u16,
    tag: SecretTag,
    /// When the reset began the overlap.
    since: Instant,
    /// When the overlap ends at the latest.
    until: Instant,
    /// Whether a use of the current secret was reported.
    is_use_reported: AtomicBool,
}

/// The new secret of a reset that was not delivered.
#[derive(Clone, Copy)]
struct UndeliveredSecret {
    /// The offset of the credential in the segment.
    offset: u16,
    tag: SecretTag,
}

/// Up to [`SEGMENT_LENGTH`] consecutive credentials: their records, followed by long texts. Never changed once it is built.
#[derive(Default)]
pub struct Segment {
    bytes: Bytes,
    count: usize,
    overlaps: Vec<Overlap>,
    undelivered: Vec<UndeliveredSecret>,
}

impl Segment {
    /// Returns how many bytes long texts take.
    pub fn text_length(&self) -> usize {
        self.bytes.len().saturating_sub(self.count * RECORD_LENGTH)
    }

    /// Returns a copy with these credentials, by offset. Long texts are left out once they exceed `max_text_length`.
    pub fn with_changes(
        &self,
        changes: &BTreeMap<usize, &Credential>,
        interned: &Interned,
        max_text_length: usize,
    ) -> Self {
        let length = changes.last_key_value().map_or(0, |(offset, _)| offset + 1);
        let mut copy = SegmentBuilder::default();
        for offset in 0..self.count.max(length) {
            if let Some(credential) = changes.get(&offset) {
                copy.put(offset, credential, interned, copy.text_length() < max_text_length);
            } else if let Some(entry) = self.get(offset) {
                copy.copy(&entry);
            }
        }
        copy.finish()
    }

    /// Returns the bytes, so that they can be moved to other memory.
    pub fn bytes(&mut self) -> &mut Bytes {
        &mut self.bytes
    }

    /// Returns the credential at an offset, if there is one.
    pub fn get(&self, offset: usize) -> Option<Entry<'_>> {
        let (records, _) = self.bytes.as_chunks();
        let record = records.get(..self.count)?.get(offset)?;
        let entry = Entry { segment: self, record, offset };
        Some(entry).filter(|entry| entry.account().0 != 0)
    }

    /// Returns every credential.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.count).filter_map(|offset| self.get(offset))
    }
}

/// A [`Segment`] while it is filled, in the order of the offsets.
#[derive(Default)]
pub struct SegmentBuilder {
    records: Vec<[u8; RECORD_LENGTH]>,
    texts: Vec<u8>,
    overlaps: Vec<Overlap>,
    undelivered: Vec<UndeliveredSecret>,
}

impl SegmentBuilder {
    /// Returns how many bytes long texts take.
    pub fn text_length(&self) -> usize {
        self.texts.len()
    }

    /// Adds a credential at an offset. Its text is stored if it is short or `keeps_text`.
    pub fn put(
        &mut self,
        offset: usize,
        credential: &Credential,
        interned: &Interned,
        keeps_text: bool,
    ) {
        let mut record = [0; RECORD_LENGTH];
        let mut set = |at: usize, part: &[u8]| record[at..at + part.len()].copy_from_slice(part);
        set(EXPIRY, &credential.expiry.instant().map_or(NEVER, Instant::unix).to_le_bytes());
        set(CURRENT, &credential.secrets.current.as_ref().map_or(0, secret_tag).to_le_bytes());
        set(ID, &credential.id.bytes);
        set(ACCOUNT, &(credential.account.0 as u32).to_le_bytes());
        for (flag, is_set) in [
            (REVOKED, credential.revoked.is_some()),
            (DELETED, credential.deleted.is_some()),
            (OVERLAPS, credential.secrets.retiring.is_some()),
            (UNDELIVERED, credential.secrets.undelivered.is_some()),
        ] {
            record[FLAGS] |= if is_set { flag } else { 0 };
        }
        record[FLAGS] |= (credential.kind() as u8) << KIND_SHIFT;
        let text = match interned.encode_fields(credential) {
            Some(fields) => fields.to_vec(),
            None => encode_header(credential.subject.as_str()).into_bytes(),
        };
        self.push(offset, record, Some(&text[..]).filter(|text| keeps_text || is_short(text)));
        self.overlaps.extend(credential.secrets.retiring.map(|retiring| Overlap {
            offset: offset as u16,
            tag: secret_tag(&retiring.digest),
            since: credential.secrets.created_at,
            until: retiring.until,
            is_use_reported: AtomicBool::new(retiring.replacement_used),
        }));
        let undelivered = credential.secrets.undelivered;
        self.undelivered.extend(
            undelivered.map(|new| UndeliveredSecret {
                offset: offset as u16,
                tag: secret_tag(&new.digest),
            }),
        );
    }

    /// Returns the finished segment.
    pub fn finish(self) -> Segment {
        let count = self.records.len();
        let mut bytes = self.records.into_flattened();
        bytes.extend_from_slice(&self.texts);
        bytes.shrink_to_fit();
        Segment {
            bytes: bytes.into(),
            count,
            overlaps: self.overlaps,
            undelivered: self.undelivered,
        }
    }

    fn copy(&mut self, entry: &Entry<'_>) {
        self.push(entry.offset, *entry.record, entry.text());
        self.overlaps.extend(entry.overlap().map(Overlap::copy));
        self.undelivered.extend(entry.undelivered().copied());
    }

    fn push(&mut self, offset: usize, mut record: [u8; RECORD_LENGTH], text: Option<&[u8]>) {
        // Fits 16 bits: a name has at most 100 characters and an address 254 bytes, before they are encoded.
        let length = text.map_or(0, |text| text.len() as u16);
        record[TEXT_LENGTH..TEXT].copy_from_slice(&length.to_le_bytes());
        match text {
            None => record[FLAGS] |= TEXT_OMITTED,
            Some(text) if is_short(text) => record[TEXT..TEXT + text.len()].copy_from_slice(text),
            Some(text) => {
                let start = (self.texts.len() as u32).to_le_bytes();
                record[TEXT..TEXT + start.len()].copy_from_slice(&start);
                self.texts.extend_from_slice(text);
            }
        }
        self.records.resize(offset, [0; RECORD_LENGTH]);
        self.records.push(record);
    }
}

/// Returns whether a text fits its record.
fn is_short(text: &[u8]) -> bool {
    text.len() <= RECORD_LENGTH - TEXT
}

/// Encodes a name or an address for a header.
pub fn encode_header(text: &str) -> String {
    utf8_percent_encode(text, HEADER_ENCODED).to_string()
}

fn secret_tag(digest: &Digest) -> SecretTag {
    let mut last = [0; 8];
    last.copy_from_slice(&digest.0[24..]);
    // One digest in 2^64 ends in zeros, which would stand for no secret.
    u64::from_le_bytes(last).max(1)
}

impl Overlap {
    fn copy(&self) -> Self {
        Self {
            is_use_reported: AtomicBool::new(self.is_use_reported.load(Ordering::Relaxed)),
            ..*self
        }
    }
}

/// One credential of a segment.
#[derive(Clone, Copy)]
pub struct Entry<'s> {
    segment: &'s Segment,
    record: &'s [u8; RECORD_LENGTH],
    offset: usize,
}

impl<'s> Entry<'s> {
    /// Returns the id.
    pub fn id(&self) -> CredentialId {
        CredentialId { prefix: self.kind().id_prefix(), bytes: self.part(ID) }
    }

    /// Returns the key of its account.
    pub fn account(&self) -> AccountKey {
        AccountKey(i64::from(u32::from_le_bytes(self.part(ACCOUNT))))
    }

    /// Returns the kind.
    pub fn kind(&self) -> CredentialKind {
        CredentialKind::ALL[usize::from((self.record[FLAGS] >> KIND_SHIFT) & KIND_MASK)
            % CredentialKind::ALL.len()]
    }

    /// Returns whether it was revoked.
    pub fn is_revoked(&self) -> bool {
        self.has(REVOKED)
    }

    /// Returns whether it was deleted.
    pub fn is_deleted(&self) -> bool {
        self.has(DELETED)
    }

    /// Returns the expiry.
    pub fn expiry(&self) -> Expiry {
        match i64::from_le_bytes(self.part(EXPIRY)) {
            NEVER => Expiry::Never,
            expiry => Expiry::At(Instant::from_unix(expiry)),
        }
    }

    /// Returns the percent-encoded name or address of a passcode; `None` if it was left out.
    pub fn subject(&self) -> Option<&'s [u8]> {
        self.text().filter(|_| self.kind().id_prefix() == IdPrefix::Passcode)
    }

    /// Returns what is stored of a token or a legacy key; `None` for a passcode.
    pub fn token_fields(&self) -> Option<TokenFields> {
        let text = self.text().filter(|_| self.kind().id_prefix() != IdPrefix::Passcode)?;
        text.try_into().ok().map(TokenFields::decode)
    }

    fn text(&self) -> Option<&'s [u8]> {
        let length = usize::from(u16::from_le_bytes(self.part(TEXT_LENGTH)));
        if self.has(TEXT_OMITTED) {
            return None;
        }
        if length <= RECORD_LENGTH - TEXT {
            return self.record.get(TEXT..TEXT + length);
        }
        let texts = self.segment.bytes.get(self.segment.count * RECORD_LENGTH..)?;
        texts.get(u32::from_le_bytes(self.part(TEXT)) as usize..)?.get(..length)
    }

    /// Returns which of its secrets has this digest at `now`. Compares in constant time.
    pub fn role(&self, digest: &Digest, now: Instant) -> SecretRole {
        let tag = secret_tag(digest);
        let is_same = |other: SecretTag| bool::from(other.ct_eq(&tag));
        if is_same(SecretTag::from_le_bytes(self.part(CURRENT))) {
            return SecretRole::Current;
        }
        if self.undelivered().is_some_and(|new| is_same(new.tag)) {
            return SecretRole::Undelivered;
        }
        match self.overlap() {
            Some(overlap) if is_same(overlap.tag) && now < overlap.until => SecretRole::Retiring,
            _ => SecretRole::Replaced,
        }
    }

    /// Returns when the overlap began and when it ends at the latest; `None` without an overlap.
    pub fn overlap_span(&self) -> Option<(Instant, Instant)> {
        self.overlap().map(|overlap| (overlap.since, overlap.until))
    }

    /// Returns whether a use of the current secret is the first one during an overlap, which the store must know of.
    pub fn is_first_use_in_overlap(&self) -> bool {
        self.overlap().is_some_and(|overlap| {
            // Read first: during an overlap, every request comes here.
            !overlap.is_use_reported.load(Ordering::Relaxed)
                && !overlap.is_use_reported.swap(true, Ordering::Relaxed)
        })
    }

    fn has(&self, flag: u8) -> bool {
        self.record[FLAGS] & flag != 0
    }

    fn part<const N: usize>(&self, at: usize) -> [u8; N] {
        let mut part = [0; N];
        part.copy_from_slice(&self.record[at..at + N]);
        part
    }

    fn overlap(&self) -> Option<&'s Overlap> {
        if !self.has(OVERLAPS) {
            return None;
        }
        self.segment.overlaps.iter().find(|overlap| usize::from(overlap.offset) == self.offset)
    }

    fn undelivered(&self) -> Option<&'s UndeliveredSecret> {
        if !self.has(UNDELIVERED) {
            return None;
        }
        self.segment.undelivered.iter().find(|new| usize::from(new.offset) == self.offset)
    }
}
