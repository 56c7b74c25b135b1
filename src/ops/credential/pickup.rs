//! Pickup: an app makes the first secrets of its tokens when it asks for them, so that no admin ever sees them.

use rand::CryptoRng;

use crate::{
    domain::{
        audit::Action,
        credential::{Credential, Secrets, secret::Plaintext},
    },
    ops::{CredentialError, IssuedCredential, OpContext, OpError, WriteTx},
};

/// Makes the first secrets of those tokens with these numbers that await a pickup and are good, in one transaction.
/// They count as handed over. One that somebody else was faster with, or that is no longer good, is left out.
///
/// # Errors
/// As for [`Desk::begin`], or when the store can't be written: then none was made.
pub fn pick_up(
    context: &OpContext<'_>,
    tokens: &[i64],
    entropy: &mut dyn CryptoRng,
) -> Result<Vec<IssuedCredential>, OpError> {
    let mut write = context.begin()?;
    let mut issued = Vec::new();
    for token in tokens {
        // Looked at anew behind the lock: whoever saw it waiting may have raced with others.
        let found = write.tx.find_credential(*token)?;
        if let Some(waiting) = found.filter(|token| awaits_pickup(token, &write)) {
            issued.push(issue_first_secret(&mut write, waiting, entropy)?);
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
    token.secrets = Secrets {
        generation: 1,
        current: Some(write.tx.digest(secret.expose())),
        created_at: write.now,
        delivered_at: Some(write.now),
        retiring: None,
    };
    let account = write.tx.account_of(&token)?;
    let last_use = write.tx.find_last_use(token.seq)?;
    let credential = write.update_credential(Action::Pickup, token)?;
    let names = write.tx.display_names(&credential.subject)?;
    Ok(IssuedCredential { credential, last_use, account, names, secret })
}
