//! Tokens: who holds the pair of an app and a district, and how many an app has.

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
    },
    store::{
        Access,
        port::record::{CounterKey, Namespace},
    },
};

use crate::{
    conformance::{BackendSource, TestStore, assert_integrity_error, audit_context, begin_raw},
    support::records::{
        account, account_passcode, app, deleted, deletion, digest, district, id, token,
    },
};

/// A scene with an app, and districts to grant it tokens for.
struct TokenStore {
    scene: TestStore,
    app: App,
    districts: [District; 2],
}

fn token_store(place: &dyn BackendSource) -> TokenStore {
    let scene = TestStore::new(place);
    let app = scene.add_app(app(1, "Reader"));
    let districts = [district(1, "Springfield"), district(2, "Shelbyville")];
    let districts = districts.map(|draft| scene.add_district(draft));
    TokenStore { scene, app, districts }
}

impl TokenStore {
    fn token(&self, number: u8, district: usize) -> Credential {
        token(number, &self.app, &self.districts[district])
    }

    fn after(&self, number: u8, previous: &Credential) -> Credential {
        let next = Credential { previous: Some(previous.seq), ..self.token(number, 0) };
        self.scene.add(next)
    }

    /// The number of whoever holds the pair of the app and the first district.
    fn holder(&self) -> Option<i64> {
        let pair = AppDistrict::new(self.app.id, self.districts[0].id);
        let (account, read) = (self.scene.account.key, self.scene.read());
        let found = read.find_holder(account, CredentialKind::Token, pair.as_str()).unwrap();
        found.map(|token| token.seq)
    }

    /// The tokens of the app as they are listed, by number.
    fn listed(&self) -> Vec<i64> {
        let tokens = self.scene.read().list_tokens(&self.app).unwrap();
        tokens.iter().map(|token| token.seq).collect()
    }
}

pub fn the_newest_of_several_tokens_holds_the_pair(place: &dyn BackendSource) {
    let shared = token_store(place);
    let scene = &shared.scene;
    let oldest = scene.revoke(&scene.add(shared.token(1, 0)));
    let middle = scene.revoke(&shared.after(2, &oldest));
    let newest = shared.after(3, &middle);
    assert_eq!((shared.holder(), shared.listed()), (Some(3), vec![1, 2, 3]));

    scene.delete(&middle);
    assert_eq!((shared.holder(), shared.listed()), (Some(3), vec![1, 3]));
    scene.delete(&newest);
    assert_eq!((shared.holder(), shared.listed()), (Some(1), vec![1]));
    assert_eq!(scene.integrity_issues(), []);
    scene.delete(&oldest);
    assert_eq!((shared.holder(), shared.listed()), (None, vec![]));
    assert_eq!(scene.integrity_issues(), []);
}

pub fn a_token_is_found_by_token_ids_only(place: &dyn BackendSource) {
    let shared = token_store(place);
    let scene = &shared.scene;
    let (token, passcode) =
        (scene.add(shared.token(1, 0)), scene.add(account_passcode(2, "Partner")));
    let transaction = scene.read();
    for (mine, other) in [(&token, IdPrefix::Passcode), (&passcode, IdPrefix::Token)] {
        let CredentialId { bytes, .. } = mine.id;
        assert_eq!(transaction.find_credential_by_id(mine.id).unwrap().as_ref(), Some(mine));
        for class in [other, IdPrefix::Legacy] {
            let id = CredentialId { prefix: class, bytes };
            assert_eq!(transaction.find_credential_by_id(id).unwrap(), None, "{id}");
            let prefix = PartialId::parse(&id.to_string()[..9]).unwrap();
            assert_eq!(transaction.list_credentials_by_partial_id(prefix, 2).unwrap(), [], "{id}");
        }
    }
    let prefix = PartialId::parse("tk_0101").unwrap();
    assert_eq!(transaction.list_credentials_by_partial_id(prefix, 2).unwrap(), [token]);
    assert_ne!(id(1).prefix, IdPrefix::Token);
}

