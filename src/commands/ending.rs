//! What the verbs that change several credentials share: showing what they will hit, asking, and listing what was done.

use super::{Session, view::CredentialView};
use crate::{
    domain::{account::Account, credential::Credential, reference::Reference},
    ops::{Directory, resolve::Prefixes},
    render::{Format, ListWriter, Record, Shape, Value, text::escape},
    store::Store,
};

/// How many credentials a question names.
const NAMED: usize = 10;

impl Session<'_, '_> {
    /// Whether the beginning of an id is enough: only where a person sees what it names before it is done.
    pub fn prefixes(&self) -> Prefixes {
        if self.can_ask() { Prefixes::Taken } else { Prefixes::Refused }
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
        let names = Directory::as_far_as_known(&self.look(store)?.tx, credentials)?;
        let question = match credentials {
            [] => return Ok(Vec::new()),
            [one] => format!("{verb} {} ({})?", escape(&names.called(one)?.text()), one.id),
            many => {
                self.name_some(many, &names)?;
                format!("{verb} these {} credentials?", many.len())
            }
        };
        self.confirm(&question)?;
        Ok(credentials.iter().map(|credential| Reference::to(credential.id)).collect())
    }

    /// Directory the first of those that will be hit, if there are any.
    ///
    /// # Errors
    /// When stderr can't be written.
    pub fn name_some(
        &mut self,
        credentials: &[Credential],
        names: &Directory,
    ) -> anyhow::Result<()> {
        if credentials.is_empty() {
            return Ok(());
        }
        let mut lines = String::new();
        for credential in credentials.iter().take(NAMED) {
            lines.push_str(&format!(
                "  {}  {}\n",
                credential.id,
                escape(&names.called(credential)?.text())
            ));
        }
        if credentials.len() > NAMED {
            lines.push_str(&format!("  and {} more\n", credentials.len() - NAMED));
        }
        self.talk(lines.trim_end())
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
        let names = Directory::as_far_as_known(&self.look(store)?.tx, credentials)?;
        if style.shape != Shape::Rows(Format::Table) || self.global.dry_run {
            let look = self.look(store)?;
            let schema = "gatepass.changed/v1";
            let mut writer = ListWriter::<CredentialView<'static>>::new(
                self.host.stdout,
                &style,
                schema,
                look.now.stamp(),
            )?;
            for credential in credentials {
                let last_use = look.tx.last_use(credential.seq)?;
                let (last_use, called) = (last_use.as_ref(), names.called(credential)?);
                writer.row(&CredentialView::new(
                    credential, last_use, account.id, look.now, called,
                ))?;
            }
            writer.finish(&Changed { count: credentials.len() as i64 })?;
            self.host.stdout.flush()?;
        }
        let what = match credentials {
            [one] => format!("{} ({})", escape(&names.called(one)?.text()), one.id),
            many => format!("{} credentials", many.len()),
        };
        match self.global.dry_run {
            true => self.talk(&format!(
                "This was a dry run: nothing was changed. It would have {} {what}.",
                verb.to_lowercase()
            )),
            false => self.talk(&format!("{verb} {what}.")),
        }
    }
}

/// The end of a list of what was changed.
struct Changed {
    count: i64,
}

impl Record for Changed {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("changed", Value::Integer(self.count));
    }
}
