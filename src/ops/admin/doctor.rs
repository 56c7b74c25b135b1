//! `doctor`: is all of it still as it was written, and is anything about to go wrong.

use crate::{
    domain::{
        credential::State,
        directory::account::PASSCODE_CAP,
        instant::{Clock, Instant},
    },
    ops::{
        OpError, ReadTx,
        app::summary::MessageCounts,
        query::{
            filter::{Filter, ListItem, Page},
            list::list,
        },
    },
    store::{IntegrityIssue, SortBy, Store},
};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoctorReport {
    /// What does not verify.
    pub issues: Vec<IntegrityIssue>,
    /// What an admin should see to.
    pub advice: Vec<String>,
}

/// Examines the store.
///
/// # Errors
/// When it can't be read at all.
pub fn doctor(store: &Store, clock: &dyn Clock) -> Result<DoctorReport, OpError> {
    let problems = store.check_integrity()?;
    if !problems.is_empty() {
        return Ok(DoctorReport { issues: problems, advice: Vec::new() });
    }
    let read = ReadTx::begin_initialized(store, clock)?;
    Ok(DoctorReport { issues: problems, advice: advice(&read, clock.now())? })
}

fn advice(read: &ReadTx<'_>, clock: Instant) -> Result<Vec<String>, OpError> {
    let mut advice = Vec::new();
    let head = read.tx.head();
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
    let page = Page { sort_by: SortBy::Created, limit: None };
    let summary = list(read, &Filter::default(), page, |ListItem { credential, now, .. }| {
        if credential.state(now).is_valid() {
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
            credentials_were(undelivered)
        ));
    }
    if withdrawn > 0 {
        advice.push(format!(
            "{} reset without the new secret being displayed (gatepass reset)",
            credentials_were(withdrawn)
        ));
    }
    if let Some(expired) =
        summary.states.map(|states| states[State::Expired as usize]).filter(|count| *count > 0)
    {
        let have = if expired == 1 { "credential has" } else { "credentials have" };
        advice.push(format!("{expired} {have} expired (gatepass delete --expired)"));
    }
    advice.extend(lost_message_advice(read)?);
    for (account, places) in summary.slots_used {
        if places >= i64::from(PASSCODE_CAP) * 9 / 10 {
            advice
                .push(format!("account {account} has taken {places} of its {PASSCODE_CAP} places"));
        }
    }
    Ok(advice)
}

/// Apps that were not told what they should have been told.
fn lost_message_advice(read: &ReadTx<'_>) -> Result<Vec<String>, OpError> {
    let mut advice = Vec::new();
    for app in read.tx.apps()?.iter() {
        let lost = MessageCounts::for_app(&read.tx, app)?.lost;
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

fn credentials_were(count: u64) -> String {
    match count {
        1 => "1 credential was".to_owned(),
        many => format!("{many} credentials were"),
    }
}
