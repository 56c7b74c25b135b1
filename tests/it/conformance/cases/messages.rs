//! Messages to apps.

use std::ops::ControlFlow;

use gatepass::{
    domain::{
        audit::Action,
        credential::Credential,
        directory::app::{App, Webhook},
        notice::{DeliveryResult, Event, MessageId, NetworkPolicy, OutboxMessage, WebhookUrl},
    },
    store::{
        Access, NewMessage, StoreError,
        port::{
            backend::{Backend, BackendTransaction},
            record::WithMac,
        },
    },
};

use crate::{
    conformance::{
        BackendSource, TestStore, assert_integrity_error, audit_context, authenticated, begin_raw,
        with_accounts,
    },
    support::records::{self, district, now, token},
};

/// An app that hears of its tokens.
fn app(number: u8) -> App {
    let url = WebhookUrl::parse("https://hooks.example/gatepass?key=7", NetworkPolicy::PublicOnly)
        .unwrap();
    let webhook = Some(Webhook { url, generation: 1 });
    App { webhook, ..records::app(number, &format!("App {number}")) }
}

/// A draft about the first token of the first app.
fn message(number: u8) -> OutboxMessage {
    OutboxMessage {
        seq: i64::from(number),
        id: MessageId([number; 12]),
        app: 1,
        event: Event::TokenGranted,
        credential: 1,
        token_expires_at: Some(now().plus(9)),
        body: "{\"é\":1}".to_owned(),
        created_at: now(),
        attempts: 0,
        next_attempt_at: now(),
        failure: None,
        ended: None,
    }
}

/// A backend with two apps, a district and a token of each.
fn with_tokens(place: &dyn BackendSource) -> Box<dyn Backend> {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    transaction.insert_district(&authenticated(district(1, "North"))).unwrap();
    for number in 1..=2 {
        transaction.insert_app(&authenticated(app(number))).unwrap();
        let token = token(number, &app(number), &district(1, "North"));
        assert!(transaction.insert_credential(&authenticated(token)).unwrap());
    }
    transaction.commit().unwrap();
    backend
}

