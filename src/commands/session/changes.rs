//! What the verbs that change several credentials share: showing what they will hit, asking, and listing what was done.

use crate::{
    commands::Session,
    domain::{
        credential::Credential,
        directory::{account::Account, reference::Reference},
    },
    ops::{DisplayNames, query::resolve::PartialIds},
    render::{Format, ListWriter, Shape, text::escape},
    store::Store,
    view::{ChangeSummary, CredentialView},
};

/// How many credentials a question names.
const MAX_LISTED: usize = 10;

impl Session<'_, '_> {
    /// Whether the beginning of an id is enough: only where a person sees what it names before it is done.
    pub fn partial_ids(&self) -> PartialIds {
        if self.can_prompt() { PartialIds::Allowed } else { PartialIds::Rejected }
    }

    /// Shows what will be hit and asks whether to go on; `verb` says what, as in "Delete". Answers references to
    /// exactly those that were shown.
    ///
    /// # Errors
    /// As for [`Session::confirm`].
    pub fn confirm_all(
        &mut self,
        verb: &str,
        store: &Store,
        credentials: &[Credential],
    ) -> anyhow::Result<Vec<Reference>> {
        let names =
            DisplayNames::for_credentials_best_effort(&self.begin_read(store)?.tx, credentials)?;
        let question = match credentials {
            [] => return Ok(Vec::new()),
            [one] => format!("{verb} {} ({})?", escape(&names.display_name(one)?.text()), one.id),
            many => {
                self.list_affected(many, &names)?;
                format!("{verb} these {} credentials?", many.len())
            }
        };
        self.confirm(&question)?;
        Ok(credentials.iter().map(|credential| Reference::from_id(credential.id)).collect())
    }

    /// Directory the first of those that will be hit, if there are any.
    ///
    /// # Errors
    /// When stderr can't be written.
    pub fn list_affected(
        &mut self,
        credentials: &[Credential],
        names: &DisplayNames,
    ) -> anyhow::Result<()> {
        if credentials.is_empty() {
            return Ok(());
        }
        let mut lines = String::new();
        for credential in credentials.iter().take(MAX_LISTED) {
            lines.push_str(&format!(
                "  {}  {}\n",
                credential.id,
                escape(&names.display_name(credential)?.text())
            ));
        }
        if credentials.len() > MAX_LISTED {
            lines.push_str(&format!("  and {} more\n", credentials.len() - MAX_LISTED));
        }
        self.message(lines.trim_end())
    }

    /// Lists what was changed; a person at the terminal gets a sentence, such as "Deleted 2 credentials."
    ///
    /// # Errors
    /// When it can't be written.
    pub fn show_changed(
        &mut self,
        verb: &str,
        store: &Store,
        credentials: &[Credential],
        account: &Account,
    ) -> anyhow::Result<()> {
        let style = self.style();
        let names =
            DisplayNames::for_credentials_best_effort(&self.begin_read(store)?.tx, credentials)?;
        if style.shape != Shape::Rows(Format::Table) || self.global.dry_run {
            let look = self.begin_read(store)?;
            let schema = "gatepass.changed/v1";
            let mut writer = ListWriter::<CredentialView<'static>>::new(
                self.host.stdout,
                &style,
                schema,
                look.now.rfc3339_bytes(),
            )?;
            for credential in credentials {
                let last_use = look.tx.find_last_use(credential.seq)?;
                let (last_use, called) = (last_use.as_ref(), names.display_name(credential)?);
                writer.row(&CredentialView::new(
                    credential, last_use, account.id, look.now, called,
                ))?;
            }
            writer.finish(&ChangeSummary { count: credentials.len() as i64 })?;
            self.host.stdout.flush()?;
        }
        let what = match credentials {
            [one] => format!("{} ({})", escape(&names.display_name(one)?.text()), one.id),
            many => format!("{} credentials", many.len()),
        };
        match self.global.dry_run {
            true => self.message(&format!(
                "This was a dry run: nothing was changed. It would have {} {what}.",
                verb.to_lowercase()
            )),
            false => self.message(&format!("{verb} {what}.")),
        }
    }
}
