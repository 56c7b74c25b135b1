//! `grant-app`: a token for one app and one district.

use rand::CryptoRng;

use super::issue::{
    ExistingCredential, IssueOutcome, NewCredential, Prepared, Vacancy, insert_for_pickup, issue,
    make_vacant,
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
    /// Whether to do nothing if the app has a valid token for the district.
    pub if_missing: bool,
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
) -> Result<IssueOutcome, OpError> {
    let mut write = context.begin()?;
    let (account, app, district) = resolve_app_and_district(&mut write, &request)?;
    let GrantAppRequest { settings, if_missing, .. } = request;
    let new = match new_token(&mut write, (&app, &district), settings, if_missing)? {
        Prepared::New(new) => new,
        Prepared::Existing(token) => return existing(&mut write, account, *token),
    };
    let issued = issue(&mut write, &account, new, entropy, sink)?;
    write.commit_secrets(sink)?;
    Ok(issued.into())
}

/// Grants a token without a secret. Its app gets the first secret when it requests it.
///
/// # Errors
/// As for [`grant_app`].
pub fn grant_for_pickup(
    context: &OpContext<'_>,
    request: GrantAppRequest,
    entropy: &mut dyn CryptoRng,
) -> Result<IssueOutcome<PendingToken>, OpError> {
    let mut write = context.begin()?;
    let (account, app, district) = resolve_app_and_district(&mut write, &request)?;
    let GrantAppRequest { settings, if_missing, .. } = request;
    let new = match new_token(&mut write, (&app, &district), settings, if_missing)? {
        Prepared::New(new) => new,
        Prepared::Existing(token) => return existing(&mut write, account, *token),
    };
    let token = insert_for_pickup(&mut write, &account, new, entropy)?;
    let (names, at) = (write.tx.display_names(&token.subject)?, write.now);
    write.commit()?;
    Ok(PendingToken { token, account, names, at }.into())
}

fn existing<T>(
    write: &mut WriteTx<'_>,
    account: Account,
    token: Credential,
) -> Result<IssueOutcome<T>, OpError> {
    let existing = ExistingCredential::load(write, account, token)?;
    Ok(IssueOutcome::Existing(Box::new(existing)))
}

/// Prepares a token for insertion, and deletes the app's expired one for the district. With `if_missing`, a valid one is
/// kept.
///
/// # Errors
/// [`CredentialError::AppHasToken`].
pub(in crate::ops) fn new_token(
    write: &mut WriteTx<'_>,
    (app, district): (&App, &District),
    settings: TokenSettings,
    if_missing: bool,
) -> Result<Prepared, OpError> {
    let subject = Subject::AppDistrict(AppDistrict::new(app.id, district.id));
    let holder = write.tx.find_holder(app.account, CredentialKind::Token, &subject.unique_key())?;
    let conflict = |holder: &Credential, state| CredentialError::AppHasToken {
        app: app.name.to_string(),
        district: district.name.to_string(),
        id: holder.id,
        state,
    };
    let previous = match make_vacant(write, holder, if_missing, conflict)? {
        Vacancy::Free(previous) => previous,
        Vacancy::Taken(token) => return Ok(Prepared::Existing(token)),
    };
    let TokenSettings { scopes, limit, note, lifetime } = settings;
    let new = NewCredential::new(subject, note, lifetime);
    Ok(Prepared::New(NewCredential { previous, scopes, limit, ..new }))
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
