//! `doctor`: checks the integrity of the store, and advises on problems ahead.

use super::name_advice::name_advice;
use crate::{
    domain::{
        credential::State,
        decision::policy_refusal,
        directory::account::{Account, PASSCODE_CAP},
        instant::{Clock, Instant},
    },
    ops::{
        context::ReadTx,
        error::OpError,
        outbox::counts::MessageCounts,
        query::{
            filter::{Filter, ListItem, Page},
            list::{ListSummary, list},
        },
    },
    store::{IntegrityIssue, SortBy, Store, StoreError},
};

/// The result of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoctorReport {
    /// Records that can't be verified.
    pub issues: Vec<IntegrityIssue>,
    /// Sentences about what an admin should do; empty if there are issues.
    pub advice: Vec<String>,
    /// The accounts of the store; empty if they can't be verified.
    pub accounts: Vec<Account>,
}

/// Checks the store.
///
/// # Errors
/// If the store can't be read at all.
pub fn doctor(store: &Store, clock: &dyn Clock) -> Result<DoctorReport, OpError> {
    let issues = store.check_integrity()?;
    let mut read = match ReadTx::begin(store, clock) {
        Err(StoreError::Integrity(_)) if !issues.is_empty() => {
            return Ok(DoctorReport { issues, ..DoctorReport::default() });
        }
        begun => begun?,
    };
    let accounts = match read.accounts(None) {
        Err(OpError::Store(StoreError::Integrity(_))) if !issues.is_empty() => Vec::new(),
        accounts => accounts?,
    };
    let advice = match issues.is_empty() {
        true => advice(&mut read, clock.now())?,
        false => Vec::new(),
    };
    Ok(DoctorReport { issues, advice, accounts })
}

fn advice(read: &mut ReadTx<'_>, clock: Instant) -> Result<Vec<String>, OpError> {
    let mut advice = Vec::new();
    advice.extend(backup_advice(read));
    advice.extend(clock_advice(read, clock));
    let CredentialCounts { undelivered, refused, summary } = count_credentials(read)?;
    advice.extend(undelivered.advice());
    advice.extend(refused_advice(refused));
    advice.extend(expired_advice(&summary));
    advice.extend(lost_message_advice(read)?);
    advice.extend(slot_advice(&summary));
    advice.extend(name_advice(read)?);
    Ok(advice)
}

fn backup_advice(read: &mut ReadTx<'_>) -> Option<String> {
    read.tx.head().escrowed_at.is_none().then(|| {
        "the key has no backup; without it the store cannot be read (back it up: gatepass key export --out FILE)"
            .to_owned()
    })
}

fn clock_advice(read: &mut ReadTx<'_>, clock: Instant) -> Option<String> {
    let last = read.tx.head().audit_at;
    (last > clock).then(|| format!("the clock is at {clock}, but the last record is from {last}"))
}

/// The numbers of valid credentials whose secret nobody has.
#[derive(Default)]
struct UndeliveredCounts {
    /// Credentials whose secret was never shown.
    undelivered: u64,
    /// Credentials whose new secret was withdrawn after a reset.
    withdrawn: u64,
    /// Credentials whose reset was not completed.
    resets: u64,
}

/// What the advice about credentials rests on.
struct CredentialCounts {
    undelivered: UndeliveredCounts,
    /// Valid credentials that the policy of their account refuses.
    refused: u64,
    summary: ListSummary,
}

fn count_credentials(read: &mut ReadTx<'_>) -> Result<CredentialCounts, OpError> {
    let (mut counts, mut refused) = (UndeliveredCounts::default(), 0);
    let page = Page { order: SortBy::Created.into(), limit: None };
    let summary = list(read, &Filter::default(), page, |item| {
        let ListItem { credential, account, now, .. } = item;
        if credential.state(now).is_valid() {
            refused += u64::from(policy_refusal(credential.kind(), account, now).is_some());
            let secrets = &credential.secrets;
            counts.undelivered +=
                u64::from(secrets.current.is_some() && secrets.delivered_at.is_none());
            counts.withdrawn += u64::from(secrets.is_withdrawn());
            counts.resets += u64::from(secrets.undelivered.is_some());
        }
        Ok(())
    })?;
    Ok(CredentialCounts { undelivered: counts, refused, summary })
}

impl UndeliveredCounts {
    fn advice(&self) -> Vec<String> {
        let mut advice = Vec::new();
        if self.undelivered > 0 {
            advice.push(format!(
                "{} never displayed, so nobody has the secret (gatepass reset)",
                credentials_were(self.undelivered)
            ));
        }
        if self.withdrawn > 0 {
            advice.push(format!(
                "{} reset without the new secret being displayed (gatepass reset)",
                credentials_were(self.withdrawn)
            ));
        }
        if self.resets > 0 {
            advice.push(format!(
                "{} reset, but the new secret was not delivered: it is valid in addition to the old one (gatepass reset)",
                credentials_were(self.resets)
            ));
        }
        advice
    }
}

fn refused_advice(refused: u64) -> Option<String> {
    let are = match refused {
        0 => return None,
        1 => "1 valid credential is".to_owned(),
        many => format!("{many} valid credentials are"),
    };
    Some(format!("{are} refused by the policy of the account (gatepass list shows which)"))
}

fn credentials_were(count: u64) -> String {
    match count {
        1 => "1 credential was".to_owned(),
        many => format!("{many} credentials were"),
    }
}

fn expired_advice(summary: &ListSummary) -> Option<String> {
    let expired = summary.states?.get(State::Expired);
    let have = if expired == 1 { "credential has" } else { "credentials have" };
    (expired > 0).then(|| format!("{expired} {have} expired (gatepass delete --expired)"))
}

/// Names the apps that missed messages.
fn lost_message_advice(read: &mut ReadTx<'_>) -> Result<Vec<String>, StoreError> {
    let mut advice = Vec::new();
    for app in read.tx.apps()?.iter() {
        let lost = MessageCounts::for_app(&mut read.tx, app)?.lost;
        if lost > 0 {
            let what = if lost == 1 { "message was" } else { "messages were" };
            advice.push(format!("{lost} {what} given up; check the webhook of app {}", app.name));
        }
    }
    Ok(advice)
}

/// Names the accounts that use 90 percent of their slots or more.
fn slot_advice(summary: &ListSummary) -> impl Iterator<Item = String> {
    let is_nearly_full = |used: i64| used >= i64::from(PASSCODE_CAP) * 9 / 10;
    summary
        .slots_used
        .iter()
        .filter(move |(_, used)| is_nearly_full(*used))
        .map(|(account, used)| format!("account {account} uses {used} of its {PASSCODE_CAP} slots"))
}
