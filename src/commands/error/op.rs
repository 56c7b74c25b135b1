//! Reports of errors of the use cases.

use std::io;

use serde_json::json;

use super::{
    account, app_or_district, audit, credential, error_report::ErrorReport, legacy, reference,
    store,
};
use crate::{domain::directory::name::TextError, exit::Exit, ops::OpError};

/// Maps an error of a use case to its code, hint and exit code.
pub(super) fn describe(error: &OpError) -> ErrorReport {
    match error {
        OpError::Store(error) => store::describe(error),
        OpError::Output(error) => ErrorReport::of_io(error),
        OpError::SecretNotWritten(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            ErrorReport::new(Exit::Conflict, "conflict")
                .with_hint("nothing was changed; use another file for --out")
        }
        OpError::SecretNotWritten(error) => {
            let exit = ErrorReport::of_file(error).exit;
            ErrorReport::new(exit, "undelivered")
                .with_hint("nothing was changed; use another file for --out")
        }
        OpError::Text(error) => describe_text(error),
        OpError::Ambiguous(error) => reference::describe(error),
        OpError::Credential(error) => credential::describe(error),
        OpError::Account(error) => account::describe(error),
        OpError::Audit(error) => audit::describe(error),
        OpError::Directory(error) => app_or_district::describe(error),
        OpError::RowsRejected(rejected) => match rejected.rows.first() {
            Some(first) => describe(&first.why),
            None => ErrorReport::new(Exit::Failed, "failed"),
        },
        OpError::Legacy(error) => legacy::describe(error),
        OpError::ClockBehind { .. } => ErrorReport::new(Exit::Refused, "clock_behind")
            .with_hint("correct the clock; if it is right, use --accept-clock once"),
        OpError::OverlapPending { id, until, until_used } => {
            ErrorReport::new(Exit::Conflict, "overlap_pending")
                .with_hint("wait until then, or use --end-retiring to end that secret now")
                .with_details(json!({
                    "id": id,
                    "retiring_until": until.to_string(),
                    "retiring_until_used": until_used,
                }))
        }
        OpError::ConcurrentChange { .. } => ErrorReport::new(Exit::Conflict, "overtaken")
            .with_hint("check it with gatepass show, then try again"),
    }
}

/// Maps the error of a text that is not valid.
pub(super) fn describe_text(error: &TextError) -> ErrorReport {
    ErrorReport::new(Exit::Usage, "bad_text").with_hint_option(error.hint().map(str::to_owned))
}
