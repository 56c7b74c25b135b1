//! The encoding of a record's fields.

use crate::{
    domain::{
        credential::{CredentialKind, Deletion, Retiring, Secrets, Undelivered},
        instant::Instant,
    },
    store::port::record::Namespace,
};

/// A buffer of encoded fields. Two different sequences of fields never have the same bytes.
#[derive(Default)]
pub struct Encoder(Vec<u8>);

impl Encoder {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn tag(&mut self, tag: u8) -> &mut Self {
        self.0.push(tag);
        self
    }

    pub(super) fn int(&mut self, value: i64) -> &mut Self {
        let mut remaining = value.cast_unsigned();
        while remaining >= 0x80 {
            self.0.push(remaining as u8 | 0x80);
            remaining >>= 7;
        }
        self.0.push(remaining as u8);
        self
    }

    pub(super) fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.int(value.len() as i64);
        self.0.extend_from_slice(value);
        self
    }

    pub(super) fn text(&mut self, value: &str) -> &mut Self {
        self.bytes(value.as_bytes())
    }

    pub(super) fn option<T>(
        &mut self,
        value: Option<T>,
        put: impl FnOnce(&mut Self, T),
    ) -> &mut Self {
        self.0.push(u8::from(value.is_some()));
        if let Some(value) = value {
            put(self, value);
        }
        self
    }

    pub(super) fn optional_text(&mut self, value: Option<&str>) -> &mut Self {
        self.option(value, |into, text| _ = into.text(text))
    }

    pub(super) fn instant(&mut self, value: Instant) -> &mut Self {
        self.int(value.unix())
    }

    pub(super) fn optional_instant(&mut self, value: Option<Instant>) -> &mut Self {
        self.option(value, |into, at| _ = into.instant(at))
    }

    pub(super) fn kind(&mut self, kind: CredentialKind) -> &mut Self {
        self.tag(match kind {
            CredentialKind::Account => 1,
            CredentialKind::User => 2,
            CredentialKind::Token => 3,
            CredentialKind::Legacy => 4,
        })
    }

    pub(super) fn namespace(&mut self, namespace: Namespace) -> &mut Self {
        match namespace {
            Namespace::Credentials(kind) => self.kind(kind),
            Namespace::Districts => self.tag(5),
            Namespace::ExternalIds => self.tag(6),
        }
    }

    pub(super) fn secrets(&mut self, secrets: &Secrets) -> &mut Self {
        // The others are fields of version 5: see `reset_delivery`.
        let Secrets {
            generation,
            current,
            created_at,
            delivered_at,
            retiring,
            undelivered: _,
            discarded: _,
        } = secrets;
        self.int(i64::from(*generation))
            .option(*current, |into, digest| _ = into.bytes(&digest.0))
            .instant(*created_at)
            .optional_instant(*delivered_at)
            .option(*retiring, |into, old| {
                let Retiring { digest, until, until_used, replacement_used: _ } = old;
                into.bytes(&digest.0).instant(until).int(i64::from(until_used));
            })
    }

    /// Fields of version 5, encoded only if they are set: rows of older versions keep their MACs.
    pub(super) fn reset_delivery(&mut self, secrets: &Secrets) -> &mut Self {
        let replacement_used = secrets.retiring.is_some_and(|old| old.replacement_used);
        if secrets.undelivered.is_none() && secrets.discarded == 0 && !replacement_used {
            return self;
        }
        self.tag(25)
            .option(secrets.undelivered, |into, Undelivered { digest, created_at }| {
                into.bytes(&digest.0).instant(created_at);
            })
            .int(i64::from(secrets.discarded))
            .int(i64::from(replacement_used))
    }

    pub(super) fn deletion(&mut self, deletion: Option<&Deletion>) -> &mut Self {
        self.option(deletion, |into, Deletion { at, by }| _ = into.instant(*at).text(by))
    }
}
