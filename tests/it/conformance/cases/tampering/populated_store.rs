//! A store with a value in every column of every table.

use gatepass::{
    domain::{
        actor::Actor,
        audit::Action,
        credential::{
            Credential, Retiring, Revocation, RevocationReason, Secrets, Undelivered,
            rate_limit::RateLimit,
        },
        directory::{
            account::Account,
            app::{App, Webhook},
            district::{District, ExternalId},
            name::Note,
        },
        instant::DAY,
        instant::Day,
        notice::WebhookUrl,
        seq::CredentialSeq,
        usage::DailyUse,
    },
    store::{AuditContext, Transaction},
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{TestStore, audit_context, insert_credential},
    },
    support::records::{
        account_passcode, actor, app, deleted, deletion, digest, district, every_principal,
        legacy_policy, never_expiring, now, token, usage_record, user_passcode,
    },
};

/// Creates a store with a value in every column of every table except `message`.
///
/// - Credential 1 was reset and revoked and has a note. 3 follows 2 of the same user, 4 is deleted, 5 was used, 6 is a
///   token with a rate limit.
/// - The account has a policy and is removed.
/// - The last audit record is that of an app.
/// - App 1 was reset and has a webhook. District 1 has an external id. App 2 and district 2 are removed.
pub fn fully_populated(source: &dyn BackendSource) -> TestStore {
    let store = TestStore::new(source);
    let (legacy, removed) = (Some(legacy_policy()), Some(deletion()));
    let account = Account { legacy, removed, ..store.account.clone() };
    let account = store.commit(|tx| {
        add_passcodes(tx);
        let (reader, springfield) = add_apps_and_districts(tx);
        let limited = Credential { limit: RateLimit::new(60), ..token(6, &reader, &springfield) };
        insert_credential(tx, limited);
        tx.record_last_uses(&[usage_record(CredentialSeq(5), now(), "gate", 7)]).unwrap();
        tx.record_daily_uses(&[DailyUse { credential: CredentialSeq(5), day: Day(7), count: 5 }])
            .unwrap();
        let edit = audit_context(Action::AccountEdit);
        let account = tx.update_account(&edit, &store.account, account).unwrap();
        tx.set_escrowed(now());
        audit_call_of_app(tx);
        account
    });
    TestStore { account, ..store }
}

fn retiring() -> Retiring {
    let (digest, until) = (digest(1), now().plus(DAY));
    Retiring { digest, until, until_used: false, replacement_used: true }
}

fn add_passcodes(tx: &mut Transaction<'_>) {
    let note = Some(Note::parse("for the nightly import").unwrap());
    let noted = Credential { note, ..account_passcode(1, "Reset") };
    let noted = insert_credential(tx, noted);
    let secrets = Secrets {
        generation: 2,
        current: Some(digest(11)),
        created_at: now().plus(1),
        delivered_at: Some(now().plus(2)),
        retiring: Some(retiring()),
        undelivered: Some(Undelivered { digest: digest(12), created_at: now().plus(3) }),
        discarded: 0,
    };
    let reset = Credential { secrets, expiry_set_at: now().plus(1), ..noted };
    let reset = tx.update_credential(&audit_context(Action::Reset), reset).unwrap();
    let reason = Some(RevocationReason::Superseded);
    let revocation = Revocation { at: now().plus(3), by: "root@gate".to_owned(), reason };
    let ended = Credential { revoked: Some(revocation), ..reset };
    tx.update_credential(&audit_context(Action::Revoke), ended).unwrap();

    let mut add = |draft| insert_credential(tx, draft);
    let older = add(user_passcode(2, "ann@example.com"));
    add(Credential { previous: Some(older.seq), ..user_passcode(3, "ann@example.com") });
    let bob = add(user_passcode(4, "bob@example.com"));
    add(never_expiring(account_passcode(5, "Untouched")));
    tx.update_credential(&audit_context(Action::Delete), deleted(bob)).unwrap();
}

/// Adds an audit record of an app that called the gate.
fn audit_call_of_app(tx: &mut Transaction<'_>) {
    let [_, principal, ..] = every_principal();
    let client = Actor { principal, ..actor() };
    let context = AuditContext { actor: &client, ..audit_context(Action::ClockAccept) };
    tx.audit_store(&context, None);
}

/// Adds two apps and two districts, and returns the first of each.
fn add_apps_and_districts(tx: &mut Transaction<'_>) -> (App, District) {
    let secrets = Secrets {
        generation: 2,
        delivered_at: Some(now()),
        retiring: Some(retiring()),
        undelivered: Some(Undelivered { digest: digest(12), created_at: now() }),
        discarded: 1,
        ..account_passcode(12, "nobody").secrets
    };
    let webhook = Some(Webhook {
        url: WebhookUrl::from_stored("https://reader.example/hook".to_owned()),
        generation: 1,
    });
    let reader = App { secrets, webhook, ..app(1, "Reader") };
    let external_id = Some(ExternalId::parse("0601234").unwrap());
    let springfield = District { external_id, ..district(1, "Springfield") };

    let mut add = |draft| tx.insert_app(&audit_context(Action::AppAdd), draft).unwrap();
    let (reader, other) = (add(reader), add(app(2, "Removed")));
    let removed = App { removed: Some(deletion()), ..other };
    tx.update_app(&audit_context(Action::AppRemove), removed).unwrap();

    let mut add = |draft| tx.insert_district(&audit_context(Action::DistrictAdd), draft).unwrap();
    let (springfield, other) = (add(springfield), add(district(2, "Removed")));
    let removed = District { removed: Some(deletion()), ..other };
    tx.update_district(&audit_context(Action::DistrictRemove), removed).unwrap();
    (reader, springfield)
}
