//! The examination, as far as messages to apps are concerned.

use std::ops::ControlFlow;

use super::check::{ExpectedRows, IntegrityCheck};
use crate::store::{StoreError, port::record::CounterKey};

impl IntegrityCheck<'_, '_> {
    pub(crate) fn check_messages(&mut self, expected: &mut ExpectedRows) -> Result<(), StoreError> {
        let (tx, mut last) = (self.tx, 0);
        // That apps don't verify was told before, and nothing follows from it here.
        let apps = match tx.apps() {
            Err(StoreError::Integrity(_)) => return Ok(()),
            apps => apps?,
        };
        tx.raw.scan_messages(&mut |row| {
            let seq = row.record.seq;
            if seq <= last || seq > tx.head.messages {
                self.issues.add(format!("message number {seq} comes twice, or from elsewhere"));
            }
            last = seq;
            let Some(message) = self.verify_row(row, || format!("message number {seq}")) else {
                return ControlFlow::Continue(());
            };
            match apps.iter().find(|app| app.seq == message.app) {
                None => self.issues.add(format!("the app of {} is missing", message.id)),
                Some(app) => {
                    let bucket = CounterKey::of_message(&message).number();
                    *expected.counters.entry((app.account, bucket)).or_default() += 1;
                }
            }
            if !expected.secrets.contains_key(&message.credential) {
                self.issues.add(format!("the token of {} is missing", message.id));
            }
            ControlFlow::Continue(())
        })?;
        // The same rows by another way, so that an index that has lost one is missed.
        tx.scan_pending_messages(|_| Ok::<_, StoreError>(ControlFlow::Continue(())))
    }
}
