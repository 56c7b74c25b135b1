//! Steps: what an admin, a gate or the clock may do next. Few names and users, so that they meet.

use proptest::{prelude::*, sample::select};

use super::reference::Model;

/// Names with the number that those share which differ in case only; one is a user's address.
pub const NAMES: [(&str, usize); 7] = [
    ("alpha", 0),
    ("ALPHA", 0),
    ("Straße 7", 1),
    ("STRASSE 7", 1),
    ("=beta", 2),
    ("ann@x.org", 3),
    ("filled-5", 100),
];
/// Users, likewise.
pub const USERS: [(&str, usize); 4] =
    [("ann@x.org", 3), ("Ann@X.org", 3), ("bob@x.org", 4), ("eve@x.org", 5)];
/// Account IDs that may be given to `account add`.
pub const ACCOUNT_IDS: [&str; 2] = ["948-4KK-444Z", "TEST-777-RWZ-555Z"];
/// One that nobody has.
pub const UNKNOWN_ACCOUNT: &str = "000-000-0000";
/// Why something is revoked.
pub const REASONS: [&str; 4] =
    ["key-compromise", "superseded", "no-longer-needed", "privilege-withdrawn"];
/// The longest overlap, in hours.
pub const LONGEST_OVERLAP: u32 = 30 * 24;

/// The global arguments of a change.
#[derive(Clone, Debug)]
pub struct StepOptions {
    pub account: Option<AccountChoice>,
    pub yes: bool,
    pub dry_run: bool,
    pub accept_clock: bool,
}

/// An account by number, or one that does not exist.
#[derive(Clone, Copy, Debug)]
pub enum AccountChoice {
    Nth(usize),
    Unknown,
}

/// What an admin types to name a credential.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// The whole id of the credential with this number.
    Nth(usize),
    /// The beginning of that id.
    Beginning(usize),
    Name(usize),
    User(usize),
    Nobody,
}

/// A lifetime as it is asked for.
#[derive(Clone, Copy, Debug)]
pub enum LifetimeChoice {
    Days(u16),
    /// Seconds from what the clock says.
    Until(i64),
    Infinite,
    Forever,
}

/// How the clock moves; numbers pick a credential.
#[derive(Clone, Copy, Debug)]
pub enum ClockMove {
    Seconds(i64),
    /// To the end of a credential, and so many seconds past it.
    End(usize, i64),
    /// To where it begins to expire.
    Expiring(usize, i64),
    /// To the end of an overlap.
    Overlap(usize, i64),
}

/// A presented secret.
#[derive(Clone, Copy, Debug)]
pub enum SecretChoice {
    Nth(usize),
    Unknown,
    Malformed,
}

/// How it is presented.
#[derive(Clone, Copy, Debug)]
pub enum Presentation {
    Alone(Option<AccountChoice>),
    Passcode(AccountChoice),
    Bearer(Option<AccountChoice>),
}

/// The filters of `list`.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub account: Option<usize>,
    pub is_unknown_account: bool,
    pub kind: Option<&'static str>,
    pub state: Option<&'static str>,
    pub expiring: Option<u32>,
    pub unused: Option<u32>,
    pub user: Option<usize>,
    pub name: Option<&'static str>,
    pub sort: Option<&'static str>,
    pub limit: Option<usize>,
    pub all: bool,
    pub at: Option<i64>,
}

/// What an edit is to change.
#[derive(Clone, Copy, Debug)]
pub struct StepEdits {
    pub name: Option<usize>,
    pub note: Option<bool>,
    pub life: Option<LifetimeChoice>,
    pub introspect: Option<bool>,
}

