//! The command line of each step.

use super::{
    apply::{UNKNOWN, UNKNOWN_SUM},
    expected::Word,
    reference::{Model, stamp},
    step::{
        ACCOUNT_IDS, Desk, Edits, Filter, How, Life, NAMES, Named, REASONS, STRANGER, Step, USERS,
        Which, Who,
    },
};

/// The characters of an id, and of the beginning of one that is surely unique here.
const WHOLE: usize = 27;
const BEGINNING: usize = 16;

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
            Which::Nth(number) if !self.secrets.is_empty() => {
                Word::Secret(number % self.secrets.len())
            }
            Which::Nth(_) | Which::Unknown => Word::Text(format!("{UNKNOWN}{UNKNOWN_SUM}")),
            Which::Malformed => Word::Text(format!("{UNKNOWN}000000")),
        };
        let account = match how {
            How::Alone(_) => None,
            How::Passcode(account) => Some(*account),
            How::Bearer(account) => *account,
        };
        if let Some(word) = account.and_then(|account| line.account_word(account)) {
            line.text("X-CleverTap-Account-Id: ");
            line.words.push(word);
            line.text("\r\n");
        }
        match how {
            How::Alone(_) => {}
            How::Passcode(_) => line.text("x-clevertap-passcode: "),
            How::Bearer(_) => line.text("Authorization: Bearer "),
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
                self.life(*life);
                self.out(*out);
                self.desk(desk);
            }
            Step::Grant { desk, user, life, note } => {
                self.all(&["grant-user", USERS[*user].0]);
                self.flag(*note, "--note=of it");
                self.life(*life);
                self.desk(desk);
            }
            Step::GrantFrom { desk, rows, life } => {
                self.all(&["grant-user", "--from"]);
                self.words.push(Word::File(csv(rows)));
                life.iter().for_each(|life| self.life(*life));
                self.out(true);
                self.desk(desk);
            }
            Step::Edit { desk, who, edits: Edits { name, note, life, introspect } } => {
                self.text("edit");
                self.who(*who);
                self.option("--name", name.map(|name| NAMES[name].0));
                match note {
                    Some(true) => self.text("--note=of it"),
                    Some(false) => self.text("--no-note"),
                    None => {}
                }
                let on_off = introspect.map(|is_on| if is_on { "on" } else { "off" });
                self.option("--introspect", on_off);
                life.iter().for_each(|life| self.life(*life));
                self.desk(desk);
            }
            Step::Reset { desk, who, overlap, until_used, life } => {
                self.text("reset");
                who.iter().for_each(|who| self.who(*who));
                self.option("--overlap", overlap.map(|hours| format!("{hours}h")));
                self.flag(*until_used, "--until-used");
                life.iter().for_each(|life| self.life(*life));
                self.out(who.len() > 1);
                self.desk(desk);
            }
            Step::Revoke { desk, who, reason } => {
                self.text("revoke");
                who.iter().for_each(|who| self.who(*who));
                self.option("--reason", reason.map(|reason| REASONS[reason]));
                self.desk(desk);
            }
            Step::Delete { desk, who } => {
                self.text("delete");
                who.iter().for_each(|who| self.who(*who));
                self.desk(desk);
            }
            Step::DeleteExpired { desk, older_than } => {
                self.all(&["delete", "--expired"]);
                self.option("--older-than", older_than.map(|days| format!("{days}d")));
                self.desk(desk);
            }
            Step::AccountAdd { desk, id, users_only } => {
                self.all(&["account", "add", "another"]);
                self.option("--id", id.map(|id| ACCOUNT_IDS[id]));
                self.flag(*users_only, "--require-user-passcode=on");
                self.desk(desk);
            }
            Step::AccountEdit { desk, users_only } => {
                self.all(&["account", "edit", "--require-user-passcode"]);
                self.text(if *users_only { "on" } else { "off" });
                self.desk(desk);
            }
            Step::Verify { how, other_region, .. } => {
                self.text("verify");
                match how {
                    How::Alone(account) => self.account(*account),
                    How::Passcode(_) | How::Bearer(_) => self.text("--headers"),
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
                self.who(*who);
                self.account(*account);
            }
            Step::Time(_) => return,
        }
        self.text("--json");
    }

    fn desk(&mut self, desk: &Desk) {
        self.account(desk.account);
        self.flag(desk.yes, "--yes");
        self.flag(desk.dry_run, "--dry-run");
        self.flag(desk.accept_clock, "--accept-clock");
    }

    fn account(&mut self, account: Option<Named>) {
        if let Some(word) = account.and_then(|account| self.account_word(account)) {
            self.text("--account");
            self.words.push(word);
        }
    }

    /// Before there is a store nobody can know the id of an account.
    fn account_word(&self, account: Named) -> Option<Word> {
        match (account, self.model.accounts.len()) {
            (Named::Stranger, _) => Some(Word::Text(STRANGER.to_owned())),
            (Named::Nth(_), 0) => None,
            (Named::Nth(number), all) => Some(Word::Account(number % all)),
        }
    }

    fn who(&mut self, who: Who) {
        let all = self.model.credentials.len();
        let word = match who {
            Who::Nth(number) if all > 0 => Word::Id(number % all, WHOLE),
            Who::Beginning(number) if all > 0 => Word::Id(number % all, BEGINNING),
            Who::Name(number) => Word::Text(NAMES[number].0.to_owned()),
            Who::User(number) => Word::Text(USERS[number].0.to_owned()),
            Who::Nth(_) | Who::Beginning(_) | Who::Nobody => Word::Text("nobody-here".to_owned()),
        };
        self.words.push(word);
    }

    fn life(&mut self, life: Life) {
        match life {
            Life::Days(days) => self.option("--days", Some(days)),
            Life::Until(seconds) => {
                self.option("--until", Some(stamp(self.model.clock + seconds)));
            }
            Life::Infinite => self.text("--infinite"),
            Life::Forever => self.text("--forever"),
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
        self.account(filter.chosen());
        self.option("--kind", filter.kind);
        self.option("--state", filter.state);
        self.option("--expiring", filter.expiring);
        self.option("--unused", filter.unused);
        self.option("--user", filter.user.map(|user| USERS[user].0));
        self.option("--name", filter.name);
        self.option("--sort", filter.sort);
        self.option("--limit", filter.limit);
        self.flag(filter.all, "--all");
        self.option("--at", filter.at.map(|seconds| stamp(self.model.clock + seconds)));
    }
}

/// The file of an import.
fn csv(rows: &[(usize, Option<Life>)]) -> String {
    let mut text = "email,lifetime\n".to_owned();
    for (user, life) in rows {
        let life = match life {
            Some(Life::Days(days)) => days.to_string(),
            Some(Life::Infinite) => "infinite".to_owned(),
            Some(Life::Until(_) | Life::Forever) | None => String::new(),
        };
        text.push_str(&format!("{},{life}\n", USERS[*user].0));
    }
    text
}
