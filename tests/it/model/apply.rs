//! What each step does to the model, and what the program must answer.

use serde_json::json;

use super::{
    expected::Expected,
    reference::{
        Account, CONFLICT, Credential, DAY, LIMIT_REACHED, Model, Refusal, Retiring, USAGE,
        subject_of,
    },
    step::{
        ClockMove, LONGEST_OVERLAP, LifetimeChoice, Step, StepEdits, StepOptions, Target, USERS,
    },
};

/// A secret that nobody has, and one that is none.
pub const UNKNOWN_SECRET: &str = "gpa_0000000000000000000000000000000000000000000";
pub const UNKNOWN_SECRET_CHECKSUM: &str = "09zkQF";

impl Model {
    /// The model after a step, with what the program must answer to it.
    pub fn after(mut self, step: &Step) -> Self {
        self.expected =
            Expected { words: self.words(step), input: self.input(step), ..Expected::default() };
        let before = self.clone();
        let done = self.apply(step);
        let is_dry = options_of(step).is_some_and(|desk| desk.dry_run);
        if done.is_err() || is_dry {
            // All or nothing; only a new store stays.
            let is_new = before.last_record.is_none() && self.last_record.is_some();
            let expected = std::mem::take(&mut self.expected);
            self = before;
            if is_new {
                self.init_store();
            }
            self.expected = Expected { printed_credentials: None, ..expected };
        }
        self.expected.issues_secrets &= done.is_ok() && !is_dry;
        self.expected.is_dry = is_dry;
        if let Err(exit) = done {
            self.expected.exit = exit;
        }
        self
    }

    fn apply(&mut self, step: &Step) -> Result<(), Refusal> {
        match step {
            Step::Create { desk, name, life, note, if_missing, .. } => {
                self.ensure_store(desk, Some(*life))?;
                self.create(desk, *name, *life, *note, *if_missing)
            }
            Step::Grant { desk, user, life, note } => {
                if matches!(life, LifetimeChoice::Forever) {
                    return Err(USAGE);
                }
                self.ensure_store(desk, Some(*life))?;
                let (account, now) = self.begin(desk)?;
                let number = self.grant(account, *user, *life, *note, now)?;
                self.expect_issued(vec![number]);
                Ok(())
            }
            Step::GrantFrom { desk, rows, life } => self.grant_from(desk, rows, *life),
            Step::Edit { desk, who, edits } => self.edit(desk, *who, *edits),
            Step::Reset { desk, who, overlap, until_used, life } => {
                self.reset(desk, who, *overlap, *until_used, *life)
            }
            Step::Revoke { desk, who, reason } => {
                let (account, now) = self.begin(desk)?;
                let all = self.resolve_all(who, account)?;
                self.ensure_not_ended(&all)?;
                ensure_confirmed(desk, true)?;
                for number in &all {
                    self.credentials[*number].revoked = Some((now, *reason));
                }
                self.expect_changed(all, now);
                Ok(())
            }
            Step::Delete { desk, who } => {
                let (account, now) = self.begin(desk)?;
                let all = self.resolve_all(who, account)?;
                self.delete(desk, all, now)
            }
            Step::DeleteExpired { desk, older_than } => {
                let (account, now) = self.begin(desk)?;
                let since = now - i64::from(older_than.unwrap_or(0)) * DAY;
                let is_hit = |c: &Credential| {
                    let ended = c.expiry.is_some_and(|end| self.rules.has_passed(end, since));
                    c.account == account && c.is_not_ended() && ended
                };
                let all = self.numbers(is_hit);
                self.delete(desk, all, now)
            }
            Step::AccountAdd { desk, id, users_only } => {
                let is_first = self.last_record.is_none();
                self.ensure_store(desk, None)?;
                let now = self.begin_anywhere(desk)?;
                if is_first {
                    // The account that is added is the one that a new store has.
                    self.accounts.clear();
                }
                if id.is_some() && self.accounts.iter().any(|account| account.given_id == *id) {
                    return Err(CONFLICT);
                }
                self.accounts.push(Account { given_id: *id, users_only: *users_only });
                self.last_record = Some(now);
                Ok(())
            }
            Step::AccountEdit { desk, users_only } => {
                let (account, now) = self.begin(desk)?;
                self.accounts[account].users_only = *users_only;
                self.last_record = Some(now);
                Ok(())
            }
            Step::Verify { which, how, other_region } => self.verify(*which, *how, *other_region),
            Step::Check { account, warn, crit } => self.check(*account, *warn, *crit),
            Step::List(filter) => self.list(filter),
            Step::Show { account, who } => {
                let accounts = self.accounts_in_scope(*account)?;
                let number = self.resolve(*who, &accounts, false)?;
                self.expected.printed_credentials = Some(vec![number]);
                Ok(())
            }
            Step::Time(time) => {
                self.expected.clock_advance = self.wait(*time);
                self.clock += self.expected.clock_advance;
                Ok(())
            }
        }
    }

