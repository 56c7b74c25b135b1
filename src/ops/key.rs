//! `key`: that the master key was copied for escrow.

use crate::{
    domain::{audit::Action, instant::Instant},
    ops::{Desk, OpError},
};

/// Notes in the store and its audit log that a copy of the key was made.
///
/// # Errors
/// When the store can't be written.
pub fn note_escrow(desk: &Desk<'_>, fingerprint: &str) -> Result<Instant, OpError> {
    let mut change = desk.begin()?;
    let (stamp, now) = (change.stamp(Action::KeyExport), change.now);
    change.tx.record(&stamp, Some(format!("{{\"fingerprint\":\"{fingerprint}\"}}")))?;
    change.tx.set_escrowed(now);
    change.commit()?;
    Ok(now)
}
