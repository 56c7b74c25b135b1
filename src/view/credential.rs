//! What is printed of a credential.

use std::fmt::Display;

use super::{
    secret_delivery::SecretDelivery,
    value::{
        ascii, column, duration_text, expiry_text, number_column, optional_integer, optional_text,
        optional_timestamp,
    },
};
use crate::{
    domain::{
        credential::{
            Credential, CredentialKind, Retiring, State, display_name::DisplayName,
            lifetime::Lifetime,
        },
        directory::{account::AccountId, id::CREDENTIAL_ID_LENGTH},
        instant::Instant,
        usage::LastUse,
    },
    render::{Cell, Column, Record, Row, Tone, Value},
};

/// The schema of a credential.
const CREDENTIAL_SCHEMA: &str = "gatepass.credential/v1";

/// A credential at some instant.
pub struct CredentialView<'a> {
    credential: &'a Credential,
    last_use: Option<&'a LastUse>,
    account: AccountId,
    now: Instant,
    display_name: DisplayName<'a>,
    state: State,
    id: [u8; CREDENTIAL_ID_LENGTH],
    lifetime: [u8; 4],
    shows_usage: bool,
}

impl<'a> CredentialView<'a> {
    /// The view of a credential of this account, as it is at `now`, whose holder is called so.
    pub fn new(
        credential: &'a Credential,
        last_use: Option<&'a LastUse>,
        account: AccountId,
        now: Instant,
        called: DisplayName<'a>,
    ) -> Self {
        Self {
            credential,
            last_use,
            account,
            now,
            display_name: called,
            state: credential.state(now),
            id: credential.id.to_ascii(),
            lifetime: days_text(credential.lifetime),
            shows_usage: false,
        }
    }

    /// The same for a table with [`COLUMNS_WITH_USE`], if it `shows_use`.
    pub fn with_usage_column(self, shows_use: bool) -> Self {
        Self { shows_usage: shows_use, ..self }
    }

    fn id(&self) -> &str {
        ascii(&self.id)
    }

    /// How the lifetime was asked for: `90d`, `until`, `infinite` or `forever`.
    fn lifetime(&self) -> &str {
        match self.credential.lifetime {
            Lifetime::Days(_) => ascii(&self.lifetime).trim_start_matches('0'),
            Lifetime::Until(_) => "until",
            Lifetime::Infinite => "infinite",
            Lifetime::Forever => "forever",
        }
    }

    fn seconds_left(&self) -> Option<i64> {
        self.credential.expiry.instant().map(|end| end.since(self.now))
    }

    /// What an admin should know beside the state.
    fn remark(&self) -> Option<String> {
        let secrets = &self.credential.secrets;
        if !self.state.is_valid() {
            return None;
        }
        let retiring = self.credential.retiring(self.now);
        let old = retiring.map(|retiring| format!("old secret ends {}", retiring.until));
        if secrets.awaits_pickup() {
            return Some("not picked up yet".to_owned());
        }
        if secrets.is_withdrawn() {
            let old = old.map(|old| format!("; {old}")).unwrap_or_default();
            return Some(format!("no secret: reset it{old}"));
        }
        if secrets.delivered_at.is_none() {
            return Some("never displayed".to_owned());
        }
        old
    }

    /// The old secret, while it opens anything: that of what is revoked or deleted does not, whatever was told.
    fn retiring(&self) -> Option<&Retiring> {
        self.credential.retiring(self.now).filter(|_| self.credential.is_unrevoked())
    }

