//! Secrets are found by their digest; slots are counted; deliveries are recorded.

use gatepass::{
    domain::{
        audit::Action,
        credential::{
            Credential, Retiring, Secrets,
            secret::{Digest, Plaintext, SecretKind},
        },
        decision::SecretLookup,
        instant::DAY,
        seq::CredentialSeq,
    },
    store::{
        Access, Transaction,
        port::record::{FoundRow, SecretEntry, SecretRow},
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{TestStore, authenticated, begin_raw, insert_passcodes, with_accounts},
    },
    support::records::{account_passcode, digest, entropy, now},
};

fn credential_of(tx: &mut Transaction<'_>, digest: &Digest) -> Option<Credential> {
    match tx.find_by_digest(digest).unwrap() {
        SecretLookup::Known(known) => {
            assert_eq!(known.digest, *digest);
            Some(known.credential)
        }
        SecretLookup::Unknown => None,
        SecretLookup::Tampered => panic!("nothing was tampered with"),
    }
}

pub fn every_former_secret_is_still_known(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let secret = Plaintext::generate(SecretKind::AccountPasscode, &mut entropy(1));
    let digested = store.digest(secret.expose());
    let mut draft = account_passcode(1, "Partner");
    draft.secrets.current = Some(digested);
    let first = store.add(draft);

    let reset = |before: &Credential, number: u8, retiring| {
        let current = Some(digest(number));
        let generation = before.secrets.generation + 1;
        let secrets = Secrets { generation, current, retiring, ..before.secrets.clone() };
        store.change_credential(Action::Reset, Credential { secrets, ..before.clone() })
    };
    let until = now().plus(DAY);
    let retiring = Retiring { digest: digested, until, until_used: false, replacement_used: false };
    let second = reset(&first, 2, Some(retiring));
    let third = reset(&second, 3, None);

    let mut tx = store.read();
    for known in [digested, digest(2), digest(3)] {
        assert_eq!(credential_of(&mut tx, &known).as_ref(), Some(&third), "{known:?}");
    }
    assert_eq!(credential_of(&mut tx, &digest(4)), None);
    drop(tx);
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_digest_is_found_with_its_credential(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    insert_passcodes(&mut *tx, 2);
    let entries = [1, 2].map(|number| SecretEntry {
        digest: digest(number),
        credential: CredentialSeq(i64::from(number)),
    });
    let entries = entries.map(authenticated);
    assert_eq!(tx.insert_secrets(&entries).unwrap(), 2);
    tx.commit(None).unwrap();
    source.tamper("delete from credential where seq = 2");

    let mut tx = begin_raw(&*backend, Access::Read);
    let credential = authenticated(account_passcode(1, "Partner"));
    let [first, second] = entries;
    assert_eq!(
        tx.find_secret(&digest(1)).unwrap(),
        Some(SecretRow {
            entry: first,
            credential: Some(FoundRow { row: credential, newest_audit: None })
        })
    );
    assert_eq!(
        tx.find_secret(&digest(2)).unwrap(),
        Some(SecretRow { entry: second, credential: None })
    );
    assert_eq!(tx.find_secret(&digest(3)).unwrap(), None);
}

pub fn slots_are_counted_and_reused(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let key = store.account.key;
    let free = |cap| store.read().free_slot(key, cap).unwrap();
    assert_eq!((free(3), free(0)), (Some(1), None));
    let added = store.add_passcodes(3);
    assert_eq!((free(3), free(4)), (None, Some(4)));
    assert_eq!(store.read().count_used_slots(key).unwrap(), 3);

    store.revoke(&added[0]);
    assert_eq!((free(3), store.read().count_used_slots(key).unwrap()), (None, 3), "still listed");
    store.delete(&added[1]);
    assert_eq!((free(3), store.read().count_used_slots(key).unwrap()), (Some(2), 2));
    assert_eq!(store.integrity_issues(), []);
}

pub fn recording_delivery_keeps_concurrent_changes(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let created = store.add(account_passcode(1, "Partner"));
    store.revoke(&created);
    // The process that created the passcode does not know of the revocation when it records the delivery.
    store.commit_relaxed(|tx| tx.mark_delivered(&created, now().plus(1)).unwrap());

    let found = store.read().get_credential(created.seq).unwrap();
    assert!(found.revoked.is_some(), "the revocation was lost");
    assert_eq!(found.secrets.delivered_at, Some(now().plus(1)));

    let secrets = Secrets {
        generation: 2,
        current: Some(digest(2)),
        delivered_at: None,
        ..created.secrets.clone()
    };
    let reset = store.change_credential(Action::Reset, Credential { secrets, ..found.clone() });
    store.commit_relaxed(|tx| tx.mark_delivered(&created, now().plus(2)).unwrap());
    let found = store.read().get_credential(reset.seq).unwrap();
    assert_eq!(found, reset, "the delivery of an older secret does not count");
    assert_eq!(store.integrity_issues(), []);
}
