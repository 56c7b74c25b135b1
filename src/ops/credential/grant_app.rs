//! `grant-app`: a token for one app and one district.

use rand::CryptoRng;

use super::issue::{
    IssuedCredential, NewCredential, insert_for_pickup, issue, retire_expired_holder,
};
use crate::{
    domain::{
        credential::{
            Credential, CredentialKind,
            display_name::SubjectNames,
            lifetime::Lifetime,
            rate_limit::RateLimit,
            scope::Scopes,
            subject::{AppDistrict, Subject},
        },
        directory::{
            account::Account, app::App, district::District, name::Note, reference::Reference,
        },
        instant::Instant,
    },
    ops::{
        context::{OpContext, WriteTx},
        error::{OpError, credential::CredentialError},
        query::resolve_directory::{resolve_app_exact, resolve_district_exact},
        secret_sink::SecretSink,
    },
};

/// A request for a token.
#[derive(Clone, Debug)]
pub struct GrantAppRequest {
    /// The name, id or client id of the app.
    pub app: Reference,
    /// The name, id or external id of the district.
    pub district: Reference,
    /// The settings of the token.
    pub settings: TokenSettings,
}

/// The settings of a new token.
#[derive(Clone, Debug)]
pub struct TokenSettings {
    /// What the district shares with the app.
    pub scopes: Scopes,
    /// The requests per minute that the token allows; `None` applies the limit of its app.
    pub limit: Option<RateLimit>,
    /// A note for lists.
    pub note: Option<Note>,
    /// How long the token is valid.
    pub lifetime: Lifetime,
}

/// A token whose first secret is issued when its app requests it.
#[derive(Debug)]
pub struct PendingToken {
    /// The token.
    pub token: Credential,
    /// The account that it belongs to.
    pub account: Account,
    /// The names of its app and its district.
    pub names: SubjectNames,
    /// When it was granted.
    pub at: Instant,
}

/// Grants a token. An expired token of the app for the district is deleted in the same transaction.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`](crate::ops::DirectoryError::NoSuchApp),
/// [`DirectoryError::NoSuchDistrict`](crate::ops::DirectoryError::NoSuchDistrict), [`CredentialError::AppHasToken`],
/// [`OpError::SecretNotWritten`].
pub fn grant_app(
    context: &OpContext<'_>,
    request: GrantAppRequest,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedCredential, OpError> {
    let mut write = context.begin()?;
    let (account, app, district) = resolve_app_and_district(&mut write, &request)?;
    let new = new_token(&mut write, &app, &district, request.settings)?;
    let issued = issue(&mut write, &account, new, entropy, sink)?;
    write.commit_secrets(sink)?;
    Ok(issued)
}

/// Grants a token without a secret. Its app gets the first secret when it requests it.
///
/// # Errors
/// As for [`grant_app`].
pub fn grant_for_pickup(
    context: &OpContext<'_>,
    request: GrantAppRequest,
    entropy: &mut dyn CryptoRng,
) -> Result<PendingToken, OpError> {
    let mut write = context.begin()?;
    let (account, app, district) = resolve_app_and_district(&mut write, &request)?;
    let new = new_token(&mut write, &app, &district, request.settings)?;
    let token = insert_for_pickup(&mut write, &account, new, entropy)?;
    let (names, at) = (write.tx.display_names(&token.subject)?, write.now);
    write.commit()?;
    Ok(PendingToken { token, account, names, at })
}

/// Prepares a token for insertion, and deletes the app's expired one for the district.
///
/// # Errors
/// [`CredentialError::AppHasToken`].
pub(in crate::ops) fn new_token(
    write: &mut WriteTx<'_>,
    app: &App,
    district: &District,
    settings: TokenSettings,
) -> Result<NewCredential, OpError> {
    let subject = Subject::AppDistrict(AppDistrict::new(app.id, district.id));
    let holder = write.tx.find_holder(app.account, CredentialKind::Token, &subject.unique_key())?;
    let previous =
        retire_expired_holder(write, holder, |holder, state| CredentialError::AppHasToken {
            app: app.name.to_string(),
            district: district.name.to_string(),
            id: holder.id,
            state,
        })?;
    let TokenSettings { scopes, limit, note, lifetime } = settings;
    Ok(NewCredential { previous, scopes, limit, ..NewCredential::new(subject, note, lifetime) })
}

fn resolve_app_and_district(
    write: &mut WriteTx<'_>,
    request: &GrantAppRequest,
) -> Result<(Account, App, District), OpError> {
    let account = write.account()?;
    let app = resolve_app_exact(&mut write.tx, &account, &request.app)?;
    let district = resolve_district_exact(&mut write.tx, &account, &request.district)?;
    Ok((account, app, district))
}
