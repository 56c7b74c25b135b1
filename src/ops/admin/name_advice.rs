//! Advice about names that are ambiguous as references.

use crate::{
    domain::{
        credential::{Credential, CredentialKind},
        directory::account::PASSCODE_CAP,
    },
    ops::context::ReadTx,
    store::StoreError,
};

/// Returns a sentence for each account passcode whose name looks like a reference to something else. New ones can't have
/// such names.
pub(super) fn name_advice(read: &mut ReadTx<'_>) -> Result<Vec<String>, StoreError> {
    let (mut advice, limit) = (Vec::new(), usize::from(PASSCODE_CAP));
    for account in read.tx.accounts()? {
        let holders = read.tx.list_holders(account.key, CredentialKind::Account, "", limit)?;
        advice.extend(holders.iter().filter_map(advice_on));
    }
    Ok(advice)
}

fn advice_on(passcode: &Credential) -> Option<String> {
    let (id, name) = (passcode.id, passcode.subject.name()?);
    let resembles = name.resemblance()?.noun();
    Some(format!(
        "the name of account passcode {name} ({id}) looks like {resembles} (gatepass edit {id} --name NAME)"
    ))
}
