//! Confirming and reporting the removal of an app, a district or an account.

use std::fmt::Display;

use super::context::Session;
use crate::{
    commands::error::CommandError,
    domain::credential::{Credential, Deletion},
    ops::DisplayNames,
    render::{Format, Row, Shape, text::escape},
};

/// The removal of an app, a district or an account, with the credentials that are revoked.
pub struct Removal<'a> {
    /// What is removed, such as `district`.
    pub noun: &'static str,
    /// Its name.
    pub name: &'a str,
    /// Its id.
    pub id: &'a dyn Display,
    /// Its active tokens, and an app's legacy key.
    pub revoked: &'a [Credential],
    /// Its earlier removal, if it had been removed before and stays as it is.
    pub removed_before: Option<&'a Deletion>,
}

impl Removal<'_> {
    /// Lists the credentials that will be revoked and prompts for a confirmation, unless there is nothing to remove.
    ///
    /// # Errors
    /// As for [`Session::confirm`].
    pub fn confirm(
        &self,
        session: &mut Session<'_, '_>,
        names: &DisplayNames,
    ) -> Result<(), CommandError> {
        if self.removed_before.is_some() {
            return Ok(());
        }
        session.list_affected(self.revoked, names)?;
        let (noun, name) = (self.noun, escape(self.name));
        let revoked = match self.revoked.len() {
            0 => String::new(),
            1 => " and revoke this credential".to_owned(),
            many => format!(" and revoke these {many} credentials"),
        };
        session.confirm(&format!("Remove {noun} {name} ({}){revoked}?", self.id))
    }

    /// Reports the removal: a message on a terminal, and the record unless the output is a table.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn report<R: Row>(
        &self,
        session: &mut Session<'_, '_>,
        view: &R,
        details: &[(&str, String)],
    ) -> Result<(), CommandError> {
        if session.shape != Shape::Rows(Format::Table) || session.global.dry_run {
            session.show(view, details)?;
        }
        let what = format!("{} {} ({})", self.noun, escape(self.name), self.id);
        if let Some(Deletion { at, by }) = self.removed_before {
            session.notice(&format!("{what} was already removed at {at} by {}.", escape(by)))?;
            return session.report_dry_run();
        }
        let revoked = match self.revoked.len() {
            0 => String::new(),
            1 => " and revoked 1 credential".to_owned(),
            many => format!(" and revoked {many} credentials"),
        };
        session.report_change("Removed", &format!("{what}{revoked}"))
    }
}
