//! Credentials.

use std::{borrow::Cow, cell::OnceCell, fmt::Display};

use super::{
    credential_fields::CREDENTIAL_FIELDS,
    dry_run::DryRun,
    value::{
        ACCOUNT_COLUMN, ascii, column, expiry_text, number_column, optional_integer, optional_text,
        optional_timestamp, secrets_remark,
    },
};
use crate::{
    domain::{
        credential::{
            Credential, CredentialKind, Retiring, State, display_name::DisplayName,
            lifetime::Lifetime,
        },
        decision::{Reason, policy_refusal},
        directory::{account::Account, id::CREDENTIAL_ID_LENGTH},
        duration::{time_left, time_passed},
        instant::Instant,
        usage::LastUse,
    },
    render::{Cell, Column, Fit, Record, Row, Tone, Value},
};

/// The name of the schema.
const CREDENTIAL_SCHEMA: &str = "gatepass.credential/v1";

/// A credential at a given time.
pub struct CredentialView<'a> {
    credential: &'a Credential,
    last_use: Option<&'a LastUse>,
    account: &'a Account,
    now: Instant,
    display_name: DisplayName<'a>,
    /// The display name as one text, once it was needed.
    label: OnceCell<Cow<'a, str>>,
    state: State,
    id: [u8; CREDENTIAL_ID_LENGTH],
    /// The lifetime in days or hours, e.g. `0090d`; unused for other lifetimes.
    lifetime: [u8; 5],
    dry_run: DryRun,
}

impl<'a> CredentialView<'a> {
    /// Creates the view of a credential of this account at `now`.
    pub fn new(
        credential: &'a Credential,
        last_use: Option<&'a LastUse>,
        account: &'a Account,
        now: Instant,
        display_name: DisplayName<'a>,
    ) -> Self {
        Self {
            credential,
            last_use,
            account,
            now,
            display_name,
            label: OnceCell::new(),
            state: credential.state(now),
            id: credential.id.to_ascii(),
            lifetime: lifetime_text(credential.lifetime),
            dry_run: DryRun::No,
        }
    }

    /// Sets what a dry run would have done to the credential.
    pub fn in_dry_run(self, dry_run: DryRun) -> Self {
        Self { dry_run, ..self }
    }

    fn id(&self) -> &str {
        ascii(&self.id)
    }

    fn label(&self) -> &str {
        self.label.get_or_init(|| self.display_name.text())
    }

    /// Returns the lifetime as it was requested: `90d`, `12h`, `until`, `infinite` or `forever`.
    fn lifetime(&self) -> &str {
        match self.credential.lifetime {
            Lifetime::For(_) => ascii(&self.lifetime).trim_start_matches('0'),
            Lifetime::Until(_) => "until",
            Lifetime::Infinite => "infinite",
            Lifetime::Forever => "forever",
        }
    }

    fn seconds_left(&self) -> Option<i64> {
        self.credential.expiry.instant().map(|end| end.since(self.now))
    }

    /// Returns why the account refuses the credential although it is valid; `None` if it accepts it.
    fn policy_refusal(&self) -> Option<Reason> {
        let refusal = policy_refusal(self.credential.kind(), self.account, self.now);
        refusal.filter(|_| self.state.is_valid())
    }

    /// Returns what an admin should know in addition to the state.
    fn remark(&self) -> Option<String> {
        if !self.state.is_valid() {
            return None;
        }
        match self.policy_refusal() {
            Some(reason) => Some(format!("refused: {}", reason.meaning())),
            None => secrets_remark(&self.credential.secrets, self.now),
        }
    }

    /// Returns the old secret while it is valid. Revoking or deleting the credential ends it immediately.
    fn retiring(&self) -> Option<&Retiring> {
        self.credential.retiring(self.now).filter(|_| self.credential.is_unrevoked())
    }