pub fn a_token_that_awaits_pickup_has_no_secret_yet(place: &dyn BackendSource) {
    let shared = token_store(place);
    let scene = &shared.scene;
    let draft = shared.token(1, 0);
    let secrets = Secrets { generation: 0, current: None, ..draft.secrets.clone() };
    let granted = scene.add(Credential { secrets, ..draft });
    assert!(granted.secrets.awaits_pickup());
    assert_eq!(scene.read().get_credential(1).unwrap(), granted);
    assert!(matches!(scene.read().find_by_digest(&digest(1)), Ok(SecretLookup::Unknown)));
    assert_eq!((shared.holder(), scene.integrity_issues()), (Some(1), vec![]));

    let secrets = Secrets { generation: 1, current: Some(digest(1)), ..granted.secrets.clone() };
    let picked = Credential {
        secrets,
        scopes: Scopes::parse("read:students write:grades").unwrap(),
        limit: RateLimit::new(60),
        ..granted
    };
    let picked = scene.change_credential(Action::Pickup, picked);
    match scene.read().find_by_digest(&digest(1)).unwrap() {
        SecretLookup::Known(known) => assert_eq!(known.credential, picked),
        other => panic!("{other:?}"),
    }
    let bare = scene.change_credential(Action::Edit, Credential { limit: None, ..picked });
    assert_eq!(scene.read().get_credential(1).unwrap(), bare);
    assert_eq!(scene.integrity_issues(), []);
}

pub fn tokens_are_counted_by_their_app(place: &dyn BackendSource) {
    let shared = token_store(place);
    let scene = &shared.scene;
    let other = scene.add_app(app(2, "Writer"));
    let first = scene.add(shared.token(1, 0));
    scene.add(shared.token(2, 1));
    scene.add(token(3, &other, &shared.districts[0]));
    scene.add(account_passcode(4, "Partner"));
    scene.revoke(&first);
    assert_eq!(shared.listed(), [1, 2], "oldest first, the revoked one too");

    let mut transaction = scene.write();
    let listed = |transaction: &super::super::Transaction<'_>| {
        transaction.list_tokens(&shared.app).unwrap().len()
    };
    transaction.update_credential(&audit_context(Action::Delete), deleted(first)).unwrap();
    assert_eq!(listed(&transaction), 1);
    scene.add_in(&mut transaction, shared.token(5, 0));
    assert_eq!(listed(&transaction), 2, "what is not committed yet is counted");
    transaction.commit().unwrap();

    assert_eq!(shared.listed(), [2, 5]);
    let backend = place.open();
    let tally = |app| {
        let bucket = CounterKey::Tokens(app).number();
        let row =
            begin_raw(&*backend, Access::Read).find_counter(scene.account.key, bucket).unwrap();
        row.map(|row| row.record.count)
    };
    assert_eq!((tally(1), tally(2), tally(3)), (Some(2), Some(1), None));
    assert_eq!(scene.integrity_issues(), []);
}

pub fn a_missing_token_is_detected_in_its_apps_list(place: &dyn BackendSource) {
    // With the row that says who holds the pair, and without.
    for also in [None, Some("delete from holding where register = 'token' and holder = 2")] {
        let place = place.another_source();
        let shared = token_store(&*place);
        let older = shared.scene.revoke(&shared.scene.add(shared.token(1, 0)));
        shared.after(2, &older);
        shared.scene.add(shared.token(3, 1));
        place.tamper("delete from credential where seq = 2");
        also.into_iter().for_each(|statement| place.tamper(statement));
        assert_integrity_error(shared.scene.read().list_tokens(&shared.app));
        assert!(!shared.scene.integrity_issues().is_empty());
    }
}

pub fn a_token_needs_an_existing_app(place: &dyn BackendSource) {
    let shared = token_store(place);
    let (scene, stranger) = (&shared.scene, app(2, "Nobody"));
    let draft = token(1, &stranger, &shared.districts[0]);
    assert_integrity_error(scene.write().insert_credential(&audit_context(Action::Create), draft));
    assert_eq!(scene.integrity_issues(), []);

    scene.add(shared.token(1, 0));
    place.tamper("delete from app");
    let told = scene.integrity_issues().into_iter().map(|problem| problem.0).collect::<Vec<_>>();
    assert_eq!(told, ["the number of apps is wrong"], "and nothing follows from that");
}

