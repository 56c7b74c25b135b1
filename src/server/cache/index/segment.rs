//! What a verdict needs of a thousand credentials in a row: 64 bytes each, and long names behind them.

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

/// How many credentials a chunk holds: so few that one can be copied for every change.
pub const SEGMENT_LENGTH: usize = 1_024;

/// What stays as it is in a header: RFC 3986, section 2.3, and the sign that every address has.
const HEADER_ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

const REVOKED: u8 = 1;
const DELETED: u8 = 2;
const OVERLAPS: u8 = 4;
/// There was no room for its text.
const TEXT_OMITTED: u8 = 8;
/// From which of the flags on the number of the kind stands.
const KIND_SHIFT: u8 = 4;
const NEVER: i64 = i64::MAX;

/// What tells the secrets of one credential apart: the last eight bytes of a digest, none of which the table of digests
/// keeps. 0 stands for none.
type SecretTag = u64;

/// What a credential takes: one line of the processor's cache, so that a verdict fetches one.
pub const RECORD_LENGTH: usize = 64;

// Where the parts of a record stand. A text that does not fit stands behind the records of its chunk; then the record
// tells where.
const EXPIRY: usize = 0;
const CURRENT: usize = 8;
const ID: usize = 16;
const ACCOUNT: usize = 28;
const FLAGS: usize = 32;
const TEXT_LENGTH: usize = 33;
const TEXT: usize = 35;

/// The old secret of a credential during an overlap.
struct Overlap {
    at: u16,
    tag: SecretTag,
    /// When the reset was that it survives.
    since: Instant,
    until: Instant,
    until_used: bool,
    /// Whether its end was asked for.
    is_end_requested: AtomicBool,
}

/// Up to [`LENGTH`] credentials in a row: their records, and behind them long texts. Never changed.
#[derive(Default)]
pub struct Segment {
    bytes: Bytes,
    count: usize,
    overlaps: Vec<Overlap>,
}

impl Segment {
    /// How many bytes long names and addresses take.
    pub fn text_length(&self) -> usize {
        self.bytes.len().saturating_sub(self.count * RECORD_LENGTH)
    }

    /// A copy in which these credentials are put; their names too, while there is so much room for long ones.
    pub fn with_changes(
        &self,
        changes: &BTreeMap<usize, &Credential>,
        common: &Interned,
        text_room: usize,
    ) -> Self {
        let last = changes.last_key_value().map_or(0, |(at, _)| at + 1);
        let mut copy = SegmentBuilder::default();
        for at in 0..self.count.max(last) {
            if let Some(credential) = changes.get(&at) {
                copy.put(at, credential, common, copy.text_length() < text_room);
            } else if let Some(entry) = self.get(at) {
                copy.copy(&entry);
            }
        }
        copy.finish()
    }

    /// Where its bytes stand, to be moved elsewhere.
    pub fn bytes(&mut self) -> &mut Bytes {
        &mut self.bytes
    }

    /// The credential at a place, if there is one.
    pub fn get(&self, at: usize) -> Option<Entry<'_>> {
        let (records, _) = self.bytes.as_chunks();
        let record = records.get(..self.count)?.get(at)?;
        let entry = Entry { segment: self, record, at };
        Some(entry).filter(|entry| entry.account().0 != 0)
    }

    /// Every credential.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.count).filter_map(|at| self.get(at))
    }
}

/// A chunk while credentials are put into it, in the order of their places.
#[derive(Default)]
pub struct SegmentBuilder {
    records: Vec<[u8; RECORD_LENGTH]>,
    texts: Vec<u8>,
    overlaps: Vec<Overlap>,
}

impl SegmentBuilder {
    /// How many bytes long names and addresses take.
    pub fn text_length(&self) -> usize {
        self.texts.len()
    }

    /// Puts a credential in its place; its name or address too, if it is short or `keeps_text`.
    pub fn put(&mut self, at: usize, credential: &Credential, common: &Interned, keeps_text: bool) {
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
        ] {
            record[FLAGS] |= if is_set { flag } else { 0 };
        }
        record[FLAGS] |= (credential.kind() as u8) << KIND_SHIFT;
        let text = match common.encode_fields(credential) {
            Some(particulars) => particulars.to_vec(),
            None => encode_header(credential.subject.as_str()).into_bytes(),
        };
        self.push(at, record, Some(&text[..]).filter(|text| keeps_text || is_short(text)));
        self.overlaps.extend(credential.secrets.retiring.map(|retiring| Overlap {
            at: at as u16,
            tag: secret_tag(&retiring.digest),
            since: credential.secrets.created_at,
            until: retiring.until,
            until_used: retiring.until_used,
            is_end_requested: AtomicBool::new(false),
        }));
    }

    /// The chunk, which nothing is put into any more.
    pub fn finish(self) -> Segment {
        let count = self.records.len();
        let mut bytes = self.records.into_flattened();
        bytes.extend_from_slice(&self.texts);
        bytes.shrink_to_fit();
        Segment { bytes: bytes.into(), count, overlaps: self.overlaps }
    }

    fn copy(&mut self, entry: &Entry<'_>) {
        self.push(entry.at, *entry.record, entry.text());
        self.overlaps.extend(entry.overlap().map(Overlap::copy));
    }

    fn push(&mut self, at: usize, mut record: [u8; RECORD_LENGTH], text: Option<&[u8]>) {
        // A name has up to 100 characters and an address up to 254 bytes: encoded, both fit a length of 16 bits.
        let length = text.map_or(0, |text| text.len() as u16);
        record[TEXT_LENGTH..TEXT].copy_from_slice(&length.to_le_bytes());
        match text {
            None => record[FLAGS] |= TEXT_OMITTED,
            Some(text) if is_short(text) => record[TEXT..TEXT + text.len()].copy_from_slice(text),
            Some(text) => {
                let place = (self.texts.len() as u32).to_le_bytes();
                record[TEXT..TEXT + place.len()].copy_from_slice(&place);
                self.texts.extend_from_slice(text);
            }
        }
        self.records.resize(at, [0; RECORD_LENGTH]);
        self.records.push(record);
    }
}

