//! The model: what the documentation says must happen, in memory and without the code of the program.

use std::fmt;

use super::{
    calendar::{DAY, rfc3339, ten_years_after},
    decision::expected::{ExpectedDecision, Facts, PresentedSecret, expected_decision},
    expected::Expected,
    rules::Rules,
    step::{AccountChoice, LifetimeChoice, NAMES, StepOptions, Target, USERS},
};

/// An account. Its index is its number in the order of creation.
#[derive(Clone, Debug)]
pub struct Account {
    pub given_id: Option<usize>,
    pub users_only: bool,
}

/// The name or address of a credential, with a number that is the same for texts that differ only in case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub is_user: bool,
    pub text: String,
    pub key: usize,
}

/// The previous secret during an overlap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retiring {
    pub secret: usize,
    pub until: i64,
    pub until_used: bool,
}

/// The new secret of a reset that was not completed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Undelivered {
    pub created_at: i64,
    /// The secret; `None` if nobody saw it.
    pub secret: Option<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Credential {
    pub account: usize,
    pub subject: Subject,
    pub note: bool,
    pub created_at: i64,
    pub lifetime: &'static str,
    pub days: u16,
    pub expiry: Option<i64>,
    pub generation: u32,
    pub secret_created: i64,
    pub current: usize,
    pub retiring: Option<Retiring>,
    pub undelivered: Option<Undelivered>,
    pub introspect: bool,
    pub revoked: Option<(i64, Option<usize>)>,
    pub deleted: Option<i64>,
}

impl Credential {
    pub fn is_not_ended(&self) -> bool {
        self.revoked.is_none() && self.deleted.is_none()
    }
}

/// The state of the store and the clock, and the expected output of the last step.
#[derive(Clone)]
pub struct Model {
    pub rules: Rules,
    /// The number of account passcodes at first.
    pub prefilled: usize,
    pub clock: i64,
    /// The instant of the last audit record; `None` without a store.
    pub last_record: Option<i64>,
    pub accounts: Vec<Account>,
    pub credentials: Vec<Credential>,
    /// The number of the credential of each secret.
    pub secrets: Vec<usize>,
    pub expected: Expected,
}

/// Only the initial state: the steps are printed with it.
impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Model({} filled, begins at {})", self.prefilled, rfc3339(self.clock))
    }
}

/// The exit code of a command that fails.
pub type Refusal = u8;
pub const FAILED: Refusal = 1;
pub const USAGE: Refusal = 2;
pub const MISSING: Refusal = 3;
pub const CONFLICT: Refusal = 4;
pub const LIMIT_REACHED: Refusal = 5;
pub const CLOCK: Refusal = 7;

impl Model {
    pub fn new(rules: Rules, filled: usize, clock: i64) -> Self {
        let mut model = Self {
            rules,
            prefilled: filled,
            clock,
            last_record: None,
            accounts: Vec::new(),
            credentials: Vec::new(),
            secrets: Vec::new(),
            expected: Expected::default(),
        };
        for number in 0..filled {
            model.init_store();
            let subject =
                Subject { is_user: false, text: format!("filled-{number}"), key: 95 + number };
            model
                .insert(0, subject, false, prefilled_lifetime(number), clock)
                .expect("a free slot");
        }
        model
    }

    /// Returns the later of the clock and the last record.
    pub fn now(&self) -> i64 {
        self.clock.max(self.last_record.unwrap_or(self.clock))
    }

    /// Creates the store with one account, unless it exists.
    pub fn init_store(&mut self) {
        if self.last_record.is_none() {
            self.last_record = Some(self.clock);
            self.accounts.push(Account { given_id: None, users_only: false });
        }
    }

    /// Returns the account and the instant of a change.
    pub fn begin(&self, options: &StepOptions) -> Result<(usize, i64), Refusal> {
        let now = self.begin_anywhere(options)?;
        let account = match options.account {
            Some(AccountChoice::Nth(number)) => number % self.accounts.len(),
            Some(AccountChoice::Unknown) => return Err(MISSING),
            None if self.accounts.len() > 1 => return Err(USAGE),
            None => 0,
        };
        Ok((account, now))
    }

