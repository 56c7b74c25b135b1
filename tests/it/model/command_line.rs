//! The command line of each step.

use super::{
    apply::{UNKNOWN_SECRET, UNKNOWN_SECRET_CHECKSUM},
    expected::Word,
    reference::{Model, rfc3339},
    step::{
        ACCOUNT_IDS, AccountChoice, Filter, LifetimeChoice, NAMES, Presentation, REASONS,
        SecretChoice, Step, StepEdits, StepOptions, Target, UNKNOWN_ACCOUNT, USERS,
    },
};

/// The characters of an id, and of the beginning of one that is surely unique here.
const WHOLE_ID: usize = 27;
const PARTIAL_ID: usize = 16;

struct Line<'a> {
    model: &'a Model,
    words: Vec<Word>,
}

impl Model {
    /// What is typed for a step.
    pub fn words(&self, step: &Step) -> Vec<Word> {
        let mut line = Line { model: self, words: Vec::new() };
        line.step(step);
        line.words
    }

    /// What a presented secret looks like on stdin.
    pub fn input(&self, step: &Step) -> Vec<Word> {
        let Step::Verify { which, how, .. } = step else { return Vec::new() };
        let mut line = Line { model: self, words: Vec::new() };
        let secret = match which {
            SecretChoice::Nth(number) if !self.secrets.is_empty() => {
                Word::Secret(number % self.secrets.len())
            }
            SecretChoice::Nth(_) | SecretChoice::Unknown => {
                Word::Text(format!("{UNKNOWN_SECRET}{UNKNOWN_SECRET_CHECKSUM}"))
            }
            SecretChoice::Malformed => Word::Text(format!("{UNKNOWN_SECRET}000000")),
        };
        let account = match how {
            Presentation::Alone(_) => None,
            Presentation::Passcode(account) => Some(*account),
            Presentation::Bearer(account) => *account,
        };
        if let Some(word) = account.and_then(|account| line.account_word(account)) {
            line.text("X-CleverTap-Account-Id: ");
            line.words.push(word);
            line.text("\r\n");
        }
        match how {
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
            Step::Create { desk, name, life, note, if_missing, out } => {
                self.all(&["create", NAMES[*name].0]);
                self.flag(*note, "--note=of it");
                self.flag(*if_missing, "--if-missing");
                self.lifetime(*life);
                self.out(*out);
                self.options(desk);
            }
            Step::Grant { desk, user, life, note } => {
                self.all(&["grant-user", USERS[*user].0]);
                self.flag(*note, "--note=of it");
                self.lifetime(*life);
                self.options(desk);
            }
            Step::GrantFrom { desk, rows, life } => {
                self.all(&["grant-user", "--from"]);
                self.words.push(Word::File(csv(rows)));
                life.iter().for_each(|life| self.lifetime(*life));
                self.out(true);
                self.options(desk);
            }
            Step::Edit { desk, who, edits: StepEdits { name, note, life, introspect } } => {
                self.text("edit");
                self.target(*who);
                self.option("--name", name.map(|name| NAMES[name].0));
                match note {
                    Some(true) => self.text("--note=of it"),
                    Some(false) => self.text("--no-note"),
                    None => {}
                }
                let on_off = introspect.map(|is_on| if is_on { "on" } else { "off" });
                self.option("--introspect", on_off);
                life.iter().for_each(|life| self.lifetime(*life));
                self.options(desk);
            }
            Step::Reset { desk, who, overlap, until_used, life } => {
                self.text("reset");
                who.iter().for_each(|who| self.target(*who));
                self.option("--overlap", overlap.map(|hours| format!("{hours}h")));
                self.flag(*until_used, "--until-used");
                life.iter().for_each(|life| self.lifetime(*life));
                self.out(who.len() > 1);
                self.options(desk);
            }
            Step::Revoke { desk, who, reason } => {
                self.text("revoke");
                who.iter().for_each(|who| self.target(*who));
                self.option("--reason", reason.map(|reason| REASONS[reason]));
                self.options(desk);
            }
            Step::Delete { desk, who } => {
                self.text("delete");
                who.iter().for_each(|who| self.target(*who));
                self.options(desk);
            }
            Step::DeleteExpired { desk, older_than } => {
                self.all(&["delete", "--expired"]);
                self.option("--older-than", older_than.map(|days| format!("{days}d")));
                self.options(desk);
            }
            Step::AccountAdd { desk, id, users_only } => {
                self.all(&["account", "add", "another"]);
                self.option("--id", id.map(|id| ACCOUNT_IDS[id]));
                self.flag(*users_only, "--require-user-passcode=on");
                self.options(desk);
            }
            Step::AccountEdit { desk, users_only } => {
                self.all(&["account", "edit", "--require-user-passcode"]);
                self.text(if *users_only { "on" } else { "off" });
                self.options(desk);
            }
            Step::Verify { how, other_region, .. } => {
                self.text("verify");
                match how {
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
            Step::Show { account, who } => {
                self.text("show");
                self.target(*who);
                self.account(*account);
            }
            Step::Time(_) => return,
        }
        self.text("--json");
    }

    fn options(&mut self, desk: &StepOptions) {
        self.account(desk.account);
        self.flag(desk.yes, "--yes");
        self.flag(desk.dry_run, "--dry-run");
        self.flag(desk.accept_clock, "--accept-clock");
    }

    fn account(&mut self, account: Option<AccountChoice>) {
        if let Some(word) = account.and_then(|account| self.account_word(account)) {
            self.text("--account");
            self.words.push(word);
        }
    }

    /// Before there is a store nobody can know the id of an account.
    fn account_word(&self, account: AccountChoice) -> Option<Word> {
        match (account, self.model.accounts.len()) {
            (AccountChoice::Unknown, _) => Some(Word::Text(UNKNOWN_ACCOUNT.to_owned())),
            (AccountChoice::Nth(_), 0) => None,
            (AccountChoice::Nth(number), all) => Some(Word::Account(number % all)),
        }
    }

    fn target(&mut self, who: Target) {
        let all = self.model.credentials.len();
        let word = match who {
            Target::Nth(number) if all > 0 => Word::Id(number % all, WHOLE_ID),
            Target::Beginning(number) if all > 0 => Word::Id(number % all, PARTIAL_ID),
            Target::Name(number) => Word::Text(NAMES[number].0.to_owned()),
            Target::User(number) => Word::Text(USERS[number].0.to_owned()),
            Target::Nth(_) | Target::Beginning(_) | Target::Nobody => {
                Word::Text("nobody-here".to_owned())
            }
        };
        self.words.push(word);
    }

    fn lifetime(&mut self, life: LifetimeChoice) {
        match life {
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

/// The file of an import.
fn csv(rows: &[(usize, Option<LifetimeChoice>)]) -> String {
    let mut text = "email,lifetime\n".to_owned();
    for (user, life) in rows {
        let life = match life {
            Some(LifetimeChoice::Days(days)) => days.to_string(),
            Some(LifetimeChoice::Infinite) => "infinite".to_owned(),
            Some(LifetimeChoice::Until(_) | LifetimeChoice::Forever) | None => String::new(),
        };
        text.push_str(&format!("{},{life}\n", USERS[*user].0));
    }
    text
}
