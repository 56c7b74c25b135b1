//! `district add`, `district edit` and `district remove`.

use rand::CryptoRng;

use super::delete_checks::{RemovalTarget, revoke_all};
use crate::{
    domain::{
        audit::Action,
        credential::{Credential, CredentialKind, Deletion, subject::AppDistrict},
        directory::{
            account::Account,
            district::{District, ExternalId},
            id::ObjectId,
            name::Name,
            reference::Reference,
        },
        seq::{AuditSeq, DistrictSeq},
    },
    ops::{
        context::{OpContext, WriteTx},
        error::{
            OpError,
            directory::{AppOrDistrict, DirectoryError},
        },
        query::{
            display_names::DisplayNames,
            resolve_directory::{resolve_district_exact, resolve_district_to_remove},
        },
    },
    store::{StoreError, Transaction, port::record::Namespace},
};

/// A request to add a district.
#[derive(Clone, Debug)]
pub struct AddDistrictRequest {
    /// The district's name.
    pub name: Name,
    /// Its identifier in another system.
    pub external_id: Option<ExternalId>,
    /// Whether to do nothing if a district of that name exists.
    pub if_missing: bool,
}

/// The district that a request names.
#[derive(Debug)]
pub struct AddedDistrict {
    /// The district.
    pub district: District,
    /// The account that it belongs to.
    pub account: Account,
    /// Whether it was added; false if it existed already, and the request accepts that.
    pub created: bool,
}

/// The properties to change; `None` leaves a property as it is.
#[derive(Clone, Debug, Default)]
pub struct EditDistrictRequest {
    /// The new name.
    pub name: Option<Name>,
    /// The new external id; `Some(None)` removes it.
    pub external_id: Option<Option<ExternalId>>,
}

/// A district that was removed.
#[derive(Debug)]
pub struct RemovedDistrict {
    /// The district.
    pub district: District,
    /// The account that it belongs to.
    pub account: Account,
    /// The live tokens that were revoked with it.
    pub revoked: Vec<Credential>,
    /// The display names of those.
    pub names: DisplayNames,
    /// Its earlier removal, if it had been removed before and stays as it is.
    pub removed_before: Option<Deletion>,
}

/// Adds a district.
///
/// # Errors
/// [`DirectoryError::NameTaken`], [`DirectoryError::ExternalIdTaken`]; [`DirectoryError::ExternalIdMismatch`] if the
/// district exists with another external id.
pub fn add(
    context: &OpContext<'_>,
    request: AddDistrictRequest,
    entropy: &mut dyn CryptoRng,
) -> Result<AddedDistrict, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    if request.if_missing
        && let Some(district) = find_existing(&mut write, &account, &request)?
    {
        return Ok(AddedDistrict { district, account, created: false });
    }
    let district = insert_district(&mut write, &account, request, entropy)?;
    write.commit()?;
    Ok(AddedDistrict { district, account, created: true })
}

/// Returns the district of the requested name, if there is one.
///
/// # Errors
/// [`DirectoryError::ExternalIdMismatch`] if the requested external id differs in more than the case of letters.
pub(super) fn find_existing(
    write: &mut WriteTx<'_>,
    account: &Account,
    request: &AddDistrictRequest,
) -> Result<Option<District>, OpError> {
    let (name, given) = (request.name.folded(), request.external_id.as_ref());
    let found = write.tx.find_district_by_key(account.key, Namespace::Districts, &name)?;
    let Some(district) = found else { return Ok(None) };
    let current = district.external_id.as_ref();
    match given.filter(|given| current.map(ExternalId::folded) != Some(given.folded())) {
        None => Ok(Some(district)),
        Some(given) => Err(DirectoryError::ExternalIdMismatch {
            name: district.name.to_string(),
            current: current.map(ExternalId::to_string),
            given: given.to_string(),
        }
        .into()),
    }
}

