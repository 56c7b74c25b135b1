//! Errors about apps and districts.

use crate::domain::directory::id::{CredentialId, ObjectId};

/// Whether an error or a message is about an app or a district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppOrDistrict {
    /// An app.
    App,
    /// A district.
    District,
}

impl AppOrDistrict {
    /// Returns the noun for messages and JSON: `app` or `district`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::District => "district",
        }
    }
}

/// Why an app or a district was not found or not changed.
// No field is named `source`: its text would be added to the message as a cause.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// No app has this name, id or client id.
    #[error("app {reference} not found")]
    NoSuchApp {
        /// The reference as typed.
        reference: String,
    },
    /// No district has this name, id or external id.
    #[error("district {reference} not found")]
    NoSuchDistrict {
        /// The reference as typed.
        reference: String,
    },
    /// Another app or district has the name.
    #[error("the name {name} is already taken by {} {id}", kind.as_str())]
    NameTaken {
        /// Whether apps or districts share the namespace.
        kind: AppOrDistrict,
        /// The name.
        name: String,
        /// The id of the app or district that has it.
        id: ObjectId,
    },
    /// Another district has the external id.
    #[error("the external id {external_id} is already taken by district {name} ({id})")]
    ExternalIdTaken {
        /// The external id.
        external_id: String,
        /// The id of the district that has it.
        id: ObjectId,
        /// The name of that district.
        name: String,
    },
    /// The district has another external id, or none.
    #[error("district {name} has {}, not {given}", current.as_deref().map_or("no external id".to_owned(), |current| format!("the external id {current}")))]
    ExternalIdMismatch {
        /// The district's name.
        name: String,
        /// The district's external id; `None` if it has none.
        current: Option<String>,
        /// The external id that the caller gave.
        given: String,
    },
    /// The app or district to be removed still has live credentials.
    #[error("{} {name} still has {what}", kind.as_str())]
    HasLiveCredentials {
        /// Whether an app or a district was to be removed.
        kind: AppOrDistrict,
        /// Its name.
        name: String,
        /// The number of live tokens and legacy keys, as a phrase.
        what: String,
        /// The number of live credentials.
        count: usize,
        /// The ids and display names of the first of them.
        first: Vec<(CredentialId, String)>,
    },
    /// The app has no webhook whose key could be changed.
    #[error("app {app} has no webhook")]
    NoWebhook {
        /// The app's name.
        app: String,
    },
}
