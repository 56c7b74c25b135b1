//! Credentials after a change, and what is shown of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{edit::EditedCredential, issue::IssuedCredential};
use crate::{
    domain::{
        credential::Credential,
        directory::{
            account::Account,
            id::{CredentialId, ObjectId},
        },
        instant::Instant,
        seq::CredentialSeq,
        usage::LastUse,
    },
    ops::{context::WriteTx, query::display_names::DisplayNames},
    store::StoreError,
};

/// Credentials after a change, and what is shown of them. All of it is read before the commit: a lost connection must not
/// make a change that was made look failed. An integrity error in what is shown does not prevent the change, and is
/// reported after it.
#[derive(Debug)]
pub struct ChangedCredentials {
    /// The credentials.
    pub credentials: Vec<Credential>,
    /// Whether the change created them.
    pub are_new: bool,
    /// The districts that the change added for them.
    pub new_districts: BTreeSet<ObjectId>,
    /// The account that they belong to.
    pub account: Account,
    /// Their display names, or why one does not verify. That does not prevent the change.
    pub names: Result<DisplayNames, StoreError>,
    /// Their last uses, without those that were never used, or why one does not verify.
    pub last_uses: Result<BTreeMap<CredentialSeq, LastUse>, StoreError>,
    /// When they were changed.
    pub at: Instant,
    /// The ids of the credentials that were left as they are, because the request accepts that.
    pub skipped: Vec<CredentialId>,
}

impl ChangedCredentials {
    /// Reads what is shown of credentials that existed before.
    ///
    /// # Errors
    /// If the store can't be read.
    pub(in crate::ops) fn existing(
        write: &mut WriteTx<'_>,
        account: Account,
        credentials: Vec<Credential>,
    ) -> Result<Self, StoreError> {
        let seqs: Vec<_> = credentials.iter().map(|credential| credential.seq).collect();
        let last_uses = keep_integrity_error(write.tx.find_last_uses(&seqs))?;
        let read = Self::new_ones(write, account, credentials, BTreeSet::new())?;
        Ok(Self { last_uses, are_new: false, ..read })
    }

    /// Reads what is shown of new credentials, for which `new_districts` were added.
    ///
    /// # Errors
    /// If the store can't be read.
    pub(in crate::ops) fn new_ones(
        write: &mut WriteTx<'_>,
        account: Account,
        credentials: Vec<Credential>,
        new_districts: BTreeSet<ObjectId>,
    ) -> Result<Self, StoreError> {
        let names = DisplayNames::for_credentials_best_effort(&mut write.tx, &credentials);
        let (names, last_uses) = (keep_integrity_error(names)?, Ok(BTreeMap::new()));
        let (are_new, at, skipped) = (true, write.now, Vec::new());
        Ok(Self { credentials, are_new, new_districts, skipped, account, names, last_uses, at })
    }

    /// Returns the credentials after an edit; `None` if there are none.
    pub fn from_edited(edited: Vec<EditedCredential>) -> Option<Self> {
        let first = edited.first()?;
        let (account, at) = (first.account.clone(), first.at);
        let (mut names, mut last_uses) = (DisplayNames::default(), BTreeMap::new());
        for one in &edited {
            names.add(&one.after.subject, &one.names);
            last_uses.extend(one.last_use.clone().map(|used| (one.after.seq, used)));
        }
        let credentials = edited.into_iter().map(|edited| edited.after).collect();
        Some(Self::of_existing(credentials, account, (names, last_uses), at))
    }

    /// Returns existing credentials whose new secrets were issued; `None` if there are none.
    pub fn from_issued(issued: Vec<IssuedCredential>) -> Option<Self> {
        let first = issued.first()?;
        let (account, at) = (first.account.clone(), first.credential.secrets.created_at);
        let (mut names, mut last_uses) = (DisplayNames::default(), BTreeMap::new());
        for one in &issued {
            names.add(&one.credential.subject, &one.names);
            last_uses.extend(one.last_use.clone().map(|used| (one.credential.seq, used)));
        }
        let credentials = issued.into_iter().map(|issued| issued.credential).collect();
        Some(Self::of_existing(credentials, account, (names, last_uses), at))
    }

    /// Describes credentials that existed before.
    fn of_existing(
        credentials: Vec<Credential>,
        account: Account,
        (names, last_uses): (DisplayNames, BTreeMap<CredentialSeq, LastUse>),
        at: Instant,
    ) -> Self {
        Self {
            credentials,
            are_new: false,
            new_districts: BTreeSet::new(),
            skipped: Vec::new(),
            account,
            names: Ok(names),
            last_uses: Ok(last_uses),
            at,
        }
    }
}

/// Returns an integrity error as a value, to be reported after the change.
fn keep_integrity_error<T>(
    read: Result<T, StoreError>,
) -> Result<Result<T, StoreError>, StoreError> {
    match read {
        Err(error @ StoreError::Integrity(_)) => Ok(Err(error)),
        read => read.map(Ok),
    }
}
