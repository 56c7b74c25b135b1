//! `verify`: whose secret it is, and whether it opens anything. Writes nothing and is never a use.

use crate::{
    domain::{
        app::App,
        called::Names,
        decision::{Decision, Demand, Reason, decide},
        instant::Instant,
        request::{Presented, Refusal, Secret},
        secret::SecretKind,
    },
    keys::same,
    ops::{Look, OpError},
};

/// What was decided, and whose secret it is.
#[derive(Debug)]
pub struct Answer {
    /// The decision.
    pub decision: Decision,
    /// The names of the app and the district of what was presented.
    pub names: Names,
    /// The app whose client secret was presented, which nobody decides about: it opens nothing at a gate.
    pub client: Option<App>,
    /// The instant that counted as now.
    pub now: Instant,
}

/// Decides about what was presented.
///
/// # Errors
/// When the store can't be read.
pub fn verify(
    look: &Look<'_>,
    presented: &Result<Presented, Refusal>,
    demand: Demand,
) -> Result<Answer, OpError> {
    let mut answer = Answer {
        decision: Decision::refused(Reason::Unknown),
        names: Names::default(),
        client: None,
        now: look.now,
    };
    let presented = match presented {
        Err(refusal) => {
            answer.decision = Decision::refused(refusal.reason);
            return Ok(answer);
        }
        Ok(presented) => presented,
    };
    let demand = Demand { account: presented.account.or(demand.account), ..demand };
    let found = look.tx.find_by_digest(&look.tx.digest(presented.secret.expose()))?;
    answer.decision = decide(&demand, found, look.now);
    match &answer.decision.known {
        Some(known) => answer.names = look.tx.names_as_far_as_known(&known.credential.owner)?,
        None => answer.client = client_of(look, &presented.secret)?,
    }
    Ok(answer)
}

/// The app whose client secret it is; a removed one is told, too. Digests are compared in constant time.
fn client_of(look: &Look<'_>, secret: &Secret) -> Result<Option<App>, OpError> {
    let is_clients = |secret: &Secret| matches!(secret, Secret::Ours(ours) if ours.expose().starts_with(SecretKind::AppSecret.prefix().as_bytes()));
    if !is_clients(secret) {
        return Ok(None);
    }
    let digest = look.tx.digest(secret.expose());
    let has = |app: &&App| {
        let retiring = app.secrets.retiring.filter(|old| look.now < old.until);
        let mut digests = app.secrets.current.iter().chain(retiring.iter().map(|old| &old.digest));
        digests.any(|own| same(&own.0, &digest.0))
    };
    Ok(look.tx.apps()?.iter().find(has).cloned())
}
