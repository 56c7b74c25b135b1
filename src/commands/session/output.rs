//! Output: results to stdout, messages to stderr.

use std::io::Write;

use super::context::Session;
use crate::{
    commands::error::CommandError,
    config::ColorChoice,
    render::{self, Format, Record, Row, Shape, Style},
    view::DryRun,
};

/// The message of every dry run.
const DRY_RUN: &str = "This was a dry run: nothing was changed.";

impl Session<'_, '_> {
    /// Returns how stdout is written.
    pub fn style(&self) -> Style {
        let is_terminal = self.host.terminal.stdout;
        let colour = match self.config.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_terminal,
        };
        let width = if is_terminal { self.host.terminal.width } else { None };
        Style { shape: self.shape.clone(), width, colour }
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
            Shape::Field(name) => render::field(&mut bytes, record, name)?,
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
            Shape::Rows(Format::Table) | Shape::Handles => writeln!(bytes, "{text}")?,
            Shape::Rows(format) => render::record(&mut bytes, *format, record)?,
            Shape::Field(name) => render::field(&mut bytes, record, name)?,
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
        if self.host.terminal.stderr {
            writeln!(self.host.stderr, "{text}")?;
        }
        Ok(())
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
            writeln!(self.host.stderr, "{DRY_RUN}")?;
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
            return Ok(writeln!(self.host.stderr, "{DRY_RUN} It would have {verb} {what}.")?);
        }
        self.message(&format!("{verb} {what}."))
    }
}
