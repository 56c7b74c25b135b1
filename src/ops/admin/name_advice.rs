//! Advice about names that are ambiguous as references.

use std::collections::{BTreeMap, btree_map::Entry};

use crate::{
    domain::{
        credential::{Credential, CredentialKind},
        directory::account::{Account, PASSCODE_CAP},
    },
    ops::context::{ReadTx, current_accounts},
    store::StoreError,
};

/// Returns a sentence for each account passcode whose name looks like a reference to something else, and for each account
/// that has the name of an earlier one. New names can't be like that.
pub(super) fn name_advice(read: &mut ReadTx<'_>) -> Result<Vec<String>, StoreError> {
    let (accounts, limit) = (current_accounts(&mut read.tx)?, usize::from(PASSCODE_CAP));
    let mut advice = advice_on_accounts(&accounts);
    for account in accounts {
        let holders = read.tx.list_holders(account.key, CredentialKind::Account, "", limit)?;
        advice.extend(holders.iter().filter_map(advice_on));
    }
    Ok(advice)
}

fn advice_on_accounts(accounts: &[Account]) -> Vec<String> {
    let mut earlier = BTreeMap::new();
    let mut advice = Vec::new();
    for Account { id, name, .. } in accounts {
        match earlier.entry(name.folded()) {
            Entry::Vacant(entry) => _ = entry.insert(id),
            Entry::Occupied(entry) => advice.push(format!(
                "accounts {} and {id} have the same name, {name} (gatepass account edit {id} --name NAME)",
                entry.get()
            )),
        }
    }
    advice
}

fn advice_on(passcode: &Credential) -> Option<String> {
    let (id, name) = (passcode.id, passcode.subject.name()?);
    let resembles = name.resemblance()?.noun();
    Some(format!(
        "the name of account passcode {name} ({id}) looks like {resembles} (gatepass edit {id} --name NAME)"
    ))
}
