//! The examination: every record against its seal, its neighbours and its last audit record.

use std::{
    collections::{BTreeMap, HashMap},
    ops::ControlFlow,
};

use sha2::{Digest as _, Sha256};

use super::subjects::DirectoryEntry;

use crate::{
    domain::{
        audit::{self, AuditRecord},
        credential::{Credential, CredentialKind, secret::Digest},
        directory::{account::AccountKey, district::District, id::ObjectId},
        usage::DailyUse,
    },
    store::{
        StoreError,
        port::{
            backend::{Access, SortBy},
            record::{CounterKey, Namespace, WithMac},
        },
        row_mac::MacFields,
        tx::{
            audit::AuditChain,
            directory::{DISTRICT_NAMESPACES, unique_key},
            transaction::{Store, Transaction, verify_row},
            usage,
        },
    },
};

/// Something that does not verify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrityIssue(pub String);

/// How many problems are told; a broken page can hold thousands.
const MAX_ISSUES: usize = 50;

impl Store {
    /// Examines the whole store; an empty list means that all of it verifies.
    ///
    /// # Errors
    /// When it can't be read at all.
    pub fn check_integrity(&self) -> Result<Vec<IntegrityIssue>, StoreError> {
        let mut issues = IssueList::default();
        for line in self.backend.check_integrity()? {
            issues.add(line);
        }
        match self.begin(Access::Read) {
            Ok(Some(transaction)) => {
                IntegrityCheck { tx: &transaction, issues: &mut issues }.run()?
            }
            Ok(None) => issues.add("it was never founded".to_owned()),
            Err(StoreError::Integrity(what)) => issues.add(what),
            Err(error) => return Err(error),
        }
        Ok(issues.0)
    }
}

#[derive(Default)]
pub(super) struct IssueList(Vec<IntegrityIssue>);

impl IssueList {
    pub(super) fn add(&mut self, issue: String) {
        if self.0.len() < MAX_ISSUES {
            self.0.push(IntegrityIssue(issue));
        }
    }

    /// Notes an integrity error as a problem; passes on every other one.
    fn record_result(&mut self, result: Result<(), StoreError>) -> Result<(), StoreError> {
        match result {
            Err(StoreError::Integrity(what)) => {
                self.add(what);
                Ok(())
            }
            other => other,
        }
    }
}

pub(super) struct IntegrityCheck<'e, 's> {
    pub(super) tx: &'e Transaction<'s>,
    pub(super) issues: &'e mut IssueList,
}

/// What the credentials say, to hold the other tables against.
#[derive(Default)]
pub(super) struct ExpectedRows {
    /// By number: how many secrets there must be, and which digests.
    pub(super) secrets: HashMap<i64, (u32, Vec<Digest>)>,
    pub(super) counters: BTreeMap<(AccountKey, i64), i64>,
    pub(super) unique_names: HashMap<(AccountKey, Namespace, String), i64>,
    /// The apps, by id; `None` when it is not known which there are.
    pub(super) apps: Option<HashMap<ObjectId, DirectoryEntry>>,
    /// The districts, likewise.
    pub(super) districts: Option<HashMap<ObjectId, DirectoryEntry>>,
}

/// The newest audit record of each subject: its number and the hash of the fields that it left.
type LatestAudit = HashMap<String, (i64, [u8; 32])>;

impl IntegrityCheck<'_, '_> {
    fn run(&mut self) -> Result<(), StoreError> {
        let mut newest = LatestAudit::new();
        let audited = self.check_audit(&mut newest);
        self.issues.record_result(audited)?;
        let accounts = self.check_accounts(&newest);
        self.issues.record_result(accounts)?;

        let mut expected = ExpectedRows::default();
        let apps = self.check_apps(&newest, &mut expected);
        self.issues.record_result(apps)?;
        let districts = self.check_districts(&newest, &mut expected);
        self.issues.record_result(districts)?;
        let scanned = self.check_credentials(&newest, &mut expected);
        self.issues.record_result(scanned)?;
        let secrets = self.check_secrets(&mut expected);
        self.issues.record_result(secrets)?;
        let holdings = self.check_unique_names(&mut expected);
        self.issues.record_result(holdings)?;
        let last_uses = self.check_usage(&expected);
        self.issues.record_result(last_uses)?;
        let messages = self.check_messages(&mut expected);
        self.issues.record_result(messages)?;
        let tallies = self.check_counters(&mut expected);
        self.issues.record_result(tallies)
    }

