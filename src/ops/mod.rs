//! Use cases: what the commands and the gate can do with a store.
//!
//! A use case is one function that takes a transaction of its own, decides, and commits the change together with its
//! audit record. Other layers import the types below from here.

/// Accounts, audit log, integrity checks and the master key.
pub mod admin;
/// Apps, districts and legacy keys.
pub mod app;
/// Transactions, and what they need to know of their caller.
pub mod context;
/// Changes of passcodes and tokens.
pub mod credential;
/// Why a use case failed.
pub mod error;
/// Names by their beginnings, for completion.
pub mod names;
/// Webhook messages.
pub mod outbox;
/// Reads: lists, checks, decisions and the resolution of references.
pub mod query;
/// Where new secrets are written.
pub mod secret_sink;

pub use context::{OpContext, ReadTx, WriteTx};
pub use credential::issue::{IssueOutcome, IssuedCredential};
pub use error::{
    OpError,
    account::AccountError,
    audit::AuditError,
    credential::CredentialError,
    directory::{AppOrDistrict, DirectoryError},
    legacy::LegacyError,
    reference::{AmbiguousReference, Candidate, CandidateKind},
    rows::RejectedRows,
};
pub use query::display_names::DisplayNames;
pub use secret_sink::{NewSecret, SecretSink};
