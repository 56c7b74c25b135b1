//! What was just made together with its secret: how it is shown once, and taken back where that failed.

use crate::{
    commands::error::report::shell_quote,
    domain::{
        credential::{Credential, CredentialKind},
        directory::app::App,
    },
    ops::{
        IssuedCredential, OpContext, OpError,
        app::{
            client_secret::{self, IssuedApp},
            webhook::EditedWebhook,
        },
        credential::confirm::{mark_delivered, revoke_undelivered, withdraw_undelivered},
    },
    render::Record,
    view::{
        APP_FIELDS, AppView, CREDENTIAL_FIELDS, CredentialView, IssuedAppView, IssuedView,
        SECRET_DELIVERY_FIELDS, SecretDelivery, expiry_text,
    },
};

/// Whether a secret belongs to something new or to what was there and was reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueKind {
    /// Something new.
    New,
    /// What was reset: undelivered, only the new secret is withdrawn.
    Reset,
}

/// What takes a view: the record, and what a person reads of it.
pub type ShowFn<'a> = dyn FnMut(&dyn Record, &[(&str, String)]) -> anyhow::Result<()> + 'a;

/// What has a secret that nobody has seen yet.
pub trait ShowOnce {
    /// The names of the fields that are printed of it.
    fn field_names() -> Vec<&'static str>
    where
        Self: Sized;

    /// Its id.
    fn id(&self) -> String;

    /// The secret.
    fn secret(&self) -> &[u8];

    /// Calls `show` with what is printed of it, where its secret is handed over so.
    ///
    /// # Errors
    /// What `show` answers.
    fn with_view(&self, handed: SecretDelivery<'_>, show: &mut ShowFn<'_>) -> anyhow::Result<()>;

    /// Notes in the store that the secret was handed over.
    ///
    /// # Errors
    /// When the store can't be written; the secret is good all the same.
    fn record_delivered(&self, desk: &OpContext<'_>) -> Result<(), OpError>;

    /// Takes it back, because the secret could not be handed over.
    fn withdraw(&self, desk: &OpContext<'_>, made: IssueKind) -> Withdrawal;

    /// What the person at the terminal hears once the secret was shown.
    fn messages(&self) -> [String; 2];
}

/// What came of taking something back.
pub struct Withdrawal {
    /// Whether it went well.
    pub result: Result<(), OpError>,
    /// What was done, if it did.
    pub description: String,
    /// The way out then.
    pub hint: String,
    /// The way out if it did not go well.
    pub hint_on_failure: String,
}

impl ShowOnce for IssuedCredential {
    fn field_names() -> Vec<&'static str> {
        [CREDENTIAL_FIELDS, SECRET_DELIVERY_FIELDS].concat()
    }

    fn id(&self) -> String {
        self.credential.id.to_string()
    }

    fn secret(&self) -> &[u8] {
        self.secret.expose()
    }

    fn with_view(&self, handed: SecretDelivery<'_>, show: &mut ShowFn<'_>) -> anyhow::Result<()> {
        // The change happened at this instant, whatever the clock says.
        let now = self.credential.secrets.created_at;
        let last_use = self.last_use.as_ref();
        let called = self.display_name();
        let credential =
            CredentialView::new(&self.credential, last_use, self.account.id, now, called);
        let view = IssuedView { credential, secret_delivery: handed };
        show(&view, &view.credential.details())
    }

    fn record_delivered(&self, desk: &OpContext<'_>) -> Result<(), OpError> {
        mark_delivered(desk, &self.credential)
    }

    fn withdraw(&self, desk: &OpContext<'_>, made: IssueKind) -> Withdrawal {
        let (id, owner) = (self.credential.id, reference_for(&self.credential));
        let other_hint = format!("gatepass revoke {id}");
        match made {
            IssueKind::New => Withdrawal {
                result: revoke_undelivered(desk, &self.credential),
                description: format!("{id} was revoked"),
                hint: format!("gatepass delete {owner}, then make it again"),
                hint_on_failure: other_hint,
            },
            IssueKind::Reset => Withdrawal {
                result: withdraw_undelivered(desk, &self.credential),
                description: format!(
                    "the new secret of {id} was withdrawn; the old one ends as it was told"
                ),
                hint: format!("gatepass reset {owner} again"),
                hint_on_failure: other_hint,
            },
        }
    }

    fn messages(&self) -> [String; 2] {
        let credential = &self.credential;
        let owner = self.display_name();
        let ends = expiry_text(credential, credential.secrets.created_at);
        [
            format!(
                "This is the secret of {owner} ({}, account {}); it expires: {ends}.",
                credential.id, self.account.id
            ),
            format!(
                "It will not be shown again. If it is lost, make a new one: gatepass reset {}",
                reference_for(credential)
            ),
        ]
    }
}

/// As an admin names it in a command: tokens have no name that anybody would type.
fn reference_for(credential: &Credential) -> String {
    match credential.kind() {
        CredentialKind::Account | CredentialKind::User => shell_quote(credential.subject.as_str()),
        CredentialKind::Token | CredentialKind::Legacy => credential.id.to_string(),
    }
}

impl ShowOnce for IssuedApp {
    fn field_names() -> Vec<&'static str> {
        [APP_FIELDS, SECRET_DELIVERY_FIELDS].concat()
    }

