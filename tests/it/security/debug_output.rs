//! `Debug` output reveals no secret, since it ends up in logs and in messages of panics.

use std::fmt::Debug;

use gatepass::{
    delivery::SigningKey,
    domain::{
        credential::secret::{Plaintext, SecretKind},
        directory::{account::AccountId, id::ClientId},
        legacy::LegacyKey,
        notice::{NetworkPolicy, WebhookUrl},
        request::{ClientCredentials, PresentedCredential, PresentedSecret},
    },
    keys::{Keys, MasterKey},
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

fn plaintext() -> Plaintext {
    Plaintext::generate(SecretKind::AppSecret, &mut ChaCha8Rng::seed_from_u64(1))
}

#[test]
fn debug_output_of_secrets_is_fixed() {
    let mut entropy = ChaCha8Rng::seed_from_u64(1);
    let master = MasterKey::generate(&mut entropy);
    let keys = Keys::derive(&master);
    let digest = keys.digest(plaintext().expose());
    let client = ClientId::generate(&mut entropy);
    let account = AccountId::parse("948-4KK-444Z").unwrap();
    let legacy_key = || LegacyKey::parse(b"DEMO_KEY").unwrap();
    let presented = PresentedSecret::Issued(plaintext());
    let url = "https://hooks.example.com/T0001/secret?token=secret";
    let cases: [(&dyn Debug, String); 11] = [
        (&plaintext(), "Plaintext(…)".to_owned()),
        (&digest, "Digest(…)".to_owned()),
        (&legacy_key(), "LegacyKey(…)".to_owned()),
        (&presented, "Issued(Plaintext(…))".to_owned()),
        (&PresentedSecret::Legacy(legacy_key()), "Legacy(LegacyKey(…))".to_owned()),
        (
            &PresentedCredential {
                account: Some(account),
                secret: PresentedSecret::Issued(plaintext()),
            },
            format!(
                "PresentedCredential {{ account: Some({account:?}), secret: Issued(Plaintext(…)) }}"
            ),
        ),
        (
            &ClientCredentials { client, secret: plaintext() },
            format!("ClientCredentials {{ client: {client:?}, secret: Plaintext(…) }}"),
        ),
        (&SigningKey::generate(&mut entropy), "SigningKey(…)".to_owned()),
        (&master, "MasterKey(..)".to_owned()),
        (&keys, "Keys(..)".to_owned()),
        (
            &WebhookUrl::parse(url, NetworkPolicy::PublicOnly).unwrap(),
            "WebhookUrl(https://hooks.example.com…)".to_owned(),
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(format!("{value:?}"), expected);
    }
}