    /// Only a command that can make something makes a store, and not for a lifetime that can't be.
    fn ensure_store(
        &mut self,
        desk: &StepOptions,
        life: Option<LifetimeChoice>,
    ) -> Result<(), Refusal> {
        if self.last_record.is_none() {
            life.map(|life| self.expiry(life, self.clock)).transpose()?;
            if !desk.dry_run {
                self.init_store();
            }
        }
        Ok(())
    }

    fn create(
        &mut self,
        desk: &StepOptions,
        name: usize,
        life: LifetimeChoice,
        note: bool,
        if_missing: bool,
    ) -> Result<(), Refusal> {
        let (account, now) = self.begin(desk)?;
        let owner = subject_of(Target::Name(name));
        if let Some(holder) = self.holder(account, false, &owner) {
            if if_missing && self.is_live(&self.credentials[holder], now) {
                self.expected.printed_credentials = Some(vec![holder]);
                self.expected.fields.push(("created", json!(false)));
                return Ok(());
            }
            return Err(CONFLICT);
        }
        if self.slots_taken(account) >= self.rules.max_passcodes {
            return Err(LIMIT_REACHED);
        }
        let number = self.insert(account, owner, note, life, now)?;
        self.expected.fields.push(("created", json!(true)));
        self.expect_issued(vec![number]);
        Ok(())
    }

    /// One passcode of a user that is neither revoked nor deleted; an expired one makes way.
    fn grant(
        &mut self,
        account: usize,
        user: usize,
        life: LifetimeChoice,
        note: bool,
        now: i64,
    ) -> Result<usize, Refusal> {
        let owner = subject_of(Target::User(user));
        if let Some(holder) = self.holder(account, true, &owner) {
            if self.is_live(&self.credentials[holder], now) {
                return Err(CONFLICT);
            }
            if self.credentials[holder].is_not_ended() {
                self.credentials[holder].deleted = Some(now);
            }
        }
        self.insert(account, owner, note, life, now)
    }

    fn grant_from(
        &mut self,
        desk: &StepOptions,
        rows: &[(usize, Option<LifetimeChoice>)],
        life: Option<LifetimeChoice>,
    ) -> Result<(), Refusal> {
        let keys: Vec<usize> = rows.iter().map(|(user, _)| USERS[*user].1).collect();
        let is_twice = keys.iter().enumerate().any(|(at, key)| keys[..at].contains(key));
        if is_twice || rows.iter().any(|(_, own)| own.or(life).is_none()) {
            return Err(USAGE);
        }
        self.ensure_store(desk, None)?;
        let (account, now) = self.begin(desk)?;
        let mut all = Vec::new();
        for (user, own) in rows {
            let life = own.or(life).ok_or(USAGE)?;
            all.push(self.grant(account, *user, life, false, now)?);
        }
        self.expect_changed(all.clone(), now);
        self.expect_issued(all);
        Ok(())
    }

    fn edit(
        &mut self,
        desk: &StepOptions,
        who: Target,
        StepEdits { name, note, life, introspect }: StepEdits,
    ) -> Result<(), Refusal> {
        if name.is_none() && note.is_none() && life.is_none() && introspect.is_none() {
            return Err(USAGE);
        }
        let (account, now) = self.begin(desk)?;
        let number = self.resolve(who, &[account], false)?;
        self.ensure_not_ended(&[number])?;
        if let Some(name) = name {
            if self.credentials[number].subject.is_user {
                return Err(USAGE);
            }
            let owner = subject_of(Target::Name(name));
            if self.holder(account, false, &owner).is_some_and(|holder| holder != number) {
                return Err(CONFLICT);
            }
            self.credentials[number].subject = owner;
        }
        if let Some(note) = note {
            self.credentials[number].note = note;
        }
        let end = |model: &Self| model.credentials[number].expiry.unwrap_or(i64::MAX);
        let before = end(self);
        if let Some(life) = life {
            self.set_lifetime(number, life, now)?;
        }
        if let Some(introspect) = introspect {
            if self.credentials[number].subject.is_user {
                return Err(USAGE);
            }
            self.credentials[number].introspect = introspect;
        }
        ensure_confirmed(desk, end(self) < before)?;
        self.expect_changed(vec![number], now);
        Ok(())
    }

