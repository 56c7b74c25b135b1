//! Tests of the decision: which kind of credential meets which requirement.

use insta::assert_snapshot;
use proptest::{prelude::*, sample::select};

use super::{
    decide::Decision, evaluate::evaluate, input::DecisionInput, reason::Reason,
    requirements::Requirements, role::SecretRole,
};
use crate::domain::{
    credential::{CredentialKind, lifetime::Expiry},
    directory::{
        account::{AccountId, Region},
        id::ObjectId,
    },
    instant::Instant,
};

const NOW: Instant = Instant::EPOCH;
const APP: &str = "4fd43cc56d11340000000005";
const DISTRICT: &str = "4fd43cc56d11340000000006";
const OTHER: &str = "4fd43cc56d11340000000007";

/// A valid credential without any problem. Tokens have the scopes to read students and teachers.
fn valid_input(kind: CredentialKind) -> DecisionInput<'static> {
    let own = |id, has_one: bool| has_one.then(|| ObjectId::parse(id).unwrap());
    let is_token = kind == CredentialKind::Token;
    DecisionInput {
        account: AccountId::parse("948-4KK-444Z").unwrap(),
        region: Region::Eu1,
        require_user_passcode: false,
        legacy_sunset_has_passed: false,
        kind,
        app: own(APP, is_token || kind == CredentialKind::Legacy),
        district: own(DISTRICT, is_token),
        scopes: if is_token { "read:students read:teachers" } else { "" },
        is_deleted: false,
        is_revoked: false,
        is_orphaned: false,
        role: SecretRole::Current,
        expiry: Expiry::Never,
    }
}

fn requiring_app(app: &str) -> Requirements {
    Requirements { app: Some(app.into()), ..Requirements::default() }
}

fn requiring_district(district: &str) -> Requirements {
    Requirements { district: Some(district.into()), ..Requirements::default() }
}

fn requiring_scopes(scopes: &str) -> Requirements {
    Requirements { scopes: Some(scopes.into()), ..Requirements::default() }
}

/// Formats a row per requirement with the reason for each kind of credential.
fn table(
    rows: &[(&str, Requirements)],
    input: impl Fn(CredentialKind) -> DecisionInput<'static>,
) -> String {
    let row = |name: &str, cells: [&str; 4]| {
        let [account, user, token, legacy] = cells;
        let row = format!("{name:<26}{account:<24}{user:<16}{token:<16}{legacy}");
        format!("{}\n", row.trim_end())
    };
    let formatted = rows.iter().map(|(name, requirements)| {
        row(
            name,
            CredentialKind::ALL.map(|kind| evaluate(requirements, &input(kind), NOW).as_str()),
        )
    });
    row("", CredentialKind::ALL.map(CredentialKind::as_str)) + &formatted.collect::<String>()
}

