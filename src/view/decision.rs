//! The result of `verify`.

use super::value::{expiry_text, optional_text, optional_timestamp};
use crate::{
    domain::{
        credential::{Credential, CredentialKind, display_name::SubjectNames, subject::Subject},
        decision::{Decision, Reason, secret_role},
        directory::{account::Account, app::App},
        instant::Instant,
    },
    ops::query::verify::Verification,
    render::{Record, Value},
};

/// A decision about a secret, and the owner of the secret.
pub struct DecisionView<'a> {
    decision: &'a Decision,
    names: &'a SubjectNames,
    client: Option<&'a App>,
    message: String,
    pub(super) id: Option<String>,
    label: Option<String>,
    now: Instant,
}

impl<'a> DecisionView<'a> {
    /// Creates the view of a verification. `malformed` is why the presented text is not a secret.
    pub fn new(verification: &'a Verification, malformed: Option<String>) -> Self {
        let Verification { decision, names, client, now, .. } = verification;
        let client = client.as_ref();
        let message = match client {
            None => message(decision, malformed),
            Some(app) => client_message(app),
        };
        let credential = decision.known.as_ref().map(|known| &known.credential);
        let id = credential.map(|credential| credential.id.to_string());
        let holder = credential.map(|credential| names.label(&credential.subject).into_owned());
        let label = holder.or_else(|| client.map(|app| app.name.to_string()));
        Self { decision, names, client, message, id, label, now: *now }
    }

    fn credential(&self) -> Option<&Credential> {
        self.decision.known.as_ref().map(|known| &known.credential)
    }

    /// Whether the secret would be accepted.
    pub(super) fn is_allowed(&self) -> bool {
        self.decision.is_allowed()
    }

    /// Returns the id of the credential; `None` if the secret is unknown.
    pub(super) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Returns the reason in words.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Returns the display name of the credential; `None` if the secret is unknown.
    pub(super) fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// Returns the result as a sentence for people.
    pub fn sentence(&self) -> String {
        let result = if self.decision.is_allowed() { "allowed" } else { "refused" };
        match &self.decision.known {
            None => format!("{result}: {}", self.message),
            Some(known) => {
                let credential = &known.credential;
                // If it is no longer valid, the message contains the expiry.
                let expiry =
                    match (credential.state(self.now).is_valid(), credential.expiry.instant()) {
                        (false, _) => String::new(),
                        (true, None) => "; never expires".to_owned(),
                        (true, Some(_)) => {
                            format!("; expires {}", expiry_text(credential.expiry, self.now))
                        }
                    };
                format!(
                    "{result}: {}, {} {} of {} ({}){expiry}",
                    self.names.label(&credential.subject),
                    credential.kind().noun(),
                    credential.id,
                    known.account.id,
                    self.message,
                )
            }
        }
    }
}

impl Record for DecisionView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text("gatepass.decision/v1"));
        self.put_fields(field);
    }
}

impl DecisionView<'_> {
    /// Puts all fields but the name of the schema.
    pub(super) fn put_fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let known = self.decision.known.as_ref();
        let credential = self.credential();
        let subject_of = |kind| {
            let credential = credential.filter(|credential| credential.kind() == kind);
            optional_text(credential.map(|credential| credential.subject.as_str()))
        };
        let role =
            known.map(|known| secret_role(&known.credential, &known.digest, self.now).as_str());
        let scopes = credential.iter().flat_map(|credential| credential.scopes.iter());
        field("allowed", Value::Bool(self.decision.is_allowed()));
        field("reason", Value::Text(self.decision.reason.as_str()));
        field("message", Value::Text(&self.message));
        field("id", optional_text(self.id.as_deref()));
        field("kind", optional_text(credential.map(|credential| credential.kind().as_str())));
        field("account", optional_text(known.map(|known| known.account.id.as_str())));
        field("name", subject_of(CredentialKind::Account));
        field("user", subject_of(CredentialKind::User));
        field("state", optional_text(credential.map(|found| found.state(self.now).as_str())));
        field("secret_role", optional_text(role));
        field(
            "expires_at",
            optional_timestamp(credential.and_then(|found| found.expiry.instant())),
        );
        field("scopes", Value::List(scopes.map(Value::Text).collect()));
        field("decided_at", optional_timestamp(Some(self.now)));
        self.put_app_and_district(field);
        field("label", optional_text(self.label.as_deref()));
    }

    fn put_app_and_district<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let subject = self.credential().map(|credential| &credential.subject);
        let (client, names) = (self.client, self.names);
        let app = subject.and_then(Subject::app_text).or(client.map(|app| app.id.as_str()));
        let app_name = names.app.as_deref().or(client.map(|app| app.name.as_str()));
        field("app", optional_text(app));
        field("app_name", optional_text(app_name));
        field("district", optional_text(subject.and_then(Subject::district_text)));
        field("district_name", optional_text(names.district.as_deref()));
    }
}

