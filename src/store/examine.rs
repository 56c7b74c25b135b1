//! The examination: every record against its seal, its neighbours and its last audit record.

mod outbox;
mod owners;

use std::{
    collections::{BTreeMap, HashMap},
    ops::ControlFlow,
};

use sha2::{Digest as _, Sha256};

use owners::Party;

use super::{
    StoreError,
    backend::{Access, Order},
    chain::Chain,
    door::{Store, Transaction, verified},
    parties::{DISTRICT_REGISTERS, held_key},
    record::{Bucket, Register, Sealed},
    seal::Seal,
    uses,
};
use crate::domain::{
    account::AccountKey,
    audit::{self, Record},
    credential::{Credential, Kind},
    district::District,
    id::ObjectId,
    last_use::DailyUse,
    secret::Digest,
};

/// Something that does not verify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(pub String);

/// How many problems are told; a broken page can hold thousands.
const MOST: usize = 50;

impl Store {
    /// Examines the whole store; an empty list means that all of it verifies.
    ///
    /// # Errors
    /// When it can't be read at all.
    pub fn examine(&self) -> Result<Vec<Problem>, StoreError> {
        let mut problems = Problems::default();
        for line in self.backend.examine()? {
            problems.add(line);
        }
        match self.begin(Access::Read) {
            Ok(Some(transaction)) => {
                Examination { tx: &transaction, problems: &mut problems }.run()?
            }
            Ok(None) => problems.add("it was never founded".to_owned()),
            Err(StoreError::Integrity(what)) => problems.add(what),
            Err(error) => return Err(error),
        }
        Ok(problems.0)
    }
}

#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, what: String) {
        if self.0.len() < MOST {
            self.0.push(Problem(what));
        }
    }

    /// Notes an integrity error as a problem; passes on every other one.
    fn note(&mut self, result: Result<(), StoreError>) -> Result<(), StoreError> {
        match result {
            Err(StoreError::Integrity(what)) => {
                self.add(what);
                Ok(())
            }
            other => other,
        }
    }
}

struct Examination<'e, 's> {
    tx: &'e Transaction<'s>,
    problems: &'e mut Problems,
}

/// What the credentials say, to hold the other tables against.
#[derive(Default)]
struct Expected {
    /// By number: how many secrets there must be, and which digests.
    secrets: HashMap<i64, (u32, Vec<Digest>)>,
    tallies: BTreeMap<(AccountKey, i64), i64>,
    holdings: HashMap<(AccountKey, Register, String), i64>,
    /// The apps, by id; `None` when it is not known which there are.
    apps: Option<HashMap<ObjectId, Party>>,
    /// The districts, likewise.
    districts: Option<HashMap<ObjectId, Party>>,
}

/// The newest audit record of each subject: its number and the hash of the fields that it left.
type Newest = HashMap<String, (i64, [u8; 32])>;

impl Examination<'_, '_> {
    fn run(&mut self) -> Result<(), StoreError> {
        let mut newest = Newest::new();
        let audited = self.audit(&mut newest);
        self.problems.note(audited)?;
        let accounts = self.accounts(&newest);
        self.problems.note(accounts)?;

        let mut expected = Expected::default();
        let apps = self.apps(&newest, &mut expected);
        self.problems.note(apps)?;
        let districts = self.districts(&newest, &mut expected);
        self.problems.note(districts)?;
        let scanned = self.credentials(&newest, &mut expected);
        self.problems.note(scanned)?;
        let secrets = self.secrets(&mut expected);
        self.problems.note(secrets)?;
        let holdings = self.holdings(&mut expected);
        self.problems.note(holdings)?;
        let last_uses = self.last_uses(&expected);
        self.problems.note(last_uses)?;
        let messages = self.messages(&mut expected);
        self.problems.note(messages)?;
        let tallies = self.tallies(&mut expected);
        self.problems.note(tallies)
    }

    fn audit(&mut self, newest: &mut Newest) -> Result<(), StoreError> {
        let mut chain = Chain::new();
        let mut followed = Ok(());
        self.tx.raw.scan_audit(1, &mut |row| {
            followed =
                chain.follow(&self.tx.sealer, row).map(|Record { seq, subject, after, .. }| {
                    newest.insert(subject, (seq, hash(after.as_deref().unwrap_or_default())));
                });
            flow(followed.is_ok())
        })?;
        followed?;
        chain.finish(&self.tx.head)
    }

