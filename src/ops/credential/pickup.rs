//! Pickup: an app gets the first secrets of its tokens when it requests them, so that no admin sees them.

use rand::CryptoRng;

use super::issue::IssuedCredential;
use crate::{
    domain::{
        audit::Action,
        credential::{Credential, Secrets, secret::Plaintext},
        seq::CredentialSeq,
    },
    ops::{
        context::{OpContext, WriteTx},
        error::{OpError, credential::CredentialError},
    },
};

/// Issues the first secrets of the tokens with these numbers, in one transaction. Tokens that were picked up already,
/// or that are no longer valid, are left out. The secrets count as delivered.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be written; no secret was issued then.
pub fn pick_up(
    context: &OpContext<'_>,
    tokens: &[CredentialSeq],
    entropy: &mut dyn CryptoRng,
) -> Result<Vec<IssuedCredential>, OpError> {
    let mut write = context.begin()?;
    let mut issued = Vec::new();
    for seq in tokens {
        // Read again behind the write lock: another request may have picked the token up since.
        let found = write.tx.find_credential(*seq)?;
        if let Some(token) = found.filter(|token| awaits_pickup(token, &write)) {
            issued.push(issue_first_secret(&mut write, token, entropy)?);
        }
    }
    if !issued.is_empty() {
        write.commit()?;
    }
    Ok(issued)
}

fn awaits_pickup(token: &Credential, write: &WriteTx<'_>) -> bool {
    token.secrets.awaits_pickup() && token.state(write.now).is_valid()
}

fn issue_first_secret(
    write: &mut WriteTx<'_>,
    mut token: Credential,
    entropy: &mut dyn CryptoRng,
) -> Result<IssuedCredential, OpError> {
    let kind = token.kind().secret_kind().ok_or(CredentialError::LegacyKeyCannotBeReset)?;
    let secret = Plaintext::generate(kind, entropy);
    token.secrets = Secrets::new(write.tx.digest(secret.expose()), write.now, Some(write.now));
    let account = write.tx.account_of(&token)?;
    let last_use = write.tx.find_last_use(token.seq)?;
    let credential = write.update_credential(Action::Pickup, token)?;
    let names = write.tx.display_names(&credential.subject)?;
    Ok(IssuedCredential { credential, last_use, account, names, secret })
}
