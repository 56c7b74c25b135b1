//! The command line of each step.

use super::{
    apply::{UNKNOWN_SECRET, UNKNOWN_SECRET_CHECKSUM},
    calendar::rfc3339,
    expected::Word,
    reference::Model,
    step::{
        ACCOUNT_IDS, AccountChoice, Filter, LifetimeChoice, NAMES, Presentation, REASONS,
        ResetChoice, SecretChoice, Step, StepEdits, StepOptions, Target, UNKNOWN_ACCOUNT, USERS,
    },
};

/// The length of an id.
const WHOLE_ID: usize = 27;
/// A length at which the beginning of an id is unique.
const PARTIAL_ID: usize = 16;

struct Line<'a> {
    model: &'a Model,
    words: Vec<Word>,
}

impl Model {
    /// Returns the command line of a step.
    pub fn words(&self, step: &Step) -> Vec<Word> {
        let mut line = Line { model: self, words: Vec::new() };
        line.step(step);
        line.words
    }

    /// Returns the stdin of a step.
    pub fn input(&self, step: &Step) -> Vec<Word> {
        let Step::Verify { secret, presentation, .. } = step else { return Vec::new() };
        let mut line = Line { model: self, words: Vec::new() };
        let secret = match secret {
            SecretChoice::Nth(number) if !self.secrets.is_empty() => {
                Word::Secret(number % self.secrets.len())
            }
            SecretChoice::Nth(_) | SecretChoice::Unknown => {
                Word::Text(format!("{UNKNOWN_SECRET}{UNKNOWN_SECRET_CHECKSUM}"))
            }
            SecretChoice::Malformed => Word::Text(format!("{UNKNOWN_SECRET}000000")),
        };
        let account = match presentation {
            Presentation::Alone(_) => None,
            Presentation::Passcode(account) => Some(*account),
            Presentation::Bearer(account) => *account,
        };
        if let Some(word) = account.and_then(|account| line.account_word(account)) {
            line.text("X-CleverTap-Account-Id: ");
            line.words.push(word);
            line.text("\r\n");
        }
        match presentation {
            Presentation::Alone(_) => {}
            Presentation::Passcode(_) => line.text("x-clevertap-passcode: "),
            Presentation::Bearer(_) => line.text("Authorization: Bearer "),
        }
        line.words.push(secret);
        line.text("\r\n");
        line.words
    }
}

