//! The exit codes of the program: one enum, so that no two places can disagree.

/// What the process ends with. The meaning of each code is part of the interface and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done; an empty list is done too.
    Done = 0,
    /// Failed, answered no, or a store that is not ours or newer than this program.
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
    /// `verify`: right secret, wrong place (account, policy, region).
    VerifyNotHere = 14,
    /// Interrupted from the keyboard.
    Interrupted = 130,
}

impl Exit {
    /// The number handed to the operating system.
    pub fn code(self) -> u8 {
        self as u8
    }
}
