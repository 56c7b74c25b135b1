//! The report of a reference that can mean several records.

use serde_json::{Value, json};

use super::error_report::ErrorReport;
use crate::{
    exit::Exit,
    ops::{AmbiguousReference, Candidate, CandidateKind},
};

/// Maps the error to its code, hint and exit code.
pub(super) fn describe(error: &AmbiguousReference) -> ErrorReport {
    let AmbiguousReference { candidates, count, .. } = error;
    let list: Vec<String> = candidates.iter().map(describe_candidate).collect();
    let more = match count - candidates.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    ErrorReport::new(Exit::Conflict, "ambiguous")
        .with_hint(format!("use one of these ids: {}{more}", list.join(", ")))
        .with_details(json!({ "candidates": candidates.iter().map(details).collect::<Vec<_>>() }))
}

fn describe_candidate(candidate: &Candidate) -> String {
    let Candidate { kind, id, name, account } = candidate;
    match kind {
        CandidateKind::Account => format!("{id} ({} {name})", kind.noun()),
        _ => format!("{id} ({} {name} of {account})", kind.noun()),
    }
}

/// Returns a candidate for scripts. A credential has an owner, and everything else a name.
fn details(candidate: &Candidate) -> Value {
    let Candidate { kind, id, name, account } = candidate;
    let account = account.as_str();
    match kind {
        CandidateKind::Credential(kind) => {
            json!({"id": id, "owner": name, "account": account, "kind": kind.as_str()})
        }
        _ => json!({"id": id, "name": name, "account": account, "kind": kind.noun()}),
    }
}