    /// What a person reads of it.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let c = self.credential;
        let mut pairs = vec![("id", self.id().to_owned())];
        match self.display_name {
            DisplayName::Plain(text) if c.kind() == CredentialKind::User => {
                pairs.push(("user", text.to_owned()))
            }
            DisplayName::Plain(text) => pairs.push(("name", text.to_owned())),
            DisplayName::App(_) | DisplayName::AppDistrict { .. } => {
                pairs.extend(self.app_and_district())
            }
        }
        pairs.push(("kind", format!("{} of {}", c.kind().noun(), self.account)));
        pairs.push(("state", self.state.as_str().to_owned()));
        pairs.extend(self.remark().map(|remark| ("remark", remark)));
        pairs.push(("expires", expiry_text(c, self.now)));
        pairs.push(("lifetime", c.lifetime.to_string()));
        if !c.scopes.is_empty() {
            pairs.push(("scopes", c.scopes.as_str().to_owned()));
        }
        pairs.extend(c.limit.map(|limit| ("limit", limit.to_string())));
        pairs.push(("created", format!("{} by {}", c.created_at, c.created_by)));
        if c.secrets.generation > 1 {
            pairs.push((
                "secret",
                format!("number {}, made {}", c.secrets.generation, c.secrets.created_at),
            ));
        }
        if c.introspect {
            pairs.push(("introspect", "allowed".to_owned()));
        }
        if let Some(LastUse { at, peer, count, .. }) = self.last_use {
            let uses = if *count == 1 { "use" } else { "uses" };
            pairs.push(("last used", format!("{at} from {peer}, {count} {uses}")));
        }
        if let Some(revoked) = &c.revoked {
            let reason =
                revoked.reason.map(|reason| format!(", {}", reason.as_str())).unwrap_or_default();
            pairs.push(("revoked", format!("{} by {}{reason}", revoked.at, revoked.by)));
        }
        if let Some(deleted) = &c.deleted {
            pairs.push(("deleted", format!("{} by {}", deleted.at, deleted.by)));
        }
        pairs.extend(c.note.as_ref().map(|note| ("note", note.as_str().to_owned())));
        pairs
    }

    /// The app, and the district, with their ids.
    fn app_and_district(&self) -> impl Iterator<Item = (&'static str, String)> + use<> {
        let owner = &self.credential.subject;
        let pair = |name: Option<&str>, id: Option<&str>| Some(format!("{} ({})", name?, id?));
        let app = pair(self.display_name.app(), owner.app_text()).map(|app| ("app", app));
        let district = pair(self.display_name.district(), owner.district_text());
        app.into_iter().chain(district.map(|district| ("district", district)))
    }
}

impl Record for CredentialView<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("schema", Value::Text(CREDENTIAL_SCHEMA));
        self.put_fields(put);
    }
}

impl CredentialView<'_> {
    /// The fields of a credential as they stand in other records, without a schema of their own.
    fn put_fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        let c = self.credential;
        let (secrets, owner) = (&c.secrets, Value::Text(c.subject.as_str()));
        let retiring = self.retiring();
        let (revoked, deleted) = (c.revoked.as_ref(), c.deleted.as_ref());
        let (name, user) = match c.kind() {
            CredentialKind::Account => (owner, Value::Null),
            CredentialKind::User => (Value::Null, owner),
            CredentialKind::Token | CredentialKind::Legacy => (Value::Null, Value::Null),
        };
        put("id", Value::Text(self.id()));
        put("kind", Value::Text(c.kind().as_str()));
        put("account", Value::Text(self.account_text()));
        put("name", name);
        put("user", user);
        put("note", optional_text(c.note.as_ref().map(|note| note.as_str())));
        put("state", Value::Text(self.state.as_str()));
        put("lifetime", Value::Text(self.lifetime()));
        put("expires_at", optional_timestamp(c.expiry.instant()));
        put("expires_in_seconds", optional_integer(self.seconds_left()));
        put("created_at", Value::Timestamp(c.created_at.rfc3339_bytes()));
        put("created_by", Value::Text(&c.created_by));
        put("generation", Value::Integer(i64::from(secrets.generation)));
        put("secret_made_at", Value::Timestamp(secrets.created_at.rfc3339_bytes()));
        put("delivered_at", optional_timestamp(secrets.delivered_at));
        put("withdrawn", Value::Bool(secrets.is_withdrawn()));
        put("retiring_until", optional_timestamp(retiring.map(|old| old.until)));
        put("retiring_until_used", Value::Bool(retiring.is_some_and(|old| old.until_used)));
        put("revoked_at", optional_timestamp(revoked.map(|revoked| revoked.at)));
        put("revoked_by", optional_text(revoked.map(|revoked| revoked.by.as_str())));
        put(
            "revocation_reason",
            optional_text(revoked.and_then(|revoked| revoked.reason).map(|why| why.as_str())),
        );
        put("deleted_at", optional_timestamp(deleted.map(|deleted| deleted.at)));
        put("deleted_by", optional_text(deleted.map(|deleted| deleted.by.as_str())));
        put("lifetime_seconds", optional_integer(c.lifetime.seconds()));
        put("introspect", Value::Bool(c.introspect));
        put("last_used_at", optional_timestamp(self.last_use.map(|last_use| last_use.at)));
        put("last_used_from", optional_text(self.last_use.map(|last_use| last_use.peer.as_str())));
        let uses = self.last_use.map_or(0, |last_use| last_use.count);
        put("uses", Value::Integer(uses.cast_signed()));
        put("app", optional_text(c.subject.app_text()));
        put("app_name", optional_text(self.display_name.app()));
        put("district", optional_text(c.subject.district_text()));
        put("district_name", optional_text(self.display_name.district()));
        put("scopes", Value::List(c.scopes.iter().map(Value::Text).collect()));
        put(
            "limit_per_minute",
            optional_integer(c.limit.map(|limit| i64::from(limit.per_minute()))),
        );
        put("awaits_pickup", Value::Bool(secrets.awaits_pickup()));
    }

    fn account_text(&self) -> &str {
        self.account.as_str()
    }
}

