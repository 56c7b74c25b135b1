//! Steps: what an admin, a client or the clock does next. There are few names and users, so that they collide.

use crate::support::streams::Kill;

/// Names, each with a number that is the same for names that differ only in case. One is the address of a user, which no new
/// partner can have as a name.
pub const NAMES: [(&str, usize); 7] = [
    ("alpha", 0),
    ("ALPHA", 0),
    ("Straße 7", 1),
    ("STRASSE 7", 1),
    ("=beta", 2),
    ("ann@x.org", 3),
    ("filled-5", 100),
];

/// Returns whether no passcode may have this one of [`NAMES`], because it looks like the address of a user.
pub fn is_reserved(name: usize) -> bool {
    NAMES[name].0.contains('@')
}

/// Addresses of users, each with such a number.
pub const USERS: [(&str, usize); 4] =
    [("ann@x.org", 3), ("Ann@X.org", 3), ("bob@x.org", 4), ("eve@x.org", 5)];
/// Account IDs for `account add`.
pub const ACCOUNT_IDS: [&str; 2] = ["948-4KK-444Z", "TEST-777-RWZ-555Z"];
/// An Account ID that no account has.
pub const UNKNOWN_ACCOUNT: &str = "000-000-0000";
/// Reasons of revocations.
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

/// A reference to a credential, as typed by an admin.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// The id of the credential with this number.
    Nth(usize),
    /// A unique beginning of that id.
    PartialId(usize),
    Name(usize),
    User(usize),
    Unknown,
}

/// A lifetime option of a command.
#[derive(Clone, Copy, Debug)]
pub enum LifetimeChoice {
    Days(u16),
    /// Seconds after the current time of the clock.
    Until(i64),
    Infinite,
    Forever,
}

/// A move of the clock. The first number selects a credential, the second is an offset in seconds.
#[derive(Clone, Copy, Debug)]
pub enum ClockMove {
    Seconds(i64),
    /// To the expiry of a credential.
    Expiry(usize, i64),
    /// To the instant from which a credential is expiring.
    Expiring(usize, i64),
    /// To the end of an overlap.
    Overlap(usize, i64),
}

/// A secret for `verify`.
#[derive(Clone, Copy, Debug)]
pub enum SecretChoice {
    Nth(usize),
    Unknown,
    Malformed,
}

/// How a secret is presented to `verify`.
#[derive(Clone, Copy, Debug)]
pub enum Presentation {
    /// On stdin, with `--account` if given.
    Alone(Option<AccountChoice>),
    /// In the headers for passcodes.
    Passcode(AccountChoice),
    /// In the header `Authorization`.
    Bearer(Option<AccountChoice>),
}

/// What becomes of a new secret on stdout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    #[default]
    Shown,
    /// stdout is closed.
    Refused,
    /// The program is killed before or after it writes the secret.
    Killed(Kill),
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

/// The changes of an edit.
#[derive(Clone, Copy, Debug)]
pub struct StepEdits {
    pub name: Option<usize>,
    pub note: Option<bool>,
    pub lifetime: Option<LifetimeChoice>,
    pub introspect: Option<bool>,
}

/// The options of a reset.
#[derive(Clone, Copy, Debug)]
pub struct ResetChoice {
    /// In hours.
    pub overlap: Option<u32>,
    pub until_used: bool,
    pub end_retiring: bool,
    pub lifetime: Option<LifetimeChoice>,
}

#[derive(Clone, Debug)]
pub enum Step {
    Create {
        options: StepOptions,
        name: usize,
        lifetime: LifetimeChoice,
        note: bool,
        if_missing: bool,
        out: bool,
    },
    Grant {
        options: StepOptions,
        user: usize,
        lifetime: LifetimeChoice,
        note: bool,
    },
    GrantFrom {
        options: StepOptions,
        rows: Vec<(usize, Option<LifetimeChoice>)>,
        lifetime: Option<LifetimeChoice>,
    },
    Edit {
        options: StepOptions,
        target: Target,
        edits: StepEdits,
    },
    Reset {
        options: StepOptions,
        targets: Vec<Target>,
        reset: ResetChoice,
        delivery: Delivery,
    },
    Revoke {
        options: StepOptions,
        targets: Vec<Target>,
        reason: Option<usize>,
    },
    Delete {
        options: StepOptions,
        targets: Vec<Target>,
    },
    DeleteExpired {
        options: StepOptions,
        older_than: Option<u32>,
    },
    AccountAdd {
        options: StepOptions,
        id: Option<usize>,
        users_only: bool,
    },
    AccountEdit {
        options: StepOptions,
        users_only: bool,
    },
    Verify {
        secret: SecretChoice,
        presentation: Presentation,
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
        target: Target,
    },
    Time(ClockMove),
}

impl Step {
    /// Returns the global arguments of a change; `None` for a step that is not one.
    pub fn options(&self) -> Option<&StepOptions> {
        match self {
            Step::Create { options, .. }
            | Step::Grant { options, .. }
            | Step::GrantFrom { options, .. }
            | Step::Edit { options, .. }
            | Step::Reset { options, .. }
            | Step::Revoke { options, .. }
            | Step::Delete { options, .. }
            | Step::DeleteExpired { options, .. }
            | Step::AccountAdd { options, .. }
            | Step::AccountEdit { options, .. } => Some(options),
            Step::Verify { .. }
            | Step::Check { .. }
            | Step::List(_)
            | Step::Show { .. }
            | Step::Time(_) => None,
        }
    }
}
