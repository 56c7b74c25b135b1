//! The model: what the product's description says must happen, in memory and without the product's own code.

use std::fmt;

use chrono::{DateTime, Datelike, Utc};

use super::{
    expected::Expected,
    rules::Rules,
    step::{Desk, Life, NAMES, Named, USERS, Who},
    verdict::{Facts, Held, Verdict, verdict},
};

pub const DAY: i64 = 86_400;

/// An account, by its number in the order of creation.
#[derive(Clone, Debug)]
pub struct Account {
    pub given_id: Option<usize>,
    pub users_only: bool,
}

/// Whom a credential belongs to: the text, and the number that texts share which differ in case only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    pub is_user: bool,
    pub text: String,
    pub key: usize,
}

/// An old secret during an overlap.
#[derive(Clone, Copy, Debug)]
pub struct Retiring {
    pub secret: usize,
    pub until: i64,
    pub until_used: bool,
}

#[derive(Clone, Debug)]
pub struct Credential {
    pub account: usize,
    pub owner: Owner,
    pub note: bool,
    pub created: i64,
    pub life: &'static str,
    pub days: u16,
    pub end: Option<i64>,
    pub generation: u32,
    pub made: i64,
    pub current: usize,
    pub retiring: Option<Retiring>,
    pub introspect: bool,
    pub revoked: Option<(i64, Option<usize>)>,
    pub deleted: Option<i64>,
}

impl Credential {
    pub fn is_open(&self) -> bool {
        self.revoked.is_none() && self.deleted.is_none()
    }
}

/// Everything there is.
#[derive(Clone)]
pub struct Model {
    pub rules: Rules,
    /// How many account passcodes there were at the beginning.
    pub filled: usize,
    pub clock: i64,
    /// The instant of the last record; none before there is a store.
    pub last: Option<i64>,
    pub accounts: Vec<Account>,
    pub credentials: Vec<Credential>,
    /// Whose secret it is, by the number of the secret.
    pub secrets: Vec<usize>,
    pub expected: Expected,
}

/// The steps tell the rest.
impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Model({} filled, begins at {})", self.filled, stamp(self.clock))
    }
}

/// Why a command does not do it: its exit code.
pub type Refusal = u8;
pub const USAGE: Refusal = 2;
pub const MISSING: Refusal = 3;
pub const CONFLICT: Refusal = 4;
pub const FULL: Refusal = 5;
pub const CLOCK: Refusal = 7;

impl Model {
    pub fn new(rules: Rules, filled: usize, clock: i64) -> Self {
        let mut model = Self {
            rules,
            filled,
            clock,
            last: None,
            accounts: Vec::new(),
            credentials: Vec::new(),
            secrets: Vec::new(),
            expected: Expected::default(),
        };
        for number in 0..filled {
            model.found();
            let owner =
                Owner { is_user: false, text: format!("filled-{number}"), key: 95 + number };
            model.insert(0, owner, false, filled_life(number), clock).expect("a place");
        }
        model
    }

    /// The later of the clock and the last record.
    pub fn now(&self) -> i64 {
        self.clock.max(self.last.unwrap_or(self.clock))
    }

    /// A new store has one account.
    pub fn found(&mut self) {
        if self.last.is_none() {
            self.last = Some(self.clock);
            self.accounts.push(Account { given_id: None, users_only: false });
        }
    }

    /// The account and the instant of a change.
    pub fn begin(&self, desk: &Desk) -> Result<(usize, i64), Refusal> {
        let now = self.begin_anywhere(desk)?;
        let account = match desk.account {
            Some(Named::Nth(number)) => number % self.accounts.len(),
            Some(Named::Stranger) => return Err(MISSING),
            None if self.accounts.len() > 1 => return Err(USAGE),
            None => 0,
        };
        Ok((account, now))
    }

    /// The instant of a change that concerns no account.
    pub fn begin_anywhere(&self, desk: &Desk) -> Result<i64, Refusal> {
        let last = self.last.ok_or(MISSING)?;
        let is_behind = last - self.clock > 60;
        match (is_behind, desk.accept_clock) {
            (true, false) => Err(CLOCK),
            (true, true) => Ok(self.clock),
            (false, _) => Ok(self.now()),
        }
    }

