//! What a verdict needs of a thousand credentials in a row: 40 bytes each, and the names that fit.

use std::sync::atomic::{AtomicBool, Ordering};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use subtle::ConstantTimeEq;

use crate::domain::{
    account::AccountKey,
    credential::{Credential, Kind},
    decision::Role,
    id::{Class, CredentialId},
    instant::Instant,
    lifetime::Expiry,
    secret::Digest,
};

/// How many credentials a chunk holds: so few that one can be copied for every change.
pub const LENGTH: usize = 1_024;

/// What stays as it is in a header: RFC 3986, section 2.3, and the sign that every address has.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

const REVOKED: u8 = 1;
const DELETED: u8 = 2;
const OVERLAPS: u8 = 4;
const FOREVER: i64 = i64::MAX;
const NO_TEXT: u32 = u32::MAX;

/// What tells the secrets of one credential apart: the last eight bytes of a digest, none of which the table of digests
/// keeps. 0 stands for none.
type Mark = u64;

#[derive(Clone, Copy)]
struct Facts {
    expiry: i64,
    current: Mark,
    id: CredentialId,
    account: u32,
    /// Where in the texts of the chunk the name or address begins.
    text: u32,
    kind: Kind,
    flags: u8,
}

impl Facts {
    /// What stands where no credential is.
    const NONE: Self = Self {
        expiry: 0,
        current: 0,
        id: CredentialId { class: Class::Passcode, bytes: [0; 12] },
        account: 0,
        text: NO_TEXT,
        kind: Kind::Account,
        flags: 0,
    };
}

/// The old secret of a credential during an overlap.
struct Overlap {
    at: u16,
    mark: Mark,
    /// When the reset was that it survives.
    since: Instant,
    until: Instant,
    until_used: bool,
    /// Whether its end was asked for.
    is_ending: AtomicBool,
}

/// Up to [`LENGTH`] credentials in a row. Never changed once others can see it.
pub struct Chunk {
    facts: Vec<Facts>,
    overlaps: Vec<Overlap>,
    texts: Vec<u8>,
}

impl Chunk {
    /// No credentials yet.
    pub fn new() -> Self {
        Self { facts: Vec::new(), overlaps: Vec::new(), texts: Vec::new() }
    }

    /// How many bytes the names and addresses take.
    pub fn text_length(&self) -> usize {
        self.texts.len()
    }

    /// A copy to be changed, without the texts that nothing refers to any more.
    pub fn copy(&self) -> Self {
        let mut copy = Self {
            facts: self.facts.clone(),
            overlaps: self.overlaps.iter().map(Overlap::copy).collect(),
            texts: Vec::with_capacity(self.texts.len()),
        };
        for facts in &mut copy.facts {
            if let Some(text) = self.text(facts) {
                facts.text = append(&mut copy.texts, text);
            }
        }
        copy
    }

    /// Puts a credential in its place; its name or address too, if `keeps_text`.
    pub fn put(&mut self, at: usize, credential: &Credential, keeps_text: bool) {
        if self.facts.len() <= at {
            self.facts.resize(at + 1, Facts::NONE);
        }
        let mut flags = 0;
        for (flag, is_set) in [
            (REVOKED, credential.revoked.is_some()),
            (DELETED, credential.deleted.is_some()),
            (OVERLAPS, credential.secrets.retiring.is_some()),
        ] {
            flags |= if is_set { flag } else { 0 };
        }
        let text = encode(credential.owner.as_str());
        self.facts[at] = Facts {
            expiry: credential.expiry.instant().map_or(FOREVER, Instant::unix),
            current: credential.secrets.current.as_ref().map_or(0, mark),
            id: credential.id,
            account: credential.account.0 as u32,
            text: if keeps_text { append(&mut self.texts, text.as_bytes()) } else { NO_TEXT },
            kind: credential.kind(),
            flags,
        };
        self.overlaps.retain(|overlap| usize::from(overlap.at) != at);
        self.overlaps.extend(credential.secrets.retiring.map(|retiring| Overlap {
            at: at as u16,
            mark: mark(&retiring.digest),
            since: credential.secrets.made_at,
            until: retiring.until,
            until_used: retiring.until_used,
            is_ending: AtomicBool::new(false),
        }));
    }

