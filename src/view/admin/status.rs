//! The result of `status`.

use super::super::value::{optional_text, optional_timestamp, time_text};
use crate::{
    domain::{
        credential::State,
        directory::account::{Account, AccountId},
    },
    ops::admin::status::{NextExpiry, StoreStatus},
    render::{Record, Value},
};

/// The result of `status`: the settings in effect, and what the store contains.
pub struct StatusView<'a> {
    /// The address of the store.
    pub store: String,
    /// Whether a store is at that address; `None` if nobody knows.
    pub store_exists: Option<bool>,
    /// The version of the store, if it is known.
    pub store_version: Option<i64>,
    /// The path of the key file.
    pub key_file: String,
    /// Whether there is a file at that path.
    pub key_exists: bool,
    /// The fingerprint of the key; `None` if the key can't be read.
    pub key_fingerprint: Option<String>,
    /// The path of the configuration file; `None` if there is none.
    pub config_file: Option<String>,
    /// The account that the settings select.
    pub account: Option<AccountId>,
    /// Who the audit log would name.
    pub actor: String,
    /// The contents of the store; `None` if it can't be read.
    pub contents: Option<&'a StoreStatus>,
    /// The id of the credential that expires next.
    pub next_id: Option<String>,
}

impl StatusView<'_> {
    /// Returns the name and value of each line that is printed for people. What is not known has no line.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let selected = self.account.map(|id| format!("{id} (selected)"));
        let accounts = self.contents.map(|contents| {
            contents.accounts.iter().map(account_text).collect::<Vec<_>>().join(", ")
        });
        let lines = [
            ("gatepass", Some(env!("CARGO_PKG_VERSION").to_owned())),
            ("store", Some(format!("{}{}", self.store, self.store_text()))),
            ("key", Some(format!("{}{}", self.key_file, self.key_text()))),
            (
                "configuration",
                Some(self.config_file.clone().unwrap_or_else(|| "no file".to_owned())),
            ),
            ("account", accounts.or(selected)),
            ("credentials", self.contents.map(states_text)),
            ("next expiry", self.contents.map(next_text)),
            ("acting as", Some(self.actor.clone())),
        ];
        lines.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    fn store_text(&self) -> String {
        match (self.store_exists, self.store_version) {
            (Some(false), _) => " (does not exist)".to_owned(),
            (_, Some(version)) => format!(" (version {version})"),
            _ => String::new(),
        }
    }

    fn key_text(&self) -> String {
        let backup = self.contents.map(|contents| match contents.key_exported_at {
            Some(at) => format!(", backed up {at}"),
            None => ", no backup".to_owned(),
        });
        match &self.key_fingerprint {
            Some(fingerprint) => format!(" ({fingerprint}{})", backup.unwrap_or_default()),
            None if self.key_exists => " (not readable)".to_owned(),
            None => " (does not exist)".to_owned(),
        }
    }

    fn count(&self, state: State) -> Value<'_> {
        self.contents.map_or(Value::Null, |contents| {
            Value::Integer(contents.states.get(state).cast_signed())
        })
    }
}

fn account_text(account: &Account) -> String {
    format!("{} ({})", account.id, account.name)
}

fn states_text(contents: &StoreStatus) -> String {
    let counts = contents.states.iter().filter(|(_, count)| *count > 0);
    let parts: Vec<_> =
        counts.map(|(state, count)| format!("{count} {}", state.as_str())).collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

fn next_text(contents: &StoreStatus) -> String {
    match &contents.next {
        Some(NextExpiry { id, name, at }) => {
            format!("{name} ({id}) at {}", time_text(*at, contents.now))
        }
        None => "none".to_owned(),
    }
}

impl Record for StatusView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let contents = self.contents;
        let next = contents.and_then(|contents| contents.next.as_ref());
        let accounts = contents.map(|contents| contents.accounts.as_slice()).unwrap_or_default();
        let accounts = accounts.iter().map(|account| Value::Text(account.id.as_str()));
        let account = self.account.as_ref().map(AccountId::as_str);
        field("schema", Value::Text("gatepass.status/v1"));
        field("version", Value::Text(env!("CARGO_PKG_VERSION")));
        field("store", Value::Text(&self.store));
        field("store_exists", self.store_exists.map_or(Value::Null, Value::Bool));
        field("store_version", self.store_version.map_or(Value::Null, Value::Integer));
        field("key_file", Value::Text(&self.key_file));
        field("key_exists", Value::Bool(self.key_exists));
        field("key_fingerprint", optional_text(self.key_fingerprint.as_deref()));
        field(
            "key_exported_at",
            optional_timestamp(contents.and_then(|contents| contents.key_exported_at)),
        );
        field("config_file", optional_text(self.config_file.as_deref()));
        field("account", optional_text(account));
        field("accounts", Value::List(accounts.collect()));
        field("active", self.count(State::Active));
        field("expiring", self.count(State::Expiring));
        field("expired", self.count(State::Expired));
        field("revoked", self.count(State::Revoked));
        field("deleted", self.count(State::Deleted));
        field("next", optional_text(next.map(|next| next.name.as_str())));
        field("next_id", optional_text(self.next_id.as_deref()));
        field("next_expires_at", optional_timestamp(next.map(|next| next.at)));
        field("actor", Value::Text(&self.actor));
    }
}
