//! Confirming changes after which requests fail that are accepted now.

use super::context::Session;
use crate::{
    commands::error::CommandError,
    domain::{
        credential::CredentialKind, decision::policy_refusal, directory::account::Account,
        instant::Instant, usage::LastUse,
    },
    ops::query::narrowed::{NarrowedCount, is_recently_used},
    render::text::escape,
};

impl Session<'_, '_> {
    /// Prompts for a confirmation if the change takes something away from a credential. `question` asks for the change.
    ///
    /// # Errors
    /// As for [`Session::confirm`].
    pub fn confirm_narrowing(
        &mut self,
        question: &str,
        narrowed: NarrowedCount,
    ) -> Result<(), CommandError> {
        let NarrowedCount { credentials, recently_used } = narrowed;
        let what = match credentials {
            0 => return Ok(()),
            1 => "1 credential".to_owned(),
            many => format!("{many} credentials"),
        };
        self.confirm(&format!(
            "Requests that are accepted now will fail: {what}, {recently_used} used in the last 30 days. {question}"
        ))
    }

    /// Warns if the account refuses a new credential of this kind.
    ///
    /// # Errors
    /// When stderr can't be written.
    pub fn warn_if_refused(
        &mut self,
        kind: CredentialKind,
        account: &Account,
        now: Instant,
    ) -> Result<(), CommandError> {
        if let Some(reason) = policy_refusal(kind, account, now) {
            self.notice(&format!(
                "warning: account {} ({}) refuses this {}: {}",
                escape(account.name.as_str()),
                account.id,
                kind.noun(),
                reason.meaning()
            ))?;
        }
        Ok(())
    }
}

/// Returns a sentence about the last use, if it was in the last 30 days; otherwise an empty text.
pub fn recent_use_text(last_use: Option<&LastUse>, now: Instant) -> String {
    match last_use.filter(|_| is_recently_used(last_use, now)) {
        Some(last_use) => format!("Last used at {}.", last_use.at),
        None => String::new(),
    }
}
