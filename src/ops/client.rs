//! What an app's own programs ask for: the tokens that districts granted it, and new secrets for them.

use rand::CryptoRng;

use super::{
    pickup::first_secret,
    reset::{Terms, reset_one},
};
use crate::{
    domain::{
        app::App,
        credential::{Credential, Kind},
        id::{Class, ObjectId},
        instant::{DAY, Instant},
        lifetime::Overlap,
        owner::Pair,
        request::ClientLogin,
        secret::Plaintext,
    },
    keys::same,
    ops::{Desk, Look, OpError, delivery::InAnswer},
    store::{StoreError, Transaction},
};

/// The longest overlap that an app may choose for itself, in seconds: seven days.
pub const LONGEST_OVERLAP: i64 = 7 * DAY;

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

/// The live tokens of the app that logs in, all of them or that of one district. Those that nobody picked up yet get
/// their first secret now.
///
/// # Errors
/// When the store can't be read, or written where something is picked up.
pub fn tokens(
    desk: &Desk<'_>,
    login: &ClientLogin,
    district: Option<ObjectId>,
    entropy: &mut dyn CryptoRng,
) -> Result<Reply, OpError> {
    // Nearly always there is nothing to pick up, and who only looks waits for nobody.
    let look = Look::begin(desk.store, desk.clock)?;
    let look = look.ok_or_else(|| StoreError::Integrity("it was never founded".to_owned()))?;
    let Some(app) = authenticate(&look.tx, login, look.now)? else { return Ok(Reply::Stranger) };
    let live = live_tokens(&look.tx, &app, district, look.now)?;
    if !live.iter().any(|token| token.secrets.awaits_pickup()) {
        let known = live.into_iter().map(|token| Granted { token, secret: None });
        return Ok(Reply::Tokens(known.collect()));
    }
    drop(look);
    let mut change = desk.begin()?;
    let Some(app) = authenticate(&change.tx, login, change.now)? else {
        return Ok(Reply::Stranger);
    };
    let mut granted = Vec::new();
    for token in live_tokens(&change.tx, &app, district, change.now)? {
        granted.push(match token.secrets.awaits_pickup() {
            true => {
                let (token, secret) = first_secret(&mut change, token, entropy)?;
                Granted { token, secret: Some(secret) }
            }
            false => Granted { token, secret: None },
        });
    }
    change.commit()?;
    Ok(Reply::Tokens(granted))
}

/// Gives a token of the app that logs in a new secret; the old one lives on for `overlap` seconds, at most
/// [`LONGEST_OVERLAP`].
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
    let mut change = desk.begin()?;
    let Some(app) = authenticate(&change.tx, login, change.now)? else {
        return Ok(Reply::Stranger);
    };
    let found = match token.credential(Class::Token) {
        Some(id) => change.tx.find_by_id(id)?,
        None => None,
    };
    let is_own =
        |token: &Credential| token.owner.app() == Some(app.id) && token.state(change.now).is_live();
    let Some(before) = found.filter(is_own) else { return Ok(Reply::NotFound) };
    let seconds = Some(overlap.clamp(0, LONGEST_OVERLAP));
    let terms = Terms { overlap: Overlap { seconds, until_used: false }, lifetime: None };
    let account = change.tx.account_of(&before)?;
    let issued = reset_one(&mut change, &account, &before, terms, entropy, &InAnswer)?;
    change.commit()?;
    let (token, secret) = (issued.credential, Some(issued.secret));
    Ok(Reply::Tokens(vec![Granted { token, secret }]))
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
