//! Pickup: an app makes the first secrets of its tokens when it asks for them, so that no admin ever sees them.

use rand::CryptoRng;

use crate::{
    domain::{
        audit::Action,
        credential::{Credential, Secrets},
        secret::Plaintext,
    },
    ops::{Change, Desk, Issued, OpError},
};

/// Makes the first secrets of those tokens with these numbers that await a pickup and are good, in one transaction.
/// They count as handed over. One that somebody else was faster with, or that is no longer good, is left out.
///
/// # Errors
/// As for [`Desk::begin`], or when the store can't be written: then none was made.
pub fn pick_up(
    desk: &Desk<'_>,
    tokens: &[i64],
    entropy: &mut dyn CryptoRng,
) -> Result<Vec<Issued>, OpError> {
    let mut change = desk.begin()?;
    let mut made = Vec::new();
    for token in tokens {
        // Looked at anew behind the lock: whoever saw it waiting may have raced with others.
        let found = change.tx.find_by_seq(*token)?;
        if let Some(waiting) = found.filter(|token| is_waiting(token, &change)) {
            made.push(make(&mut change, waiting, entropy)?);
        }
    }
    if !made.is_empty() {
        change.commit()?;
    }
    Ok(made)
}

fn is_waiting(token: &Credential, change: &Change<'_>) -> bool {
    token.secrets.awaits_pickup() && token.state(change.now).is_live()
}

fn make(
    change: &mut Change<'_>,
    mut token: Credential,
    entropy: &mut dyn CryptoRng,
) -> Result<Issued, OpError> {
    let kind = token.kind().secret_kind().ok_or(OpError::LegacyIsNotIssued)?;
    let secret = Plaintext::generate(kind, entropy);
    token.secrets = Secrets {
        generation: 1,
        current: Some(change.tx.digest(secret.expose())),
        made_at: change.now,
        delivered_at: Some(change.now),
        retiring: None,
    };
    let account = change.tx.account_of(&token)?;
    let last_use = change.tx.last_use(token.seq)?;
    let credential = change.update(Action::Pickup, token)?;
    let names = change.tx.names_of(&credential.owner)?;
    Ok(Issued { credential, last_use, account, names, secret })
}
