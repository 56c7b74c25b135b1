//! The tests: random sequences of commands, run by the program and by the model.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngSeed, TestRunner},
};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use super::{machine::Machine, reference::Model, rules::Rules};
use crate::support::{process::is_full, test_env::KILLED};

/// The maximum number of steps of a sequence.
const STEPS: usize = 40;

/// Runs sequences with a model whose rules are `Rules::ALL[RULES]`.
fn run<const RULES: usize>(config: &Config) -> Result<(), String> {
    let strategy = Machine::<RULES>::sequential_strategy(1..=STEPS);
    TestRunner::new(config.clone())
        .run(&strategy, |(model, steps, seen)| {
            Machine::<RULES>::test_sequential(config.clone(), model, steps, seen);
            Ok(())
        })
        .map_err(|error| error.to_string())
}

/// Returns the configuration of one of two tests, which share the sequences so that two cores are busy.
fn half_config() -> Config {
    let cases = if is_full() { 1024 } else { 128 };
    Config { cases, failure_persistence: None, max_shrink_iters: 4096, ..Config::default() }
}

#[test]
fn the_program_matches_the_model() {
    run::<0>(&half_config()).unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn the_program_matches_the_model_second_half() {
    run::<0>(&half_config()).unwrap_or_else(|why| panic!("{why}"));
}

/// 256 sequences contain every command with every exit code that it can have.
#[test]
fn the_steps_reach_every_exit_code() {
    const EXIT_CODES: [(&str, &[u8]); 12] = [
        ("account add", &[0, 4, 7]),
        ("account edit", &[0, 2, 3, 7]),
        ("check", &[0, 1, 2, 3]),
        ("create", &[0, 2, 3, 4, 5, 7]),
        ("delete", &[0, 2, 3, 7]),
        ("edit", &[0, 2, 3, 4, 7]),
        ("grant-user", &[0, 2, 3, 4, 7]),
        ("list", &[0, 3]),
        ("reset", &[0, 1, 2, 3, 4, 7, KILLED]),
        ("revoke", &[0, 2, 3, 4, 7]),
        ("show", &[0, 3]),
        ("verify", &[0, 3, 10, 11, 12, 13, 14]),
    ];
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(0), ..Config::default() });
    let strategy = Machine::<0>::sequential_strategy(1..=STEPS);
    let mut counts: BTreeMap<(String, u8), usize> = BTreeMap::new();
    for _ in 0..256 {
        let (mut model, steps, _) = strategy.new_tree(&mut runner).unwrap().current();
        for step in steps {
            model = model.after(&step);
            if let Some(command) = model.expected.command() {
                *counts.entry((command, model.expected.exit)).or_default() += 1;
            }
        }
    }
    for (command, exits) in EXIT_CODES {
        for exit in exits {
            let key = (command.to_owned(), *exit);
            assert!(counts.contains_key(&key), "never {command} with {exit}: {counts:#?}");
        }
    }
}

/// Panics unless a model with wrong rules differs from the program in some sequence in which the right model does not.
/// The seed is fixed, so that the result is always the same.
fn assert_caught<const RULES: usize>() {
    let config = Config {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(RULES as u64),
        ..Config::default()
    };
    let mut runner = TestRunner::new(config.clone());
    let strategy = Machine::<RULES>::sequential_strategy(1..=STEPS);
    for _ in 0..128 {
        let (model, steps, _) = strategy.new_tree(&mut runner).unwrap().current();
        let right = Model { rules: Rules::ALL[0].1, ..model.clone() };
        let wrong = || {
            Machine::<RULES>::test_sequential(config.clone(), model, steps.clone(), None);
        };
        if catch_unwind(AssertUnwindSafe(wrong)).is_err() {
            Machine::<0>::test_sequential(config, right, steps, None);
            return;
        }
    }
    panic!("not caught: {}", Rules::ALL[RULES].0);
}

#[test]
fn a_model_with_a_wrong_passcode_limit_is_caught() {
    assert_caught::<1>();
}

#[test]
fn a_model_with_a_wrong_expiry_is_caught() {
    assert_caught::<2>();
}

#[test]
fn a_model_with_a_wrong_overlap_is_caught() {
    assert_caught::<3>();
    assert_caught::<6>();
}

#[test]
fn a_model_in_which_resets_do_not_wait_for_the_delivery_is_caught() {
    assert_caught::<7>();
}

#[test]
fn a_model_with_a_wrong_expiring_threshold_is_caught() {
    assert_caught::<4>();
}

#[test]
fn a_model_with_case_sensitive_names_is_caught() {
    assert_caught::<5>();
}
