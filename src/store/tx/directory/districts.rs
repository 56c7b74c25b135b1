//! Districts and the unique names that they have.

use std::ops::ControlFlow;

use crate::{
    domain::{
        audit,
        directory::{
            account::AccountKey,
            district::{District, ExternalId},
            id::ObjectId,
            name::fold,
        },
        seq::DistrictSeq,
    },
    store::{
        error::StoreError,
        port::record::{Namespace, UniqueName, WithMac},
        tx::{
            audit::{AuditContext, AuditedChange},
            ensure::{ensure_district_matches, ensure_written, verify_row},
            transaction::Transaction,
        },
    },
};

/// The namespaces in which districts have unique names.
pub(in crate::store) const DISTRICT_NAMESPACES: [Namespace; 2] =
    [Namespace::Districts, Namespace::ExternalIds];

/// Returns the unique name of a district in a namespace; `None` if it has none there. A removed district has no unique
/// names, but this function does not check for that.
pub(in crate::store) fn unique_key(district: &District, namespace: Namespace) -> Option<String> {
    match namespace {
        Namespace::Districts => Some(district.name.folded()),
        Namespace::ExternalIds => district.external_id.as_ref().map(ExternalId::folded),
        Namespace::Credentials(_) => None,
    }
}

impl Transaction<'_> {
    /// Finds the district with this number.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_district(&self, seq: DistrictSeq) -> Result<Option<District>, StoreError> {
        let found =
            self.raw.find_district(seq)?.map(|row| self.verify_district(row)).transpose()?;
        found
            .map(|found| ensure_district_matches(found, |district| district.seq == seq))
            .transpose()
    }

    /// Finds the district with this ID, even a removed one.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_district_by_id(&self, id: ObjectId) -> Result<Option<District>, StoreError> {
        let found =
            self.raw.find_district_by_id(id)?.map(|row| self.verify_district(row)).transpose()?;
        found.map(|found| ensure_district_matches(found, |district| district.id == id)).transpose()
    }

    /// Finds the district with this ID, even a removed one; `None` also if it does not verify. For callers that only
    /// show its name.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn find_valid_district(&self, id: ObjectId) -> Result<Option<District>, StoreError> {
        match self.find_district_by_id(id) {
            Err(StoreError::Integrity(_)) => Ok(None),
            found => found,
        }
    }

    /// Finds the district of an account by ID, name or external ID (in any case), unless it was removed.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_district_by_reference(
        &self,
        account: AccountKey,
        text: &str,
    ) -> Result<Option<District>, StoreError> {
        if let Some(id) = ObjectId::parse(text) {
            let found = self.find_district_by_id(id)?;
            return Ok(found.filter(|one| one.account == account && one.removed.is_none()));
        }
        let key = fold(text);
        for namespace in [Namespace::Districts, Namespace::ExternalIds] {
            if let Some(found) = self.find_district_by_key(account, namespace, &key)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Finds the district of an account by a case-folded name in one of the namespaces of districts.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_district_by_key(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<Option<District>, StoreError> {
        let Some(row) = self.find_unique_name(account, namespace, key)? else { return Ok(None) };
        let name: UniqueName = verify_row(&self.row_mac, row, "the holder of a name")?;
        let found = self.find_district(DistrictSeq(name.holder))?.ok_or_else(|| {
            StoreError::integrity(format!("district number {} is missing", name.holder))
        })?;
        ensure_district_matches(found, |district| {
            district.account == account
                && district.removed.is_none()
                && unique_key(district, namespace).as_deref() == Some(key)
        })
        .map(Some)
    }

    /// Calls `each` with every district, oldest first, including removed ones, until it returns `Break`.
    ///
    /// # Errors
    /// The error of `each`, or an integrity error if a district does not verify or is missing.
    pub fn scan_districts<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(District) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let (mut count, mut last, mut flow) = (0, DistrictSeq::NONE, Ok(ControlFlow::Continue(())));
        self.raw.scan_districts(&mut |row| {
            let seq = row.record.seq;
            count += 1;
            flow = match self.verify_district(row) {
                Ok(_) if seq <= last => {
                    Err(StoreError::integrity(format!("district number {seq} is duplicated"))
                        .into())
                }
                Ok(district) => each(district),
                Err(error) => Err(error.into()),
            };
            last = seq;
            match flow {
                Ok(ControlFlow::Continue(())) => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        })?;
        if flow?.is_continue() && count != self.head.districts {
            return Err(StoreError::integrity("the number of districts is wrong").into());
        }
        Ok(())
    }

    fn verify_district(&self, row: WithMac<District>) -> Result<District, StoreError> {
        let seq = row.record.seq;
        let tampered =
            || StoreError::integrity(format!("district number {seq} was changed outside gatepass"));
        self.row_mac.verify(row).ok_or_else(tampered)
    }

    /// Inserts a district with the next number, its unique names and its audit record. The numbers in `new` are
    /// ignored.
    ///
    /// # Errors
    /// If the store can't be written.
    pub fn insert_district(
        &mut self,
        context: &AuditContext<'_>,
        new: District,
    ) -> Result<District, StoreError> {
        self.head.districts += 1;
        let (seq, audit_seq) = (DistrictSeq(self.head.districts), self.head.audit_seq.next());
        let district = District { seq, audit_seq, ..new };
        let row = self.row_mac.authenticate(district.clone());
        ensure_written(self.raw.insert_district(&row)?, "district", district.id)?;
        for namespace in DISTRICT_NAMESPACES {
            self.claim_district_name(&district, namespace)?;
        }
        self.audit_district(context, None, &district)?;
        Ok(district)
    }

    /// Replaces a district and updates its unique names. Reads the previous state itself.
    ///
    /// # Errors
    /// If the store can't be written.
    pub fn update_district(
        &mut self,
        context: &AuditContext<'_>,
        after: District,
    ) -> Result<District, StoreError> {
        let before = self.find_district(after.seq)?.ok_or_else(|| {
            StoreError::integrity(format!("district number {} is missing", after.seq))
        })?;
        let district = District { audit_seq: self.head.audit_seq.next(), ..after };
        let row = self.row_mac.authenticate(district.clone());
        ensure_written(self.raw.update_district(&row)?, "district", district.id)?;
        for namespace in DISTRICT_NAMESPACES {
            self.move_district_name(&before, &district, namespace)?;
        }
        self.audit_district(context, Some(&before), &district)?;
        Ok(district)
    }

    fn audit_district(
        &mut self,
        context: &AuditContext<'_>,
        before: Option<&District>,
        after: &District,
    ) -> Result<(), StoreError> {
        let account = self.get_account(after.account)?.id;
        let fields = |district: &District| audit::district_fields(district, &account);
        let change = AuditedChange {
            subject: after.id.to_string(),
            name: Some(after.name.to_string()),
            before: before.map(fields),
            after: Some(fields(after)),
        };
        self.append_audit(context, change)
    }
}
