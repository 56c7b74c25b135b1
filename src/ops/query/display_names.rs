//! Display names of many credentials at once, which need the names of their apps and districts.

use std::{
    collections::{BTreeSet, HashMap, hash_map::Entry},
    ops::ControlFlow,
};

use crate::{
    domain::{
        credential::{
            Credential,
            display_name::{DisplayName, SubjectNames},
            subject::Subject,
        },
        directory::id::ObjectId,
    },
    store::{StoreError, Transaction},
};

/// If more than one district in this many is needed, one scan of all is faster than reading them one by one.
const SCAN_FRACTION: i64 = 8;

/// The names of apps and districts, by their ids.
#[derive(Clone, Debug, Default)]
pub struct DisplayNames {
    apps: HashMap<ObjectId, String>,
    districts: HashMap<ObjectId, String>,
}

impl DisplayNames {
    /// Reads at least the names that these credentials need.
    ///
    /// # Errors
    /// If a record can't be verified.
    pub fn for_credentials<'a>(
        tx: &mut Transaction<'_>,
        credentials: impl IntoIterator<Item = &'a Credential, IntoIter: Clone>,
    ) -> Result<Self, StoreError> {
        let subjects = credentials.into_iter().map(|credential| &credential.subject);
        if subjects.clone().all(|subject| subject.app().is_none()) {
            return Ok(Self::default());
        }
        let districts = subjects.filter_map(Subject::district);
        if districts.clone().count() as i64 > tx.head().districts / SCAN_FRACTION {
            return Self::all(tx);
        }
        let mut names = Self::apps_only(tx)?;
        let ids: BTreeSet<_> = districts.collect();
        let ids: Vec<_> = ids.into_iter().collect();
        let found = tx.find_districts_by_id(&ids)?;
        names.districts = found.into_iter().map(|one| (one.id, one.name.to_string())).collect();
        Ok(names)
    }

    /// Does the same for a change that a damaged name must not prevent, such as a revocation: a district whose record is
    /// missing or can't be verified is named by its id.
    ///
    /// # Errors
    /// If an app can't be verified.
    pub fn for_credentials_best_effort<'a>(
        tx: &mut Transaction<'_>,
        credentials: impl IntoIterator<Item = &'a Credential, IntoIter: Clone> + Clone,
    ) -> Result<Self, StoreError> {
        let mut names = match Self::for_credentials(tx, credentials.clone()) {
            Err(StoreError::Integrity(_)) => Self::apps_only(tx)?,
            names => names?,
        };
        for id in credentials.into_iter().filter_map(|credential| credential.subject.district()) {
            if let Entry::Vacant(entry) = names.districts.entry(id) {
                let found = tx.find_valid_district(id)?;
                entry.insert(found.map_or(id.to_string(), |found| found.name.to_string()));
            }
        }
        Ok(names)
    }

    /// Reads all names.
    ///
    /// # Errors
    /// If a record can't be verified.
    pub fn all(tx: &mut Transaction<'_>) -> Result<Self, StoreError> {
        let mut names = Self::apps_only(tx)?;
        names.districts.reserve(usize::try_from(tx.head().districts).unwrap_or_default());
        tx.scan_districts(|district| {
            names.districts.insert(district.id, district.name.to_string());
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })?;
        Ok(names)
    }

    /// Adds the names that were read for one subject.
    pub(in crate::ops) fn add(&mut self, subject: &Subject, names: &SubjectNames) {
        self.apps.extend(subject.app().zip(names.app.clone()));
        self.districts.extend(subject.district().zip(names.district.clone()));
    }

    fn apps_only(tx: &mut Transaction<'_>) -> Result<Self, StoreError> {
        let apps = tx.apps()?;
        let apps = apps.iter().map(|app| (app.id, app.name.to_string())).collect();
        Ok(Self { apps, districts: HashMap::new() })
    }

    /// Returns the display name of a credential.
    ///
    /// # Errors
    /// If the name of its app or district was not read.
    pub fn display_name<'a>(
        &'a self,
        credential: &'a Credential,
    ) -> Result<DisplayName<'a>, StoreError> {
        let missing =
            |what| StoreError::Integrity(format!("the {what} of {} is missing", credential.id));
        let app = |id| self.apps.get(id).map(String::as_str).ok_or_else(|| missing("app"));
        Ok(match &credential.subject {
            Subject::Partner(_) | Subject::User(_) => {
                DisplayName::Plain(credential.subject.as_str())
            }
            Subject::App(id) => DisplayName::App(app(id)?),
            Subject::AppDistrict(pair) => {
                let district = self.districts.get(&pair.district());
                let district = district.ok_or_else(|| missing("district"))?;
                DisplayName::AppDistrict { app: app(&pair.app())?, district }
            }
        })
    }
}
