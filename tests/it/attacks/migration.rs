//! A store of an older version, in which an older row was put back, is not migrated: its rows would become part of the
//! first sums.

use std::{fs, path::Path};

use gatepass::{
    domain::{
        audit::Action,
        credential::{Credential, Secrets},
        seq::CredentialSeq,
    },
    keys::{self, Keys, PathRules},
    store::{Access, AuditContext, BackendByAddress, LockWait, Store, StoreDriver, Transaction},
};
use insta::assert_snapshot;
use rusqlite::Connection;

use crate::{
    store::migration::{contents_of, copies, migrated_store_from, store_from, version},
    support::test_env::TestEnv,
};

/// The partner whose secret was reset with an overlap.
const OVERLAP: &str = "overlap";

/// Creates another store with the same key. In it, the credentials of `env` are created again, up to `overlap`, which is
/// as it was before its reset.
fn other_store(env: &mut TestEnv, path: &Path) {
    let store = env.open_store();
    let mut tx = store.begin(Access::Read).unwrap();
    let (account, mut credentials) = (tx.accounts().unwrap().remove(0), Vec::new());
    for number in 1.. {
        let mut found = tx.get_credential(CredentialSeq(number)).unwrap();
        let is_last = found.subject.unique_key() == OVERLAP;
        if is_last {
            found.secrets = before_reset(&found);
        }
        credentials.push(found);
        if is_last {
            break;
        }
    }
    drop(tx);
    let master = keys::file::read(&env.key(), PathRules::Owned).unwrap();
    let address = path.to_owned().into();
    let backend =
        BackendByAddress.create(&address, LockWait::UntilTimeout, &mut |_| Ok(())).unwrap();
    let other = Store::new(backend, Keys::derive(&master));
    let context = |action| AuditContext { actor: &env.actor, at: account.created_at, action };
    let mut tx: Transaction<'_> = other.init(account.created_at).unwrap();
    tx.insert_account(&context(Action::AccountAdd), account.clone()).unwrap();
    for credential in credentials {
        tx.insert_credential(&context(Action::Create), credential).unwrap();
    }
    tx.commit().unwrap();
}

fn before_reset(credential: &Credential) -> Secrets {
    let secrets = &credential.secrets;
    let first = secrets.retiring.unwrap().digest;
    Secrets::new(first, credential.created_at, Some(credential.created_at))
}

#[test]
fn a_store_with_an_older_row_is_not_migrated() {
    let mut migrated = migrated_store_from("schema-5");
    let other = migrated.path("other.db");
    other_store(&mut migrated, &other);

    let mut env = store_from("schema-5");
    let attacker = Connection::open(env.store()).unwrap();
    attacker.execute("attach ?1 as other", [other.to_str().unwrap()]).unwrap();
    attacker
        .execute_batch(
            "pragma foreign_keys = off; begin;
            delete from main.credential where owner = 'overlap';
            insert into main.credential select * from other.credential where owner = 'overlap';
            commit",
        )
        .unwrap();
    drop(attacker);
    let (file, rows) = (fs::read(env.store()).unwrap(), contents_of(&env.store()));
    assert_snapshot!(env.run("store migrate --dry-run"), @"
    exit 8
    -- stdout
    problem: pc_1b66453880b5c2f2eeb18e2f does not match its last audit record
    problem: account passcode pc_1b66453880b5c2f2eeb18e2f (overlap) has missing or extra digests
    2 problems: keep the store as it is and restore a backup
    -- stderr
    This was a dry run: nothing was changed.
    ");
    assert_snapshot!(env.run("store migrate"), @"
    exit 8
    -- stdout
    problem: pc_1b66453880b5c2f2eeb18e2f does not match its last audit record
    problem: account passcode pc_1b66453880b5c2f2eeb18e2f (overlap) has missing or extra digests
    2 problems: keep the store as it is and restore a backup
    ");
    assert_eq!((version(&env), copies(&env)), (5, vec![]));
    assert_eq!(contents_of(&env.store()), rows);
    assert!(fs::read(env.store()).unwrap() == file);
    assert_eq!(env.run("store repair").exit, 1, "it has an older version");
}
