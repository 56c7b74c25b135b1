//! Commands that change several credentials: confirmation before, a list after.

use super::{context::Session, narrowed::recent_use_text};
use crate::{
    commands::error::CommandError,
    domain::{
        credential::Credential,
        directory::{id::CredentialId, reference::Reference},
        instant::Instant,
    },
    exit::Exit,
    ops::{
        DisplayNames,
        credential::changed::ChangedCredentials,
        query::{narrowed::is_recently_used, resolve::PartialIds},
    },
    render::{Format, ListWriter, Shape, text::escape},
    store::{Store, StoreError},
    view::{ACCOUNT_COLUMN, ChangeSummary, CredentialView, DryRun, USAGE_COLUMN},
};

/// The most credentials that a confirmation lists.
const MAX_LISTED: usize = 10;

impl Session<'_, '_> {
    /// Returns whether partial ids are allowed: only at a terminal, where a person sees what they match.
    pub fn partial_ids(&self) -> PartialIds {
        if self.can_prompt() { PartialIds::Allowed } else { PartialIds::Rejected }
    }

    /// Lists the credentials and prompts for a confirmation. `verb` names the change, as in "Delete"; `consequence` is a
    /// sentence before the question, or empty. Returns references to exactly these credentials.
    ///
    /// # Errors
    /// As for [`Session::confirm`].
    pub fn confirm_all(
        &mut self,
        verb: &str,
        consequence: &str,
        affected: ChangedCredentials,
    ) -> Result<Vec<Reference>, CommandError> {
        let ChangedCredentials { credentials, names, last_uses, at, .. } = affected;
        // Last uses that can't be verified are reported after the change.
        let (names, last_uses) = (names?, last_uses.unwrap_or_default());
        let sentences = match &credentials[..] {
            [] => return Ok(Vec::new()),
            [one] => {
                let name = names.display_name(one)?.text();
                let question =
                    format!("{verb} {} {} ({})?", one.kind().noun(), escape(&name), one.id);
                [consequence.to_owned(), recent_use_text(last_uses.get(&one.seq), at), question]
            }
            many => {
                self.list_affected(many, &names)?;
                let used =
                    many.iter().filter(|one| is_recently_used(last_uses.get(&one.seq), at)).count();
                let used = match used {
                    0 => String::new(),
                    used => format!("{used} of them were used in the last 30 days."),
                };
                [consequence.to_owned(), used, format!("{verb} these {} credentials?", many.len())]
            }
        };
        let sentences: Vec<_> = sentences.into_iter().filter(|text| !text.is_empty()).collect();
        self.confirm(&sentences.join(" "))?;
        Ok(credentials.iter().map(|credential| Reference::from_id(credential.id)).collect())
    }

    /// Lists the first credentials that a change affects, if there are any, with their ids, kinds and names.
    ///
    /// # Errors
    /// When stderr can't be written.
    pub fn list_affected(
        &mut self,
        credentials: &[Credential],
        names: &DisplayNames,
    ) -> Result<(), CommandError> {
        if credentials.is_empty() {
            return Ok(());
        }
        let listed = &credentials[..credentials.len().min(MAX_LISTED)];
        let kind_width = listed.iter().map(|one| one.kind().noun().len()).max().unwrap_or(0);
        let mut lines = String::new();
        for credential in listed {
            let (kind, name) = (credential.kind().noun(), names.display_name(credential)?.text());
            lines.push_str(&format!(
                "  {}  {kind:kind_width$}  {}\n",
                credential.id,
                escape(&name)
            ));
        }
        if credentials.len() > MAX_LISTED {
            lines.push_str(&format!("  and {} more\n", credentials.len() - MAX_LISTED));
        }
        self.message(lines.trim_end())
    }

    /// Reports the changed credentials: a message on a terminal, such as "Deleted 2 credentials.", and the records
    /// unless the output is a table.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn show_changed(
        &mut self,
        verb: &str,
        changed: ChangedCredentials,
    ) -> Result<(), CommandError> {
        let ChangedCredentials { credentials, account, names, last_uses, at, .. } = changed;
        let ChangedCredentials { are_new, new_districts, skipped, .. } = changed;
        let dry_run = |credential: &Credential| match credential.subject.district() {
            Some(district) if self.global.dry_run && new_districts.contains(&district) => {
                DryRun::NewWithDistrict
            }
            _ => DryRun::new(self.global.dry_run, are_new),
        };
        let names = names?;
        if self.shape != Shape::Rows(Format::Table) || self.global.dry_run {
            let last_uses = last_uses?;
            let view = |credential| {
                let name = names.display_name(credential)?;
                let last_use = last_uses.get(&credential.seq);
                let view = CredentialView::new(credential, last_use, &account, at, name);
                Ok(view.in_dry_run(dry_run(credential)))
            };
            let skipped = skipped.iter().map(CredentialId::to_string).collect();
            let summary = ChangeSummary { count: credentials.len() as i64, skipped };
            self.write_changed(&credentials, at, summary, view)?;
        }
        let what = match &credentials[..] {
            [one] => {
                let name = names.display_name(one)?.text();
                match dry_run(one).has_id() {
                    true => format!("{} ({})", escape(&name), one.id),
                    false => escape(&name).into_owned(),
                }
            }
            many => format!("{} credentials", many.len()),
        };
        let what = match skipped.len() {
            0 => what,
            count => format!("{what}; skipped {count} that exist and are valid"),
        };
        self.report_change(verb, &what)
    }

    /// Reports that stdin had no references, so that nothing was changed.
    ///
    /// # Errors
    /// When the store can't be read, or the report not be written.
    pub fn show_no_change(&mut self, store: &Store) -> Result<Exit, CommandError> {
        let at = self.now(store)?;
        if self.shape != Shape::Rows(Format::Table) {
            let no_view = |one: &Credential| Err(StoreError::Integrity(one.id.to_string()));
            self.write_changed(&[], at, ChangeSummary::default(), no_view)?;
        }
        self.message("There are no references on stdin; nothing was changed.")?;
        self.report_dry_run()?;
        Ok(Exit::Success)
    }

    fn write_changed<'c>(
        &mut self,
        credentials: &'c [Credential],
        at: Instant,
        summary: ChangeSummary,
        view: impl Fn(&'c Credential) -> Result<CredentialView<'c>, StoreError>,
    ) -> Result<(), CommandError> {
        let style = self.style();
        let mut writer = ListWriter::<CredentialView<'static>>::new(
            self.host.stdout,
            &style,
            "gatepass.changed/v1",
            at.rfc3339_bytes(),
        )?
        .hide(USAGE_COLUMN, true)
        .hide(ACCOUNT_COLUMN, true);
        for credential in credentials {
            writer.row(&view(credential)?)?;
        }
        let fit = writer.finish_change(&summary, self.global.dry_run)?;
        self.end_list(&fit)
    }
}