    /// Gives back what growing took too much of.
    pub fn shrink(&mut self) {
        self.facts.shrink_to_fit();
        self.overlaps.shrink_to_fit();
        self.texts.shrink_to_fit();
    }

    /// The credential at a place, if there is one.
    pub fn find(&self, at: usize) -> Option<Entry<'_>> {
        let facts = self.facts.get(at).filter(|facts| facts.account != 0)?;
        Some(Entry { chunk: self, facts, at })
    }

    /// Every credential.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.facts.len()).filter_map(|at| self.find(at))
    }

    fn text(&self, facts: &Facts) -> Option<&[u8]> {
        let from = self.texts.get(facts.text as usize..)?;
        let (length, rest) = from.split_first_chunk::<2>()?;
        rest.get(..usize::from(u16::from_le_bytes(*length)))
    }
}

/// A name or an address as it stands in a header.
pub fn encode(owner: &str) -> String {
    utf8_percent_encode(owner, ENCODED).to_string()
}

/// A name has up to 100 characters and an address up to 254 bytes: encoded, both fit a length of 16 bits.
fn append(texts: &mut Vec<u8>, text: &[u8]) -> u32 {
    let at = texts.len() as u32;
    texts.extend_from_slice(&(text.len() as u16).to_le_bytes());
    texts.extend_from_slice(text);
    at
}

fn mark(digest: &Digest) -> Mark {
    let mut last = [0; 8];
    last.copy_from_slice(&digest.0[24..]);
    // One in 2^64 digests ends in zeros, which mean that there is none.
    u64::from_le_bytes(last).max(1)
}

impl Overlap {
    fn copy(&self) -> Self {
        Self { is_ending: AtomicBool::new(self.is_ending.load(Ordering::Relaxed)), ..*self }
    }
}

/// One credential of a chunk.
#[derive(Clone, Copy)]
pub struct Entry<'c> {
    chunk: &'c Chunk,
    facts: &'c Facts,
    at: usize,
}

impl<'c> Entry<'c> {
    /// Its public handle.
    pub fn id(&self) -> CredentialId {
        self.facts.id
    }

    /// The account that it belongs to.
    pub fn account(&self) -> AccountKey {
        AccountKey(i64::from(self.facts.account))
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.facts.kind
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
        match self.facts.expiry {
            FOREVER => Expiry::Never,
            end => Expiry::At(Instant::from_unix(end)),
        }
    }

    /// The percent-encoded name or address; `None` when there was no room for it.
    pub fn owner(&self) -> Option<&'c [u8]> {
        self.chunk.text(self.facts)
    }

    /// Which of its secrets has this digest at `now`.
    pub fn role(&self, digest: &Digest, now: Instant) -> Role {
        let mark = mark(digest);
        let is_it = |other: Mark| bool::from(other.ct_eq(&mark));
        if is_it(self.facts.current) {
            return Role::Current;
        }
        match self.overlap() {
            Some(overlap) if is_it(overlap.mark) && now < overlap.until => Role::Retiring,
            _ => Role::Replaced,
        }
    }

    /// During an overlap: when the reset was, and when the old secret ends at the latest.
    pub fn overlap_span(&self) -> Option<(Instant, Instant)> {
        self.overlap().map(|overlap| (overlap.since, overlap.until))
    }

    /// Whether the use of the current secret ends the old one, and this is the first to ask.
    pub fn begins_to_end_overlap(&self) -> bool {
        self.overlap().is_some_and(|overlap| {
            overlap.until_used && !overlap.is_ending.swap(true, Ordering::Relaxed)
        })
    }

    fn has(&self, flag: u8) -> bool {
        self.facts.flags & flag != 0
    }

    fn overlap(&self) -> Option<&'c Overlap> {
        if !self.has(OVERLAPS) {
            return None;
        }
        self.chunk.overlaps.iter().find(|overlap| usize::from(overlap.at) == self.at)
    }
}
