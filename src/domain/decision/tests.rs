//! What a credential is good for.

use insta::assert_snapshot;
use proptest::{prelude::*, sample::select};

use super::{Demand, Reason, Role, Standing, judge};
use crate::domain::{
    account::{AccountId, Region},
    credential::Kind,
    id::ObjectId,
    instant::Instant,
    lifetime::Expiry,
};

const NOW: Instant = Instant::EPOCH;
const APP: &str = "4fd43cc56d11340000000005";
const DISTRICT: &str = "4fd43cc56d11340000000006";
const OTHER: &str = "4fd43cc56d11340000000007";

/// A credential that nothing is wrong with. A token is good for reading students and teachers.
fn standing(kind: Kind) -> Standing<'static> {
    let own = |id, has_one: bool| has_one.then(|| ObjectId::parse(id).unwrap());
    let is_token = kind == Kind::Token;
    Standing {
        account: AccountId::parse("948-4KK-444Z").unwrap(),
        region: Region::Eu1,
        require_user_passcode: false,
        is_sunset: false,
        kind,
        app: own(APP, is_token || kind == Kind::Legacy),
        district: own(DISTRICT, is_token),
        scopes: if is_token { "read:students read:teachers" } else { "" },
        is_deleted: false,
        is_revoked: false,
        is_orphaned: false,
        role: Role::Current,
        expiry: Expiry::Never,
    }
}

fn for_app(app: &str) -> Demand {
    Demand { app: Some(app.into()), ..Demand::default() }
}

fn for_district(district: &str) -> Demand {
    Demand { district: Some(district.into()), ..Demand::default() }
}

fn with_scopes(scopes: &str) -> Demand {
    Demand { scopes: Some(scopes.into()), ..Demand::default() }
}

/// A row for each demand with what each kind of credential is answered.
fn table(rows: &[(&str, Demand)], standing: impl Fn(Kind) -> Standing<'static>) -> String {
    let row = |name: &str, cells: [&str; 4]| {
        let [account, user, token, legacy] = cells;
        let row = format!("{name:<26}{account:<24}{user:<16}{token:<16}{legacy}");
        format!("{}\n", row.trim_end())
    };
    let answered = rows.iter().map(|(name, demand)| {
        row(name, Kind::ALL.map(|kind| judge(demand, &standing(kind), NOW).as_str()))
    });
    row("", Kind::ALL.map(Kind::as_str)) + &answered.collect::<String>()
}

