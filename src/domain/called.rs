//! What owners are called: those of tokens and legacy keys by the names of their apps and districts, which credentials
//! know by their ids alone.

use std::{borrow::Cow, fmt};

use super::owner::Owner;

/// What an owner is called.
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

/// The names of an app and of a district, as far as one credential has them; removed ones keep theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Of the app of a token or a legacy key.
    pub app: Option<String>,
    /// Of the district of a token.
    pub district: Option<String>,
}

impl Names {
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
