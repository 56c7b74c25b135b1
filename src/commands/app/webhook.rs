//! What `app edit` says of an app's webhook, and who carries messages there.

use std::sync::Arc;

use clap::Args;

use crate::{
    commands::{
        Session,
        error::report::CliError,
        issue::{
            issue_args::IssueArgs,
            show_once::{IssueKind, ShowOnce},
        },
        session::removal::show_app,
    },
    delivery::{HttpTransport, TransportTimeouts, TrustedRoots},
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
        outbox::{counts::MessageCounts, send::SharedTransport},
        query::{resolve::PartialIds, resolve_directory::resolve_app},
        secret_sink::AfterCommit,
    },
    render::text::escape,
    store::{Store, sqlite::Mode},
    view::APP_FIELDS,
};

/// Where an app is told of its tokens.
#[derive(Clone, Debug, Default, Args)]
pub struct WebhookArgs {
    /// Tell it of its tokens at this https URL; the key that signs the messages is shown once
    #[arg(long, value_name = "URL", conflicts_with_all = ["no_webhook", "legacy_key_file"])]
    webhook: Option<String>,
    /// Tell it nothing any more
    #[arg(long, conflicts_with_all = ["rotate_webhook_key", "out", "copy", "legacy_key_file"])]
    no_webhook: bool,
    /// Sign what it is told with a new key, shown once; the old one ends at once
    #[arg(long, conflicts_with = "legacy_key_file")]
    rotate_webhook_key: bool,
    /// Let the URL lead to a private address, or begin with http
    #[arg(long, requires = "webhook")]
    allow_private_webhooks: bool,
    #[command(flatten)]
    issue: IssueArgs,
}

impl WebhookArgs {
    /// Whether anything was said of it.
    pub fn is_given(&self) -> bool {
        self.webhook.is_some() || self.no_webhook || self.rotate_webhook_key
    }

    /// Changes an app together with its webhook.
    ///
    /// # Errors
    /// What the use case answers, or that the new key could not be shown.
    pub fn apply(
        &self,
        session: &mut Session<'_, '_>,
        reference: &Reference,
        edits: EditAppRequest<'_>,
    ) -> anyhow::Result<Exit> {
        let reach = session.network_policy(self.allow_private_webhooks);
        let url = self.webhook.as_deref().map(|text| parse_url(text, reach)).transpose()?;
        let store = session.open_store(Mode::Write)?;
        let (app, pending) = self.current_app(session, &store, reference)?;
        let edit = match (url, self.rotate_webhook_key) {
            (Some(url), true) => WebhookEdit::SetAndRotate(url),
            (Some(url), false) if app.webhook.is_none() => WebhookEdit::SetAndRotate(url),
            (Some(url), false) => WebhookEdit::Set(url),
            (None, true) => WebhookEdit::Rotate,
            (None, false) => WebhookEdit::Clear,
        };
        self.check_output(session, &edit)?;
        if let Some(question) =
            question(&app, &edit, pending).filter(|_| session.needs_confirmation())
        {
            session.confirm(&question)?;
        }
        match edit {
            WebhookEdit::Set(_) | WebhookEdit::Clear => {
                let actor = session.actor();
                let desk = session.op_context(&store, &actor);
                let edited = edit_webhook(&desk, reference, edits, &edit, &mut AfterCommit)?;
                show_app(session, &store, &edited.app, &edited.account)?;
                session.message(&result_message(&edited))?;
                session.report_dry_run()?;
                Ok(Exit::Success)
            }
            WebhookEdit::SetAndRotate(_) | WebhookEdit::Rotate => {
                self.issue.issue(session, &store, IssueKind::Reset, |desk, _, delivery| {
                    Ok(edit_webhook(desk, reference, edits, &edit, delivery)?.into())
                })
            }
        }
    }

    /// Refuses what would lose a key, or wants one where none is made.
    fn check_output(&self, session: &Session<'_, '_>, edit: &WebhookEdit) -> anyhow::Result<()> {
        match edit {
            WebhookEdit::SetAndRotate(_) | WebhookEdit::Rotate => {
                self.issue.check_for(session, &EditedWebhook::field_names(), false)
            }
            _ => self.check_no_new_key(session),
        }
    }

    /// Refuses to hand over a key where none is made.
    ///
    /// # Errors
    /// A usage error.
    pub fn check_no_new_key(&self, session: &Session<'_, '_>) -> anyhow::Result<()> {
        if self.issue.out.is_some() || self.issue.copy {
            let message = "the webhook keeps its key: there is none to hand over".to_owned();
            let hint = Some("give --rotate-webhook-key for a new one".to_owned());
            return Err(CliError::Usage { code: "no_new_key", message, hint }.into());
        }
        Ok(session.check_field(APP_FIELDS)?)
    }

    /// The app as it is, and how much it is still to be told.
    fn current_app(
        &self,
        session: &Session<'_, '_>,
        store: &Store,
        reference: &Reference,
    ) -> anyhow::Result<(App, i64)> {
        let look = session.begin_read(store)?;
        let accounts = look.accounts(session.account)?;
        let app = resolve_app(&look.tx, &accounts, reference, PartialIds::Rejected)?;
        let pending = MessageCounts::for_app(&look.tx, &app)?.pending;
        Ok((app, pending))
    }
}

/// Who carries messages as far as `reach` allows.
pub fn http_transport(reach: NetworkPolicy) -> SharedTransport {
    Arc::new(HttpTransport::new(reach, TransportTimeouts::default(), TrustedRoots::System))
}

fn parse_url(text: &str, reach: NetworkPolicy) -> Result<WebhookUrl, CliError> {
    WebhookUrl::parse(text, reach).map_err(|why| {
        let hint = match why {
            UrlError::Private | UrlError::Insecure => {
                Some("give --allow-private-webhooks, here and where messages are sent".to_owned())
            }
            _ => None,
        };
        CliError::Usage { code: "bad_webhook", message: why.to_string(), hint }
    })
}

/// What a person is asked before something ends.
fn question(app: &App, edit: &WebhookEdit, pending: i64) -> Option<String> {
    app.webhook.as_ref()?;
    let (name, id) = (escape(app.name.as_str()), app.id);
    match edit {
        WebhookEdit::Set(_) => None,
        WebhookEdit::Clear if pending == 0 => {
            Some(format!("Take the webhook of {name} ({id}) away?"))
        }
        WebhookEdit::Clear => {
            let messages = if pending == 1 { "message that was" } else { "messages that were" };
            Some(format!(
                "Take the webhook of {name} ({id}) away, with {pending} {messages} not sent yet?"
            ))
        }
        WebhookEdit::SetAndRotate(_) | WebhookEdit::Rotate => {
            Some(format!("End the present key of the webhook of {name} ({id}) and make a new one?"))
        }
    }
}

fn result_message(edited: &EditedWebhook) -> String {
    match (&edited.app.webhook, edited.cancelled) {
        (Some(_), _) => "The key of the webhook stays as it was.".to_owned(),
        (None, 0) => "Nothing was still to be sent.".to_owned(),
        (None, 1) => "1 message will not be sent any more.".to_owned(),
        (None, many) => format!("{many} messages will not be sent any more."),
    }
}