#[derive(Clone, Debug)]
pub enum Step {
    Create {
        desk: StepOptions,
        name: usize,
        life: LifetimeChoice,
        note: bool,
        if_missing: bool,
        out: bool,
    },
    Grant {
        desk: StepOptions,
        user: usize,
        life: LifetimeChoice,
        note: bool,
    },
    GrantFrom {
        desk: StepOptions,
        rows: Vec<(usize, Option<LifetimeChoice>)>,
        life: Option<LifetimeChoice>,
    },
    Edit {
        desk: StepOptions,
        who: Target,
        edits: StepEdits,
    },
    Reset {
        desk: StepOptions,
        who: Vec<Target>,
        overlap: Option<u32>,
        until_used: bool,
        life: Option<LifetimeChoice>,
    },
    Revoke {
        desk: StepOptions,
        who: Vec<Target>,
        reason: Option<usize>,
    },
    Delete {
        desk: StepOptions,
        who: Vec<Target>,
    },
    DeleteExpired {
        desk: StepOptions,
        older_than: Option<u32>,
    },
    AccountAdd {
        desk: StepOptions,
        id: Option<usize>,
        users_only: bool,
    },
    AccountEdit {
        desk: StepOptions,
        users_only: bool,
    },
    Verify {
        which: SecretChoice,
        how: Presentation,
        other_region: bool,
    },
    Check {
        account: Option<AccountChoice>,
        warn: u32,
        crit: u32,
    },
    List(Filter),
    Show {
        account: Option<AccountChoice>,
        who: Target,
    },
    Time(ClockMove),
}

/// What may come next.
pub fn steps(model: &Model) -> BoxedStrategy<Step> {
    let (accounts, credentials) = (model.accounts.len().max(1), model.credentials.len().max(1));
    let recent = credentials.saturating_sub(12)..credentials;
    let desk = || options(accounts);
    let who = || target(recent.clone(), credentials);
    let owners: Vec<usize> = model.credentials.iter().map(|one| one.account).collect();
    let aimed = |all: BoxedStrategy<Vec<Target>>| target_actions(all, desk(), owners.clone());
    let some = || aimed(targets(who()).boxed());
    let named = || account_choice(accounts);
    let (name, user) = (|| 0..NAMES.len(), || 0..USERS.len());
    prop_oneof![
        6 => (desk(), name(), lifetime(), any::<bool>(), rare(), rare()).prop_map(
            |(desk, name, life, note, if_missing, out)| Step::Create { desk, name, life, note, if_missing, out }),
        5 => (desk(), user(), lifetime(), any::<bool>())
            .prop_map(|(desk, user, life, note)| Step::Grant { desk, user, life, note }),
        1 => (desk(), prop::collection::vec((user(), prop::option::of(import_lifetime())), 0..4), prop::option::weighted(0.8, import_lifetime()))
            .prop_map(|(desk, rows, life)| Step::GrantFrom { desk, rows, life }),
        4 => (aimed(who().prop_map(|who| vec![who]).boxed()), step_edits())
            .prop_map(|((desk, who), edits)| Step::Edit { desk, who: who[0], edits }),
        5 => (some(), prop::option::weighted(0.6, overlap()), rare(), prop::option::weighted(0.25, lifetime())).prop_map(
            |((desk, who), overlap, until_used, life)| Step::Reset { desk, who, overlap, until_used, life }),
        2 => (some(), prop::option::of(0..REASONS.len()))
            .prop_map(|((desk, who), reason)| Step::Revoke { desk, who, reason }),
        2 => some().prop_map(|(desk, who)| Step::Delete { desk, who }),
        1 => (desk(), prop::option::of(0..40u32))
            .prop_map(|(desk, older_than)| Step::DeleteExpired { desk, older_than }),
        1 => (desk(), select(if accounts < 3 { vec![None, Some(0), Some(1)] } else { vec![Some(0), Some(1)] }), rare())
            .prop_map(|(desk, id, users_only)| Step::AccountAdd { desk, id, users_only }),
        1 => (desk(), any::<bool>()).prop_map(|(desk, users_only)| Step::AccountEdit { desk, users_only }),
        3 => (secret_choice(model.secrets.len().max(1)), presentation(accounts), rare())
            .prop_map(|(which, how, other_region)| Step::Verify { which, how, other_region }),
        1 => (prop::option::weighted(0.3, named()), 0..60u32, prop_oneof![0..60u32, 0..3u32])
            .prop_map(|(account, warn, crit)| Step::Check { account, warn, crit }),
        1 => filter(accounts).prop_map(Step::List),
        2 => (prop::option::weighted(0.3, named()), who())
            .prop_map(|(account, who)| Step::Show { account, who }),
        7 => clock_move(recent, credentials).prop_map(Step::Time),
    ]
    .boxed()
}

