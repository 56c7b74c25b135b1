//! Requirements of a request.

use crate::domain::directory::account::{AccountId, Region};

/// What a request requires of a secret, besides being known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// The account that the caller named. `None` if the caller named none.
    pub account: Option<AccountId>,
    /// The region of the API. `None` accepts all regions.
    pub region: Option<Region>,
    /// The id of the district whose data the request accesses. A text that is no id is kept: no credential meets it.
    pub district: Option<Box<str>>,
    /// The id of the required app, kept like the district.
    pub app: Option<Box<str>>,
    /// The required scopes, separated by spaces.
    pub scopes: Option<Box<str>>,
}
