//! What was just made together with its secret: how it is shown once, and taken back where that failed.

use super::{
    error::quote,
    view::{
        APP_FIELDS, AppView, CREDENTIAL_FIELDS, CredentialView, HANDED_FIELDS, Handed,
        IssuedAppView, IssuedView, expires,
    },
};
use crate::{
    domain::{
        app::App,
        credential::{Credential, Kind},
    },
    ops::{
        Desk, Issued, OpError,
        app::{self, IssuedApp},
        delivery::{delivered, revoke_undelivered, withdraw_undelivered},
        webhook::EditedWebhook,
    },
    render::Record,
};

/// Whether a secret belongs to something new or to what was there and was reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Something new.
    New,
    /// What was reset: undelivered, only the new secret is withdrawn.
    Reset,
}

/// What takes a view: the record, and what a person reads of it.
pub type Show<'a> = dyn FnMut(&dyn Record, &[(&str, String)]) -> anyhow::Result<()> + 'a;

/// What has a secret that nobody has seen yet.
pub trait Fresh {
    /// The names of the fields that are printed of it.
    fn fields() -> Vec<&'static str>
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
    fn view(&self, handed: Handed<'_>, show: &mut Show<'_>) -> anyhow::Result<()>;

    /// Notes in the store that the secret was handed over.
    ///
    /// # Errors
    /// When the store can't be written; the secret is good all the same.
    fn note_delivered(&self, desk: &Desk<'_>) -> Result<(), OpError>;

    /// Takes it back, because the secret could not be handed over.
    fn take_back(&self, desk: &Desk<'_>, made: Made) -> TakenBack;

    /// What the person at the terminal hears once the secret was shown.
    fn said_once(&self) -> [String; 2];
}

/// What came of taking something back.
pub struct TakenBack {
    /// Whether it went well.
    pub result: Result<(), OpError>,
    /// What was done, if it did.
    pub done: String,
    /// The way out then.
    pub hint: String,
    /// The way out if it did not go well.
    pub other_hint: String,
}

impl Fresh for Issued {
    fn fields() -> Vec<&'static str> {
        [CREDENTIAL_FIELDS, HANDED_FIELDS].concat()
    }

    fn id(&self) -> String {
        self.credential.id.to_string()
    }

    fn secret(&self) -> &[u8] {
        self.secret.expose()
    }

    fn view(&self, handed: Handed<'_>, show: &mut Show<'_>) -> anyhow::Result<()> {
        // The change happened at this instant, whatever the clock says.
        let now = self.credential.secrets.made_at;
        let last_use = self.last_use.as_ref();
        let called = self.called();
        let credential =
            CredentialView::new(&self.credential, last_use, self.account.id, now, called);
        let view = IssuedView { credential, handed };
        show(&view, &view.credential.details())
    }

    fn note_delivered(&self, desk: &Desk<'_>) -> Result<(), OpError> {
        delivered(desk, &self.credential)
    }

    fn take_back(&self, desk: &Desk<'_>, made: Made) -> TakenBack {
        let (id, owner) = (self.credential.id, named(&self.credential));
        let other_hint = format!("gatepass revoke {id}");
        match made {
            Made::New => TakenBack {
                result: revoke_undelivered(desk, &self.credential),
                done: format!("{id} was revoked"),
                hint: format!("gatepass delete {owner}, then make it again"),
                other_hint,
            },
            Made::Reset => TakenBack {
                result: withdraw_undelivered(desk, &self.credential),
                done: format!(
                    "the new secret of {id} was withdrawn; the old one ends as it was told"
                ),
                hint: format!("gatepass reset {owner} again"),
                other_hint,
            },
        }
    }

    fn said_once(&self) -> [String; 2] {
        let credential = &self.credential;
        let owner = self.called();
        let ends = expires(credential, credential.secrets.made_at);
        [
            format!(
                "This is the secret of {owner} ({}, account {}); it expires: {ends}.",
                credential.id, self.account.id
            ),
            format!(
                "It will not be shown again. If it is lost, make a new one: gatepass reset {}",
                named(credential)
            ),
        ]
    }
}

/// As an admin names it in a command: tokens have no name that anybody would type.
fn named(credential: &Credential) -> String {
    match credential.kind() {
        Kind::Account | Kind::User => quote(credential.owner.as_str()),
        Kind::Token | Kind::Legacy => credential.id.to_string(),
    }
}

impl Fresh for IssuedApp {
    fn fields() -> Vec<&'static str> {
        [APP_FIELDS, HANDED_FIELDS].concat()
    }

