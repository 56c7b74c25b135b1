//! What the commands about apps and about districts share.

use crate::{
    commands::Session,
    domain::{
        credential::Credential,
        directory::{account::Account, app::App, id::ObjectId},
    },
    ops::{AppOrDistrict, DisplayNames, app::summary::AppSummary},
    render::{Format, Row, Shape, text::escape},
    store::Store,
    view::AppView,
};

/// Shows an app with what it holds now.
///
/// # Errors
/// When the store can't be read, or the output not be written.
pub fn show_app(
    session: &mut Session<'_, '_>,
    store: &Store,
    app: &App,
    account: &Account,
) -> anyhow::Result<()> {
    let look = session.begin_read(store)?;
    let holds = AppSummary::load(&look.tx, app)?;
    let view = AppView::new(app, &holds, account.id, look.now);
    session.show(&view, &view.details())
}

/// The removal of an app or a district, with what ends with it.
pub struct Removal<'a> {
    /// What is removed.
    pub kind: AppOrDistrict,
    /// Its name.
    pub name: &'a str,
    /// Its id.
    pub id: ObjectId,
    /// The live tokens, and the legacy key, that are revoked.
    pub revoked: &'a [Credential],
}

impl Removal<'_> {
    /// Shows what will be hit and asks whether to go on.
    ///
    /// # Errors
    /// As for [`Session::confirm`].
    pub fn confirm(
        &self,
        session: &mut Session<'_, '_>,
        names: &DisplayNames,
    ) -> anyhow::Result<()> {
        session.list_affected(self.revoked, names)?;
        let (party, name) = (self.kind.as_str(), escape(self.name));
        let revoked = match self.revoked.len() {
            0 => String::new(),
            1 => " and revoke this credential".to_owned(),
            many => format!(" and revoke these {many} credentials"),
        };
        session.confirm(&format!("Remove {party} {name} ({}){revoked}?", self.id))
    }

    /// Tells what was done; whoever reads no table gets the record.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn report<R: Row>(
        &self,
        session: &mut Session<'_, '_>,
        view: &R,
        details: &[(&str, String)],
    ) -> anyhow::Result<()> {
        let is_dry = session.global.dry_run;
        if session.shape != Shape::Rows(Format::Table) || is_dry {
            session.show(view, details)?;
        }
        let what = format!("{} {} ({})", self.kind.as_str(), escape(self.name), self.id);
        let revoked = match self.revoked.len() {
            0 => String::new(),
            1 => " and revoked 1 credential".to_owned(),
            many => format!(" and revoked {many} credentials"),
        };
        match is_dry {
            true => session.message(&format!(
                "This was a dry run: nothing was changed. It would have removed {what}{revoked}."
            )),
            false => session.message(&format!("Removed {what}{revoked}.")),
        }
    }
}
