//! Display names of subjects. A token or legacy key stores only the ids of its app and district, so their names are
//! passed in.

use std::{borrow::Cow, fmt};

use super::subject::Subject;

/// The name that people see for the subject of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayName<'a> {
    /// The name of a partner or the e-mail address of a user.
    Plain(&'a str),
    /// The name of an app, without a district.
    App(&'a str),
    /// An app in one district.
    AppDistrict {
        /// The app's name.
        app: &'a str,
        /// The district's name.
        district: &'a str,
    },
}

/// The names of the app and the district of one credential. Removed apps and districts keep their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectNames {
    /// The app's name, for tokens and legacy keys.
    pub app: Option<String>,
    /// The district's name, for tokens.
    pub district: Option<String>,
}

impl SubjectNames {
    /// Returns the display name of `subject`.
    pub fn display_name<'a>(&'a self, subject: &'a Subject) -> DisplayName<'a> {
        match (&self.app, &self.district) {
            (Some(app), Some(district)) => DisplayName::AppDistrict { app, district },
            (Some(app), None) => DisplayName::App(app),
            (None, _) => DisplayName::Plain(subject.as_str()),
        }
    }

    /// Returns the display name as one text.
    pub fn label<'a>(&'a self, subject: &'a Subject) -> Cow<'a, str> {
        self.display_name(subject).text()
    }
}

impl<'a> DisplayName<'a> {
    /// Returns the name as one text, without an allocation where possible.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Self::Plain(text) | Self::App(text) => text.into(),
            Self::AppDistrict { .. } => self.to_string().into(),
        }
    }

    /// The app's name. `None` for partners and users.
    pub fn app(self) -> Option<&'a str> {
        match self {
            Self::Plain(_) => None,
            Self::App(app) | Self::AppDistrict { app, .. } => Some(app),
        }
    }

    /// The district's name. `None` unless the subject is an app in one district.
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
