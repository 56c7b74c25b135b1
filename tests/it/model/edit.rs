//! What `edit` and `account edit` change in the model, and which edits ask: those after which requests fail.

use super::{
    apply::ensure_confirmed,
    reference::{CONFLICT, Credential, Model, Refusal, USAGE, subject_of},
    step::{StepEdits, StepOptions, Target, is_reserved},
};

impl Model {
    pub(super) fn edit_account(
        &mut self,
        options: &StepOptions,
        users_only: bool,
    ) -> Result<(), Refusal> {
        let (account, now) = self.begin(options)?;
        let loses_requests =
            |c: &Credential| c.account == account && !c.subject.is_user && self.is_accepted(c, now);
        let asks = users_only && self.credentials.iter().any(loses_requests);
        ensure_confirmed(options, asks)?;
        if self.accounts[account].users_only != users_only {
            self.accounts[account].users_only = users_only;
            self.last_record = Some(now);
        }
        Ok(())
    }

    pub(super) fn edit(
        &mut self,
        options: &StepOptions,
        target: Target,
        StepEdits { name, note, lifetime, introspect }: StepEdits,
    ) -> Result<(), Refusal> {
        let is_empty =
            name.is_none() && note.is_none() && lifetime.is_none() && introspect.is_none();
        if is_empty || name.is_some_and(is_reserved) {
            return Err(USAGE);
        }
        let (account, now) = self.begin(options)?;
        let number = self.resolve(target, &[account], false)?;
        self.ensure_not_ended(&[number])?;
        let original = self.credentials[number].clone();
        if let Some(name) = name {
            if self.credentials[number].subject.is_user {
                return Err(USAGE);
            }
            let subject = subject_of(Target::Name(name));
            if self.holder(account, false, &subject).is_some_and(|holder| holder != number) {
                return Err(CONFLICT);
            }
            self.credentials[number].subject = subject;
        }
        if let Some(note) = note {
            self.credentials[number].note = note;
        }
        let end = |model: &Self| model.credentials[number].expiry.unwrap_or(i64::MAX);
        let before = end(self);
        let credential = &self.credentials[number];
        let was_accepted = self.is_accepted(credential, now);
        let loses_introspection = introspect == Some(false) && credential.introspect;
        if let Some(lifetime) = lifetime {
            self.set_lifetime(number, lifetime, now)?;
        }
        if let Some(introspect) = introspect {
            if self.credentials[number].subject.is_user {
                return Err(USAGE);
            }
            self.credentials[number].introspect = introspect;
        }
        ensure_confirmed(options, was_accepted && (end(self) < before || loses_introspection))?;
        if self.credentials[number] != original {
            self.last_record = Some(now);
        }
        self.expected.printed_credentials = Some(vec![number]);
        Ok(())
    }

    /// Returns whether requests with this passcode are accepted.
    fn is_accepted(&self, credential: &Credential, now: i64) -> bool {
        let users_only = self.accounts[credential.account].users_only;
        (credential.subject.is_user || !users_only) && self.is_live(credential, now)
    }
}