    /// Returns the instant of a change that concerns no account.
    pub fn begin_anywhere(&self, options: &StepOptions) -> Result<i64, Refusal> {
        let last = self.last_record.ok_or(MISSING)?;
        let is_behind = last - self.clock > 60;
        match (is_behind, options.accept_clock) {
            (true, false) => Err(CLOCK),
            (true, true) => Ok(self.clock),
            (false, _) => Ok(self.now()),
        }
    }

    /// Returns the accounts that a query covers.
    pub fn accounts_in_scope(&self, account: Option<AccountChoice>) -> Result<Vec<usize>, Refusal> {
        self.last_record.ok_or(MISSING)?;
        match account {
            None => Ok((0..self.accounts.len()).collect()),
            Some(AccountChoice::Nth(number)) => Ok(vec![number % self.accounts.len()]),
            Some(AccountChoice::Unknown) => Err(MISSING),
        }
    }

    pub fn state(&self, credential: &Credential, now: i64) -> &'static str {
        let end = credential.expiry.unwrap_or(i64::MAX);
        if credential.deleted.is_some() {
            "deleted"
        } else if credential.revoked.is_some() {
            "revoked"
        } else if self.rules.has_passed(end, now) {
            "expired"
        } else if end.saturating_sub(now) <= self.rules.expiring_threshold {
            "expiring"
        } else {
            "active"
        }
    }

    pub fn is_live(&self, credential: &Credential, now: i64) -> bool {
        matches!(self.state(credential, now), "active" | "expiring")
    }

    /// Returns the decision about a secret.
    pub fn expected_decision(
        &self,
        secret: usize,
        account: Option<AccountChoice>,
        other_region: bool,
    ) -> ExpectedDecision {
        let credential = &self.credentials[self.secrets[secret]];
        let named = match account {
            Some(AccountChoice::Nth(number)) => Some(number % self.accounts.len()),
            Some(AccountChoice::Unknown) => Some(usize::MAX),
            None => None,
        };
        let presented = match credential.retiring {
            _ if credential.current == secret => PresentedSecret::Current,
            _ if credential.undelivered.is_some_and(|new| new.secret == Some(secret)) => {
                PresentedSecret::Undelivered
            }
            Some(old) if old.secret == secret => {
                PresentedSecret::Retiring(old.until + self.rules.overlap_delay)
            }
            _ => PresentedSecret::Replaced,
        };
        let facts = Facts {
            other_account_named: named.is_some_and(|named| named != credential.account),
            is_deleted: credential.deleted.is_some(),
            is_revoked: credential.revoked.is_some(),
            presented,
            expiry: credential.expiry.map(|end| end + self.rules.expiry_delay),
            is_account_passcode: !credential.subject.is_user,
            users_only: self.accounts[credential.account].users_only,
            other_region,
        };
        expected_decision(&facts, self.now())
    }

    /// Counts the account passcodes that are not deleted, including expired and revoked ones.
    pub fn slots_taken(&self, account: usize) -> usize {
        let takes =
            |c: &&Credential| c.account == account && !c.subject.is_user && c.deleted.is_none();
        self.credentials.iter().filter(takes).count()
    }

    /// Returns the holder of a name or an address: among those not deleted, the one not revoked, else the newest.
    pub fn holder(&self, account: usize, is_user: bool, subject: &Subject) -> Option<usize> {
        let holds = |number: &usize| {
            let c = &self.credentials[*number];
            let same = if self.rules.case_sensitive_names {
                c.subject.text == subject.text
            } else {
                c.subject.key == subject.key
            };
            c.account == account && c.subject.is_user == is_user && same && c.deleted.is_none()
        };
        let all: Vec<usize> = (0..self.credentials.len()).filter(holds).collect();
        let current = all.iter().find(|number| self.credentials[**number].is_not_ended());
        current.or(all.last()).copied()
    }

    /// Returns the credential that a reference names.
    pub fn resolve(
        &self,
        target: Target,
        accounts: &[usize],
        ends: bool,
    ) -> Result<usize, Refusal> {
        let is_covered = |number: usize| accounts.contains(&self.credentials[number].account);
        let whole = |number: usize| match self.credentials.len() {
            0 => Err(MISSING),
            all if is_covered(number % all) => Ok(number % all),
            _ => Err(MISSING),
        };
        match target {
            Target::Nth(number) => whole(number),
            Target::PartialId(number) => {
                let number = whole(number)?;
                // Commands that end something accept no partial id without a terminal.
                if ends { Err(USAGE) } else { Ok(number) }
            }
            Target::Unknown => Err(MISSING),
            Target::Name(_) | Target::User(_) => {
                let subject = subject_of(target);
                let kinds = [false, true].into_iter();
                let names = kinds.flat_map(|is_user| accounts.iter().map(move |at| (*at, is_user)));
                let found: Vec<usize> = names
                    .filter_map(|(account, is_user)| self.holder(account, is_user, &subject))
                    .collect();
                match found.as_slice() {
                    [] => Err(MISSING),
                    [one] => Ok(*one),
                    _ => Err(CONFLICT),
                }
            }
        }
    }

    /// Returns all credentials that are named, each once, or the error of the first that is not found.
    pub fn resolve_all(&self, targets: &[Target], account: usize) -> Result<Vec<usize>, Refusal> {
        let mut all = Vec::new();
        for target in targets {
            let number = self.resolve(*target, &[account], true)?;
            if !all.contains(&number) {
                all.push(number);
            }
        }
        Ok(all)
    }

    /// Returns the expiry of a lifetime that begins now.
    pub fn expiry(&self, lifetime: LifetimeChoice, now: i64) -> Result<Option<i64>, Refusal> {
        match lifetime {
            LifetimeChoice::Days(days) => Ok(Some(now + i64::from(days) * DAY)),
            LifetimeChoice::Infinite => Ok(Some(ten_years_after(now))),
            LifetimeChoice::Forever => Ok(None),
            LifetimeChoice::Until(seconds) => {
                let end = self.clock + seconds;
                if end <= now || end > now + 365 * DAY { Err(USAGE) } else { Ok(Some(end)) }
            }
        }
    }

    /// Adds a credential with its first secret.
    pub fn insert(
        &mut self,
        account: usize,
        subject: Subject,
        note: bool,
        lifetime: LifetimeChoice,
        now: i64,
    ) -> Result<usize, Refusal> {
        let end = self.expiry(lifetime, now)?;
        if subject.is_user && end.is_none() {
            return Err(USAGE);
        }
        let number = self.credentials.len();
        let (lifetime, days) = lifetime_fields(lifetime);
        self.credentials.push(Credential {
            account,
            subject,
            note,
            created_at: now,
            lifetime,
            days,
            expiry: end,
            generation: 1,
            secret_created: now,
            current: self.secrets.len(),
            retiring: None,
            undelivered: None,
            introspect: false,
            revoked: None,
            deleted: None,
        });
        self.secrets.push(number);
        self.last_record = Some(now);
        Ok(number)
    }

    /// Sets a new lifetime. The previous secret never outlasts it.
    pub fn set_lifetime(
        &mut self,
        number: usize,
        lifetime: LifetimeChoice,
        now: i64,
    ) -> Result<(), Refusal> {
        let end = self.expiry(lifetime, now)?;
        let credential = &mut self.credentials[number];
        if credential.subject.is_user && end.is_none() {
            return Err(USAGE);
        }
        (credential.lifetime, credential.days) = lifetime_fields(lifetime);
        credential.expiry = end;
        if let (Some(old), Some(end)) = (&mut credential.retiring, end) {
            old.until = old.until.min(end);
        }
        Ok(())
    }
}

/// Returns the subject that a reference by name or address means.
pub fn subject_of(target: Target) -> Subject {
    let (is_user, (text, key)) = match target {
        Target::Name(number) => (false, NAMES[number]),
        Target::User(number) => (true, USERS[number]),
        Target::Nth(_) | Target::PartialId(_) | Target::Unknown => {
            (false, ("nobody-here", usize::MAX))
        }
    };
    Subject { is_user, text: text.to_owned(), key }
}

/// Returns the lifetime of a credential of a prefilled store; some expire soon.
pub fn prefilled_lifetime(number: usize) -> LifetimeChoice {
    match number % 4 {
        0 => LifetimeChoice::Days(number as u16 + 1),
        1 => LifetimeChoice::Infinite,
        _ => LifetimeChoice::Forever,
    }
}

fn lifetime_fields(lifetime: LifetimeChoice) -> (&'static str, u16) {
    match lifetime {
        LifetimeChoice::Days(days) => ("days", days),
        LifetimeChoice::Until(_) => ("until", 0),
        LifetimeChoice::Infinite => ("infinite", 0),
        LifetimeChoice::Forever => ("forever", 0),
    }
}
