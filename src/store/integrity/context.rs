//! A running check: the transaction that it reads from and the issues that it has found.

use std::ops::ControlFlow;

use super::{
    expected::ExpectedRows,
    history::ObjectHistory,
    issue::{IssueList, NumberedRow},
};
use crate::{
    domain::{
        directory::account::{Account, AccountKey},
        seq::AuditSeq,
    },
    store::{
        error::StoreError,
        port::{
            backend::BackendTransaction,
            record::{MASKED_SUMS, WithMac},
        },
        row_mac::{RowMac, Summed, SummedTable, TableSums},
        tx::transaction::Transaction,
    },
};

/// A running check. Later checks compare with the results of earlier ones.
pub(super) struct IntegrityCheck<'e, 's> {
    pub(super) tx: &'e mut Transaction<'s>,
    pub(super) issues: &'e mut IssueList,
    /// What the audit log says about each object.
    pub(super) history: ObjectHistory,
    /// The accounts that verify.
    pub(super) accounts: Vec<Account>,
    pub(super) expected: ExpectedRows,
    /// The sums over the rows that verify.
    pub(super) sums: TableSums,
    /// The number of rows of each table that verify.
    counts: [i64; MASKED_SUMS],
    /// The tables that have a row that does not verify.
    unverified: Vec<SummedTable>,
}

/// What the check of a row needs while the rows of its table are scanned.
pub(super) struct RowCheck<'e, 's> {
    pub(super) row_mac: &'e RowMac<'s>,
    pub(super) issues: &'e mut IssueList,
    history: &'e ObjectHistory,
    accounts: &'e [Account],
    pub(super) expected: &'e mut ExpectedRows,
    sums: &'e mut TableSums,
    counts: &'e mut [i64; MASKED_SUMS],
    unverified: &'e mut Vec<SummedTable>,
}

impl<'e, 's> IntegrityCheck<'e, 's> {
    pub(super) fn new(tx: &'e mut Transaction<'s>, issues: &'e mut IssueList) -> Self {
        Self {
            tx,
            issues,
            history: ObjectHistory::default(),
            accounts: Vec::new(),
            expected: ExpectedRows::default(),
            sums: TableSums::default(),
            counts: [0; MASKED_SUMS],
            unverified: Vec::new(),
        }
    }

    /// Returns the transaction of the backend, and what the check of its rows needs.
    pub(super) fn rows(&mut self) -> (&mut (dyn BackendTransaction + 's), RowCheck<'_, 's>) {
        let Self { tx, issues, history, accounts, expected, sums, counts, unverified } = self;
        let Transaction { raw, row_mac, .. } = &mut **tx;
        let check =
            RowCheck { row_mac, issues, history, accounts, expected, sums, counts, unverified };
        (&mut **raw, check)
    }

    /// Returns whether all rows of a table verify, and none is missing, planted or an older one.
    pub(super) fn is_intact(&self, table: SummedTable) -> bool {
        !self.unverified.contains(&table) && self.tx.ensure_sum(table, &self.sums).is_ok()
    }

    /// Compares the sum of a table, whose rows were all read, with the one that the newest change left. A table that has a
    /// row that does not verify is an issue already.
    ///
    /// # Errors
    /// An integrity error if they differ.
    pub(super) fn check_sum(&self, table: SummedTable) -> Result<(), StoreError> {
        match self.unverified.contains(&table) {
            true => Ok(()),
            false => {
                self.tx.ensure_sum(table, &self.sums)?;
                self.check_count(table)
            }
        }
    }

    /// Compares the number of rows of a table with the one in the head, for tables from which no row is ever removed. A
    /// repair computes the sums of the rows that are left, so only their number shows that one is missing.
    fn check_count(&self, table: SummedTable) -> Result<(), StoreError> {
        let head = self.tx.head();
        let expected = match table {
            SummedTable::Accounts => head.accounts,
            SummedTable::Apps => head.apps,
            SummedTable::Districts => head.districts,
            SummedTable::Credentials => head.credentials.0,
            _ => return Ok(()),
        };
        let rows = table.rows();
        match self.counts[table as usize] {
            found if found == expected => Ok(()),
            found => Err(StoreError::integrity(format!("{found} of {expected} {rows} exist"))),
        }
    }
}

impl RowCheck<'_, '_> {
    /// Returns the record of a row; `None` if its MAC is wrong, which becomes an issue. `what` describes the row.
    pub(super) fn verify_row<T: Summed>(&mut self, row: WithMac<T>, what: &str) -> Option<T> {
        let record = self.verify(row);
        if record.is_none() {
            self.issues.add(format!("{what} was changed outside gatepass"));
        }
        record
    }

    /// Like [`RowCheck::verify_row`], for a row that is known by a number, or belongs to one.
    pub(super) fn verify_numbered<T: Summed>(
        &mut self,
        row: WithMac<T>,
        number: NumberedRow,
        prefix: &str,
    ) -> Option<T> {
        let record = self.verify(row);
        if record.is_none() {
            let text = format!("{prefix}{number} was changed outside gatepass");
            self.issues.add_about(number, text);
        }
        record
    }

    /// Returns the record of a row and adds it to the sum of its table; `None` if its MAC is wrong.
    pub(super) fn verify<T: Summed>(&mut self, row: WithMac<T>) -> Option<T> {
        match self.row_mac.verify_summed(row) {
            Some((record, summand)) => {
                self.sums.add(T::TABLE, summand);
                self.counts[T::TABLE as usize] += 1;
                Some(record)
            }
            None => {
                self.unverified.push(T::TABLE);
                None
            }
        }
    }

    /// Returns the account with this key; `None` if it is missing or does not verify.
    pub(super) fn account(&self, key: AccountKey) -> Option<&Account> {
        self.accounts.iter().find(|account| account.key == key)
    }

    /// Compares a record with its newest audit record. A record with a valid MAC may still be an older one that was
    /// put back. `fields` is `None` if the account of the record is missing.
    pub(super) fn check_against_audit(
        &mut self,
        subject: &str,
        audit_seq: AuditSeq,
        fields: Option<String>,
    ) {
        let Some(fields) = fields else {
            return self.issues.add(format!("the account of {subject} is missing"));
        };
        if !self.history.matches(subject, audit_seq, &fields) {
            self.issues.add(format!("{subject} does not match its last audit record"));
        }
    }
}

/// Returns a callback of a scan that passes every row to `check`.
pub(super) fn each_row<T>(mut check: impl FnMut(T)) -> impl FnMut(Vec<T>) -> ControlFlow<()> {
    move |batch| {
        batch.into_iter().for_each(&mut check);
        ControlFlow::Continue(())
    }
}
