//! What a table does not show.

use super::layout::Layout;
use crate::render::record::Column;

/// What a table does not show because the terminal is too narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableFit {
    omitted: Vec<String>,
    shortened: Vec<String>,
}

impl TableFit {
    pub(super) fn new(columns: &[Column], hidden: &[bool], layout: &Layout) -> Self {
        let mut fit = Self::default();
        let widths = layout.widths.iter().zip(&layout.shortened);
        for ((column, hidden), (width, shortened)) in columns.iter().zip(hidden).zip(widths) {
            match width {
                None if *hidden => {}
                None => fit.omitted.push(column.header()),
                Some(_) if *shortened => fit.shortened.push(column.header()),
                Some(_) => {}
            }
        }
        fit
    }

    /// Returns the sentences that say what is missing and how to see it; `None` if everything is shown.
    pub fn message(&self) -> Option<String> {
        let part = |what, titles: &[String]| match titles {
            [] => String::new(),
            titles => format!("{what}: {}. ", titles.join(", ")),
        };
        let missing = part("Left out", &self.omitted) + &part("Shortened", &self.shortened);
        (!missing.is_empty()).then(|| format!("{missing}Use --wide to show everything."))
    }
}

#[cfg(test)]
mod tests {
    use super::TableFit;

    #[test]
    fn only_what_is_missing_is_named() {
        let owned = |titles: &[&str]| titles.iter().map(|&title| title.to_owned()).collect();
        let message = |omitted: &[&str], shortened: &[&str]| {
            TableFit { omitted: owned(omitted), shortened: owned(shortened) }.message()
        };
        assert_eq!(message(&[], &[]), None);
        assert_eq!(
            message(&["KIND", "REMARK"], &["ID"]).as_deref(),
            Some("Left out: KIND, REMARK. Shortened: ID. Use --wide to show everything.")
        );
        assert_eq!(
            message(&[], &["ID"]).as_deref(),
            Some("Shortened: ID. Use --wide to show everything.")
        );
    }
}
