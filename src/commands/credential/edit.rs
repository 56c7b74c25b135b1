//! `edit`

use clap::{ArgGroup, Args};

use crate::{
    commands::{
        args::{
            lifetime::LifetimeArgs,
            name::parse_partner_name,
            scope::{ScopeList, merge_scopes},
            words::OnOff,
        },
        error::{CliError, CommandError},
        session::{Picker, Session, recent_use_text},
    },
    domain::{
        credential::{State, rate_limit::RateLimit},
        directory::{
            name::{Email, Name, Note},
            reference::Reference,
        },
    },
    exit::Exit,
    ops::{
        OpContext,
        credential::{
            changed::ChangedCredentials,
            edit::{EditRequest, EditedCredential, edit, edit_all},
        },
        query::resolve::PartialIds,
    },
    render::text::escape,
    store::Mode,
    view::{CREDENTIAL_FIELDS, CredentialView, expiry_text},
};

/// Edit a credential; its id and secret stay the same
///
/// Changes the name, e-mail address, note, lifetime, scopes, rate limit or the right to introspect. A new lifetime begins
/// now and reactivates an expired credential. An earlier expiry needs confirmation, and so does the removal of scopes.
#[derive(Debug, Args)]
#[command(
    override_usage = "gatepass edit [OPTIONS] [REFERENCE] <--name NAME|--email EMAIL|--note TEXT|--no-note|--scope SCOPE|--limit N/min|--no-limit|--introspect ON_OFF|LIFETIME>"
)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "email", "note", "no_note", "scopes", "limit", "no_limit", "introspect", "days", "for", "until", "infinite", "forever"]))]
#[command(after_long_help = r"Examples:
  # Extend or reactivate a passcode: valid for 180 days from now
  $ gatepass edit globex --days 180

  # Replace the scopes of a token
  $ gatepass edit 'Reading App/Springfield' \
      --scope read:students,read:grades

  # Change the address of a user, who keeps the secret
  $ gatepass edit bob@example.org --email robert@example.org

  # Let a service identify the secrets of its callers
  $ gatepass edit globex --introspect on")]
pub struct EditArgs {
    /// Id, name, user's e-mail address or APP/DISTRICT; prompted for if omitted
    ///
    /// The beginning of an id is enough if no other id begins with it. The reference - stands for those on stdin, one on
    /// each line; they get the same edit.
    #[arg(value_name = "REFERENCE", value_parser = Reference::parse)]
    reference: Option<Reference>,
    /// New name of an account passcode
    ///
    /// Takes 1 to 100 characters. It must not look like an e-mail address, APP/DISTRICT, an id or an option.
    #[arg(long, value_parser = parse_partner_name)]
    name: Option<Name>,
    /// New e-mail address of a user
    ///
    /// No other passcode that is not deleted may have it.
    #[arg(long, value_name = "EMAIL", value_parser = Email::parse)]
    email: Option<Email>,
    /// New note
    ///
    /// Takes 1 to 500 characters.
    #[arg(long, value_name = "TEXT", value_parser = Note::parse)]
    note: Option<Note>,
    /// Remove the note
    #[arg(long, conflicts_with = "note")]
    no_note: bool,
    /// Replace the token's scopes
    ///
    /// Takes a scope such as read:students, or several separated by spaces or commas. Can be repeated.
    #[arg(long = "scope", value_name = "SCOPE", value_parser = ScopeList::parse)]
    scopes: Vec<ScopeList>,
    /// Rate limit of the token, e.g. 600/min
    ///
    /// Takes requests per minute, 1/min to 1000000/min.
    #[arg(long, value_name = "N/min", value_parser = RateLimit::parse, allow_negative_numbers = true)]
    limit: Option<RateLimit>,
    /// Remove the token's own rate limit; the limit of its app applies
    #[arg(long, conflicts_with = "limit")]
    no_limit: bool,
    /// Allow its holder to use POST /introspect
    ///
    /// Only account passcodes can have this right.
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
            email: self.email.clone(),
            note: if self.no_note { Some(None) } else { self.note.clone().map(Some) },
            lifetime: self.lifetime.given(),
            introspect: self.introspect.map(|switch| switch.is_on()),
            scopes: if no_scopes { None } else { Some(merge_scopes(&self.scopes)?) },
            limit,
        })
    }
}

