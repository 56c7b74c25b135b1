//! The checks of each table except the messages.

use std::{collections::HashMap, ops::ControlFlow};

use super::{
    context::{IntegrityCheck, each_row},
    expected::DirectoryEntry,
    issue::NumberedRow,
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
            record::{Counter, CredentialRow, Namespace, SecretEntry, UniqueName, WithMac},
            tables::{CredentialScan, SortBy},
        },
        row_mac::SummedTable,
        tx::usage,
    },
};

impl IntegrityCheck<'_, '_> {
    pub(super) fn check_audit(&mut self) -> Result<(), StoreError> {
        let Self { tx, history, issues, .. } = self;
        tx.scan_audit(|record| issues.record_result(history.add(record)).map(ControlFlow::Continue))
    }

    pub(super) fn check_accounts(&mut self) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        let mut accounts = Vec::new();
        for row in raw.list_accounts()? {
            let Some(account) = check.verify_row(row, "an account") else { continue };
            let fields = audit::account_fields(&account);
            check.check_against_audit(&account.id.to_string(), account.audit_seq, Some(fields));
            accounts.push(account);
        }
        self.accounts = accounts;
        Ok(())
    }

    pub(super) fn check_apps(&mut self) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        let mut apps = HashMap::new();
        for row in raw.list_apps()? {
            let Some(app) = check.verify_row(row, "an app") else { continue };
            let fields =
                check.account(app.account).map(|account| audit::app_fields(&app, &account.id));
            check.check_against_audit(app.id.as_str(), app.audit_seq, fields);
            apps.insert(app.id, DirectoryEntry::from(&app));
        }
        self.expected.apps = self.is_intact(SummedTable::Apps).then_some(apps);
        Ok(())
    }

    pub(super) fn check_districts(&mut self) -> Result<(), StoreError> {
        let mut districts = HashMap::new();
        let (raw, mut check) = self.rows();
        raw.scan_districts(&mut each_row(|row: WithMac<District>| {
            let seq = row.record.seq;
            if let Some(district) = check.verify_numbered(row, NumberedRow::District(seq), "") {
                let account = check.account(district.account);
                let fields = account.map(|account| audit::district_fields(&district, &account.id));
                check.check_against_audit(district.id.as_str(), district.audit_seq, fields);
                check.expected.add_district(&district);
                districts.insert(district.id, DirectoryEntry::from(&district));
            }
        }))?;
        self.expected.districts = self.is_intact(SummedTable::Districts).then_some(districts);
        Ok(())
    }

    pub(super) fn check_credentials(&mut self) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        let scan = CredentialScan { order: SortBy::Created.into(), with_usage: false };
        raw.scan_credentials(
            scan,
            &mut each_row(|CredentialRow { credential: row, .. }| {
                let number = NumberedRow::Credential(row.record.seq);
                let Some(credential) = check.verify_numbered(row, number, "") else { return };
                let account = check.account(credential.account);
                let fields =
                    account.map(|account| audit::credential_fields(&credential, &account.id));
                let id = credential.id.to_string();
                check.check_against_audit(&id, credential.audit_seq, fields);
                check
                    .expected
                    .find_subject_issue(&credential)
                    .into_iter()
                    .for_each(|issue| check.issues.add(issue));
                check.expected.add_credential(&credential);
            }),
        )
    }

    pub(super) fn check_secrets(&mut self) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        raw.scan_secrets(&mut each_row(|row: WithMac<SecretEntry>| {
            if let Some(entry) = check.verify_row(row, "a secret's digest") {
                let number = NumberedRow::Credential(entry.credential);
                match check.expected.secrets.get_mut(&entry.credential) {
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
        for (seq, (missing, digests)) in &check.expected.secrets {
            if *missing != 0 || !digests.is_empty() {
                let number = NumberedRow::Credential(*seq);
                check.issues.add_about(number, format!("{number} has missing or extra digests"));
            }
        }
        Ok(())
    }

    pub(super) fn check_usage(&mut self) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        let mut counts = HashMap::new();
        raw.scan_last_uses(&mut each_row(|row: WithMac<LastUse>| {
            let seq = row.record.credential;
            let number = NumberedRow::Credential(seq);
            let last_use = check.verify_numbered(row, number, "the last use of ");
            if last_use.is_some() && !check.expected.secrets.contains_key(&seq) {
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
            if check.verify(row).is_none() || !is_covered {
                check.issues.add_about(NumberedRow::Credential(credential), tampered);
            }
        }))
    }

    pub(super) fn check_unique_names(&mut self) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        raw.scan_unique_names(&mut each_row(|row: WithMac<UniqueName>| {
            if let Some(name) = check.verify_row(row, "the holder of a name") {
                let key = (name.account, name.namespace, name.key);
                if check.expected.unique_names.remove(&key) != Some(name.holder) {
                    let holder = holder(name.namespace, name.holder);
                    check.issues.add_about(holder, format!("a name is wrongly held by {holder}"));
                }
            }
        }))?;
        for ((_, namespace, _), seq) in check.expected.unique_names.drain() {
            let holder = holder(namespace, seq);
            check.issues.add_about(holder, format!("the name of {holder} has no holder"));
        }
        Ok(())
    }

    pub(super) fn check_counters(&mut self) -> Result<(), StoreError> {
        let (raw, mut check) = self.rows();
        for row in raw.list_counters(i64::MIN..=i64::MAX)? {
            let Some(Counter { account, key, count }) = check.verify_row(row, "a counter") else {
                continue;
            };
            if check.expected.is_uncountable(key) {
                continue;
            }
            let expected = check.expected.counters.remove(&(account, key));
            if expected.unwrap_or_default() != count {
                check.issues.add(format!("the counter with key {key} is wrong"));
            }
        }
        for (_, key) in std::mem::take(&mut check.expected.counters).into_keys() {
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
