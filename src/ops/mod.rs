//! Use cases: one file each, one transaction each. They decide; the store answers.

pub mod admin;
pub mod app;
pub mod context;
pub mod credential;
pub mod error;
pub mod outbox;
pub mod query;
pub mod read_tx;
pub mod secret_sink;

pub use context::{OpContext, WriteTx};
pub use error::{
    OpError,
    account::AccountError,
    credential::{Candidate, CredentialError},
    directory::{AppOrDistrict, DirectoryError},
    legacy::LegacyError,
};
pub use query::display_names::DisplayNames;
pub use read_tx::ReadTx;
pub use secret_sink::{IssueOutcome, IssuedCredential, NewSecret, SecretSink};
