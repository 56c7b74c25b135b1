//! The index: what it finds, and how it takes up changes.

use std::sync::atomic::Ordering;

use super::{
    builder::IndexBuilder,
    test_support::{
        CredentialCase, SCOPES, accounts, apps, build, credential, default_case, digest, object_id,
    },
};
use crate::domain::{
    credential::CredentialKind,
    decision::{Reason, Requirements, evaluate},
    instant::Instant,
    seq::CredentialSeq,
};

/// Each copy of a segment knows whether the use was reported; a new reset starts again.
#[test]
fn a_first_use_in_an_overlap_is_reported_once() {
    let (index, _) = build(&[default_case()], &[]);
    let reports = || {
        let digest = digest(1, 1);
        index.find(&digest, Instant::from_unix(100), |hit, _| hit.entry.is_first_use_in_overlap())
    };
    assert_eq!((reports(), reports()), (Some(true), Some(false)));
    index.put(&[credential(&CredentialCase { seq: 2, ..default_case() })]);
    assert_eq!(reports(), Some(false), "a neighbour changed");
    index.put(&[credential(&CredentialCase { retiring: Some((5, 300, true)), ..default_case() })]);
    assert_eq!((reports(), reports()), (Some(true), Some(false)));
    index.put(&[credential(&CredentialCase { retiring: Some((5, 300, false)), ..default_case() })]);
    assert_eq!((reports(), reports()), (Some(true), Some(false)));
    index.put(&[credential(&CredentialCase { retiring: None, ..default_case() })]);
    assert_eq!(reports(), Some(false), "no overlap");
}

/// An account may be newer than the accounts that were loaded.
#[test]
fn credentials_of_unknown_accounts_are_not_found() {
    let (index, _) = build(&[default_case()], &[]);
    index.put_accounts(Vec::new());
    assert!(index.find(&digest(1, 1), Instant::from_unix(100), |_, _| ()).is_none());
}

#[test]
fn replaced_texts_are_freed() {
    let (index, _) = build(&[default_case()], &[]);
    let text_length = || index.text_length.load(Ordering::Relaxed);
    let before = text_length();
    (0..100).for_each(|_| index.put(&[credential(&default_case())]));
    assert!(text_length() <= 2 * before, "{before}, then {}", text_length());
}

/// Apps that are added or changed after loading apply to all their tokens, old and new.
#[test]
fn apps_changed_after_loading_are_used() {
    let token = CredentialCase {
        kind: CredentialKind::Token,
        token_terms: (2, 0, 0, None),
        ..default_case()
    };
    let builder = IndexBuilder::with_capacity(CredentialSeq::NONE, &apps(1)[..1]);
    let index = builder.finish(accounts(2));
    let found = || {
        index.find(&digest(1, 1), Instant::from_unix(95), |hit, input| {
            let app = hit.app.map(|app| (app.id, app.limit.per_minute()));
            (app, input.app, input.scopes.to_owned())
        })
    };
    index.put_apps(&apps(1));
    index.put(&[credential(&token)]);
    let scopes = || SCOPES[0].to_owned();
    assert_eq!(found(), Some((Some((object_id(2), 3)), Some(object_id(2)), scopes())));
    index.put_apps(&apps(5));
    assert_eq!(found(), Some((Some((object_id(2), 7)), Some(object_id(2)), scopes())));
}

/// A token whose app is unknown is rejected.
#[test]
fn tokens_of_unknown_apps_are_revoked() {
    let token = CredentialCase {
        kind: CredentialKind::Token,
        token_terms: (2, 0, 0, None),
        ..default_case()
    };
    let index = IndexBuilder::with_capacity(CredentialSeq::NONE, &apps(1)[..1]).finish(accounts(2));
    index.put(&[credential(&token)]);
    let now = Instant::from_unix(95);
    let reason =
        index.find(&digest(1, 1), now, |_, input| evaluate(&Requirements::default(), input, now));
    assert_eq!(reason, Some(Reason::Revoked));
}
