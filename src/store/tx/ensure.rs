//! Checks whose failure means that the store is damaged or was tampered with.

use std::fmt::Display;

use crate::{
    domain::{credential::Credential, directory::district::District},
    store::{
        error::StoreError,
        port::record::WithMac,
        row_mac::{MacFields, RowMac},
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

/// Returns a credential that an index led to.
///
/// # Errors
/// An integrity error if it is not the requested one.
pub(super) fn ensure_credential_matches(
    found: Credential,
    is_requested: impl FnOnce(&Credential) -> bool,
) -> Result<Credential, StoreError> {
    if is_requested(&found) { Ok(found) } else { Err(index_mismatch(found.id)) }
}

/// Returns a district that an index led to.
///
/// # Errors
/// An integrity error if it is not the requested one.
pub(super) fn ensure_district_matches(
    found: District,
    is_requested: impl FnOnce(&District) -> bool,
) -> Result<District, StoreError> {
    if is_requested(&found) {
        Ok(found)
    } else {
        Err(index_mismatch(format_args!("district {}", found.id)))
    }
}

fn index_mismatch(found: impl Display) -> StoreError {
    StoreError::integrity(format!("an index refers to {found}, which was not requested"))
}

/// Checks that an insert or update changed exactly the row that it had to. `what` and `id` name the row in the error.
///
/// # Errors
/// An integrity error if it did not: the row to update is missing, or another row is in the way of an insert.
pub(super) fn ensure_written(
    was_written: bool,
    what: &str,
    id: impl Display,
) -> Result<(), StoreError> {
    if was_written {
        return Ok(());
    }
    Err(StoreError::integrity(format!(
        "{what} {id} could not be written: its row is missing, or another row is in its place"
    )))
}
