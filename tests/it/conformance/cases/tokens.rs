//! Tokens: which one holds the pair of an app and a district, and the tokens of an app.

use gatepass::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind, Secrets,
            rate_limit::RateLimit,
            scope::Scopes,
            subject::{AppDistrict, Subject},
        },
        decision::SecretLookup,
        directory::{
            app::App,
            district::District,
            id::{CredentialId, IdPrefix, PartialId},
        },
        seq::{AppSeq, CredentialSeq},
    },
    store::{
        Access, Transaction,
        port::record::{CounterKey, Namespace, UniqueNameKey},
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            TestStore, assert_integrity_error, audit_context, begin_raw, insert_credential,
        },
    },
    support::records::{
        account, account_passcode, app, deleted, deletion, digest, district, id, token,
    },
};

/// A store with an app and two districts.
struct TokenStore {
    store: TestStore,
    app: App,
    districts: [District; 2],
}

fn token_store(source: &dyn BackendSource) -> TokenStore {
    let store = TestStore::new(source);
    let app = store.add_app(app(1, "Reader"));
    let districts = [district(1, "Springfield"), district(2, "Shelbyville")];
    let districts = districts.map(|draft| store.add_district(draft));
    TokenStore { store, app, districts }
}

impl TokenStore {
    fn token(&self, number: u8, district: usize) -> Credential {
        token(number, &self.app, &self.districts[district])
    }

    /// Adds a token for the first district that follows another one.
    fn after(&self, number: u8, previous: &Credential) -> Credential {
        let next = Credential { previous: Some(previous.seq), ..self.token(number, 0) };
        self.store.add(next)
    }

    /// Returns the number of the token that holds the pair of the app and the first district.
    fn holder(&self) -> Option<i64> {
        let pair = AppDistrict::new(self.app.id, self.districts[0].id);
        let (account, mut read) = (self.store.account.key, self.store.read());
        let found = read.find_holder(account, CredentialKind::Token, pair.as_str()).unwrap();
        found.map(|token| token.seq.0)
    }

    /// Returns the numbers of the tokens of the app as they are listed.
    fn listed(&self) -> Vec<i64> {
        let tokens = self.store.read().list_tokens(&self.app).unwrap();
        tokens.iter().map(|token| token.seq.0).collect()
    }
}

