//! The operator: runs a command again if it changed nothing, and asks whether a change was made if its outcome is unknown.
//! Panics if gatepass says something about a change that is not true.

use std::{ffi::OsString, fs, io::Write, sync::Arc};

use gatepass::{
    exit::Exit,
    host::Host,
    run_with_driver,
    store::{BackendByAddress, StoreDriver},
};

use crate::{
    output::{Output, Stream},
    setup::Setup,
};

/// Enough for a command that makes forty round trips, one in ten of which is lost.
const MAX_ATTEMPTS: usize = 500;

/// Printed instead of what success would have printed, if a change was made whose outcome was unknown.
const MADE: &str = "the change was made";

/// Someone who runs one command.
pub struct Operator {
    setup: Setup,
    arguments: Vec<OsString>,
    /// What the command reads, if stdin is not a terminal.
    input: Vec<u8>,
    attempts: usize,
}

impl Operator {
    /// An operator who has not run the command yet.
    pub fn new(setup: Setup, arguments: Vec<OsString>) -> Self {
        Self { setup, arguments, input: Vec::new(), attempts: 0 }
    }

    /// Runs the command until its outcome is known.
    pub fn run(mut self, host: &mut Host<'_>) -> Exit {
        if self.is("serve") {
            return self.serve(host);
        }
        if !host.terminal.stdin {
            host.stdin.read_to_end(&mut self.input).unwrap();
        }
        loop {
            let before = last_record(host);
            let (exit, output) = self.attempt(host, &self.arguments.clone());
            let is_unknown_check = self.is("check") && exit == Exit::NotFound;
            match exit {
                Exit::Unknown => match self.is_made(host, &before, &output) {
                    true => {
                        output.write_without_errors(host);
                        writeln!(host.stderr, "{MADE}").unwrap();
                        return Exit::Success;
                    }
                    false => self.remove_out_file(),
                },
                Exit::Busy => {
                    let has_created = has_created_store(&before, &last_record(host), &output);
                    output.write_without_errors(host);
                    if has_created {
                        writeln!(host.stderr, "{MADE}").unwrap();
                    }
                }
                _ if is_unknown_check => {}
                exit => {
                    output.write(host);
                    return exit;
                }
            }
        }
    }

    fn is(&self, command: &str) -> bool {
        self.arguments.get(1).is_some_and(|argument| argument == command)
    }

    /// Runs the gate, again if it could not start.
    fn serve(&mut self, host: &mut Host<'_>) -> Exit {
        loop {
            let driver = self.next_driver();
            let exit = run_with_driver(&self.arguments, host, driver);
            self.note(exit, "");
            if exit != Exit::Busy {
                return exit;
            }
        }
    }

    /// Runs a command once.
    fn attempt(&mut self, host: &mut Host<'_>, arguments: &[OsString]) -> (Exit, Output) {
        let driver = self.next_driver();
        let (exit, output) = run(host, arguments, &self.input, driver);
        self.note(exit, &output.text(Stream::Stderr));
        (exit, output)
    }

    fn next_driver(&mut self) -> Arc<dyn StoreDriver> {
        self.attempts += 1;
        assert!(self.attempts <= MAX_ATTEMPTS, "too many attempts");
        self.setup.driver(self.attempts)
    }

    fn note(&mut self, exit: Exit, errors: &str) {
        writeln!(self.setup.notes, "exit {}\n{errors}", exit.code()).unwrap();
    }

    /// Asks whether a change was made whose outcome is unknown.
    fn is_made(&mut self, host: &mut Host<'_>, before: &str, output: &Output) -> bool {
        if self.setup.is_careless {
            return false;
        }
        let errors = output.text(Stream::Stderr);
        let (_, hint) = errors.split_once("audit show --change ").expect("no change is named");
        let query = ["gatepass", "audit", "show", "--change", hint.split(' ').next().unwrap()];
        let query = query.map(OsString::from);
        let exit = loop {
            match self.attempt(host, &query).0 {
                Exit::Busy => {}
                exit => break exit,
            }
        };
        let (truth, _) = run(host, &query, &[], Arc::new(BackendByAddress));
        assert_eq!(exit, truth);
        let is_made = match exit {
            Exit::Success => true,
            Exit::NotFound => false,
            exit => panic!("{exit:?}: {errors}"),
        };
        assert_eq!(is_made, last_record(host) != before, "{errors}");
        writeln!(self.setup.notes, "{}", if is_made { MADE } else { "the change was not made" })
            .unwrap();
        is_made
    }

    /// Removes the file with a secret that never became valid.
    fn remove_out_file(&self) {
        let mut words = self.arguments.iter().skip_while(|word| *word != "--out");
        if let Some(file) = words.nth(1) {
            fs::remove_file(file).unwrap();
        }
    }
}

/// Runs a command and keeps what it writes.
fn run(
    host: &mut Host<'_>,
    arguments: &[OsString],
    mut input: &[u8],
    driver: Arc<dyn StoreDriver>,
) -> (Exit, Output) {
    let output = Output::default();
    let mut host = Host {
        env: host.env.clone(),
        stdin: &mut input,
        stdout: &mut output.writer(Stream::Stdout),
        stderr: &mut output.writer(Stream::Stderr),
        terminal: host.terminal,
        clock: host.clock,
        entropy: &mut *host.entropy,
        prompter: &mut *host.prompter,
        actor: host.actor.clone(),
    };
    let exit = run_with_driver(arguments, &mut host, driver);
    (exit, output)
}

/// Returns the number and the link of the last audit record, without a network in between. Empty if there is no store.
fn last_record(host: &mut Host<'_>) -> String {
    let query = ["gatepass", "audit", "checkpoint"].map(OsString::from);
    run(host, &query, &[], Arc::new(BackendByAddress)).1.text(Stream::Stdout)
}

/// Returns whether a command that exited with 6 created the store without knowing. Panics if it changed anything else, or
/// if it showed a result.
fn has_created_store(before: &str, after: &str, output: &Output) -> bool {
    let (shown, errors) = (output.text(Stream::Stdout), output.text(Stream::Stderr));
    assert_eq!(shown, "", "{errors}");
    let (knows, does_not_know) =
        (errors.contains("Created store"), errors.contains("lost while it was created"));
    // The first record is that of the account.
    let is_first = before.is_empty() && after.contains(" 1 ") && (knows || does_not_know);
    assert!(before == after || is_first, "{before} became {after}: {errors}");
    is_first && does_not_know
}
