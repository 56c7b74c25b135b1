//! The context of a use case, and its transactions: [`ReadTx`] for reading, [`WriteTx`] for a change.

use super::{
    error::{OpError, account::AccountError},
    outbox::enqueue::enqueue_for_action,
    secret_sink::SecretSink,
};
use crate::{
    domain::{
        actor::Actor,
        audit::Action,
        credential::Credential,
        directory::account::{Account, AccountId, AccountKey},
        instant::{Clock, Instant},
        seq::AuditSeq,
    },
    store::{Access, AuditContext, Store, StoreError, Transaction},
};

/// Seconds by which the clock may be behind the store's last record.
const CLOCK_TOLERANCE: i64 = 60;

/// What a use case that makes changes needs to know of its caller.
#[derive(Clone, Copy)]
pub struct OpContext<'a> {
    /// The store to change.
    pub store: &'a Store,
    /// The source of the current time.
    pub clock: &'a dyn Clock,
    /// Who makes the change, for the audit log.
    pub actor: &'a Actor,
    /// The account that the caller selected; `None` if the store's only account is meant.
    pub account: Option<AccountId>,
    /// Whether to roll the change back and only return its result.
    pub dry_run: bool,
    /// Whether to proceed although the clock is behind the store's last record.
    pub accept_clock: bool,
}

/// An open transaction for reading.
pub struct ReadTx<'s> {
    /// The store's transaction.
    pub tx: Transaction<'s>,
    /// The current time, but never earlier than the store's last record: expired credentials stay expired.
    pub now: Instant,
}

/// An open transaction for writing.
pub struct WriteTx<'a> {
    /// The store's transaction.
    pub tx: Transaction<'a>,
    /// The time of the change. The clock is read after the write lock is held, so that of two processes the later
    /// writer never sees an earlier time.
    pub now: Instant,
    /// The current time as readers see it, never earlier than the store's last record. It differs from `now` only if the
    /// caller accepts a clock that is behind.
    pub(super) now_for_readers: Instant,
    /// The last audit record before the change. That of an accepted clock is no change.
    before: AuditSeq,
    context: OpContext<'a>,
}

impl<'a> OpContext<'a> {
    /// Creates the context of a process that serves all accounts without an admin.
    pub fn unattended(store: &'a Store, clock: &'a dyn Clock, actor: &'a Actor) -> Self {
        Self { store, clock, actor, account: None, dry_run: false, accept_clock: false }
    }

