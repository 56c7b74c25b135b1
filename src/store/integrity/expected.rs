//! The rows that must exist according to the credentials, apps and districts.

use std::collections::{BTreeMap, HashMap};

use crate::{
    domain::{
        credential::{Credential, CredentialKind, secret::Digest},
        directory::{account::AccountKey, app::App, district::District, id::ObjectId},
        notice::{OutboxMessage, Recipient},
        seq::{AppSeq, CredentialSeq},
    },
    store::{
        port::record::{CounterKey, Namespace},
        tx::directory::districts::{DISTRICT_NAMESPACES, unique_key},
    },
};

/// The rows that must exist. A check removes each row that it finds; the remaining ones are missing.
#[derive(Default)]
pub(in crate::store) struct ExpectedRows {
    /// By the number of the credential: how many digests it must have, and those that its record holds.
    pub(super) secrets: HashMap<CredentialSeq, (u32, Vec<Digest>)>,
    /// By account and key number: the value of the counter.
    pub(in crate::store) counters: BTreeMap<(AccountKey, i64), i64>,
    /// By account, namespace and case-folded text: the number of the credential or district that has the name.
    pub(in crate::store) unique_names: HashMap<(AccountKey, Namespace, String), i64>,
    /// The apps by ID; `None` if they do not verify.
    pub(super) apps: Option<HashMap<ObjectId, DirectoryEntry>>,
    /// The districts by ID; `None` if they do not verify.
    pub(super) districts: Option<HashMap<ObjectId, DirectoryEntry>>,
}

impl ExpectedRows {
    pub(super) fn add_credential(&mut self, credential: &Credential) {
        let (seq, secrets) = (credential.seq, &credential.secrets);
        let digests = secrets.digests().copied().collect();
        self.secrets.insert(seq, (secrets.created_count(), digests));
        let app = credential.subject.app().filter(|_| credential.kind() == CredentialKind::Token);
        let app = app.and_then(|app| self.apps.as_ref()?.get(&app)?.app_seq);
        for key in CounterKey::of_credential(credential, app) {
            *self.counters.entry((credential.account, key.number())).or_default() += 1;
        }
        if credential.deleted.is_none() {
            // Of several credentials of one user, the newest has the email address.
            let namespace = Namespace::Credentials(credential.kind());
            self.unique_names
                .insert((credential.account, namespace, credential.subject.unique_key()), seq.0);
        }
    }

    pub(super) fn add_district(&mut self, district: &District) {
        for namespace in DISTRICT_NAMESPACES {
            let key = unique_key(district, namespace).filter(|_| district.removed.is_none());
            let name = key.map(|key| ((district.account, namespace, key), district.seq.0));
            self.unique_names.extend(name);
        }
    }

    /// Counts a message, unless the apps do not verify.
    ///
    /// # Errors
    /// The text of the issue if its app is missing.
    pub(super) fn count_message(&mut self, message: &OutboxMessage) -> Result<(), String> {
        let Some(apps) = &self.apps else { return Ok(()) };
        let Recipient::App(recipient) = message.recipient;
        let app = apps.values().find(|app| app.app_seq == Some(recipient));
        let app = app.ok_or_else(|| format!("the app of {} is missing", message.id))?;
        let key = CounterKey::of_message(message).number();
        *self.counters.entry((app.account, key)).or_default() += 1;
        Ok(())
    }

    /// Returns whether a counter can't be checked: it counts tokens or messages of an app, and the apps do not verify.
    pub(super) fn is_uncountable(&self, key: i64) -> bool {
        self.apps.is_none() && key < CounterKey::Slots.number()
    }
}

/// The fields of an app or district that the check of its credentials needs.
pub(in crate::store) struct DirectoryEntry {
    /// The number of an app; `None` for a district.
    pub(super) app_seq: Option<AppSeq>,
    pub(super) account: AccountKey,
    pub(super) is_removed: bool,
}

impl From<&App> for DirectoryEntry {
    fn from(app: &App) -> Self {
        Self { app_seq: Some(app.seq), account: app.account, is_removed: app.removed.is_some() }
    }
}

impl From<&District> for DirectoryEntry {
    fn from(district: &District) -> Self {
        let District { account, removed, .. } = district;
        Self { app_seq: None, account: *account, is_removed: removed.is_some() }
    }
}