/// Whether a text fits its record.
fn is_short(text: &[u8]) -> bool {
    text.len() <= RECORD_LENGTH - TEXT
}

/// A name or an address as it stands in a header.
pub fn encode_header(owner: &str) -> String {
    utf8_percent_encode(owner, HEADER_ENCODED).to_string()
}

fn secret_tag(digest: &Digest) -> SecretTag {
    let mut last = [0; 8];
    last.copy_from_slice(&digest.0[24..]);
    // One in 2^64 digests ends in zeros, which mean that there is none.
    u64::from_le_bytes(last).max(1)
}

impl Overlap {
    fn copy(&self) -> Self {
        Self {
            is_end_requested: AtomicBool::new(self.is_end_requested.load(Ordering::Relaxed)),
            ..*self
        }
    }
}

/// One credential of a chunk.
#[derive(Clone, Copy)]
pub struct Entry<'c> {
    segment: &'c Segment,
    record: &'c [u8; RECORD_LENGTH],
    at: usize,
}

impl<'c> Entry<'c> {
    /// Its public handle.
    pub fn id(&self) -> CredentialId {
        CredentialId { prefix: self.kind().id_prefix(), bytes: self.part(ID) }
    }

    /// The account that it belongs to.
    pub fn account(&self) -> AccountKey {
        AccountKey(i64::from(u32::from_le_bytes(self.part(ACCOUNT))))
    }

    /// Its kind.
    pub fn kind(&self) -> CredentialKind {
        CredentialKind::ALL
            [usize::from(self.record[FLAGS] >> KIND_SHIFT) % CredentialKind::ALL.len()]
    }

    /// Whether it was revoked.
    pub fn is_revoked(&self) -> bool {
        self.has(REVOKED)
    }

    /// Whether it was deleted.
    pub fn is_deleted(&self) -> bool {
        self.has(DELETED)
    }

    /// When it ends.
    pub fn expiry(&self) -> Expiry {
        match i64::from_le_bytes(self.part(EXPIRY)) {
            NEVER => Expiry::Never,
            end => Expiry::At(Instant::from_unix(end)),
        }
    }

    /// The percent-encoded name or address of a passcode; `None` when there was no room for it.
    pub fn subject(&self) -> Option<&'c [u8]> {
        self.text().filter(|_| self.kind().id_prefix() == IdPrefix::Passcode)
    }

    /// What is kept of a token or a legacy key.
    pub fn token_fields(&self) -> Option<TokenFields> {
        let text = self.text().filter(|_| self.kind().id_prefix() != IdPrefix::Passcode)?;
        text.try_into().ok().map(TokenFields::decode)
    }

    fn text(&self) -> Option<&'c [u8]> {
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

    /// Which of its secrets has this digest at `now`.
    pub fn role(&self, digest: &Digest, now: Instant) -> SecretRole {
        let mark = secret_tag(digest);
        let is_it = |other: SecretTag| bool::from(other.ct_eq(&mark));
        if is_it(SecretTag::from_le_bytes(self.part(CURRENT))) {
            return SecretRole::Current;
        }
        match self.overlap() {
            Some(overlap) if is_it(overlap.tag) && now < overlap.until => SecretRole::Retiring,
            _ => SecretRole::Replaced,
        }
    }

    /// During an overlap: when the reset was, and when the old secret ends at the latest.
    pub fn overlap_span(&self) -> Option<(Instant, Instant)> {
        self.overlap().map(|overlap| (overlap.since, overlap.until))
    }

    /// Whether the use of the current secret ends the old one, and this is the first to ask.
    pub fn request_overlap_end(&self) -> bool {
        self.overlap().is_some_and(|overlap| {
            overlap.until_used && !overlap.is_end_requested.swap(true, Ordering::Relaxed)
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

    fn overlap(&self) -> Option<&'c Overlap> {
        if !self.has(OVERLAPS) {
            return None;
        }
        self.segment.overlaps.iter().find(|overlap| usize::from(overlap.at) == self.at)
    }
}