    fn accounts(&mut self, newest: &Newest) -> Result<(), StoreError> {
        for account in self.tx.accounts()? {
            self.against_audit(
                newest,
                &account.id.to_string(),
                account.audit_seq,
                Some(audit::account_fields(&account)),
            );
        }
        Ok(())
    }

    fn apps(&mut self, newest: &Newest, expected: &mut Expected) -> Result<(), StoreError> {
        let (accounts, apps) = (self.tx.accounts()?, self.tx.apps()?);
        for app in apps.iter() {
            let account = accounts.iter().find(|account| account.key == app.account);
            let fields = account.map(|account| audit::app_fields(app, &account.id));
            self.against_audit(newest, app.id.as_str(), app.audit_seq, fields);
        }
        expected.apps = Some(apps.iter().map(|app| (app.id, Party::from(app))).collect());
        Ok(())
    }

    fn districts(&mut self, newest: &Newest, expected: &mut Expected) -> Result<(), StoreError> {
        let accounts = self.tx.accounts()?;
        let (mut seen, mut last, mut known) = (0, 0, HashMap::new());
        let tx = self.tx;
        tx.raw.scan_districts(&mut |row| {
            let seq = row.record.seq;
            if seq <= last {
                self.problems.add(format!("district number {seq} comes twice"));
            }
            (seen, last) = (seen + 1, seq);
            if let Some(district) = self.opened(row, || format!("district number {seq}")) {
                let account = accounts.iter().find(|account| account.key == district.account);
                let fields = account.map(|account| audit::district_fields(&district, &account.id));
                self.against_audit(newest, district.id.as_str(), district.audit_seq, fields);
                expected.hold(&district);
                known.insert(district.id, Party::from(&district));
            }
            ControlFlow::Continue(())
        })?;
        if seen != tx.head.districts {
            self.problems.add("the number of districts is wrong".to_owned());
        } else if known.len() as i64 == seen {
            expected.districts = Some(known);
        }
        Ok(())
    }

    fn credentials(&mut self, newest: &Newest, expected: &mut Expected) -> Result<(), StoreError> {
        let accounts = self.tx.accounts()?;
        let (mut seen, mut last) = (0, 0);
        let tx = self.tx;
        tx.raw.scan(Order::Created, &mut |row| {
            let seq = row.record.seq;
            if seq <= last {
                self.problems.add(format!("credential number {seq} comes twice"));
            }
            (seen, last) = (seen + 1, seq);
            let Some(credential) = self.opened(row, || format!("credential number {seq}")) else {
                return ControlFlow::Continue(());
            };
            let account = accounts.iter().find(|account| account.key == credential.account);
            let fields = account.map(|account| audit::credential_fields(&credential, &account.id));
            let id = credential.id.to_string();
            self.against_audit(newest, &id, credential.audit_seq, fields);
            expected.wrong_owner(&credential).into_iter().for_each(|why| self.problems.add(why));
            expected.add(&credential);
            ControlFlow::Continue(())
        })?;
        if last > tx.head.credentials {
            self.problems.add("there are more credentials than its head knows".to_owned());
        }
        Ok(())
    }

