//! What is printed of a decision.

use super::value::{expiry_text, optional_text, optional_timestamp};
use crate::{
    domain::{
        credential::{Credential, CredentialKind, display_name::SubjectNames, subject::Subject},
        decision::{Decision, Reason, secret_role},
        directory::app::App,
        instant::Instant,
    },
    ops::query::verify::Verification,
    render::{Record, Value},
};

/// A decision, and whose secret it was about.
pub struct DecisionView<'a> {
    decision: &'a Decision,
    names: &'a SubjectNames,
    client: Option<&'a App>,
    message: String,
    id: Option<String>,
    now: Instant,
}

impl<'a> DecisionView<'a> {
    /// The view of what was decided; `malformed` says why what was presented is no secret.
    pub fn new(answer: &'a Verification, malformed: Option<String>) -> Self {
        let Verification { decision, names, client, now } = answer;
        let client = client.as_ref();
        let message = match client {
            None => message(decision, malformed),
            Some(app) => client_message(app),
        };
        let id = decision.known.as_ref().map(|known| known.credential.id.to_string());
        Self { decision, names, client, message, id, now: *now }
    }

    fn credential(&self) -> Option<&Credential> {
        self.decision.known.as_ref().map(|known| &known.credential)
    }

    /// What a person reads of it.
    pub fn sentence(&self) -> String {
        let verdict = if self.decision.is_allowed() { "allowed" } else { "refused" };
        match &self.decision.known {
            None => format!("{verdict}: {}", self.message),
            Some(known) => {
                let c = &known.credential;
                // Of what is dead the message has told the end.
                let ends = match c.state(self.now).is_valid() {
                    true => format!("; expires: {}", expiry_text(c, self.now)),
                    false => String::new(),
                };
                format!(
                    "{verdict}: {} ({}, {} of {}): {}{ends}",
                    self.names.label(&c.subject),
                    c.id,
                    c.kind().noun(),
                    known.account.id,
                    self.message,
                )
            }
        }
    }
}

impl Record for DecisionView<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        let known = self.decision.known.as_ref();
        let credential = self.credential();
        let owner_of = |kind| {
            optional_text(credential.filter(|c| c.kind() == kind).map(|c| c.subject.as_str()))
        };
        put("schema", Value::Text("gatepass.decision/v1"));
        put("allowed", Value::Bool(self.decision.is_allowed()));
        put("reason", Value::Text(self.decision.reason.as_str()));
        put("message", Value::Text(&self.message));
        put("id", optional_text(self.id.as_deref()));
        put("kind", optional_text(credential.map(|c| c.kind().as_str())));
        put("account", optional_text(known.map(|known| known.account.id.as_str())));
        put("name", owner_of(CredentialKind::Account));
        put("user", owner_of(CredentialKind::User));
        put("state", optional_text(credential.map(|c| c.state(self.now).as_str())));
        put(
            "secret_role",
            optional_text(
                known.map(|known| secret_role(&known.credential, &known.digest, self.now).as_str()),
            ),
        );
        put("expires_at", optional_timestamp(credential.and_then(|c| c.expiry.instant())));
        let scopes = credential.iter().flat_map(|c| c.scopes.iter()).map(Value::Text);
        put("scopes", Value::List(scopes.collect()));
        put("decided_at", optional_timestamp(Some(self.now)));
        let owner = credential.map(|c| &c.subject);
        put(
            "app",
            optional_text(
                owner.and_then(Subject::app_text).or(self.client.map(|app| app.id.as_str())),
            ),
        );
        let name = self.client.map(|app| app.name.as_str());
        put("app_name", optional_text(self.names.app.as_deref().or(name)));
        put("district", optional_text(owner.and_then(Subject::district_text)));
        put("district_name", optional_text(self.names.district.as_deref()));
    }
}

/// An app logs in with its client secret, where it gets its tokens; nothing else takes it.
fn client_message(app: &App) -> String {
    let (name, id) = (&app.name, app.id);
    let removed = if app.removed.is_some() { ", which was removed" } else { "" };
    format!(
        "it is the client secret of app {name} ({id}){removed}: it opens nothing here, but whoever has it gets the tokens of the app"
    )
}

fn message(decision: &Decision, malformed: Option<String>) -> String {
    let known = decision.known.as_ref();
    let credential = known.map(|known| &known.credential);
    match decision.reason {
        Reason::Allowed => "it is good".to_owned(),
        Reason::Missing => "no secret was presented".to_owned(),
        Reason::Duplicate => "more than one secret or account was presented".to_owned(),
        Reason::InQuery => "a secret stands in the address, where logs keep it".to_owned(),
        Reason::Malformed => malformed.unwrap_or_else(|| "it is no secret".to_owned()),
        Reason::AccountMissing => {
            "a passcode comes with an Account ID, and none was given".to_owned()
        }
        Reason::AccountMalformed => "the Account ID is none".to_owned(),
        Reason::Unknown => "nobody has this secret".to_owned(),
        Reason::Tampered => "its record does not verify".to_owned(),
        Reason::WrongAccount => "it belongs to another account".to_owned(),
        Reason::Deleted => {
            let deleted = credential.and_then(|c| c.deleted.as_ref());
            deleted.map(|gone| format!("deleted at {} by {}", gone.at, gone.by)).unwrap_or_default()
        }
        Reason::Revoked => {
            let revoked = credential.and_then(|c| c.revoked.as_ref());
            let revoked = revoked.map(|dead| format!("revoked at {} by {}", dead.at, dead.by));
            // It was not, and yet it is dead: doctor tells how that came.
            revoked.unwrap_or_else(|| "its app was removed".to_owned())
        }
        Reason::Replaced => {
            let made = credential.map(|c| c.secrets.created_at);
            made.map(|at| format!("replaced by a reset at {at}")).unwrap_or_default()
        }
        Reason::Expired => {
            let end = credential.and_then(|c| c.expiry.instant());
            end.map(|end| format!("expired at {end}")).unwrap_or_default()
        }
        Reason::UserPasscodeRequired => "the account demands user passcodes".to_owned(),
        Reason::WrongRegion => {
            let region = known.map(|known| known.account.region.as_str()).unwrap_or_default();
            format!("the account's API runs in {region}")
        }
        Reason::LegacySunset => {
            let policy = known.and_then(|known| known.account.legacy.as_ref());
            let end = policy.map(|policy| format!(" at {}", policy.sunset_at)).unwrap_or_default();
            format!("legacy keys ended{end}: its app has to use the tokens of its districts")
        }
        Reason::WrongApp => "it belongs to another app, or to none".to_owned(),
        Reason::WrongDistrict => "it is not good for the district that is demanded".to_owned(),
        Reason::ScopeMissing => "it lacks the scope that is demanded".to_owned(),
    }
}
