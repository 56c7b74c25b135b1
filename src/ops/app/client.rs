//! What an app does with its client secret: list its tokens, pick up their first secrets, and reset them.

use std::collections::BTreeMap;

use rand::CryptoRng;

use crate::{
    domain::{
        audit::ChangeId,
        credential::{Credential, CredentialKind, secret::Plaintext, subject::AppDistrict},
        directory::{
            app::App,
            id::{IdPrefix, ObjectId},
        },
        instant::Instant,
        request::ClientCredentials,
        seq::CredentialSeq,
    },
    keys::constant_time_eq,
    ops::{
        context::{OpContext, ReadTx},
        credential::{issue::IssuedCredential, pickup::pick_up, reset},
        error::{OpError, credential::CredentialError},
        secret_sink::CountAsDelivered,
    },
    store::{StoreError, Transaction},
};

/// The response to an app.
#[derive(Debug)]
pub enum ClientResponse {
    /// The client id or the client secret is wrong.
    Unauthenticated,
    /// The app has no such token, or it is not valid.
    NotFound,
    /// An earlier reset of the token promised a date, and its current secret is in use.
    OverlapPending {
        /// When the retiring secret ends.
        until: Instant,
    },
    /// The tokens that the app requested.
    Tokens {
        /// The tokens.
        tokens: Vec<ClientToken>,
        /// The id of the change that issued secrets, if nobody knows whether its commit succeeded. The app gets the
        /// secrets nevertheless, because they may be the only valid ones.
        in_doubt: Option<ChangeId>,
    },
}

/// A token as its app sees it.
#[derive(Debug)]
pub struct ClientToken {
    /// The token.
    pub token: Credential,
    /// Its secret, if this request issued it; a secret is never shown again.
    pub secret: Option<Plaintext>,
}

impl From<IssuedCredential> for ClientToken {
    fn from(issued: IssuedCredential) -> Self {
        Self { token: issued.credential, secret: Some(issued.secret) }
    }
}

/// Returns the valid tokens of the app, all of them or that of one district. Tokens that were not picked up yet get
/// their first secret now; of several concurrent requests only one gets it.
///
/// # Errors
/// If the store can't be read, or if a token is picked up and the store can't be written.
pub fn tokens(
    context: &OpContext<'_>,
    client: &ClientCredentials,
    district: Option<ObjectId>,
    entropy: &mut dyn CryptoRng,
) -> Result<ClientResponse, OpError> {
    let mut read = ReadTx::begin(context.store, context.clock)?;
    let Some(app) = authenticate(&mut read.tx, client, read.now)? else {
        return Ok(ClientResponse::Unauthenticated);
    };
    let valid = valid_tokens(&mut read.tx, &app, district, read.now)?;
    drop(read);
    let waiting: Vec<CredentialSeq> =
        valid.iter().filter(|token| token.secrets.awaits_pickup()).map(|token| token.seq).collect();
    // Usually there is nothing to pick up; then no write lock is needed.
    let mut sink = CountAsDelivered::default();
    let issued = match waiting.is_empty() {
        true => Vec::new(),
        false => pick_up(context, &waiting, entropy, &mut sink)?,
    };
    let mut issued: BTreeMap<CredentialSeq, IssuedCredential> =
        issued.into_iter().map(|issued| (issued.credential.seq, issued)).collect();
    let tokens = valid.into_iter().map(|token| match issued.remove(&token.seq) {
        Some(issued) => issued.into(),
        None => ClientToken { token, secret: None },
    });
    Ok(ClientResponse::Tokens { tokens: tokens.collect(), in_doubt: sink.in_doubt })
}

/// Gives a token of the app a new secret. The old one stays valid for `overlap` seconds, at most
/// [`MAX_APP_OVERLAP`](crate::domain::credential::MAX_APP_OVERLAP).
///
/// # Errors
/// [`LifetimeError::AppOverlapTooLong`](crate::domain::credential::lifetime::LifetimeError::AppOverlapTooLong), or if
/// the store can't be written.
pub fn reset_token(
    context: &OpContext<'_>,
    client: &ClientCredentials,
    token: ObjectId,
    overlap: i64,
    entropy: &mut dyn CryptoRng,
) -> Result<ClientResponse, OpError> {
    let mut read = ReadTx::begin(context.store, context.clock)?;
    let Some(app) = authenticate(&mut read.tx, client, read.now)? else {
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
    let mut sink = CountAsDelivered::default();
    match reset::reset_own(context, own.seq, Some(overlap), entropy, &mut sink) {
        Ok(Some(issued)) => {
            Ok(ClientResponse::Tokens { tokens: vec![issued.into()], in_doubt: sink.in_doubt })
        }
        // It stopped being valid since it was read.
        Ok(None)
        | Err(OpError::Credential(
            CredentialError::AlreadyRevoked { .. }
            | CredentialError::AlreadyDeleted { .. }
            | CredentialError::Expired { .. },
        )) => Ok(ClientResponse::NotFound),
        Err(OpError::OverlapPending { until, .. }) => Ok(ClientResponse::OverlapPending { until }),
        Err(error) => Err(error),
    }
}

/// Returns the app with these client credentials; `None` if the secret is wrong or the app was removed. Digests are
/// compared in constant time.
fn authenticate(
    tx: &mut Transaction<'_>,
    client: &ClientCredentials,
    now: Instant,
) -> Result<Option<App>, StoreError> {
    let digest = tx.digest(client.secret.expose());
    let app = tx.find_client(client.client)?;
    Ok(app.filter(|app| {
        app.secrets.valid_digests(now).any(|own| constant_time_eq(&own.0, &digest.0))
    }))
}

/// Returns the app's valid tokens, all of them or that of one district.
fn valid_tokens(
    tx: &mut Transaction<'_>,
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
