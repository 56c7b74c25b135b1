//! `decide` is compared with the expected decision, for any record, above all at the instants when it changes.

use gatepass::domain::{
    credential::{
        Credential, Deletion, Retiring, Revocation, RevocationReason, Secrets, Undelivered,
        lifetime::{Expiry, Lifetime},
        scope::Scopes,
        secret::Digest,
        subject::Subject,
    },
    decision::{
        Decision, KnownSecret, Reason, Requirements, SecretLookup, SecretRole, decide, secret_role,
    },
    directory::{
        account::{Account, AccountId, AccountKey, Region},
        id::{CredentialId, IdPrefix},
        name::{Email, Name},
    },
    instant::Instant,
    seq::{AuditSeq, CredentialSeq},
};
use proptest::{prelude::*, sample::select};

use super::expected::{ExpectedDecision, Facts, PresentedSecret, expected_decision};

const OURS: &str = "948-4KK-444Z";
const OTHER: &str = "TEST-777-RWZ-555Z";

/// A record, a request and an instant.
#[derive(Clone, Debug)]
struct Case {
    is_user: bool,
    users_only: bool,
    region: Region,
    expiry: Option<i64>,
    /// The current secret by number; `None` if it was withdrawn.
    current: Option<u8>,
    /// The previous secret with the end of its overlap.
    retiring: Option<(u8, i64)>,
    /// The new secret of a reset that was not completed.
    undelivered: Option<u8>,
    revoked: Option<i64>,
    deleted: Option<i64>,
    presented: u8,
    named_account: Option<&'static str>,
    called_region: Option<Region>,
    now: i64,
}

fn cases() -> impl Strategy<Value = Case> {
    let edge = || prop_oneof![8 => 95..105i64, 1 => Just(0i64), 1 => Just(Instant::MAX.unix()), 2 => 0..4_000_000_000i64];
    let maybe = |share| prop::option::weighted(share, edge());
    let region = || select(&Region::ALL[..2]);
    let record = (any::<bool>(), prop::bool::weighted(0.3), region(), maybe(0.8));
    let secrets = (
        prop::option::weighted(0.9, Just(1u8)),
        prop::option::weighted(0.6, (Just(2u8), edge())),
        prop::option::weighted(0.3, Just(3u8)),
        maybe(0.15),
        maybe(0.15),
    );
    let request = (
        1..5u8,
        select(vec![None, None, Some(OURS), Some(OTHER)]),
        prop::option::weighted(0.3, region()),
        edge(),
    );
    (record, secrets, request).prop_map(
        |(
            (is_user, users_only, region, end),
            (current, retiring, undelivered, revoked, deleted),
            (presented, named, called, now),
        )| Case {
            is_user,
            users_only,
            region,
            expiry: end,
            current,
            retiring,
            undelivered,
            revoked,
            deleted,
            presented,
            named_account: named,
            called_region: called,
            now,
        },
    )
}

impl Case {
    fn run_decide(&self) -> Decision {
        let requirements = Requirements {
            account: self.named_account.map(|id| AccountId::parse(id).unwrap()),
            region: self.called_region,
            ..Requirements::default()
        };
        decide(
            &requirements,
            SecretLookup::Known(Box::new(self.known())),
            Instant::from_unix(self.now),
        )
    }

    fn known(&self) -> KnownSecret {
        let instant = Instant::from_unix;
        let digest = |number: u8| Digest([number; 32]);
        let by = || "ann@host".to_owned();
        let subject = match self.is_user {
            true => Subject::User(Email::parse("ann@x.org").unwrap()),
            false => Subject::Partner(Name::parse("partner").unwrap()),
        };
        let account = Account {
            key: AccountKey(1),
            id: AccountId::parse(OURS).unwrap(),
            name: Name::parse("main").unwrap(),
            region: self.region,
            require_user_passcode: self.users_only,
            legacy: None,
            created_at: instant(1),
            removed: None,
            audit_seq: AuditSeq(1),
        };
        let retiring = self.retiring.map(|(number, until)| Retiring {
            digest: digest(number),
            until: instant(until),
            until_used: false,
            replacement_used: false,
        });
        let credential = Credential {
            seq: CredentialSeq(1),
            id: CredentialId { prefix: IdPrefix::Passcode, bytes: [7; 12] },
            account: AccountKey(1),
            subject,
            slot: (!self.is_user && self.deleted.is_none()).then_some(1),
            note: None,
            previous: None,
            created_at: instant(1),
            created_by: by(),
            lifetime: self.expiry.map_or(Lifetime::Forever, |end| Lifetime::Until(instant(end))),
            expiry: Expiry::from_option(self.expiry.map(instant)),
            expiry_set_at: instant(1),
            secrets: Secrets {
                generation: 3,
                current: self.current.map(digest),
                created_at: instant(1),
                delivered_at: None,
                retiring,
                undelivered: self
                    .undelivered
                    .map(|number| Undelivered { digest: digest(number), created_at: instant(1) }),
                discarded: 0,
            },
            introspect: false,
            scopes: Scopes::NONE,
            limit: None,
            revoked: self.revoked.map(|at| Revocation {
                at: instant(at),
                by: by(),
                reason: Some(RevocationReason::Superseded),
            }),
            deleted: self.deleted.map(|at| Deletion { at: instant(at), by: by() }),
            audit_seq: AuditSeq(2),
        };
        KnownSecret { credential, account, app: None, digest: digest(self.presented) }
    }