/// Returns the message about a client secret, which is only valid where an app requests tokens.
fn client_message(app: &App) -> String {
    let (name, id) = (&app.name, app.id);
    let removed = if app.removed.is_some() { ", which was removed" } else { "" };
    format!(
        "this is the client secret of app {name} ({id}){removed}; the gate does not accept it, but it gives access to the tokens of the app"
    )
}

/// Returns what people and scripts read about a decision.
fn message(decision: &Decision, malformed: Option<String>) -> String {
    let known = decision.known.as_ref();
    let credential = known.map(|known| &known.credential);
    let account = known.map(|known| &known.account);
    let fixed = match decision.reason {
        Reason::Malformed => return malformed.unwrap_or_else(|| "not a secret".to_owned()),
        Reason::Deleted => return credential.map(deleted_message).unwrap_or_default(),
        Reason::Revoked => return revoked_message(credential),
        Reason::Replaced => return credential.map(replaced_message).unwrap_or_default(),
        Reason::Expired => return credential.map(expired_message).unwrap_or_default(),
        Reason::WrongRegion => return region_message(account),
        Reason::LegacySunset => return sunset_message(account),
        Reason::Allowed => "valid",
        Reason::Missing => "no secret was presented",
        Reason::Duplicate => "more than one secret or account was presented",
        Reason::InQuery => "the URL contains a secret, where logs would keep it",
        Reason::AccountMissing => "a passcode was presented without an Account ID",
        Reason::AccountMalformed => "that is not an Account ID",
        Reason::Unknown => "unknown secret",
        Reason::Tampered => "its record failed verification",
        Reason::WrongAccount => "it belongs to another account",
        Reason::UserPasscodeRequired => "the account requires user passcodes",
        Reason::WrongApp => "it belongs to another app, or to none",
        Reason::WrongDistrict => "not valid for the required district",
        Reason::ScopeMissing => "missing required scope",
    };
    fixed.to_owned()
}

fn deleted_message(credential: &Credential) -> String {
    let deleted = credential.deleted.as_ref();
    deleted.map(|gone| format!("deleted at {} by {}", gone.at, gone.by)).unwrap_or_default()
}

fn revoked_message(credential: Option<&Credential>) -> String {
    let revoked = credential.and_then(|credential| credential.revoked.as_ref());
    let revoked = revoked.map(|revoked| format!("revoked at {} by {}", revoked.at, revoked.by));
    // Removing an app revokes its tokens. If a token has no such record, doctor reports why.
    revoked.unwrap_or_else(|| "its app was removed".to_owned())
}

fn replaced_message(credential: &Credential) -> String {
    format!("replaced by a reset at {}", credential.secrets.created_at)
}

fn expired_message(credential: &Credential) -> String {
    let end = credential.expiry.instant();
    end.map(|end| format!("expired at {end}")).unwrap_or_default()
}

fn region_message(account: Option<&Account>) -> String {
    let region = account.map(|account| account.region.as_str()).unwrap_or_default();
    format!("the account's API runs in {region}")
}

fn sunset_message(account: Option<&Account>) -> String {
    let policy = account.and_then(|account| account.legacy.as_ref());
    let end = policy.map(|policy| format!(" at {}", policy.sunset_at)).unwrap_or_default();
    format!("legacy keys stopped working{end}; the app must use its tokens")
}
