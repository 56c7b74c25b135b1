//! What an app's own programs ask for: the tokens that districts granted it, and new secrets for them.

use std::collections::BTreeMap;

use rand::CryptoRng;

use super::{pickup::pick_up, reset};
use crate::{
    domain::{
        app::App,
        credential::{Credential, Kind},
        id::{Class, ObjectId},
        instant::Instant,
        owner::Pair,
        request::ClientLogin,
        secret::Plaintext,
    },
    keys::same,
    ops::{Desk, Issued, Look, OpError},
    store::{StoreError, Transaction},
};

/// What is answered to a program.
#[derive(Debug)]
pub enum Reply {
    /// It has not proved to be an app's.
    Stranger,
    /// The app has no such live token.
    NotFound,
    /// These tokens.
    Tokens(Vec<Granted>),
}

/// A token as its app sees it.
#[derive(Debug)]
pub struct Granted {
    /// The token.
    pub token: Credential,
    /// Its secret, in the one answer that makes it.
    pub secret: Option<Plaintext>,
}

impl From<Issued> for Granted {
    fn from(issued: Issued) -> Self {
        Self { token: issued.credential, secret: Some(issued.secret) }
    }
}

/// The live tokens of the app that logs in, all of them or that of one district. Those that nobody picked up yet get
/// their first secret now; of several who ask at once, one is shown it.
///
/// # Errors
/// When the store can't be read, or written where something is picked up.
pub fn tokens(
    desk: &Desk<'_>,
    login: &ClientLogin,
    district: Option<ObjectId>,
    entropy: &mut dyn CryptoRng,
) -> Result<Reply, OpError> {
    let look = Look::begin_founded(desk.store, desk.clock)?;
    let Some(app) = authenticate(&look.tx, login, look.now)? else { return Ok(Reply::Stranger) };
    let live = live_tokens(&look.tx, &app, district, look.now)?;
    drop(look);
    let waiting: Vec<i64> =
        live.iter().filter(|token| token.secrets.awaits_pickup()).map(|token| token.seq).collect();
    // Nearly always there is nothing to pick up, and who only looks waits for nobody.
    let made = match waiting.is_empty() {
        true => Vec::new(),
        false => pick_up(desk, &waiting, entropy)?,
    };
    let mut made: BTreeMap<i64, Issued> =
        made.into_iter().map(|issued| (issued.credential.seq, issued)).collect();
    let granted = live.into_iter().map(|token| match made.remove(&token.seq) {
        Some(issued) => issued.into(),
        None => Granted { token, secret: None },
    });
    Ok(Reply::Tokens(granted.collect()))
}

/// Gives a token of the app that logs in a new secret; the old one lives on for `overlap` seconds, at most
/// [`LONGEST_OWN_OVERLAP`](crate::domain::lifetime::LONGEST_OWN_OVERLAP).
///
/// # Errors
/// When the store can't be written.
pub fn reset_own(
    desk: &Desk<'_>,
    login: &ClientLogin,
    token: ObjectId,
    overlap: i64,
    entropy: &mut dyn CryptoRng,
) -> Result<Reply, OpError> {
    let look = Look::begin_founded(desk.store, desk.clock)?;
    let Some(app) = authenticate(&look.tx, login, look.now)? else { return Ok(Reply::Stranger) };
    let found = match token.credential(Class::Token) {
        Some(id) => look.tx.find_by_id(id)?,
        None => None,
    };
    let is_own =
        |token: &Credential| token.owner.app() == Some(app.id) && token.state(look.now).is_live();
    let Some(own) = found.filter(is_own) else { return Ok(Reply::NotFound) };
    drop(look);
    match reset::reset_own(desk, own.seq, Some(overlap), entropy) {
        Ok(Some(issued)) => Ok(Reply::Tokens(vec![issued.into()])),
        // It ended meanwhile.
        Ok(None)
        | Err(
            OpError::AlreadyRevoked { .. }
            | OpError::AlreadyDeleted { .. }
            | OpError::Expired { .. },
        ) => Ok(Reply::NotFound),
        Err(error) => Err(error),
    }
}

/// The app whose program logs in so; `None` when the client secret is not its own, or the app was removed.
fn authenticate(
    tx: &Transaction<'_>,
    login: &ClientLogin,
    now: Instant,
) -> Result<Option<App>, StoreError> {
    let digest = tx.digest(login.secret.expose());
    let app = tx.find_client(login.client)?;
    Ok(app.filter(|app| {
        let retiring = app.secrets.retiring.filter(|old| now < old.until).map(|old| old.digest);
        let mut live = app.secrets.current.into_iter().chain(retiring);
        live.any(|own| same(&own.0, &digest.0))
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
            let pair = Pair::new(app.id, district);
            tx.find_holder(app.account, Kind::Token, pair.as_str())?.into_iter().collect()
        }
    };
    tokens.retain(|token| token.state(now).is_live());
    Ok(tokens)
}