    /// Begins a change.
    ///
    /// # Errors
    /// [`OpError::ClockBehind`]; [`StoreError::Busy`]; an integrity error if the store was never initialized.
    pub fn begin(&self) -> Result<WriteTx<'a>, OpError> {
        self.write_tx(self.store.begin(Access::Write)?)
    }

    /// Begins a change that completes an earlier one. A clock that is behind is accepted, since the earlier change
    /// accepted it.
    pub(super) fn begin_follow_up(&self, access: Access) -> Result<WriteTx<'a>, OpError> {
        let tx = self.store.begin(access)?;
        OpContext { accept_clock: true, ..*self }.write_tx(tx)
    }

    /// Makes a change that completes an earlier one, in a transaction of its own. If the connection is lost, it is made
    /// again once: the earlier change would otherwise stay half done.
    ///
    /// # Errors
    /// The error of `change`, or if the store can't be written.
    pub(super) fn follow_up(
        &self,
        change: impl Fn(&mut WriteTx<'a>) -> Result<(), OpError>,
    ) -> Result<(), OpError> {
        let attempt = || {
            let mut write = self.begin_follow_up(Access::Write)?;
            change(&mut write)?;
            Ok(write.commit()?)
        };
        match attempt() {
            Err(OpError::Store(StoreError::CommitLost | StoreError::Inaccessible(_))) => attempt(),
            completed => completed,
        }
    }

    /// Turns the store's transaction into a change.
    pub(super) fn write_tx(&self, tx: Transaction<'a>) -> Result<WriteTx<'a>, OpError> {
        let (clock, last) = (self.clock.now(), tx.head().audit_at);
        let is_behind = last.since(clock) > CLOCK_TOLERANCE;
        if is_behind && !self.accept_clock {
            return Err(OpError::ClockBehind { now: clock, last });
        }
        let now = if is_behind { clock } else { clock.max(last) };
        let (now_for_readers, before) = (clock.max(last), tx.head().audit_seq);
        let mut write = WriteTx { tx, now, now_for_readers, before, context: *self };
        if is_behind {
            let audit = write.audit_context(Action::ClockAccept);
            write.tx.audit_store(
                &audit,
                Some(format!("{{\"clock\":{},\"last\":{}}}", clock.unix(), last.unix())),
            );
            write.before = write.tx.head().audit_seq;
        }
        Ok(write)
    }
}

impl<'s> ReadTx<'s> {
    /// Begins to read.
    ///
    /// # Errors
    /// As for [`Store::begin`].
    pub fn begin(store: &'s Store, clock: &dyn Clock) -> Result<Self, StoreError> {
        let tx = store.begin(Access::Read)?;
        let now = clock.now().max(tx.head().audit_at);
        Ok(Self { tx, now })
    }

    /// Returns the selected account, or all accounts if none is selected.
    ///
    /// # Errors
    /// [`AccountError::NotFound`].
    pub fn accounts(&mut self, selected: Option<AccountId>) -> Result<Vec<Account>, OpError> {
        selected_accounts(&mut self.tx, selected)
    }
}

impl<'a> WriteTx<'a> {
    /// Returns the account that the change is about: the selected one, or the store's only one.
    ///
    /// # Errors
    /// [`AccountError::NotFound`], or [`AccountError::AccountRequired`] if none is selected and there are several.
    pub fn account(&mut self) -> Result<Account, OpError> {
        let mut accounts = selected_accounts(&mut self.tx, self.context.account)?;
        match (accounts.pop(), accounts.is_empty()) {
            (Some(only), true) => Ok(only),
            _ => {
                let all = current_accounts(&mut self.tx)?;
                let ids = all.iter().map(|account| account.id).collect();
                Err(AccountError::AccountRequired(ids).into())
            }
        }
    }

    /// Returns what an audit record of this change says: actor, time and action.
    pub fn audit_context(&self, action: Action) -> AuditContext<'a> {
        AuditContext { actor: self.context.actor, at: self.now, action }
    }

    /// Returns the actor as one word, such as a credential's `created_by`.
    pub fn actor_label(&self) -> String {
        self.context.actor.to_string()
    }

    /// Adds a credential with its audit record, and queues a message to the app if it is a token.
    ///
    /// # Errors
    /// If the store can't be read or written.
    pub fn insert_credential(&mut self, credential: Credential) -> Result<Credential, StoreError> {
        let audit = self.audit_context(Action::Create);
        let after = self.tx.insert_credential(&audit, credential)?;
        enqueue_for_action(&mut self.tx, self.now, Action::Create, None, &after)?;
        Ok(after)
    }

    /// Replaces a credential and adds its audit record, and queues a message to the app if it is a token. Does nothing if
    /// the credential stays the same.
    ///
    /// # Errors
    /// If the store can't be read or written.
    pub fn update_credential(
        &mut self,
        action: Action,
        after: Credential,
    ) -> Result<Credential, StoreError> {
        let before = self.tx.get_credential(after.seq)?;
        let audit = self.audit_context(action);
        let after = self.tx.update_credential(&audit, after)?;
        enqueue_for_action(&mut self.tx, self.now, action, Some(&before), &after)?;
        Ok(after)
    }

    /// Commits the change, or rolls it back if it is a dry run.
    ///
    /// # Errors
    /// As for [`Transaction::commit`].
    pub fn commit(self) -> Result<(), StoreError> {
        if !self.context.dry_run {
            self.tx.commit()?;
            self.context.store.change_flag().set();
        }
        Ok(())
    }

    /// Commits like [`WriteTx::commit`] if a record was changed. A commit of nothing could be left in doubt, too, and would
    /// have no audit record to look for. An accepted clock alone is not worth one.
    ///
    /// # Errors
    /// As for [`Transaction::commit`].
    pub fn commit_if_changed(self) -> Result<(), StoreError> {
        if self.tx.head().audit_seq == self.before { Ok(()) } else { self.commit() }
    }

    /// Makes sure that the secrets in `sink` survive a crash, and commits. If nobody knows whether the commit succeeded,
    /// the secrets may be valid, and the sink learns the id of the change.
    ///
    /// # Errors
    /// [`OpError::SecretNotWritten`], or that the store can't be written; nothing was changed then.
    pub(super) fn commit_secrets(self, sink: &mut dyn SecretSink) -> Result<(), OpError> {
        sink.sync().map_err(OpError::SecretNotWritten)?;
        match self.commit() {
            Err(StoreError::CommitUnknown(Some(change))) => sink.commit_in_doubt(change),
            committed => committed?,
        }
        Ok(())
    }
}

/// Returns the selected account, or all accounts if none is selected.
///
/// # Errors
/// [`AccountError::NotFound`].
pub(super) fn selected_accounts(
    tx: &mut Transaction<'_>,
    selected: Option<AccountId>,
) -> Result<Vec<Account>, OpError> {
    let accounts = current_accounts(tx)?;
    match selected {
        None => Ok(accounts),
        Some(id) => {
            let found = accounts.into_iter().find(|account| account.id == id);
            found
                .map(|account| vec![account])
                .ok_or_else(|| AccountError::NotFound(id.to_string()).into())
        }
    }
}

/// Returns the accounts that were not removed.
///
/// # Errors
/// If an account can't be verified.
pub(super) fn current_accounts(tx: &mut Transaction<'_>) -> Result<Vec<Account>, StoreError> {
    let mut accounts = tx.accounts()?;
    accounts.retain(|account| account.removed.is_none());
    Ok(accounts)
}

/// Returns the Account ID of one of `accounts`, or `None` if the account is not among them.
pub fn account_id(accounts: &[Account], key: AccountKey) -> Option<AccountId> {
    accounts.iter().find(|account| account.key == key).map(|account| account.id)
}
