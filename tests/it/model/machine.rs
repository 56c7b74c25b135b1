//! Runs every step with the program and compares all of its output with the model.

use std::{collections::BTreeSet, ffi::OsString, fs, os::unix::fs::PermissionsExt, path::Path};

use gatepass::domain::{credential::secret, instant::Instant};
use proptest::{prelude::*, sample::select};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use serde_json::{Value, json};

use super::{
    calendar::{DAY, rfc3339},
    expected::Word,
    prefilled::{parse_json, prefilled_store},
    reference::{Credential, Model},
    rules::Rules,
    step::{Delivery, REASONS, Step},
    strategies::steps,
};
use crate::support::test_env::{CommandOutput, START_TIME, TestEnv};

/// The program and a model with the rules `Rules::ALL[RULES]`; those at 0 are right.
pub struct Machine<const RULES: usize>;

impl<const RULES: usize> ReferenceStateMachine for Machine<RULES> {
    type State = Model;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Model> {
        let rules = Rules::ALL[RULES].1;
        let start = start_time();
        // Now, a leap day and the end of a year.
        let clocks =
            vec![start, unix_seconds("2028-02-29T12:00:00Z"), unix_seconds("2027-12-31T23:59:59Z")];
        // Few stores are nearly full at first: they are slow.
        let few = if rules.max_passcodes == Rules::ALL[0].1.max_passcodes { 1 } else { 20 };
        prop_oneof![
            12 => select(clocks).prop_map(move |clock| Model::new(rules, 0, clock)),
            few => (97..=100usize).prop_map(move |filled| Model::new(rules, filled, start)),
        ]
        .boxed()
    }

    fn transitions(model: &Model) -> BoxedStrategy<Step> {
        steps(model)
    }

    fn apply(model: Model, step: &Step) -> Model {
        model.after(step)
    }
}

impl<const RULES: usize> StateMachineTest for Machine<RULES> {
    type SystemUnderTest = Program;
    type Reference = Self;

    fn init_test(model: &Model) -> Program {
        Program::begin(model)
    }

    fn apply(mut program: Program, model: &Model, _: Step) -> Program {
        program.run_step(model);
        program
    }

    fn teardown(mut program: Program, model: Model) {
        program.try_secrets(&model, (0..program.secrets.len()).collect());
        program.check_integrity();
    }
}

/// The program in an environment of its own, with the ids and secrets that it printed.
pub struct Program {
    env: TestEnv,
    accounts: Vec<String>,
    ids: Vec<String>,
    secrets: Vec<String>,
    files: usize,
    steps: usize,
}

impl Program {
    fn begin(model: &Model) -> Self {
        let mut env = TestEnv::new();
        let (mut ids, mut secrets) = (Vec::new(), Vec::new());
        if model.prefilled > 0 {
            (env, ids, secrets) = prefilled_store(model.prefilled);
        }
        env.advance_seconds(model.clock - start_time());
        let mut program = Self { env, accounts: Vec::new(), ids, secrets, files: 0, steps: 0 };
        program.record_account_ids(model);
        program
    }

    fn run_step(&mut self, model: &Model) {
        let expected = &model.expected;
        self.env.advance_seconds(expected.clock_advance);
        if !expected.words.is_empty() {
            let out = self.env.path(&format!("out-{}.jsonl", self.files));
            self.files += 1;
            let words: Vec<OsString> =
                expected.words.iter().map(|word| self.render_word(word, &out).into()).collect();
            let input: String =
                expected.input.iter().map(|word| self.render_word(word, &out)).collect();
            let delivery = expected.delivery;
            self.env.stdout_limit = (delivery == Delivery::Refused).then_some(0);
            self.env.kill = match delivery {
                Delivery::Killed(kill) => Some(kill),
                Delivery::Shown | Delivery::Refused => None,
            };
            let output = self.env.run_words(&words, input.as_bytes());
            (self.env.stdout_limit, self.env.kill) = (None, None);
            let line = format!("gatepass {words:?}\n{output}");
            assert_eq!(output.exit, expected.exit, "exit of {line}");
            self.record_output(model, &output, &out, &line);
            self.compare_output(model, &output, &line);
        }
        self.compare_all(model);
        self.steps += 1;
        if self.steps.is_multiple_of(8) {
            self.check_integrity();
        }
    }

    fn render_word(&mut self, word: &Word, out: &Path) -> String {
        match word {
            Word::Text(text) => text.clone(),
            Word::Id(number, length) => self.ids[*number][..*length].to_owned(),
            Word::Account(number) => self.accounts[*number].clone(),
            Word::Secret(number) => self.secrets[*number].clone(),
            Word::Out => out.display().to_string(),
            Word::File(text) => {
                self.env.file(&format!("in-{}.csv", self.files), text).display().to_string()
            }
        }
    }

