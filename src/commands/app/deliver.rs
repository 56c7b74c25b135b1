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
    store::sqlite::Mode,
    view::{DeliverySummary, DeliveryView},
};

/// Tells apps of their tokens: sends all messages that are due, once, and ends.
///
/// For cron, where no `gatepass serve` does it. What is not acknowledged is tried again after 1, 5 and 30 minutes, then 2 and
/// 6 hours, and given up after three days; so run it every minute. Exits 1 when something was given up.
#[derive(Debug, Args)]
pub struct DeliverArgs {
    /// Tell apps at private addresses, too, and over http
    #[arg(long)]
    allow_private_webhooks: bool,
}

pub fn run(args: &DeliverArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let dry_run = session.global.dry_run;
    let store = session.open_store(if dry_run { Mode::Read } else { Mode::Write })?;
    // Fails here if the store was never initialized; the use case would report damage.
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
        writer.borrow_mut().row(&DeliveryView::new(report)).map_err(OpError::Output)
    };
    if dry_run {
        preview(&context)?.iter().try_for_each(&mut each)?;
    } else {
        run_maintenance(&context)?;
        deliver(&context, &transport, &|| false, &mut each)?;
    }
    summary.pending = message_counts(&context)?.pending;
    writer.into_inner().finish(&summary)?;
    session.host.stdout.flush()?;
    if style.shape == Shape::Rows(Format::Table) {
        writeln!(session.host.stderr, "{}", summary.text())?;
    }
    Ok(if summary.given_up > 0 { Exit::Failed } else { Exit::Success })
}
