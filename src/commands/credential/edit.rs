//! `edit`

use clap::{ArgGroup, Args};

use crate::{
    commands::{
        args::{
            account::OnOff,
            lifetime::LifetimeArgs,
            scope::{ScopeList, merge_scopes},
        },
        error::CommandError,
        session::Session,
    },
    domain::{
        credential::rate_limit::RateLimit,
        directory::{
            name::{Name, Note},
            reference::Reference,
        },
        instant::Instant,
    },
    exit::Exit,
    ops::{
        OpContext,
        credential::edit::{EditRequest, EditedCredential, edit},
        query::resolve::PartialIds,
    },
    render::text::escape,
    store::sqlite::Mode,
    view::{CREDENTIAL_FIELDS, CredentialView, expiry_text},
};

/// Changes name, note, lifetime, what a token is good for, or the right to introspect; the id and the secret stay.
///
/// A new lifetime counts from now and brings an expired credential back. One that ends sooner than before has to be
/// confirmed, and so has a token that loses scopes.
#[derive(Debug, Args)]
#[command(
    override_usage = "gatepass edit [OPTIONS] <REFERENCE> <--name NAME|--note TEXT|--no-note|--scope SCOPE|--limit N/min|--no-limit|--introspect ON_OFF|LIFETIME>"
)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "note", "no_note", "scopes", "limit", "no_limit", "introspect", "days", "until", "infinite", "forever"]))]
pub struct EditArgs {
    /// Its id, name, user's e-mail address, APP/DISTRICT, or the beginning of its id
    #[arg(value_name = "REFERENCE", value_parser = Reference::parse)]
    reference: Reference,
    /// A new name
    #[arg(long, value_parser = Name::parse)]
    name: Option<Name>,
    /// A new note
    #[arg(long, value_name = "TEXT", value_parser = Note::parse)]
    note: Option<Note>,
    /// Take the note away
    #[arg(long, conflicts_with = "note")]
    no_note: bool,
    /// What a token is good for from now on, all of it; may be given several times, or hold several with spaces or
    /// commas
    #[arg(long = "scope", value_name = "SCOPE", value_parser = ScopeList::parse)]
    scopes: Vec<ScopeList>,
    /// How many requests a minute a token is good for, such as 600/min
    #[arg(long, value_name = "N/min", value_parser = RateLimit::parse, allow_negative_numbers = true)]
    limit: Option<RateLimit>,
    /// Leave a token's limit to its app
    #[arg(long, conflicts_with = "limit")]
    no_limit: bool,
    /// Whether its holder may ask the gate whose secret another one is; only for account passcodes
    #[arg(long, value_name = "ON_OFF")]
    introspect: Option<OnOff>,
    #[command(flatten)]
    lifetime: LifetimeArgs,
}

impl EditArgs {
    fn request(&self) -> Result<EditRequest, CommandError> {
        let limit = if self.no_limit { Some(None) } else { self.limit.map(Some) };
        let no_scopes = self.scopes.is_empty();
        Ok(EditRequest {
            name: self.name.clone(),
            note: if self.no_note { Some(None) } else { self.note.clone().map(Some) },
            lifetime: self.lifetime.given(),
            introspect: self.introspect.map(|switch| switch.is_on()),
            scopes: if no_scopes { None } else { Some(merge_scopes(&self.scopes)?) },
            limit,
        })
    }
}

pub fn run(args: &EditArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(CREDENTIAL_FIELDS)?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let request = args.request()?;
    let mut reference = args.reference.clone();
    if session.needs_confirmation() {
        let preview = edit(
            &OpContext { dry_run: true, ..context },
            &reference,
            PartialIds::Allowed,
            request.clone(),
        )?;
        if let Some(question) = question(&preview, session.now(&store)?) {
            session.confirm(&question)?;
        }
        reference = Reference::from_id(preview.before.id);
    }
    let edited = edit(&context, &reference, PartialIds::Allowed, request)?;
    let (last_use, now) = (edited.last_use.as_ref(), session.now(&store)?);
    let name = edited.names.display_name(&edited.after.subject);
    let view = CredentialView::new(&edited.after, last_use, edited.account.id, now, name);
    session.show(&view, &view.details())?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

/// Returns the question to confirm a change that takes something away; `None` if it does not.
fn question(preview: &EditedCredential, now: Instant) -> Option<String> {
    let EditedCredential { before, after, .. } = preview;
    let label = preview.names.label(&before.subject);
    let (mut questions, name) = (Vec::new(), escape(&label));
    if preview.is_shortened() {
        let (old, new) = (expiry_text(before, now), expiry_text(after, now));
        questions.push(format!("{name} expires: {old}. Make that {new}?"));
    }
    if preview.is_narrowed() {
        let (old, new) = (&before.scopes, &after.scopes);
        questions.push(format!(
            "{name} has the scopes {}. Make that {}?",
            old.as_str(),
            new.as_str()
        ));
    }
    (!questions.is_empty()).then(|| questions.join(" "))
}