    /// Records new ids and secrets, and checks that each secret is in one place only.
    fn record_output(&mut self, model: &Model, output: &CommandOutput, out: &Path, line: &str) {
        let answer = parse_json(&output.stdout);
        let (mut stdout, mut issued) = (output.stdout.clone(), Vec::new());
        if let Some(secret) = answer["secret"].as_str() {
            stdout = stdout.replacen(secret, "", 1);
            issued.push((answer["id"].as_str().unwrap().to_owned(), secret.to_owned()));
        }
        match fs::read_to_string(out) {
            Ok(text) => {
                let mode = fs::metadata(out).unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o600, "{line}");
                for each in text.lines() {
                    // A file has a single secret, or an object a line.
                    let object = parse_json(each);
                    let id = object["id"].as_str().or(answer["id"].as_str()).unwrap().to_owned();
                    issued.push((id, object["secret"].as_str().unwrap_or(each).to_owned()));
                }
            }
            Err(_) => {
                let has_out = model.expected.words.iter().any(|word| matches!(word, Word::Out));
                assert!(!has_out || !model.expected.issues_secrets, "{line}");
            }
        }
        assert_eq!(
            issued.is_empty(),
            !model.expected.issues_secrets || model.expected.printed_credentials == Some(vec![]),
            "{line}"
        );
        for (id, secret) in issued {
            let number = model.secrets[self.secrets.len()];
            if number == self.ids.len() {
                self.ids.push(id.clone());
            }
            assert_eq!(self.ids[number], id, "{line}");
            self.secrets.push(secret);
        }
        assert_eq!(self.secrets.len(), model.secrets.len(), "{line}");
        assert_no_secrets(&stdout);
        assert_no_secrets(&output.stderr);
    }

    fn compare_output(&mut self, model: &Model, output: &CommandOutput, line: &str) {
        self.record_account_ids(model);
        let (expected, answer) = (&model.expected, parse_json(&output.stdout));
        let summary = if answer["summary"].is_object() { &answer["summary"] } else { &answer };
        for (field, value) in &expected.fields {
            assert_eq!(&summary[field], value, "{field} of {line}");
        }
        let (Some(printed), false) = (&expected.printed_credentials, expected.is_dry) else {
            return;
        };
        let now = answer["summary"]["at"].as_str().map_or(model.now(), unix_seconds);
        match answer["items"].as_array() {
            Some(items) => self.compare_items(model, items, printed, now, line),
            None => self.compare_items(model, std::slice::from_ref(&answer), printed, now, line),
        }
    }

    fn compare_items(
        &self,
        model: &Model,
        items: &[Value],
        numbers: &[usize],
        now: i64,
        line: &str,
    ) {
        let ids = |all: &mut dyn Iterator<Item = &str>| all.map(str::to_owned).collect::<Vec<_>>();
        let listed = ids(&mut items.iter().map(|item| item["id"].as_str().unwrap()));
        let expected = ids(&mut numbers.iter().map(|number| self.ids[*number].as_str()));
        assert_eq!(listed, expected, "ids listed by {line}");
        for (item, number) in items.iter().zip(numbers) {
            let expected = self.fields(model, *number, now);
            // The delivery of a secret is recorded after it was shown.
            let is_shown = item["secret"].is_string();
            for (field, value) in expected.as_object().unwrap() {
                let value = if is_shown && field == "delivered_at" { &Value::Null } else { value };
                assert_eq!(
                    &item[field],
                    value,
                    "{field} of {item}\nat {} after {line}",
                    rfc3339(now)
                );
            }
        }
    }

    /// Returns the expected JSON of a credential.
    fn fields(&self, model: &Model, number: usize, now: i64) -> Value {
        let c: &Credential = &model.credentials[number];
        let instant = |seconds: Option<i64>| seconds.map(rfc3339);
        let subject = |is_user| (c.subject.is_user == is_user).then_some(&c.subject.text);
        let delay = model.rules.overlap_delay;
        let retiring = c.retiring.filter(|old| c.is_not_ended() && now < old.until + delay);
        let target = |is_done: bool| is_done.then_some("ann@host");
        json!({
            "id": self.ids[number],
            "kind": if c.subject.is_user { "user" } else { "account" },
            "account": self.accounts[c.account],
            "name": subject(false),
            "user": subject(true),
            "note": c.note.then_some("of it"),
            "state": model.state(c, now),
            "lifetime": if c.days > 0 { format!("{}d", c.days) } else { c.lifetime.to_owned() },
            "expires_at": instant(c.expiry),
            "expires_in_seconds": c.expiry.map(|end| end - now),
            "created_at": rfc3339(c.created_at),
            "created_by": "ann@host",
            "generation": c.generation,
            "secret_made_at": rfc3339(c.secret_created),
            "delivered_at": rfc3339(c.secret_created),
            "withdrawn": false,
            "retiring_until": instant(retiring.map(|old| old.until)),
            "retiring_until_used": retiring.is_some_and(|old| old.until_used),
            "revoked_at": instant(c.revoked.map(|(at, _)| at)),
            "revoked_by": target(c.revoked.is_some()),
            "revocation_reason": c.revoked.and_then(|(_, reason)| reason).map(|reason| REASONS[reason]),
            "deleted_at": instant(c.deleted),
            "deleted_by": target(c.deleted.is_some()),
            "lifetime_seconds": (c.days > 0).then_some(i64::from(c.days) * DAY),
            "introspect": c.introspect,
            "last_used_at": null,
            "last_used_from": null,
            "uses": 0,
            "undelivered_reset_at": instant(
                c.undelivered.filter(|_| c.is_not_ended()).map(|new| new.created_at),
            ),
        })
    }

    fn record_account_ids(&mut self, model: &Model) -> Value {
        let output = self.env.run("account list --json");
        assert_eq!(output.exit, if model.last_record.is_some() { 0 } else { 3 }, "{output}");
        let answer = parse_json(&output.stdout);
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        self.accounts = items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(self.accounts.len(), model.accounts.len());
        answer
    }

    /// Compares the whole store, and the decisions about secrets.
    fn compare_all(&mut self, model: &Model) {
        let accounts = self.record_account_ids(model);
        if model.last_record.is_none() {
            return;
        }
        for (number, account) in model.accounts.iter().enumerate() {
            let item = &accounts["items"][number];
            assert_eq!(item["places_taken"], json!(model.slots_taken(number)), "{item}");
            assert_eq!(item["require_user_passcode"], json!(account.users_only), "{item}");
        }
        let output = self.env.run("list --all --json");
        assert_eq!(output.exit, 0, "{output}");
        assert_no_secrets(&output.stdout);
        let answer = parse_json(&output.stdout);
        let all: Vec<usize> = (0..model.credentials.len()).collect();
        let items = answer["items"].as_array().unwrap();
        self.compare_items(model, items, &all, model.now(), "list --all");
        self.try_secrets(model, self.due_secrets(model));
    }

    /// Compares the decisions about these secrets.
    fn try_secrets(&mut self, model: &Model, numbers: Vec<usize>) {
        for number in numbers {
            let output = self.env.run_with_input("verify", &self.secrets[number]);
            let expected = model.expected_decision(number, None, false) as u8;
            assert_eq!(
                output.exit,
                expected,
                "verify of secret {number} of {:?}\nat {}\n{output}",
                model.credentials[model.secrets[number]],
                rfc3339(model.now()),
            );
            assert_no_secrets(&output.stdout);
        }
    }

    /// Returns the secrets to try after this step: those of the credentials that it printed, all if time passed, else a
    /// third in turn; of the prefilled ones, every 33rd.
    fn due_secrets(&self, model: &Model) -> Vec<usize> {
        let printed = model.expected.printed_credentials.as_deref().unwrap_or_default();
        let is_due = |number: &usize| {
            printed.contains(&model.secrets[*number]) && printed.len() < 5
                || match *number < model.prefilled {
                    true => number % 33 == self.steps % 33,
                    false => model.expected.clock_advance != 0 || number % 3 == self.steps % 3,
                }
        };
        (0..self.secrets.len()).filter(is_due).collect()
    }

    /// Checks the store, and that the audit log has no secret.
    fn check_integrity(&mut self) {
        if self.accounts.is_empty() {
            return;
        }
        for line in ["doctor", "audit verify", "audit list --json"] {
            let output = self.env.run(line);
            assert_eq!(output.exit, 0, "gatepass {line}\n{output}");
            assert_no_secrets(&output.stdout);
        }
        let unique: BTreeSet<&String> = self.ids.iter().chain(&self.secrets).collect();
        assert_eq!(
            unique.len(),
            self.ids.len() + self.secrets.len(),
            "an id or a secret was issued twice"
        );
    }
}

fn assert_no_secrets(text: &str) {
    assert!(!secret::contains_secret(text), "a secret in {text}");
}

fn start_time() -> i64 {
    unix_seconds(START_TIME)
}

fn unix_seconds(text: &str) -> i64 {
    Instant::parse_rfc3339(text).unwrap().unix()
}
