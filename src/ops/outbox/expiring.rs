//! Queues messages about tokens that will soon expire.

use super::enqueue::{enqueue, subscribed_app};
use crate::{
    domain::{
        credential::{EXPIRING_WINDOW, State},
        notice::Event,
        seq::CredentialSeq,
    },
    ops::{
        context::{OpContext, ReadTx},
        error::OpError,
    },
};

/// Messages queued per transaction, so that other writers get their turn.
const BATCH_SIZE: usize = 500;

/// Queues a message for each token of any account that expires within 30 days, once per expiry.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be read or written.
pub(super) fn enqueue_expiring(context: &OpContext<'_>) -> Result<(), OpError> {
    for tokens in tokens_without_message(context)?.chunks(BATCH_SIZE) {
        let mut write = context.begin()?;
        for seq in tokens {
            // Another process may have changed the token or queued the message since.
            let token = write.tx.get_credential(*seq)?;
            let is_owed = token.state(write.now) == State::Expiring
                && !write.tx.has_message(Event::TokenExpiring, &token)?;
            if is_owed {
                enqueue(&mut write.tx, write.now, Event::TokenExpiring, &token)?;
            }
        }
        write.commit()?;
    }
    Ok(())
}

/// Returns the numbers of the expiring tokens that no message was queued for.
fn tokens_without_message(context: &OpContext<'_>) -> Result<Vec<CredentialSeq>, OpError> {
    let read = ReadTx::begin_initialized(context.store, context.clock)?;
    let mut tokens = Vec::new();
    if read.tx.apps()?.iter().all(|app| app.webhook.is_none()) {
        return Ok(tokens);
    }
    for credential in read.tx.list_expiring_by(read.now.plus(EXPIRING_WINDOW))? {
        if credential.state(read.now) == State::Expiring
            && subscribed_app(&read.tx.apps()?, &credential).is_some()
            && !read.tx.has_message(Event::TokenExpiring, &credential)?
        {
            tokens.push(credential.seq);
        }
    }
    Ok(tokens)
}
