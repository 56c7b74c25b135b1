//! Recipients: whom a message is for.

use crate::domain::seq::AppSeq;

/// Whom a message is for. Messages to one recipient are sent in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// The webhook of the app with this number.
    App(AppSeq),
}
