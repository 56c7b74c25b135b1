//! What owners are called: those of tokens and legacy keys by the names of their apps and districts, which credentials
//! know by their ids alone.

use std::{borrow::Cow, fmt};

use super::subject::Subject;

/// What an owner is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayName<'a> {
    /// A partner's name or a user's address.
    Plain(&'a str),
    /// An app, whatever the district.
    App(&'a str),
    /// An app, for one district.
    AppDistrict {
        /// The name of the app.
        app: &'a str,
        /// The name of the district.
        district: &'a str,
    },
}

/// The names of an app and of a district, as far as one credential has them; removed ones keep theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectNames {
    /// Of the app of a token or a legacy key.
    pub app: Option<String>,
    /// Of the district of a token.
    pub district: Option<String>,
}

impl SubjectNames {
    /// What an owner with these names is called.
    pub fn display_name<'a>(&'a self, owner: &'a Subject) -> DisplayName<'a> {
        match (&self.app, &self.district) {
            (Some(app), Some(district)) => DisplayName::AppDistrict { app, district },
            (Some(app), None) => DisplayName::App(app),
            (None, _) => DisplayName::Plain(owner.as_str()),
        }
    }

    /// The same as one text.
    pub fn label<'a>(&'a self, owner: &'a Subject) -> Cow<'a, str> {
        self.display_name(owner).text()
    }
}

impl<'a> DisplayName<'a> {
    /// In one text.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Self::Plain(text) | Self::App(text) => text.into(),
            Self::AppDistrict { .. } => self.to_string().into(),
        }
    }

    /// The name of the app, if there is one.
    pub fn app(self) -> Option<&'a str> {
        match self {
            Self::Plain(_) => None,
            Self::App(app) | Self::AppDistrict { app, .. } => Some(app),
        }
    }

    /// The name of the district, if there is one.
    pub fn district(self) -> Option<&'a str> {
        match self {
            Self::Plain(_) | Self::App(_) => None,
            Self::AppDistrict { district, .. } => Some(district),
        }
    }
}

impl fmt::Display for DisplayName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) | Self::App(text) => f.write_str(text),
            Self::AppDistrict { app, district } => write!(f, "{app} → {district}"),
        }
    }
}
