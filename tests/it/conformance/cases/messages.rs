//! Messages to apps: which ones are pending, ended, counted.

use std::{collections::BTreeSet, ops::ControlFlow, slice::from_ref};

use gatepass::{
    domain::{
        audit::Action,
        credential::Credential,
        directory::app::{App, Webhook},
        notice::{
            DeliveryResult, Event, MessageId, NetworkPolicy, OutboxMessage, Recipient, WebhookUrl,
        },
        seq::{AppSeq, CredentialSeq, MessageSeq},
    },
    store::{
        Access, NewMessage, PendingScan, StoreError,
        port::{
            backend::{Backend, BackendTransaction},
            record::MessageRow,
        },
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            TestStore, audit_context, authenticated, begin_raw, collect_rows, insert_credential,
            insert_row, with_accounts,
        },
    },
    support::records::{self, district, never_expiring, now, token},
};

/// Returns an app with a webhook.
fn app(number: u8) -> App {
    let url = WebhookUrl::parse("https://hooks.example/gatepass?key=7", NetworkPolicy::PublicOnly)
        .unwrap();
    let webhook = Some(Webhook { url, generation: 1 });
    App { webhook, ..records::app(number, &format!("App {number}")) }
}

/// Returns a draft about the first token of the first app.
pub fn message(number: u8) -> OutboxMessage {
    OutboxMessage {
        seq: MessageSeq(i64::from(number)),
        id: MessageId([number; 12]),
        recipient: Recipient::App(AppSeq(1)),
        event: Event::TokenGranted,
        credential: CredentialSeq(1),
        token_expires_at: Some(now().plus(9)),
        body: "{\"é\":1}".to_owned(),
        created_at: now(),
        attempts: 0,
        next_attempt_at: now(),
        failure: None,
        ended: None,
    }
}

/// Returns a backend with two apps, a district and a token of each app.
fn with_tokens(source: &dyn BackendSource) -> Box<dyn Backend> {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    tx.insert_districts(&[authenticated(district(1, "North"))]).unwrap();
    tx.insert_apps(&[1, 2].map(|number| authenticated(app(number)))).unwrap();
    for number in 1..=2 {
        insert_row(&mut *tx, token(number, &app(number), &district(1, "North")));
    }
    tx.commit(None).unwrap();
    backend
}

fn pending(tx: &mut dyn BackendTransaction) -> Vec<i64> {
    numbers(collect_rows(|each| tx.scan_pending_messages(each)))
}

fn numbers(rows: Vec<MessageRow>) -> Vec<i64> {
    rows.into_iter().map(|row| row.seq.0).collect()
}

/// Returns a message as it is read.
fn row(message: OutboxMessage) -> MessageRow {
    MessageRow { seq: message.seq, message: Some(authenticated(message)) }
}

fn put(tx: &mut dyn BackendTransaction, message: OutboxMessage) {
    assert_eq!(tx.insert_messages(&[authenticated(message)]).unwrap(), 1);
}

