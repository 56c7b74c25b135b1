//! Req

use crate::domain::directory::account::{AccountId, Region};

/// What is asked of a presented secret, beside whether it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// The account that the caller named, if they named one.
    pub account: Option<AccountId>,
    /// The region of the API that was called, if the gate has one.
    pub region: Option<Region>,
    /// The district whose data is asked for, if there is one. A text that is no district's id demands one that nobody
    /// has.
    pub district: Option<Box<str>>,
    /// The app that is demanded, likewise.
    pub app: Option<Box<str>>,
    /// The scopes that are demanded, with spaces between them.
    pub scopes: Option<Box<str>>,
}
