//! `audit`

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use clap::{Args, Subcommand};

use crate::{
    commands::{Session, error::report::CliError},
    domain::directory::{
        account::{Account, AccountId},
        reference::Reference,
    },
    exit::Exit,
    ops::{
        CredentialError, DirectoryError, OpError, ReadTx,
        admin::audit,
        query::{
            resolve::{PartialIds, resolve},
            resolve_directory::{resolve_app, resolve_district},
        },
    },
    render::{ListWriter, Shape},
    store::{
        port::record::{Checkpoint, WithMac},
        sqlite::Mode,
    },
    view::{AuditListSummary, AuditVerificationView, AuditView, CheckpointView},
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
        /// Only those of this credential (id, name, e-mail address, APP/DISTRICT), app, district or account (Account ID)
        #[arg(long, value_name = "REFERENCE", value_parser = Reference::parse)]
        of: Option<Reference>,
    },
    /// Verifies the whole log; names the first broken record
    Verify {
        /// A file with a checkpoint: prove that the log still extends it
        #[arg(long, value_name = "FILE")]
        against: Option<PathBuf>,
    },
    /// Prints where the log stands, as a sealed line to keep elsewhere
    Checkpoint,
}

pub(in crate::commands) fn run(
    args: &AuditArgs,
    session: &mut Session<'_, '_>,
) -> anyhow::Result<Exit> {
    match &args.command {
        AuditCommand::List { of } => list(of.as_ref(), session),
        AuditCommand::Verify { against } => verify(against.as_deref(), session),
        AuditCommand::Checkpoint => checkpoint(session),
    }
}

fn list(of: Option<&Reference>, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let subject = match of {
        None => None,
        Some(reference) => Some(match AccountId::parse(reference.as_str()) {
            Ok(id) => look.accounts(Some(id)).map(|_| id.to_string())?,
            Err(_) => resolve_subject(&look, &look.accounts(session.account)?, reference)?,
        }),
    };
    let style = session.style();
    let out = &mut *session.host.stdout;
    let mut writer = ListWriter::<AuditView<'static>>::new(
        out,
        &style,
        "gatepass.audit/v1",
        look.now.rfc3339_bytes(),
    )?;
    let listed = audit::list(&look, subject.as_deref(), |record| {
        writer.row(&AuditView(record)).map_err(OpError::Output)
    })?;
    writer.finish(&AuditListSummary { count: listed.cast_signed() })?;
    session.host.stdout.flush()?;
    Ok(Exit::Success)
}

/// The id of a credential, else that of an app, else that of a district.
fn resolve_subject(
    look: &ReadTx<'_>,
    accounts: &[Account],
    reference: &Reference,
) -> Result<String, OpError> {
    let (tx, prefixes) = (&look.tx, PartialIds::Allowed);
    let missing = match resolve(tx, accounts, reference, prefixes) {
        Err(error @ OpError::Credential(CredentialError::NotFound { .. })) => error,
        found => return found.map(|credential| credential.id.to_string()),
    };
    match resolve_app(tx, accounts, reference, prefixes) {
        Err(OpError::Directory(DirectoryError::NoSuchApp { .. })) => {}
        found => return found.map(|app| app.id.to_string()),
    }
    match resolve_district(tx, accounts, reference, prefixes) {
        Err(OpError::Directory(DirectoryError::NoSuchDistrict { .. })) => Err(missing),
        found => found.map(|district| district.id.to_string()),
    }
}

fn verify(against: Option<&Path>, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let checkpoint = against.map(read_checkpoint).transpose()?;
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let records = audit::list(&look, None, |_| Ok(()))?.cast_signed();
    let link: String = look.tx.head().audit_link.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut sentence =
        format!("the audit log verifies: {records} records, the last link is {link}");
    let extends = checkpoint.as_ref().map(|checkpoint| checkpoint.record.seq);
    if let Some(checkpoint) = checkpoint {
        sentence
            .push_str(&format!("; it extends the checkpoint of record {}", checkpoint.record.seq));
        look.tx.ensure_extends(checkpoint)?;
    }
    if session.shape != Shape::Handles {
        session.show_record(
            &AuditVerificationView { records, last_link: link, extends_record: extends },
            &sentence,
        )?;
    }
    Ok(Exit::Success)
}

fn checkpoint(session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let WithMac { record, mac } = look.tx.checkpoint();
    let sealed = STANDARD.encode([&record.link[..], &mac[..]].concat());
    let line = format!("{CHECKPOINT_PREFIX} {} {sealed}", record.seq);
    session.show_record(&CheckpointView { line: &line, seq: record.seq }, &line)?;
    Ok(Exit::Success)
}

/// What a checkpoint's line begins with.
const CHECKPOINT_PREFIX: &str = "gatepass-checkpoint-1";

fn read_checkpoint(path: &Path) -> anyhow::Result<WithMac<Checkpoint>> {
    let file = File::open(path).with_context(|| format!("{} could not be read", path.display()))?;
    let mut text = String::new();
    file.take(1024)
        .read_to_string(&mut text)
        .with_context(|| format!("{} is no text", path.display()))?;
    parse_checkpoint(text.trim_end()).ok_or_else(|| {
        CliError::usage("bad_checkpoint", format!("{} holds no checkpoint", path.display())).into()
    })
}

fn parse_checkpoint(line: &str) -> Option<WithMac<Checkpoint>> {
    let (seq, sealed) = line.strip_prefix(CHECKPOINT_PREFIX)?.strip_prefix(' ')?.split_once(' ')?;
    let sealed = STANDARD.decode(sealed).ok()?;
    let (link, mac) = sealed.split_at_checked(32)?;
    let record = Checkpoint { seq: seq.parse().ok()?, link: link.try_into().ok()? };
    Some(WithMac { record, mac: mac.try_into().ok()? })
}