    fn facts(&self) -> Facts {
        let held = match self.retiring {
            _ if self.current == Some(self.presented) => PresentedSecret::Current,
            _ if self.undelivered == Some(self.presented) => PresentedSecret::Undelivered,
            Some((number, until)) if number == self.presented => PresentedSecret::Retiring(until),
            _ => PresentedSecret::Replaced,
        };
        Facts {
            other_account_named: self.named_account == Some(OTHER),
            is_deleted: self.deleted.is_some(),
            is_revoked: self.revoked.is_some(),
            presented: held,
            expiry: self.expiry,
            is_account_passcode: !self.is_user,
            users_only: self.users_only,
            other_region: self.called_region.is_some_and(|called| called != self.region),
        }
    }
}

fn expected_decision_of(reason: Reason) -> ExpectedDecision {
    match reason {
        Reason::Allowed => ExpectedDecision::Allowed,
        Reason::Expired => ExpectedDecision::Expired,
        Reason::Revoked | Reason::Deleted => ExpectedDecision::Ended,
        Reason::Replaced => ExpectedDecision::Replaced,
        Reason::WrongAccount | Reason::UserPasscodeRequired | Reason::WrongRegion => {
            ExpectedDecision::NotAllowedHere
        }
        other => panic!("{other:?} about a record that is known and intact"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_decision_matches_the_model(case in cases()) {
        let decision = case.run_decide();
        prop_assert_eq!(expected_decision_of(decision.reason), expected_decision(&case.facts(), case.now));

        // The same without the model: nothing that has ended in any way is allowed.
        let is_replaced = ![case.current, case.undelivered].contains(&Some(case.presented))
            && case.retiring.is_none_or(|(number, until)| number != case.presented || until <= case.now);
        let has_ended = case.revoked.is_some()
            || case.deleted.is_some()
            || case.expiry.is_some_and(|end| end <= case.now)
            || is_replaced;
        prop_assert!(!(has_ended && decision.is_allowed()));
        let known = decision.known.unwrap();
        let is_reported_replaced = secret_role(&known.credential, &known.digest, Instant::from_unix(case.now)) == SecretRole::Replaced;
        prop_assert_eq!(is_reported_replaced, is_replaced);
    }

    #[test]
    fn a_record_that_does_not_verify_is_rejected(case in cases()) {
        for found in [SecretLookup::Unknown, SecretLookup::Tampered] {
            let decision = decide(&Requirements::default(), found, Instant::from_unix(case.now));
            prop_assert!(!decision.is_allowed() && decision.known.is_none());
        }
    }
}

#[test]
fn a_credential_is_valid_until_the_second_before_its_expiry() {
    let case = |presented, now| Case {
        is_user: false,
        users_only: false,
        region: Region::Eu1,
        expiry: Some(200),
        current: Some(1),
        retiring: Some((2, 150)),
        undelivered: None,
        revoked: None,
        deleted: None,
        presented,
        named_account: None,
        called_region: None,
        now,
    };
    let reason = |presented, now| case(presented, now).run_decide().reason;
    assert_eq!((reason(1, 199), reason(1, 200)), (Reason::Allowed, Reason::Expired));
    assert_eq!((reason(2, 149), reason(2, 150)), (Reason::Allowed, Reason::Replaced));
    assert_eq!(reason(3, 0), Reason::Replaced);
}
