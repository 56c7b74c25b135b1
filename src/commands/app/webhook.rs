//! The webhook flags of `app edit`.

use clap::Args;

use crate::{
    commands::{
        error::{CliError, CommandError},
        issue::{IssueArgs, Quantity, ShowOnce},
        session::Session,
    },
    domain::{
        directory::{app::App, reference::Reference},
        notice::{NetworkPolicy, UrlError, WebhookUrl},
    },
    exit::Exit,
    ops::{
        app::{
            registration::EditAppRequest,
            webhook::{EditedWebhook, WebhookEdit, edit_webhook},
        },
        outbox::counts::MessageCounts,
        query::{resolve::PartialIds, resolve_directory::resolve_app},
        secret_sink::AfterCommit,
    },
    render::text::escape,
    store::{Mode, Store},
    view::{APP_FIELDS, AppView},
};

/// The flags that set an app's webhook.
#[derive(Clone, Debug, Default, Args)]
pub struct WebhookArgs {
    /// Send messages about its tokens to this https URL
    ///
    /// The first URL of an app comes with a signing key, which is shown once. The URL must resolve to public addresses.
    #[arg(long, value_name = "URL", conflicts_with_all = ["no_webhook", "legacy_key_file"])]
    webhook: Option<String>,
    /// Remove the webhook
    ///
    /// Pending messages are cancelled.
    #[arg(long, conflicts_with_all = ["rotate_webhook_key", "out", "copy", "legacy_key_file"])]
    no_webhook: bool,
    /// Generate a new webhook signing key
    ///
    /// The key is shown once. The old key stops working immediately.
    #[arg(long, conflicts_with = "legacy_key_file")]
    rotate_webhook_key: bool,
    /// Also permit private addresses and http
    ///
    /// Use the same flag of serve and deliver, which send the messages.
    #[arg(long, requires = "webhook")]
    allow_private_webhooks: bool,
    #[command(flatten)]
    issue: IssueArgs,
}

impl WebhookArgs {
    /// Whether the webhook is to be changed.
    pub fn is_given(&self) -> bool {
        self.webhook.is_some() || self.no_webhook || self.rotate_webhook_key
    }

    /// Changes an app together with its webhook.
    ///
    /// # Errors
    /// The error of the use case, or that the new key could not be shown.
    pub fn apply(
        &self,
        session: &mut Session<'_, '_>,
        reference: &Reference,
        request: EditAppRequest<'_>,
    ) -> Result<Exit, CommandError> {
        let policy = session.network_policy(self.allow_private_webhooks);
        let url = self.webhook.as_deref().map(|text| parse_url(text, policy)).transpose()?;
        let store = session.open_store(Mode::Write)?;
        let (app, pending) = current_app(session, &store, reference)?;
        let reference = &Reference::from_object_id(app.id);
        let edit = self.edit(url, &app);
        self.check_output(session, &edit)?;
        if let Some(question) =
            question(&app, &edit, pending).filter(|_| session.needs_confirmation())
        {
            session.confirm(&question)?;
        }
        match edit {
            WebhookEdit::Set(_) | WebhookEdit::Clear => {
                let actor = session.actor();
                let context = session.op_context(&store, &actor);
                let edited =
                    edit_webhook(&context, reference, request, &edit, &mut AfterCommit::default())?;
                let view = AppView::new(&edited.app, &edited.summary, &edited.account, edited.at)
                    .in_dry_run(session.dry_run(false));
                session.show(&view, &view.details())?;
                session.message(&result_message(&edited))?;
                session.report_dry_run()?;
                Ok(Exit::Success)
            }
            WebhookEdit::SetAndRotate(_) | WebhookEdit::Rotate => {
                self.issue.issue(session, &store, |context, _, sink| {
                    Ok(edit_webhook(context, reference, request, &edit, sink)?.into())
                })
            }
        }
    }

