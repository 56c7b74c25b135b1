//! Issued secrets: how each is shown once, and withdrawn if that fails.

use crate::{
    commands::{
        error::{CommandError, shell_quote},
        session::Session,
    },
    domain::{
        credential::{Credential, CredentialKind},
        directory::app::App,
    },
    ops::{
        IssuedCredential, OpContext, OpError,
        app::{
            client_secret::{self, IssuedApp},
            registration::ExistingApp,
            webhook::{EditedWebhook, complete_edit},
        },
        credential::{
            confirm::{complete_reset, mark_delivered, revoke_undelivered, withdraw_reset},
            issue::ExistingCredential,
        },
    },
    render::Record,
    view::{
        APP_FIELDS, AppView, CREDENTIAL_FIELDS, CredentialView, IssuedAppView, IssuedView,
        SECRET_DELIVERY_FIELDS, SecretDelivery, expiry_text,
    },
};

/// Prints a view: the record, and its details for a person.
pub type ShowFn<'a> = dyn FnMut(&dyn Record, &[(&str, String)]) -> Result<(), CommandError> + 'a;

/// Something with a new secret that is to be shown once.
pub trait ShowOnce {
    /// What is shown instead if the request accepts that it exists already.
    type Existing: ShowExisting;

    /// Returns the names of the fields of its view.
    fn field_names() -> Vec<&'static str>
    where
        Self: Sized;

    /// Returns its id.
    fn id(&self) -> String;

    /// Whether the change created the credential or app. A reset or a new webhook key only changes it.
    fn is_new(&self) -> bool;

    /// Returns the secret.
    fn secret(&self) -> &[u8];

    /// Calls `show` with its view; `delivery` says where the secret went.
    ///
    /// # Errors
    /// The error of `show`.
    fn with_view(
        &self,
        delivery: SecretDelivery<'_>,
        show: &mut ShowFn<'_>,
    ) -> Result<(), CommandError>;

    /// Records in the store that the secret was shown. This completes a change that waits for it, such as a reset.
    ///
    /// # Errors
    /// When the store can't be written. The secret of something new is valid nevertheless.
    fn record_delivered(&self, context: &OpContext<'_>) -> Result<(), OpError>;

    /// Returns what to do if [`ShowOnce::record_delivered`] can't complete the change; `None` if the change was made
    /// before the secret was shown.
    fn hint_if_incomplete(&self) -> Option<String>;

    /// Withdraws the secret because it could not be shown.
    fn withdraw(&self, context: &OpContext<'_>) -> Withdrawal;

    /// Returns the messages for stderr after the secret was shown: what it belongs to, and that it is not shown again.
    fn messages(&self) -> [String; 2];
}

/// Something that exists already, so that no secret was issued.
pub trait ShowExisting {
    /// Shows it, and reports that it exists.
    ///
    /// # Errors
    /// When the output can't be written.
    fn show_existing(&self, session: &mut Session<'_, '_>) -> Result<(), CommandError>;
}

/// The result of withdrawing a secret.
pub struct Withdrawal {
    /// Whether it succeeded.
    pub result: Result<(), OpError>,
    /// What was done, if it succeeded.
    pub description: String,
    /// What to do next, if it succeeded.
    pub hint: String,
    /// What to do next, if it failed.
    pub hint_on_failure: String,
}

impl ShowOnce for IssuedCredential {
    type Existing = ExistingCredential;

    fn field_names() -> Vec<&'static str> {
        [CREDENTIAL_FIELDS, SECRET_DELIVERY_FIELDS].concat()
    }

    fn id(&self) -> String {
        self.credential.id.to_string()
    }

    fn is_new(&self) -> bool {
        self.is_new
    }

    fn secret(&self) -> &[u8] {
        self.secret.expose()
    }

    fn with_view(
        &self,
        delivery: SecretDelivery<'_>,
        show: &mut ShowFn<'_>,
    ) -> Result<(), CommandError> {
        // The time of the change, which may be later than the clock's.
        let now = self.credential.secrets.created_at;
        let last_use = self.last_use.as_ref();
        let name = self.display_name();
        let credential = CredentialView::new(&self.credential, last_use, &self.account, now, name)
            .in_dry_run(delivery.dry_run);
        let view = IssuedView { credential, secret_delivery: delivery };
        show(&view, &view.credential.details())
    }

    fn record_delivered(&self, context: &OpContext<'_>) -> Result<(), OpError> {
        match self.pending_reset {
            Some(options) => complete_reset(context, &self.credential, options),
            None => mark_delivered(context, &self.credential),
        }
    }

    fn hint_if_incomplete(&self) -> Option<String> {
        let reference = reference_for(&self.credential);
        self.pending_reset.map(|_| {
            format!("the old secret stays valid; to end both: gatepass reset {reference} again")
        })
    }

    fn withdraw(&self, context: &OpContext<'_>) -> Withdrawal {
        let (id, reference) = (self.credential.id, reference_for(&self.credential));
        match self.pending_reset {
            None => Withdrawal {
                result: revoke_undelivered(context, &self.credential),
                description: format!("{id} was revoked"),
                hint: format!("gatepass delete {reference}, then create it again"),
                hint_on_failure: format!("gatepass revoke {id}"),
            },
            Some(_) => Withdrawal {
                result: withdraw_reset(context, &self.credential),
                description: format!("the reset of {id} was undone and its old secret stays valid"),
                hint: format!("gatepass reset {reference} again"),
                hint_on_failure: format!("to end it: gatepass reset {reference} again"),
            },
        }
    }

    fn messages(&self) -> [String; 2] {
        let credential = &self.credential;
        let name = self.display_name();
        let expiry = expiry_text(credential.expiry, credential.secrets.created_at);
        [
            format!(
                "This is the secret of {name} ({}, account {}). Expiry: {expiry}.",
                credential.id, self.account.id
            ),
            format!(
                "It will not be shown again. If you lose it, generate a new one: gatepass reset {}",
                reference_for(credential)
            ),
        ]
    }
}

/// Returns the reference to suggest in a command: the name of a passcode, but the id of a token or a legacy key.
fn reference_for(credential: &Credential) -> String {
    match credential.kind() {
        CredentialKind::Account | CredentialKind::User => shell_quote(credential.subject.as_str()),
        CredentialKind::Token | CredentialKind::Legacy => credential.id.to_string(),
    }
}

impl ShowOnce for IssuedApp {
    type Existing = ExistingApp;

