//! A change: one writing transaction, with its instant and its actor.

use crate::{
    domain::{
        account::{Account, AccountId},
        actor::Actor,
        audit::Action,
        credential::Credential,
        instant::{Clock, Instant},
    },
    ops::{OpError, announce::announce, look::covered},
    store::{Access, Stamp, Store, StoreError, Transaction},
};

/// How far the clock may be behind the store's last record, in seconds.
const CLOCK_SLACK: i64 = 60;

/// What every use case that changes something works with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The store.
    pub store: &'a Store,
    /// The clock.
    pub clock: &'a dyn Clock,
    /// Who makes the change.
    pub actor: &'a Actor,
    /// The account that was chosen, if one was.
    pub account: Option<AccountId>,
    /// Whether to show what would happen, and change nothing.
    pub dry_run: bool,
    /// Whether to believe a clock that is behind the last record.
    pub accept_clock: bool,
}

/// An open writing transaction.
pub struct Change<'a> {
    /// The transaction.
    pub tx: Transaction<'a>,
    /// When the change happens: read after the lock was had, so that racers don't look like a clock set back.
    pub now: Instant,
    desk: Desk<'a>,
}

impl<'a> Desk<'a> {
    /// The desk of who serves a whole store, with nobody there to choose or to accept anything.
    pub fn unattended(store: &'a Store, clock: &'a dyn Clock, actor: &'a Actor) -> Self {
        Self { store, clock, actor, account: None, dry_run: false, accept_clock: false }
    }

    /// Begins a change.
    ///
    /// # Errors
    /// [`OpError::ClockBehind`]; [`StoreError::Busy`]; an integrity error in a store that was never founded.
    pub fn begin(&self) -> Result<Change<'a>, OpError> {
        self.change(self.store.begin_founded(Access::Write)?)
    }

    /// Begins a change that only finishes another: a clock that is behind was accepted by that one.
    pub(super) fn begin_after(&self, access: Access) -> Result<Change<'a>, OpError> {
        let tx = self.store.begin_founded(access)?;
        Desk { accept_clock: true, ..*self }.change(tx)
    }

    /// The change that a writing transaction becomes.
    pub(super) fn change(&self, tx: Transaction<'a>) -> Result<Change<'a>, OpError> {
        let (clock, last) = (self.clock.now(), tx.head().audit_at);
        let is_behind = last.since(clock) > CLOCK_SLACK;
        if is_behind && !self.accept_clock {
            return Err(OpError::ClockBehind { now: clock, last });
        }
        let now = if is_behind { clock } else { clock.max(last) };
        let mut change = Change { tx, now, desk: *self };
        if is_behind {
            let stamp = change.stamp(Action::ClockAccept);
            change.tx.record(
                &stamp,
                Some(format!("{{\"clock\":{},\"last\":{}}}", clock.unix(), last.unix())),
            )?;
        }
        Ok(change)
    }
}

impl<'a> Change<'a> {
    /// The one account that the change concerns.
    ///
    /// # Errors
    /// [`OpError::NoSuchAccount`], or [`OpError::SeveralAccounts`] when none was chosen.
    pub fn account(&self) -> Result<Account, OpError> {
        let mut accounts = covered(&self.tx, self.desk.account)?;
        match (accounts.pop(), accounts.is_empty()) {
            (Some(only), true) => Ok(only),
            _ => Err(OpError::SeveralAccounts(
                self.tx.accounts()?.iter().map(|account| account.id).collect(),
            )),
        }
    }

    /// The stamp of an action of this change.
    pub fn stamp(&self, action: Action) -> Stamp<'a> {
        Stamp { actor: self.desk.actor, at: self.now, action }
    }

    /// Who makes the change, in short.
    pub fn by(&self) -> String {
        self.desk.actor.to_string()
    }

    /// Adds a credential, with its audit record. The app of a token is told.
    ///
    /// # Errors
    /// When the store does not take it.
    pub fn insert(&mut self, draft: Credential) -> Result<Credential, StoreError> {
        let stamp = self.stamp(Action::Create);
        let after = self.tx.insert_credential(&stamp, draft)?;
        announce(self, Action::Create, None, &after)?;
        Ok(after)
    }

    /// Replaces a credential, with its audit record. The app of a token is told.
    ///
    /// # Errors
    /// When the store does not take it.
    pub fn update(&mut self, action: Action, after: Credential) -> Result<Credential, StoreError> {
        let before = self.tx.by_seq(after.seq)?;
        let stamp = self.stamp(action);
        let after = self.tx.update_credential(&stamp, after)?;
        announce(self, action, Some(&before), &after)?;
        Ok(after)
    }

    /// Makes the change permanent; a dry run ends here without a trace.
    ///
    /// # Errors
    /// When the store does not take it: then nothing was changed.
    pub fn commit(self) -> Result<(), StoreError> {
        if self.desk.dry_run { Ok(()) } else { self.tx.commit() }
    }
}
