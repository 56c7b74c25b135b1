//! `app`: programs of others, and the secrets with which they authenticate.

use rand::CryptoRng;

use super::{
    holds::Holds,
    legacy::{Import, import},
    parties::named_app,
    removal::end_all,
};
use crate::{
    domain::{
        account::Account,
        app::App,
        audit::Action,
        called::Names,
        credential::{Credential, Deletion, Kind, Secrets},
        id::{ClientId, ObjectId},
        lifetime::{Expiry, Overlap},
        limit::Limit,
        name::Name,
        reference::Reference,
        secret::{Plaintext, SecretKind},
    },
    ops::{Change, Delivery, Desk, Directory, OpError, Parcel, Party},
    store::Access,
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// Its name.
    pub name: Name,
    /// How many requests a minute each of its tokens is good for.
    pub limit: Limit,
    /// The key that it has had so far, if that is to be good here.
    pub legacy: Option<&'a Import>,
}

/// What is to become different.
#[derive(Clone, Debug, Default)]
pub struct Edits<'a> {
    /// A new name.
    pub name: Option<Name>,
    /// How many requests a minute each of its tokens is good for.
    pub limit: Option<Limit>,
    /// The key that it has had so far, if that is to be good here.
    pub legacy: Option<&'a Import>,
}

/// An app and the client secret that was just made for it.
#[derive(Debug)]
pub struct IssuedApp {
    /// The app.
    pub app: App,
    /// Its account.
    pub account: Account,
    /// What it holds.
    pub holds: Holds,
    /// The secret.
    pub secret: Plaintext,
}

/// An app that was removed, and what ended with it.
#[derive(Debug)]
pub struct Removed {
    /// The app.
    pub app: App,
    /// Its account.
    pub account: Account,
    /// What it holds.
    pub holds: Holds,
    /// The tokens and the legacy key that were revoked.
    pub revoked: Vec<Credential>,
    /// What those are called.
    pub names: Directory,
}

impl IssuedApp {
    /// The secret for whoever takes it.
    pub fn parcel(&self) -> Parcel<'_> {
        let Self { app, secret, .. } = self;
        let (id, name) = (app.id.to_string(), app.name.as_str().into());
        Parcel { id, name, names: Names::default(), secret: secret.expose(), ends: None }
    }
}

/// Adds an app, with its first client secret.
///
/// # Errors
/// [`OpError::PartyNameTaken`], a [`LegacyError`](super::legacy::LegacyError), or that the secret could not be delivered
/// ahead.
pub fn add(
    desk: &Desk<'_>,
    order: Order<'_>,
    entropy: &mut dyn CryptoRng,
    delivery: &mut dyn Delivery,
) -> Result<IssuedApp, OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    name_is_free(&change, &account, &order.name, None)?;
    let (now, secret) = (change.now, Plaintext::generate(SecretKind::AppSecret, entropy));
    let draft = App {
        seq: 0,
        id: ObjectId::generate(entropy),
        client_id: ClientId::generate(entropy),
        account: account.key,
        name: order.name,
        secrets: Secrets {
            generation: 1,
            current: Some(change.tx.digest(secret.expose())),
            made_at: now,
            delivered_at: delivery.is_ahead().then_some(now),
            retiring: None,
        },
        limit: order.limit,
        webhook: None,
        created_at: now,
        created_by: change.by(),
        removed: None,
        audit_seq: 0,
    };
    let stamp = change.stamp(Action::AppAdd);
    let app = change.tx.insert_app(&stamp, draft)?;
    if let Some(key) = order.legacy {
        import(&mut change, &account, &app, key, entropy)?;
    }
    let issued = IssuedApp { holds: Holds::of(&change.tx, &app)?, app, account, secret };
    deliver(change, issued, delivery)
}

/// Changes an app.
///
/// # Errors
/// [`OpError::NoSuchApp`], [`OpError::PartyNameTaken`], a [`LegacyError`](super::legacy::LegacyError).
pub fn edit(
    desk: &Desk<'_>,
    reference: &Reference,
    edits: Edits<'_>,
    entropy: &mut dyn CryptoRng,
) -> Result<(App, Account), OpError> {
    let mut change = desk.begin()?;
    let key = edits.legacy;
    // A key that is imported has a record of its own, and is no change of the app.
    let is_change = edits.name.is_some() || edits.limit.is_some();
    let (mut app, account) = edited(&change, reference, edits)?;
    if let Some(key) = key {
        import(&mut change, &account, &app, key, entropy)?;
    }
    if is_change {
        let stamp = change.stamp(Action::AppEdit);
        app = change.tx.update_app(&stamp, app)?;
    }
    change.commit()?;
    Ok((app, account))
}