/// Inserts a district.
///
/// # Errors
/// As for [`add`].
pub(super) fn insert_district(
    write: &mut WriteTx<'_>,
    account: &Account,
    request: AddDistrictRequest,
    entropy: &mut dyn CryptoRng,
) -> Result<District, OpError> {
    let new = District {
        seq: DistrictSeq::NONE,
        id: ObjectId::generate(entropy),
        account: account.key,
        name: request.name,
        external_id: request.external_id,
        created_at: write.now,
        created_by: write.actor_label(),
        removed: None,
        audit_seq: AuditSeq::NONE,
    };
    ensure_names_free(&mut write.tx, &new)?;
    let audit = write.audit_context(Action::DistrictAdd);
    Ok(write.tx.insert_district(&audit, new)?)
}

/// Edits a district.
///
/// # Errors
/// [`DirectoryError::NoSuchDistrict`], [`DirectoryError::NameTaken`], [`DirectoryError::ExternalIdTaken`].
pub fn edit(
    context: &OpContext<'_>,
    reference: &Reference,
    request: EditDistrictRequest,
) -> Result<(District, Account), OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let mut district = resolve_district_exact(&mut write.tx, &account, reference)?;
    if let Some(name) = request.name {
        district.name = name;
    }
    if let Some(external_id) = request.external_id {
        district.external_id = external_id;
    }
    ensure_names_free(&mut write.tx, &district)?;
    let audit = write.audit_context(Action::DistrictEdit);
    let district = write.tx.update_district(&audit, district)?;
    write.commit_if_changed()?;
    Ok((district, account))
}

/// Removes a district, and frees its name and its external id. Its expired tokens are revoked, too, so that no edit
/// makes them valid again. A district that is removed already stays as it is; only its id names it.
///
/// # Errors
/// [`DirectoryError::NoSuchDistrict`]; [`DirectoryError::HasLiveCredentials`] unless `revoke_tokens` is set.
pub fn remove(
    context: &OpContext<'_>,
    reference: &Reference,
    revoke_tokens: bool,
) -> Result<RemovedDistrict, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let mut district = resolve_district_to_remove(&mut write.tx, &account, reference)?;
    if let removed_before @ Some(_) = district.removed.clone() {
        let (revoked, names) = (Vec::new(), DisplayNames::default());
        return Ok(RemovedDistrict { district, account, revoked, names, removed_before });
    }
    let tokens = list_district_tokens(&mut write.tx, &district)?;
    let target = RemovalTarget { kind: AppOrDistrict::District, name: district.name.to_string() };
    let (revoked, names) = revoke_all(&mut write, target, tokens, revoke_tokens)?;
    district.removed = Some(Deletion { at: write.now, by: write.actor_label() });
    let audit = write.audit_context(Action::DistrictRemove);
    let district = write.tx.update_district(&audit, district)?;
    write.commit()?;
    Ok(RemovedDistrict { district, account, revoked, names, removed_before: None })
}

/// Returns the tokens of a district: for each app its newest one that is not deleted.
///
/// # Errors
/// If a token can't be verified.
pub fn list_district_tokens(
    tx: &mut Transaction<'_>,
    district: &District,
) -> Result<Vec<Credential>, StoreError> {
    let mut tokens = Vec::new();
    for app in tx.apps()?.iter().filter(|app| app.account == district.account) {
        let pair = AppDistrict::new(app.id, district.id);
        tokens.extend(tx.find_holder(district.account, CredentialKind::Token, pair.as_str())?);
    }
    Ok(tokens)
}

/// Fails if another district has the name or the external id of this one.
fn ensure_names_free(tx: &mut Transaction<'_>, district: &District) -> Result<(), OpError> {
    let mut holder = |namespace, key: &str| {
        let holder = tx.find_district_by_key(district.account, namespace, key)?;
        Ok::<_, StoreError>(holder.filter(|holder| holder.id != district.id))
    };
    if let Some(District { id, .. }) = holder(Namespace::Districts, &district.name.folded())? {
        let (kind, name) = (AppOrDistrict::District, district.name.to_string());
        return Err(DirectoryError::NameTaken { kind, name, id }.into());
    }
    let Some(external_id) = &district.external_id else { return Ok(()) };
    match holder(Namespace::ExternalIds, &external_id.folded())? {
        None => Ok(()),
        Some(District { id, name, .. }) => Err(DirectoryError::ExternalIdTaken {
            external_id: external_id.to_string(),
            id,
            name: name.to_string(),
        }
        .into()),
    }
}