    fn secrets(&mut self, expected: &mut Expected) -> Result<(), StoreError> {
        let tx = self.tx;
        tx.raw.scan_secrets(&mut |row| {
            if let Some(entry) = self.opened(row, || "a secret's digest".to_owned()) {
                match expected.secrets.get_mut(&entry.credential) {
                    None => self.problems.add(format!(
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
                self.problems
                    .add(format!("digests of credential number {seq} are missing or too many"));
            }
        }
        Ok(())
    }

    fn last_uses(&mut self, expected: &Expected) -> Result<(), StoreError> {
        let tx = self.tx;
        let mut counts = HashMap::new();
        tx.raw.scan_last_uses(&mut |row| {
            let seq = row.record.credential;
            let last_use = self.opened(row, || format!("the last use of credential number {seq}"));
            if last_use.is_some() && !expected.secrets.contains_key(&seq) {
                self.problems.add(format!("credential number {seq} was used, and is missing"));
            }
            counts.extend(last_use.map(|last_use| (seq, last_use.count)));
            ControlFlow::Continue(())
        })?;
        // What is left of the count must cover the uses of each day.
        tx.raw.scan_daily_uses(&mut |row| {
            let (wrong, DailyUse { credential, count, .. }) =
                (uses::altered(&row.record), row.record);
            let left = counts.get_mut(&credential);
            let is_covered = left.is_some_and(|left| {
                let rest = left.checked_sub(count);
                *left = rest.unwrap_or_default();
                rest.is_some()
            });
            if tx.sealer.open(row).is_none() || !is_covered {
                self.problems.add(wrong);
            }
            ControlFlow::Continue(())
        })
    }

    fn holdings(&mut self, expected: &mut Expected) -> Result<(), StoreError> {
        let tx = self.tx;
        tx.raw.scan_holdings(&mut |row| {
            if let Some(holding) = self.opened(row, || "the holder of a name".to_owned()) {
                let key = (holding.account, holding.register, holding.key);
                if expected.holdings.remove(&key) != Some(holding.holder) {
                    let (what, holder) = (noun(holding.register), holding.holder);
                    self.problems.add(format!("a name is held by {what} number {holder}, wrongly"));
                }
            }
            ControlFlow::Continue(())
        })?;
        for ((_, register, _), seq) in expected.holdings.drain() {
            let what = noun(register);
            self.problems.add(format!("the name of {what} number {seq} is not held"));
        }
        Ok(())
    }

    fn tallies(&mut self, expected: &mut Expected) -> Result<(), StoreError> {
        for row in self.tx.raw.list_tallies(i64::MIN..=i64::MAX)? {
            let tally = verified(&self.tx.sealer, row, "a tally")?;
            if expected.knows_not(tally.bucket) {
                continue;
            }
            if expected.tallies.remove(&(tally.account, tally.bucket)).unwrap_or_default()
                != tally.count
            {
                self.problems.add(format!("the tally of bucket {} is wrong", tally.bucket));
            }
        }
        for (_, bucket) in std::mem::take(&mut expected.tallies).into_keys() {
            self.problems.add(format!("the tally of bucket {bucket} is missing"));
        }
        Ok(())
    }

    fn opened<T: Seal>(&mut self, row: Sealed<T>, what: impl FnOnce() -> String) -> Option<T> {
        let opened = self.tx.sealer.open(row);
        if opened.is_none() {
            self.problems.add(format!("{} was altered", what()));
        }
        opened
    }

    /// A record whose seal is right may still be an older one, put back: its last audit record tells.
    /// It has no fields when the account is missing that they name.
    fn against_audit(
        &mut self,
        newest: &Newest,
        subject: &str,
        audit_seq: i64,
        fields: Option<String>,
    ) {
        let Some(fields) = fields else {
            return self.problems.add(format!("the account of {subject} is missing"));
        };
        if newest.get(subject) != Some(&(audit_seq, hash(&fields))) {
            self.problems.add(format!("{subject} is not as its last audit record left it"));
        }
    }
}

impl Expected {
    fn add(&mut self, credential: &Credential) {
        let (seq, secrets) = (credential.seq, &credential.secrets);
        let digests =
            secrets.current.into_iter().chain(secrets.retiring.map(|old| old.digest)).collect();
        self.secrets.insert(seq, (secrets.generation, digests));
        let app = credential.owner.app().filter(|_| credential.kind() == Kind::Token);
        let app = app.and_then(|app| self.apps.as_ref()?.get(&app).map(|app| app.seq));
        for bucket in Bucket::all_of(credential, app) {
            *self.tallies.entry((credential.account, bucket.number())).or_default() += 1;
        }
        if credential.deleted.is_none() {
            // Of several of one user, the newest holds the address.
            let register = Register::Credentials(credential.kind());
            self.holdings.insert((credential.account, register, credential.owner.key()), seq);
        }
    }

    fn hold(&mut self, district: &District) {
        for register in DISTRICT_REGISTERS {
            let key = held_key(district, register).filter(|_| district.removed.is_none());
            let held = key.map(|key| ((district.account, register, key), district.seq));
            self.holdings.extend(held);
        }
    }

    /// Whether a bucket is one of those whose tokens can't be counted, because the apps are not known.
    fn knows_not(&self, bucket: i64) -> bool {
        self.apps.is_none() && bucket < Bucket::Places.number()
    }
}

fn noun(register: Register) -> &'static str {
    match register {
        Register::Credentials(_) => "credential",
        Register::Districts | Register::ExternalIds => "district",
    }
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

fn flow(go_on: bool) -> ControlFlow<()> {
    if go_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}
