//! Questions to the person at the terminal. Without one: a usage error that names the flag, never a hang.

use zeroize::Zeroizing;

use super::{Session, error::Failure};

impl Session<'_, '_> {
    /// Whether somebody can be asked.
    pub fn can_ask(&self) -> bool {
        self.host.terminal.stdin && self.host.terminal.stderr
    }

    /// Whether a dangerous verb has to ask; `--yes` and a dry run answer by themselves.
    pub fn must_ask(&self) -> bool {
        !self.global.yes && !self.global.dry_run
    }

    /// Asks whether to go on; `--yes` and a dry run answer by themselves.
    ///
    /// # Errors
    /// `Failure::Declined` for "no"; a usage error that names `--yes` when nobody can be asked.
    pub fn confirm(&mut self, question: &str) -> anyhow::Result<()> {
        if !self.must_ask() {
            return Ok(());
        }
        if !self.can_ask() {
            return Err(Failure::needs(question, "--yes").into());
        }
        self.host.stdout.flush()?;
        match self.host.prompter.confirm(question)? {
            true => Ok(()),
            false => Err(Failure::Declined.into()),
        }
    }

    /// Asks for a line.
    ///
    /// # Errors
    /// A usage error that names `flag` when nobody can be asked.
    pub fn ask_text(
        &mut self,
        question: &str,
        flag: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> anyhow::Result<String> {
        if !self.can_ask() {
            return Err(Failure::needs(question, flag).into());
        }
        self.host.stdout.flush()?;
        Ok(self.host.prompter.text(question, check)?)
    }

    /// Asks for a line that is not shown while it is typed.
    ///
    /// # Errors
    /// A usage error that names `flag` when nobody can be asked.
    pub fn ask_hidden(&mut self, question: &str, flag: &str) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        if !self.can_ask() {
            return Err(Failure::needs(question, flag).into());
        }
        self.host.stdout.flush()?;
        Ok(self.host.prompter.hidden(question)?)
    }

    /// Asks for one of `options`.
    ///
    /// # Errors
    /// A usage error that names `flag` when nobody can be asked.
    pub fn ask_choice(
        &mut self,
        question: &str,
        flag: &str,
        options: &[&str],
    ) -> anyhow::Result<usize> {
        if !self.can_ask() {
            return Err(Failure::needs(question, flag).into());
        }
        self.host.stdout.flush()?;
        Ok(self.host.prompter.choose(question, options)?)
    }
}
