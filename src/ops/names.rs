//! Names: what those are called whom credentials were given to. Tokens know apps and districts by their ids alone.

use std::{borrow::Cow, collections::HashMap, fmt, ops::ControlFlow};

use crate::{
    domain::{credential::Credential, id::ObjectId, owner::Owner},
    store::{StoreError, Transaction},
};

/// Up to which part of the districts they are fetched one by one; past that a scan of all is faster.
const FEW: i64 = 8;

/// The names of apps and districts, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    apps: HashMap<ObjectId, String>,
    districts: HashMap<ObjectId, String>,
}

/// What the holder of a credential is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called<'a> {
    /// A partner's name or a user's address.
    Itself(&'a str),
    /// An app, whatever the district.
    App(&'a str),
    /// An app, for one district.
    Pair {
        /// The name of the app.
        app: &'a str,
        /// The name of the district.
        district: &'a str,
    },
}

impl Directory {
    /// The names that these credentials need, and no others if they are few.
    ///
    /// # Errors
    /// When a record does not verify.
    pub fn of<'a>(
        tx: &Transaction<'_>,
        credentials: impl IntoIterator<Item = &'a Credential, IntoIter: Clone>,
    ) -> Result<Self, StoreError> {
        let owners = credentials.into_iter().map(|credential| &credential.owner);
        if owners.clone().all(|owner| owner.app().is_none()) {
            return Ok(Self::default());
        }
        let districts = owners.filter_map(Owner::district);
        if districts.clone().count() as i64 > tx.head().districts / FEW {
            return Self::all(tx);
        }
        let mut names = Self::of_apps(tx)?;
        for id in districts {
            if names.districts.contains_key(&id) {
                continue;
            }
            if let Some(found) = tx.find_district_by_id(id)? {
                names.districts.insert(id, found.name.to_string());
            }
        }
        Ok(names)
    }

    /// The same for whoever ends something, which no name must keep from ending: a district whose name does not verify
    /// goes by its id.
    ///
    /// # Errors
    /// When an app does not verify.
    pub fn as_far_as_known<'a>(
        tx: &Transaction<'_>,
        credentials: impl IntoIterator<Item = &'a Credential, IntoIter: Clone> + Clone,
    ) -> Result<Self, StoreError> {
        match Self::of(tx, credentials.clone()) {
            Err(StoreError::Integrity(_)) => {}
            names => return names,
        }
        let mut names = Self::of_apps(tx)?;
        for id in credentials.into_iter().filter_map(|credential| credential.owner.district()) {
            let found = tx.find_whole_district(id)?;
            names
                .districts
                .insert(id, found.map_or(id.to_string(), |found| found.name.to_string()));
        }
        Ok(names)
    }

    /// Every name.
    ///
    /// # Errors
    /// When a record does not verify.
    pub fn all(tx: &Transaction<'_>) -> Result<Self, StoreError> {
        let mut names = Self::of_apps(tx)?;
        names.districts.reserve(usize::try_from(tx.head().districts).unwrap_or_default());
        tx.scan_districts(|district| {
            names.districts.insert(district.id, district.name.to_string());
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })?;
        Ok(names)
    }

    fn of_apps(tx: &Transaction<'_>) -> Result<Self, StoreError> {
        let apps = tx.apps()?;
        let apps = apps.iter().map(|app| (app.id, app.name.to_string())).collect();
        Ok(Self { apps, districts: HashMap::new() })
    }

    /// What the holder of a credential is called.
    ///
    /// # Errors
    /// When its app or district is missing.
    pub fn called<'a>(&'a self, credential: &'a Credential) -> Result<Called<'a>, StoreError> {
        let missing =
            |what| StoreError::Integrity(format!("the {what} of {} is missing", credential.id));
        let app = |id| self.apps.get(id).map(String::as_str).ok_or_else(|| missing("app"));
        Ok(match &credential.owner {
            Owner::Partner(_) | Owner::User(_) => Called::Itself(credential.owner.as_str()),
            Owner::App(id) => Called::App(app(id)?),
            Owner::Pair(pair) => {
                let district = self.districts.get(&pair.district());
                let district = district.ok_or_else(|| missing("district"))?;
                Called::Pair { app: app(&pair.app())?, district }
            }
        })
    }
}

/// The names of an app and of a district, as far as one credential has them; removed ones keep theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Of the app of a token or a legacy key.
    pub app: Option<String>,
    /// Of the district of a token.
    pub district: Option<String>,
}

impl Names {
    /// The names of an owner's app and district.
    ///
    /// # Errors
    /// When one of them does not verify or is missing.
    pub fn of(tx: &Transaction<'_>, owner: &Owner) -> Result<Self, StoreError> {
        let missing =
            |what| StoreError::Integrity(format!("the {what} of a credential is missing"));
        let app = owner.app().map(|id| {
            let apps = tx.apps()?;
            let app = apps.iter().find(|app| app.id == id);
            app.map(|app| app.name.to_string()).ok_or_else(|| missing("app"))
        });
        let district = owner.district().map(|id| {
            let district = tx.find_district_by_id(id)?;
            district.map(|found| found.name.to_string()).ok_or_else(|| missing("district"))
        });
        Ok(Self { app: app.transpose()?, district: district.transpose()? })
    }

    /// The same for whoever only asks: what does not verify has no name.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn as_far_as_known(tx: &Transaction<'_>, owner: &Owner) -> Result<Self, StoreError> {
        match Self::of(tx, owner) {
            Err(StoreError::Integrity(_)) => Ok(Self::default()),
            names => names,
        }
    }

    /// What an owner with these names is called.
    pub fn called<'a>(&'a self, owner: &'a Owner) -> Called<'a> {
        match (&self.app, &self.district) {
            (Some(app), Some(district)) => Called::Pair { app, district },
            (Some(app), None) => Called::App(app),
            (None, _) => Called::Itself(owner.as_str()),
        }
    }

    /// The same as one text.
    pub fn label<'a>(&'a self, owner: &'a Owner) -> Cow<'a, str> {
        self.called(owner).text()
    }
}

impl<'a> Called<'a> {
    /// In one text.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Self::Itself(text) | Self::App(text) => text.into(),
            Self::Pair { .. } => self.to_string().into(),
        }
    }

    /// The name of the app, if there is one.
    pub fn app(self) -> Option<&'a str> {
        match self {
            Self::Itself(_) => None,
            Self::App(app) | Self::Pair { app, .. } => Some(app),
        }
    }

    /// The name of the district, if there is one.
    pub fn district(self) -> Option<&'a str> {
        match self {
            Self::Itself(_) | Self::App(_) => None,
            Self::Pair { district, .. } => Some(district),
        }
    }
}

impl fmt::Display for Called<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Itself(text) | Self::App(text) => f.write_str(text),
            Self::Pair { app, district } => write!(f, "{app} → {district}"),
        }
    }
}