    /// Returns the name and value of each line that is printed for people.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let credential = self.credential;
        let id = self.dry_run.has_id().then(|| ("id", self.id().to_owned()));
        let mut pairs = Vec::from_iter(id);
        match self.display_name {
            DisplayName::Plain(text) if credential.kind() == CredentialKind::User => {
                pairs.push(("user", text.to_owned()))
            }
            DisplayName::Plain(text) => pairs.push(("name", text.to_owned())),
            DisplayName::App(_) | DisplayName::AppDistrict { .. } => {
                pairs.extend(self.app_and_district())
            }
        }
        pairs.push(("kind", format!("{} of {}", credential.kind().noun(), self.account.id)));
        pairs.push(("state", self.state.as_str().to_owned()));
        pairs.extend(self.remark().map(|remark| ("remark", remark)));
        pairs.push(("expires", expiry_text(credential.expiry, self.now)));
        pairs.push(("lifetime", credential.lifetime.to_string()));
        if !credential.scopes.is_empty() {
            pairs.push(("scopes", credential.scopes.as_str().to_owned()));
        }
        pairs.extend(credential.limit.map(|limit| ("limit", limit.to_string())));
        self.push_history(&mut pairs);
        pairs.extend(credential.note.as_ref().map(|note| ("note", note.as_str().to_owned())));
        pairs
    }

    /// Appends the details about creation, secret, use and end.
    fn push_history(&self, pairs: &mut Vec<(&'static str, String)>) {
        let Credential { secrets, created_at, created_by, introspect, revoked, deleted, .. } =
            self.credential;
        pairs.push(("created", format!("{created_at} by {created_by}")));
        if secrets.generation > 1 {
            let secret = format!("number {}, created {}", secrets.generation, secrets.created_at);
            pairs.push(("secret", secret));
        }
        if *introspect {
            pairs.push(("introspect", "allowed".to_owned()));
        }
        if let Some(LastUse { at, peer, count, .. }) = self.last_use {
            let uses = if *count == 1 { "use" } else { "uses" };
            pairs.push(("last used", format!("{at} from {peer}, {count} {uses}")));
        }
        if let Some(revoked) = revoked {
            let reason = revoked.reason.map(|reason| format!(", {}", reason.as_str()));
            let reason = reason.unwrap_or_default();
            pairs.push(("revoked", format!("{} by {}{reason}", revoked.at, revoked.by)));
        }
        if let Some(deleted) = deleted {
            pairs.push(("deleted", format!("{} by {}", deleted.at, deleted.by)));
        }
    }

    /// Returns the names of the app and the district with their ids.
    fn app_and_district(&self) -> impl Iterator<Item = (&'static str, String)> + use<> {
        let subject = &self.credential.subject;
        let pair = |name: Option<&str>, id: Option<&str>| Some(format!("{} ({})", name?, id?));
        let app = pair(self.display_name.app(), subject.app_text()).map(|app| ("app", app));
        let district = pair(self.display_name.district(), subject.district_text());
        app.into_iter().chain(district.map(|district| ("district", district)))
    }
}

impl Record for CredentialView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text(CREDENTIAL_SCHEMA));
        self.put_fields(field);
        self.put_later_fields(field);
    }
}

impl CredentialView<'_> {
    /// Puts the fields between `schema` and those of [`Self::put_later_fields`], for records that contain a credential.
    pub(super) fn put_fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        self.put_subject(field);
        self.put_secret(field);
        self.put_end(field);
        self.put_usage(field);
        self.put_token(field);
    }

    /// Puts the fields that were added later. They come last in every record, so that columns of CSV keep their places.
    pub(super) fn put_later_fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let undelivered =
            self.credential.secrets.undelivered.filter(|_| self.credential.is_unrevoked());
        field("refused_by_policy", optional_text(self.policy_refusal().map(Reason::as_str)));
        field("undelivered_reset_at", optional_timestamp(undelivered.map(|new| new.created_at)));
        field("label", Value::Text(self.label()));
        field("dry_run", Value::Bool(self.dry_run.is_dry_run()));
    }

    fn put_subject<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let credential = self.credential;
        let subject = Value::Text(credential.subject.as_str());
        let (name, user) = match credential.kind() {
            CredentialKind::Account => (subject, Value::Null),
            CredentialKind::User => (Value::Null, subject),
            CredentialKind::Token | CredentialKind::Legacy => (Value::Null, Value::Null),
        };
        field("id", self.dry_run.id(self.id()));
        field("kind", Value::Text(credential.kind().as_str()));
        field("account", Value::Text(self.account.id.as_str()));
        field("name", name);
        field("user", user);
        field("note", optional_text(credential.note.as_ref().map(|note| note.as_str())));
        field("state", Value::Text(self.state.as_str()));
        field("lifetime", Value::Text(self.lifetime()));
        field("expires_at", optional_timestamp(credential.expiry.instant()));
        field("expires_in_seconds", optional_integer(self.seconds_left()));
        field("created_at", Value::Timestamp(credential.created_at.rfc3339_bytes()));
        field("created_by", Value::Text(&credential.created_by));
    }

    fn put_secret<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let (secrets, retiring) = (&self.credential.secrets, self.retiring());
        field("generation", Value::Integer(i64::from(secrets.generation)));
        field("secret_made_at", Value::Timestamp(secrets.created_at.rfc3339_bytes()));
        field("delivered_at", optional_timestamp(secrets.delivered_at));
        field("withdrawn", Value::Bool(secrets.is_withdrawn()));
        field("retiring_until", optional_timestamp(retiring.map(|old| old.until)));
        field("retiring_until_used", Value::Bool(retiring.is_some_and(|old| old.until_used)));
    }

    fn put_end<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let revoked = self.credential.revoked.as_ref();
        let reason = revoked.and_then(|revoked| revoked.reason);
        let deleted = self.credential.deleted.as_ref();
        field("revoked_at", optional_timestamp(revoked.map(|revoked| revoked.at)));
        field("revoked_by", optional_text(revoked.map(|revoked| revoked.by.as_str())));
        field("revocation_reason", optional_text(reason.map(|reason| reason.as_str())));
        field("deleted_at", optional_timestamp(deleted.map(|deleted| deleted.at)));
        field("deleted_by", optional_text(deleted.map(|deleted| deleted.by.as_str())));
    }

    fn put_usage<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let (credential, last_use) = (self.credential, self.last_use);
        let uses = last_use.map_or(0, |last_use| last_use.count);
        field("lifetime_seconds", optional_integer(credential.lifetime.seconds()));
        field("introspect", Value::Bool(credential.introspect));
        field("last_used_at", optional_timestamp(last_use.map(|last_use| last_use.at)));
        field("last_used_from", optional_text(last_use.map(|last_use| last_use.peer.as_str())));
        field("uses", Value::Integer(uses.cast_signed()));
    }

    fn put_token<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let Credential { subject, scopes, limit, secrets, .. } = self.credential;
        let limit = limit.map(|limit| i64::from(limit.per_minute()));
        field("app", optional_text(subject.app_text()));
        field("app_name", optional_text(self.display_name.app()));
        let district = subject.district_text().filter(|_| self.dry_run.has_district());
        field("district", optional_text(district));
        field("district_name", optional_text(self.display_name.district()));
        field("scopes", Value::List(scopes.iter().map(Value::Text).collect()));
        field("limit_per_minute", optional_integer(limit));
        field("awaits_pickup", Value::Bool(secrets.awaits_pickup()));
    }
}

