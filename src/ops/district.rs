//! `district`: those who decide which app sees what of them.

use rand::CryptoRng;

use super::{parties::named_district, removal::end_all};
use crate::{
    domain::{
        account::Account,
        audit::Action,
        credential::{Credential, Deletion, Kind},
        district::{District, ExternalId},
        id::ObjectId,
        name::Name,
        owner::Pair,
        reference::Reference,
    },
    ops::{Change, Desk, Directory, OpError, Party},
    store::{StoreError, Transaction, record::Register},
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its name.
    pub name: Name,
    /// What another system calls it.
    pub external_id: Option<ExternalId>,
}

/// What is to become different.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// A new name.
    pub name: Option<Name>,
    /// What another system calls it; `Some(None)` takes that away.
    pub external_id: Option<Option<ExternalId>>,
}

/// A district that was removed, and what ended with it.
#[derive(Debug)]
pub struct Removed {
    /// The district.
    pub district: District,
    /// Its account.
    pub account: Account,
    /// The tokens that were revoked.
    pub revoked: Vec<Credential>,
    /// What those are called.
    pub names: Directory,
}

/// Adds a district.
///
/// # Errors
/// [`OpError::PartyNameTaken`], [`OpError::ExternalIdTaken`].
pub fn add(
    desk: &Desk<'_>,
    order: Order,
    entropy: &mut dyn CryptoRng,
) -> Result<(District, Account), OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    let district = insert(&mut change, &account, order, entropy)?;
    change.commit()?;
    Ok((district, account))
}

/// Adds a district within a change.
pub(super) fn insert(
    change: &mut Change<'_>,
    account: &Account,
    order: Order,
    entropy: &mut dyn CryptoRng,
) -> Result<District, OpError> {
    let draft = District {
        seq: 0,
        id: ObjectId::generate(entropy),
        account: account.key,
        name: order.name,
        external_id: order.external_id,
        created_at: change.now,
        created_by: change.by(),
        removed: None,
        audit_seq: 0,
    };
    is_free(&change.tx, &draft)?;
    let stamp = change.stamp(Action::DistrictAdd);
    Ok(change.tx.insert_district(&stamp, draft)?)
}

/// Changes a district.
///
/// # Errors
/// [`OpError::NoSuchDistrict`], [`OpError::PartyNameTaken`], [`OpError::ExternalIdTaken`].
pub fn edit(
    desk: &Desk<'_>,
    reference: &Reference,
    edits: Edits,
) -> Result<(District, Account), OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    let mut district = named_district(&change, &account, reference)?;
    if let Some(name) = edits.name {
        district.name = name;
    }
    if let Some(external_id) = edits.external_id {
        district.external_id = external_id;
    }
    is_free(&change.tx, &district)?;
    let stamp = change.stamp(Action::DistrictEdit);
    let district = change.tx.update_district(&stamp, district)?;
    change.commit()?;
    Ok((district, account))
}

/// Removes a district; its name and external id are free again. What of its tokens has expired is revoked with it, so
/// that nothing brings it back.
///
/// # Errors
/// [`OpError::NoSuchDistrict`]; [`OpError::StillLive`] unless live tokens are to be revoked, too.
pub fn remove(
    desk: &Desk<'_>,
    reference: &Reference,
    revoke_tokens: bool,
) -> Result<Removed, OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    let mut district = named_district(&change, &account, reference)?;
    let held = tokens_of(&change.tx, &district)?;
    let party = (Party::District, district.name.to_string());
    let (revoked, names) = end_all(&mut change, party, held, revoke_tokens)?;
    district.removed = Some(Deletion { at: change.now, by: change.by() });
    let stamp = change.stamp(Action::DistrictRemove);
    let district = change.tx.update_district(&stamp, district)?;
    change.commit()?;
    Ok(Removed { district, account, revoked, names })
}

/// The tokens of a district: for each app the one that holds the pair, which is never a deleted one.
///
/// # Errors
/// When one does not verify.
pub fn tokens_of(tx: &Transaction<'_>, district: &District) -> Result<Vec<Credential>, StoreError> {
    let mut tokens = Vec::new();
    for app in tx.apps()?.iter().filter(|app| app.account == district.account) {
        let pair = Pair::new(app.id, district.id);
        tokens.extend(tx.find_holder(district.account, Kind::Token, pair.as_str())?);
    }
    Ok(tokens)
}

/// That no other district has the name or the external id of this one.
fn is_free(tx: &Transaction<'_>, district: &District) -> Result<(), OpError> {
    let holder = |register, key: &str| {
        let holder = tx.find_district_held(district.account, register, key)?;
        Ok::<_, StoreError>(holder.filter(|holder| holder.id != district.id))
    };
    if let Some(District { id, .. }) = holder(Register::Districts, &district.name.key())? {
        let (party, name) = (Party::District, district.name.to_string());
        return Err(OpError::PartyNameTaken { party, name, id });
    }
    let Some(external_id) = &district.external_id else { return Ok(()) };
    match holder(Register::ExternalIds, &external_id.key())? {
        None => Ok(()),
        Some(District { id, name, .. }) => Err(OpError::ExternalIdTaken {
            external_id: external_id.to_string(),
            id,
            name: name.to_string(),
        }),
    }
}
