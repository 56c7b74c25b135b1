//! Checks whose failure means that the store is damaged or was tampered with.

use std::fmt::Display;

use crate::{
    domain::{credential::Credential, directory::district::District, seq::AuditSeq},
    store::{
        error::StoreError,
        port::record::WithMac,
        row_mac::{MacFields, RowMac, Summand, Summed},
    },
};

/// Returns the record of a row. `what` names it in the error.
///
/// # Errors
/// An integrity error if its MAC is wrong.
pub(in crate::store) fn verify_row<T: MacFields>(
    row_mac: &RowMac<'_>,
    row: WithMac<T>,
    what: &str,
) -> Result<T, StoreError> {
    row_mac
        .verify(row)
        .ok_or_else(|| StoreError::integrity(format!("{what} was changed outside gatepass")))
}

/// Returns the record of a row, and what it adds to the sum of its table. `what` names the record in the error.
///
/// # Errors
/// An integrity error if its MAC is wrong.
pub(in crate::store) fn verify_summed<T: Summed>(
    row_mac: &RowMac<'_>,
    row: WithMac<T>,
    what: impl Display,
) -> Result<(T, Summand), StoreError> {
    row_mac
        .verify_summed(row)
        .ok_or_else(|| StoreError::integrity(format!("{what} was changed outside gatepass")))
}

/// Checks that a row is as its newest audit record left it. Its MAC is right even if it is an older version of the row
/// that was put back.
///
/// # Errors
/// An integrity error if it is another version.
pub(super) fn ensure_newest(
    audit_seq: AuditSeq,
    newest: Option<AuditSeq>,
    id: impl Display,
) -> Result<(), StoreError> {
    match newest == Some(audit_seq) {
        true => Ok(()),
        false => Err(StoreError::integrity(format!(
            "{id} was replaced by an older version outside gatepass"
        ))),
    }
}

/// Checks that an index led to a requested credential.
///
/// # Errors
/// An integrity error if it did not.
pub(super) fn ensure_requested(is_requested: bool, found: &Credential) -> Result<(), StoreError> {
    if is_requested { Ok(()) } else { Err(index_mismatch(found.id)) }
}

/// Checks that an index led to a requested district.
///
/// # Errors
/// An integrity error if it did not.
pub(super) fn ensure_district_requested(
    is_requested: bool,
    found: &District,
) -> Result<(), StoreError> {
    let mismatch = || index_mismatch(format_args!("district {}", found.id));
    if is_requested { Ok(()) } else { Err(mismatch()) }
}

fn index_mismatch(found: impl Display) -> StoreError {
    StoreError::integrity(format!("an index refers to {found}, which was not requested"))
}

/// Checks that an insert, update or removal changed exactly the rows that it had to. `what` names one of them in the
/// error.
///
/// # Errors
/// An integrity error if it did not: a row to update is missing, or another row is in the way of an insert.
pub(in crate::store) fn ensure_all_written(
    written: usize,
    expected: usize,
    what: &str,
) -> Result<(), StoreError> {
    if written == expected {
        return Ok(());
    }
    Err(StoreError::integrity(format!(
        "{what}: {} of {expected} rows could not be written, because a row is missing or another one is in its place",
        expected.saturating_sub(written)
    )))
}

/// Checks that a name is free.
///
/// # Errors
/// An integrity error if it is not: the caller has checked that before.
pub(super) fn ensure_free(is_free: bool, what: &str, id: impl Display) -> Result<(), StoreError> {
    if is_free {
        return Ok(());
    }
    Err(StoreError::integrity(format!("the name of {what} {id} belongs to another one")))
}
