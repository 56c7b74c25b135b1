//! Cancellation of an app's pending messages.

use std::ops::ControlFlow;

use crate::{
    domain::{directory::app::App, instant::Instant, notice::DeliveryResult},
    store::{StoreError, Transaction},
};

/// Ends the pending messages of an app whose webhook is removed, and returns their number.
///
/// # Errors
/// If the store can't be read or written.
pub(in crate::ops) fn cancel_pending(
    tx: &mut Transaction<'_>,
    at: Instant,
    app: &App,
) -> Result<usize, StoreError> {
    let mut pending = Vec::new();
    tx.scan_pending_messages(|message| {
        pending.extend(Some(message).filter(|message| message.app == app.seq));
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    let count = pending.len();
    for message in pending {
        tx.update_message(message.end(at, DeliveryResult::NoWebhook))?;
    }
    Ok(count)
}
