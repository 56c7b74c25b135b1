//! What the gate sends for each outcome, for the reference in the documents.

use hyper::header::HeaderMap;

use super::{outcome::GateOutcome, refusal::Refusal};
use crate::{
    config::gate_policy::Profile,
    domain::decision::Reason,
    server::{http::response::HttpResponse, unavailable::Unavailable},
};

/// An outcome and what the gate sends for it.
#[derive(Clone, Debug)]
pub struct ReasonRow {
    /// The name in the log and in metrics.
    pub reason: &'static str,
    /// The meaning in a few words.
    pub meaning: &'static str,
    /// The status with `--profile full`.
    pub status: u16,
    /// The status with `--profile exact`.
    pub exact_status: u16,
    /// The value of `X-Gatepass-Reason`; empty if the request passes.
    pub sent_reason: String,
    /// The value of `X-Gatepass-Error`; empty if the request passes.
    pub error: String,
}

/// Returns a row for each outcome: every reason in its order, then the outcomes that only the gate has.
pub fn reason_rows() -> impl Iterator<Item = ReasonRow> {
    let decided = Reason::ALL.into_iter().map(GateOutcome::Decided);
    let others = [
        GateOutcome::RateLimited,
        GateOutcome::Undecided(Unavailable::Overloaded),
        GateOutcome::Undecided(Unavailable::StoreUnreachable),
    ];
    decided.chain(others).map(row)
}

fn row(outcome: GateOutcome) -> ReasonRow {
    let (reason, meaning) = (outcome.as_str(), meaning(outcome));
    let Some(refusal) = Refusal::of(outcome) else {
        let (sent_reason, error) = (String::new(), String::new());
        return ReasonRow { reason, meaning, status: 200, exact_status: 200, sent_reason, error };
    };
    let response = |profile| refusal.to_response(profile, &HeaderMap::new(), "/");
    let full = response(Profile::Full);
    ReasonRow {
        reason,
        meaning,
        status: full.status().as_u16(),
        exact_status: response(Profile::Exact).status().as_u16(),
        sent_reason: header(&full, "x-gatepass-reason"),
        error: header(&full, "x-gatepass-error"),
    }
}

fn header(response: &HttpResponse, name: &str) -> String {
    let value = response.headers().get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

fn meaning(outcome: GateOutcome) -> &'static str {
    match outcome {
        GateOutcome::Decided(reason) => reason.meaning(),
        GateOutcome::RateLimited => "a token or legacy key exceeded its rate limit",
        GateOutcome::Undecided(Unavailable::Overloaded) => {
            "too many requests are waiting for the store"
        }
        GateOutcome::Undecided(Unavailable::StoreUnreachable) => {
            "the store has been unavailable for longer than --max-stale"
        }
    }
}
