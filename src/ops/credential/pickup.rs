//! Pickup: an app gets the first secrets of its tokens when it requests them, so that no admin sees them.

use rand::CryptoRng;

use super::issue::IssuedCredential;
use crate::{
    domain::{
        audit::Action,
        credential::{Credential, secret::Plaintext},
        seq::CredentialSeq,
    },
    ops::{
        context::{OpContext, WriteTx},
        error::{OpError, credential::CredentialError},
        secret_sink::SecretSink,
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
    sink: &mut dyn SecretSink,
) -> Result<Vec<IssuedCredential>, OpError> {
    let mut write = context.begin()?;
    let mut issued = Vec::new();
    // Read again behind the write lock: another request may have picked a token up since.
    for token in write.tx.find_credentials(tokens)? {
        if token.secrets.awaits_pickup() && token.state(write.now).is_valid() {
            issued.push(issue_first_secret(&mut write, token, entropy)?);
        }
    }
    if !issued.is_empty() {
        write.commit_secrets(sink)?;
    }
    Ok(issued)
}

fn issue_first_secret(
    write: &mut WriteTx<'_>,
    mut token: Credential,
    entropy: &mut dyn CryptoRng,
) -> Result<IssuedCredential, OpError> {
    let kind = token.kind().secret_kind().ok_or(CredentialError::LegacyKeyCannotBeReset)?;
    let secret = Plaintext::generate(kind, entropy);
    token.secrets.replace(write.tx.digest(secret.expose()), write.now, None);
    token.secrets.delivered_at = Some(write.now);
    let account = write.tx.account_of(&token)?;
    let last_use = write.tx.find_last_use(token.seq)?;
    let credential = write.update_credential(Action::Pickup, token)?;
    let names = write.tx.display_names(&credential.subject)?;
    let (pending_reset, ended_retiring, shortened_from) = (None, None, None);
    Ok(IssuedCredential {
        credential,
        last_use,
        account,
        names,
        secret,
        is_new: false,
        pending_reset,
        ended_retiring,
        shortened_from,
    })
}
