//! What a dry run means for the record that is shown.

use crate::render::Value;

/// What a dry run would have done to the record that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DryRun {
    /// Nothing: it is not a dry run.
    #[default]
    No,
    /// Changed it, or left it as it is.
    Existing,
    /// Created it. It does not exist, so no id is shown.
    New,
    /// Created it together with its district.
    NewWithDistrict,
}

impl DryRun {
    /// Returns what a run does to a record; `is_new` says whether it creates the record.
    pub fn new(is_dry_run: bool, is_new: bool) -> Self {
        match (is_dry_run, is_new) {
            (false, _) => Self::No,
            (true, false) => Self::Existing,
            (true, true) => Self::New,
        }
    }

    /// Returns whether it is a dry run.
    pub fn is_dry_run(self) -> bool {
        self != Self::No
    }

    /// Returns whether the record exists, so that its id can be shown.
    pub fn has_id(self) -> bool {
        matches!(self, Self::No | Self::Existing)
    }

    /// Returns whether the district of the record exists.
    pub(super) fn has_district(self) -> bool {
        self != Self::NewWithDistrict
    }

    /// Returns the id as a value; null if the record does not exist.
    pub(super) fn id(self, id: &str) -> Value<'_> {
        if self.has_id() { Value::Text(id) } else { Value::Null }
    }

    /// Returns the id as the text of a cell; empty if the record does not exist.
    pub(super) fn id_cell(self, id: &str) -> &str {
        if self.has_id() { id } else { "" }
    }
}
