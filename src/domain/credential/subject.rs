//! Subjects: the holders of credentials.

use std::fmt;

use super::kind::CredentialKind;
use crate::domain::directory::{
    id::ObjectId,
    name::{Email, Name},
};

/// The holder of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A partner, by the name that an admin chose.
    Partner(Name),
    /// A user, by e-mail address.
    User(Email),
    /// An app in one district.
    AppDistrict(AppDistrict),
    /// An app in all districts.
    App(ObjectId),
}

/// An app and one district that shares data with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AppDistrict([u8; 49]);

impl AppDistrict {
    /// Combines the ids of an app and a district.
    pub fn new(app: ObjectId, district: ObjectId) -> Self {
        let mut text = [b'/'; 49];
        text[..24].copy_from_slice(app.as_str().as_bytes());
        text[25..].copy_from_slice(district.as_str().as_bytes());
        Self(text)
    }

    /// Parses both ids, separated by `/`.
    pub fn parse(text: &str) -> Option<Self> {
        let (app, district) = text.split_once('/')?;
        Some(Self::new(ObjectId::parse(app)?, ObjectId::parse(district)?))
    }

    /// Both ids as text, separated by `/`.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The id of the app.
    pub fn app(&self) -> ObjectId {
        self.id_at(0)
    }

    /// The id of the district.
    pub fn district(&self) -> ObjectId {
        self.id_at(25)
    }

    fn id_at(&self, from: usize) -> ObjectId {
        let mut digits = [0; 24];
        digits.copy_from_slice(&self.0[from..from + 24]);
        ObjectId::from_digits(digits)
    }
}

impl fmt::Debug for AppDistrict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Subject {
    /// The kind of credential that this subject holds.
    pub fn kind(&self) -> CredentialKind {
        match self {
            Self::Partner(_) => CredentialKind::Account,
            Self::User(_) => CredentialKind::User,
            Self::AppDistrict(_) => CredentialKind::Token,
            Self::App(_) => CredentialKind::Legacy,
        }
    }

    /// The name of a partner. `None` for all others, which have no name of their own.
    pub fn name(&self) -> Option<&Name> {
        match self {
            Self::Partner(name) => Some(name),
            Self::User(_) | Self::AppDistrict(_) | Self::App(_) => None,
        }
    }

    /// The app of a token or a legacy key. `None` for passcodes.
    pub fn app(&self) -> Option<ObjectId> {
        match self {
            Self::Partner(_) | Self::User(_) => None,
            Self::AppDistrict(app_district) => Some(app_district.app()),
            Self::App(app) => Some(*app),
        }
    }

    /// The district of a token. `None` for all other credentials.
    pub fn district(&self) -> Option<ObjectId> {
        match self {
            Self::AppDistrict(app_district) => Some(app_district.district()),
            Self::Partner(_) | Self::User(_) | Self::App(_) => None,
        }
    }

    /// The app of a token or a legacy key as text, without a copy.
    pub fn app_text(&self) -> Option<&str> {
        match self {
            Self::Partner(_) | Self::User(_) => None,
            Self::AppDistrict(app_district) => Some(&app_district.as_str()[..24]),
            Self::App(app) => Some(app.as_str()),
        }
    }

    /// The district of a token as text, without a copy.
    pub fn district_text(&self) -> Option<&str> {
        match self {
            Self::AppDistrict(app_district) => Some(&app_district.as_str()[25..]),
            Self::Partner(_) | Self::User(_) | Self::App(_) => None,
        }
    }

    /// The name, the e-mail address, or the ids.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Partner(name) => name.as_str(),
            Self::User(email) => email.as_str(),
            Self::AppDistrict(app_district) => app_district.as_str(),
            Self::App(app) => app.as_str(),
        }
    }

    /// The key that no two subjects of the same kind in an account share. Names and addresses are folded.
    pub fn unique_key(&self) -> String {
        match self {
            Self::Partner(name) => name.folded(),
            Self::User(email) => email.folded(),
            Self::AppDistrict(app_district) => app_district.as_str().to_owned(),
            Self::App(app) => app.as_str().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn an_app_district_round_trips() {
        let mut entropy = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        let (app, district) = (ObjectId::generate(&mut entropy), ObjectId::generate(&mut entropy));
        let app_district = AppDistrict::new(app, district);
        assert_eq!(AppDistrict::parse(app_district.as_str()), Some(app_district));
        assert_eq!((app_district.app(), app_district.district()), (app, district));
        assert_eq!(AppDistrict::parse(app.as_str()), None);
    }
}
