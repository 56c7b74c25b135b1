//! Audit records and the chain that links them.

use crate::domain::{actor::Actor, instant::Instant, seq::AuditSeq};

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// An account was added.
    AccountAdd,
    /// An account was edited.
    AccountEdit,
    /// An account was removed.
    AccountRemove,
    /// An app was added.
    AppAdd,
    /// An app was edited.
    AppEdit,
    /// An app received a new client secret.
    AppReset,
    /// A new client secret was created, which becomes the current one once it was delivered.
    AppResetBegin,
    /// An app was removed.
    AppRemove,
    /// A district was added.
    DistrictAdd,
    /// A district was edited.
    DistrictEdit,
    /// A district was removed.
    DistrictRemove,
    /// A credential was created.
    Create,
    /// The secret of a token was created when its app first requested it.
    Pickup,
    /// The name, note, lifetime or another setting of a credential was edited.
    Edit,
    /// A credential received a new secret.
    Reset,
    /// A new secret was created, which becomes the current one once it was delivered.
    ResetBegin,
    /// A credential was revoked and stays listed.
    Revoke,
    /// A credential was deleted and is no longer listed.
    Delete,
    /// A new secret was withdrawn because it could not be shown.
    Withdraw,
    /// The previous secret ended because the new one was used.
    OverlapEnd,
    /// The master key was exported as a backup.
    KeyExport,
    /// Rows that were changed outside gatepass were repaired.
    StoreRepair,
    /// An admin proceeded although the clock was behind the last record.
    ClockAccept,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 23] = [
        Self::AccountAdd,
        Self::AccountEdit,
        Self::AccountRemove,
        Self::AppAdd,
        Self::AppEdit,
        Self::AppReset,
        Self::AppResetBegin,
        Self::AppRemove,
        Self::DistrictAdd,
        Self::DistrictEdit,
        Self::DistrictRemove,
        Self::Create,
        Self::Pickup,
        Self::Edit,
        Self::Reset,
        Self::ResetBegin,
        Self::Revoke,
        Self::Delete,
        Self::Withdraw,
        Self::OverlapEnd,
        Self::KeyExport,
        Self::StoreRepair,
        Self::ClockAccept,
    ];

    /// Returns the word that the audit log uses. It is part of the MAC of a record and never changes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccountAdd => "account-add",
            Self::AccountEdit => "account-edit",
            Self::AccountRemove => "account-remove",
            Self::AppAdd => "app-add",
            Self::AppEdit => "app-edit",
            Self::AppReset => "app-reset",
            Self::AppResetBegin => "app-reset-begin",
            Self::AppRemove => "app-remove",
            Self::DistrictAdd => "district-add",
            Self::DistrictEdit => "district-edit",
            Self::DistrictRemove => "district-remove",
            Self::Create => "create",
            Self::Pickup => "pickup",
            Self::Edit => "edit",
            Self::Reset => "reset",
            Self::ResetBegin => "reset-begin",
            Self::Revoke => "revoke",
            Self::Delete => "delete",
            Self::Withdraw => "withdraw",
            Self::OverlapEnd => "overlap-end",
            Self::KeyExport => "key-export",
            Self::StoreRepair => "store-repair",
            Self::ClockAccept => "clock-accept",
        }
    }

    /// Parses the word that [`Self::as_str`] returns.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }
}

/// The record of one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// The number of the record.
    pub seq: AuditSeq,
    /// When the change was made.
    pub at: Instant,
    /// Who made it.
    pub actor: Actor,
    /// The version of gatepass that made it.
    pub version: String,
    /// The kind of the change.
    pub action: Action,
    /// The id of the changed object, or [`STORE_SUBJECT`]. The column and JSON have the same name; it is not a
    /// `Subject` of a credential.
    pub subject: String,
    /// The name or address of the object at that time.
    pub name: Option<String>,
    /// Its public fields before the change, as a JSON object. `None` for a new object.
    pub before: Option<String>,
    /// Its public fields after the change, as a JSON object.
    pub after: Option<String>,
}

/// A record of the log, with what authenticates it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedRecord {
    /// The record.
    pub record: AuditRecord,
    /// Its link, which covers the record and all earlier ones.
    pub link: ChainLink,
    /// The message authentication code of record and link.
    pub mac: [u8; 16],
}

/// The subject of records that concern the whole store.
pub const STORE_SUBJECT: &str = "store";

/// A link of the chain of records: the SHA-256 of the previous link and the record.
pub type ChainLink = [u8; 32];

/// The link before the first record.
pub const GENESIS: ChainLink = [0; 32];
