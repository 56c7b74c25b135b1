//! The audit log: every change, in a chain.

use std::ops::ControlFlow;

use gatepass::{
    domain::audit::{Action, AuditRecord, STORE_SUBJECT, account_fields, credential_fields},
    store::{Access, StoreError},
};

use super::{Place, Scene, assert_refused, raw, stamp};
use crate::support::store::{actor, now, partner};

fn trail(scene: &Scene) -> Result<Vec<AuditRecord>, StoreError> {
    let mut records = Vec::new();
    scene.read().scan_audit(|record| {
        records.push(record);
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(records)
}

pub fn every_change_leaves_a_record_of_before_and_after(place: &dyn Place) {
    let scene = Scene::new(place);
    let added = scene.add(partner(1, "Partner"));
    let revoked = scene.revoke(&added);
    let mut transaction = scene.write();
    let note = Some(r#"{"fingerprint":"00000000"}"#.to_owned());
    transaction.audit_store(&stamp(Action::KeyExport), note.clone()).unwrap();
    transaction.set_escrowed(now());
    transaction.commit().unwrap();

    let records = trail(&scene).unwrap();
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

pub fn records_are_read_from_any_number_on(place: &dyn Place) {
    let scene = Scene::new(place);
    for number in 1..=3 {
        scene.add(partner(number, &format!("P{number}")));
    }
    let backend = place.open();
    let transaction = raw(&*backend, Access::Read);
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

pub fn a_broken_chain_is_told_with_its_first_broken_record(place: &dyn Place) {
    let breaks = [
        ("update audit set action = 'edit' where seq = 2", "record 2"),
        ("update audit set mac = (select mac from audit where seq = 1) where seq = 3", "record 3"),
        ("delete from audit where seq = 2", "record 2"),
        ("delete from audit where seq = 1", "record 1"),
        ("delete from audit where seq = 4", "ends at record 3 of 4"),
    ];
    for (statement, told) in breaks {
        let place = place.another();
        let scene = Scene::new(&*place);
        for number in 1..=3 {
            scene.add(partner(number, &format!("P{number}")));
        }
        assert_eq!(trail(&scene).unwrap().len(), 4);
        place.tamper(statement);
        let refusal = trail(&scene);
        let words = refusal.as_ref().err().map(ToString::to_string).unwrap_or_default();
        assert_refused(refusal);
        assert!(words.contains(told), "{statement}: {words}");
        assert!(scene.problems().iter().any(|problem| problem.0.contains(told)), "{statement}");
    }
}
