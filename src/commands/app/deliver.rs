//! `deliver`

use std::cell::RefCell;

use clap::Args;

use crate::{
    commands::{
        error::CommandError,
        session::{Session, http_transport},
    },
    exit::Exit,
    ops::{
        OpError,
        outbox::{
            deliver::{deliver, message_counts, preview, run_maintenance},
            report::DeliveryReport,
        },
    },
    render::{Format, ListWriter, Shape},
    store::Mode,
    view::{DeliverySummary, DeliveryView},
};

/// Send pending webhook messages to apps, then exit
///
/// If no gatepass serve delivers the messages, run this command every minute from cron. A failed message is retried
/// after 1, 5 and 30 minutes, after 2 hours, and then every 6 hours. It is given up after three days. The exit code is
/// 1 if a message was given up.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Show the messages that are due
  $ gatepass deliver --dry-run

  # Send them
  $ gatepass deliver")]
pub struct DeliverArgs {
    /// Also deliver to private addresses and over http
    #[arg(long)]
    allow_private_webhooks: bool,
}

pub fn run(args: &DeliverArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let dry_run = session.global.dry_run;
    let store = session.open_store(if dry_run { Mode::Read } else { Mode::Write })?;
    let now = session.now(&store)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let transport = http_transport(session.network_policy(args.allow_private_webhooks));
    let style = session.style();
    let mut summary = DeliverySummary::default();
    let writer = RefCell::new(ListWriter::<DeliveryView<'static>>::new(
        &mut *session.host.stdout,
        &style,
        "gatepass.deliveries/v1",
        now.rfc3339_bytes(),
    )?);
    let mut each = |report: &DeliveryReport| {
        summary.add(report);
        writer.borrow_mut().row(&DeliveryView::new(report, dry_run)).map_err(OpError::Output)
    };
    // A record that was tampered with is reported after the other messages were sent.
    let delivered = if dry_run {
        preview(&context, &mut each)
    } else {
        let maintained = run_maintenance(&context);
        deliver(&context, &transport, &|| false, &mut each).and(maintained)
    };
    summary.pending = message_counts(&context)?.pending;
    let fit = writer.into_inner().finish_change(&summary, dry_run)?;
    session.end_list(&fit)?;
    match style.shape {
        // A failure is also reported without a terminal.
        Shape::Rows(Format::Table) if summary.given_up > 0 => {
            writeln!(session.host.stderr, "{}", summary.text())?;
        }
        Shape::Rows(Format::Table) => session.message(&summary.text())?,
        _ => {}
    }
    session.report_dry_run()?;
    delivered?;
    Ok(if summary.given_up > 0 { Exit::Failed } else { Exit::Success })
}
