//! `key`: that the master key was copied for escrow.

use crate::{
    domain::{audit::Action, instant::Instant},
    ops::{OpContext, OpError},
};

/// Notes in the store and its audit log that a copy of the key was made.
///
/// # Errors
/// When the store can't be written.
pub fn record_key_export(context: &OpContext<'_>, fingerprint: &str) -> Result<Instant, OpError> {
    let mut write = context.begin()?;
    let (audit, now) = (write.audit_context(Action::KeyExport), write.now);
    write.tx.audit_store(&audit, Some(format!("{{\"fingerprint\":\"{fingerprint}\"}}")))?;
    write.tx.set_escrowed(now);
    write.commit()?;
    Ok(now)
}