    fn reset(
        &mut self,
        desk: &StepOptions,
        who: &[Target],
        overlap: Option<u32>,
        until_used: bool,
        life: Option<LifetimeChoice>,
    ) -> Result<(), Refusal> {
        if overlap.is_some_and(|hours| hours > LONGEST_OVERLAP) {
            return Err(USAGE);
        }
        let (account, now) = self.begin(desk)?;
        let all = self.resolve_all(who, account)?;
        for number in &all {
            self.ensure_not_ended(&[*number])?;
            // A reset keeps the end, and this one is over.
            if life.is_none() && !self.is_live(&self.credentials[*number], now) {
                return Err(CONFLICT);
            }
        }
        for number in &all {
            self.reset_one(*number, overlap, until_used, life, now)?;
        }
        ensure_confirmed(desk, true)?;
        self.expect_changed(all.clone(), now);
        self.expect_issued(all);
        Ok(())
    }

    fn reset_one(
        &mut self,
        number: usize,
        overlap: Option<u32>,
        until_used: bool,
        life: Option<LifetimeChoice>,
        now: i64,
    ) -> Result<(), Refusal> {
        let was_live = self.is_live(&self.credentials[number], now);
        let old_end = self.credentials[number].expiry.unwrap_or(i64::MAX);
        if let Some(life) = life {
            self.set_lifetime(number, life, now)?;
        }
        let secret = self.secrets.len();
        let hours = overlap.unwrap_or(if until_used { LONGEST_OVERLAP } else { 0 });
        let ends_at_once = self.rules.ignores_overlap || (hours == 0 && !until_used) || !was_live;
        let credential = &mut self.credentials[number];
        let until =
            (now + i64::from(hours) * 3600).min(old_end).min(credential.expiry.unwrap_or(i64::MAX));
        let old = Retiring { secret: credential.current, until, until_used };
        credential.retiring = (!ends_at_once).then_some(old);
        credential.generation += 1;
        credential.current = secret;
        credential.secret_created = now;
        self.secrets.push(number);
        Ok(())
    }

    fn delete(&mut self, desk: &StepOptions, all: Vec<usize>, now: i64) -> Result<(), Refusal> {
        if all.iter().any(|number| self.credentials[*number].deleted.is_some()) {
            return Err(CONFLICT);
        }
        ensure_confirmed(desk, !all.is_empty())?;
        for number in &all {
            self.credentials[*number].deleted = Some(now);
        }
        self.expect_changed(all, now);
        Ok(())
    }

    fn ensure_not_ended(&self, all: &[usize]) -> Result<(), Refusal> {
        let open = all.iter().all(|number| self.credentials[*number].is_not_ended());
        if open { Ok(()) } else { Err(CONFLICT) }
    }

    /// Something was changed and printed. A change of nothing is none, but for a clock that was accepted.
    fn expect_changed(&mut self, all: Vec<usize>, now: i64) {
        if !all.is_empty() || self.last_record.is_some_and(|last| last > now) {
            self.last_record = Some(now);
        }
        self.expected.printed_credentials = Some(all);
    }

    fn expect_issued(&mut self, all: Vec<usize>) {
        self.expected.issues_secrets = true;
        self.expected.printed_credentials = Some(all);
    }

    pub fn numbers(&self, is_hit: impl Fn(&Credential) -> bool) -> Vec<usize> {
        (0..self.credentials.len()).filter(|number| is_hit(&self.credentials[*number])).collect()
    }

    /// How far the clock moves: never back by accident, never out of the calendar.
    fn wait(&self, time: ClockMove) -> i64 {
        let one = |number: usize| self.credentials.get(number % self.credentials.len().max(1));
        let end = |number| one(number).and_then(|c| c.expiry);
        let target = match time {
            ClockMove::Seconds(seconds) => return seconds,
            ClockMove::End(number, delta) => end(number).map(|end| end + delta),
            ClockMove::Expiring(number, delta) => end(number).map(|end| end - 30 * DAY + delta),
            ClockMove::Overlap(number, delta) => {
                one(number).and_then(|c| c.retiring).map(|old| old.until + delta)
            }
        };
        target.map_or(1, |target| (target - self.clock).max(1))
    }
}

fn ensure_confirmed(desk: &StepOptions, asks: bool) -> Result<(), Refusal> {
    if asks && !desk.yes && !desk.dry_run { Err(USAGE) } else { Ok(()) }
}

fn options_of(step: &Step) -> Option<&StepOptions> {
    match step {
        Step::Create { desk, .. }
        | Step::Grant { desk, .. }
        | Step::GrantFrom { desk, .. }
        | Step::Edit { desk, .. }
        | Step::Reset { desk, .. }
        | Step::Revoke { desk, .. }
        | Step::Delete { desk, .. }
        | Step::DeleteExpired { desk, .. }
        | Step::AccountAdd { desk, .. }
        | Step::AccountEdit { desk, .. } => Some(desk),
        Step::Verify { .. }
        | Step::Check { .. }
        | Step::List(_)
        | Step::Show { .. }
        | Step::Time(_) => None,
    }
}