/// The names of a credential's fields, in their order.
pub const CREDENTIAL_FIELDS: &[&str] = &[
    "schema",
    "id",
    "kind",
    "account",
    "name",
    "user",
    "note",
    "state",
    "lifetime",
    "expires_at",
    "expires_in_seconds",
    "created_at",
    "created_by",
    "generation",
    "secret_made_at",
    "delivered_at",
    "withdrawn",
    "retiring_until",
    "retiring_until_used",
    "revoked_at",
    "revoked_by",
    "revocation_reason",
    "deleted_at",
    "deleted_by",
    "lifetime_seconds",
    "introspect",
    "last_used_at",
    "last_used_from",
    "uses",
    "app",
    "app_name",
    "district",
    "district_name",
    "scopes",
    "limit_per_minute",
    "awaits_pickup",
];

/// The columns of a table that tells last uses, too. How long ago one was says more than how long is left.
pub const COLUMNS_WITH_USAGE: &[Column] = &[
    column("ID", false, 10),
    column("NAME", true, 9),
    column("KIND", false, 3),
    column("STATE", false, 8),
    column("EXPIRES", false, 7),
    number_column("LEFT", 5),
    number_column("LAST USE", 6),
    column("REMARK", true, 2),
];

impl Row for CredentialView<'_> {
    fn names() -> &'static [&'static str] {
        CREDENTIAL_FIELDS
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("ID", false, 9),
            column("NAME", true, 8),
            column("KIND", false, 3),
            column("STATE", false, 7),
            column("EXPIRES", false, 6),
            number_column("LEFT", 5),
            column("REMARK", true, 2),
        ];
        COLUMNS
    }

    fn handle(&self) -> &dyn Display {
        &self.credential.id
    }

    fn cells(&self, put: &mut dyn FnMut(Cell<'_>)) {
        let c = self.credential;
        let mut cell = |text: &str, tone| put(Cell { text, tone });
        cell(self.id(), Tone::Dim);
        cell(&self.display_name.text(), Tone::Plain);
        cell(c.kind().as_str(), Tone::Plain);
        cell(self.state.as_str(), tone(self.state));
        match c.expiry.instant() {
            Some(end) => cell(ascii(&end.rfc3339_bytes()), Tone::Plain),
            None => cell("never", Tone::Plain),
        }
        match self.seconds_left() {
            // Nothing is left of what was revoked or deleted, whenever it would have ended.
            Some(seconds) if self.state.is_valid() => cell(&duration_text(seconds), Tone::Plain),
            _ => cell("", Tone::Plain),
        }
        match self.last_use {
            _ if !self.shows_usage => {}
            Some(last_use) => {
                cell(&format!("{} ago", duration_text(self.now.since(last_use.at))), Tone::Plain);
            }
            None => cell("never", Tone::Dim),
        }
        match (self.remark(), &c.note) {
            (Some(remark), _) => cell(&remark, Tone::Warn),
            (None, Some(note)) => cell(note.as_str(), Tone::Dim),
            (None, None) => cell("", Tone::Plain),
        }
    }
}

/// A credential that was just made or reset, with its secret if it goes to stdout.
pub struct IssuedView<'a> {
    /// The credential.
    pub credential: CredentialView<'a>,
    /// What became of the secret.
    pub secret_delivery: SecretDelivery<'a>,
}

/// The schema of a credential that was just made or reset.
const ISSUED_SCHEMA: &str = "gatepass.issued/v1";

impl Record for IssuedView<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("schema", Value::Text(ISSUED_SCHEMA));
        self.credential.put_fields(put);
        self.secret_delivery.fields(put);
    }
}

fn tone(state: State) -> Tone {
    match state {
        State::Active => Tone::Good,
        State::Expiring => Tone::Warn,
        State::Expired | State::Revoked => Tone::Bad,
        State::Deleted => Tone::Dim,
    }
}

/// `090d`: a lifetime in days, without an allocation.
fn days_text(lifetime: Lifetime) -> [u8; 4] {
    let days = match lifetime {
        Lifetime::Days(days) => days.min(999),
        Lifetime::Until(_) | Lifetime::Infinite | Lifetime::Forever => 0,
    };
    [b'0' + (days / 100) as u8, b'0' + (days / 10 % 10) as u8, b'0' + (days % 10) as u8, b'd']
}
