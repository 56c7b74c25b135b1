//! The check of messages to apps.

use std::ops::ControlFlow;

use super::context::{IntegrityCheck, each_row};
use crate::store::{error::StoreError, port::record::MessageRow};

impl IntegrityCheck<'_, '_> {
    pub(super) fn check_messages(&mut self) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        raw.scan_messages(&mut each_row(|MessageRow { seq, message }| {
            let message = message.and_then(|row| check.verify(row));
            let Some(message) = message.filter(|message| message.seq == seq) else {
                let text = format!("message number {seq} was changed outside gatepass");
                return check.issues.add(text);
            };
            if !check.expected.secrets.contains_key(&message.credential) {
                check.issues.add(format!("the token of {} is missing", message.id));
            }
            if let Err(issue) = check.expected.count_message(&message) {
                check.issues.add(issue);
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
