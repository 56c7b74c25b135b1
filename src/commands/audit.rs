//! `audit`

use clap::{Args, Subcommand};

use super::{Session, view::AuditView};
use crate::{
    domain::{account::AccountId, reference::Reference},
    exit::Exit,
    ops::{
        OpError, audit,
        resolve::{Prefixes, resolve},
    },
    render::{ListWriter, Record, Shape, Value},
    store::sqlite::Mode,
};

/// Lists and verifies the log of changes.
///
/// Each record is chained to the one before it and authenticated under the key.
#[derive(Debug, Args)]
pub struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Lists the changes, oldest first
    List {
        /// Only those of this credential (id, name, e-mail address) or account (Account ID)
        #[arg(long, value_name = "REFERENCE", value_parser = Reference::parse)]
        of: Option<Reference>,
    },
    /// Verifies the whole log; names the first broken record
    Verify,
}

pub(super) fn run(args: &AuditArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        AuditCommand::List { of } => list(of.as_ref(), session),
        AuditCommand::Verify => verify(session),
    }
}

fn list(of: Option<&Reference>, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open(Mode::Read)?;
    let look = session.look(&store)?;
    let subject = match of {
        None => None,
        Some(reference) => Some(match AccountId::parse(reference.as_str()) {
            Ok(id) => look.accounts(Some(id)).map(|_| id.to_string())?,
            Err(_) => {
                let accounts = look.accounts(session.account)?;
                resolve(&look.tx, &accounts, reference, Prefixes::Taken)?.id.to_string()
            }
        }),
    };
    let style = session.style();
    let out = &mut *session.host.stdout;
    let mut writer =
        ListWriter::<AuditView<'static>>::new(out, &style, "gatepass.audit/v1", look.now.stamp())?;
    let listed = audit::list(&look, subject.as_deref(), |record| {
        writer.row(&AuditView(record)).map_err(OpError::Output)
    })?;
    writer.finish(&Counted { records: listed.cast_signed() })?;
    session.host.stdout.flush()?;
    Ok(Exit::Done)
}

fn verify(session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open(Mode::Read)?;
    let look = session.look(&store)?;
    let records = audit::list(&look, None, |_| Ok(()))?.cast_signed();
    let link: String = look.tx.head().audit_link.iter().map(|byte| format!("{byte:02x}")).collect();
    let sentence = format!("the audit log verifies: {records} records, the last link is {link}");
    if session.shape != Shape::Handles {
        session.show_plain(&Verified { records, link }, &sentence)?;
    }
    Ok(Exit::Done)
}

struct Counted {
    records: i64,
}

impl Record for Counted {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("listed", Value::Integer(self.records));
    }
}

struct Verified {
    records: i64,
    link: String,
}

impl Record for Verified {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("schema", Value::Text("gatepass.audit-verification/v1"));
        put("verifies", Value::Bool(true));
        put("records", Value::Integer(self.records));
        put("last_link", Value::Text(&self.link));
    }
}
