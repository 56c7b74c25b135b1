//! `grant-app`: the token of one app for one district.

use rand::CryptoRng;

use super::create::{Draft, insert, issue, make_way};
use crate::{
    domain::{
        account::Account,
        app::App,
        credential::{Credential, Kind, Secrets},
        district::District,
        lifetime::Lifetime,
        limit::Limit,
        name::Note,
        owner::{Owner, Pair},
        reference::Reference,
        scope::Scopes,
    },
    ops::{
        Change, Delivery, Desk, Issued, OpError,
        parties::{named_app, named_district},
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The app: its name, id or client id.
    pub app: Reference,
    /// The district: its name, id or external id.
    pub district: Reference,
    /// What the token is to be.
    pub terms: Terms,
}

/// What a token is to be, whoever gets it.
#[derive(Clone, Debug)]
pub struct Terms {
    /// What the district shares with the app.
    pub scopes: Scopes,
    /// How many requests a minute it is good for, where that is not what its app says.
    pub limit: Option<Limit>,
    /// A free text.
    pub note: Option<Note>,
    /// How long it lives.
    pub lifetime: Lifetime,
}

/// Makes the token of an app for a district. An expired one is deleted in the same transaction.
///
/// # Errors
/// [`OpError::NoSuchApp`], [`OpError::NoSuchDistrict`], [`OpError::TokenGranted`], or that the secret could not be
/// delivered ahead.
pub fn grant_app(
    desk: &Desk<'_>,
    grant: Grant,
    entropy: &mut dyn CryptoRng,
    delivery: &mut dyn Delivery,
) -> Result<Issued, OpError> {
    let mut change = desk.begin()?;
    let (account, app, district) = parties(&change, &grant)?;
    let draft = draft(&mut change, &app, &district, grant.terms)?;
    let issued = issue(&mut change, &account, draft, entropy, delivery)?;
    delivery.settle().map_err(OpError::Delivery)?;
    change.commit()?;
    Ok(issued)
}

/// Makes such a token without a secret: its app makes the first one when it asks for it.
///
/// # Errors
/// As for [`grant_app`].
pub fn grant_for_pickup(
    desk: &Desk<'_>,
    grant: Grant,
    entropy: &mut dyn CryptoRng,
) -> Result<(Credential, Account), OpError> {
    let mut change = desk.begin()?;
    let (account, app, district) = parties(&change, &grant)?;
    let draft = draft(&mut change, &app, &district, grant.terms)?;
    let credential = insert_for_pickup(&mut change, &account, draft, entropy)?;
    change.commit()?;
    Ok((credential, account))
}

/// Inserts a token that has no secret yet.
pub(super) fn insert_for_pickup(
    change: &mut Change<'_>,
    account: &Account,
    draft: Draft,
    entropy: &mut dyn CryptoRng,
) -> Result<Credential, OpError> {
    let secrets = Secrets {
        generation: 0,
        current: None,
        made_at: change.now,
        delivered_at: None,
        retiring: None,
    };
    insert(change, account, draft, secrets, entropy)
}

/// What the token of a pair is to be, once there is room for it.
pub(super) fn draft(
    change: &mut Change<'_>,
    app: &App,
    district: &District,
    terms: Terms,
) -> Result<Draft, OpError> {
    let owner = Owner::Pair(Pair::new(app.id, district.id));
    let holder = change.tx.find_holder(app.account, Kind::Token, &owner.key())?;
    let previous = make_way(change, holder, |holder, state| OpError::TokenGranted {
        app: app.name.to_string(),
        district: district.name.to_string(),
        id: holder.id,
        state,
    })?;
    let Terms { scopes, limit, note, lifetime } = terms;
    Ok(Draft { previous, scopes, limit, ..Draft::new(owner, note, lifetime) })
}

fn parties(change: &Change<'_>, grant: &Grant) -> Result<(Account, App, District), OpError> {
    let account = change.account()?;
    let app = named_app(change, &account, &grant.app)?;
    let district = named_district(change, &account, &grant.district)?;
    Ok((account, app, district))
}