fn rare() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.15)
}

/// With several accounts one is mostly chosen: a change without is refused.
fn options(accounts: usize) -> impl Strategy<Value = StepOptions> {
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

/// References, mostly with the account that the first of them belongs to.
fn target_actions(
    who: BoxedStrategy<Vec<Target>>,
    desk: impl Strategy<Value = StepOptions>,
    owners: Vec<usize>,
) -> impl Strategy<Value = (StepOptions, Vec<Target>)> {
    (desk, who, prop::bool::weighted(0.8)).prop_map(move |(mut desk, who, is_aimed)| {
        if let (true, Some(Target::Nth(number)), Some(_)) = (is_aimed, who.first(), desk.account) {
            desk.account = owners.get(*number).copied().map(AccountChoice::Nth);
        }
        (desk, who)
    })
}

fn account_choice(accounts: usize) -> impl Strategy<Value = AccountChoice> {
    prop_oneof![15 => (0..accounts).prop_map(AccountChoice::Nth), 1 => Just(AccountChoice::Unknown)]
}

fn target(recent: std::ops::Range<usize>, all: usize) -> BoxedStrategy<Target> {
    prop_oneof![
        9 => recent.prop_map(Target::Nth),
        1 => (0..all).prop_map(Target::Nth),
        1 => (0..all).prop_map(Target::Beginning),
        6 => (0..NAMES.len()).prop_map(Target::Name),
        5 => (0..USERS.len()).prop_map(Target::User),
        1 => Just(Target::Nobody),
    ]
    .boxed()
}

fn targets(who: BoxedStrategy<Target>) -> impl Strategy<Value = Vec<Target>> {
    prop_oneof![
        4 => who.clone().prop_map(|who| vec![who]),
        1 => prop::collection::vec(who, 2..4),
    ]
}

fn step_edits() -> impl Strategy<Value = StepEdits> {
    let maybe = |chance| prop::option::weighted(chance, any::<bool>());
    let name = prop::option::weighted(0.4, 0..NAMES.len());
    let parts = (name, maybe(0.3), prop::option::weighted(0.4, lifetime()), maybe(0.2));
    parts.prop_map(|(name, note, life, introspect)| StepEdits { name, note, life, introspect })
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

/// Lifetimes as an import takes them.
fn import_lifetime() -> impl Strategy<Value = LifetimeChoice> {
    prop_oneof![(1..=365u16).prop_map(LifetimeChoice::Days), Just(LifetimeChoice::Infinite)]
}

fn overlap() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 1..24 * 9u32, 1 => select(vec![0, LONGEST_OVERLAP, LONGEST_OVERLAP + 1])]
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
        4 => (one.clone(), delta()).prop_map(|(one, delta)| ClockMove::End(one, delta)),
        2 => (one.clone(), delta()).prop_map(|(one, delta)| ClockMove::Expiring(one, delta)),
        4 => (one, delta()).prop_map(|(one, delta)| ClockMove::Overlap(one, delta)),
    ]
}

fn filter(accounts: usize) -> impl Strategy<Value = Filter> {
    let of = |words: &'static [&'static str]| prop::option::weighted(0.3, select(words));
    let whose = (
        prop::option::of(0..accounts),
        prop::bool::weighted(0.05),
        prop::option::weighted(0.3, 0..USERS.len()),
    );
    let what = (
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
    (whose, what, page).prop_map(
        |(
            (account, is_stranger, user),
            (kind, state, name, expiring, unused, at),
            (sort, limit, all),
        )| {
            Filter {
                account,
                is_unknown_account: is_stranger,
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
