//! Log lines of decisions.

use std::borrow::Cow;

use serde::Serialize;

use super::outcome::GateDecision;
use crate::{
    domain::credential::secret::redact,
    server::{
        http::caller::{Caller, address_text},
        log::Log,
    },
};

// The names of the fields are the JSON keys that scripts read.
#[derive(Serialize)]
struct DecisionLine<'a> {
    time: String,
    event: &'static str,
    allowed: bool,
    /// The real reason, which the caller may not learn.
    reason: &'static str,
    id: Option<String>,
    kind: Option<&'static str>,
    peer: String,
    method: Cow<'a, str>,
    path: Cow<'a, str>,
    request_id: Cow<'a, str>,
}

impl Log {
    /// Logs a decision with its reason, credential and caller. Never logs what was presented.
    pub fn decision(&self, decision: &GateDecision, caller: &Caller<'_>, request_id: &str) {
        let identity = decision.identity.as_ref();
        self.send(&DecisionLine {
            time: self.time(),
            event: "decision",
            allowed: decision.is_allowed(),
            reason: decision.outcome.as_str(),
            id: identity.map(|identity| identity.id.to_string()),
            kind: identity.map(|identity| identity.kind.as_str()),
            peer: address_text(caller.address()),
            // Callers choose these texts, so they may hold a secret in the wrong place.
            method: redact(caller.method()),
            path: redact(caller.path()),
            request_id: redact(request_id),
        });
    }
}
