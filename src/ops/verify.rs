//! `verify`: whose secret it is, and whether it opens anything. Writes nothing and is never a use.

use crate::{
    domain::{
        decision::{Decision, Demand, decide},
        instant::Instant,
        request::{Presented, Refusal},
    },
    ops::{Look, OpError},
};

/// Decides about what was presented; answers the instant that counted as now, too.
///
/// # Errors
/// When the store can't be read.
pub fn verify(
    look: &Look<'_>,
    presented: &Result<Presented, Refusal>,
    demand: Demand,
) -> Result<(Decision, Instant), OpError> {
    let presented = match presented {
        Err(refusal) => return Ok((Decision::refused(refusal.reason), look.now)),
        Ok(presented) => presented,
    };
    let demand = Demand { account: presented.account.or(demand.account), ..demand };
    let found = look.tx.find_by_digest(&look.tx.digest(presented.secret.expose()))?;
    Ok((decide(&demand, found, look.now), look.now))
}
