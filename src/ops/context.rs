//! A change: one writing transaction, with its instant and its actor.

use super::{OpError, outbox::enqueue::enqueue_for_action, read_tx::selected_accounts};
use crate::{
    domain::{
        actor::Actor,
        audit::Action,
        credential::Credential,
        directory::account::{Account, AccountId},
        instant::{Clock, Instant},
    },
    ops::AccountError,
    store::{Access, AuditContext, Store, StoreError, Transaction},
};

/// How far the clock may be behind the store's last record, in seconds.
const CLOCK_TOLERANCE: i64 = 60;

/// What every use case that changes something works with.
#[derive(Clone, Copy)]
pub struct OpContext<'a> {
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
pub struct WriteTx<'a> {
    /// The transaction.
    pub tx: Transaction<'a>,
    /// When the change happens: read after the lock was had, so that racers don't look like a clock set back.
    pub now: Instant,
    context: OpContext<'a>,
}

impl<'a> OpContext<'a> {
    /// The desk of who serves a whole store, with nobody there to choose or to accept anything.
    pub fn unattended(store: &'a Store, clock: &'a dyn Clock, actor: &'a Actor) -> Self {
        Self { store, clock, actor, account: None, dry_run: false, accept_clock: false }
    }

    /// Begins a change.
    ///
    /// # Errors
    /// [`OpError::ClockBehind`]; [`StoreError::Busy`]; an integrity error in a store that was never founded.
    pub fn begin(&self) -> Result<WriteTx<'a>, OpError> {
        self.write_tx(self.store.begin_initialized(Access::Write)?)
    }

    /// Begins a change that only finishes another: a clock that is behind was accepted by that one.
    pub(super) fn begin_follow_up(&self, access: Access) -> Result<WriteTx<'a>, OpError> {
        let tx = self.store.begin_initialized(access)?;
        OpContext { accept_clock: true, ..*self }.write_tx(tx)
    }

    /// The change that a writing transaction becomes.
    pub(super) fn write_tx(&self, tx: Transaction<'a>) -> Result<WriteTx<'a>, OpError> {
        let (clock, last) = (self.clock.now(), tx.head().audit_at);
        let is_behind = last.since(clock) > CLOCK_TOLERANCE;
        if is_behind && !self.accept_clock {
            return Err(OpError::ClockBehind { now: clock, last });
        }
        let now = if is_behind { clock } else { clock.max(last) };
        let mut write = WriteTx { tx, now, context: *self };
        if is_behind {
            let audit = write.audit_context(Action::ClockAccept);
            write.tx.audit_store(
                &audit,
                Some(format!("{{\"clock\":{},\"last\":{}}}", clock.unix(), last.unix())),
            )?;
        }
        Ok(write)
    }
}

impl<'a> WriteTx<'a> {
    /// The one account that the change concerns.
    ///
    /// # Errors
    /// [`AccountError::NotFound`], or [`AccountError::AccountRequired`] when none was chosen.
    pub fn account(&self) -> Result<Account, OpError> {
        let mut accounts = selected_accounts(&self.tx, self.context.account)?;
        match (accounts.pop(), accounts.is_empty()) {
            (Some(only), true) => Ok(only),
            _ => Err(AccountError::AccountRequired(
                self.tx.accounts()?.iter().map(|account| account.id).collect(),
            )
            .into()),
        }
    }

    /// The stamp of an action of this change.
    pub fn audit_context(&self, action: Action) -> AuditContext<'a> {
        AuditContext { actor: self.context.actor, at: self.now, action }
    }

    /// Who makes the change, in short.
    pub fn actor_label(&self) -> String {
        self.context.actor.to_string()
    }

    /// Adds a credential, with its audit record. The app of a token is told.
    ///
    /// # Errors
    /// When the store does not take it.
    pub fn insert_credential(&mut self, credential: Credential) -> Result<Credential, StoreError> {
        let audit = self.audit_context(Action::Create);
        let after = self.tx.insert_credential(&audit, credential)?;
        enqueue_for_action(self, Action::Create, None, &after)?;
        Ok(after)
    }

    /// Replaces a credential, with its audit record. The app of a token is told.
    ///
    /// # Errors
    /// When the store does not take it.
    pub fn update_credential(
        &mut self,
        action: Action,
        after: Credential,
    ) -> Result<Credential, StoreError> {
        let before = self.tx.get_credential(after.seq)?;
        let audit = self.audit_context(action);
        let after = self.tx.update_credential(&audit, after)?;
        enqueue_for_action(self, action, Some(&before), &after)?;
        Ok(after)
    }

    /// Makes the change permanent; a dry run ends here without a trace.
    ///
    /// # Errors
    /// When the store does not take it: then nothing was changed.
    pub fn commit(self) -> Result<(), StoreError> {
        if self.context.dry_run { Ok(()) } else { self.tx.commit() }
    }
}
