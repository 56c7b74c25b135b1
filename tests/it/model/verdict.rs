//! What the answer to a presented secret must be, written down from the product's description and from nothing else.

/// Which of a credential's secrets was presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The current one.
    Current,
    /// The one before, which ends at this second.
    Retiring(i64),
    /// An older one.
    Replaced,
}

/// All that an answer depends on. Instants are seconds.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub other_account_named: bool,
    pub is_deleted: bool,
    pub is_revoked: bool,
    pub held: Held,
    pub end: Option<i64>,
    pub is_account_passcode: bool,
    pub users_only: bool,
    pub other_region: bool,
}

/// The answers, with their exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Verdict {
    Allowed = 0,
    Expired = 11,
    Ended = 12,
    Replaced = 13,
    NotHere = 14,
}

/// The first of the reasons that applies: account, deleted, revoked, replaced, expired, policy, region.
pub fn verdict(facts: &Facts, now: i64) -> Verdict {
    if facts.other_account_named {
        return Verdict::NotHere;
    }
    if facts.is_deleted || facts.is_revoked {
        return Verdict::Ended;
    }
    match facts.held {
        Held::Replaced => return Verdict::Replaced,
        Held::Retiring(until) if until <= now => return Verdict::Replaced,
        Held::Retiring(_) | Held::Current => {}
    }
    if facts.end.is_some_and(|end| end <= now) {
        return Verdict::Expired;
    }
    if (facts.users_only && facts.is_account_passcode) || facts.other_region {
        return Verdict::NotHere;
    }
    Verdict::Allowed
}
