//! Records the results of attempts.

use super::{lease::Attempt, report::DeliveryReport, send::AttemptResult};
use crate::{
    delivery::DeliveryFailure,
    domain::{
        instant::Instant,
        notice::{DeliveryResult, OutboxMessage, next_attempt},
    },
    ops::{context::OpContext, error::OpError},
};

/// Records the results in the order of their messages, and reports those that were sent. The result of a message that
/// was tampered with meanwhile is lost.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be read or written.
pub(super) fn settle(
    context: &OpContext<'_>,
    mut results: Vec<AttemptResult>,
) -> Result<Vec<DeliveryReport>, OpError> {
    if results.is_empty() {
        return Ok(Vec::new());
    }
    results.sort_by_key(|result| result.attempt.message.seq);
    let mut write = context.begin()?;
    let mut reports = Vec::new();
    let seqs: Vec<_> = results.iter().map(|result| result.attempt.message.seq).collect();
    let tampered = write.tx.prefetch_messages(&seqs)?;
    results.retain(|result| !tampered.contains(&result.attempt.message.seq));
    for AttemptResult { attempt, sent } in results {
        let Some(present) = write.tx.find_message(attempt.message.seq)? else { continue };
        let Some(after) = after_attempt(present, &attempt.message, sent, write.now) else {
            continue;
        };
        let message = write.tx.update_message(after)?;
        if let Some(sent) = sent {
            let Attempt { app, token, destination, .. } = attempt;
            let origin = Some(destination.origin().to_owned());
            reports.push(DeliveryReport { message, app, token, origin, failure: sent.err() });
        }
    }
    write.commit()?;
    Ok(reports)
}

/// Returns the message after an attempt; `None` if the result changes nothing, because another process has taken over
/// the message since.
fn after_attempt(
    present: OutboxMessage,
    leased: &OutboxMessage,
    sent: Option<Result<(), DeliveryFailure>>,
    now: Instant,
) -> Option<OutboxMessage> {
    let is_ours = present.is_pending() && present.attempts == leased.attempts;
    match sent {
        // An acknowledged message is delivered, even if another process has begun the next attempt.
        Some(Ok(())) if present.is_pending() => {
            Some(OutboxMessage { failure: None, ..present }.end(now, DeliveryResult::Delivered))
        }
        Some(Err(failure)) if is_ours => Some(after_failure(present, failure, now)),
        None if is_ours => {
            // Nothing was sent, so the attempt does not count and the message is due again.
            let (attempts, next_attempt_at) = (present.attempts - 1, present.created_at);
            Some(OutboxMessage { attempts, next_attempt_at, ..present })
        }
        _ => None,
    }
}

fn after_failure(message: OutboxMessage, failure: DeliveryFailure, now: Instant) -> OutboxMessage {
    let next = next_attempt(message.attempts, message.created_at, now);
    let after = OutboxMessage { failure: Some(failure.to_string()), ..message };
    match next {
        _ if failure.is_final() => after.end(now, DeliveryResult::Gone),
        Some(next_attempt_at) => OutboxMessage { next_attempt_at, ..after },
        None => after.end(now, DeliveryResult::GivenUp),
    }
}
