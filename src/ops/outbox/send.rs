//! Sends leased messages: those to one recipient in order, those to several recipients in parallel.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::Duration,
};

use super::lease::Attempt;
use crate::delivery::{DeliveryFailure, OutgoingMessage, Transport};

/// How often [`collect_results`] looks whether it should stop.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// How often [`collect_results`] still waits for results once it should stop.
const MAX_POLLS_AFTER_STOP: u32 = 20;

/// The transport that all sending threads share.
pub type SharedTransport = Arc<dyn Transport>;

/// An attempt that is over.
pub(super) struct AttemptResult {
    pub(super) attempt: Attempt,
    /// `None` if nothing was sent because an earlier message to the recipient failed.
    pub(super) sent: Option<Result<(), DeliveryFailure>>,
}

/// Sends messages, one thread per recipient. After a message that was not acknowledged the later ones to its recipient
/// are not sent. Threads that have not finished when `should_stop` ends the wait are abandoned, and so are their results.
pub(super) fn send_all(
    attempts_by_recipient: Vec<Vec<Attempt>>,
    transport: &SharedTransport,
    should_stop: &dyn Fn() -> bool,
) -> Vec<AttemptResult> {
    let (sender, receiver) = channel();
    for attempts in attempts_by_recipient.into_iter().filter(|attempts| !attempts.is_empty()) {
        let (transport, sender) = (Arc::clone(transport), sender.clone());
        let work = move || send_in_order(attempts, &*transport, &sender);
        // If the thread can't be started, its messages are sent again when their lease ends.
        drop(thread::Builder::new().name("webhook-send".to_owned()).spawn(work));
    }
    drop(sender);
    collect_results(&receiver, should_stop)
}

fn send_in_order(
    attempts: Vec<Attempt>,
    transport: &dyn Transport,
    sender: &Sender<AttemptResult>,
) {
    let mut continues = true;
    for attempt in attempts {
        let message = OutgoingMessage {
            id: attempt.message.id,
            at: attempt.at,
            body: attempt.message.body.clone(),
        };
        let sent = continues.then(|| transport.send(&attempt.destination, &message));
        continues = sent == Some(Ok(()));
        if sender.send(AttemptResult { attempt, sent }).is_err() {
            return;
        }
    }
}

fn collect_results(
    receiver: &Receiver<AttemptResult>,
    should_stop: &dyn Fn() -> bool,
) -> Vec<AttemptResult> {
    let (mut results, mut polls) = (Vec::new(), 0);
    loop {
        match receiver.recv_timeout(POLL_INTERVAL) {
            Ok(result) => results.push(result),
            Err(RecvTimeoutError::Disconnected) => return results,
            Err(RecvTimeoutError::Timeout) if should_stop() => {
                polls += 1;
                if polls >= MAX_POLLS_AFTER_STOP {
                    return results;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}
