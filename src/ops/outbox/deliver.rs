//! `deliver`: sends the due messages, at least once and, as far as receivers acknowledge them, in order.
//!
//! Nothing is sent while a transaction is open. A message is leased first: its attempt is counted, and its next attempt
//! is set to the end of the lease. If the process dies in between, the message is sent again then, under the same id.

use super::{
    counts::MessageCounts,
    expiring::enqueue_expiring,
    lease::{due_messages, lease_batch},
    report::DeliveryReport,
    retention::remove_ended,
    send::{SharedTransport, send_all},
    settle::settle,
};
use crate::{
    domain::seq::MessageSeq,
    ops::{
        context::{OpContext, ReadTx},
        error::OpError,
    },
    store::StoreError,
};

/// Sends all due messages, each once, and calls `each` with every result.
///
/// Stops early, within about a second, once `should_stop` returns true. Messages that are being sent then are sent
/// again later.
///
/// A message that was tampered with is not sent and does not hold up the others.
///
/// # Errors
/// As for [`OpContext::begin`], if the store can't be read or written, or the error that `each` returns. After all other
/// messages were sent: an integrity error if one was tampered with or is missing.
pub fn deliver(
    context: &OpContext<'_>,
    transport: &SharedTransport,
    should_stop: &dyn Fn() -> bool,
    each: &mut dyn FnMut(&DeliveryReport) -> Result<(), OpError>,
) -> Result<(), OpError> {
    let mut due = due_messages(context)?;
    while !due.is_empty() && !should_stop() {
        let batch = lease_batch(context, &mut due)?;
        batch.ended.iter().try_for_each(&mut *each)?;
        let results = send_all(batch.attempts_by_recipient, transport, should_stop);
        for report in &settle(context, results)? {
            if report.failure.is_some() {
                due.queues.remove(&report.message.recipient);
            }
            each(report)?;
        }
    }
    Ok(due.scan.ensure_intact()?)
}

/// Queues messages about tokens that will soon expire, and removes messages that ended more than 30 days ago. To be run
/// from time to time.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be read or written.
pub fn run_maintenance(context: &OpContext<'_>) -> Result<(), OpError> {
    enqueue_expiring(context)?;
    remove_ended(context)
}

/// Counts the messages to all apps.
///
/// # Errors
/// If the store can't be read.
pub fn message_counts(context: &OpContext<'_>) -> Result<MessageCounts, OpError> {
    Ok(MessageCounts::for_all_apps(&mut ReadTx::begin(context.store, context.clock)?.tx)?)
}

/// Calls `each` with every message that [`deliver`] would send now, oldest first.
///
/// # Errors
/// As for [`deliver`].
pub fn preview(
    context: &OpContext<'_>,
    each: &mut dyn FnMut(&DeliveryReport) -> Result<(), OpError>,
) -> Result<(), OpError> {
    let mut due = due_messages(context)?;
    let mut read = ReadTx::begin(context.store, context.clock)?;
    let mut seqs: Vec<_> = due.queues.into_values().flatten().collect();
    seqs.sort_unstable();
    due.scan.tampered.extend(read.tx.prefetch_messages(&seqs)?);
    for seq in seqs {
        match preview_one(&mut read, seq) {
            Ok(Some(report)) => each(&report)?,
            Ok(None) => {}
            Err(StoreError::Integrity(_)) => due.scan.tampered.push(seq),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(due.scan.ensure_intact()?)
}

/// Returns the report of a due message; `None` if it would be cancelled instead of sent.
fn preview_one(
    read: &mut ReadTx<'_>,
    seq: MessageSeq,
) -> Result<Option<DeliveryReport>, StoreError> {
    let Some(message) = read.tx.find_message(seq)? else { return Ok(None) };
    let app = read.tx.app_of_message(&message)?;
    if app.active_webhook().is_none() {
        return Ok(None);
    }
    let token = read.tx.get_credential(message.credential)?.id;
    Ok(Some(DeliveryReport { message, app, token, origin: None, failure: None }))
}
