//! The exit codes of the program, each defined once.

/// An exit code. The numbers and their meanings are part of the interface and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The command succeeded. An empty list is a success.
    Success = 0,
    /// The command failed, the user answered no, or the store is foreign or has an unsupported version.
    Failed = 1,
    /// The arguments are wrong, or a prompt is needed and there is no terminal.
    Usage = 2,
    /// The credential, user, app, district, account or store does not exist.
    NotFound = 3,
    /// A name is taken, or a credential is already revoked or already granted.
    Conflict = 4,
    /// The account already has 100 account passcodes.
    CapReached = 5,
    /// The store is busy, or the operating system can't access it or another file. A later attempt may succeed.
    Busy = 6,
    /// The operation is not permitted, or the environment is unsafe.
    Refused = 7,
    /// A record, the audit log or the store itself fails verification.
    Integrity = 8,
    /// The connection to the store was lost during a commit: the change may have been made or not.
    Unknown = 9,
    /// `verify`: the secret is unknown or malformed, or there is more than one.
    VerifyUnknown = 10,
    /// `verify`: the credential has expired.
    VerifyExpired = 11,
    /// `verify`: the credential is revoked or deleted.
    VerifyRevoked = 12,
    /// `verify`: a reset replaced the secret.
    VerifyReplaced = 13,
    /// `verify`: the secret is valid, but not for this account, policy, region, app, district or scope.
    VerifyNotAllowed = 14,
    /// The user interrupted the command.
    Interrupted = 130,
}

impl Exit {
    /// Every exit, in ascending order of codes.
    pub const ALL: [Self; 16] = [
        Self::Success,
        Self::Failed,
        Self::Usage,
        Self::NotFound,
        Self::Conflict,
        Self::CapReached,
        Self::Busy,
        Self::Refused,
        Self::Integrity,
        Self::Unknown,
        Self::VerifyUnknown,
        Self::VerifyExpired,
        Self::VerifyRevoked,
        Self::VerifyReplaced,
        Self::VerifyNotAllowed,
        Self::Interrupted,
    ];

    /// The codes with their meanings, for help and man pages. The codes of `verify` share a row, and `check` has one
    /// for the codes that monitoring plugins use.
    pub const MEANINGS: [(&'static str, &'static str); 13] = [
        ("0", Self::Success.meaning()),
        ("1", Self::Failed.meaning()),
        ("2", Self::Usage.meaning()),
        ("3", Self::NotFound.meaning()),
        ("4", Self::Conflict.meaning()),
        ("5", Self::CapReached.meaning()),
        ("6", Self::Busy.meaning()),
        ("7", Self::Refused.meaning()),
        ("8", Self::Integrity.meaning()),
        ("9", Self::Unknown.meaning()),
        ("130", Self::Interrupted.meaning()),
        (
            "verify",
            "10 unknown or malformed, 11 expired, 12 revoked or deleted, 13 replaced, 14 not allowed here",
        ),
        ("check", "0 OK, 1 warning, 2 critical, 3 unknown"),
    ];

    /// Returns the number that the process exits with.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// Returns the meaning for readers. The codes from 10 to 14 are used by `verify` only.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Success => "success, also if a list is empty",
            Self::Failed => {
                "failed, or cancelled at a prompt; not a gatepass store, or an unsupported store version"
            }
            Self::Usage => "usage error, or a prompt was needed but there is no terminal",
            Self::NotFound => "no such credential, user, app, district, account or store",
            Self::Conflict => "conflict: name taken, already revoked, already granted",
            Self::CapReached => "limit of 100 account passcodes reached",
            Self::Busy => "store busy, or a file not accessible: try again",
            Self::Refused => "not permitted, or an unsafe environment was refused",
            Self::Integrity => {
                "integrity: a record, the audit log or the store failed verification"
            }
            Self::Unknown => {
                "outcome unknown: the connection to the store was lost during a commit"
            }
            Self::VerifyUnknown => "unknown or malformed",
            Self::VerifyExpired => "expired",
            Self::VerifyRevoked => "revoked or deleted",
            Self::VerifyReplaced => "replaced",
            Self::VerifyNotAllowed => "not allowed here",
            Self::Interrupted => "interrupted",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_of_help_match_the_enum() {
        let rows = |exits: &[Exit]| {
            exits.iter().map(|exit| (exit.code().to_string(), exit.meaning())).collect::<Vec<_>>()
        };
        let (verify, others): (Vec<Exit>, Vec<Exit>) =
            Exit::ALL.into_iter().partition(|exit| (10..=14).contains(&exit.code()));
        let shown: Vec<_> = Exit::MEANINGS
            .iter()
            .filter(|(code, _)| code.parse::<u8>().is_ok())
            .map(|(code, text)| ((*code).to_owned(), *text))
            .collect();
        assert_eq!(shown, rows(&others));
        let joined: Vec<String> =
            rows(&verify).iter().map(|(code, text)| format!("{code} {text}")).collect();
        assert!(Exit::MEANINGS.contains(&("verify", joined.join(", ").as_str())));
    }
}