    fn check_audit(&mut self, newest: &mut LatestAudit) -> Result<(), StoreError> {
        let mut chain = AuditChain::new();
        let mut followed = Ok(());
        self.tx.raw.scan_audit(1, &mut |row| {
            followed = chain.verify_next(&self.tx.row_mac, row).map(
                |AuditRecord { seq, subject, after, .. }| {
                    newest.insert(subject, (seq, hash(after.as_deref().unwrap_or_default())));
                },
            );
            continue_if(followed.is_ok())
        })?;
        followed?;
        chain.verify_end(&self.tx.head)
    }

    fn check_accounts(&mut self, newest: &LatestAudit) -> Result<(), StoreError> {
        for account in self.tx.accounts()? {
            self.check_against_audit(
                newest,
                &account.id.to_string(),
                account.audit_seq,
                Some(audit::account_fields(&account)),
            );
        }
        Ok(())
    }

    fn check_apps(
        &mut self,
        newest: &LatestAudit,
        expected: &mut ExpectedRows,
    ) -> Result<(), StoreError> {
        let (accounts, apps) = (self.tx.accounts()?, self.tx.apps()?);
        for app in apps.iter() {
            let account = accounts.iter().find(|account| account.key == app.account);
            let fields = account.map(|account| audit::app_fields(app, &account.id));
            self.check_against_audit(newest, app.id.as_str(), app.audit_seq, fields);
        }
        expected.apps = Some(apps.iter().map(|app| (app.id, DirectoryEntry::from(app))).collect());
        Ok(())
    }

    fn check_districts(
        &mut self,
        newest: &LatestAudit,
        expected: &mut ExpectedRows,
    ) -> Result<(), StoreError> {
        let accounts = self.tx.accounts()?;
        let (mut seen, mut last, mut known) = (0, 0, HashMap::new());
        let tx = self.tx;
        tx.raw.scan_districts(&mut |row| {
            let seq = row.record.seq;
            if seq <= last {
                self.issues.add(format!("district number {seq} comes twice"));
            }
            (seen, last) = (seen + 1, seq);
            if let Some(district) = self.verify_row(row, || format!("district number {seq}")) {
                let account = accounts.iter().find(|account| account.key == district.account);
                let fields = account.map(|account| audit::district_fields(&district, &account.id));
                self.check_against_audit(newest, district.id.as_str(), district.audit_seq, fields);
                expected.add_district(&district);
                known.insert(district.id, DirectoryEntry::from(&district));
            }
            ControlFlow::Continue(())
        })?;
        if seen != tx.head.districts {
            self.issues.add("the number of districts is wrong".to_owned());
        } else if known.len() as i64 == seen {
            expected.districts = Some(known);
        }
        Ok(())
    }

    fn check_credentials(
        &mut self,
        newest: &LatestAudit,
        expected: &mut ExpectedRows,
    ) -> Result<(), StoreError> {
        let accounts = self.tx.accounts()?;
        let (mut seen, mut last) = (0, 0);
        let tx = self.tx;
        tx.raw.scan_credentials(SortBy::Created, &mut |row| {
            let seq = row.record.seq;
            if seq <= last {
                self.issues.add(format!("credential number {seq} comes twice"));
            }
            (seen, last) = (seen + 1, seq);
            let Some(credential) = self.verify_row(row, || format!("credential number {seq}"))
            else {
                return ControlFlow::Continue(());
            };
            let account = accounts.iter().find(|account| account.key == credential.account);
            let fields = account.map(|account| audit::credential_fields(&credential, &account.id));
            let id = credential.id.to_string();
            self.check_against_audit(newest, &id, credential.audit_seq, fields);
            expected
                .find_subject_issue(&credential)
                .into_iter()
                .for_each(|why| self.issues.add(why));
            expected.add_credential(&credential);
            ControlFlow::Continue(())
        })?;
        if last > tx.head.credentials {
            self.issues.add("there are more credentials than its head knows".to_owned());
        }
        Ok(())
    }

