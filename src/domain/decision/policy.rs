//! The policies of an account: which kinds of credential it refuses, and how fast the others may be used.

use super::reason::Reason;
use crate::domain::{
    credential::{CredentialKind, rate_limit::RateLimit},
    directory::account::Account,
    instant::Instant,
    legacy::LegacyStage,
};

/// Returns why the account refuses all credentials of a kind at `now`; `None` if it accepts them.
pub fn policy_refusal(kind: CredentialKind, account: &Account, now: Instant) -> Option<Reason> {
    refusal(kind, account.require_user_passcode, account.legacy_sunset_has_passed(now))
}

/// Returns why an account with these policies refuses a kind of credential.
pub(super) fn refusal(
    kind: CredentialKind,
    require_user_passcode: bool,
    legacy_sunset_has_passed: bool,
) -> Option<Reason> {
    match kind {
        CredentialKind::Account if require_user_passcode => Some(Reason::UserPasscodeRequired),
        CredentialKind::Legacy if legacy_sunset_has_passed => Some(Reason::LegacySunset),
        _ => None,
    }
}

/// Returns the rate limit of a credential at `at`. Tokens always have one, legacy keys only from the date that the
/// policy sets, and passcodes never. `of_token` is the token's own limit or that of its app.
pub fn rate_limit(
    account: &Account,
    kind: CredentialKind,
    of_token: Option<RateLimit>,
    at: Instant,
) -> Option<RateLimit> {
    match kind {
        CredentialKind::Account | CredentialKind::User => None,
        CredentialKind::Token => Some(of_token.unwrap_or(RateLimit::TOKEN_DEFAULT)),
        CredentialKind::Legacy => {
            let policy = account.legacy.as_ref()?;
            (policy.stage(at) >= LegacyStage::Limited).then_some(policy.limit)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        directory::{
            account::{AccountId, AccountKey, Region},
            name::Name,
        },
        legacy::LegacyPolicy,
        seq::AuditSeq,
    };

    const OWN: u32 = 7;

    fn per_minute(limit: u32) -> RateLimit {
        RateLimit::new(limit).unwrap()
    }

    /// Returns an account that limits its legacy keys from 20, or one without a policy.
    fn account(has_policy: bool) -> Account {
        let policy = || LegacyPolicy {
            announced_at: Instant::from_unix(10),
            limited_at: Instant::from_unix(20),
            limit: per_minute(200),
            sunset_at: Instant::from_unix(30),
            link: None,
        };
        Account {
            key: AccountKey(1),
            id: AccountId::parse("948-4KK-444Z").unwrap(),
            name: Name::parse("main").unwrap(),
            region: Region::Eu1,
            require_user_passcode: false,
            legacy: has_policy.then(policy),
            created_at: Instant::EPOCH,
            removed: None,
            audit_seq: AuditSeq(1),
        }
    }

    /// The rate limits of a kind at instants around each stage.
    fn limits(has_policy: bool, kind: CredentialKind, own: Option<u32>) -> Vec<Option<u32>> {
        let account = account(has_policy);
        let at = |at| rate_limit(&account, kind, own.map(per_minute), Instant::from_unix(at));
        [9, 10, 19, 20, 29, 30].map(|now| at(now).map(RateLimit::per_minute)).to_vec()
    }

    #[test]
    fn legacy_keys_are_limited_from_their_limit_date_and_tokens_always() {
        let (none, all) = (None, Some(200));
        assert_eq!(limits(true, CredentialKind::Legacy, None), [none, none, none, all, all, all]);
        assert_eq!(limits(false, CredentialKind::Legacy, Some(OWN)), [None; 6]);
        for has_policy in [false, true] {
            assert_eq!(limits(has_policy, CredentialKind::Token, Some(OWN)), [Some(OWN); 6]);
            assert_eq!(limits(has_policy, CredentialKind::Token, None), [Some(1_200); 6]);
            assert_eq!(limits(has_policy, CredentialKind::Account, Some(OWN)), [None; 6]);
            assert_eq!(limits(has_policy, CredentialKind::User, Some(OWN)), [None; 6]);
        }
    }
}