/// An app as it will be.
pub(super) fn edited(
    change: &Change<'_>,
    reference: &Reference,
    edits: Edits<'_>,
) -> Result<(App, Account), OpError> {
    let account = change.account()?;
    let mut app = named_app(change, &account, reference)?;
    if let Some(name) = edits.name {
        name_is_free(change, &account, &name, Some(app.id))?;
        app.name = name;
    }
    app.limit = edits.limit.unwrap_or(app.limit);
    Ok((app, account))
}

/// Gives an app a new client secret; the old one lives on through the overlap.
///
/// # Errors
/// [`OpError::NoSuchApp`], or that the secret could not be delivered ahead.
pub fn reset(
    desk: &Desk<'_>,
    reference: &Reference,
    overlap: Overlap,
    entropy: &mut dyn CryptoRng,
    delivery: &mut dyn Delivery,
) -> Result<IssuedApp, OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    let mut app = named_app(&change, &account, reference)?;
    let (now, secret) = (change.now, Plaintext::generate(SecretKind::AppSecret, entropy));
    let digest = change.tx.digest(secret.expose());
    app.secrets.replace(digest, now, overlap, Expiry::Never);
    app.secrets.delivered_at = delivery.is_ahead().then_some(now);
    let stamp = change.stamp(Action::AppReset);
    let app = change.tx.update_app(&stamp, app)?;
    let issued = IssuedApp { holds: Holds::of(&change.tx, &app)?, app, account, secret };
    deliver(change, issued, delivery)
}

/// Removes an app; its name is free again. What of its tokens has expired is revoked with it, so that nothing brings
/// it back.
///
/// # Errors
/// [`OpError::NoSuchApp`]; [`OpError::StillLive`] unless live tokens are to be revoked, too.
pub fn remove(
    desk: &Desk<'_>,
    reference: &Reference,
    revoke_tokens: bool,
) -> Result<Removed, OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    let mut app = named_app(&change, &account, reference)?;
    let mut held = change.tx.list_tokens(&app)?;
    held.extend(change.tx.find_holder(account.key, Kind::Legacy, app.id.as_str())?);
    let party = (Party::App, app.name.to_string());
    let (revoked, names) = end_all(&mut change, party, held, revoke_tokens)?;
    app.removed = Some(Deletion { at: change.now, by: change.by() });
    // Nobody authenticates with it any more.
    app.secrets.retiring = None;
    let stamp = change.stamp(Action::AppRemove);
    let app = change.tx.update_app(&stamp, app)?;
    let holds = Holds::of(&change.tx, &app)?;
    change.commit()?;
    Ok(Removed { app, account, holds, revoked, names })
}

/// Notes that the client secret was handed over.
///
/// # Errors
/// When the store can't be written; the secret is good all the same.
pub fn delivered(desk: &Desk<'_>, app: &App) -> Result<(), OpError> {
    let mut change = desk.begin_after(Access::WriteRelaxed)?;
    let present = same_generation(&change, app)?;
    let now = change.now;
    change.tx.mark_app_delivered(&present, now)?;
    Ok(change.commit()?)
}

/// Takes back a new client secret that could not be shown; an old one ends as it was told.
///
/// # Errors
/// When the store can't be written: the new secret is current and nobody has it.
pub fn withdraw_undelivered(desk: &Desk<'_>, app: &App) -> Result<(), OpError> {
    let mut change = desk.begin_after(Access::Write)?;
    let mut after = same_generation(&change, app)?;
    after.secrets.current = None;
    let stamp = change.stamp(Action::Withdraw);
    change.tx.update_app(&stamp, after)?;
    Ok(change.commit()?)
}

fn deliver(
    change: Change<'_>,
    issued: IssuedApp,
    delivery: &mut dyn Delivery,
) -> Result<IssuedApp, OpError> {
    delivery.take(&issued.parcel()).map_err(OpError::Delivery)?;
    delivery.settle().map_err(OpError::Delivery)?;
    change.commit()?;
    Ok(issued)
}

fn name_is_free(
    change: &Change<'_>,
    account: &Account,
    name: &Name,
    except: Option<ObjectId>,
) -> Result<(), OpError> {
    let holder = change.tx.find_app_named(account.key, name.as_str())?;
    match holder.filter(|holder| Some(holder.id) != except) {
        None => Ok(()),
        Some(App { id, .. }) => {
            Err(OpError::PartyNameTaken { party: Party::App, name: name.to_string(), id })
        }
    }
}

/// The record as it is now, if its secret is still the one that was made.
fn same_generation(change: &Change<'_>, app: &App) -> Result<App, OpError> {
    let present = change.tx.find_app(app.id)?;
    let is_same = |present: &App| {
        present.removed.is_none()
            && present.secrets.generation == app.secrets.generation
            && present.secrets.current == app.secrets.current
    };
    present.filter(is_same).ok_or_else(|| OpError::Overtaken { id: app.id.to_string() })
}