    fn id(&self) -> String {
        self.app.id.to_string()
    }

    fn secret(&self) -> &[u8] {
        self.secret.expose()
    }

    fn with_view(&self, handed: SecretDelivery<'_>, show: &mut ShowFn<'_>) -> anyhow::Result<()> {
        let now = self.app.secrets.created_at;
        let app = AppView::new(&self.app, &self.summary, self.account.id, now);
        let view = IssuedAppView { schema: "gatepass.issued-app/v1", app, secret_delivery: handed };
        show(&view, &view.app.details())
    }

    fn record_delivered(&self, desk: &OpContext<'_>) -> Result<(), OpError> {
        client_secret::mark_delivered(desk, &self.app)
    }

    fn withdraw(&self, desk: &OpContext<'_>, made: IssueKind) -> Withdrawal {
        let (id, name) = (self.app.id, shell_quote(self.app.name.as_str()));
        let rest = match made {
            IssueKind::New => "the app is there and has none",
            IssueKind::Reset => "the old one ends as it was told",
        };
        let hint = format!("gatepass app reset {name}");
        Withdrawal {
            result: client_secret::withdraw_undelivered(desk, &self.app),
            description: format!("the new client secret of {id} was withdrawn; {rest}"),
            hint_on_failure: hint.clone(),
            hint,
        }
    }

    fn messages(&self) -> [String; 2] {
        let app = &self.app;
        let name = app.name.as_str();
        [
            format!(
                "This is the client secret of {name} (app {}, account {}); its client id: {}.",
                app.id, self.account.id, app.client_id
            ),
            format!(
                "It will not be shown again. If it is lost, make a new one: gatepass app reset {}",
                shell_quote(name)
            ),
        ]
    }
}

impl ShowOnce for EditedWebhook {
    fn field_names() -> Vec<&'static str> {
        [APP_FIELDS, SECRET_DELIVERY_FIELDS].concat()
    }

    fn id(&self) -> String {
        self.app.id.to_string()
    }

    fn secret(&self) -> &[u8] {
        self.key.as_ref().map_or(&[], |key| key)
    }

    fn with_view(&self, handed: SecretDelivery<'_>, show: &mut ShowFn<'_>) -> anyhow::Result<()> {
        let app = AppView::new(&self.app, &self.summary, self.account.id, self.at);
        let view =
            IssuedAppView { schema: "gatepass.issued-webhook/v1", app, secret_delivery: handed };
        show(&view, &view.app.details())
    }

    /// Nobody asks of a key whether it was displayed.
    fn record_delivered(&self, _: &OpContext<'_>) -> Result<(), OpError> {
        Ok(())
    }

    /// It was derived and opens nothing: another one takes its place.
    fn withdraw(&self, _: &OpContext<'_>, _: IssueKind) -> Withdrawal {
        let hint = rotate_command(&self.app);
        Withdrawal {
            result: Ok(()),
            description: format!("the webhook of {} is set, and nobody has its key", self.app.id),
            hint_on_failure: hint.clone(),
            hint,
        }
    }

    fn messages(&self) -> [String; 2] {
        let app = &self.app;
        [
            format!(
                "This is the key that signs what {} is told (app {}, account {}).",
                app.name, app.id, self.account.id
            ),
            format!(
                "It will not be shown again. If it is lost, make a new one: {}",
                rotate_command(app)
            ),
        ]
    }
}

fn rotate_command(app: &App) -> String {
    format!("gatepass app edit {} --rotate-webhook-key", shell_quote(app.name.as_str()))
}
