//! What people call the app and the district of a credential.

use crate::{
    domain::owner::Owner,
    store::{StoreError, Transaction},
};

/// The names of an app and of a district, as far as a credential has them; removed ones keep theirs.
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

    /// What a person calls an owner with these names.
    pub fn label<'a>(&'a self, owner: &'a Owner) -> std::borrow::Cow<'a, str> {
        match (&self.app, &self.district) {
            (Some(app), Some(district)) => format!("{app} → {district}").into(),
            (Some(app), None) => app.into(),
            (None, _) => owner.as_str().into(),
        }
    }
}