/// The title of the column with the last use, for lists in which nothing was ever used.
pub const USAGE_COLUMN: &str = "LAST USE";

impl Row for CredentialView<'_> {
    fn names() -> &'static [&'static str] {
        CREDENTIAL_FIELDS
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("ID", Fit::Id, Column::REQUIRED),
            column("NAME", Fit::Name, Column::REQUIRED),
            column(ACCOUNT_COLUMN, Fit::Text, 4),
            column("KIND", Fit::Whole, 2),
            column("STATE", Fit::Whole, 7),
            column("EXPIRES", Fit::Instant, 5),
            number_column("LEFT", Column::REQUIRED),
            number_column(USAGE_COLUMN, 6),
            column("REMARK", Fit::Text, 3),
        ];
        COLUMNS
    }

    fn handle(&self) -> Option<&dyn Display> {
        self.dry_run.has_id().then_some(&self.credential.id as &dyn Display)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        let credential = self.credential;
        let mut cell = |text: &str, tone| push(Cell { text, tone });
        cell(self.dry_run.id_cell(self.id()), Tone::Dim);
        cell(self.label(), Tone::Plain);
        cell(self.account.name.as_str(), Tone::Plain);
        cell(credential.kind().as_str(), Tone::Plain);
        cell(self.state.as_str(), tone(self.state));
        match credential.expiry.instant() {
            Some(end) => cell(ascii(&end.rfc3339_bytes()), Tone::Plain),
            None => cell("never", Tone::Plain),
        }
        match self.seconds_left() {
            // A revoked or deleted credential has no remaining time.
            Some(seconds) if self.state.is_valid() => cell(&time_left(seconds), Tone::Plain),
            _ => cell("", Tone::Plain),
        }
        match self.last_use {
            Some(last_use) => {
                cell(&format!("{} ago", time_passed(self.now.since(last_use.at))), Tone::Plain);
            }
            None => cell("never", Tone::Dim),
        }
        match (self.remark(), &credential.note) {
            (Some(remark), _) => cell(&remark, Tone::Warn),
            (None, Some(note)) => cell(note.as_str(), Tone::Dim),
            (None, None) => cell("", Tone::Plain),
        }
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

/// Formats a lifetime of a duration as `0090d` without an allocation. The longest is `8759h`.
fn lifetime_text(lifetime: Lifetime) -> [u8; 5] {
    let (number, unit) = match lifetime {
        Lifetime::For(duration) => duration.number_and_unit(),
        Lifetime::Until(_) | Lifetime::Infinite | Lifetime::Forever => (0, 'd'),
    };
    let digit = |power: i64| b'0' + (number / power % 10) as u8;
    [digit(1000), digit(100), digit(10), digit(1), unit as u8]
}
