//! Tampering with messages to apps.

use std::{collections::BTreeSet, slice::from_ref};

use gatepass::domain::{notice::Event, seq::MessageSeq};

use super::columns::{Tampering, assert_columns_are_authenticated};
use crate::{
    conformance::{
        backend_source::BackendSource,
        cases::messages::{scan, store_with_messages},
        test_store::assert_integrity_error,
    },
    support::records::now,
};

/// Every column of the messages that [`store_with_messages`] creates: 1 was delivered, 2 failed.
const TAMPERINGS: &[Tampering] = &[
    (
        "message",
        "seq = 2",
        &[
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
            ("mac", "~16"),
        ],
    ),
    ("message", "seq = 1", &[("ended_at", "ended_at + 1"), ("outcome", "'given_up'")]),
];

pub fn every_message_column_is_authenticated(source: &dyn BackendSource) {
    let create = |source: &dyn BackendSource| store_with_messages(source).0;
    assert_columns_are_authenticated(source, &["message"], TAMPERINGS, create);
}

pub fn a_tampered_message_is_rejected_everywhere(source: &dyn BackendSource) {
    // The first value is valid for the column, the second is not.
    for change in ["body = '{}'", "event = 'token.eaten'"] {
        let source = source.another_source();
        let (store, app, token) = store_with_messages(&*source);
        source.tamper(&format!("update message set {change}"));
        let (pending, problems) = scan(&store);
        assert_eq!((pending, problems.tampered.as_slice()), (vec![], &[MessageSeq(2)][..]));
        assert!(!problems.is_incomplete);
        assert_integrity_error(problems.ensure_intact());
        let mut tx = store.write();
        assert_integrity_error(tx.find_message(MessageSeq(2)));
        assert_eq!(tx.prefetch_messages(&[1, 2].map(MessageSeq)).unwrap(), [1, 2].map(MessageSeq));
        let tokens = tx.list_tokens_with_message(Event::TokenGranted, from_ref(&token)).unwrap();
        assert_eq!(tokens, BTreeSet::new());
        assert_eq!(tx.remove_ended_messages(now().plus(9), 9).unwrap(), 1, "it can't be removed");
        assert!(tx.has_ended_messages(now().plus(9)).unwrap());
        assert_eq!(tx.count_app_messages(&app, None).unwrap(), 1, "the counters are unaffected");
    }
}

pub fn a_missing_message_is_detected(source: &dyn BackendSource) {
    for (change, is_pending) in [
        ("delete from message where seq = 2", true),
        ("update message set ended_at = made_at, outcome = 'delivered' where seq = 2", true),
        // Only the integrity check looks at messages that have ended.
        ("delete from message where seq = 1", false),
    ] {
        let source = source.another_source();
        let (store, ..) = store_with_messages(&*source);
        source.tamper(change);
        let (_, problems) = scan(&store);
        assert_eq!(
            (problems.is_incomplete, &*problems.tampered),
            (is_pending, &[][..]),
            "{change}"
        );
        assert!(!store.integrity_issues().is_empty(), "{change}");
    }
}
