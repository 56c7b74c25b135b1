//! The audit log: every change, in a chain.

use std::ops::ControlFlow;

use gatepass::{
    domain::audit::{Action, AuditRecord, STORE_SUBJECT, account_fields, credential_fields},
    store::{Access, StoreError},
};

use crate::{
    conformance::{BackendSource, TestStore, assert_integrity_error, audit_context, begin_raw},
    support::records::{account_passcode, actor, now},
};

fn audit_records(scene: &TestStore) -> Result<Vec<AuditRecord>, StoreError> {
    let mut records = Vec::new();
    scene.read().scan_audit(|record| {
        records.push(record);
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(records)
}

pub fn every_change_is_recorded_with_before_and_after(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let added = scene.add(account_passcode(1, "Partner"));
    let revoked = scene.revoke(&added);
    let mut transaction = scene.write();
    let note = Some(r#"{"fingerprint":"00000000"}"#.to_owned());
    transaction.audit_store(&audit_context(Action::KeyExport), note.clone()).unwrap();
    transaction.set_escrowed(now());
    transaction.commit().unwrap();

    let records = audit_records(&scene).unwrap();
    let told: Vec<_> = records
        .iter()
        .map(|record| (record.seq, record.action, record.subject.as_str(), record.name.as_deref()))
        .collect();
    let (account, id) = (scene.account.id, added.id.to_string());
    assert_eq!(
        told,
        [
            (1, Action::AccountAdd, account.as_str(), Some("Example")),
            (2, Action::Create, &id, Some("Partner")),
            (3, Action::Revoke, &id, Some("Partner")),
            (4, Action::KeyExport, STORE_SUBJECT, None),
        ]
    );
    let fields = |credential| Some(credential_fields(credential, &account));
    let states: Vec<_> = records.iter().map(|r| (r.before.clone(), r.after.clone())).collect();
    assert_eq!(
        states,
        [
            (None, Some(account_fields(&scene.account))),
            (None, fields(&added)),
            (fields(&added), fields(&revoked)),
            (None, note),
        ]
    );
    assert!(records.iter().all(|record| record.actor == actor() && record.at == now()));
    let transaction = scene.read();
    assert_eq!((transaction.head().audit_seq, transaction.head().escrowed_at), (4, Some(now())));
}

pub fn records_are_read_from_a_given_number(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    for number in 1..=3 {
        scene.add(account_passcode(number, &format!("P{number}")));
    }
    let backend = place.open();
    let transaction = begin_raw(&*backend, Access::Read);
    let from = |first, limit: usize| {
        let mut found = Vec::new();
        transaction
            .scan_audit(first, &mut |row| {
                found.push(row.record.record.seq);
                if found.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })
            .unwrap();
        found
    };
    assert_eq!(from(1, 9), [1, 2, 3, 4]);
    assert_eq!(from(3, 9), [3, 4]);
    assert_eq!(from(1, 2), [1, 2], "it stops when it is told to");
    assert_eq!(from(5, 9), [0; 0]);
}

pub fn a_broken_chain_is_reported_at_its_first_broken_record(place: &dyn BackendSource) {
    let breaks = [
        ("update audit set action = 'edit' where seq = 2", "record 2"),
        ("update audit set mac = (select mac from audit where seq = 1) where seq = 3", "record 3"),
        ("delete from audit where seq = 2", "record 2"),
        ("delete from audit where seq = 1", "record 1"),
        ("delete from audit where seq = 4", "ends at record 3 of 4"),
    ];
    for (statement, told) in breaks {
        let place = place.another_source();
        let scene = TestStore::new(&*place);
        for number in 1..=3 {
            scene.add(account_passcode(number, &format!("P{number}")));
        }
        assert_eq!(audit_records(&scene).unwrap().len(), 4);
        place.tamper(statement);
        let refusal = audit_records(&scene);
        let words = refusal.as_ref().err().map(ToString::to_string).unwrap_or_default();
        assert_integrity_error(refusal);
        assert!(words.contains(told), "{statement}: {words}");
        assert!(
            scene.integrity_issues().iter().any(|problem| problem.0.contains(told)),
            "{statement}"
        );
    }
}
