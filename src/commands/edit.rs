//! `edit`

use clap::{ArgGroup, Args};

use super::{
    Session,
    account::OnOff,
    lifetime::LifetimeArgs,
    view::{CREDENTIAL_FIELDS, CredentialView, expires},
};
use crate::{
    domain::{
        name::{Name, Note},
        reference::Reference,
    },
    exit::Exit,
    ops::{
        Desk,
        edit::{Edits, edit},
        resolve::Prefixes,
    },
    render::text::escape,
    store::sqlite::Mode,
};

/// Changes name, note, lifetime or the right to introspect; the id and the secret stay.
///
/// A new lifetime counts from now and brings an expired credential back. One that ends sooner than before has to be
/// confirmed.
#[derive(Debug, Args)]
#[command(
    override_usage = "gatepass edit [OPTIONS] <REFERENCE> <--name NAME|--note TEXT|--no-note|--introspect ON_OFF|LIFETIME>"
)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "note", "no_note", "introspect", "days", "until", "infinite", "forever"]))]
pub struct EditArgs {
    /// Its id, name, user's e-mail address, or the beginning of its id
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
    /// Whether its holder may ask the gate whose secret another one is; only for account passcodes
    #[arg(long, value_name = "ON_OFF")]
    introspect: Option<OnOff>,
    #[command(flatten)]
    lifetime: LifetimeArgs,
}

pub(super) fn run(args: &EditArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    session.check_field(CREDENTIAL_FIELDS)?;
    let store = session.open(Mode::Write)?;
    let actor = session.actor();
    let desk = session.desk(&store, &actor);
    let edits = Edits {
        name: args.name.clone(),
        note: if args.no_note { Some(None) } else { args.note.clone().map(Some) },
        lifetime: args.lifetime.given(),
        introspect: args.introspect.map(|given| given == OnOff::On),
    };
    let mut reference = args.reference.clone();
    if session.must_ask() {
        let trial =
            edit(&Desk { dry_run: true, ..desk }, &reference, Prefixes::Taken, edits.clone())?;
        if trial.is_shortened() {
            let called = trial.names.called(&trial.before)?.text();
            let (owner, now) = (escape(&called), session.now(&store)?);
            let (before, after) = (expires(&trial.before, now), expires(&trial.after, now));
            session.confirm(&format!("{owner} expires: {before}. Make that {after}?"))?;
        }
        reference = Reference::to(trial.before.id);
    }
    let edited = edit(&desk, &reference, Prefixes::Taken, edits)?;
    let (last_use, now) = (edited.last_use.as_ref(), session.now(&store)?);
    let called = edited.names.called(&edited.after)?;
    let view = CredentialView::new(&edited.after, last_use, edited.account.id, now, called);
    session.show(&view, &view.details())?;
    session.talk_of_dry_run()?;
    Ok(Exit::Done)
}
