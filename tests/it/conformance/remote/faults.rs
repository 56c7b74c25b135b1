//! What a backend may do wrong after a connection was lost. The cases of a commit in doubt must catch it.

/// The one thing that the stand-in does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// A commit whose request was lost is reported as done.
    AcknowledgesLostCommits,
    /// A commit whose answer was lost is reported as failed before it began.
    DeniesDoubtfulCommits,
    /// Audit records that were not committed are found.
    FindsUncommittedRecords,
    /// No audit record is found.
    FindsNoRecords,
    /// A transaction goes on after its connection was lost, without what it wrote before.
    GoesOnAfterLoss,
}
