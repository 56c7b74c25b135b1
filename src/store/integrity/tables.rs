//! The checks of each table except the messages.

use std::{collections::HashMap, ops::ControlFlow};

use super::{
    context::{IntegrityCheck, each_row},
    expected::{DirectoryEntry, ExpectedRows},
    issue::NumberedRow,
    latest_audit::LatestAudit,
};
use crate::{
    domain::{
        audit,
        directory::district::District,
        seq::{CredentialSeq, DistrictSeq},
        usage::{DailyUse, LastUse},
    },
    store::{
        error::StoreError,
        port::{
            record::{CredentialRow, Namespace, SecretEntry, UniqueName, WithMac},
            tables::{CredentialScan, SortBy},
        },
        tx::{ensure::verify_row, usage},
    },
};

impl IntegrityCheck<'_, '_> {
    pub(super) fn check_audit(&mut self, latest: &mut LatestAudit) -> Result<(), StoreError> {
        self.tx.scan_audit(|record| {
            latest.add(record);
            Ok(ControlFlow::Continue(()))
        })
    }

    pub(super) fn check_accounts(&mut self, latest: &LatestAudit) -> Result<(), StoreError> {
        let accounts = self.tx.accounts()?;
        let (_, mut check) = self.rows();
        for account in accounts {
            check.check_against_audit(
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
        let (_, mut check) = self.rows();
        for app in apps.iter() {
            let account = accounts.iter().find(|account| account.key == app.account);
            let fields = account.map(|account| audit::app_fields(app, &account.id));
            check.check_against_audit(latest, app.id.as_str(), app.audit_seq, fields);
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
        let (raw, mut check) = self.rows();
        raw.scan_districts(&mut each_row(|row: WithMac<District>| {
            let seq = row.record.seq;
            if seq <= last {
                let number = NumberedRow::District(seq);
                check.issues.add_about(number, format!("{number} is duplicated"));
            }
            (count, last) = (count + 1, seq);
            if let Some(district) = check.verify_numbered(row, NumberedRow::District(seq), "") {
                let account = accounts.iter().find(|account| account.key == district.account);
                let fields = account.map(|account| audit::district_fields(&district, &account.id));
                check.check_against_audit(latest, district.id.as_str(), district.audit_seq, fields);
                expected.add_district(&district);
                districts.insert(district.id, DirectoryEntry::from(&district));
            }
        }))?;
        if count != check.head.districts {
            check.issues.add("the number of districts is wrong".to_owned());
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
        let (raw, mut check) = self.rows();
        let scan = CredentialScan { order: SortBy::Created.into(), with_usage: false };
        raw.scan_credentials(
            scan,
            &mut each_row(|CredentialRow { credential: row, .. }| {
                let seq = row.record.seq;
                let number = NumberedRow::Credential(seq);
                if seq <= last {
                    check.issues.add_about(number, format!("{number} is duplicated"));
                }
                last = seq;
                let Some(credential) = check.verify_numbered(row, number, "") else { return };
                let account = accounts.iter().find(|account| account.key == credential.account);
                let fields =
                    account.map(|account| audit::credential_fields(&credential, &account.id));
                let id = credential.id.to_string();
                check.check_against_audit(latest, &id, credential.audit_seq, fields);
                expected
                    .find_subject_issue(&credential)
                    .into_iter()
                    .for_each(|issue| check.issues.add(issue));
                expected.add_credential(&credential);
            }),
        )?;
        if last > check.head.credentials {
            check.issues.add("the store has more credentials than its head records".to_owned());
        }
        Ok(())
    }

    pub(super) fn check_secrets(&mut self, expected: &mut ExpectedRows) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        raw.scan_secrets(&mut each_row(|row: WithMac<SecretEntry>| {
            if let Some(entry) = check.verify_row(row, "a secret's digest") {
                let number = NumberedRow::Credential(entry.credential);
                match expected.secrets.get_mut(&entry.credential) {
                    None => check.issues.add_about(
                        number,
                        format!("a digest belongs to {number}, which is missing or was changed"),
                    ),
                    Some((count, digests)) => {
                        *count = count.wrapping_sub(1);
                        digests.retain(|digest| *digest != entry.digest);
                    }
                }
            }
        }))?;
        for (seq, (missing, digests)) in &expected.secrets {
            if *missing != 0 || !digests.is_empty() {
                let number = NumberedRow::Credential(*seq);
                check.issues.add_about(number, format!("{number} has missing or extra digests"));
            }
        }
        Ok(())
    }

    pub(super) fn check_usage(&mut self, expected: &ExpectedRows) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        let mut counts = HashMap::new();
        raw.scan_last_uses(&mut each_row(|row: WithMac<LastUse>| {
            let seq = row.record.credential;
            let number = NumberedRow::Credential(seq);
            let last_use = check.verify_numbered(row, number, "the last use of ");
            if last_use.is_some() && !expected.secrets.contains_key(&seq) {
                let text = format!("{number} was used but is missing or was changed");
                check.issues.add_about(number, text);
            }
            counts.extend(last_use.map(|last_use| (seq, last_use.count)));
        }))?;
        // The uses per day of a credential must not exceed the count of its last use.
        raw.scan_daily_usage(&mut each_row(|row: WithMac<DailyUse>| {
            let (tampered, DailyUse { credential, count, .. }) =
                (usage::tampered_day(&row.record), row.record);
            let remaining = counts.get_mut(&credential);
            let is_covered = remaining.is_some_and(|remaining| {
                let rest = remaining.checked_sub(count);
                *remaining = rest.unwrap_or_default();
                rest.is_some()
            });
            if check.row_mac.verify(row).is_none() || !is_covered {
                check.issues.add_about(NumberedRow::Credential(credential), tampered);
            }
        }))
    }

    pub(super) fn check_unique_names(
        &mut self,
        expected: &mut ExpectedRows,
    ) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        raw.scan_unique_names(&mut each_row(|row: WithMac<UniqueName>| {
            if let Some(name) = check.verify_row(row, "the holder of a name") {
                let key = (name.account, name.namespace, name.key);
                if expected.unique_names.remove(&key) != Some(name.holder) {
                    let holder = holder(name.namespace, name.holder);
                    check.issues.add_about(holder, format!("a name is wrongly held by {holder}"));
                }
            }
        }))?;
        for ((_, namespace, _), seq) in expected.unique_names.drain() {
            let holder = holder(namespace, seq);
            check.issues.add_about(holder, format!("the name of {holder} has no holder"));
        }
        Ok(())
    }

    pub(super) fn check_counters(&mut self, expected: &mut ExpectedRows) -> Result<(), StoreError> {
        let (raw, check) = self.rows();
        for row in raw.list_counters(i64::MIN..=i64::MAX)? {
            let counter = verify_row(check.row_mac, row, "a counter")?;
            if expected.is_uncountable(counter.key) {
                continue;
            }
            if expected.counters.remove(&(counter.account, counter.key)).unwrap_or_default()
                != counter.count
            {
                check.issues.add(format!("the counter with key {} is wrong", counter.key));
            }
        }
        for (_, key) in std::mem::take(&mut expected.counters).into_keys() {
            check.issues.add(format!("the counter with key {key} is missing"));
        }
        Ok(())
    }
}

fn holder(namespace: Namespace, number: i64) -> NumberedRow {
    match namespace {
        Namespace::Credentials(_) => NumberedRow::Credential(CredentialSeq(number)),
        Namespace::Districts | Namespace::ExternalIds => NumberedRow::District(DistrictSeq(number)),
    }
}
