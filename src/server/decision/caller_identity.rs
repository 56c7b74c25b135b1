//! The credential whose secret a request presented, as far as proxies and apps learn of it.

use hyper::header::HeaderValue;

use super::{
    deprecation::{DeprecationNotice, deprecation_notice},
    quota::Quota,
};
use crate::{
    domain::{
        credential::{CredentialKind, lifetime::Expiry, rate_limit::RateLimit, secret::Digest},
        decision::{DecisionInput, KnownSecret, SecretRole, rate_limit},
        directory::{
            account::AccountId,
            id::{ClientId, CredentialId, ObjectId},
        },
        instant::Instant,
        seq::CredentialSeq,
    },
    server::cache::index::{Hit, KnownApp, KnownScopes, encode_header},
};

/// The credential whose secret was presented.
pub struct CallerIdentity {
    /// The number of the credential.
    pub seq: CredentialSeq,
    /// The id of the credential.
    pub id: CredentialId,
    /// The account of the credential.
    pub account: AccountId,
    /// The kind of the credential.
    pub kind: CredentialKind,
    /// The percent-encoded name or address of a passcode. `None` for tokens and legacy keys, and for rejected passcodes
    /// whose name the index had no room for.
    pub subject: Option<HeaderValue>,
    /// The app, district and scopes of a token or a legacy key; `None` for a passcode.
    pub token_context: Option<TokenContext>,
    /// The expiry of the credential.
    pub expiry: Expiry,
    /// Set if the secret will stop working: a retiring one during an overlap, or a legacy key.
    pub deprecation: Option<DeprecationNotice>,
    /// The digest of the current secret, if this is its first use in an overlap.
    pub first_use: Option<Digest>,
    /// The rate limit; `None` if the credential has none.
    pub limit: Option<RateLimit>,
    /// What is left of the rate limit; `None` until the request is counted.
    pub quota: Option<Quota>,
    /// When the decision was made.
    pub decided_at: Instant,
}

/// What a token or a legacy key is for.
pub struct TokenContext {
    /// The id of the app.
    pub app: HeaderValue,
    /// The client id with which the app's programs authenticate.
    pub client: ClientId,
    /// The district of a token; `None` for a legacy key.
    pub district: Option<ObjectId>,
    /// The scopes of a token; `None` for a legacy key.
    pub scopes: Option<HeaderValue>,
}

impl CallerIdentity {
    /// Describes a credential that was found in the index.
    pub fn from_hit(hit: &Hit<'_>, input: &DecisionInput<'_>, at: Instant) -> Self {
        let Hit { entry, account, .. } = hit;
        let overlap = entry.overlap_span().filter(|_| input.role == SecretRole::Retiring);
        let limit = hit.limit.or(hit.app.map(|app| app.limit));
        Self {
            seq: CredentialSeq(i64::from(hit.seq)),
            id: entry.id(),
            account: account.id,
            kind: input.kind,
            subject: entry.subject().and_then(|subject| HeaderValue::from_bytes(subject).ok()),
            token_context: hit.app.map(|app| TokenContext::new(app, hit.district, hit.scopes)),
            expiry: input.expiry,
            deprecation: deprecation_notice(account, input.kind, overlap, at),
            first_use: None,
            limit: rate_limit(account, input.kind, limit, at),
            quota: None,
            decided_at: at,
        }
    }

    /// Describes a credential that was found in the store.
    pub fn from_known(known: &KnownSecret, input: &DecisionInput<'_>, at: Instant) -> Self {
        let KnownSecret { credential, account, app, .. } = known;
        let retiring = credential.secrets.retiring.filter(|_| input.role == SecretRole::Retiring);
        let overlap = retiring.map(|retiring| (credential.secrets.created_at, retiring.until));
        let app = app.as_ref().map(KnownApp::from);
        let scopes = KnownScopes::from(credential.scopes.as_str());
        let subject = encode_header(credential.subject.as_str());
        let token = |app: &KnownApp| TokenContext::new(app, input.district, Some(&scopes));
        let limit = credential.limit.or(app.as_ref().map(|app| app.limit));
        Self {
            seq: credential.seq,
            id: credential.id,
            account: account.id,
            kind: input.kind,
            subject: HeaderValue::from_str(&subject).ok().filter(|_| app.is_none()),
            token_context: app.as_ref().map(token),
            expiry: input.expiry,
            deprecation: deprecation_notice(account, input.kind, overlap, at),
            first_use: None,
            limit: rate_limit(account, input.kind, limit, at),
            quota: None,
            decided_at: at,
        }
    }

    /// Returns whether the name of a passcode has still to be looked up.
    pub fn lacks_subject(&self) -> bool {
        self.subject.is_none() && self.token_context.is_none()
    }
}

impl TokenContext {
    fn new(app: &KnownApp, district: Option<ObjectId>, scopes: Option<&KnownScopes>) -> Self {
        // A legacy key has no scopes: it gives access to everything that its app may read.
        let scopes = scopes.filter(|_| district.is_some()).map(|scopes| scopes.header.clone());
        Self { app: app.header.clone(), client: app.client_id, district, scopes }
    }
}
