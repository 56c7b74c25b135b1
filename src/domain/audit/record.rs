//! Rec

use crate::domain::{actor::Actor, instant::Instant};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// An account was added.
    AccountAdd,
    /// An account was changed.
    AccountEdit,
    /// An app was added.
    AppAdd,
    /// An app was changed.
    AppEdit,
    /// An app was given a new client secret.
    AppReset,
    /// An app was removed.
    AppRemove,
    /// A district was added.
    DistrictAdd,
    /// A district was changed.
    DistrictEdit,
    /// A district was removed.
    DistrictRemove,
    /// A credential was made.
    Create,
    /// The secret of a token was made, when its app first asked for it.
    Pickup,
    /// Its name, note or lifetime was changed.
    Edit,
    /// It was given a new secret.
    Reset,
    /// It was ended and stays listed.
    Revoke,
    /// It was ended and left the list.
    Delete,
    /// A new secret that could not be shown was taken back.
    Withdraw,
    /// The old secret of a reset was ended, because the new one was used.
    OverlapEnd,
    /// The master key was copied for escrow.
    KeyExport,
    /// A clock behind the last record was accepted.
    ClockAccept,
}

impl Action {
    const ALL: [Self; 19] = [
        Self::AccountAdd,
        Self::AccountEdit,
        Self::AppAdd,
        Self::AppEdit,
        Self::AppReset,
        Self::AppRemove,
        Self::DistrictAdd,
        Self::DistrictEdit,
        Self::DistrictRemove,
        Self::Create,
        Self::Pickup,
        Self::Edit,
        Self::Reset,
        Self::Revoke,
        Self::Delete,
        Self::Withdraw,
        Self::OverlapEnd,
        Self::KeyExport,
        Self::ClockAccept,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccountAdd => "account-add",
            Self::AccountEdit => "account-edit",
            Self::AppAdd => "app-add",
            Self::AppEdit => "app-edit",
            Self::AppReset => "app-reset",
            Self::AppRemove => "app-remove",
            Self::DistrictAdd => "district-add",
            Self::DistrictEdit => "district-edit",
            Self::DistrictRemove => "district-remove",
            Self::Create => "create",
            Self::Pickup => "pickup",
            Self::Edit => "edit",
            Self::Reset => "reset",
            Self::Revoke => "revoke",
            Self::Delete => "delete",
            Self::Withdraw => "withdraw",
            Self::OverlapEnd => "overlap-end",
            Self::KeyExport => "key-export",
            Self::ClockAccept => "clock-accept",
        }
    }

    /// Reads the word for an action.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }
}

/// One change. Records are numbered without gaps from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// By whom.
    pub actor: Actor,
    /// The version of gatepass that wrote it.
    pub version: String,
    /// What was done.
    pub action: Action,
    /// The id of what it was done to; `store` for the store itself.
    pub subject: String,
    /// Its name or address at the time.
    pub name: Option<String>,
    /// Its public fields before, as a JSON object; nothing for what was new.
    pub before: Option<String>,
    /// Its public fields after, as a JSON object.
    pub after: Option<String>,
}

/// The subject of records that concern the store as a whole.
pub const STORE_SUBJECT: &str = "store";

/// A place in the chain of records: each one's link is SHA-256 over the link before and the record.
pub type ChainLink = [u8; 32];

/// The link before the first record.
pub const GENESIS: ChainLink = [0; 32];