fn pending(transaction: &dyn BackendTransaction) -> Vec<i64> {
    let mut found = Vec::new();
    transaction
        .scan_pending_messages(&mut |row| {
            found.push(row.record.seq);
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

fn put(transaction: &dyn BackendTransaction, message: OutboxMessage) -> WithMac<OutboxMessage> {
    let row = authenticated(message);
    assert!(transaction.insert_message(&row).unwrap());
    row
}

pub fn messages_are_pending_in_the_order_of_their_numbers(place: &dyn BackendSource) {
    let backend = with_tokens(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for number in [3, 1, 2] {
        put(&*transaction, message(number));
    }
    assert_eq!(pending(&*transaction), [1, 2, 3]);
    let taken = authenticated(OutboxMessage { id: MessageId([9; 12]), ..message(3) });
    assert!(!transaction.insert_message(&taken).unwrap(), "the number is taken");
    let named = authenticated(OutboxMessage { seq: 4, ..message(3) });
    assert!(!transaction.insert_message(&named).unwrap(), "the id is taken");
}

pub fn a_finished_message_is_not_pending(place: &dyn BackendSource) {
    let backend = with_tokens(place);
    let transaction = begin_raw(&*backend, Access::Write);
    put(&*transaction, message(1));
    put(&*transaction, message(2).end(now(), DeliveryResult::Delivered));
    assert_eq!(pending(&*transaction), [1]);
    let ended = authenticated(message(1).end(now(), DeliveryResult::Gone));
    assert!(transaction.update_message(&ended).unwrap());
    assert_eq!(pending(&*transaction), [0; 0]);
    let mut all = Vec::new();
    let mut each = |row: WithMac<OutboxMessage>| {
        all.push(row.record.seq);
        ControlFlow::Continue(())
    };
    transaction.scan_messages(&mut each).unwrap();
    assert_eq!(all, [1, 2]);
}

pub fn a_message_is_stored_and_replaced_whole(place: &dyn BackendSource) {
    let backend = with_tokens(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let first = put(&*transaction, message(1));
    assert_eq!(transaction.find_message(1).unwrap(), Some(first));
    assert_eq!(transaction.find_message(2).unwrap(), None);
    let other = OutboxMessage {
        id: MessageId([0xff; 12]),
        app: 2,
        event: Event::TokenExpiring,
        credential: 2,
        token_expires_at: None,
        body: "{}".to_owned(),
        created_at: now().plus(1),
        attempts: u32::MAX,
        next_attempt_at: now().plus(2),
        failure: Some("the answer is 500".to_owned()),
        ..message(1).end(now().plus(3), DeliveryResult::GivenUp)
    };
    let other = authenticated(other);
    assert!(transaction.update_message(&other).unwrap());
    assert_eq!(transaction.find_message(1).unwrap(), Some(other));
    assert!(!transaction.update_message(&authenticated(message(2))).unwrap());
}

pub fn a_removed_message_is_gone(place: &dyn BackendSource) {
    let backend = with_tokens(place);
    let transaction = begin_raw(&*backend, Access::Write);
    put(&*transaction, message(1));
    assert!(transaction.remove_message(1).unwrap());
    assert_eq!(transaction.find_message(1).unwrap(), None);
    assert!(!transaction.remove_message(1).unwrap());
}

pub fn finished_messages_are_listed_by_end_time_before_a_bound(place: &dyn BackendSource) {
    let backend = with_tokens(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for (number, after) in [(1, 5), (2, 3), (3, 4)] {
        put(&*transaction, message(number).end(now().plus(after), DeliveryResult::Delivered));
    }
    put(&*transaction, message(4));
    let listed = |after, limit| {
        let rows = transaction.list_ended_messages(now().plus(after).unix(), limit).unwrap();
        rows.into_iter().map(|row| row.record.seq).collect::<Vec<_>>()
    };
    assert_eq!(listed(5, 9), [2, 3]);
    assert_eq!(listed(6, 9), [2, 3, 1]);
    assert_eq!(listed(6, 2), [2, 3]);
    assert_eq!(listed(3, 9), [0; 0]);
}

pub fn messages_about_a_credential_are_listed(place: &dyn BackendSource) {
    let backend = with_tokens(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for (number, credential) in [(1, 1), (2, 2), (3, 1)] {
        put(&*transaction, OutboxMessage { credential, ..message(number) });
    }
    let rows = transaction.list_messages_about(1).unwrap();
    assert_eq!(rows.into_iter().map(|row| row.record.seq).collect::<Vec<_>>(), [1, 3]);
}

/// A store with an app, whose token was granted and edited: the first message was delivered.
fn store_with_messages(place: &dyn BackendSource) -> (TestStore, App, Credential) {
    let scene = TestStore::new(place);
    let mut tx = scene.write();
    let app = tx.insert_app(&audit_context(Action::AppAdd), app(1)).unwrap();
    let district =
        tx.insert_district(&audit_context(Action::DistrictAdd), district(1, "North")).unwrap();
    let token = scene.add_in(&mut tx, token(1, &app, &district));
    let mut put = |event| {
        let body = format!("{{\"type\":\"{}\"}}", Event::as_str(event));
        tx.insert_message(NewMessage { app: &app, event, token: &token, body, at: now() }).unwrap()
    };
    let (first, second) = (put(Event::TokenGranted), put(Event::TokenEdited));
    tx.update_message(
        OutboxMessage { attempts: 1, ..first }.end(now().plus(1), DeliveryResult::Delivered),
    )
    .unwrap();
    let failure = Some("the answer is 500".to_owned());
    tx.update_message(OutboxMessage { attempts: 1, failure, ..second }).unwrap();
    tx.commit().unwrap();
    (scene, app, token)
}

fn scan(scene: &TestStore) -> Result<Vec<OutboxMessage>, StoreError> {
    let mut found = Vec::new();
    scene.read().scan_pending_messages(|message| {
        found.push(message);
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

pub fn message_ids_are_unique_across_histories(place: &dyn BackendSource) {
    let (scene, app, token) = store_with_messages(place);
    let [id] =
        scan(&scene).unwrap().try_into().map(|[message]: [OutboxMessage; 1]| [message.id]).unwrap();
    let next = |scene: &TestStore, app, token: &Credential| {
        let (event, body) = (Event::TokenReset, String::new());
        let mut tx = scene.write();
        tx.insert_message(NewMessage { app, event, token, body, at: now() }).unwrap()
    };
    let here = next(&scene, &app, &token);
    assert_eq!((here.seq, here.attempts, here.next_attempt_at), (3, 0, now()));
    assert_ne!(here.id, id);
    // What was rolled back is made again with the same name; after another change it has another one.
    assert_eq!(next(&scene, &app, &token).id, here.id);
    scene.revoke(&token);
    assert_ne!(next(&scene, &app, &token).id, here.id);
}

pub fn messages_are_counted_by_app_and_result(place: &dyn BackendSource) {
    let (scene, app, token) = store_with_messages(place);
    let counts = || {
        let tx = scene.read();
        [None, Some(DeliveryResult::Delivered), Some(DeliveryResult::GivenUp)].map(|outcome| {
            (tx.count_app_messages(&app, outcome).unwrap(), tx.count_messages(outcome).unwrap())
        })
    };
    assert_eq!(counts(), [(1, 1), (1, 1), (0, 0)]);
    assert!(scene.read().has_message(Event::TokenGranted, &token).unwrap());
    assert!(!scene.read().has_message(Event::TokenExpiring, &token).unwrap());
    let [pending] = scan(&scene).unwrap().try_into().unwrap();
    let mut tx = scene.write();
    tx.update_message(pending.end(now(), DeliveryResult::GivenUp)).unwrap();
    tx.commit().unwrap();
    assert_eq!(counts(), [(0, 0), (1, 1), (1, 1)]);
    let mut tx = scene.write();
    assert_eq!(tx.remove_ended_messages(now().plus(1), 9).unwrap(), 1);
    tx.commit().unwrap();
    assert_eq!(counts(), [(0, 0), (1, 1), (0, 0)]);
    assert_eq!(scene.integrity_issues(), []);
}

pub fn every_message_column_is_authenticated(place: &dyn BackendSource) {
    const COLUMNS: &[(&str, &str)] = &[
        ("seq", "9"),
        ("id", "~12"),
        ("app", "2"),
        ("event", "'token.reset'"),
        ("credential", "2"),
        ("token_ends_at", "null"),
        ("body", "'{}'"),
        ("made_at", "made_at - 1"),
        ("attempts", "0"),
        ("next_at", "next_at + 9"),
        ("failure", "null"),
        ("ended_at", "ended_at + 1"),
        ("outcome", "'given_up'"),
        ("mac", "~16"),
    ];
    drop(place.open());
    let mut columns = place.columns("message");
    let mut listed: Vec<_> = COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
    columns.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, columns);
    for (column, value) in COLUMNS {
        let place = place.another_source();
        let (scene, ..) = store_with_messages(&*place);
        assert_eq!(scene.integrity_issues(), []);
        let value = match value.strip_prefix('~') {
            Some(length) => place.blob(&vec![0xa5; length.parse().unwrap()]),
            None => (*value).to_owned(),
        };
        let row = if ["ended_at", "outcome"].contains(column) { 1 } else { 2 };
        place.tamper(&format!("update message set {column} = {value} where seq = {row}"));
        let examined = scene.store.check_integrity();
        assert!(
            examined.as_ref().is_ok_and(|problems| !problems.is_empty()),
            "{column} = {value} was not noticed: {examined:?}"
        );
    }
}

pub fn a_tampered_message_is_rejected_everywhere(place: &dyn BackendSource) {
    // The first can still be read as a message; the second can't.
    for altered in ["body = '{}'", "event = 'token.eaten'"] {
        let place = place.another_source();
        let (scene, app, token) = store_with_messages(&*place);
        place.tamper(&format!("update message set {altered}"));
        assert_integrity_error(scan(&scene));
        let mut tx = scene.write();
        assert_integrity_error(tx.find_message(2));
        assert_integrity_error(tx.has_message(Event::TokenExpiring, &token));
        assert_integrity_error(tx.remove_ended_messages(now().plus(9), 9));
        assert_eq!(tx.count_app_messages(&app, None).unwrap(), 1, "the tallies are as they were");
    }
}

pub fn a_missing_message_is_detected(place: &dyn BackendSource) {
    let (scene, ..) = store_with_messages(place);
    place.tamper("delete from message where seq = 2");
    assert_integrity_error(scan(&scene));
    assert!(!scene.integrity_issues().is_empty());

    let place = place.another_source();
    let (scene, ..) = store_with_messages(&*place);
    place.tamper("update message set ended_at = made_at, outcome = 'delivered' where seq = 2");
    assert_integrity_error(scan(&scene));

    let place = place.another_source();
    let (scene, ..) = store_with_messages(&*place);
    place.tamper("delete from message where seq = 1");
    assert!(!scene.integrity_issues().is_empty(), "an ended one is missed by the examination");
}
