//! `district connect`: tokens for several apps and districts in one transaction.

use std::{collections::BTreeSet, fmt};

use rand::CryptoRng;

use super::district::{self, AddDistrictRequest};
use crate::{
    domain::directory::{
        account::Account,
        app::App,
        district::{District, ExternalId},
        name::Name,
        reference::Reference,
    },
    ops::{
        context::{OpContext, WriteTx},
        credential::{
            changed::ChangedCredentials,
            grant_app::{TokenSettings, new_token},
            issue::{Prepared, insert_for_pickup, issue},
        },
        error::{OpError, rows::RejectedRows},
        query::resolve_directory::{resolve_app_exact, resolve_district_exact},
        secret_sink::SecretSink,
    },
};

/// A request for one token for each pair of an app and a district.
#[derive(Clone, Debug)]
pub struct ConnectRequest {
    /// The names, ids or client ids of the apps.
    pub apps: Vec<Reference>,
    /// The districts; missing ones may be added.
    pub districts: Vec<DistrictEntry>,
    /// The settings of each token.
    pub settings: TokenSettings,
    /// Whether to skip pairs of which the app has a valid token for the district.
    pub if_missing: bool,
}

/// A district, and where the request names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictEntry {
    /// The line number in the input file, from 1; `None` if it is an argument.
    pub line: Option<u64>,
    /// The district.
    pub district: DistrictReference,
}

/// How a request names a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DistrictReference {
    /// The name, id or external id of an existing district.
    Existing(Reference),
    /// The name and the external id of a district, which is added if it does not exist.
    ByName(Name, Option<ExternalId>),
}

impl fmt::Display for DistrictReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Existing(reference) => f.write_str(reference.as_str()),
            Self::ByName(name, _) => f.write_str(name.as_str()),
        }
    }
}

/// Grants the tokens, all or none, and calls `each` with every one. Without a `sink` they get no secrets; the apps pick
/// those up.
///
/// # Errors
/// - `DirectoryError::NoSuchApp`, [`OpError::SecretNotWritten`];
/// - for a district that fails, and for all of them within [`OpError::RowsRejected`] if they are in a file:
///   `DirectoryError::NoSuchDistrict`, `DirectoryError::ExternalIdTaken`, `DirectoryError::ExternalIdMismatch`,
///   [`CredentialError::AppHasToken`](crate::ops::CredentialError::AppHasToken).
pub fn connect(
    context: &OpContext<'_>,
    request: ConnectRequest,
    entropy: &mut dyn CryptoRng,
    mut sink: Option<&mut dyn SecretSink>,
    mut each: impl FnMut(),
) -> Result<ChangedCredentials, OpError> {
    let ConnectRequest { apps, districts, settings, if_missing } = request;
    let mut write = context.begin()?;
    let account = write.account()?;
    let apps = resolve_apps(&mut write, &account, &apps)?;
    let (mut granted, mut skipped) = (Vec::with_capacity(apps.len() * districts.len()), Vec::new());
    let (last, mut new_districts) = (write.tx.head().audit_seq, BTreeSet::new());
    let mut rejected = RejectedRows::default();
    for DistrictEntry { line, district } in districts {
        let name = district.to_string();
        let found = find_or_add(&mut write, &account, district, entropy);
        let district = match reject_row(&mut rejected, line, &name, found)? {
            Some(district) => district,
            None => continue,
        };
        if district.audit_seq > last {
            new_districts.insert(district.id);
        }
        for app in &apps {
            let prepared = new_token(&mut write, (app, &district), settings.clone(), if_missing);
            match reject_row(&mut rejected, line, &name, prepared)? {
                Some(Prepared::New(new)) if rejected.is_empty() => granted.push(match &mut sink {
                    None => insert_for_pickup(&mut write, &account, new, entropy)?,
                    Some(sink) => issue(&mut write, &account, new, entropy, *sink)?.credential,
                }),
                Some(Prepared::Existing(token)) => skipped.push(token.id),
                Some(Prepared::New(_)) | None => {}
            }
            each();
        }
    }
    rejected.into_result()?;
    let granted = ChangedCredentials::new_ones(&mut write, account, granted, new_districts)?;
    match sink {
        // A commit of nothing could be left in doubt, too. A district that was added has a token.
        _ if granted.credentials.is_empty() => {}
        Some(sink) => write.commit_secrets(sink)?,
        None => write.commit()?,
    }
    Ok(ChangedCredentials { skipped, ..granted })
}

/// Returns the apps that the references name, each once.
fn resolve_apps(
    write: &mut WriteTx<'_>,
    account: &Account,
    references: &[Reference],
) -> Result<Vec<App>, OpError> {
    let mut apps: Vec<App> = Vec::new();
    for reference in references {
        let app = resolve_app_exact(&mut write.tx, account, reference)?;
        if apps.iter().all(|other| other.seq != app.seq) {
            apps.push(app);
        }
    }
    Ok(apps)
}

/// Returns the district, or adds it if it is named by name and does not exist.
fn find_or_add(
    write: &mut WriteTx<'_>,
    account: &Account,
    district: DistrictReference,
    entropy: &mut dyn CryptoRng,
) -> Result<District, OpError> {
    let (name, external_id) = match district {
        DistrictReference::Existing(reference) => {
            return resolve_district_exact(&mut write.tx, account, &reference);
        }
        DistrictReference::ByName(name, external_id) => (name, external_id),
    };
    let request = AddDistrictRequest { name, external_id, if_missing: true };
    match district::find_existing(write, account, &request)? {
        Some(existing) => Ok(existing),
        None => district::insert_district(write, account, request, entropy),
    }
}

/// Returns the result for a district. Adds an error about a row of a file to `rejected` instead.
fn reject_row<T>(
    rejected: &mut RejectedRows<OpError>,
    line: Option<u64>,
    district: &str,
    result: Result<T, OpError>,
) -> Result<Option<T>, OpError> {
    match (line, result) {
        (_, Ok(found)) => Ok(Some(found)),
        (Some(line), Err(why)) => rejected.add(line, district, why).map(|()| None),
        (None, Err(why)) => Err(why),
    }
}
