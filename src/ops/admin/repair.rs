//! `store repair`: makes a store that was changed outside gatepass verify again.

pub use crate::store::RepairReport;
use crate::{
    domain::audit::Action,
    ops::{context::OpContext, error::OpError, outbox::enqueue::enqueue_for_action},
};

/// Repairs the schema of the store, then its rows in one transaction. Credentials that may have been tampered with are revoked. Changes nothing if
/// there is nothing to repair.
///
/// # Errors
/// An integrity error if the head or the audit log was changed: there is nothing to repair the store with.
pub fn repair(context: OpContext<'_>) -> Result<RepairReport, OpError> {
    let objects = context.store.repair_schema(context.dry_run)?;
    let mut write = context.write_tx(context.store.begin_repair()?)?;
    let audit = write.audit_context(Action::StoreRepair);
    let mut report = RepairReport { objects, ..write.tx.repair(&audit)? };
    for credential in &report.revoked {
        let action = if credential.deleted.is_some() { Action::Delete } else { Action::Revoke };
        enqueue_for_action(&mut write.tx, write.now, action, None, credential)?;
    }
    write.tx.finish_repair(&audit, &mut report)?;
    if !report.is_empty() {
        write.commit()?;
    }
    Ok(report)
}