    fn field_names() -> Vec<&'static str> {
        [APP_FIELDS, SECRET_DELIVERY_FIELDS].concat()
    }

    fn id(&self) -> String {
        self.app.id.to_string()
    }

    fn is_new(&self) -> bool {
        self.is_new
    }

    fn secret(&self) -> &[u8] {
        self.secret.expose()
    }

    fn with_view(
        &self,
        delivery: SecretDelivery<'_>,
        show: &mut ShowFn<'_>,
    ) -> Result<(), CommandError> {
        let now = self.app.secrets.created_at;
        let app =
            AppView::new(&self.app, &self.summary, &self.account, now).in_dry_run(delivery.dry_run);
        let view =
            IssuedAppView { schema: "gatepass.issued-app/v1", app, secret_delivery: delivery };
        show(&view, &view.app.details())
    }

    fn record_delivered(&self, context: &OpContext<'_>) -> Result<(), OpError> {
        match self.pending_reset {
            Some(options) => client_secret::complete_reset(context, &self.app, options),
            None => client_secret::mark_delivered(context, &self.app),
        }
    }

    fn hint_if_incomplete(&self) -> Option<String> {
        let name = shell_quote(self.app.name.as_str());
        self.pending_reset.map(|_| {
            format!("the old secret stays valid; to end both: gatepass app reset {name} again")
        })
    }

    fn withdraw(&self, context: &OpContext<'_>) -> Withdrawal {
        let (id, name) = (self.app.id, shell_quote(self.app.name.as_str()));
        let (result, description) = match self.pending_reset {
            None => (
                client_secret::withdraw_undelivered(context, &self.app),
                format!(
                    "the new client secret of {id} was withdrawn; the app was added without one"
                ),
            ),
            Some(_) => (
                client_secret::withdraw_reset(context, &self.app),
                format!("the reset of {id} was undone and its old client secret stays valid"),
            ),
        };
        let hint = format!("gatepass app reset {name}");
        Withdrawal { result, description, hint_on_failure: hint.clone(), hint }
    }

    fn messages(&self) -> [String; 2] {
        let app = &self.app;
        let name = app.name.as_str();
        [
            format!(
                "This is the client secret of {name} (app {}, account {}). Its client id is {}.",
                app.id, self.account.id, app.client_id
            ),
            format!(
                "It will not be shown again. If you lose it, generate a new one: gatepass app reset {}",
                shell_quote(name)
            ),
        ]
    }
}

impl ShowOnce for EditedWebhook {
    type Existing = ExistingApp;

    fn field_names() -> Vec<&'static str> {
        [APP_FIELDS, SECRET_DELIVERY_FIELDS].concat()
    }

    fn id(&self) -> String {
        self.app.id.to_string()
    }

    fn is_new(&self) -> bool {
        false
    }

    fn secret(&self) -> &[u8] {
        self.key.as_ref().map_or(&[], |key| key)
    }

    fn with_view(
        &self,
        delivery: SecretDelivery<'_>,
        show: &mut ShowFn<'_>,
    ) -> Result<(), CommandError> {
        let app = AppView::new(&self.app, &self.summary, &self.account, self.at)
            .in_dry_run(delivery.dry_run);
        let view =
            IssuedAppView { schema: "gatepass.issued-webhook/v1", app, secret_delivery: delivery };
        show(&view, &view.app.details())
    }

    fn record_delivered(&self, context: &OpContext<'_>) -> Result<(), OpError> {
        complete_edit(context, self)
    }

    fn hint_if_incomplete(&self) -> Option<String> {
        Some("the webhook stays as it was; try again".to_owned())
    }

    /// Does nothing: the app is changed only after its key was shown.
    fn withdraw(&self, _: &OpContext<'_>) -> Withdrawal {
        let hint = "try again with --out FILE".to_owned();
        Withdrawal {
            result: Ok(()),
            description: format!("the webhook of {} was not changed", self.app.id),
            hint_on_failure: hint.clone(),
            hint,
        }
    }

    fn messages(&self) -> [String; 2] {
        let app = &self.app;
        [
            format!(
                "This is the key that signs messages to {} (app {}, account {}).",
                app.name, app.id, self.account.id
            ),
            format!(
                "It will not be shown again. If you lose it, generate a new one: {}",
                rotate_command(app)
            ),
        ]
    }
}

fn rotate_command(app: &App) -> String {
    format!("gatepass app edit {} --rotate-webhook-key", shell_quote(app.name.as_str()))
}
