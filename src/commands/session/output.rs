//! Output: results to stdout, messages to stderr.

use std::io::Write;

use super::context::Session;
use crate::{
    commands::{error::CommandError, help::colour::message_style},
    render::{self, Format, MessageStyle, Record, Row, Shape, Style, TableFit, message},
    view::DryRun,
};

/// The message of every dry run.
const DRY_RUN: &str = "This was a dry run: nothing was changed.";

impl Session<'_, '_> {
    /// Returns how stdout is written.
    pub fn style(&self) -> Style {
        let (is_terminal, colour) = (self.host.terminal.stdout, self.host.terminal.stdout_colour);
        let width = self.host.terminal.width.filter(|_| is_terminal && !self.global.wide);
        Style { shape: self.shape.clone(), width, colour, columns: Vec::new(), header: true }
    }

    /// Writes one record to stdout; `details` is its form for a person.
    ///
    /// # Errors
    /// When it can't be written, or does not have the field of `--field`.
    pub fn show<R: Row>(
        &mut self,
        record: &R,
        details: &[(&str, String)],
    ) -> Result<(), CommandError> {
        let mut bytes = Vec::new();
        let style = self.style();
        match &style.shape {
            Shape::Rows(Format::Table) => render::details(&mut bytes, &style, details)?,
            Shape::Rows(format) => render::record(&mut bytes, *format, record)?,
            Shape::Handles => {
                record.handle().map_or(Ok(()), |id| writeln!(bytes, "{id}"))?;
            }
            Shape::Fields(names) => render::fields(&mut bytes, record, names)?,
        }
        self.write_stdout(&bytes)
    }

    /// Writes one record that has no handle to stdout; `text` is its form for a person.
    ///
    /// # Errors
    /// As for [`Session::show`].
    pub fn show_record(&mut self, record: &dyn Record, text: &str) -> Result<(), CommandError> {
        let mut bytes = Vec::new();
        match &self.shape {
            Shape::Rows(Format::Table) | Shape::Handles => {
                let Style { width, colour, .. } = self.style();
                writeln!(bytes, "{}", message(text, MessageStyle { width, colour }))?
            }
            Shape::Rows(format) => render::record(&mut bytes, *format, record)?,
            Shape::Fields(names) => render::fields(&mut bytes, record, names)?,
        }
        self.write_stdout(&bytes)
    }

    /// Writes one record like [`Session::show_record`], but ignores a closed pipe. For commands whose exit code is
    /// their result: a rejection must not exit with success because the reader of stdout is gone.
    ///
    /// # Errors
    /// As for [`Session::show`], except for a closed pipe.
    pub fn show_ignoring_closed_pipe(
        &mut self,
        record: &dyn Record,
        text: &str,
    ) -> Result<(), CommandError> {
        match self.show_record(record, text) {
            Err(error) if error.is_closed_pipe() => Ok(()),
            other => other,
        }
    }

    /// Flushes stdout after a list, then writes a message about what its table does not show.
    ///
    /// # Errors
    /// When stdout or stderr can't be written.
    pub fn end_list(&mut self, fit: &TableFit) -> Result<(), CommandError> {
        self.host.stdout.flush()?;
        fit.message().map_or(Ok(()), |message| self.message(&message))
    }

    /// Writes bytes to stdout and flushes it.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn write_stdout(&mut self, bytes: &[u8]) -> Result<(), CommandError> {
        self.host.stdout.write_all(bytes)?;
        Ok(self.host.stdout.flush()?)
    }

    /// Writes a message to stderr if it is a terminal.
    ///
    /// # Errors
    /// When stderr can't be written.
    pub fn message(&mut self, text: &str) -> Result<(), CommandError> {
        if self.host.terminal.stderr { self.notice(text) } else { Ok(()) }
    }

    /// Writes a message to stderr.
    ///
    /// # Errors
    /// As for [`Session::message`].
    pub fn notice(&mut self, text: &str) -> Result<(), CommandError> {
        let text = message(text, message_style(&self.host.terminal));
        Ok(writeln!(self.host.stderr, "{text}")?)
    }

    /// Returns what this run does to a record; `is_new` says whether it creates the record.
    pub fn dry_run(&self, is_new: bool) -> DryRun {
        DryRun::new(self.global.dry_run, is_new)
    }

    /// After a dry run, writes to stderr that nothing was changed. Also without a terminal, so that nobody takes the
    /// output for that of a change.
    ///
    /// # Errors
    /// When stderr can't be written.
    pub fn report_dry_run(&mut self) -> Result<(), CommandError> {
        if self.global.dry_run {
            self.notice(DRY_RUN)?;
        }
        Ok(())
    }

    /// Reports a change on a terminal, as in "Deleted acme.", or that a dry run would have made it. `verb` is the first word.
    ///
    /// # Errors
    /// When stderr can't be written.
    pub fn report_change(&mut self, verb: &str, what: &str) -> Result<(), CommandError> {
        if self.global.dry_run {
            let verb = verb.to_lowercase();
            return self.notice(&format!("{DRY_RUN} It would have {verb} {what}."));
        }
        self.message(&format!("{verb} {what}."))
    }
}