#[test]
fn each_kind_meets_only_its_own_requirements() {
    let rows = [
        ("nothing", Requirements::default()),
        ("its app", requiring_app(APP)),
        ("another app", requiring_app(OTHER)),
        ("its district as an app", requiring_app(DISTRICT)),
        ("no app's id", requiring_app("reader")),
        ("its district", requiring_district(DISTRICT)),
        ("another district", requiring_district(OTHER)),
        ("no district's id", requiring_district("")),
        ("one of its scopes", requiring_scopes("read:teachers")),
        ("all of its scopes", requiring_scopes("read:teachers  read:students")),
        ("one scope more", requiring_scopes("read:students write:grades")),
        ("the beginning of a scope", requiring_scopes("read:student")),
        ("a wildcard", requiring_scopes("read:*")),
        ("no scope's name", requiring_scopes(" ")),
        (
            "all at once",
            Requirements {
                app: Some(APP.into()),
                district: Some(DISTRICT.into()),
                ..requiring_scopes("read:students")
            },
        ),
        ("the app first", Requirements { district: Some(OTHER.into()), ..requiring_app(OTHER) }),
        (
            "the district second",
            Requirements { scopes: Some("read:x".into()), ..requiring_district(OTHER) },
        ),
    ];
    assert_snapshot!(table(&rows, valid_input), @"
                              account                 user            token           legacy
    nothing                   allowed                 allowed         allowed         allowed
    its app                   wrong_app               wrong_app       allowed         allowed
    another app               wrong_app               wrong_app       wrong_app       wrong_app
    its district as an app    wrong_app               wrong_app       wrong_app       wrong_app
    no app's id               wrong_app               wrong_app       wrong_app       wrong_app
    its district              wrong_district          wrong_district  allowed         allowed
    another district          wrong_district          wrong_district  wrong_district  allowed
    no district's id          wrong_district          wrong_district  wrong_district  allowed
    one of its scopes         scope_missing           scope_missing   allowed         allowed
    all of its scopes         scope_missing           scope_missing   allowed         allowed
    one scope more            scope_missing           scope_missing   scope_missing   allowed
    the beginning of a scope  scope_missing           scope_missing   scope_missing   allowed
    a wildcard                scope_missing           scope_missing   scope_missing   allowed
    no scope's name           scope_missing           scope_missing   scope_missing   allowed
    all at once               wrong_app               wrong_app       allowed         allowed
    the app first             wrong_app               wrong_app       wrong_app       wrong_app
    the district second       wrong_district          wrong_district  wrong_district  allowed
    ");
}

#[test]
fn account_policy_is_checked_before_requirements() {
    let rows = [("nothing", Requirements::default()), ("another app", requiring_app(OTHER))];
    let sunset = |kind| DecisionInput { legacy_sunset_has_passed: true, ..valid_input(kind) };
    assert_snapshot!(table(&rows, sunset), @"
                              account                 user            token           legacy
    nothing                   allowed                 allowed         allowed         legacy_sunset
    another app               wrong_app               wrong_app       wrong_app       legacy_sunset
    ");
    let users_only = |kind| DecisionInput { require_user_passcode: true, ..valid_input(kind) };
    assert_snapshot!(table(&rows, users_only), @"
                              account                 user            token           legacy
    nothing                   user_passcode_required  allowed         allowed         allowed
    another app               user_passcode_required  wrong_app       wrong_app       wrong_app
    ");
    let elsewhere = rows.map(|(name, requirements)| {
        (name, Requirements { region: Some(Region::In1), ..requirements })
    });
    assert_snapshot!(table(&elsewhere, sunset), @"
                              account                 user            token           legacy
    nothing                   wrong_region            wrong_region    wrong_region    legacy_sunset
    another app               wrong_region            wrong_region    wrong_region    legacy_sunset
    ");
}

#[test]
fn ended_credentials_are_reported_before_the_sunset() {
    let ended = |change: fn(&mut DecisionInput<'_>)| {
        let mut input =
            DecisionInput { legacy_sunset_has_passed: true, ..valid_input(CredentialKind::Legacy) };
        change(&mut input);
        evaluate(&Requirements::default(), &input, NOW)
    };
    assert_eq!(ended(|_| ()), Reason::LegacySunset);
    assert_eq!(ended(|input| input.is_deleted = true), Reason::Deleted);
    assert_eq!(ended(|input| input.is_revoked = true), Reason::Revoked);
    assert_eq!(ended(|input| input.role = SecretRole::Replaced), Reason::Replaced);
    assert_eq!(ended(|input| input.expiry = Expiry::At(NOW)), Reason::Expired);
}

/// Makes a check fail.
type Failure = (Reason, fn(&mut Requirements, &mut DecisionInput<'_>));

/// The checks that can fail for a kind, in their order.
fn failures(kind: CredentialKind) -> Vec<Failure> {
    let mut all: Vec<Failure> = vec![
        (Reason::WrongAccount, |requirements, _| {
            requirements.account = Some(AccountId::parse("AAA-AAA-AAAA").unwrap());
        }),
        (Reason::Deleted, |_, input| input.is_deleted = true),
        (Reason::Revoked, |_, input| input.is_revoked = true),
        (Reason::Revoked, |_, input| input.is_orphaned = true),
        (Reason::Replaced, |_, input| input.role = SecretRole::Replaced),
        (Reason::Expired, |_, input| input.expiry = Expiry::At(NOW)),
    ];
    match kind {
        CredentialKind::Account => {
            all.push((Reason::UserPasscodeRequired, |_, input| input.require_user_passcode = true));
        }
        CredentialKind::Legacy => {
            all.push((Reason::LegacySunset, |_, input| input.legacy_sunset_has_passed = true));
        }
        CredentialKind::User | CredentialKind::Token => {}
    }
    all.push((Reason::WrongRegion, |requirements, _| requirements.region = Some(Region::In1)));
    all.push((Reason::WrongApp, |requirements, _| requirements.app = Some(OTHER.into())));
    if kind != CredentialKind::Legacy {
        all.push((Reason::WrongDistrict, |required, _| required.district = Some(OTHER.into())));
        all.push((Reason::ScopeMissing, |required, _| required.scopes = Some("read:x".into())));
    }
    all
}

#[test]
fn the_first_check_that_fails_gives_the_reason() {
    for kind in CredentialKind::ALL {
        let own = || Requirements {
            account: Some(valid_input(kind).account),
            region: Some(valid_input(kind).region),
            ..Requirements::default()
        };
        let live = DecisionInput { expiry: Expiry::At(NOW.plus(1)), ..valid_input(kind) };
        assert_eq!(evaluate(&own(), &live, NOW), Reason::Allowed, "{kind:?}");
        let failures = failures(kind);
        for (at, (reason, fail)) in failures.iter().enumerate() {
            for (_, fail_later) in &failures[at..] {
                let (mut requirements, mut input) = (own(), live);
                fail(&mut requirements, &mut input);
                fail_later(&mut requirements, &mut input);
                assert_eq!(evaluate(&requirements, &input, NOW), *reason, "{kind:?}");
            }
        }
    }
}

#[test]
fn only_the_reason_allowed_allows() {
    for reason in Reason::ALL {
        assert_eq!(Decision::refused(reason).is_allowed(), reason == Reason::Allowed);
    }
}

/// Ids for a requirement: the credential's own, similar texts, and arbitrary ones.
fn required_ids(own: &'static str) -> impl Strategy<Value = Option<String>> {
    let near = ["", " ", APP, DISTRICT, OTHER, "4FD43CC56D11340000000005", &APP[..23]];
    let near = near.map(str::to_owned).to_vec();
    prop::option::of(
        prop_oneof![6 => Just(own.to_owned()), 6 => select(near), 1 => any::<String>()],
    )
}

const SCOPES: [&str; 5] =
    ["read:students", "read:students_basic", "read:teachers", "write:students", "read:s"];

fn required_scopes() -> impl Strategy<Value = Option<String>> {
    let known = prop::collection::vec(select(SCOPES.to_vec()), 0..4);
    let known = known.prop_map(|scopes| scopes.join(" "));
    prop::option::of(prop_oneof![8 => known, 1 => any::<String>()])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_token_is_allowed_only_its_own_app_district_and_scopes(
        own in prop::sample::subsequence(SCOPES.to_vec(), 1..=SCOPES.len()),
        app in required_ids(APP),
        district in required_ids(DISTRICT),
        scopes in required_scopes(),
    ) {
        let text = own.join(" ");
        let token = DecisionInput { scopes: &text, ..valid_input(CredentialKind::Token) };
        let requirements = Requirements {
            app: app.as_deref().map(Into::into),
            district: district.as_deref().map(Into::into),
            scopes: scopes.as_deref().map(Into::into),
            ..Requirements::default()
        };
        let is_own = |own, id: &Option<String>| id.as_ref().is_none_or(|id| id == own);
        let has_all = scopes.as_ref().is_none_or(|required| {
            let required: Vec<&str> = required.split_ascii_whitespace().collect();
            !required.is_empty() && required.iter().all(|scope| own.contains(scope))
        });
        let expected = match (is_own(APP, &app), is_own(DISTRICT, &district), has_all) {
            (false, ..) => Reason::WrongApp,
            (_, false, _) => Reason::WrongDistrict,
            (.., false) => Reason::ScopeMissing,
            _ => Reason::Allowed,
        };
        prop_assert_eq!(evaluate(&requirements, &token, NOW), expected);
    }

    /// No requirement that is meant for tokens lets a passcode through.
    #[test]
    fn a_passcode_meets_no_app_district_or_scope_requirement(
        kind in select(vec![CredentialKind::Account, CredentialKind::User]),
        app in required_ids(APP),
        district in required_ids(DISTRICT),
        scopes in required_scopes(),
    ) {
        let requirements = Requirements {
            app: app.map(Into::into),
            district: district.map(Into::into),
            scopes: scopes.map(Into::into),
            ..Requirements::default()
        };
        let is_allowed = evaluate(&requirements, &valid_input(kind), NOW) == Reason::Allowed;
        prop_assert_eq!(is_allowed, requirements == Requirements::default());
    }
}
