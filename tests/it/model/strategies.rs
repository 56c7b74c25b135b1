//! Strategies that generate steps.

use proptest::{prelude::*, sample::select};

use super::{
    reference::Model,
    step::{
        AccountChoice, ClockMove, Delivery, Filter, LONGEST_OVERLAP, LifetimeChoice, NAMES,
        Presentation, REASONS, ResetChoice, SecretChoice, Step, StepEdits, StepOptions, Target,
        USERS,
    },
};
use crate::support::streams::Kill;

/// Generates the next step.
pub fn steps(model: &Model) -> BoxedStrategy<Step> {
    let (accounts, credentials) = (model.accounts.len().max(1), model.credentials.len().max(1));
    let recent = credentials.saturating_sub(12)..credentials;
    let options = || step_options(accounts);
    let one = || target(recent.clone(), credentials);
    let accounts_of: Vec<usize> = model.credentials.iter().map(|c| c.account).collect();
    let aimed =
        |all: BoxedStrategy<Vec<Target>>| target_actions(all, options(), accounts_of.clone());
    let some = || aimed(targets(one()).boxed());
    let named = || account_choice(accounts);
    let (name, user) = (|| 0..NAMES.len(), || 0..USERS.len());
    prop_oneof![
        6 => (options(), name(), lifetime(), any::<bool>(), rare(), rare()).prop_map(
            |(options, name, lifetime, note, if_missing, out)| Step::Create { options, name, lifetime, note, if_missing, out }),
        5 => (options(), user(), lifetime(), any::<bool>())
            .prop_map(|(options, user, lifetime, note)| Step::Grant { options, user, lifetime, note }),
        1 => (options(), prop::collection::vec((user(), prop::option::of(import_lifetime())), 0..4), prop::option::weighted(0.8, import_lifetime()))
            .prop_map(|(options, rows, lifetime)| Step::GrantFrom { options, rows, lifetime }),
        4 => (aimed(one().prop_map(|target| vec![target]).boxed()), step_edits())
            .prop_map(|((options, targets), edits)| Step::Edit { options, target: targets[0], edits }),
        7 => (some(), reset_choice(), delivery()).prop_map(|((options, targets), reset, delivery)| {
            // Other outputs contain no secret.
            let is_on_stdout = targets.len() == 1 && !options.dry_run;
            let delivery = if is_on_stdout { delivery } else { Delivery::Shown };
            Step::Reset { options, targets, reset, delivery }
        }),
        2 => (some(), prop::option::of(0..REASONS.len()))
            .prop_map(|((options, targets), reason)| Step::Revoke { options, targets, reason }),
        2 => some().prop_map(|(options, targets)| Step::Delete { options, targets }),
        1 => (options(), prop::option::of(0..40u32))
            .prop_map(|(options, older_than)| Step::DeleteExpired { options, older_than }),
        1 => (options(), select(if accounts < 3 { vec![None, Some(0), Some(1)] } else { vec![Some(0), Some(1)] }), rare())
            .prop_map(|(options, id, users_only)| Step::AccountAdd { options, id, users_only }),
        1 => (options(), any::<bool>()).prop_map(|(options, users_only)| Step::AccountEdit { options, users_only }),
        3 => (secret_choice(model.secrets.len().max(1)), presentation(accounts), rare())
            .prop_map(|(secret, presentation, other_region)| Step::Verify { secret, presentation, other_region }),
        1 => (prop::option::weighted(0.3, named()), 0..60u32, prop_oneof![0..60u32, 0..3u32])
            .prop_map(|(account, warn, crit)| Step::Check { account, warn, crit }),
        1 => filter(accounts).prop_map(Step::List),
        2 => (prop::option::weighted(0.3, named()), one())
            .prop_map(|(account, target)| Step::Show { account, target }),
        7 => clock_move(recent, credentials).prop_map(Step::Time),
    ]
    .boxed()
}

fn rare() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.15)
}

/// With several accounts, mostly chooses one, since changes without `--account` are rejected.
fn step_options(accounts: usize) -> impl Strategy<Value = StepOptions> {
    let account =
        prop::option::weighted(if accounts > 1 { 0.9 } else { 0.2 }, account_choice(accounts));
    let parts = (account, prop::bool::weighted(0.92), prop::bool::weighted(0.05), rare());
    parts.prop_map(|(account, yes, dry_run, accept_clock)| StepOptions {
        account,
        yes,
        dry_run,
        accept_clock,
    })
}

/// References, mostly with the account of the first one.
fn target_actions(
    targets: BoxedStrategy<Vec<Target>>,
    options: impl Strategy<Value = StepOptions>,
    accounts_of: Vec<usize>,
) -> impl Strategy<Value = (StepOptions, Vec<Target>)> {
    (options, targets, prop::bool::weighted(0.8)).prop_map(
        move |(mut options, targets, is_aimed)| {
            if let (true, Some(Target::Nth(number)), Some(_)) =
                (is_aimed, targets.first(), options.account)
            {
                options.account = accounts_of.get(*number).copied().map(AccountChoice::Nth);
            }
            (options, targets)
        },
    )
}

fn account_choice(accounts: usize) -> impl Strategy<Value = AccountChoice> {
    prop_oneof![15 => (0..accounts).prop_map(AccountChoice::Nth), 1 => Just(AccountChoice::Unknown)]
}

fn target(recent: std::ops::Range<usize>, all: usize) -> BoxedStrategy<Target> {
    prop_oneof![
        9 => recent.prop_map(Target::Nth),
        1 => (0..all).prop_map(Target::Nth),
        1 => (0..all).prop_map(Target::PartialId),
        6 => (0..NAMES.len()).prop_map(Target::Name),
        5 => (0..USERS.len()).prop_map(Target::User),
        1 => Just(Target::Unknown),
    ]
    .boxed()
}

