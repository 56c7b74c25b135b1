//! Secrets and places, through the door.

use gatepass::{
    domain::{
        audit::Action,
        credential::{
            Credential, Retiring, Secrets,
            secret::{Digest, Plaintext, SecretKind},
        },
        decision::SecretLookup,
        instant::DAY,
    },
    store::{Access, Transaction},
};

use crate::{
    conformance::{BackendSource, TestStore},
    support::records::{account_passcode, digest, entropy, now},
};

fn credential_of(transaction: &Transaction<'_>, digest: &Digest) -> Option<Credential> {
    match transaction.find_by_digest(digest).unwrap() {
        SecretLookup::Known(known) => {
            assert_eq!(known.digest, *digest);
            Some(known.credential)
        }
        SecretLookup::Unknown => None,
        SecretLookup::Tampered => panic!("nothing was altered"),
    }
}

pub fn every_former_secret_is_still_known(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let secret = Plaintext::generate(SecretKind::AccountPasscode, &mut entropy(1));
    let digested = scene.store.digest(secret.expose());
    let mut draft = account_passcode(1, "Partner");
    draft.secrets.current = Some(digested);
    let first = scene.add(draft);

    let reset = |before: &Credential, number: u8, retiring| {
        let current = Some(digest(number));
        let generation = before.secrets.generation + 1;
        let secrets = Secrets { generation, current, retiring, ..before.secrets.clone() };
        scene.change_credential(Action::Reset, Credential { secrets, ..before.clone() })
    };
    let until = now().plus(DAY);
    let second = reset(&first, 2, Some(Retiring { digest: digested, until, until_used: false }));
    let third = reset(&second, 3, None);

    let transaction = scene.read();
    for known in [digested, digest(2), digest(3)] {
        assert_eq!(credential_of(&transaction, &known).as_ref(), Some(&third), "{known:?}");
    }
    assert_eq!(credential_of(&transaction, &digest(4)), None);
    drop(transaction);
    assert_eq!(scene.integrity_issues(), []);
}

pub fn slots_are_counted_and_reused(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let key = scene.account.key;
    let free = |cap| scene.read().free_slot(key, cap).unwrap();
    assert_eq!((free(3), free(0)), (Some(1), None));
    let added: Vec<_> =
        (1..=3).map(|number| scene.add(account_passcode(number, &format!("P{number}")))).collect();
    assert_eq!((free(3), free(4)), (None, Some(4)));
    assert_eq!(scene.read().count_used_slots(key).unwrap(), 3);

    scene.revoke(&added[0]);
    assert_eq!((free(3), scene.read().count_used_slots(key).unwrap()), (None, 3), "still listed");
    scene.delete(&added[1]);
    assert_eq!((free(3), scene.read().count_used_slots(key).unwrap()), (Some(2), 2));
    assert_eq!(scene.integrity_issues(), []);
}

pub fn recording_delivery_keeps_concurrent_changes(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let created = scene.add(account_passcode(1, "Partner"));
    scene.revoke(&created);
    // The one who created it knows nothing of that when the secret has reached its reader.
    let mut transaction = scene.store.begin(Access::WriteRelaxed).unwrap().unwrap();
    transaction.mark_delivered(created.clone(), now().plus(1)).unwrap();
    transaction.commit().unwrap();

    let found = scene.read().get_credential(created.seq).unwrap();
    assert!(found.revoked.is_some(), "the revocation was lost");
    assert_eq!(found.secrets.delivered_at, Some(now().plus(1)));

    let secrets = Secrets {
        generation: 2,
        current: Some(digest(2)),
        delivered_at: None,
        ..created.secrets.clone()
    };
    let reset = scene.change_credential(Action::Reset, Credential { secrets, ..found.clone() });
    let mut transaction = scene.store.begin(Access::WriteRelaxed).unwrap().unwrap();
    transaction.mark_delivered(created, now().plus(2)).unwrap();
    transaction.commit().unwrap();
    assert_eq!(
        scene.read().get_credential(reset.seq).unwrap(),
        reset,
        "another secret was delivered"
    );
    assert_eq!(scene.integrity_issues(), []);
}