    fn id(&self) -> String {
        self.app.id.to_string()
    }

    fn secret(&self) -> &[u8] {
        self.secret.expose()
    }

    fn view(&self, handed: Handed<'_>, show: &mut Show<'_>) -> anyhow::Result<()> {
        let now = self.app.secrets.made_at;
        let app = AppView::new(&self.app, &self.holds, self.account.id, now);
        let view = IssuedAppView { schema: "gatepass.issued-app/v1", app, handed };
        show(&view, &view.app.details())
    }

    fn note_delivered(&self, desk: &Desk<'_>) -> Result<(), OpError> {
        app::delivered(desk, &self.app)
    }

    fn take_back(&self, desk: &Desk<'_>, made: Made) -> TakenBack {
        let (id, name) = (self.app.id, quote(self.app.name.as_str()));
        let rest = match made {
            Made::New => "the app is there and has none",
            Made::Reset => "the old one ends as it was told",
        };
        let hint = format!("gatepass app reset {name}");
        TakenBack {
            result: app::withdraw_undelivered(desk, &self.app),
            done: format!("the new client secret of {id} was withdrawn; {rest}"),
            other_hint: hint.clone(),
            hint,
        }
    }

    fn said_once(&self) -> [String; 2] {
        let app = &self.app;
        let name = app.name.as_str();
        [
            format!(
                "This is the client secret of {name} (app {}, account {}); its client id: {}.",
                app.id, self.account.id, app.client_id
            ),
            format!(
                "It will not be shown again. If it is lost, make a new one: gatepass app reset {}",
                quote(name)
            ),
        ]
    }
}

impl Fresh for EditedWebhook {
    fn fields() -> Vec<&'static str> {
        [APP_FIELDS, HANDED_FIELDS].concat()
    }

    fn id(&self) -> String {
        self.app.id.to_string()
    }

    fn secret(&self) -> &[u8] {
        self.key.as_ref().map_or(&[], |key| key)
    }

    fn view(&self, handed: Handed<'_>, show: &mut Show<'_>) -> anyhow::Result<()> {
        let app = AppView::new(&self.app, &self.holds, self.account.id, self.at);
        let view = IssuedAppView { schema: "gatepass.issued-webhook/v1", app, handed };
        show(&view, &view.app.details())
    }

    /// Nobody asks of a key whether it was displayed.
    fn note_delivered(&self, _: &Desk<'_>) -> Result<(), OpError> {
        Ok(())
    }

    /// It was derived and opens nothing: another one takes its place.
    fn take_back(&self, _: &Desk<'_>, _: Made) -> TakenBack {
        let hint = rotation(&self.app);
        TakenBack {
            result: Ok(()),
            done: format!("the webhook of {} is set, and nobody has its key", self.app.id),
            other_hint: hint.clone(),
            hint,
        }
    }

    fn said_once(&self) -> [String; 2] {
        let app = &self.app;
        [
            format!(
                "This is the key that signs what {} is told (app {}, account {}).",
                app.name, app.id, self.account.id
            ),
            format!("It will not be shown again. If it is lost, make a new one: {}", rotation(app)),
        ]
    }
}

fn rotation(app: &App) -> String {
    format!("gatepass app edit {} --rotate-webhook-key", quote(app.name.as_str()))
}