    /// The accounts that are looked at.
    pub fn covered(&self, account: Option<Named>) -> Result<Vec<usize>, Refusal> {
        self.last.ok_or(MISSING)?;
        match account {
            None => Ok((0..self.accounts.len()).collect()),
            Some(Named::Nth(number)) => Ok(vec![number % self.accounts.len()]),
            Some(Named::Stranger) => Err(MISSING),
        }
    }

    pub fn state(&self, credential: &Credential, now: i64) -> &'static str {
        let end = credential.end.unwrap_or(i64::MAX);
        if credential.deleted.is_some() {
            "deleted"
        } else if credential.revoked.is_some() {
            "revoked"
        } else if self.rules.is_over(end, now) {
            "expired"
        } else if end.saturating_sub(now) <= self.rules.expiring {
            "expiring"
        } else {
            "active"
        }
    }

    pub fn is_live(&self, credential: &Credential, now: i64) -> bool {
        matches!(self.state(credential, now), "active" | "expiring")
    }

    /// What a secret opens.
    pub fn verdict(&self, secret: usize, account: Option<Named>, other_region: bool) -> Verdict {
        let credential = &self.credentials[self.secrets[secret]];
        let named = match account {
            Some(Named::Nth(number)) => Some(number % self.accounts.len()),
            Some(Named::Stranger) => Some(usize::MAX),
            None => None,
        };
        let held = match credential.retiring {
            _ if credential.current == secret => Held::Current,
            Some(old) if old.secret == secret => {
                Held::Retiring(old.until + self.rules.overlap_late)
            }
            _ => Held::Replaced,
        };
        let facts = Facts {
            other_account_named: named.is_some_and(|named| named != credential.account),
            is_deleted: credential.deleted.is_some(),
            is_revoked: credential.revoked.is_some(),
            held,
            end: credential.end.map(|end| end + self.rules.end_late),
            is_account_passcode: !credential.owner.is_user,
            users_only: self.accounts[credential.account].users_only,
            other_region,
        };
        verdict(&facts, self.now())
    }

    /// All account passcodes that are not deleted, expired and revoked ones too.
    pub fn places_taken(&self, account: usize) -> usize {
        let takes =
            |c: &&Credential| c.account == account && !c.owner.is_user && c.deleted.is_none();
        self.credentials.iter().filter(takes).count()
    }

    /// Who holds a name or an address: not deleted; of a user's the one not revoked, else the newest.
    pub fn holder(&self, account: usize, is_user: bool, owner: &Owner) -> Option<usize> {
        let holds = |number: &usize| {
            let c = &self.credentials[*number];
            let same = if self.rules.exact_names {
                c.owner.text == owner.text
            } else {
                c.owner.key == owner.key
            };
            c.account == account && c.owner.is_user == is_user && same && c.deleted.is_none()
        };
        let all: Vec<usize> = (0..self.credentials.len()).filter(holds).collect();
        let open = all.iter().find(|number| self.credentials[**number].is_open());
        open.or(all.last()).copied()
    }

    /// The one credential that a reference names.
    pub fn resolve(&self, who: Who, accounts: &[usize], ends: bool) -> Result<usize, Refusal> {
        let covered = |number: usize| accounts.contains(&self.credentials[number].account);
        let whole = |number: usize| match self.credentials.len() {
            0 => Err(MISSING),
            all if covered(number % all) => Ok(number % all),
            _ => Err(MISSING),
        };
        match who {
            Who::Nth(number) => whole(number),
            Who::Beginning(number) => {
                let number = whole(number)?;
                // A verb that ends something takes no beginnings where nobody looks.
                if ends { Err(USAGE) } else { Ok(number) }
            }
            Who::Nobody => Err(MISSING),
            Who::Name(_) | Who::User(_) => {
                for is_user in [false, true] {
                    let found: Vec<usize> = accounts
                        .iter()
                        .filter_map(|account| self.holder(*account, is_user, &owner_of(who)))
                        .collect();
                    match found.as_slice() {
                        [] => {}
                        [one] => return Ok(*one),
                        _ => return Err(CONFLICT),
                    }
                }
                Err(MISSING)
            }
        }
    }

    /// All that are named, each once; the first that can't be found is told.
    pub fn resolve_all(&self, who: &[Who], account: usize) -> Result<Vec<usize>, Refusal> {
        let mut all = Vec::new();
        for who in who {
            let number = self.resolve(*who, &[account], true)?;
            if !all.contains(&number) {
                all.push(number);
            }
        }
        Ok(all)
    }

    /// When a lifetime that begins now ends.
    pub fn end(&self, life: Life, now: i64) -> Result<Option<i64>, Refusal> {
        match life {
            Life::Days(days) => Ok(Some(now + i64::from(days) * DAY)),
            Life::Infinite => Ok(Some(ten_years_after(now))),
            Life::Forever => Ok(None),
            Life::Until(seconds) => {
                let end = self.clock + seconds;
                if end <= now || end > now + 365 * DAY { Err(USAGE) } else { Ok(Some(end)) }
            }
        }
    }

    /// Adds a credential with its first secret.
    pub fn insert(
        &mut self,
        account: usize,
        owner: Owner,
        note: bool,
        life: Life,
        now: i64,
    ) -> Result<usize, Refusal> {
        let end = self.end(life, now)?;
        if owner.is_user && end.is_none() {
            return Err(USAGE);
        }
        let number = self.credentials.len();
        let (life, days) = word_of(life);
        self.credentials.push(Credential {
            account,
            owner,
            note,
            created: now,
            life,
            days,
            end,
            generation: 1,
            made: now,
            current: self.secrets.len(),
            retiring: None,
            introspect: false,
            revoked: None,
            deleted: None,
        });
        self.secrets.push(number);
        self.last = Some(now);
        Ok(number)
    }

    /// Gives a credential a new lifetime; its old secret never outlives it.
    pub fn set_life(&mut self, number: usize, life: Life, now: i64) -> Result<(), Refusal> {
        let end = self.end(life, now)?;
        let credential = &mut self.credentials[number];
        if credential.owner.is_user && end.is_none() {
            return Err(USAGE);
        }
        (credential.life, credential.days) = word_of(life);
        credential.end = end;
        if let (Some(old), Some(end)) = (&mut credential.retiring, end) {
            old.until = old.until.min(end);
        }
        Ok(())
    }
}

