//! Reports of errors of the store and its key.

use std::io;

use serde_json::json;

use super::error_report::ErrorReport;
use crate::{
    domain::audit::ChangeId,
    exit::Exit,
    keys::{KeyError, UnsafePath},
    store::{self, StoreError},
};

/// Maps an error of the store to its code, hint and exit code.
pub(super) fn describe(error: &StoreError) -> ErrorReport {
    match error {
        StoreError::Missing(_) | StoreError::Lost { .. } => {
            ErrorReport::new(Exit::NotFound, "no_store").with_hint_option(backend_hint(error))
        }
        StoreError::Unsafe(error) => describe_unsafe_path(error),
        StoreError::Key(error) => describe_key(error),
        StoreError::WrongKey => ErrorReport::new(Exit::Refused, "wrong_key").with_hint(
            "use the store's own key with --key-file, or restore it with gatepass key import",
        ),
        StoreError::NotAStore(_) => {
            ErrorReport::new(Exit::Failed, "foreign_store").with_hint_option(backend_hint(error))
        }
        StoreError::Newer { .. } => ErrorReport::new(Exit::Failed, "newer_store").with_hint(
            "nothing was changed; use the version of gatepass that wrote it, or a newer one",
        ),
        StoreError::Older { .. } => ErrorReport::new(Exit::Failed, "older_store")
            .with_hint("nothing was changed; run gatepass store migrate"),
        StoreError::Busy => {
            ErrorReport::new(Exit::Busy, "store_busy").with_hint("nothing was changed; try again")
        }
        StoreError::CommitLost => ErrorReport::new(Exit::Busy, "connection_lost")
            .with_hint("nothing was changed; try again"),
        StoreError::CommitUnknown(change) => outcome_unknown(change.as_ref()),
        StoreError::DiskFull => disk_full(),
        StoreError::ReadOnly(_) => ErrorReport::new(Exit::Refused, "read_only_store")
            .with_hint("nothing was changed; remount the store, or change its permissions"),
        StoreError::Inaccessible(_) => ErrorReport::new(Exit::Busy, "store_out_of_reach"),
        StoreError::History { .. } => ErrorReport::new(Exit::Integrity, "other_history").with_hint(
            "it may lack revocations; if you restored this copy, use --accept-history once",
        ),
        StoreError::Schema(_) => ErrorReport::new(Exit::Integrity, "integrity").with_hint(
            "nothing was changed; gatepass doctor lists all differences, and gatepass store repair removes what does not belong to a store",
        ),
        StoreError::Integrity(_) => ErrorReport::new(Exit::Integrity, "integrity").with_hint(
            "gatepass doctor shows details; keep a copy of the store, then restore a backup or run gatepass store repair",
        ),
    }
}

/// Returns the report of a change that may have been made or not.
pub(super) fn outcome_unknown(change: Option<&ChangeId>) -> ErrorReport {
    let report = ErrorReport::new(Exit::Unknown, "outcome_unknown");
    match change {
        Some(change) => report
            .with_hint(format!("gatepass audit show --change {change} reports whether it was made"))
            .with_details(json!({ "change": change.to_string() })),
        None => report,
    }
}

fn backend_hint(error: &StoreError) -> Option<String> {
    store::hint(error).map(str::to_owned)
}

/// Maps an error of the master key to its code, hint and exit code.
pub(super) fn describe_key(error: &KeyError) -> ErrorReport {
    match error {
        KeyError::Unsafe(error) => describe_unsafe_path(error),
        KeyError::Io { source, .. } if is_disk_full(source) => disk_full(),
        KeyError::Io { action: "written", source, .. } if is_forbidden(source) => {
            ErrorReport::new(Exit::Refused, "bad_key").with_hint_option(error.hint())
        }
        KeyError::Io { .. } => {
            ErrorReport::new(Exit::Busy, "key_out_of_reach").with_hint_option(error.hint())
        }
        other => ErrorReport::new(Exit::Refused, "bad_key").with_hint_option(other.hint()),
    }
}

/// Maps the error of an unsafe path to its code, hint and exit code.
pub(super) fn describe_unsafe_path(error: &UnsafePath) -> ErrorReport {
    let exit = match error {
        UnsafePath::Unreadable { source, .. } if !is_bad_path(source) => Exit::Busy,
        _ => Exit::Refused,
    };
    ErrorReport::new(exit, "unsafe_path").with_hint_option(error.hint())
}

fn disk_full() -> ErrorReport {
    ErrorReport::new(Exit::Failed, "disk_full")
        .with_hint("nothing was changed; free some space and try again")
}

fn is_disk_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// Whether the operating system forbids a change.
fn is_forbidden(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied)
}

/// Whether no attempt with this path can succeed.
fn is_bad_path(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidFilename | io::ErrorKind::NotADirectory
    )
}
