//! The repair of accounts, apps, districts and credentials.

use std::{collections::HashMap, ops::ControlFlow};

use super::{
    report::RepairReport,
    restore::{
        no_valid_secret, repaired_app, repaired_credential, restored_account, restored_district,
    },
};
use crate::{
    domain::{
        audit::{self, Action, AuditRecord},
        credential::{Credential, CredentialKind, Deletion},
        directory::account::AccountId,
        seq::CredentialSeq,
    },
    store::{
        error::StoreError,
        integrity::history::ObjectHistory,
        port::{
            record::{CredentialRow, WithMac},
            tables::{CredentialScan, SortBy},
        },
        row_mac::MacFields,
        tx::{
            audit::{AuditContext, AuditedChange},
            ensure::ensure_all_written,
            transaction::Transaction,
        },
    },
};

impl Transaction<'_> {
    pub(super) fn repair_accounts(
        &mut self,
        history: &ObjectHistory,
        report: &mut RepairReport,
    ) -> Result<(), StoreError> {
        for row in self.raw.list_accounts()? {
            let (account, is_authentic) = self.inspect(row);
            let fields = audit::account_fields(&account);
            if is_authentic && history.matches(account.id.as_str(), account.audit_seq, &fields) {
                continue;
            }
            let Some(newest) = self.newest_record(history, account.id.as_str())? else { continue };
            if let Some(restored) = restored_account(&account, &newest) {
                let row = self.row_mac.authenticate(restored.clone());
                ensure_all_written(self.raw.update_accounts(&[row])?, 1, "account")?;
                report.accounts.push(restored);
            }
        }
        self.accounts = None;
        Ok(())
    }

    pub(super) fn repair_apps(
        &mut self,
        context: &AuditContext<'_>,
        history: &ObjectHistory,
        report: &mut RepairReport,
    ) -> Result<(), StoreError> {
        for row in self.raw.list_apps()? {
            let (app, is_authentic) = self.inspect(row);
            let Some(account) = self.account_id(app.account)? else { continue };
            let (id, fields) = (app.id.to_string(), audit::app_fields(&app, &account));
            if is_authentic && history.matches(&id, app.audit_seq, &fields) {
                continue;
            }
            let Some(newest) = self.newest_record(history, &id)? else { continue };
            // The log has no digests, so no client secret is left, and none of the old ones must come back.
            let secrets = no_valid_secret(app.secrets.created_at, app.secrets.generation.max(1));
            let Some(mut repaired) = repaired_app(&app, &newest, secrets) else { continue };
            repaired.audit_seq = self.head().audit_seq.next();
            let after = audit::app_fields(&repaired, &account);
            self.record_repair(context, Action::AppReset, repaired.name.as_str(), &newest, after);
            let row = self.row_mac.authenticate(repaired.clone());
            ensure_all_written(self.raw.update_apps(&[row])?, 1, "app")?;
            report.apps.push(repaired);
        }
        self.apps = None;
        Ok(())
    }

    pub(super) fn repair_districts(
        &mut self,
        history: &ObjectHistory,
        report: &mut RepairReport,
    ) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        self.raw.scan_districts(&mut |batch| {
            rows.extend(batch);
            ControlFlow::Continue(())
        })?;
        for row in rows {
            let (district, is_authentic) = self.inspect(row);
            let Some(account) = self.account_id(district.account)? else { continue };
            let fields = audit::district_fields(&district, &account);
            let id = district.id.as_str();
            if is_authentic && history.matches(id, district.audit_seq, &fields) {
                continue;
            }
            let Some(newest) = self.newest_record(history, id)? else { continue };
            if let Some(restored) = restored_district(&district, &account, &newest) {
                let row = self.row_mac.authenticate(restored.clone());
                ensure_all_written(self.raw.update_districts(&[row])?, 1, "district")?;
                report.districts.push(restored);
            }
        }
        Ok(())
    }

    pub(super) fn repair_credentials(
        &mut self,
        context: &AuditContext<'_>,
        history: &ObjectHistory,
        report: &mut RepairReport,
    ) -> Result<(), StoreError> {
        let damaged = self.damaged_credentials(history)?;
        let secrets = if damaged.is_empty() { HashMap::new() } else { self.count_secrets()? };
        let repair = Deletion { at: context.at, by: context.actor.to_string() };
        for (row, account) in damaged {
            let newest = self.newest_record(history, &row.id.to_string())?;
            let count = secrets.get(&row.seq).copied().unwrap_or_default();
            // Only a token can have had no secret yet, also if the entries of the others are missing.
            let count = if row.kind() == CredentialKind::Token { count } else { count.max(1) };
            let secrets = no_valid_secret(row.secrets.created_at, count);
            let mut repaired = repaired_credential(&row, newest.as_ref(), secrets, &repair);
            repaired.audit_seq = self.head().audit_seq.next();
            let action = if repaired.deleted.is_some() { Action::Delete } else { Action::Revoke };
            let name = self.display_names_or_empty(&repaired.subject)?;
            let name = name.label(&repaired.subject).into_owned();
            let change = AuditedChange {
                subject: repaired.id.to_string(),
                name: Some(name),
                before: newest.and_then(|newest| newest.after),
                after: Some(audit::credential_fields(&repaired, &account)),
            };
            self.append_audit(&AuditContext { action, ..*context }, change);
            let row = self.row_mac.authenticate(repaired.clone());
            ensure_all_written(self.raw.update_credentials(&[row])?, 1, "credential")?;
            report.revoked.push(repaired);
        }
        self.flush()
    }

    /// Returns the credentials that do not verify or are not as their newest audit record left them, with the ids of their
    /// accounts. One whose account is missing can't be repaired.
    fn damaged_credentials(
        &mut self,
        history: &ObjectHistory,
    ) -> Result<Vec<(Credential, AccountId)>, StoreError> {
        let accounts = self.accounts()?;
        let Self { raw, row_mac, .. } = self;
        let mut damaged = Vec::new();
        let scan = CredentialScan { order: SortBy::Created.into(), with_usage: false };
        raw.scan_credentials(scan, &mut |batch| {
            for CredentialRow { credential: row, .. } in batch {
                let credential = row.record.clone();
                let account = accounts.iter().find(|account| account.key == credential.account);
                let Some(account) = account.map(|account| account.id) else { continue };
                let fields = audit::credential_fields(&credential, &account);
                let is_intact = row_mac.verify(row).is_some()
                    && history.matches(&credential.id.to_string(), credential.audit_seq, &fields);
                if !is_intact {
                    damaged.push((credential, account));
                }
            }
            ControlFlow::Continue(())
        })?;
        Ok(damaged)
    }

    /// Returns how many secrets each credential has had.
    fn count_secrets(&mut self) -> Result<HashMap<CredentialSeq, u32>, StoreError> {
        let mut counts = HashMap::new();
        let Self { raw, row_mac, .. } = self;
        raw.scan_secrets(&mut |batch| {
            for entry in batch.into_iter().filter_map(|row| row_mac.verify(row)) {
                *counts.entry(entry.credential).or_default() += 1;
            }
            ControlFlow::Continue(())
        })?;
        Ok(counts)
    }

    fn record_repair(
        &mut self,
        context: &AuditContext<'_>,
        action: Action,
        name: &str,
        newest: &AuditRecord,
        after: String,
    ) {
        let change = AuditedChange {
            subject: newest.subject.clone(),
            name: Some(name.to_owned()),
            before: newest.after.clone(),
            after: Some(after),
        };
        self.append_audit(&AuditContext { action, ..*context }, change);
    }

    /// Returns the record of a row, whether or not its MAC is right, and whether it is.
    fn inspect<T: MacFields + Clone>(&self, row: WithMac<T>) -> (T, bool) {
        let record = row.record.clone();
        let is_authentic = self.row_mac.verify(row).is_some();
        (record, is_authentic)
    }
}
