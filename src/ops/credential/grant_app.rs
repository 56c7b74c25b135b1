//! `grant-app`: the token of one app for one district.

use rand::CryptoRng;

use super::create::{NewCredential, insert_new_credential, issue, retire_expired_holder};
use crate::{
    domain::{
        credential::{
            Credential, CredentialKind, Secrets,
            lifetime::Lifetime,
            rate_limit::RateLimit,
            scope::Scopes,
            subject::{AppDistrict, Subject},
        },
        directory::{
            account::Account, app::App, district::District, name::Note, reference::Reference,
        },
    },
    ops::{
        CredentialError, IssuedCredential, OpContext, OpError, SecretSink, WriteTx,
        query::resolve_directory::{resolve_app_exact, resolve_district_exact},
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct GrantAppRequest {
    /// The app: its name, id or client id.
    pub app: Reference,
    /// The district: its name, id or external id.
    pub district: Reference,
    /// What the token is to be.
    pub settings: TokenSettings,
}

/// What a token is to be, whoever gets it.
#[derive(Clone, Debug)]
pub struct TokenSettings {
    /// What the district shares with the app.
    pub scopes: Scopes,
    /// How many requests a minute it is good for, where that is not what its app says.
    pub limit: Option<RateLimit>,
    /// A free text.
    pub note: Option<Note>,
    /// How long it lives.
    pub lifetime: Lifetime,
}

/// Makes the token of an app for a district. An expired one is deleted in the same transaction.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`](crate::ops::DirectoryError::NoSuchApp),
/// [`DirectoryError::NoSuchDistrict`](crate::ops::DirectoryError::NoSuchDistrict), [`CredentialError::AppHasToken`], or that the secret could not be
/// delivered ahead.
pub fn grant_app(
    context: &OpContext<'_>,
    request: GrantAppRequest,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedCredential, OpError> {
    let mut write = context.begin()?;
    let (account, app, district) = resolve_app_and_district(&write, &request)?;
    let new = new_token(&mut write, &app, &district, request.settings)?;
    let issued = issue(&mut write, &account, new, entropy, sink)?;
    sink.sync().map_err(OpError::SecretNotWritten)?;
    write.commit()?;
    Ok(issued)
}

/// Makes such a token without a secret: its app makes the first one when it asks for it.
///
/// # Errors
/// As for [`grant_app`].
pub fn grant_for_pickup(
    context: &OpContext<'_>,
    request: GrantAppRequest,
    entropy: &mut dyn CryptoRng,
) -> Result<(Credential, Account), OpError> {
    let mut write = context.begin()?;
    let (account, app, district) = resolve_app_and_district(&write, &request)?;
    let new = new_token(&mut write, &app, &district, request.settings)?;
    let credential = insert_for_pickup(&mut write, &account, new, entropy)?;
    write.commit()?;
    Ok((credential, account))
}

/// Inserts a token that has no secret yet.
pub(in crate::ops) fn insert_for_pickup(
    write: &mut WriteTx<'_>,
    account: &Account,
    new: NewCredential,
    entropy: &mut dyn CryptoRng,
) -> Result<Credential, OpError> {
    let secrets = Secrets {
        generation: 0,
        current: None,
        created_at: write.now,
        delivered_at: None,
        retiring: None,
    };
    insert_new_credential(write, account, new, secrets, entropy)
}

/// What the token of a pair is to be, once there is room for it.
pub(in crate::ops) fn new_token(
    write: &mut WriteTx<'_>,
    app: &App,
    district: &District,
    settings: TokenSettings,
) -> Result<NewCredential, OpError> {
    let owner = Subject::AppDistrict(AppDistrict::new(app.id, district.id));
    let holder = write.tx.find_holder(app.account, CredentialKind::Token, &owner.unique_key())?;
    let previous =
        retire_expired_holder(write, holder, |holder, state| CredentialError::AppHasToken {
            app: app.name.to_string(),
            district: district.name.to_string(),
            id: holder.id,
            state,
        })?;
    let TokenSettings { scopes, limit, note, lifetime } = settings;
    Ok(NewCredential { previous, scopes, limit, ..NewCredential::new(owner, note, lifetime) })
}

fn resolve_app_and_district(
    write: &WriteTx<'_>,
    request: &GrantAppRequest,
) -> Result<(Account, App, District), OpError> {
    let account = write.account()?;
    let app = resolve_app_exact(write, &account, &request.app)?;
    let district = resolve_district_exact(write, &account, &request.district)?;
    Ok((account, app, district))
}
