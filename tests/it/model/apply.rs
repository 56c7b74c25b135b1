//! The effect of each step on the model, and the output that the program must have.

use serde_json::json;

use super::{
    calendar::DAY,
    expected::Expected,
    reference::{
        Account, CONFLICT, Credential, FAILED, LIMIT_REACHED, MISSING, Model, Refusal, Retiring,
        USAGE, Undelivered, subject_of,
    },
    step::{
        AccountChoice, Delivery, LONGEST_OVERLAP, LifetimeChoice, ResetChoice, Step, StepOptions,
        Target, USERS, is_reserved,
    },
};
use crate::support::{streams::Kill, test_env::KILLED};

/// A secret that was never issued; with [`UNKNOWN_SECRET_CHECKSUM`] it is well-formed.
pub const UNKNOWN_SECRET: &str = "gpa_0000000000000000000000000000000000000000000";
pub const UNKNOWN_SECRET_CHECKSUM: &str = "09zkQF";

/// The delivery in which a secret is seen, but the program does not live to know it.
const SEEN: Delivery = Delivery::Killed(Kill::AfterOutput);

impl Model {
    /// Returns the model after a step, with the output that the program must have.
    pub fn after(mut self, step: &Step) -> Self {
        self.expected =
            Expected { words: self.words(step), input: self.input(step), ..Expected::default() };
        let before = self.clone();
        let done = self.apply(step);
        let is_dry = step.options().is_some_and(|options| options.dry_run);
        if done.is_err() || is_dry {
            // A failed step changes nothing, but may leave a new store.
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
            Step::Create { options, name, lifetime, note, if_missing, .. } => {
                if is_reserved(*name) && (!*if_missing || self.last_record.is_none()) {
                    return Err(USAGE);
                }
                self.ensure_store(options, Some(*lifetime))?;
                self.create(options, *name, *lifetime, *note, *if_missing)
            }
            Step::Grant { options, user, lifetime, note } => {
                if matches!(lifetime, LifetimeChoice::Forever) {
                    return Err(USAGE);
                }
                self.ensure_store(options, Some(*lifetime))?;
                let (account, now) = self.begin(options)?;
                let number = self.grant(account, *user, *lifetime, *note, now)?;
                self.expect_issued(vec![number]);
                Ok(())
            }
            Step::GrantFrom { options, rows, lifetime } => {
                self.grant_from(options, rows, *lifetime)
            }
            Step::Edit { options, target, edits } => self.edit(options, *target, *edits),
            Step::Reset { options, targets, reset, delivery } => {
                self.reset(options, targets, *reset, *delivery)
            }
            Step::Revoke { options, targets, reason } => {
                let (account, now) = self.begin(options)?;
                let all = self.resolve_all(targets, account)?;
                self.ensure_not_ended(&all)?;
                ensure_confirmed(options, true)?;
                for number in &all {
                    self.credentials[*number].revoked = Some((now, *reason));
                }
                self.expect_changed(all, now);
                Ok(())
            }
            Step::Delete { options, targets } => {
                let (account, now) = self.begin(options)?;
                let all = self.resolve_all(targets, account)?;
                self.delete(options, all, now)
            }
            Step::DeleteExpired { options, older_than } => {
                let (account, now) = self.begin(options)?;
                let since = now - i64::from(older_than.unwrap_or(0)) * DAY;
                let is_expired = |c: &Credential| {
                    let ended = c.expiry.is_some_and(|end| self.rules.has_passed(end, since));
                    c.account == account && c.is_not_ended() && ended
                };
                let all = self.numbers(is_expired);
                self.delete(options, all, now)
            }
            Step::AccountAdd { options, id, users_only } => {
                let is_first = self.last_record.is_none();
                if is_first && !options.dry_run {
                    self.init_store();
                }
                let now = self.begin_anywhere(options)?;
                if is_first {
                    // The first account of a new store is the one that is added.
                    self.accounts.clear();
                }
                if self.accounts.iter().any(|account| account.given_id == *id) {
                    return Err(CONFLICT);
                }
                self.accounts.push(Account { given_id: *id, users_only: *users_only });
                self.last_record = Some(now);
                Ok(())
            }
            Step::AccountEdit { options, users_only } => self.edit_account(options, *users_only),
            Step::Verify { secret, presentation, other_region } => {
                self.verify(*secret, *presentation, *other_region)
            }
            Step::Check { account, warn, crit } => self.check(*account, *warn, *crit),
            Step::List(filter) => self.list(filter),
            Step::Show { account, target } => {
                let accounts = self.accounts_in_scope(*account)?;
                let number = self.resolve(*target, &accounts, false)?;
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

    /// Creates the store, unless the lifetime is invalid or an account is named. Only commands that create something do
    /// this.
    fn ensure_store(
        &mut self,
        options: &StepOptions,
        lifetime: Option<LifetimeChoice>,
    ) -> Result<(), Refusal> {
        if self.last_record.is_none() {
            lifetime.map(|lifetime| self.expiry(lifetime, self.clock)).transpose()?;
            if matches!(options.account, Some(AccountChoice::Unknown)) {
                return Err(MISSING);
            }
            if !options.dry_run {
                self.init_store();
            }
        }
        Ok(())
    }

    fn create(
        &mut self,
        options: &StepOptions,
        name: usize,
        lifetime: LifetimeChoice,
        note: bool,
        if_missing: bool,
    ) -> Result<(), Refusal> {
        let (account, now) = self.begin(options)?;
        let subject = subject_of(Target::Name(name));
        if let Some(holder) = self.holder(account, false, &subject) {
            if if_missing && self.is_live(&self.credentials[holder], now) {
                self.expected.printed_credentials = Some(vec![holder]);
                self.expected.fields.push(("created", json!(false)));
                return Ok(());
            }
            if !if_missing || !self.credentials[holder].is_not_ended() {
                return Err(CONFLICT);
            }
            // An expired passcode makes room for the new one.
            self.credentials[holder].deleted = Some(now);
        }
        if is_reserved(name) {
            return Err(USAGE);
        }
        if self.slots_taken(account) >= self.rules.max_passcodes {
            return Err(LIMIT_REACHED);
        }
        let number = self.insert(account, subject, note, lifetime, now)?;
        self.expected.fields.push(("created", json!(!options.dry_run)));
        self.expect_issued(vec![number]);
        Ok(())
    }

    /// A user has one passcode that is neither revoked nor deleted. An expired one is deleted for a new one.
    fn grant(
        &mut self,
        account: usize,
        user: usize,
        lifetime: LifetimeChoice,
        note: bool,
        now: i64,
    ) -> Result<usize, Refusal> {
        let subject = subject_of(Target::User(user));
        if let Some(holder) = self.holder(account, true, &subject) {
            if self.is_live(&self.credentials[holder], now) {
                return Err(CONFLICT);
            }
            if self.credentials[holder].is_not_ended() {
                self.credentials[holder].deleted = Some(now);
            }
        }
        self.insert(account, subject, note, lifetime, now)
    }

    fn grant_from(
        &mut self,
        options: &StepOptions,
        rows: &[(usize, Option<LifetimeChoice>)],
        lifetime: Option<LifetimeChoice>,
    ) -> Result<(), Refusal> {
        let keys: Vec<usize> = rows.iter().map(|(user, _)| USERS[*user].1).collect();
        let is_twice = keys.iter().enumerate().any(|(at, key)| keys[..at].contains(key));
        let has_no_lifetime = rows.iter().any(|(_, own)| own.or(lifetime).is_none());
        if rows.is_empty() || is_twice || has_no_lifetime {
            // The other rows are tried in the store, if there is one.
            if self.last_record.is_some() {
                self.begin(options)?;
            }
            return Err(USAGE);
        }
        self.ensure_store(options, None)?;
        let (account, now) = self.begin(options)?;
        let mut all = Vec::new();
        for (user, own) in rows {
            let lifetime = own.or(lifetime).ok_or(USAGE)?;
            all.push(self.grant(account, *user, lifetime, false, now)?);
        }
        self.expect_changed(all.clone(), now);
        self.expect_issued(all);
        Ok(())
    }

    fn reset(
        &mut self,
        options: &StepOptions,
        targets: &[Target],
        reset: ResetChoice,
        delivery: Delivery,
    ) -> Result<(), Refusal> {
        if reset.overlap.is_some_and(|hours| hours > LONGEST_OVERLAP) {
            return Err(USAGE);
        }
        let (account, now) = self.begin(options)?;
        let all = self.resolve_all(targets, account)?;
        for number in &all {
            self.ensure_not_ended(&[*number])?;
            let credential = &self.credentials[*number];
            // A reset keeps the expiry, so an expired credential needs a new lifetime.
            let is_expired = reset.lifetime.is_none() && !self.is_live(credential, now);
            let is_promised = credential.retiring.is_some_and(|old| now < old.until);
            if is_expired || is_promised && !reset.end_retiring {
                return Err(CONFLICT);
            }
        }
        let before = self.credentials.clone();
        for number in &all {
            self.reset_one(*number, reset, now)?;
        }
        ensure_confirmed(options, true)?;
        self.last_record = Some(now);
        match delivery {
            Delivery::Shown => {
                self.expect_changed(all.clone(), now);
                self.expect_issued(all);
            }
            _ if self.rules.ends_before_delivery => self.expect_undelivered(delivery),
            _ => {
                self.credentials = before;
                self.keep_undelivered(all[0], delivery, now);
                self.expect_undelivered(delivery);
            }
        }
        Ok(())
    }

    /// The reset of a credential that was not completed leaves its secrets as they were. Only the new secret of an earlier
    /// one, which was not completed either, has ended.
    fn keep_undelivered(&mut self, number: usize, delivery: Delivery, now: i64) {
        // The secret that nobody saw has no number.
        let secret = self.secrets.pop().filter(|_| delivery == SEEN).map(|number| {
            self.secrets.push(number);
            self.secrets.len() - 1
        });
        let is_left = matches!(delivery, Delivery::Killed(_));
        self.credentials[number].undelivered =
            is_left.then_some(Undelivered { created_at: now, secret });
    }

    fn expect_undelivered(&mut self, delivery: Delivery) {
        self.expected.delivery = delivery;
        self.expected.issues_secrets = delivery == SEEN;
        self.expected.exit = if delivery == Delivery::Refused { FAILED } else { KILLED };
    }

    fn reset_one(&mut self, number: usize, reset: ResetChoice, now: i64) -> Result<(), Refusal> {
        let ResetChoice { overlap, until_used, lifetime, .. } = reset;
        let was_live = self.is_live(&self.credentials[number], now);
        let old_end = self.credentials[number].expiry.unwrap_or(i64::MAX);
        if let Some(lifetime) = lifetime {
            self.set_lifetime(number, lifetime, now)?;
        }
        let secret = self.secrets.len();
        let hours = overlap.unwrap_or(if until_used { LONGEST_OVERLAP } else { 0 });
        let ends_at_once = self.rules.ignores_overlap || (hours == 0 && !until_used) || !was_live;
        let credential = &mut self.credentials[number];
        let until =
            (now + i64::from(hours) * 3600).min(old_end).min(credential.expiry.unwrap_or(i64::MAX));
        let old = Retiring { secret: credential.current, until, until_used };
        credential.retiring = (!ends_at_once).then_some(old);
        credential.undelivered = None;
        credential.generation += 1;
        credential.current = secret;
        credential.secret_created = now;
        self.secrets.push(number);
        Ok(())
    }

    fn delete(&mut self, options: &StepOptions, all: Vec<usize>, now: i64) -> Result<(), Refusal> {
        let is_new = |number: &usize| self.credentials[*number].deleted.is_none();
        let new: Vec<_> = all.into_iter().filter(is_new).collect();
        ensure_confirmed(options, !new.is_empty())?;
        for number in &new {
            self.credentials[*number].deleted = Some(now);
        }
        self.expect_changed(new, now);
        Ok(())
    }

    pub(super) fn ensure_not_ended(&self, all: &[usize]) -> Result<(), Refusal> {
        let open = all.iter().all(|number| self.credentials[*number].is_not_ended());
        if open { Ok(()) } else { Err(CONFLICT) }
    }

    /// Expects changed credentials to be printed. Without any, nothing is recorded, not even an accepted clock.
    pub(super) fn expect_changed(&mut self, all: Vec<usize>, now: i64) {
        if !all.is_empty() {
            self.last_record = Some(now);
        }
        self.expected.printed_credentials = Some(all);
    }

    fn expect_issued(&mut self, all: Vec<usize>) {
        self.expected.issues_secrets = true;
        self.expected.printed_credentials = Some(all);
    }
}

pub fn ensure_confirmed(options: &StepOptions, asks: bool) -> Result<(), Refusal> {
    if asks && !options.yes && !options.dry_run { Err(USAGE) } else { Ok(()) }
}