/// What the examination says after `change`.
fn issues_after(place: &dyn BackendSource, change: impl FnOnce(&TokenStore)) -> Vec<String> {
    let place = place.another_source();
    let shared = token_store(&*place);
    change(&shared);
    shared.scene.integrity_issues().into_iter().map(|problem| problem.0).collect()
}

pub fn the_integrity_check_finds_a_token_of_a_missing_district(place: &dyn BackendSource) {
    let told = issues_after(place, |TokenStore { scene, app, .. }| {
        scene.add(token(1, app, &district(9, "Nowhere")));
    });
    assert_eq!(told, [format!("the district of {} is missing", token_id(1))]);
}

pub fn the_integrity_check_finds_tokens_of_removed_apps_or_districts(place: &dyn BackendSource) {
    let outlives =
        |what: &str, id| format!("the {what} of {id} was removed, and {id} was not revoked");
    let told = issues_after(place, |shared| {
        let TokenStore { scene, districts: [district, _], .. } = shared;
        let revoked = scene.revoke(&scene.add(shared.token(1, 0)));
        scene.add(Credential { previous: Some(revoked.seq), ..shared.token(2, 0) });
        scene.add(shared.token(3, 1));
        let removed = District { removed: Some(deletion()), ..district.clone() };
        scene.change_district(Action::DistrictRemove, removed);
    });
    assert_eq!(told, [outlives("district", token_id(2))]);

    let legacy = CredentialId { prefix: IdPrefix::Legacy, bytes: [2; 12] };
    let told = issues_after(place, |shared| {
        let TokenStore { scene, app, .. } = shared;
        scene.add(shared.token(1, 0));
        scene.add(Credential {
            id: legacy,
            subject: Subject::App(app.id),
            slot: None,
            ..account_passcode(2, "nobody")
        });
        scene.revoke(&scene.add(shared.token(3, 1)));
        let removed = App { removed: Some(deletion()), ..app.clone() };
        scene.change_app(Action::AppRemove, removed);
    });
    assert_eq!(told, [outlives("app", token_id(1)), outlives("app", legacy)]);
}

pub fn the_integrity_check_finds_a_token_of_two_accounts(place: &dyn BackendSource) {
    let told = issues_after(place, |shared| {
        let TokenStore { scene, app, .. } = shared;
        let mut transaction = scene.write();
        let other = account("TEST-948-4KK-444Z");
        let other = transaction.insert_account(&audit_context(Action::AccountAdd), other).unwrap();
        transaction.commit().unwrap();
        let elsewhere = District { account: other.key, ..district(3, "Ogdenville") };
        scene.add(token(1, app, &scene.add_district(elsewhere)));
    });
    assert_eq!(told, [format!("the district of {} is that of another account", token_id(1))]);
}

fn token_id(number: u8) -> CredentialId {
    CredentialId { prefix: IdPrefix::Token, bytes: [number; 12] }
}

pub fn a_pair_pointing_to_a_deleted_token_is_rejected(place: &dyn BackendSource) {
    let shared = token_store(place);
    let token = shared.scene.add(shared.token(1, 0));
    let (account, key) = (token.account, token.subject.unique_key());
    let backend = place.open();
    let kept = begin_raw(&*backend, Access::Read)
        .find_unique_name(account, Namespace::Credentials(CredentialKind::Token), &key)
        .unwrap()
        .unwrap();
    shared.scene.delete(&token);
    let transaction = begin_raw(&*backend, Access::Write);
    transaction.put_unique_name(&kept).unwrap();
    transaction.commit().unwrap();

    assert_integrity_error(shared.scene.read().find_holder(account, CredentialKind::Token, &key));
    assert_integrity_error(shared.scene.read().list_tokens(&shared.app));
    assert!(!shared.scene.integrity_issues().is_empty());
}
