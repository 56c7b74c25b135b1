//! Deprecation notices, which follow from the kind of a credential and the account's policy for legacy keys.

use hyper::header::HeaderValue;

use crate::domain::{
    credential::CredentialKind, directory::account::Account, instant::Instant, legacy::LegacyStage,
};

/// The notice that a secret will stop working.
pub struct DeprecationNotice {
    /// Since when it is deprecated (RFC 9745).
    pub since: Instant,
    /// When it stops working (RFC 8594).
    pub until: Instant,
    /// Where the admin explains what to do; `None` if nowhere.
    pub link: Option<HeaderValue>,
}

/// Returns the notice for a retiring secret during its overlap, and for a legacy key from its announcement on.
pub fn deprecation_notice(
    account: &Account,
    kind: CredentialKind,
    overlap: Option<(Instant, Instant)>,
    at: Instant,
) -> Option<DeprecationNotice> {
    let policy = account.legacy.as_ref().filter(|_| kind == CredentialKind::Legacy);
    match (policy.filter(|policy| policy.stage(at) != LegacyStage::Scheduled), overlap) {
        (Some(policy), _) => Some(DeprecationNotice {
            since: policy.announced_at,
            until: policy.sunset_at,
            link: policy.link.as_ref().and_then(|link| {
                let link = format!("<{link}>; rel=\"sunset\", <{link}>; rel=\"deprecation\"");
                HeaderValue::from_str(&link).ok()
            }),
        }),
        (None, Some((since, until))) => Some(DeprecationNotice { since, until, link: None }),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::domain::{
        credential::rate_limit::RateLimit,
        directory::{
            account::{AccountId, AccountKey, Region},
            name::Name,
        },
        legacy::LegacyPolicy,
        seq::AuditSeq,
    };

    fn instant(at: i64) -> Instant {
        Instant::from_unix(at)
    }

    /// An account that announces the end of its legacy keys at 10, limits them at 20 and ends them at 30; or one without a
    /// policy.
    fn account(has_policy: bool) -> Account {
        let policy = || LegacyPolicy {
            announced_at: instant(10),
            limited_at: instant(20),
            limit: RateLimit::TOKEN_DEFAULT,
            sunset_at: instant(30),
            link: Some("https://example.org/x".to_owned()),
        };
        Account {
            key: AccountKey(1),
            id: AccountId::parse("948-4KK-444Z").unwrap(),
            name: Name::parse("main").unwrap(),
            region: Region::Eu1,
            require_user_passcode: false,
            legacy: has_policy.then(policy),
            created_at: instant(1),
            removed: None,
            audit_seq: AuditSeq(1),
        }
    }

    /// Since when a credential is deprecated, until when it works, and whether there is a link.
    fn deprecation(has_policy: bool, kind: CredentialKind, now: i64) -> Option<(i64, i64, bool)> {
        let overlap = (kind != CredentialKind::Legacy).then_some((instant(5), instant(15)));
        let notice = deprecation_notice(&account(has_policy), kind, overlap, instant(now))?;
        Some((notice.since.unix(), notice.until.unix(), notice.link.is_some()))
    }

    #[test]
    fn legacy_keys_are_deprecated_from_their_announcement() {
        assert_eq!(deprecation(true, CredentialKind::Legacy, 9), None);
        for now in [10, 20, 30] {
            assert_eq!(deprecation(true, CredentialKind::Legacy, now), Some((10, 30, true)));
        }
        assert_eq!(deprecation(false, CredentialKind::Legacy, 30), None);
        for kind in [CredentialKind::Token, CredentialKind::Account, CredentialKind::User] {
            assert_eq!(
                deprecation(true, kind, 12),
                Some((5, 15, false)),
                "an overlap, whatever the policy"
            );
        }
    }

    #[test]
    fn the_deprecation_link_has_both_relations() {
        let notice =
            deprecation_notice(&account(true), CredentialKind::Legacy, None, instant(10)).unwrap();
        assert_eq!(
            notice.link.unwrap(),
            "<https://example.org/x>; rel=\"sunset\", <https://example.org/x>; rel=\"deprecation\""
        );
    }
}