impl Line<'_> {
    fn text(&mut self, text: &str) {
        self.words.push(Word::Text(text.to_owned()));
    }

    fn all(&mut self, words: &[&str]) {
        words.iter().for_each(|word| self.text(word));
    }

    fn flag(&mut self, is_given: bool, flag: &str) {
        if is_given {
            self.text(flag);
        }
    }

    fn option(&mut self, flag: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.text(&format!("{flag}={}", value.to_string()));
        }
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Create { options, name, lifetime, note, if_missing, out } => {
                self.all(&["create", NAMES[*name].0]);
                self.flag(*note, "--note=of it");
                self.flag(*if_missing, "--if-missing");
                self.lifetime(*lifetime);
                self.out(*out);
                self.options(options);
            }
            Step::Grant { options, user, lifetime, note } => {
                self.all(&["grant-user", USERS[*user].0]);
                self.flag(*note, "--note=of it");
                self.lifetime(*lifetime);
                self.options(options);
            }
            Step::GrantFrom { options, rows, lifetime } => {
                self.all(&["grant-user", "--from"]);
                self.words.push(Word::File(csv(rows)));
                lifetime.iter().for_each(|lifetime| self.lifetime(*lifetime));
                self.out(true);
                self.options(options);
            }
            Step::Edit {
                options,
                target,
                edits: StepEdits { name, note, lifetime, introspect },
            } => {
                self.text("edit");
                self.target(*target);
                self.option("--name", name.map(|name| NAMES[name].0));
                match note {
                    Some(true) => self.text("--note=of it"),
                    Some(false) => self.text("--no-note"),
                    None => {}
                }
                let on_off = introspect.map(|is_on| if is_on { "on" } else { "off" });
                self.option("--introspect", on_off);
                lifetime.iter().for_each(|lifetime| self.lifetime(*lifetime));
                self.options(options);
            }
            Step::Reset { options, targets, reset, .. } => {
                let ResetChoice { overlap, until_used, end_retiring, lifetime } = reset;
                self.text("reset");
                targets.iter().for_each(|target| self.target(*target));
                self.option("--overlap", overlap.map(|hours| format!("{hours}h")));
                self.flag(*until_used, "--until-used");
                self.flag(*end_retiring, "--end-retiring");
                lifetime.iter().for_each(|lifetime| self.lifetime(*lifetime));
                self.out(targets.len() > 1);
                self.options(options);
            }
            Step::Revoke { options, targets, reason } => {
                self.text("revoke");
                targets.iter().for_each(|target| self.target(*target));
                self.option("--reason", reason.map(|reason| REASONS[reason]));
                self.options(options);
            }
            Step::Delete { options, targets } => {
                self.text("delete");
                targets.iter().for_each(|target| self.target(*target));
                self.options(options);
            }
            Step::DeleteExpired { options, older_than } => {
                self.all(&["delete", "--expired"]);
                self.option("--older-than", older_than.map(|days| format!("{days}d")));
                self.options(options);
            }
            Step::AccountAdd { options, id, users_only } => {
                // One name for each id. The account of a new store is called main.
                let name = id.map_or("main".to_owned(), |id| format!("shop {id}"));
                self.all(&["account", "add", &name]);
                self.option("--id", id.map(|id| ACCOUNT_IDS[id]));
                self.flag(*users_only, "--require-user-passcode=on");
                self.options(options);
            }
            Step::AccountEdit { options, users_only } => {
                self.all(&["account", "edit", "--require-user-passcode"]);
                self.text(if *users_only { "on" } else { "off" });
                self.options(options);
            }
            Step::Verify { presentation, other_region, .. } => {
                self.text("verify");
                match presentation {
                    Presentation::Alone(account) => self.account(*account),
                    Presentation::Passcode(_) | Presentation::Bearer(_) => self.text("--headers"),
                }
                self.flag(*other_region, "--region=in1");
            }
            Step::Check { account, warn, crit } => {
                self.text("check");
                self.option("--warn", Some(warn));
                self.option("--crit", Some(crit));
                self.account(*account);
            }
            Step::List(filter) => self.filter(filter),
            Step::Show { account, target } => {
                self.text("show");
                self.target(*target);
                self.account(*account);
            }
            Step::Time(_) => return,
        }
        self.text("--json");
    }

    fn options(&mut self, options: &StepOptions) {
        self.account(options.account);
        self.flag(options.yes, "--yes");
        self.flag(options.dry_run, "--dry-run");
        self.flag(options.accept_clock, "--accept-clock");
    }

    fn account(&mut self, account: Option<AccountChoice>) {
        if let Some(word) = account.and_then(|account| self.account_word(account)) {
            self.text("--account");
            self.words.push(word);
        }
    }

    /// Returns the Account ID; `None` before the store exists, since the id is not known then.
    fn account_word(&self, account: AccountChoice) -> Option<Word> {
        match (account, self.model.accounts.len()) {
            (AccountChoice::Unknown, _) => Some(Word::Text(UNKNOWN_ACCOUNT.to_owned())),
            (AccountChoice::Nth(_), 0) => None,
            (AccountChoice::Nth(number), all) => Some(Word::Account(number % all)),
        }
    }

    fn target(&mut self, target: Target) {
        let all = self.model.credentials.len();
        let word = match target {
            Target::Nth(number) if all > 0 => Word::Id(number % all, WHOLE_ID),
            Target::PartialId(number) if all > 0 => Word::Id(number % all, PARTIAL_ID),
            Target::Name(number) => Word::Text(NAMES[number].0.to_owned()),
            Target::User(number) => Word::Text(USERS[number].0.to_owned()),
            Target::Nth(_) | Target::PartialId(_) | Target::Unknown => {
                Word::Text("nobody-here".to_owned())
            }
        };
        self.words.push(word);
    }

    fn lifetime(&mut self, lifetime: LifetimeChoice) {
        match lifetime {
            LifetimeChoice::Days(days) => self.option("--days", Some(days)),
            LifetimeChoice::Until(seconds) => {
                self.option("--until", Some(rfc3339(self.model.clock + seconds)));
            }
            LifetimeChoice::Infinite => self.text("--infinite"),
            LifetimeChoice::Forever => self.text("--forever"),
        }
    }

    fn out(&mut self, is_given: bool) {
        if is_given {
            self.text("--out");
            self.words.push(Word::Out);
        }
    }

    fn filter(&mut self, filter: &Filter) {
        self.text("list");
        self.account(filter.account_choice());
        self.option("--kind", filter.kind);
        self.option("--state", filter.state);
        self.option("--expiring", filter.expiring);
        self.option("--unused", filter.unused);
        self.option("--user", filter.user.map(|user| USERS[user].0));
        self.option("--name", filter.name);
        self.option("--sort", filter.sort);
        self.option("--limit", filter.limit);
        self.flag(filter.all, "--all");
        self.option("--at", filter.at.map(|seconds| rfc3339(self.model.clock + seconds)));
    }
}

/// Returns the CSV file of an import.
fn csv(rows: &[(usize, Option<LifetimeChoice>)]) -> String {
    let mut text = "email,lifetime\n".to_owned();
    for (user, lifetime) in rows {
        let lifetime = match lifetime {
            Some(LifetimeChoice::Days(days)) => days.to_string(),
            Some(LifetimeChoice::Infinite) => "infinite".to_owned(),
            Some(LifetimeChoice::Until(_) | LifetimeChoice::Forever) | None => String::new(),
        };
        text.push_str(&format!("{},{lifetime}\n", USERS[*user].0));
    }
    text
}
