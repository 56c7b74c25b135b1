//! `verify`: whose secret it is, and whether the gate would accept it. Nothing is written, and it is not a use.

use crate::{
    domain::{
        credential::{display_name::SubjectNames, secret::SecretKind},
        decision::{Decision, Reason, Requirements, decide},
        directory::app::App,
        instant::Instant,
        request::{PresentedCredential, PresentedSecret, RequestError},
    },
    keys::constant_time_eq,
    ops::{context::ReadTx, error::OpError},
    store::StoreError,
};

/// The decision about a secret, and what it belongs to.
#[derive(Debug)]
pub struct Verification {
    /// The decision.
    pub decision: Decision,
    /// The names of the app and the district of the credential.
    pub names: SubjectNames,
    /// Whether the names could not be verified and are left out. The decision does not depend on them.
    pub lacks_names: bool,
    /// The app, if the secret is a client secret; the gate never accepts those.
    pub client: Option<App>,
    /// The time of the decision.
    pub now: Instant,
}

/// Decides as the gate would, about a presented credential or a request without a valid one.
///
/// # Errors
/// If the store can't be read.
pub fn verify(
    read: &mut ReadTx<'_>,
    presented: &Result<PresentedCredential, RequestError>,
    requirements: Requirements,
) -> Result<Verification, OpError> {
    let mut verification = Verification {
        decision: Decision::refused(Reason::Unknown),
        names: SubjectNames::default(),
        lacks_names: false,
        client: None,
        now: read.now,
    };
    let presented = match presented {
        Err(refusal) => {
            verification.decision = Decision::refused(refusal.reason);
            return Ok(verification);
        }
        Ok(presented) => presented,
    };
    let requirements =
        Requirements { account: presented.account.or(requirements.account), ..requirements };
    let found = read.tx.find_by_digest(&read.tx.digest(presented.secret.expose()))?;
    verification.decision = decide(&requirements, found, read.now);
    match &verification.decision.known {
        Some(known) => match read.tx.display_names(&known.credential.subject) {
            Err(StoreError::Integrity(_)) => verification.lacks_names = true,
            names => verification.names = names?,
        },
        None => verification.client = find_client(read, &presented.secret)?,
    }
    Ok(verification)
}

/// Returns the app with this client secret, even if it was removed. Digests are compared in constant time.
fn find_client(read: &mut ReadTx<'_>, secret: &PresentedSecret) -> Result<Option<App>, OpError> {
    let is_client_secret = |secret: &PresentedSecret| matches!(secret, PresentedSecret::Issued(ours) if ours.expose().starts_with(SecretKind::AppSecret.prefix().as_bytes()));
    if !is_client_secret(secret) {
        return Ok(None);
    }
    let digest = read.tx.digest(secret.expose());
    let has_secret = |app: &&App| {
        app.secrets.valid_digests(read.now).any(|own| constant_time_eq(&own.0, &digest.0))
    };
    Ok(read.tx.apps()?.iter().find(has_secret).cloned())
}
