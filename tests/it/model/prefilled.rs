//! Nearly full stores: slow to create, so that they start from a copy of one.

use std::sync::OnceLock;

use serde_json::Value;

use super::{reference::prefilled_lifetime, step::LifetimeChoice};
use crate::support::test_env::{Snapshot, TestEnv};

/// The number of account passcodes in the store that is copied.
const COMMON: usize = 97;

/// A store with [`COMMON`] passcodes.
struct Template {
    snapshot: Snapshot,
    ids: Vec<String>,
    secrets: Vec<String>,
}

/// Returns a store with `count` account passcodes, [`COMMON`] or more, and their ids and secrets.
pub fn prefilled_store(count: usize) -> (TestEnv, Vec<String>, Vec<String>) {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let (mut env, mut ids, mut secrets) = (TestEnv::new(), Vec::new(), Vec::new());
        (0..COMMON).for_each(|number| create(&mut env, number, &mut ids, &mut secrets));
        Template { snapshot: env.snapshot(), ids, secrets }
    });
    let mut env = TestEnv::from_snapshot(&template.snapshot);
    // Without this, all copies would draw the same secrets from here on.
    env.reseed(count as u64 + 2);
    let (mut ids, mut secrets) = (template.ids.clone(), template.secrets.clone());
    (COMMON..count).for_each(|number| create(&mut env, number, &mut ids, &mut secrets));
    (env, ids, secrets)
}

fn create(env: &mut TestEnv, number: usize, ids: &mut Vec<String>, secrets: &mut Vec<String>) {
    let lifetime = match prefilled_lifetime(number) {
        LifetimeChoice::Days(days) => format!("--days {days}"),
        LifetimeChoice::Infinite => "--infinite".to_owned(),
        LifetimeChoice::Forever | LifetimeChoice::Until(_) => "--forever".to_owned(),
    };
    let answer = parse_json(&env.run_ok(&format!("create filled-{number} {lifetime} --json")));
    ids.push(answer["id"].as_str().unwrap().to_owned());
    secrets.push(answer["secret"].as_str().unwrap().to_owned());
}

/// Returns the JSON of an output, `null` if it has none.
pub fn parse_json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
