//! The exit codes of the program: one enum, so that no two places can disagree.

/// What the process ends with. The meaning of each code is part of the interface and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done; an empty list is done too.
    Success = 0,
    /// Failed, answered no, or a store that is not ours or whose version does not fit.
    Failed = 1,
    /// Wrong usage, or a prompt was needed and there is no terminal.
    Usage = 2,
    /// No such credential, user, account or store.
    NotFound = 3,
    /// A name is taken, a credential already revoked or already granted.
    Conflict = 4,
    /// All 100 places of an account are taken.
    CapReached = 5,
    /// The store is busy or out of reach; trying again may help.
    Busy = 6,
    /// Not permitted, or an unsafe environment was refused.
    Refused = 7,
    /// A record, the audit log or the store itself does not verify.
    Integrity = 8,
    /// `verify`: unknown, malformed or duplicate.
    VerifyUnknown = 10,
    /// `verify`: expired.
    VerifyExpired = 11,
    /// `verify`: revoked or deleted.
    VerifyRevoked = 12,
    /// `verify`: replaced by a reset.
    VerifyReplaced = 13,
    /// `verify`: right secret, wrong place (account, policy, region, app, district, scope).
    VerifyNotAllowed = 14,
    /// Interrupted from the keyboard.
    Interrupted = 130,
}

impl Exit {
    /// The number handed to the operating system.
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl Exit {
    /// What the codes mean, for help and man pages.
    pub const MEANINGS: [(&'static str, &'static str); 12] = [
        ("0", "done; an empty list is done too"),
        ("1", "failed, or answered no; a store that is not ours, or whose version does not fit"),
        ("2", "usage, or a prompt was needed and there is no terminal"),
        ("3", "no such credential, user, app, district, account or store"),
        ("4", "conflict: name taken, already revoked, already granted"),
        ("5", "the cap of 100 account passcodes is reached"),
        ("6", "store busy or out of reach: try again"),
        ("7", "not permitted, or an unsafe environment was refused"),
        ("8", "integrity: a record, the audit log or the store does not verify"),
        ("130", "interrupted"),
        (
            "verify",
            "10 unknown or malformed, 11 expired, 12 revoked or deleted, 13 replaced, 14 not allowed here",
        ),
        ("check", "0 fine, 1 warning, 2 critical, 3 could not tell"),
    ];
}
