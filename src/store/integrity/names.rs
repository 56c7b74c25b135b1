//! The names of the rows that issues have only numbers of.

use std::collections::HashMap;

use super::{
    context::{IntegrityCheck, each_row},
    issue::NumberedRow,
};
use crate::{
    domain::{
        credential::{Credential, CredentialKind},
        directory::district::District,
    },
    store::{
        error::StoreError,
        port::{
            record::{CredentialRow, WithMac},
            tables::{CredentialScan, SortBy},
        },
    },
};

impl IntegrityCheck<'_, '_> {
    /// Replaces the numbers of credentials and districts, which nobody knows, by their ids and names. Their rows may have
    /// been changed outside gatepass, and so may these. Numbers of missing rows stay.
    pub(super) fn name_rows(&mut self) -> Result<(), StoreError> {
        let wanted = self.issues.numbered_rows();
        if wanted.is_empty() {
            return Ok(());
        }
        let mut names = HashMap::new();
        let (raw, check) = self.rows();
        let scan = CredentialScan { order: SortBy::Created.into(), with_usage: false };
        raw.scan_credentials(
            scan,
            &mut each_row(|CredentialRow { credential: WithMac { record, .. }, .. }| {
                let number = NumberedRow::Credential(record.seq);
                if wanted.contains(&number) {
                    names.insert(number, credential_name(&record));
                }
            }),
        )?;
        raw.scan_districts(&mut each_row(|WithMac { record, .. }: WithMac<District>| {
            let number = NumberedRow::District(record.seq);
            if wanted.contains(&number) {
                names.insert(number, format!("district {} ({})", record.id, record.name));
            }
        }))?;
        check.issues.name_rows(&names);
        Ok(())
    }
}

fn credential_name(credential: &Credential) -> String {
    let (kind, id) = (credential.kind(), credential.id);
    match kind {
        CredentialKind::Account | CredentialKind::User => {
            format!("{} {id} ({})", kind.noun(), credential.subject.as_str())
        }
        CredentialKind::Token | CredentialKind::Legacy => format!("{} {id}", kind.noun()),
    }
}
