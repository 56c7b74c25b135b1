//! Queues messages about tokens that will soon expire.

use super::enqueue::{enqueue, subscribed_app};
use crate::{
    domain::{
        credential::EXPIRING_WINDOW,
        notice::{Event, is_expiry_announced},
        seq::CredentialSeq,
    },
    ops::{
        context::{OpContext, ReadTx},
        error::OpError,
    },
};

/// Messages queued per transaction, so that other writers get their turn.
const BATCH_SIZE: usize = 500;

/// Queues a message for each token of any account whose expiry is to be announced, once per expiry.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be read or written.
pub(super) fn enqueue_expiring(context: &OpContext<'_>) -> Result<(), OpError> {
    for tokens in tokens_without_message(context)?.chunks(BATCH_SIZE) {
        let mut write = context.begin()?;
        // Another process may have changed a token or queued its message since.
        let tokens = write.tx.get_credentials(tokens)?;
        let notified = write.tx.list_tokens_with_message(Event::TokenExpiring, &tokens)?;
        write.tx.prefetch_districts(&tokens)?;
        for token in tokens {
            if is_expiry_announced(&token, write.now) && !notified.contains(&token.seq) {
                enqueue(&mut write.tx, write.now, Event::TokenExpiring, &token)?;
            }
        }
        write.commit()?;
    }
    Ok(())
}

/// Returns the numbers of the expiring tokens that no message was queued for.
fn tokens_without_message(context: &OpContext<'_>) -> Result<Vec<CredentialSeq>, OpError> {
    let mut read = ReadTx::begin(context.store, context.clock)?;
    let apps = read.tx.apps()?;
    if apps.iter().all(|app| app.webhook.is_none()) {
        return Ok(Vec::new());
    }
    let mut tokens = read.tx.list_expiring_by(read.now.plus(EXPIRING_WINDOW))?;
    tokens.retain(|token| {
        is_expiry_announced(token, read.now) && subscribed_app(&apps, token).is_some()
    });
    let notified = read.tx.list_tokens_with_message(Event::TokenExpiring, &tokens)?;
    let seqs = tokens.iter().map(|token| token.seq);
    Ok(seqs.filter(|seq| !notified.contains(seq)).collect())
}
