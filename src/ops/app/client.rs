//! What an app's own programs ask for: the tokens that districts granted it, and new secrets for them.

use std::collections::BTreeMap;

use rand::CryptoRng;

use crate::{
    domain::{
        credential::{Credential, CredentialKind, secret::Plaintext, subject::AppDistrict},
        directory::{
            app::App,
            id::{IdPrefix, ObjectId},
        },
        instant::Instant,
        request::ClientCredentials,
    },
    keys::constant_time_eq,
    ops::{
        CredentialError, IssuedCredential, OpContext, OpError, ReadTx,
        credential::{pickup::pick_up, reset},
    },
    store::{StoreError, Transaction},
};

/// What is answered to a program.
#[derive(Debug)]
pub enum ClientResponse {
    /// It has not proved to be an app's.
    Unauthenticated,
    /// The app has no such live token.
    NotFound,
    /// These tokens.
    Tokens(Vec<ClientToken>),
}

/// A token as its app sees it.
#[derive(Debug)]
pub struct ClientToken {
    /// The token.
    pub token: Credential,
    /// Its secret, in the one answer that makes it.
    pub secret: Option<Plaintext>,
}

impl From<IssuedCredential> for ClientToken {
    fn from(issued: IssuedCredential) -> Self {
        Self { token: issued.credential, secret: Some(issued.secret) }
    }
}

/// The live tokens of the app that logs in, all of them or that of one district. Those that nobody picked up yet get
/// their first secret now; of several who ask at once, one is shown it.
///
/// # Errors
/// When the store can't be read, or written where something is picked up.
pub fn tokens(
    context: &OpContext<'_>,
    login: &ClientCredentials,
    district: Option<ObjectId>,
    entropy: &mut dyn CryptoRng,
) -> Result<ClientResponse, OpError> {
    let read = ReadTx::begin_initialized(context.store, context.clock)?;
    let Some(app) = authenticate(&read.tx, login, read.now)? else {
        return Ok(ClientResponse::Unauthenticated);
    };
    let live = live_tokens(&read.tx, &app, district, read.now)?;
    drop(read);
    let waiting: Vec<i64> =
        live.iter().filter(|token| token.secrets.awaits_pickup()).map(|token| token.seq).collect();
    // Nearly always there is nothing to pick up, and who only looks waits for nobody.
    let made = match waiting.is_empty() {
        true => Vec::new(),
        false => pick_up(context, &waiting, entropy)?,
    };
    let mut made: BTreeMap<i64, IssuedCredential> =
        made.into_iter().map(|issued| (issued.credential.seq, issued)).collect();
    let granted = live.into_iter().map(|token| match made.remove(&token.seq) {
        Some(issued) => issued.into(),
        None => ClientToken { token, secret: None },
    });
    Ok(ClientResponse::Tokens(granted.collect()))
}

/// Gives a token of the app that logs in a new secret; the old one lives on for `overlap` seconds, at most
/// [`LONGEST_OWN_OVERLAP`](crate::domain::credential::lifetime::LONGEST_OWN_OVERLAP).
///
/// # Errors
/// When the store can't be written.
pub fn reset_token(
    context: &OpContext<'_>,
    login: &ClientCredentials,
    token: ObjectId,
    overlap: i64,
    entropy: &mut dyn CryptoRng,
) -> Result<ClientResponse, OpError> {
    let read = ReadTx::begin_initialized(context.store, context.clock)?;
    let Some(app) = authenticate(&read.tx, login, read.now)? else {
        return Ok(ClientResponse::Unauthenticated);
    };
    let found = match token.to_credential_id(IdPrefix::Token) {
        Some(id) => read.tx.find_credential_by_id(id)?,
        None => None,
    };
    let is_own = |token: &Credential| {
        token.subject.app() == Some(app.id) && token.state(read.now).is_valid()
    };
    let Some(own) = found.filter(is_own) else { return Ok(ClientResponse::NotFound) };
    drop(read);
    match reset::reset_own(context, own.seq, Some(overlap), entropy) {
        Ok(Some(issued)) => Ok(ClientResponse::Tokens(vec![issued.into()])),
        // It ended meanwhile.
        Ok(None)
        | Err(OpError::Credential(
            CredentialError::AlreadyRevoked { .. }
            | CredentialError::AlreadyDeleted { .. }
            | CredentialError::Expired { .. },
        )) => Ok(ClientResponse::NotFound),
        Err(error) => Err(error),
    }
}

/// The app whose program logs in so; `None` when the client secret is not its own, or the app was removed.
fn authenticate(
    tx: &Transaction<'_>,
    login: &ClientCredentials,
    now: Instant,
) -> Result<Option<App>, StoreError> {
    let digest = tx.digest(login.secret.expose());
    let app = tx.find_client(login.client)?;
    Ok(app.filter(|app| {
        let retiring = app.secrets.retiring.filter(|old| now < old.until).map(|old| old.digest);
        let mut live = app.secrets.current.into_iter().chain(retiring);
        live.any(|own| constant_time_eq(&own.0, &digest.0))
    }))
}

fn live_tokens(
    tx: &Transaction<'_>,
    app: &App,
    district: Option<ObjectId>,
    now: Instant,
) -> Result<Vec<Credential>, StoreError> {
    let mut tokens: Vec<Credential> = match district {
        None => tx.list_tokens(app)?,
        Some(district) => {
            let pair = AppDistrict::new(app.id, district);
            tx.find_holder(app.account, CredentialKind::Token, pair.as_str())?.into_iter().collect()
        }
    };
    tokens.retain(|token| token.state(now).is_valid());
    Ok(tokens)
}
