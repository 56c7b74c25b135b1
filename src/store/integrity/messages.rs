//! The check of messages to apps.

use std::ops::ControlFlow;

use super::{context::IntegrityCheck, expected::ExpectedRows};
use crate::{
    domain::seq::MessageSeq,
    store::{error::StoreError, port::record::CounterKey},
};

impl IntegrityCheck<'_, '_> {
    pub(super) fn check_messages(&mut self, expected: &mut ExpectedRows) -> Result<(), StoreError> {
        let (tx, mut last) = (self.tx, MessageSeq::NONE);
        // Without verified apps, the messages can't be checked. The check of apps has reported the issue already.
        let apps = match tx.apps() {
            Err(StoreError::Integrity(_)) => return Ok(()),
            apps => apps?,
        };
        tx.raw.scan_messages(&mut |row| {
            let seq = row.record.seq;
            if seq <= last || seq > tx.head.messages {
                self.issues.add(format!(
                    "message number {seq} is duplicated, or was copied from elsewhere"
                ));
            }
            last = seq;
            let Some(message) = self.verify_row(row, || format!("message number {seq}")) else {
                return ControlFlow::Continue(());
            };
            match apps.iter().find(|app| app.seq == message.app) {
                None => self.issues.add(format!("the app of {} is missing", message.id)),
                Some(app) => {
                    let key = CounterKey::of_message(&message).number();
                    *expected.counters.entry((app.account, key)).or_default() += 1;
                }
            }
            if !expected.secrets.contains_key(&message.credential) {
                self.issues.add(format!("the token of {} is missing", message.id));
            }
            ControlFlow::Continue(())
        })?;
        // The same rows through the index of pending messages, so that a row that the index has lost is noticed.
        tx.scan_pending_messages(|_| Ok::<_, StoreError>(ControlFlow::Continue(())))
    }
}
