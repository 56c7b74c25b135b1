//! Apps. They are few: each lookup reads all of them and checks their sum; a transaction keeps them.

use std::sync::Arc;

use crate::{
    domain::{
        audit,
        directory::{
            app::App,
            id::{ClientId, ObjectId},
        },
        instant::Instant,
        seq::AppSeq,
    },
    store::{
        error::StoreError,
        tx::{
            audit::{AuditContext, AuditedChange},
            ensure::ensure_all_written,
            transaction::Transaction,
        },
    },
};

impl Transaction<'_> {
    /// Returns all apps, oldest first, including removed ones.
    ///
    /// # Errors
    /// If one does not verify or is missing.
    pub fn apps(&mut self) -> Result<Arc<[App]>, StoreError> {
        if let Some(cached) = &self.apps {
            return Ok(cached.clone());
        }
        let rows = self.raw.list_apps()?;
        let apps: Arc<[App]> = self.verify_table(rows, "an app")?.into();
        self.apps = Some(apps.clone());
        Ok(apps)
    }

    /// Finds the app with this ID, even a removed one.
    ///
    /// # Errors
    /// As for [`Transaction::apps`].
    pub fn find_app(&mut self, id: ObjectId) -> Result<Option<App>, StoreError> {
        Ok(self.apps()?.iter().find(|app| app.id == id).cloned())
    }

    /// Finds the app with this client ID, unless it was removed.
    ///
    /// # Errors
    /// As for [`Transaction::apps`].
    pub fn find_client(&mut self, client: ClientId) -> Result<Option<App>, StoreError> {
        let is_client = |app: &&App| app.client_id == client && app.removed.is_none();
        Ok(self.apps()?.iter().find(is_client).cloned())
    }

    /// Inserts an app with the next number, and its audit record. The numbers in `new` are ignored.
    ///
    /// # Errors
    /// If the store can't be written.
    pub fn insert_app(&mut self, context: &AuditContext<'_>, new: App) -> Result<App, StoreError> {
        self.head.apps += 1;
        let app = App { seq: AppSeq(self.head.apps), audit_seq: self.head.audit_seq.next(), ..new };
        let row = self.authenticate_new(app.clone());
        ensure_all_written(self.raw.insert_apps(&[row])?, 1, "app")?;
        self.audit_app(context, None, &app)?;
        Ok(app)
    }

    /// Replaces an app and adds its audit record, unless nothing differs. Reads the previous state itself.
    ///
    /// # Errors
    /// If the store can't be written.
    pub fn update_app(
        &mut self,
        context: &AuditContext<'_>,
        after: App,
    ) -> Result<App, StoreError> {
        let before = self
            .find_app(after.id)?
            .ok_or_else(|| StoreError::integrity(format!("app {} is missing", after.id)))?;
        if after == before {
            return Ok(before);
        }
        let app = App { audit_seq: self.head.audit_seq.next(), ..after };
        self.replace_app(&before, app.clone())?;
        self.audit_app(context, Some(&before), &app)?;
        Ok(app)
    }

    /// Records that the current client secret of `app` was delivered, unless the app has a newer secret by now. Like
    /// [`Transaction::mark_delivered`], this writes no audit record.
    ///
    /// # Errors
    /// If the store can't be written.
    pub fn mark_app_delivered(&mut self, app: &App, at: Instant) -> Result<(), StoreError> {
        let Some(before) = self.find_app(app.id)? else { return Ok(()) };
        if before.secrets.generation != app.secrets.generation {
            return Ok(());
        }
        let mut delivered = before.clone();
        delivered.secrets.delivered_at = Some(at);
        self.replace_app(&before, delivered)
    }

    fn replace_app(&mut self, before: &App, after: App) -> Result<(), StoreError> {
        self.apps = None;
        let row = self.authenticate_changed(before, after);
        ensure_all_written(self.raw.update_apps(&[row])?, 1, "app")
    }

    fn audit_app(
        &mut self,
        context: &AuditContext<'_>,
        before: Option<&App>,
        after: &App,
    ) -> Result<(), StoreError> {
        self.apps = None;
        let account = self.get_account(after.account)?.id;
        let fields = |app: &App| audit::app_fields(app, &account);
        let change = AuditedChange {
            subject: after.id.to_string(),
            name: Some(after.name.to_string()),
            before: before.map(fields),
            after: Some(fields(after)),
        };
        self.append_audit(context, change);
        Ok(())
    }
}