pub fn the_newest_of_several_tokens_holds_the_pair(source: &dyn BackendSource) {
    let shared = token_store(source);
    let store = &shared.store;
    let oldest = store.revoke(&store.add(shared.token(1, 0)));
    let middle = store.revoke(&shared.after(2, &oldest));
    let newest = shared.after(3, &middle);
    assert_eq!((shared.holder(), shared.listed()), (Some(3), vec![1, 2, 3]));

    store.delete(&middle);
    assert_eq!((shared.holder(), shared.listed()), (Some(3), vec![1, 3]));
    store.delete(&newest);
    assert_eq!((shared.holder(), shared.listed()), (Some(1), vec![1]));
    assert_eq!(store.integrity_issues(), []);
    store.delete(&oldest);
    assert_eq!((shared.holder(), shared.listed()), (None, vec![]));
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_token_is_found_by_token_ids_only(source: &dyn BackendSource) {
    let shared = token_store(source);
    let store = &shared.store;
    let (token, passcode) =
        (store.add(shared.token(1, 0)), store.add(account_passcode(2, "Partner")));
    let mut tx = store.read();
    for (mine, other) in [(&token, IdPrefix::Passcode), (&passcode, IdPrefix::Token)] {
        let CredentialId { bytes, .. } = mine.id;
        assert_eq!(tx.find_credential_by_id(mine.id).unwrap().as_ref(), Some(mine));
        for class in [other, IdPrefix::Legacy] {
            let id = CredentialId { prefix: class, bytes };
            assert_eq!(tx.find_credential_by_id(id).unwrap(), None, "{id}");
            let prefix = PartialId::parse(&id.to_string()[..9]).unwrap();
            assert_eq!(tx.list_credentials_by_partial_id(prefix, 2).unwrap(), [], "{id}");
        }
    }
    let prefix = PartialId::parse("tk_0101").unwrap();
    assert_eq!(tx.list_credentials_by_partial_id(prefix, 2).unwrap(), [token]);
    assert_ne!(id(1).prefix, IdPrefix::Token);
}

pub fn a_token_that_awaits_pickup_has_no_secret_yet(source: &dyn BackendSource) {
    let shared = token_store(source);
    let store = &shared.store;
    let draft = shared.token(1, 0);
    let secrets = Secrets { generation: 0, current: None, ..draft.secrets.clone() };
    let granted = store.add(Credential { secrets, ..draft });
    assert!(granted.secrets.awaits_pickup());
    assert_eq!(store.read().get_credential(CredentialSeq(1)).unwrap(), granted);
    assert!(matches!(store.read().find_by_digest(&digest(1)), Ok(SecretLookup::Unknown)));
    assert_eq!((shared.holder(), store.integrity_issues()), (Some(1), vec![]));

    let secrets = Secrets { generation: 1, current: Some(digest(1)), ..granted.secrets.clone() };
    let picked = Credential {
        secrets,
        scopes: Scopes::parse("read:students write:grades").unwrap(),
        limit: RateLimit::new(60),
        ..granted
    };
    let picked = store.change_credential(Action::Pickup, picked);
    match store.read().find_by_digest(&digest(1)).unwrap() {
        SecretLookup::Known(known) => assert_eq!(known.credential, picked),
        other => panic!("{other:?}"),
    }
    let bare = store.change_credential(Action::Edit, Credential { limit: None, ..picked });
    assert_eq!(store.read().get_credential(CredentialSeq(1)).unwrap(), bare);
    assert_eq!(store.integrity_issues(), []);
}

pub fn tokens_are_counted_by_their_app(source: &dyn BackendSource) {
    let shared = token_store(source);
    let store = &shared.store;
    let other = store.add_app(app(2, "Writer"));
    let first = store.add(shared.token(1, 0));
    store.add(shared.token(2, 1));
    store.add(token(3, &other, &shared.districts[0]));
    store.add(account_passcode(4, "Partner"));
    store.revoke(&first);
    assert_eq!(shared.listed(), [1, 2], "oldest first, with the revoked one");

    let mut tx = store.write();
    let listed = |tx: &mut Transaction<'_>| tx.list_tokens(&shared.app).unwrap().len();
    tx.update_credential(&audit_context(Action::Delete), deleted(first)).unwrap();
    assert_eq!(listed(&mut tx), 1);
    insert_credential(&mut tx, shared.token(5, 0));
    assert_eq!(listed(&mut tx), 2, "uncommitted changes count");
    tx.commit().unwrap();

    assert_eq!(shared.listed(), [2, 5]);
    let backend = source.open();
    let counter = |app| {
        let key = CounterKey::Tokens(AppSeq(app)).number();
        let keys = [(store.account.key, key)];
        let rows = begin_raw(&*backend, Access::Read).find_counters(&keys).unwrap();
        rows.first().map(|row| row.record.count)
    };
    assert_eq!((counter(1), counter(2), counter(3)), (Some(2), Some(1), None));
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_missing_token_is_detected_in_its_apps_list(source: &dyn BackendSource) {
    // With the row that names the holder of the pair, and without it.
    for also in [None, Some("delete from holding where register = 'token' and holder = 2")] {
        let source = source.another_source();
        let shared = token_store(&*source);
        let older = shared.store.revoke(&shared.store.add(shared.token(1, 0)));
        shared.after(2, &older);
        shared.store.add(shared.token(3, 1));
        source.tamper("delete from credential where seq = 2");
        also.into_iter().for_each(|statement| source.tamper(statement));
        assert_integrity_error(shared.store.read().list_tokens(&shared.app));
        assert!(!shared.store.integrity_issues().is_empty());
    }
}

pub fn a_token_needs_an_existing_app(source: &dyn BackendSource) {
    let shared = token_store(source);
    let (store, stranger) = (&shared.store, app(2, "Nobody"));
    let draft = token(1, &stranger, &shared.districts[0]);
    assert_integrity_error(store.write().insert_credential(&audit_context(Action::Create), draft));
    assert_eq!(store.integrity_issues(), []);

    store.add(shared.token(1, 0));
    source.tamper("delete from app");
    let issues = store.integrity_issues().into_iter().map(|issue| issue.0).collect::<Vec<_>>();
    assert_eq!(
        issues,
        ["apps were removed, added or replaced by older ones outside gatepass"],
        "it is the only issue reported"
    );
}

/// Returns the integrity issues after a change.
fn issues_after(source: &dyn BackendSource, change: impl FnOnce(&TokenStore)) -> Vec<String> {
    let source = source.another_source();
    let shared = token_store(&*source);
    change(&shared);
    shared.store.integrity_issues().into_iter().map(|issue| issue.0).collect()
}

pub fn the_integrity_check_finds_a_token_of_a_missing_district(source: &dyn BackendSource) {
    let issues = issues_after(source, |TokenStore { store, app, .. }| {
        store.add(token(1, app, &district(9, "Nowhere")));
    });
    assert_eq!(issues, [format!("the district of {} is missing", token_id(1))]);
}

pub fn the_integrity_check_finds_tokens_of_removed_apps_or_districts(source: &dyn BackendSource) {
    let outlives =
        |what: &str, id| format!("the {what} of {id} was removed, but {id} was not revoked");
    let issues = issues_after(source, |shared| {
        let TokenStore { store, districts: [district, _], .. } = shared;
        let revoked = store.revoke(&store.add(shared.token(1, 0)));
        store.add(Credential { previous: Some(revoked.seq), ..shared.token(2, 0) });
        store.add(shared.token(3, 1));
        let removed = District { removed: Some(deletion()), ..district.clone() };
        store.change_district(Action::DistrictRemove, removed);
    });
    assert_eq!(issues, [outlives("district", token_id(2))]);

    let legacy = CredentialId { prefix: IdPrefix::Legacy, bytes: [2; 12] };
    let issues = issues_after(source, |shared| {
        let TokenStore { store, app, .. } = shared;
        store.add(shared.token(1, 0));
        store.add(Credential {
            id: legacy,
            subject: Subject::App(app.id),
            slot: None,
            ..account_passcode(2, "nobody")
        });
        store.revoke(&store.add(shared.token(3, 1)));
        let removed = App { removed: Some(deletion()), ..app.clone() };
        store.change_app(Action::AppRemove, removed);
    });
    assert_eq!(issues, [outlives("app", token_id(1)), outlives("app", legacy)]);
}

pub fn the_integrity_check_finds_a_token_of_two_accounts(source: &dyn BackendSource) {
    let issues = issues_after(source, |shared| {
        let TokenStore { store, app, .. } = shared;
        let mut tx = store.write();
        let other = account("TEST-948-4KK-444Z");
        let other = tx.insert_account(&audit_context(Action::AccountAdd), other).unwrap();
        tx.commit().unwrap();
        let elsewhere = District { account: other.key, ..district(3, "Ogdenville") };
        store.add(token(1, app, &store.add_district(elsewhere)));
    });
    assert_eq!(issues, [format!("the district of {} belongs to another account", token_id(1))]);
}

fn token_id(number: u8) -> CredentialId {
    CredentialId { prefix: IdPrefix::Token, bytes: [number; 12] }
}

pub fn a_pair_pointing_to_a_deleted_token_is_rejected(source: &dyn BackendSource) {
    let shared = token_store(source);
    let token = shared.store.add(shared.token(1, 0));
    let (account, key) = (token.account, token.subject.unique_key());
    let backend = source.open();
    let namespace = Namespace::Credentials(CredentialKind::Token);
    let name = UniqueNameKey { account, namespace, key: key.clone() };
    let kept = begin_raw(&*backend, Access::Read).find_unique_names(&[name]).unwrap();
    shared.store.delete(&token);
    let mut tx = begin_raw(&*backend, Access::Write);
    tx.put_unique_names(&kept).unwrap();
    tx.commit(None).unwrap();

    assert_integrity_error(shared.store.read().find_holder(account, CredentialKind::Token, &key));
    assert_integrity_error(shared.store.read().list_tokens(&shared.app));
    assert!(!shared.store.integrity_issues().is_empty());
}
