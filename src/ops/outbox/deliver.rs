//! `deliver`: sends the due messages, at least once and, as far as receivers acknowledge them, in order.
//!
//! Nothing is sent while a transaction is open. A message is leased first: its attempt is counted, and its next attempt
//! is set to the end of the lease. If the process dies in between, the message is sent again then, under the same id.

use super::{
    counts::MessageCounts,
    expiring::enqueue_expiring,
    lease::{due_queues, lease_batch},
    report::DeliveryReport,
    retention::remove_ended,
    send::{SharedTransport, send_all},
    settle::settle,
};
use crate::ops::{
    context::{OpContext, ReadTx},
    error::OpError,
};

/// Sends all due messages, each once, and calls `each` with every result.
///
/// Stops early, within about a second, once `should_stop` returns true. Messages that are being sent then are sent
/// again later.
///
/// # Errors
/// As for [`OpContext::begin`], if the store can't be read or written, or the error that `each` returns.
pub fn deliver(
    context: &OpContext<'_>,
    transport: &SharedTransport,
    should_stop: &dyn Fn() -> bool,
    each: &mut dyn FnMut(&DeliveryReport) -> Result<(), OpError>,
) -> Result<(), OpError> {
    let mut queues = due_queues(context)?;
    while !queues.is_empty() && !should_stop() {
        let batch = lease_batch(context, &mut queues)?;
        batch.ended.iter().try_for_each(&mut *each)?;
        let results = send_all(batch.attempts_by_app, transport, should_stop);
        for report in &settle(context, results)? {
            if report.failure.is_some() {
                queues.remove(&report.app.seq);
            }
            each(report)?;
        }
    }
    Ok(())
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

/// Returns whether a message is due now.
///
/// # Errors
/// If the store can't be read.
pub fn is_any_due(context: &OpContext<'_>) -> Result<bool, OpError> {
    Ok(!due_queues(context)?.is_empty())
}

/// Counts the messages to all apps.
///
/// # Errors
/// If the store can't be read.
pub fn message_counts(context: &OpContext<'_>) -> Result<MessageCounts, OpError> {
    Ok(MessageCounts::for_all_apps(&ReadTx::begin_initialized(context.store, context.clock)?.tx)?)
}

/// Returns the messages that [`deliver`] would send now, oldest first.
///
/// # Errors
/// If the store can't be read.
pub fn preview(context: &OpContext<'_>) -> Result<Vec<DeliveryReport>, OpError> {
    let queues = due_queues(context)?;
    let read = ReadTx::begin_initialized(context.store, context.clock)?;
    let mut reports = Vec::new();
    for seq in queues.into_values().flatten() {
        if let Some(message) = read.tx.find_message(seq)? {
            let app = read.tx.app_of_message(&message)?;
            let token = read.tx.get_credential(message.credential)?.id;
            reports.push(DeliveryReport { message, app, token, origin: None, failure: None });
        }
    }
    reports.sort_by_key(|report| report.message.seq);
    Ok(reports)
}
