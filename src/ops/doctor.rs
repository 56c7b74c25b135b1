//! `doctor`: is all of it still as it was written, and is anything about to go wrong.

use crate::{
    domain::{
        account::CAP,
        credential::State,
        instant::{Clock, Instant},
    },
    ops::{
        Look, OpError,
        filter::{Filter, Item, Page},
        holds::Messages,
        list::list,
    },
    store::{Order, Problem, Store},
};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What does not verify.
    pub problems: Vec<Problem>,
    /// What an admin should see to.
    pub advice: Vec<String>,
}

/// Examines the store.
///
/// # Errors
/// When it can't be read at all.
pub fn doctor(store: &Store, clock: &dyn Clock) -> Result<Report, OpError> {
    let problems = store.examine()?;
    if !problems.is_empty() {
        return Ok(Report { problems, advice: Vec::new() });
    }
    let look = Look::begin_founded(store, clock)?;
    Ok(Report { problems, advice: advice(&look, clock.now())? })
}

fn advice(look: &Look<'_>, clock: Instant) -> Result<Vec<String>, OpError> {
    let mut advice = Vec::new();
    let head = look.tx.head();
    if head.escrowed_at.is_none() {
        advice.push(
            "the key was never escrowed: without it the store is worthless (gatepass key export)"
                .to_owned(),
        );
    }
    if head.audit_at > clock {
        advice.push(format!("the clock says {clock}, but the last record is of {}", head.audit_at));
    }
    let (mut undelivered, mut withdrawn) = (0, 0);
    let page = Page { order: Order::Created, limit: None };
    let summary = list(look, &Filter::default(), page, |Item { credential, now, .. }| {
        if credential.state(now).is_live() {
            undelivered += u64::from(
                credential.secrets.current.is_some() && credential.secrets.delivered_at.is_none(),
            );
            withdrawn += u64::from(credential.secrets.is_withdrawn());
        }
        Ok(())
    })?;
    if undelivered > 0 {
        advice.push(format!(
            "{} never displayed, so nobody has the secret (gatepass reset)",
            were(undelivered)
        ));
    }
    if withdrawn > 0 {
        advice.push(format!(
            "{} reset without the new secret being displayed (gatepass reset)",
            were(withdrawn)
        ));
    }
    if let Some(expired) =
        summary.states.map(|states| states[State::Expired as usize]).filter(|count| *count > 0)
    {
        let have = if expired == 1 { "credential has" } else { "credentials have" };
        advice.push(format!("{expired} {have} expired (gatepass delete --expired)"));
    }
    advice.extend(undelivered_messages(look)?);
    for (account, places) in summary.places {
        if places >= i64::from(CAP) * 9 / 10 {
            advice.push(format!("account {account} has taken {places} of its {CAP} places"));
        }
    }
    Ok(advice)
}

/// Apps that were not told what they should have been told.
fn undelivered_messages(look: &Look<'_>) -> Result<Vec<String>, OpError> {
    let mut advice = Vec::new();
    for app in look.tx.apps()?.iter() {
        let lost = Messages::to(&look.tx, app)?.lost;
        if lost > 0 {
            let what = if lost == 1 { "message was" } else { "messages were" };
            advice.push(format!(
                "{lost} {what} given up that app {} should have got: see to its webhook",
                app.name
            ));
        }
    }
    Ok(advice)
}

fn were(count: u64) -> String {
    match count {
        1 => "1 credential was".to_owned(),
        many => format!("{many} credentials were"),
    }
}
