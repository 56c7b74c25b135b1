//! `audit`: reads and verifies the audit log.

use std::{
    collections::{HashSet, VecDeque},
    ops::ControlFlow,
};

use crate::{
    domain::{
        actor::Actor,
        audit::{Action, AuditRecord, ChangeId, LoggedRecord},
        directory::name::fold,
        instant::Instant,
        seq::AuditSeq,
    },
    ops::{
        context::ReadTx,
        error::{OpError, audit::AuditError},
        query::filter::NameMatcher,
    },
};

/// The records to list: those that meet all conditions.
#[derive(Default)]
pub struct AuditFilter {
    /// Only records about these ids of credentials, apps, districts or accounts.
    pub subjects: Option<HashSet<String>>,
    /// Only records of this time or later.
    pub since: Option<Instant>,
    /// Only records before this time.
    pub until: Option<Instant>,
    /// Only changes by actors that match: by their short form, or by the name of the user, app or person.
    pub actor: Option<NameMatcher>,
    /// Only these actions; empty lists all.
    pub actions: Vec<Action>,
}

impl AuditFilter {
    fn matches(&self, record: &AuditRecord) -> bool {
        self.subjects.as_ref().is_none_or(|subjects| subjects.contains(&record.subject))
            && self.since.is_none_or(|since| record.at >= since)
            && self.until.is_none_or(|until| record.at < until)
            && self.actor.as_ref().is_none_or(|matcher| actor_matches(&record.actor, matcher))
            && (self.actions.is_empty() || self.actions.contains(&record.action))
    }
}

fn actor_matches(actor: &Actor, matcher: &NameMatcher) -> bool {
    let Actor { process, principal } = actor;
    let name = match principal.fields() {
        Some((_, name, _)) => Some(name),
        None => Some(process.user.as_str()),
    };
    let mut names = name.into_iter().chain(process.sudo_user.as_deref());
    matcher(&actor.to_string()) || names.any(matcher)
}

/// Calls `each` with every record that meets the filter, oldest first; with a `limit`, only with that many of the newest
/// ones. Returns the number of those records. The whole chain is verified in any case.
///
/// # Errors
/// The error that `each` returns, or if a record can't be verified.
pub fn list(
    read: &mut ReadTx<'_>,
    filter: &AuditFilter,
    limit: Option<u64>,
    mut each: impl FnMut(&LoggedRecord) -> Result<(), OpError>,
) -> Result<u64, OpError> {
    let (mut listed, mut newest) = (0, VecDeque::new());
    read.tx.scan_log(|logged| -> Result<ControlFlow<()>, OpError> {
        match limit {
            _ if !filter.matches(&logged.record) => {}
            None => {
                listed += 1;
                each(&logged)?;
            }
            Some(limit) => {
                newest.push_back(logged);
                if newest.len() as u64 > limit {
                    newest.pop_front();
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    newest.iter().try_for_each(&mut each)?;
    Ok(listed + newest.len() as u64)
}

/// Returns the ids of everything that was recorded under this name, address or `APP/DISTRICT`, in any case of letters, and
/// may have lost it since.
///
/// # Errors
/// If a record can't be verified.
pub fn subjects_once_named(read: &mut ReadTx<'_>, name: &str) -> Result<HashSet<String>, OpError> {
    let (wanted, mut subjects) = (fold(name), HashSet::new());
    read.tx.scan_audit(|record| -> Result<ControlFlow<()>, OpError> {
        let has_name = |name: &str| [fold(name), fold(&name.replace(" → ", "/"))].contains(&wanted);
        if record.name.as_deref().is_some_and(has_name) {
            subjects.insert(record.subject);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(subjects)
}

/// Returns the record with this number. Verifies the record, but not the chain.
///
/// # Errors
/// [`AuditError::NoSuchRecord`], or if the record can't be verified.
pub fn find_record(read: &mut ReadTx<'_>, seq: AuditSeq) -> Result<LoggedRecord, OpError> {
    Ok(read.tx.find_audit_record(seq)?.ok_or(AuditError::NoSuchRecord(seq))?)
}

/// Returns the last record of the change with this id, which shows that the change was made.
///
/// # Errors
/// [`AuditError::NotMade`], [`AuditError::NotMadeYet`], or if the record can't be verified.
pub fn find_change(read: &mut ReadTx<'_>, change: ChangeId) -> Result<LoggedRecord, OpError> {
    if read.tx.head().audit_seq < change.seq {
        return Err(AuditError::NotMadeYet(change).into());
    }
    Ok(read.tx.find_change(change)?.ok_or(AuditError::NotMade(change))?)
}
