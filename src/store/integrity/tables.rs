//! The checks of each table except the messages.

use std::{collections::HashMap, ops::ControlFlow};

use super::{
    context::IntegrityCheck,
    expected::{DirectoryEntry, ExpectedRows},
    latest_audit::LatestAudit,
};
use crate::{
    domain::{
        audit,
        seq::{AuditSeq, CredentialSeq, DistrictSeq},
        usage::DailyUse,
    },
    store::{
        error::StoreError,
        port::{backend::SortBy, record::Namespace},
        tx::{audit::AuditChain, ensure::verify_row, usage},
    },
};

impl IntegrityCheck<'_, '_> {
    pub(super) fn check_audit(&mut self, latest: &mut LatestAudit) -> Result<(), StoreError> {
        let mut chain = AuditChain::new();
        let mut verified = Ok(());
        self.tx.raw.scan_audit(AuditSeq::FIRST, &mut |row| {
            verified = chain.verify_next(&self.tx.row_mac, row).map(|record| latest.add(record));
            if verified.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        verified?;
        chain.verify_end(&self.tx.head)
    }

    pub(super) fn check_accounts(&mut self, latest: &LatestAudit) -> Result<(), StoreError> {
        for account in self.tx.accounts()? {
            self.check_against_audit(
                latest,
                &account.id.to_string(),
                account.audit_seq,
                Some(audit::account_fields(&account)),
            );
        }
        Ok(())
    }

    pub(super) fn check_apps(
        &mut self,
        latest: &LatestAudit,
        expected: &mut ExpectedRows,
    ) -> Result<(), StoreError> {
        let (accounts, apps) = (self.tx.accounts()?, self.tx.apps()?);
        for app in apps.iter() {
            let account = accounts.iter().find(|account| account.key == app.account);
            let fields = account.map(|account| audit::app_fields(app, &account.id));
            self.check_against_audit(latest, app.id.as_str(), app.audit_seq, fields);
        }
        expected.apps = Some(apps.iter().map(|app| (app.id, DirectoryEntry::from(app))).collect());
        Ok(())
    }

    pub(super) fn check_districts(
        &mut self,
        latest: &LatestAudit,
        expected: &mut ExpectedRows,
    ) -> Result<(), StoreError> {
        let accounts = self.tx.accounts()?;
        let (mut count, mut last, mut districts) = (0, DistrictSeq::NONE, HashMap::new());
        let tx = self.tx;
        tx.raw.scan_districts(&mut |row| {
            let seq = row.record.seq;
            if seq <= last {
                self.issues.add(format!("district number {seq} is duplicated"));
            }
            (count, last) = (count + 1, seq);
            if let Some(district) = self.verify_row(row, || format!("district number {seq}")) {
                let account = accounts.iter().find(|account| account.key == district.account);
                let fields = account.map(|account| audit::district_fields(&district, &account.id));
                self.check_against_audit(latest, district.id.as_str(), district.audit_seq, fields);
                expected.add_district(&district);
                districts.insert(district.id, DirectoryEntry::from(&district));
            }
            ControlFlow::Continue(())
        })?;
        if count != tx.head.districts {
            self.issues.add("the number of districts is wrong".to_owned());
        } else if districts.len() as i64 == count {
            expected.districts = Some(districts);
        }
        Ok(())
    }

    pub(super) fn check_credentials(
        &mut self,
        latest: &LatestAudit,
        expected: &mut ExpectedRows,
    ) -> Result<(), StoreError> {
        let accounts = self.tx.accounts()?;
        let mut last = CredentialSeq::NONE;
        let tx = self.tx;
        tx.raw.scan_credentials(SortBy::Created, &mut |row| {
            let seq = row.record.seq;
            if seq <= last {
                self.issues.add(format!("credential number {seq} is duplicated"));
            }
            last = seq;
            let Some(credential) = self.verify_row(row, || format!("credential number {seq}"))
            else {
                return ControlFlow::Continue(());
            };
            let account = accounts.iter().find(|account| account.key == credential.account);
            let fields = account.map(|account| audit::credential_fields(&credential, &account.id));
            let id = credential.id.to_string();
            self.check_against_audit(latest, &id, credential.audit_seq, fields);
            expected
                .find_subject_issue(&credential)
                .into_iter()
                .for_each(|issue| self.issues.add(issue));
            expected.add_credential(&credential);
            ControlFlow::Continue(())
        })?;
        if last > tx.head.credentials {
            self.issues.add("the store has more credentials than its head records".to_owned());
        }
        Ok(())
    }

    pub(super) fn check_secrets(&mut self, expected: &mut ExpectedRows) -> Result<(), StoreError> {
        let tx = self.tx;
        tx.raw.scan_secrets(&mut |row| {
            if let Some(entry) = self.verify_row(row, || "a secret's digest".to_owned()) {
                match expected.secrets.get_mut(&entry.credential) {
                    None => self.issues.add(format!(
                        "a digest belongs to credential number {}, which is missing",
                        entry.credential
                    )),
                    Some((count, digests)) => {
                        *count = count.wrapping_sub(1);
                        digests.retain(|digest| *digest != entry.digest);
                    }
                }
            }
            ControlFlow::Continue(())
        })?;
        for (seq, (missing, digests)) in &expected.secrets {
            if *missing != 0 || !digests.is_empty() {
                self.issues.add(format!("credential number {seq} has missing or extra digests"));
            }
        }
        Ok(())
    }

    pub(super) fn check_usage(&mut self, expected: &ExpectedRows) -> Result<(), StoreError> {
        let tx = self.tx;
        let mut counts = HashMap::new();
        tx.raw.scan_last_uses(&mut |row| {
            let seq = row.record.credential;
            let last_use =
                self.verify_row(row, || format!("the last use of credential number {seq}"));
            if last_use.is_some() && !expected.secrets.contains_key(&seq) {
                self.issues.add(format!("credential number {seq} was used but is missing"));
            }
            counts.extend(last_use.map(|last_use| (seq, last_use.count)));
            ControlFlow::Continue(())
        })?;
        // The uses per day of a credential must not exceed the count of its last use.
        tx.raw.scan_daily_usage(&mut |row| {
            let (tampered, DailyUse { credential, count, .. }) =
                (usage::tampered_day(&row.record), row.record);
            let remaining = counts.get_mut(&credential);
            let is_covered = remaining.is_some_and(|remaining| {
                let rest = remaining.checked_sub(count);
                *remaining = rest.unwrap_or_default();
                rest.is_some()
            });
            if tx.row_mac.verify(row).is_none() || !is_covered {
                self.issues.add(tampered);
            }
            ControlFlow::Continue(())
        })
    }

    pub(super) fn check_unique_names(
        &mut self,
        expected: &mut ExpectedRows,
    ) -> Result<(), StoreError> {
        let tx = self.tx;
        tx.raw.scan_unique_names(&mut |row| {
            if let Some(name) = self.verify_row(row, || "the holder of a name".to_owned()) {
                let key = (name.account, name.namespace, name.key);
                if expected.unique_names.remove(&key) != Some(name.holder) {
                    let (what, holder) = (noun(name.namespace), name.holder);
                    self.issues.add(format!("a name is wrongly held by {what} number {holder}"));
                }
            }
            ControlFlow::Continue(())
        })?;
        for ((_, namespace, _), seq) in expected.unique_names.drain() {
            let what = noun(namespace);
            self.issues.add(format!("the name of {what} number {seq} has no holder"));
        }
        Ok(())
    }

    pub(super) fn check_counters(&mut self, expected: &mut ExpectedRows) -> Result<(), StoreError> {
        for row in self.tx.raw.list_counters(i64::MIN..=i64::MAX)? {
            let counter = verify_row(&self.tx.row_mac, row, "a counter")?;
            if expected.is_uncountable(counter.key) {
                continue;
            }
            if expected.counters.remove(&(counter.account, counter.key)).unwrap_or_default()
                != counter.count
            {
                self.issues.add(format!("the counter with key {} is wrong", counter.key));
            }
        }
        for (_, key) in std::mem::take(&mut expected.counters).into_keys() {
            self.issues.add(format!("the counter with key {key} is missing"));
        }
        Ok(())
    }
}

fn noun(namespace: Namespace) -> &'static str {
    match namespace {
        Namespace::Credentials(_) => "credential",
        Namespace::Districts | Namespace::ExternalIds => "district",
    }
}