    /// Returns the change; the first URL of an app comes with a new key.
    fn edit(&self, url: Option<WebhookUrl>, app: &App) -> WebhookEdit {
        match (url, self.rotate_webhook_key) {
            (Some(url), true) => WebhookEdit::SetAndRotate(url),
            (Some(url), false) if app.webhook.is_none() => WebhookEdit::SetAndRotate(url),
            (Some(url), false) => WebhookEdit::Set(url),
            (None, true) => WebhookEdit::Rotate,
            (None, false) => WebhookEdit::Clear,
        }
    }

    /// Rejects arguments with which a new key would be lost, and an output for a key where there is no new one.
    fn check_output(
        &self,
        session: &Session<'_, '_>,
        edit: &WebhookEdit,
    ) -> Result<(), CommandError> {
        match edit {
            WebhookEdit::SetAndRotate(_) | WebhookEdit::Rotate => {
                self.issue.check_for(session, &EditedWebhook::field_names(), Quantity::One)
            }
            _ => self.check_no_new_key(session),
        }
    }

    /// Rejects `--out` and `--copy`, because there is no new key.
    ///
    /// # Errors
    /// A usage error.
    pub fn check_no_new_key(&self, session: &Session<'_, '_>) -> Result<(), CommandError> {
        if self.issue.out.is_some() || self.issue.copy {
            let message =
                "the webhook keeps its signing key, so there is no new key to write".to_owned();
            let hint = Some("use --rotate-webhook-key to generate a new one".to_owned());
            return Err(CliError::Usage { code: "no_new_key", message, hint }.into());
        }
        Ok(session.check_field(APP_FIELDS)?)
    }
}

/// Returns the app before the change, and the number of messages still to be sent to it.
fn current_app(
    session: &Session<'_, '_>,
    store: &Store,
    reference: &Reference,
) -> Result<(App, i64), CommandError> {
    let mut read = session.begin_read(store)?;
    let accounts = read.accounts(session.account)?;
    let app = resolve_app(&mut read.tx, &accounts, reference, PartialIds::Rejected)?;
    let pending = MessageCounts::for_app(&mut read.tx, &app)?.pending;
    Ok((app, pending))
}

fn parse_url(text: &str, policy: NetworkPolicy) -> Result<WebhookUrl, CliError> {
    WebhookUrl::parse(text, policy).map_err(|why| {
        let hint = match why {
            UrlError::Private | UrlError::Insecure => {
                Some("use --allow-private-webhooks, here and with serve or deliver".to_owned())
            }
            _ => None,
        };
        CliError::Usage { code: "bad_webhook", message: why.to_string(), hint }
    })
}

/// Returns the question to confirm a change that removes a webhook or replaces its key; `None` for any other.
fn question(app: &App, edit: &WebhookEdit, pending: i64) -> Option<String> {
    app.webhook.as_ref()?;
    let (name, id) = (escape(app.name.as_str()), app.id);
    match edit {
        WebhookEdit::Set(_) => None,
        WebhookEdit::Clear if pending == 0 => {
            Some(format!("Remove the webhook of app {name} ({id})?"))
        }
        WebhookEdit::Clear => {
            let messages = if pending == 1 { "message" } else { "messages" };
            Some(format!(
                "Remove the webhook of app {name} ({id}) and cancel {pending} pending {messages}?"
            ))
        }
        WebhookEdit::SetAndRotate(_) | WebhookEdit::Rotate => Some(format!(
            "The current key stops working immediately. Rotate the webhook signing key of app {name} ({id})?"
        )),
    }
}

/// Returns the message after a change without a new key.
fn result_message(edited: &EditedWebhook) -> String {
    match (&edited.app.webhook, edited.cancelled) {
        (Some(_), _) => "The webhook signing key stays the same.".to_owned(),
        (None, 0) => "No messages were pending.".to_owned(),
        (None, 1) => "Cancelled 1 pending message.".to_owned(),
        (None, many) => format!("Cancelled {many} pending messages."),
    }
}