#[test]
fn each_kind_is_good_for_what_it_is_good_for() {
    let rows = [
        ("nothing", Demand::default()),
        ("its app", for_app(APP)),
        ("another app", for_app(OTHER)),
        ("its district as an app", for_app(DISTRICT)),
        ("no app's id", for_app("reader")),
        ("its district", for_district(DISTRICT)),
        ("another district", for_district(OTHER)),
        ("no district's id", for_district("")),
        ("one of its scopes", with_scopes("read:teachers")),
        ("all of its scopes", with_scopes("read:teachers  read:students")),
        ("one scope more", with_scopes("read:students write:grades")),
        ("the beginning of a scope", with_scopes("read:student")),
        ("a wildcard", with_scopes("read:*")),
        ("no scope's name", with_scopes(" ")),
        (
            "all at once",
            Demand {
                app: Some(APP.into()),
                district: Some(DISTRICT.into()),
                ..with_scopes("read:students")
            },
        ),
        ("the app first", Demand { district: Some(OTHER.into()), ..for_app(OTHER) }),
        ("the district second", Demand { scopes: Some("read:x".into()), ..for_district(OTHER) }),
    ];
    assert_snapshot!(table(&rows, standing), @"
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
fn what_the_account_says_comes_before_what_is_demanded() {
    let rows = [("nothing", Demand::default()), ("another app", for_app(OTHER))];
    let sunset = |kind| Standing { is_sunset: true, ..standing(kind) };
    assert_snapshot!(table(&rows, sunset), @"
                              account                 user            token           legacy
    nothing                   allowed                 allowed         allowed         legacy_sunset
    another app               wrong_app               wrong_app       wrong_app       legacy_sunset
    ");
    let users_only = |kind| Standing { require_user_passcode: true, ..standing(kind) };
    assert_snapshot!(table(&rows, users_only), @"
                              account                 user            token           legacy
    nothing                   user_passcode_required  allowed         allowed         allowed
    another app               user_passcode_required  wrong_app       wrong_app       wrong_app
    ");
    let elsewhere =
        rows.map(|(name, demand)| (name, Demand { region: Some(Region::In1), ..demand }));
    assert_snapshot!(table(&elsewhere, sunset), @"
                              account                 user            token           legacy
    nothing                   wrong_region            wrong_region    wrong_region    legacy_sunset
    another app               wrong_region            wrong_region    wrong_region    legacy_sunset
    ");
}

#[test]
fn what_has_ended_is_told_before_its_sunset() {
    let ended = |change: fn(&mut Standing<'_>)| {
        let mut standing = Standing { is_sunset: true, ..standing(Kind::Legacy) };
        change(&mut standing);
        judge(&Demand::default(), &standing, NOW)
    };
    assert_eq!(ended(|_| ()), Reason::LegacySunset);
    assert_eq!(ended(|standing| standing.is_deleted = true), Reason::Deleted);
    assert_eq!(ended(|standing| standing.is_revoked = true), Reason::Revoked);
    assert_eq!(ended(|standing| standing.role = Role::Replaced), Reason::Replaced);
    assert_eq!(ended(|standing| standing.expiry = Expiry::At(NOW)), Reason::Expired);
}

/// What may stand in a demand: ids, texts that resemble one, and any other.
fn demanded_ids(own: &'static str) -> impl Strategy<Value = Option<String>> {
    let near = ["", " ", APP, DISTRICT, OTHER, "4FD43CC56D11340000000005", &APP[..23]];
    let near = near.map(str::to_owned).to_vec();
    prop::option::of(
        prop_oneof![6 => Just(own.to_owned()), 6 => select(near), 1 => any::<String>()],
    )
}

const SCOPES: [&str; 5] =
    ["read:students", "read:students_basic", "read:teachers", "write:students", "read:s"];

fn demanded_scopes() -> impl Strategy<Value = Option<String>> {
    let known = prop::collection::vec(select(SCOPES.to_vec()), 0..4);
    let known = known.prop_map(|scopes| scopes.join(" "));
    prop::option::of(prop_oneof![8 => known, 1 => any::<String>()])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_token_passes_for_what_it_has_and_for_nothing_else(
        own in prop::sample::subsequence(SCOPES.to_vec(), 1..=SCOPES.len()),
        app in demanded_ids(APP),
        district in demanded_ids(DISTRICT),
        scopes in demanded_scopes(),
    ) {
        let text = own.join(" ");
        let token = Standing { scopes: &text, ..standing(Kind::Token) };
        let demand = Demand {
            app: app.as_deref().map(Into::into),
            district: district.as_deref().map(Into::into),
            scopes: scopes.as_deref().map(Into::into),
            ..Demand::default()
        };
        let is_own = |own, id: &Option<String>| id.as_ref().is_none_or(|id| id == own);
        let has_all = scopes.as_ref().is_none_or(|demanded| {
            let demanded: Vec<&str> = demanded.split_ascii_whitespace().collect();
            !demanded.is_empty() && demanded.iter().all(|scope| own.contains(scope))
        });
        let expected = match (is_own(APP, &app), is_own(DISTRICT, &district), has_all) {
            (false, ..) => Reason::WrongApp,
            (_, false, _) => Reason::WrongDistrict,
            (.., false) => Reason::ScopeMissing,
            _ => Reason::Allowed,
        };
        prop_assert_eq!(judge(&demand, &token, NOW), expected);
    }

    /// Nothing that is demanded of tokens opens a door to a passcode.
    #[test]
    fn a_passcode_passes_for_no_app_no_district_and_no_scope(
        kind in select(vec![Kind::Account, Kind::User]),
        app in demanded_ids(APP),
        district in demanded_ids(DISTRICT),
        scopes in demanded_scopes(),
    ) {
        let demand = Demand {
            app: app.map(Into::into),
            district: district.map(Into::into),
            scopes: scopes.map(Into::into),
            ..Demand::default()
        };
        let is_allowed = judge(&demand, &standing(kind), NOW) == Reason::Allowed;
        prop_assert_eq!(is_allowed, demand == Demand::default());
    }
}
