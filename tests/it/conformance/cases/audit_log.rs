//! The audit log: every change, in a chain.

use gatepass::{
    domain::{
        actor::Actor,
        audit::{Action, AuditRecord, ChangeId, STORE_SUBJECT, account_fields, credential_fields},
        seq::AuditSeq,
    },
    store::{Access, AuditContext, StoreError, port::record::Checkpoint},
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            TestStore, assert_integrity_error, audit_context, begin_raw, collect, collect_rows,
        },
    },
    support::records::{account_passcode, actor, every_principal, now},
};

fn audit_records(store: &TestStore) -> Result<Vec<AuditRecord>, StoreError> {
    collect(|each| store.read().scan_audit(each))
}

pub fn every_change_is_recorded_with_before_and_after(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let added = store.add(account_passcode(1, "Partner"));
    let revoked = store.revoke(&added);
    let note = Some(r#"{"fingerprint":"00000000"}"#.to_owned());
    store.commit(|tx| {
        tx.audit_store(&audit_context(Action::KeyExport), note.clone());
        tx.set_escrowed(now());
    });

    let records = audit_records(&store).unwrap();
    let subjects: Vec<_> = records
        .iter()
        .map(|record| {
            (record.seq.0, record.action, record.subject.as_str(), record.name.as_deref())
        })
        .collect();
    let (account, id) = (store.account.id, added.id.to_string());
    assert_eq!(
        subjects,
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
            (None, Some(account_fields(&store.account))),
            (None, fields(&added)),
            (fields(&added), fields(&revoked)),
            (None, note),
        ]
    );
    assert!(records.iter().all(|record| record.actor == actor() && record.at == now()));
    let tx = store.read();
    assert_eq!((tx.head().audit_seq, tx.head().escrowed_at), (AuditSeq(4), Some(now())));
}

pub fn every_kind_of_actor_is_stored(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let actors = every_principal().map(|principal| Actor { principal, ..actor() });
    store.commit(|tx| {
        for actor in &actors {
            let context = AuditContext { actor, ..audit_context(Action::ClockAccept) };
            tx.audit_store(&context, None);
        }
    });
    let records = audit_records(&store).unwrap();
    let stored: Vec<&Actor> = records[1..].iter().map(|record| &record.actor).collect();
    assert_eq!(stored, actors.iter().collect::<Vec<_>>());
    assert_eq!(store.integrity_issues(), []);
}

pub fn records_are_read_from_a_given_number(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    store.add_passcodes(3);
    let backend = source.open();
    let mut tx = begin_raw(&*backend, Access::Read);
    let mut from = |first| {
        let rows = collect_rows(|each| tx.scan_audit(AuditSeq(first), each));
        rows.iter().map(|row| row.record.record.seq.0).collect::<Vec<_>>()
    };
    assert_eq!(from(1), [1, 2, 3, 4]);
    assert_eq!(from(3), [3, 4]);
    assert_eq!(from(5), [0; 0]);
}

/// A reader goes on after the last record that it has seen, and notices if the log is another one.
pub fn the_log_is_read_on_from_each_checkpoint(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let position = || store.read().audit_position();
    let mut checkpoints = vec![Checkpoint::GENESIS, position()];
    for number in 1..=3 {
        store.add(account_passcode(number, &format!("P{number}")));
        checkpoints.push(position());
    }
    let read_after = |checkpoint: &Checkpoint| -> Result<Vec<i64>, StoreError> {
        let records: Vec<AuditRecord> =
            collect(|each| store.read().scan_audit_after(checkpoint, each))?;
        Ok(records.iter().map(|record| record.seq.0).collect())
    };
    for (seq, checkpoint) in (0..).zip(&checkpoints) {
        assert_eq!(checkpoint.seq, AuditSeq(seq));
        assert_eq!(read_after(checkpoint).unwrap(), (seq + 1..=4).collect::<Vec<_>>());
        for other in checkpoints.iter().filter(|other| *other != checkpoint) {
            assert_integrity_error(read_after(&Checkpoint { link: other.link, ..*checkpoint }));
        }
    }
    let beyond = Checkpoint { seq: AuditSeq(5), ..checkpoints[4] };
    assert_integrity_error(read_after(&beyond));
}