/// Whom a name or address means.
pub fn owner_of(who: Who) -> Owner {
    let (is_user, (text, key)) = match who {
        Who::Name(number) => (false, NAMES[number]),
        Who::User(number) => (true, USERS[number]),
        Who::Nth(_) | Who::Beginning(_) | Who::Nobody => (false, ("nobody-here", usize::MAX)),
    };
    Owner { is_user, text: text.to_owned(), key }
}

/// The lifetimes of those that are there at the beginning: some end soon.
pub fn filled_life(number: usize) -> Life {
    match number % 4 {
        0 => Life::Days(number as u16 + 1),
        1 => Life::Infinite,
        _ => Life::Forever,
    }
}

fn word_of(life: Life) -> (&'static str, u16) {
    match life {
        Life::Days(days) => ("days", days),
        Life::Until(_) => ("until", 0),
        Life::Infinite => ("infinite", 0),
        Life::Forever => ("forever", 0),
    }
}

/// Ten calendar years; 29 February ends on 28 February.
fn ten_years_after(seconds: i64) -> i64 {
    let then = calendar(seconds);
    let later = then.with_year(then.year() + 10);
    let later = later.or_else(|| then.with_day(28)?.with_year(then.year() + 10));
    later.expect("a year before 10,000").timestamp()
}

/// RFC 3339.
pub fn stamp(seconds: i64) -> String {
    calendar(seconds).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn calendar(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).expect("an instant")
}
