//! Decisions from the index, compared with those from the records that it was built from.

use proptest::prelude::*;

use super::caller_identity::CallerIdentity;
use crate::{
    domain::{
        credential::{
            Credential, Deletion,
            rate_limit::RateLimit,
            subject::{AppDistrict, Subject},
        },
        decision::{
            DecisionInput, KnownSecret, Reason, Requirements, SecretLookup, decide, evaluate,
        },
        directory::{
            account::{AccountId, AccountKey, Region},
            app::App,
            id::{ClientId, ObjectId},
            name::Name,
        },
        instant::Instant,
        seq::{AppSeq, AuditSeq, CredentialSeq},
    },
    server::cache::index::{
        IndexBuilder,
        test_support::{
            ACCOUNTS, APP_COUNT, CredentialCase, SCOPES, accounts, apps, build, credential,
            credential_cases, default_case, digest, digests, object_id,
        },
    },
};

/// Everything that proxies and apps learn of a caller.
fn identity_text(identity: &CallerIdentity) -> String {
    let token = identity.token_context.as_ref();
    let token = token.map(|token| (&token.app, token.client, token.district, &token.scopes));
    let deprecation = identity.deprecation.as_ref();
    let deprecation = deprecation.map(|notice| (notice.since, notice.until, &notice.link));
    let CallerIdentity { seq, id, account, kind, subject, expiry, limit, .. } = identity;
    format!(
        "{seq} {id} {account:?} {kind:?} {subject:?} {expiry:?} {limit:?} {token:?} {deprecation:?}"
    )
}

proptest! {
    #[test]
    fn the_index_decides_like_the_records(
        loaded in prop::collection::vec(credential_cases(), 0..12),
        batches in prop::collection::vec(prop::collection::vec(credential_cases(), 1..4), 0..6),
        strict in 0..3usize,
        now in 95..105i64,
        named in prop::option::of(0..2usize),
        region in prop::option::of(prop::sample::select(vec![Region::Eu1, Region::In1])),
        scopes in prop::option::weighted(0.3, prop::sample::select(SCOPES.to_vec())),
        app in prop::option::weighted(0.3, 0..APP_COUNT),
        district in prop::option::weighted(0.3, 0..APP_COUNT),
        more in 1..3u32,
    ) {
        let (index, records) = build(&loaded, &batches);
        index.put_accounts(accounts(strict));
        index.put_apps(&apps(more));
        let now = Instant::from_unix(now);
        let account = named.map(|number| AccountId::parse(ACCOUNTS[number]).unwrap());
        let scopes = scopes.map(Box::from);
        let named = |number: u8| object_id(number).as_str().into();
        let (app, district) = (app.map(named), district.map(|number| named(100 + number)));
        let requirements = Requirements { account, region, district, app, scopes };
        let all: Vec<&CredentialCase> = loaded.iter().chain(batches.iter().flatten()).collect();
        for case in &all {
            let record = &records[&case.seq];
            for digest in digests(case) {
                let found = index.find(&digest, now, |hit, input| {
                    let identity = CallerIdentity::from_hit(hit, input, now);
                    (evaluate(&requirements, input, now), format!("{input:?}"), identity_text(&identity))
                });
                let account = accounts(strict)[record.account.0 as usize - 1].clone();
                let app = record.subject.app();
                let app = apps(more).into_iter().find(|other| Some(other.id) == app);
                let known = KnownSecret { credential: record.clone(), account, app, digest };
                let input = DecisionInput::from_known(&known, now);
                let identity = identity_text(&CallerIdentity::from_known(&known, &input, now));
                let input = format!("{input:?}");
                let reason = decide(&requirements, SecretLookup::Known(Box::new(known)), now).reason;
                prop_assert_eq!(found, Some((reason, input, identity)));
            }
            let unknown = digest(case.seq, 100);
            prop_assert!(index.find(&unknown, now, |_, _| ()).is_none());
        }
        let mut count = 0;
        index.scan(|entry| count += usize::from(entry.account().0 > 0));
        prop_assert_eq!(count, records.len());
    }
}

/// Decides about a legacy key and a token of `app` after it became `updated`: by the index, and by the records.
fn decisions_for_app(app: &App, updated: &App) -> [(Reason, Reason); 2] {
    let district = ObjectId::from_bytes([7; 12]);
    let subjects = [Subject::App(app.id), Subject::AppDistrict(AppDistrict::new(app.id, district))];
    let mut builder = IndexBuilder::with_capacity(CredentialSeq(2), std::slice::from_ref(app));
    let records = [1, 2].map(|seq| {
        let case = CredentialCase { seq, retiring: None, ..default_case() };
        Credential { subject: subjects[usize::from(seq) - 1].clone(), ..credential(&case) }
    });
    records.iter().for_each(|record| builder.put(record));
    let index = builder.finish(accounts(2));
    index.put_apps(std::slice::from_ref(updated));
    records.map(|record| {
        let (digest, now, requirements) =
            (record.secrets.current.unwrap(), Instant::from_unix(100), Requirements::default());
        let by_index = index.find(&digest, now, |_, input| evaluate(&requirements, input, now));
        let (account, app) = (accounts(2)[0].clone(), Some(updated.clone()));
        let known = KnownSecret { credential: record, account, app, digest };
        (by_index.unwrap(), decide(&requirements, SecretLookup::Known(Box::new(known)), now).reason)
    })
}

/// Even if they were not revoked themselves.
#[test]
fn credentials_of_a_removed_app_are_revoked() {
    let at = Instant::from_unix(90);
    let app = App {
        seq: AppSeq(1),
        id: ObjectId::from_bytes([5; 12]),
        client_id: ClientId::parse(&"ab".repeat(10)).unwrap(),
        account: AccountKey(1),
        name: Name::parse("Reader").unwrap(),
        secrets: credential(&default_case()).secrets,
        limit: RateLimit::TOKEN_DEFAULT,
        webhook: None,
        created_at: at,
        created_by: "ann@office".to_owned(),
        removed: None,
        audit_seq: AuditSeq(1),
    };
    assert_eq!(decisions_for_app(&app, &app), [(Reason::Allowed, Reason::Allowed); 2]);
    let removed =
        App { removed: Some(Deletion { at, by: "ann@office".to_owned() }), ..app.clone() };
    assert_eq!(decisions_for_app(&app, &removed), [(Reason::Revoked, Reason::Revoked); 2]);
}
