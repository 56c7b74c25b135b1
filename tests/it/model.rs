//! The whole program against a model of it: random sequences of commands, and everything that can be seen compared.

use proptest::test_runner::{Config, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use crate::support::thorough::is_full;

mod apply;
mod decision;
mod machine;
mod reference;
mod rules;
mod step;
mod verdict;
mod words;

use machine::Machine;

/// How many steps a sequence has at most.
const STEPS: usize = 40;

/// Runs `cases` sequences against the model with the rules of this number.
fn run<const RULES: usize>(cases: u32, shrinks: u32) -> Result<(), String> {
    let config =
        Config { cases, failure_persistence: None, max_shrink_iters: shrinks, ..Config::default() };
    let strategy = Machine::<RULES>::sequential_strategy(1..=STEPS);
    TestRunner::new(config.clone())
        .run(&strategy, |(model, steps, seen)| {
            Machine::<RULES>::test_sequential(config.clone(), model, steps, seen);
            Ok(())
        })
        .map_err(|error| error.to_string())
}

/// Half of the sequences in one test, half in another, for machines of two cores.
fn half() -> u32 {
    if is_full() { 2048 } else { 128 }
}

#[test]
fn the_program_does_what_the_model_does() {
    run::<0>(half(), 4096).unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn the_program_does_what_the_model_does_again() {
    run::<0>(half(), 4096).unwrap_or_else(|why| panic!("{why}"));
}
