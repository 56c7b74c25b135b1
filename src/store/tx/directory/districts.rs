//! Districts and the unique names that they have.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use crate::{
    domain::{
        audit,
        credential::Credential,
        directory::{
            account::AccountKey,
            district::{District, ExternalId},
            id::ObjectId,
        },
        seq::DistrictSeq,
    },
    store::{
        error::StoreError,
        port::record::{FoundRow, Namespace, UniqueNameKey, WithMac},
        row_mac::{RowMac, Summand, SummedTable, TableSums},
        tx::{
            audit::{AuditContext, AuditedChange},
            ensure::{ensure_district_requested, ensure_newest, verify_summed},
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
    pub fn find_district(&mut self, seq: DistrictSeq) -> Result<Option<District>, StoreError> {
        if let Some(known) = self.pending.districts.get(&seq) {
            return Ok(Some(known.clone()));
        }
        let rows = self.raw.find_districts(&[seq])?;
        let found = self.verify_districts(rows, |district| district.seq == seq)?.pop();
        Ok(found)
    }

    /// Finds the district with this ID, even a removed one.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_district_by_id(&mut self, id: ObjectId) -> Result<Option<District>, StoreError> {
        let seq = self.pending.district_seqs.get(&id);
        if let Some(known) = seq.and_then(|seq| self.pending.districts.get(seq)) {
            return Ok(Some(known.clone()));
        }
        Ok(self.find_districts_by_id(&[id])?.pop())
    }

    /// Finds the districts with these IDs, even removed ones, in any order.
    ///
    /// # Errors
    /// If one does not verify.
    pub fn find_districts_by_id(&mut self, ids: &[ObjectId]) -> Result<Vec<District>, StoreError> {
        self.flush()?;
        let requested: BTreeSet<_> = ids.iter().collect();
        let rows = self.raw.find_districts_by_id(ids)?;
        self.verify_districts(rows, |district| requested.contains(&district.id))
    }

    /// Reads the districts of these credentials, so that a change of many credentials needs no query for each of them.
    /// Districts that do not verify are left out: the change that needs one reports it.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn prefetch_districts(&mut self, credentials: &[Credential]) -> Result<(), StoreError> {
        let ids: BTreeSet<_> =
            credentials.iter().filter_map(|one| one.subject.district()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        match self.find_districts_by_id(&ids.into_iter().collect::<Vec<_>>()) {
            Err(StoreError::Integrity(_)) => Ok(()),
            found => found.map(drop),
        }
    }

    /// Finds the district with this ID, even a removed one; `None` also if it does not verify. For callers that only
    /// show its name.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn find_valid_district(&mut self, id: ObjectId) -> Result<Option<District>, StoreError> {
        match self.find_district_by_id(id) {
            Err(StoreError::Integrity(_)) => Ok(None),
            found => found,
        }
    }

    /// Finds the districts that have these names and external IDs, with as few queries as one of them needs. A name that
    /// no district has is left out; a removed district has none.
    ///
    /// # Errors
    /// If a name or its district does not verify.
    pub fn find_named_districts(
        &mut self,
        names: &[UniqueNameKey],
    ) -> Result<BTreeMap<UniqueNameKey, District>, StoreError> {
        let held = self.held_names(names)?;
        let is_unread = |seq: &DistrictSeq| self.pending.districts.get(seq).is_none();
        let seqs: BTreeSet<_> = held.iter().map(|(_, holder)| DistrictSeq(*holder)).collect();
        let unread: Vec<_> = seqs.into_iter().filter(is_unread).collect();
        if !unread.is_empty() {
            let rows = self.raw.find_districts(&unread)?;
            self.verify_districts(rows, |found| unread.binary_search(&found.seq).is_ok())?;
        }
        let by_name = held.into_iter().map(|(name, holder)| {
            let found = self.pending.districts.get(&DistrictSeq(holder)).cloned();
            let found = found.ok_or_else(|| {
                StoreError::integrity(format!("district number {holder} is missing"))
            })?;
            let is_requested = found.account == name.account
                && found.removed.is_none()
                && unique_key(&found, name.namespace).as_ref() == Some(&name.key);
            ensure_district_requested(is_requested, &found).map(|()| (name, found))
        });
        by_name.collect()
    }

    /// Finds the district of an account by a case-folded name in one of the namespaces of districts.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_district_by_key(
        &mut self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<Option<District>, StoreError> {
        let name = UniqueNameKey { account, namespace, key: key.to_owned() };
        Ok(self.find_named_districts(&[name])?.pop_first().map(|(_, found)| found))
    }

    /// Lists the districts of an account whose name or external ID, case folded, begins with `start`: at most `limit` by
    /// name, and as many by external ID.
    ///
    /// # Errors
    /// If one does not verify.
    pub fn list_districts_by_name(
        &mut self,
        account: AccountKey,
        start: &str,
        limit: usize,
    ) -> Result<Vec<District>, StoreError> {
        let mut seqs = Vec::new();
        for namespace in DISTRICT_NAMESPACES {
            let names = self.list_names(account, namespace, start, limit)?;
            seqs.extend(names.into_iter().map(|name| DistrictSeq(name.holder)));
        }
        seqs.sort_unstable();
        seqs.dedup();
        let rows = self.raw.find_districts(&seqs)?;
        let has_name = |district: &District, namespace| {
            unique_key(district, namespace).is_some_and(|key| key.starts_with(start))
        };
        let is_requested = |district: &District| {
            (district.account == account && district.removed.is_none())
                && DISTRICT_NAMESPACES.iter().any(|namespace| has_name(district, *namespace))
        };
        let found = self.verify_districts(rows, is_requested)?;
        match found.len() == seqs.len() {
            true => Ok(found),
            false => Err(StoreError::integrity("an index of names is wrong")),
        }
    }

    /// Calls `each` with every district, oldest first, including removed ones, until it returns `Break`.
    ///
    /// # Errors
    /// The error of `each`, or an integrity error if a district does not verify or the sum of the districts is wrong.
    pub fn scan_districts<E: From<StoreError>>(
        &mut self,
        mut each: impl FnMut(District) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        self.flush()?;
        let Self { raw, row_mac, .. } = self;
        let (mut sums, mut flow) = (TableSums::default(), Ok(ControlFlow::Continue(())));
        raw.scan_districts(&mut |batch| {
            for row in batch {
                flow = verify_district(row_mac, row).map_err(E::from).and_then(
                    |(district, summand)| {
                        sums.add(SummedTable::Districts, summand);
                        each(district)
                    },
                );
                if !matches!(flow, Ok(ControlFlow::Continue(()))) {
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        })?;
        match flow? {
            ControlFlow::Continue(()) => Ok(self.ensure_sum(SummedTable::Districts, &sums)?),
            ControlFlow::Break(()) => Ok(()),
        }
    }

    /// Verifies districts that an index led to. Keeps them, because they may be needed again, for a change or a name.
    fn verify_districts(
        &mut self,
        rows: Vec<FoundRow<District>>,
        is_requested: impl Fn(&District) -> bool,
    ) -> Result<Vec<District>, StoreError> {
        let mut found = Vec::with_capacity(rows.len());
        for FoundRow { row, newest_audit } in rows {
            let (district, summand) = verify_district(&self.row_mac, row)?;
            ensure_newest(
                district.audit_seq,
                newest_audit,
                format_args!("district {}", district.id),
            )?;
            ensure_district_requested(is_requested(&district), &district)?;
            self.pending.district_seqs.insert(district.id, district.seq);
            self.pending.districts.keep(district.seq, district.clone(), summand);
            found.push(district);
        }
        Ok(found)
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
        for namespace in DISTRICT_NAMESPACES {
            self.claim_district_name(&district, namespace)?;
        }
        self.audit_district(context, None, &district)?;
        self.pending.district_seqs.insert(district.id, district.seq);
        self.pending.districts.insert(district.seq, district.clone());
        self.flush_if_full()?;
        Ok(district)
    }

    /// Replaces a district, updates its unique names and adds its audit record, unless nothing differs. Reads the previous
    /// state itself.
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
        if after == before {
            return Ok(before);
        }
        let district = District { audit_seq: self.head.audit_seq.next(), ..after };
        for namespace in DISTRICT_NAMESPACES {
            self.move_district_name(&before, &district, namespace)?;
        }
        self.audit_district(context, Some(&before), &district)?;
        self.pending.districts.update(district.seq, district.clone())?;
        self.flush_if_full()?;
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
        self.append_audit(context, change);
        Ok(())
    }
}

fn verify_district(
    row_mac: &RowMac<'_>,
    row: WithMac<District>,
) -> Result<(District, Summand), StoreError> {
    let seq = row.record.seq;
    verify_summed(row_mac, row, format_args!("district number {seq}"))
}
