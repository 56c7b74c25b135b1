//! The streams and the person of a program that runs in process.

use std::{
    cell::RefCell,
    collections::VecDeque,
    io::{self, Write},
    panic::resume_unwind,
};

use gatepass::host::{PromptError, Prompter};
use zeroize::Zeroizing;

/// When a program is killed that writes to stdout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kill {
    BeforeOutput,
    AfterOutput,
}

/// The payload with which a killed program unwinds.
pub struct Killed;

/// A stdout that fails with `error` once it has `limit` bytes; `None` takes all.
pub struct LimitedWriter {
    pub bytes: Vec<u8>,
    pub limit: Option<usize>,
    pub error: io::ErrorKind,
    pub kill: Option<Kill>,
}

impl LimitedWriter {
    fn kill_if(&self, when: Kill) {
        if self.kill == Some(when) {
            // Open transactions are rolled back, as those of a killed process are. No panic is reported.
            resume_unwind(Box::new(Killed));
        }
    }
}

impl Write for LimitedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.kill_if(Kill::BeforeOutput);
        if self.limit.is_some_and(|limit| self.bytes.len() + bytes.len() > limit) {
            return Err(self.error.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.bytes.is_empty() {
            self.kill_if(Kill::AfterOutput);
        }
        Ok(())
    }
}

/// A stderr that the program and its prompts share.
pub struct SharedStderr<'a>(pub &'a RefCell<Vec<u8>>);

impl Write for SharedStderr<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A person with prepared answers, who interrupts when there are none left.
pub struct ScriptedPrompter<'a> {
    pub answers: &'a mut VecDeque<String>,
    pub stderr: SharedStderr<'a>,
}

impl ScriptedPrompter<'_> {
    fn answer(&mut self, question: &str) -> Result<String, PromptError> {
        assert!(question.ends_with('?'), "a question mark at the end of {question:?}");
        let answer = self.answers.pop_front().ok_or(PromptError::Interrupted)?;
        writeln!(self.stderr, "? {question} {answer}").map_err(PromptError::Io)?;
        Ok(answer)
    }
}

impl Prompter for ScriptedPrompter<'_> {
    fn text(
        &mut self,
        question: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError> {
        loop {
            let answer = self.answer(question)?;
            match check(&answer) {
                Ok(()) => return Ok(answer),
                Err(why) => writeln!(self.stderr, "! {why}").map_err(PromptError::Io)?,
            }
        }
    }

    fn hidden(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError> {
        assert!(question.ends_with('?'), "a question mark at the end of {question:?}");
        let answer = self.answers.pop_front().ok_or(PromptError::Interrupted)?;
        writeln!(self.stderr, "? {question} (hidden)").map_err(PromptError::Io)?;
        Ok(Zeroizing::new(answer.into_bytes()))
    }

    fn hidden_lines(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError> {
        self.hidden(question)
    }

    fn choose(&mut self, question: &str, options: &[&str]) -> Result<usize, PromptError> {
        let answer = self.answer(question)?;
        Ok(options
            .iter()
            .position(|option| option.starts_with(&answer))
            .expect("the answer to begin an option"))
    }

    fn confirm(&mut self, question: &str) -> Result<bool, PromptError> {
        Ok(self.answer(question)? == "y")
    }
}
