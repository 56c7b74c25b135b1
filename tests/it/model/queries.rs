//! The expected output of commands that change nothing, and the moves of the clock.

use serde_json::json;

use super::{
    calendar::{DAY, rfc3339},
    reference::{Credential, MISSING, Model, Refusal, USAGE},
    step::{AccountChoice, ClockMove, Filter, Presentation, SecretChoice, USERS},
};

impl Model {
    /// Returns the numbers of the credentials that match.
    pub fn numbers(&self, matches: impl Fn(&Credential) -> bool) -> Vec<usize> {
        (0..self.credentials.len()).filter(|number| matches(&self.credentials[*number])).collect()
    }

    /// Returns the seconds by which the clock moves: at least one, unless the step says otherwise.
    pub fn wait(&self, time: ClockMove) -> i64 {
        let one = |number: usize| self.credentials.get(number % self.credentials.len().max(1));
        let end = |number| one(number).and_then(|c| c.expiry);
        let target = match time {
            ClockMove::Seconds(seconds) => return seconds,
            ClockMove::Expiry(number, delta) => end(number).map(|end| end + delta),
            ClockMove::Expiring(number, delta) => end(number).map(|end| end - 30 * DAY + delta),
            ClockMove::Overlap(number, delta) => {
                one(number).and_then(|c| c.retiring).map(|old| old.until + delta)
            }
        };
        target.map_or(1, |target| (target - self.clock).max(1))
    }

    pub fn verify(
        &mut self,
        secret: SecretChoice,
        presentation: Presentation,
        other_region: bool,
    ) -> Result<(), Refusal> {
        self.last_record.ok_or(MISSING)?;
        let account = match presentation {
            Presentation::Alone(account) | Presentation::Bearer(account) => account,
            Presentation::Passcode(account) => Some(account),
        };
        let secret = match secret {
            SecretChoice::Nth(number) if !self.secrets.is_empty() => number % self.secrets.len(),
            _ => return Err(10),
        };
        let decision = self.expected_decision(secret, account, other_region);
        self.expected.fields.push(("allowed", json!(decision as u8 == 0)));
        Err(decision as u8)
    }

    pub fn check(
        &mut self,
        account: Option<AccountChoice>,
        warn: u32,
        crit: u32,
    ) -> Result<(), Refusal> {
        if warn < crit {
            // Every error of check is 3.
            return Err(MISSING);
        }
        let (accounts, now) = (self.accounts_in_scope(account)?, self.now());
        let within = |days: u32| {
            let end = now + i64::from(days) * DAY;
            self.credentials
                .iter()
                .filter(|c| accounts.contains(&c.account) && c.is_not_ended())
                .filter(|c| c.expiry.is_some_and(|last| self.rules.has_passed(last, end)))
                .count()
        };
        let (expired, critical, all) = (within(0), within(crit), within(warn));
        self.expected.fields = vec![
            ("expired", json!(expired)),
            ("critical", json!(critical - expired)),
            ("warning", json!(all - critical)),
        ];
        self.expected.exit = match (critical, all) {
            (0, 0) => 0,
            (0, _) => 1,
            _ => 2,
        };
        Ok(())
    }

    pub fn list(&mut self, filter: &Filter) -> Result<(), Refusal> {
        let accounts = self.accounts_in_scope(filter.account_choice())?;
        // The store has only the current records.
        if filter.at.is_some_and(|seconds| self.clock + seconds < self.now()) {
            return Err(USAGE);
        }
        // A user who never had a passcode is unknown.
        let is_of = |c: &Credential, user: usize| {
            accounts.contains(&c.account) && c.subject.is_user && c.subject.key == USERS[user].1
        };
        if filter.user.is_some_and(|user| !self.credentials.iter().any(|c| is_of(c, user))) {
            return Err(MISSING);
        }
        let now = filter.at.map_or(self.now(), |seconds| self.clock + seconds);
        let mut all = self.numbers(|c| self.matches_filter(c, filter, &accounts, now));
        match filter.sort {
            Some("name") => {
                all.sort_by_key(|number| self.credentials[*number].subject.text.clone())
            }
            Some("expires") => {
                all.sort_by_key(|number| self.credentials[*number].expiry.unwrap_or(i64::MAX));
            }
            _ => {}
        }
        let taken: usize = accounts.iter().map(|account| self.slots_taken(*account)).sum();
        let listed = filter.limit.map_or(all.len(), |limit| limit.min(all.len()));
        self.expected.fields = vec![
            ("matched", json!(all.len())),
            ("listed", json!(listed)),
            ("places_taken", json!(taken)),
            ("at", json!(rfc3339(now))),
        ];
        all.truncate(listed);
        self.expected.printed_credentials = Some(all);
        Ok(())
    }

    fn matches_filter(
        &self,
        c: &Credential,
        filter: &Filter,
        accounts: &[usize],
        now: i64,
    ) -> bool {
        let state = self.state(c, now);
        let kind = if c.subject.is_user { "user" } else { "account" };
        let among = |words: Option<&str>, word| {
            words.is_none_or(|all| all.split(',').any(|one| one == word))
        };
        let lower = c.subject.text.to_lowercase();
        accounts.contains(&c.account)
            && among(filter.kind, kind)
            && among(filter.state, state)
            && (filter.state.is_some() || filter.all || state != "deleted")
            && filter.user.is_none_or(|user| c.subject.is_user && c.subject.key == USERS[user].1)
            && filter.expiring.is_none_or(|days| {
                let end = now + i64::from(days) * DAY;
                c.is_not_ended() && c.expiry.is_some_and(|last| self.rules.has_passed(last, end))
            })
            // The steps never use a credential.
            && filter.unused.is_none_or(|days| now - c.created_at >= i64::from(days) * DAY)
            && filter.name.is_none_or(|pattern| match pattern {
                "*a*" => lower.contains('a'),
                "[ab]*" => lower.starts_with(['a', 'b']),
                "?????" => lower.chars().count() == 5,
                _ => lower.starts_with("ann@"),
            })
    }
}

impl Filter {
    pub fn account_choice(&self) -> Option<AccountChoice> {
        if self.is_unknown_account {
            Some(AccountChoice::Unknown)
        } else {
            self.account.map(AccountChoice::Nth)
        }
    }
}