    fn check_secrets(&mut self, expected: &mut ExpectedRows) -> Result<(), StoreError> {
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
                self.issues
                    .add(format!("digests of credential number {seq} are missing or too many"));
            }
        }
        Ok(())
    }

    fn check_usage(&mut self, expected: &ExpectedRows) -> Result<(), StoreError> {
        let tx = self.tx;
        let mut counts = HashMap::new();
        tx.raw.scan_last_uses(&mut |row| {
            let seq = row.record.credential;
            let last_use =
                self.verify_row(row, || format!("the last use of credential number {seq}"));
            if last_use.is_some() && !expected.secrets.contains_key(&seq) {
                self.issues.add(format!("credential number {seq} was used, and is missing"));
            }
            counts.extend(last_use.map(|last_use| (seq, last_use.count)));
            ControlFlow::Continue(())
        })?;
        // What is left of the count must cover the uses of each day.
        tx.raw.scan_daily_usage(&mut |row| {
            let (wrong, DailyUse { credential, count, .. }) =
                (usage::tampered_day(&row.record), row.record);
            let left = counts.get_mut(&credential);
            let is_covered = left.is_some_and(|left| {
                let rest = left.checked_sub(count);
                *left = rest.unwrap_or_default();
                rest.is_some()
            });
            if tx.row_mac.verify(row).is_none() || !is_covered {
                self.issues.add(wrong);
            }
            ControlFlow::Continue(())
        })
    }

    fn check_unique_names(&mut self, expected: &mut ExpectedRows) -> Result<(), StoreError> {
        let tx = self.tx;
        tx.raw.scan_unique_names(&mut |row| {
            if let Some(holding) = self.verify_row(row, || "the holder of a name".to_owned()) {
                let key = (holding.account, holding.namespace, holding.key);
                if expected.unique_names.remove(&key) != Some(holding.holder) {
                    let (what, holder) = (noun(holding.namespace), holding.holder);
                    self.issues.add(format!("a name is held by {what} number {holder}, wrongly"));
                }
            }
            ControlFlow::Continue(())
        })?;
        for ((_, register, _), seq) in expected.unique_names.drain() {
            let what = noun(register);
            self.issues.add(format!("the name of {what} number {seq} is not held"));
        }
        Ok(())
    }

    fn check_counters(&mut self, expected: &mut ExpectedRows) -> Result<(), StoreError> {
        for row in self.tx.raw.list_counters(i64::MIN..=i64::MAX)? {
            let tally = verify_row(&self.tx.row_mac, row, "a tally")?;
            if expected.is_uncountable(tally.key) {
                continue;
            }
            if expected.counters.remove(&(tally.account, tally.key)).unwrap_or_default()
                != tally.count
            {
                self.issues.add(format!("the tally of bucket {} is wrong", tally.key));
            }
        }
        for (_, bucket) in std::mem::take(&mut expected.counters).into_keys() {
            self.issues.add(format!("the tally of bucket {bucket} is missing"));
        }
        Ok(())
    }

    pub(super) fn verify_row<T: MacFields>(
        &mut self,
        row: WithMac<T>,
        what: impl FnOnce() -> String,
    ) -> Option<T> {
        let opened = self.tx.row_mac.verify(row);
        if opened.is_none() {
            self.issues.add(format!("{} was altered", what()));
        }
        opened
    }

    /// A record whose seal is right may still be an older one, put back: its last audit record tells.
    /// It has no fields when the account is missing that they name.
    fn check_against_audit(
        &mut self,
        newest: &LatestAudit,
        subject: &str,
        audit_seq: i64,
        fields: Option<String>,
    ) {
        let Some(fields) = fields else {
            return self.issues.add(format!("the account of {subject} is missing"));
        };
        if newest.get(subject) != Some(&(audit_seq, hash(&fields))) {
            self.issues.add(format!("{subject} is not as its last audit record left it"));
        }
    }
}

impl ExpectedRows {
    fn add_credential(&mut self, credential: &Credential) {
        let (seq, secrets) = (credential.seq, &credential.secrets);
        let digests =
            secrets.current.into_iter().chain(secrets.retiring.map(|old| old.digest)).collect();
        self.secrets.insert(seq, (secrets.generation, digests));
        let app = credential.subject.app().filter(|_| credential.kind() == CredentialKind::Token);
        let app = app.and_then(|app| self.apps.as_ref()?.get(&app).map(|app| app.seq));
        for bucket in CounterKey::of_credential(credential, app) {
            *self.counters.entry((credential.account, bucket.number())).or_default() += 1;
        }
        if credential.deleted.is_none() {
            // Of several of one user, the newest holds the address.
            let register = Namespace::Credentials(credential.kind());
            self.unique_names
                .insert((credential.account, register, credential.subject.unique_key()), seq);
        }
    }

    fn add_district(&mut self, district: &District) {
        for register in DISTRICT_NAMESPACES {
            let key = unique_key(district, register).filter(|_| district.removed.is_none());
            let held = key.map(|key| ((district.account, register, key), district.seq));
            self.unique_names.extend(held);
        }
    }

    /// Whether a bucket is one of those whose tokens can't be counted, because the apps are not known.
    fn is_uncountable(&self, bucket: i64) -> bool {
        self.apps.is_none() && bucket < CounterKey::Slots.number()
    }
}

fn noun(namespace: Namespace) -> &'static str {
    match namespace {
        Namespace::Credentials(_) => "credential",
        Namespace::Districts | Namespace::ExternalIds => "district",
    }
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

fn continue_if(go_on: bool) -> ControlFlow<()> {
    if go_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}