const PICKER: Picker =
    Picker { verb: "Edit", states: &[State::Active, State::Expiring, State::Expired] };

pub fn run(args: &EditArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(CREDENTIAL_FIELDS)?;
    let mut reference = match &args.reference {
        Some(reference) => reference.clone(),
        None => session.pick(PICKER)?,
    };
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let request = args.request()?;
    if reference.is_stdin() {
        return edit_many(&context, &reference, &request, session);
    }
    if session.needs_confirmation() {
        let preview = edit(
            &OpContext { dry_run: true, ..context },
            &reference,
            PartialIds::Allowed,
            request.clone(),
        )?;
        if let Some(question) = question(&preview) {
            session.confirm(&question)?;
        }
        reference = Reference::from_id(preview.before.id);
    }
    let edited = edit(&context, &reference, PartialIds::Allowed, request)?;
    let (last_use, now) = (edited.last_use.as_ref(), edited.at);
    let name = edited.names.display_name(&edited.after.subject);
    let view = CredentialView::new(&edited.after, last_use, &edited.account, now, name)
        .in_dry_run(session.dry_run(false));
    session.show(&view, &view.details())?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

/// Makes the same edit to the credentials that stdin names.
fn edit_many(
    context: &OpContext<'_>,
    stdin: &Reference,
    request: &EditRequest,
    session: &mut Session<'_, '_>,
) -> Result<Exit, CommandError> {
    let name = request.name.as_ref().map(|_| "--name sets the name");
    let unique = name.or(request.email.as_ref().map(|_| "--email sets the address"));
    if let Some(unique) = unique {
        let message = format!("{unique} of one credential, so - cannot be its reference");
        return Err(CliError::usage("several_names", message).into());
    }
    let mut references = session.read_references(std::slice::from_ref(stdin))?;
    if references.is_empty() {
        return session.show_no_change(context.store);
    }
    let partial_ids = session.partial_ids();
    if session.needs_confirmation() {
        let preview = OpContext { dry_run: true, ..*context };
        let previews = edit_all(&preview, &references, partial_ids, request)?;
        references = previews.iter().map(|one| Reference::from_id(one.before.id)).collect();
        let questions: Vec<_> = previews.iter().filter_map(question).collect();
        if !questions.is_empty() {
            session.confirm(&questions.join(" "))?;
        }
    }
    let edited = edit_all(context, &references, partial_ids, request)?;
    if let Some(edited) = ChangedCredentials::from_edited(edited) {
        session.show_changed("Edited", edited)?;
    }
    Ok(Exit::Success)
}

/// Returns the question to confirm a change that takes something away; `None` if it does not.
fn question(preview: &EditedCredential) -> Option<String> {
    let EditedCredential { before, after, narrowing, at, .. } = preview;
    let mut changes = Vec::new();
    if narrowing.expiry {
        let (old, new) = (expiry_text(before.expiry, *at), expiry_text(after.expiry, *at));
        changes.push(format!("expiry from {old} to {new}"));
    }
    if narrowing.scopes {
        let (old, new) = (before.scopes.as_str(), after.scopes.as_str());
        changes.push(format!("scopes from {old} to {new}"));
    }
    if narrowing.limit {
        let text = |limit: Option<RateLimit>| {
            limit.map_or_else(|| "that of its app".to_owned(), |limit| limit.to_string())
        };
        changes.push(format!("limit from {} to {}", text(before.limit), text(after.limit)));
    }
    if narrowing.introspect {
        changes.push("introspection from allowed to not allowed".to_owned());
    }
    if changes.is_empty() {
        return None;
    }
    let name = preview.names.label(&before.subject);
    let question = format!(
        "Change {} {} ({}): {}?",
        before.kind().noun(),
        escape(&name),
        before.id,
        changes.join(", ")
    );
    let used = recent_use_text(preview.last_use.as_ref(), *at);
    Some(format!("{used} {question}").trim_start().to_owned())
}
