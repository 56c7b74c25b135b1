//! `audit show`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    domain::{audit::ChangeId, seq::AuditSeq},
    exit::Exit,
    ops::admin::audit,
    view::AuditView,
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Show record 1
  $ gatepass audit show 1

  # Find out whether a change was made whose outcome was unknown
  $ gatepass audit show --change 42-0123456789abcdef")]
pub struct AuditShowArgs {
    /// Number of the record
    #[arg(value_name = "NUMBER", required_unless_present = "change", value_parser = parse_number)]
    number: Option<AuditSeq>,
    /// Show the last record of the change with this id
    ///
    /// The error with exit code 9 reports the id. Exits with 3 if the change was not made.
    #[arg(long, value_name = "ID", conflicts_with = "number", value_parser = ChangeId::parse)]
    change: Option<ChangeId>,
}

fn parse_number(text: &str) -> Result<AuditSeq, &'static str> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.map(AuditSeq).ok_or("expected a number from 1")
}

pub fn run(args: &AuditShowArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let record = match (args.change, args.number) {
        (Some(change), _) => audit::find_change(&mut read, change)?,
        (None, number) => audit::find_record(&mut read, number.unwrap_or(AuditSeq::FIRST))?,
    };
    let view = AuditView::new(&record);
    session.show(&view, &view.details())?;
    Ok(Exit::Success)
}