fn targets(target: BoxedStrategy<Target>) -> impl Strategy<Value = Vec<Target>> {
    prop_oneof![
        4 => target.clone().prop_map(|target| vec![target]),
        1 => prop::collection::vec(target, 2..4),
    ]
}

fn step_edits() -> impl Strategy<Value = StepEdits> {
    let maybe = |chance| prop::option::weighted(chance, any::<bool>());
    let name = prop::option::weighted(0.4, 0..NAMES.len());
    let parts = (name, maybe(0.3), prop::option::weighted(0.4, lifetime()), maybe(0.2));
    parts.prop_map(|(name, note, lifetime, introspect)| StepEdits {
        name,
        note,
        lifetime,
        introspect,
    })
}

fn lifetime() -> impl Strategy<Value = LifetimeChoice> {
    const YEAR: i64 = 365 * 86_400;
    prop_oneof![
        6 => select(vec![1, 2, 30, 31, 90, 365]).prop_map(LifetimeChoice::Days),
        2 => Just(LifetimeChoice::Infinite),
        2 => Just(LifetimeChoice::Forever),
        2 => (1..YEAR).prop_map(LifetimeChoice::Until),
        1 => select(vec![-1, 0, 1, 30, 60, YEAR, YEAR + 1, YEAR + 60]).prop_map(LifetimeChoice::Until),
    ]
}

/// Lifetimes that imports accept.
fn import_lifetime() -> impl Strategy<Value = LifetimeChoice> {
    prop_oneof![(1..=365u16).prop_map(LifetimeChoice::Days), Just(LifetimeChoice::Infinite)]
}

fn overlap() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 1..24 * 9u32, 1 => select(vec![0, LONGEST_OVERLAP, LONGEST_OVERLAP + 1])]
}

fn reset_choice() -> impl Strategy<Value = ResetChoice> {
    let (overlap, lifetime) =
        (prop::option::weighted(0.6, overlap()), prop::option::weighted(0.25, lifetime()));
    (overlap, rare(), any::<bool>(), lifetime).prop_map(
        |(overlap, until_used, end_retiring, lifetime)| ResetChoice {
            overlap,
            until_used,
            end_retiring,
            lifetime,
        },
    )
}

fn delivery() -> impl Strategy<Value = Delivery> {
    prop_oneof![
        12 => Just(Delivery::Shown),
        3 => Just(Delivery::Refused),
        3 => select(vec![Kill::BeforeOutput, Kill::AfterOutput]).prop_map(Delivery::Killed),
    ]
}

fn secret_choice(secrets: usize) -> impl Strategy<Value = SecretChoice> {
    prop_oneof![8 => (0..secrets).prop_map(SecretChoice::Nth), 1 => Just(SecretChoice::Unknown), 1 => Just(SecretChoice::Malformed)]
}

fn presentation(accounts: usize) -> impl Strategy<Value = Presentation> {
    prop_oneof![
        prop::option::of(account_choice(accounts)).prop_map(Presentation::Alone),
        account_choice(accounts).prop_map(Presentation::Passcode),
        prop::option::of(account_choice(accounts)).prop_map(Presentation::Bearer),
    ]
}

fn clock_move(recent: std::ops::Range<usize>, all: usize) -> impl Strategy<Value = ClockMove> {
    let one = prop_oneof![4 => recent, 1 => 0..all];
    let delta = || select(vec![-1i64, 0, 0, 1]);
    prop_oneof![
        1 => (1..120i64).prop_map(ClockMove::Seconds),
        1 => (1..40i64).prop_map(|days| ClockMove::Seconds(days * 86_400)),
        1 => (1..5i64).prop_map(|years| ClockMove::Seconds(years * 366 * 86_400)),
        3 => (1..=60i64).prop_map(|seconds| ClockMove::Seconds(-seconds)),
        1 => (61..100_000_000i64).prop_map(|seconds| ClockMove::Seconds(-seconds)),
        4 => (one.clone(), delta()).prop_map(|(one, delta)| ClockMove::Expiry(one, delta)),
        2 => (one.clone(), delta()).prop_map(|(one, delta)| ClockMove::Expiring(one, delta)),
        4 => (one, delta()).prop_map(|(one, delta)| ClockMove::Overlap(one, delta)),
    ]
}

fn filter(accounts: usize) -> impl Strategy<Value = Filter> {
    let of = |words: &'static [&'static str]| prop::option::weighted(0.3, select(words));
    let account = (
        prop::option::of(0..accounts),
        prop::bool::weighted(0.05),
        prop::option::weighted(0.3, 0..USERS.len()),
    );
    let credential = (
        of(&["account", "user", "account,user"]),
        of(&["active", "expiring", "expired", "revoked", "deleted", "active,revoked"]),
        of(&["*a*", "[ab]*", "?????", "ANN@*"]),
        prop::option::weighted(0.3, 0..400u32),
        prop::option::weighted(0.2, 0..90u32),
        prop::option::weighted(0.2, 0..100_000_000i64),
    );
    let page = (
        of(&["created", "name", "expires"]),
        prop::option::weighted(0.3, 0..5usize),
        any::<bool>(),
    );
    (account, credential, page).prop_map(
        |(
            (account, is_unknown_account, user),
            (kind, state, name, expiring, unused, at),
            (sort, limit, all),
        )| {
            Filter {
                account,
                is_unknown_account,
                kind,
                state,
                expiring,
                unused,
                user,
                name,
                sort,
                limit,
                all,
                at,
            }
        },
    )
}
