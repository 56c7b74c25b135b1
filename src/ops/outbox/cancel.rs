//! Cancellation of an app's pending messages.

use std::ops::ControlFlow;

use crate::{
    domain::{
        directory::app::App,
        instant::Instant,
        notice::{DeliveryResult, Recipient},
    },
    store::{StoreError, Transaction},
};

/// Ends the pending messages to an app that is removed or whose webhook is removed, and returns their number. Leaves out
/// messages that were tampered with.
///
/// # Errors
/// If the store can't be read or written.
pub(in crate::ops) fn cancel_pending(
    tx: &mut Transaction<'_>,
    at: Instant,
    app: &App,
) -> Result<usize, StoreError> {
    let (mut pending, recipient) = (Vec::new(), Recipient::App(app.seq));
    tx.scan_pending_messages(|message| {
        pending.extend(Some(message).filter(|message| message.recipient == recipient));
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    let count = pending.len();
    let seqs: Vec<_> = pending.iter().map(|message| message.seq).collect();
    tx.prefetch_messages(&seqs)?;
    for message in pending {
        tx.update_message(message.end(at, DeliveryResult::NoWebhook))?;
    }
    Ok(count)
}
