//! The expected decision about a secret, written from the documentation alone.

/// Which secret of a credential was presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresentedSecret {
    /// The current one.
    Current,
    /// The new one of a reset that was not completed.
    Undelivered,
    /// The previous one, with the end of its overlap.
    Retiring(i64),
    /// An older one.
    Replaced,
}

/// Everything that a decision depends on. Instants are in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub other_account_named: bool,
    pub is_deleted: bool,
    pub is_revoked: bool,
    pub presented: PresentedSecret,
    pub expiry: Option<i64>,
    pub is_account_passcode: bool,
    pub users_only: bool,
    pub other_region: bool,
}

/// The decisions with the exit codes of `verify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ExpectedDecision {
    Allowed = 0,
    Expired = 11,
    Ended = 12,
    Replaced = 13,
    NotAllowedHere = 14,
}

/// Returns the first reason that applies: account, deleted, revoked, replaced, expired, policy, region.
pub fn expected_decision(facts: &Facts, now: i64) -> ExpectedDecision {
    if facts.other_account_named {
        return ExpectedDecision::NotAllowedHere;
    }
    if facts.is_deleted || facts.is_revoked {
        return ExpectedDecision::Ended;
    }
    match facts.presented {
        PresentedSecret::Replaced => return ExpectedDecision::Replaced,
        PresentedSecret::Retiring(until) if until <= now => return ExpectedDecision::Replaced,
        PresentedSecret::Retiring(_) | PresentedSecret::Undelivered | PresentedSecret::Current => {}
    }
    if facts.expiry.is_some_and(|end| end <= now) {
        return ExpectedDecision::Expired;
    }
    if (facts.users_only && facts.is_account_passcode) || facts.other_region {
        return ExpectedDecision::NotAllowedHere;
    }
    ExpectedDecision::Allowed
}
