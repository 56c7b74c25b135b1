//! `key export`: records that the master key was backed up.

use crate::{
    domain::{audit::Action, instant::Instant},
    ops::{context::OpContext, error::OpError},
};

/// Records in the store and in the audit log that the master key with this fingerprint was exported. Returns the time of
/// the record.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be written.
pub fn record_key_export(context: &OpContext<'_>, fingerprint: &str) -> Result<Instant, OpError> {
    let mut write = context.begin()?;
    let (audit, now) = (write.audit_context(Action::KeyExport), write.now);
    write.tx.audit_store(&audit, Some(format!("{{\"fingerprint\":\"{fingerprint}\"}}")));
    write.tx.set_escrowed(now);
    write.commit()?;
    Ok(now)
}
