//! The door, for apps and districts: those who share, and those who are shared with.

use std::{cell::RefCell, ops::ControlFlow, sync::Arc};

use super::{
    credentials::{AuditContext, ensure_written},
    transaction::{Transaction, verify_row},
};
use crate::{
    domain::{
        audit,
        directory::{
            account::{Account, AccountKey},
            app::App,
            district::{District, ExternalId},
            id::{ClientId, ObjectId},
            name::fold,
        },
        instant::Instant,
    },
    store::{
        StoreError,
        port::record::{Namespace, UniqueName, WithMac},
    },
};

impl Transaction<'_> {
    /// All apps, oldest first, the removed ones included. They are few: each look-up of one reads all of them, and so
    /// knows that none is missing.
    ///
    /// # Errors
    /// When one does not verify or is missing.
    pub fn apps(&self) -> Result<Arc<[App]>, StoreError> {
        if let Some(known) = &*self.apps.borrow() {
            return Ok(known.clone());
        }
        let rows = self.raw.list_apps()?;
        let is_once = rows.is_sorted_by(|one, next| one.record.seq < next.record.seq);
        if !is_once || rows.len() as i64 != self.head.apps {
            return Err(StoreError::integrity("the number of apps is wrong"));
        }
        let apps = rows
            .into_iter()
            .map(|row| verify_row(&self.row_mac, row, "an app"))
            .collect::<Result<Arc<[App]>, _>>()?;
        *self.apps.borrow_mut() = Some(apps.clone());
        Ok(apps)
    }

    /// The app with this id, a removed one too.
    ///
    /// # Errors
    /// As for [`Transaction::apps`].
    pub fn find_app(&self, id: ObjectId) -> Result<Option<App>, StoreError> {
        Ok(self.apps()?.iter().find(|app| app.id == id).cloned())
    }

    /// The app whose programs authenticate under this name, if it was not removed.
    ///
    /// # Errors
    /// As for [`Transaction::apps`].
    pub fn find_client(&self, client: ClientId) -> Result<Option<App>, StoreError> {
        let is_client = |app: &&App| app.client_id == client && app.removed.is_none();
        Ok(self.apps()?.iter().find(is_client).cloned())
    }

    /// The app of an account that a text names: by id, client id, or name; none that was removed.
    ///
    /// # Errors
    /// As for [`Transaction::apps`].
    pub fn find_app_by_reference(
        &self,
        account: AccountKey,
        text: &str,
    ) -> Result<Option<App>, StoreError> {
        let key = fold(text);
        let is_named = |app: &App| {
            app.id.as_str() == text || app.client_id.as_str() == text || app.name.folded() == key
        };
        let is_here = |app: &&App| app.account == account && app.removed.is_none();
        Ok(self.apps()?.iter().filter(is_here).find(|app| is_named(app)).cloned())
    }

    /// The district with this number.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_district(&self, seq: i64) -> Result<Option<District>, StoreError> {
        let found =
            self.raw.find_district(seq)?.map(|row| self.verify_district(row)).transpose()?;
        found.map(|found| ensure_match(found, |district| district.seq == seq)).transpose()
    }

    /// The district with this id, a removed one too.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_district_by_id(&self, id: ObjectId) -> Result<Option<District>, StoreError> {
        let found =
            self.raw.find_district_by_id(id)?.map(|row| self.verify_district(row)).transpose()?;
        found.map(|found| ensure_match(found, |district| district.id == id)).transpose()
    }

    /// The same, where one that does not verify is as good as none: for whoever wants no more than its name.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn find_valid_district(&self, id: ObjectId) -> Result<Option<District>, StoreError> {
        match self.find_district_by_id(id) {
            Err(StoreError::Integrity(_)) => Ok(None),
            found => found,
        }
    }

    /// The district of an account that a text names: by id, name or external id; none that was removed.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_district_by_reference(
        &self,
        account: AccountKey,
        text: &str,
    ) -> Result<Option<District>, StoreError> {
        if let Some(id) = ObjectId::parse(text) {
            let found = self.find_district_by_id(id)?;
            return Ok(found.filter(|one| one.account == account && one.removed.is_none()));
        }
        let key = fold(text);
        for register in [Namespace::Districts, Namespace::ExternalIds] {
            if let Some(found) = self.find_district_by_key(account, register, &key)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The district that holds a text, case folded, in one of the two registers of districts.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_district_by_key(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<Option<District>, StoreError> {
        let Some(row) = self.find_unique_name(account, namespace, key)? else { return Ok(None) };
        let holding: UniqueName = verify_row(&self.row_mac, row, "the holder of a name")?;
        let found = self.find_district(holding.holder)?.ok_or_else(|| {
            StoreError::integrity(format!("district number {} is missing", holding.holder))
        })?;
        ensure_match(found, |district| {
            district.account == account
                && district.removed.is_none()
                && unique_key(district, namespace).as_deref() == Some(key)
        })
        .map(Some)
    }

    /// Calls `each` with every district, oldest first, the removed ones too, until it breaks.
    ///
    /// # Errors
    /// What `each` answers, or that one does not verify or is missing.
    pub fn scan_districts<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(District) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let (mut count, mut last, mut ended) = (0, 0, Ok(ControlFlow::Continue(())));
        self.raw.scan_districts(&mut |row| {
            let seq = row.record.seq;
            count += 1;
            ended = match self.verify_district(row) {
                Ok(_) if seq <= last => {
                    Err(StoreError::integrity(format!("district number {seq} comes twice")).into())
                }
                Ok(district) => each(district),
                Err(error) => Err(error.into()),
            };
            last = seq;
            match ended {
                Ok(ControlFlow::Continue(())) => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        })?;
        if ended?.is_continue() && count != self.head.districts {
            return Err(StoreError::integrity("the number of districts is wrong").into());
        }
        Ok(())
    }

    fn verify_district(&self, row: WithMac<District>) -> Result<District, StoreError> {
        let seq = row.record.seq;
        let altered = || StoreError::integrity(format!("district number {seq} was altered"));
        self.row_mac.verify(row).ok_or_else(altered)
    }

    /// Adds an app; its number and audit record are given here.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn insert_app(
        &mut self,
        context: &AuditContext<'_>,
        draft: App,
    ) -> Result<App, StoreError> {
        self.head.apps += 1;
        let app = App { seq: self.head.apps, audit_seq: self.head.audit_seq + 1, ..draft };
        ensure_written(
            self.raw.insert_app(&self.row_mac.authenticate(app.clone()))?,
            "app",
            app.id,
        )?;
        self.audit_app(context, None, &app)?;
        Ok(app)
    }

    /// Replaces an app. How it was before is read here.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn update_app(
        &mut self,
        context: &AuditContext<'_>,
        after: App,
    ) -> Result<App, StoreError> {
        let before = self
            .find_app(after.id)?
            .ok_or_else(|| StoreError::integrity(format!("app {} is missing", after.id)))?;
        let app = App { audit_seq: self.head.audit_seq + 1, ..after };
        ensure_written(
            self.raw.update_app(&self.row_mac.authenticate(app.clone()))?,
            "app",
            app.id,
        )?;
        self.audit_app(context, Some(&before), &app)?;
        Ok(app)
    }

    /// Notes that the present client secret of an app was handed over, as
    /// [`Transaction::mark_delivered`] does for a credential.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn mark_app_delivered(&mut self, app: &App, at: Instant) -> Result<(), StoreError> {
        let Some(mut present) = self.find_app(app.id)? else { return Ok(()) };
        if present.secrets.generation != app.secrets.generation {
            return Ok(());
        }
        present.secrets.delivered_at = Some(at);
        self.clear_app_cache();
        ensure_written(self.raw.update_app(&self.row_mac.authenticate(present))?, "app", app.id)
    }

    /// Adds a district; its number and audit record are given here.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn insert_district(
        &mut self,
        context: &AuditContext<'_>,
        draft: District,
    ) -> Result<District, StoreError> {
        self.head.districts += 1;
        let district =
            District { seq: self.head.districts, audit_seq: self.head.audit_seq + 1, ..draft };
        let row = self.row_mac.authenticate(district.clone());
        ensure_written(self.raw.insert_district(&row)?, "district", district.id)?;
        for register in DISTRICT_NAMESPACES {
            self.claim_district_name(&district, register)?;
        }
        self.audit_district(context, None, &district)?;
        Ok(district)
    }

    /// Replaces a district, and keeps what it holds in step. How it was before is read here.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn update_district(
        &mut self,
        context: &AuditContext<'_>,
        after: District,
    ) -> Result<District, StoreError> {
        let before = self.find_district(after.seq)?.ok_or_else(|| {
            StoreError::integrity(format!("district number {} is missing", after.seq))
        })?;
        let district = District { audit_seq: self.head.audit_seq + 1, ..after };
        let row = self.row_mac.authenticate(district.clone());
        ensure_written(self.raw.update_district(&row)?, "district", district.id)?;
        for register in DISTRICT_NAMESPACES {
            let (old, new) = (unique_key(&before, register), unique_key(&district, register));
            if old == new && district.removed.is_none() {
                continue;
            }
            if let Some(old) = old.filter(|_| before.removed.is_none()) {
                let was_held = self.raw.remove_unique_name(before.account, register, &old)?;
                ensure_written(was_held, "the name of district", district.id)?;
            }
            if district.removed.is_none() {
                self.claim_district_name(&district, register)?;
            }
        }
        self.audit_district(context, Some(&before), &district)?;
        Ok(district)
    }

    /// Gives a district what it holds in a register, which must be nobody else's.
    fn claim_district_name(
        &self,
        district: &District,
        namespace: Namespace,
    ) -> Result<(), StoreError> {
        let Some(key) = unique_key(district, namespace) else { return Ok(()) };
        let is_free = self.find_unique_name(district.account, namespace, &key)?.is_none();
        ensure_written(is_free, "the name of district", district.id)?;
        let holding =
            UniqueName { account: district.account, namespace, key, holder: district.seq };
        self.raw.put_unique_name(&self.row_mac.authenticate(holding))
    }

    fn clear_app_cache(&mut self) {
        self.apps = RefCell::default();
    }

    fn audit_app(
        &mut self,
        context: &AuditContext<'_>,
        before: Option<&App>,
        after: &App,
    ) -> Result<(), StoreError> {
        self.clear_app_cache();
        let account = self.get_account(after.account)?.id;
        let fields = |app: &App| audit::app_fields(app, &account);
        let (subject, name) = (after.id.to_string(), Some(after.name.to_string()));
        self.append_audit(context, subject, name, before.map(fields), Some(fields(after)))
    }

    fn audit_district(
        &mut self,
        context: &AuditContext<'_>,
        before: Option<&District>,
        after: &District,
    ) -> Result<(), StoreError> {
        let account = self.get_account(after.account)?.id;
        let fields = |district: &District| audit::district_fields(district, &account);
        let (subject, name) = (after.id.to_string(), Some(after.name.to_string()));
        self.append_audit(context, subject, name, before.map(fields), Some(fields(after)))
    }

    fn get_account(&self, key: AccountKey) -> Result<Account, StoreError> {
        let found = self.accounts()?.into_iter().find(|account| account.key == key);
        found.ok_or_else(|| StoreError::integrity("the account of an app or a district is missing"))
    }
}

/// Where districts hold something.
pub(in crate::store) const DISTRICT_NAMESPACES: [Namespace; 2] =
    [Namespace::Districts, Namespace::ExternalIds];

/// What a district holds in a register, as long as it is not removed.
pub(in crate::store) fn unique_key(district: &District, namespace: Namespace) -> Option<String> {
    match namespace {
        Namespace::Districts => Some(district.name.folded()),
        Namespace::ExternalIds => district.external_id.as_ref().map(ExternalId::folded),
        Namespace::Credentials(_) => None,
    }
}

fn ensure_match(
    found: District,
    is_right: impl FnOnce(&District) -> bool,
) -> Result<District, StoreError> {
    match is_right(&found) {
        true => Ok(found),
        false => Err(StoreError::integrity(format!(
            "an index leads to district {}, which was not asked for",
            found.id
        ))),
    }
}