pub fn messages_are_pending_in_the_order_of_their_numbers(source: &dyn BackendSource) {
    let backend = with_tokens(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    for number in [3, 1, 2] {
        put(&mut *tx, message(number));
    }
    assert_eq!(pending(&mut *tx), [1, 2, 3]);
    let same_number = authenticated(OutboxMessage { id: MessageId([9; 12]), ..message(3) });
    assert_eq!(tx.insert_messages(from_ref(&same_number)).unwrap(), 0);
    let same_id = authenticated(OutboxMessage { seq: MessageSeq(4), ..message(3) });
    assert_eq!(tx.insert_messages(from_ref(&same_id)).unwrap(), 0);
}

pub fn a_finished_message_is_not_pending(source: &dyn BackendSource) {
    let backend = with_tokens(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    put(&mut *tx, message(1));
    put(&mut *tx, message(2).end(now(), DeliveryResult::Delivered));
    assert_eq!(pending(&mut *tx), [1]);
    let ended = authenticated(message(1).end(now(), DeliveryResult::Gone));
    assert_eq!(tx.update_messages(from_ref(&ended)).unwrap(), 1);
    assert_eq!(pending(&mut *tx), [0; 0]);
    assert_eq!(numbers(collect_rows(|each| tx.scan_messages(each))), [1, 2]);
}

pub fn a_message_is_stored_and_replaced_whole(source: &dyn BackendSource) {
    let backend = with_tokens(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    put(&mut *tx, message(1));
    assert_eq!(tx.find_messages(&[1, 2].map(MessageSeq)).unwrap(), [row(message(1))]);
    let other = OutboxMessage {
        id: MessageId([0xff; 12]),
        recipient: Recipient::App(AppSeq(2)),
        event: Event::TokenExpiring,
        credential: CredentialSeq(2),
        token_expires_at: None,
        body: "{}".to_owned(),
        created_at: now().plus(1),
        attempts: u32::MAX,
        next_attempt_at: now().plus(2),
        failure: Some("the answer is 500".to_owned()),
        ..message(1).end(now().plus(3), DeliveryResult::GivenUp)
    };
    assert_eq!(tx.update_messages(&[authenticated(other.clone())]).unwrap(), 1);
    assert_eq!(tx.find_messages(&[MessageSeq(1)]).unwrap(), [row(other)]);
    assert_eq!(tx.update_messages(&[authenticated(message(2))]).unwrap(), 0);
}

pub fn a_removed_message_is_gone(source: &dyn BackendSource) {
    let backend = with_tokens(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    for number in 1..=3 {
        put(&mut *tx, message(number));
    }
    let seqs = [1, 3, 9].map(MessageSeq);
    assert_eq!(tx.remove_messages(&seqs).unwrap(), 2);
    assert_eq!(tx.find_messages(&seqs).unwrap(), []);
    assert_eq!(tx.remove_messages(&seqs).unwrap(), 0);
    assert_eq!(pending(&mut *tx), [2], "the others stay");
}

pub fn finished_messages_are_listed_by_end_time_before_a_bound(source: &dyn BackendSource) {
    let backend = with_tokens(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    for (number, after) in [(1, 5), (2, 3), (3, 4)] {
        put(&mut *tx, message(number).end(now().plus(after), DeliveryResult::Delivered));
    }
    put(&mut *tx, message(4));
    let mut listed =
        |after, limit| numbers(tx.list_ended_messages(now().plus(after), limit).unwrap());
    assert_eq!(listed(5, 9), [2, 3]);
    assert_eq!(listed(6, 9), [2, 3, 1]);
    assert_eq!(listed(6, 2), [2, 3]);
    assert_eq!(listed(3, 9), [0; 0]);
}

pub fn messages_about_a_credential_are_listed(source: &dyn BackendSource) {
    let backend = with_tokens(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    for (number, credential) in [(1, 1), (2, 2), (3, 1)] {
        put(&mut *tx, OutboxMessage { credential: CredentialSeq(credential), ..message(number) });
    }
    let mut about = |seqs: &[i64]| {
        let seqs: Vec<_> = seqs.iter().copied().map(CredentialSeq).collect();
        numbers(tx.list_messages_about(&seqs).unwrap())
    };
    assert_eq!(about(&[1]), [1, 3]);
    assert_eq!(about(&[2, 9, 1]), [1, 2, 3], "by their own numbers");
}

/// Creates a store with an app whose token was granted and edited. The first message was delivered, the second failed
/// once.
pub fn store_with_messages(source: &dyn BackendSource) -> (TestStore, App, Credential) {
    let store = TestStore::new(source);
    let mut tx = store.write();
    let app = tx.insert_app(&audit_context(Action::AppAdd), app(1)).unwrap();
    let district =
        tx.insert_district(&audit_context(Action::DistrictAdd), district(1, "North")).unwrap();
    let token = insert_credential(&mut tx, token(1, &app, &district));
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
    (store, app, token)
}

/// Returns the pending messages, and what the scan found besides them.
pub fn scan(store: &TestStore) -> (Vec<OutboxMessage>, PendingScan) {
    let mut found = Vec::new();
    let scan = store.read().scan_pending_messages(|message| {
        found.push(message);
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    });
    (found, scan.unwrap())
}

/// Returns the only pending message.
fn only_pending(store: &TestStore) -> OutboxMessage {
    let (found, problems) = scan(store);
    assert_eq!(problems, PendingScan::default());
    let [only] = found.try_into().unwrap();
    only
}

pub fn message_ids_are_unique_across_histories(source: &dyn BackendSource) {
    let (store, app, token) = store_with_messages(source);
    let pending = only_pending(&store);
    let next = |store: &TestStore, app, token: &Credential| {
        let (event, body) = (Event::TokenReset, String::new());
        let mut tx = store.write();
        tx.insert_message(NewMessage { app, event, token, body, at: now() }).unwrap()
    };
    let here = next(&store, &app, &token);
    assert_eq!((here.seq, here.attempts, here.next_attempt_at), (MessageSeq(3), 0, now()));
    assert_ne!(here.id, pending.id);
    // After a rollback, the same change creates the same id. After another change, the id differs.
    assert_eq!(next(&store, &app, &token).id, here.id);
    store.revoke(&token);
    assert_ne!(next(&store, &app, &token).id, here.id);
}

pub fn messages_are_counted_by_app_and_result(source: &dyn BackendSource) {
    let (store, app, token) = store_with_messages(source);
    let counts = || {
        let mut tx = store.read();
        [None, Some(DeliveryResult::Delivered), Some(DeliveryResult::GivenUp)].map(|outcome| {
            (tx.count_app_messages(&app, outcome).unwrap(), tx.count_messages(outcome).unwrap())
        })
    };
    assert_eq!(counts(), [(1, 1), (1, 1), (0, 0)]);
    let with_message = |event, token: &Credential| {
        store.read().list_tokens_with_message(event, from_ref(token)).unwrap()
    };
    assert_eq!(with_message(Event::TokenGranted, &token), BTreeSet::from([token.seq]));
    assert_eq!(with_message(Event::TokenExpiring, &token), BTreeSet::new());
    let extended = never_expiring(token.clone());
    let of_another_expiry = with_message(Event::TokenGranted, &extended);
    assert_eq!(of_another_expiry, BTreeSet::new(), "a message counts for the expiry that it names");
    let pending = only_pending(&store);
    store.commit(|tx| tx.update_message(pending.end(now(), DeliveryResult::GivenUp)).unwrap());
    assert_eq!(counts(), [(0, 0), (1, 1), (1, 1)]);
    let removed = store.commit(|tx| tx.remove_ended_messages(now().plus(1), 9).unwrap());
    assert_eq!(removed, 1);
    assert_eq!(counts(), [(0, 0), (1, 1), (0, 0)]);
    assert_eq!(store.integrity_issues(), []);
}
