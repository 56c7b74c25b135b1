//! The check of messages to apps.

use std::ops::ControlFlow;

use super::{
    context::{IntegrityCheck, each_row},
    expected::ExpectedRows,
};
use crate::{
    domain::{notice::Recipient, seq::MessageSeq},
    store::{
        error::StoreError,
        port::record::{CounterKey, MessageRow},
    },
};

impl IntegrityCheck<'_, '_> {
    pub(super) fn check_messages(&mut self, expected: &mut ExpectedRows) -> Result<(), StoreError> {
        // Without verified apps, the messages can't be checked. The check of apps has reported the issue already.
        let apps = match self.tx.apps() {
            Err(StoreError::Integrity(_)) => return Ok(()),
            apps => apps?,
        };
        let (mut last, (raw, check)) = (MessageSeq::NONE, self.rows());
        raw.scan_messages(&mut each_row(|MessageRow { seq, message }| {
            if seq <= last || seq > check.head.messages {
                check.issues.add(format!(
                    "message number {seq} is duplicated, or was copied from elsewhere"
                ));
            }
            last = seq;
            let message = message.and_then(|row| check.row_mac.verify(row));
            let Some(message) = message else {
                return check
                    .issues
                    .add(format!("message number {seq} was changed outside gatepass"));
            };
            let Recipient::App(recipient) = message.recipient;
            match apps.iter().find(|app| app.seq == recipient) {
                None => check.issues.add(format!("the app of {} is missing", message.id)),
                Some(app) => {
                    let key = CounterKey::of_message(&message).number();
                    *expected.counters.entry((app.account, key)).or_default() += 1;
                }
            }
            if !expected.secrets.contains_key(&message.credential) {
                check.issues.add(format!("the token of {} is missing", message.id));
            }
        }))?;
        // The same rows through the index of pending messages, so that a row that the index has lost is noticed.
        let each = |_| Ok::<_, StoreError>(ControlFlow::Continue(()));
        let scan = self.tx.scan_pending_messages(each)?;
        match scan.is_incomplete {
            true => Err(StoreError::integrity("the number of pending messages is wrong")),
            false => Ok(()),
        }
    }
}