/// The head says which log belongs to the store. Another one, valid in itself, does not.
pub fn a_fork_in_place_of_the_log_is_rejected(source: &dyn BackendSource) {
    let fork_of = |length: u8| {
        let fork = source.another_source();
        let store = TestStore::new(&*fork);
        for number in 1..=length {
            store.add(account_passcode(number, &format!("Q{number}")));
        }
        assert_eq!(audit_records(&store).unwrap().len(), usize::from(length) + 1);
        let backend = fork.open();
        collect_rows(|each| begin_raw(&*backend, Access::Read).scan_audit(AuditSeq::FIRST, each))
    };
    for length in 1..=5 {
        let rows = fork_of(length);
        let source = source.another_source();
        let store = TestStore::new(&*source);
        store.add_passcodes(3);
        source.tamper("delete from audit");
        let backend = source.open();
        let mut tx = begin_raw(&*backend, Access::Write);
        assert_eq!(tx.insert_audit(&rows).unwrap(), rows.len());
        tx.commit(None).unwrap();
        assert_integrity_error(audit_records(&store));
        assert_ne!(store.integrity_issues(), [], "{length}");
    }
}

pub fn an_audit_record_is_found_by_number(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let added = store.add(account_passcode(1, "Partner"));
    let (newest, oldest) = (store.read().audit_position(), Checkpoint::GENESIS);
    let backend = source.open();
    let mut tx = begin_raw(&*backend, Access::Read);
    let [_, second] = &collect_rows(|each| tx.scan_audit(AuditSeq(1), each))[..] else { panic!() };
    assert_eq!(tx.find_audit(AuditSeq(2)).unwrap().as_ref(), Some(second));
    assert_eq!(tx.find_audit(AuditSeq(3)).unwrap(), None);

    let find = |id| store.read().find_change(id);
    let change = ChangeId::new(newest.seq, &newest.link);
    assert_eq!(find(change).unwrap().unwrap().record.subject, added.id.to_string());
    let of_another_history = ChangeId::new(newest.seq, &oldest.link);
    let later = ChangeId::new(newest.seq.next(), &newest.link);
    assert_eq!([of_another_history, later].map(|id| find(id).unwrap()), [None, None]);
    let record = |seq| store.read().find_audit_record(AuditSeq(seq)).unwrap();
    assert_eq!([2, 3].map(|seq| record(seq).map(|logged| logged.record.seq.0)), [Some(2), None]);
    source.tamper("update audit set subject = 'store' where seq = 2");
    assert_integrity_error(find(change));
}

pub fn a_broken_chain_is_reported_at_its_first_broken_record(source: &dyn BackendSource) {
    let breaks = [
        ("update audit set action = 'edit' where seq = 2", "record 2"),
        ("update audit set mac = (select mac from audit where seq = 1) where seq = 3", "record 3"),
        ("delete from audit where seq = 2", "record 2"),
        ("delete from audit where seq = 1", "record 1"),
        ("delete from audit where seq = 4", "ends at record 3 of 4"),
    ];
    for (statement, message) in breaks {
        let source = source.another_source();
        let store = TestStore::new(&*source);
        store.add_passcodes(3);
        assert_eq!(audit_records(&store).unwrap().len(), 4);
        source.tamper(statement);
        let result = audit_records(&store);
        let text = result.as_ref().err().map(ToString::to_string).unwrap_or_default();
        assert_integrity_error(result);
        assert!(text.contains(message), "{statement}: {text}");
        let issues = store.integrity_issues();
        assert!(issues.iter().any(|issue| issue.0.contains(message)), "{statement}: {issues:?}");
    }
}
