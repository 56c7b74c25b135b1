//! Tokens are isolated: after any sequence of grants, changes and ends, no secret grants access to another district,
//! another app or another scope than its token has at that moment. The store is compared with a small model.

use std::collections::BTreeSet;

use gatepass::{
    domain::{
        credential::{DuringOverlap, Overlap, ResetOptions, lifetime::Lifetime, scope::Scopes},
        decision::{Requirements, decide},
        directory::reference::Reference,
        duration::Duration,
        instant::DAY,
        seq::CredentialSeq,
    },
    ops::{
        IssueOutcome, OpContext, ReadTx,
        credential::{
            delete::{DeleteSelection, delete},
            edit::{EditRequest, edit},
            grant_app::{GrantAppRequest, TokenSettings, grant_app, grant_for_pickup},
            pickup::pick_up,
            reset::{ResetRequest, reset, reset_own},
            revoke::revoke,
        },
        query::resolve::PartialIds,
        secret_sink::CountAsDelivered,
    },
    store::Store,
};
use proptest::test_runner::{Config, RngSeed, TestRunner};

use super::token_model::{APPS, DISTRICTS, Model, PairIndex, SCOPES, ScopeSet, Step, steps};
use crate::support::{
    directory_fixture::{add_app, add_district, directory_fixture, find_app, find_district},
    process::is_full,
    records::entropy,
    test_env::TestEnv,
};

fn parse_scopes(set: ScopeSet) -> Scopes {
    let all = SCOPES.iter().enumerate().filter(|(at, _)| set & 1 << at != 0);
    Scopes::parse(&all.map(|(_, scope)| *scope).collect::<Vec<_>>().join(" ")).unwrap()
}

fn grant(pair: PairIndex, scopes: ScopeSet, days: u16) -> GrantAppRequest {
    let reference = |text| Reference::parse(text).unwrap();
    let lifetime = Lifetime::For(Duration::days(days.into()));
    let settings =
        TokenSettings { scopes: parse_scopes(scopes), limit: None, note: None, lifetime };
    GrantAppRequest {
        app: reference(APPS[pair.0]),
        district: reference(DISTRICTS[pair.1]),
        settings,
        if_missing: false,
    }
}

/// A store and its model.
struct Comparison<'w> {
    env: &'w TestEnv,
    store: &'w Store,
    model: Model,
    /// The number and the reference of each token, by its number in the model.
    issued: Vec<(CredentialSeq, Reference)>,
    seed: u64,
}

impl Comparison<'_> {
    fn step(&mut self, step: &Step) {
        let (ctx, seed) = (self.env.op_context(self.store), self.seed);
        self.seed += 1;
        let mut entropy = entropy(seed);
        match *step {
            Step::Wait { days } => {
                self.env.advance_days(days);
                self.model.day += days;
            }
            Step::Grant { pair, scopes, days } => {
                let issued = grant_app(
                    &ctx,
                    grant(pair, scopes, days),
                    &mut entropy,
                    &mut CountAsDelivered::default(),
                );
                let token = self.model.grant(pair, scopes, i64::from(days));
                assert_eq!(issued.is_ok(), token.is_some(), "{issued:?}");
                if let (Ok(IssueOutcome::Issued(issued)), Some(token)) = (issued, token) {
                    let made = &issued.credential;
                    self.issued.push((made.seq, Reference::from_id(made.id)));
                    self.model.secret(token, &issued.secret, 0);
                }
            }
            Step::GrantForPickup { pair, scopes } => {
                let waiting = grant_for_pickup(&ctx, grant(pair, scopes, 9), &mut entropy);
                let token = self.model.grant(pair, scopes, 9);
                assert_eq!(waiting.is_ok(), token.is_some(), "{waiting:?}");
                if let Ok(IssueOutcome::Issued(waiting)) = waiting {
                    let token = &waiting.token;
                    self.issued.push((token.seq, Reference::from_id(token.id)));
                }
            }
            Step::PickUp { pair } => self.pick_up(&ctx, pair),
            _ => self.apply(&ctx, step),
        }
    }

    fn pick_up(&mut self, ctx: &OpContext<'_>, pair: PairIndex) {
        let Some(token) = self.model.holders.get(&pair).copied() else { return };
        let issued = pick_up(
            ctx,
            &[self.issued[token].0],
            &mut entropy(self.seed + 1_000_000),
            &mut CountAsDelivered::default(),
        );
        let issued = issued.unwrap().pop();
        let is_due = self.model.tokens[token].secret_count == 0 && self.model.is_valid(token);
        assert_eq!(issued.is_some(), is_due);
        if let Some(issued) = issued {
            self.model.secret(token, &issued.secret, 0);
        }
    }

    /// Changes the token of a pair, if there is one.
    fn apply(&mut self, ctx: &OpContext<'_>, step: &Step) {
        let (Step::SetScopes { pair, .. }
        | Step::Extend { pair, .. }
        | Step::Reset { pair, .. }
        | Step::Revoke { pair }
        | Step::Delete { pair }) = *step
        else {
            return;
        };
        let Some(token) = self.model.holders.get(&pair).copied() else { return };
        let (seq, reference) = self.issued[token].clone();
        let named = std::slice::from_ref(&reference);
        let (is_open, is_valid) = (!self.model.tokens[token].has_ended, self.model.is_valid(token));
        let day = self.model.day;
        match *step {
            Step::SetScopes { scopes, .. } => {
                let edits =
                    EditRequest { scopes: Some(parse_scopes(scopes)), ..EditRequest::default() };
                let edited = edit(ctx, &reference, PartialIds::Rejected, edits);
                assert_eq!(edited.is_ok(), is_open);
                if is_open {
                    let kept = if self.model.keeps_removed_scopes {
                        self.model.tokens[token].scopes
                    } else {
                        0
                    };
                    self.model.tokens[token].scopes = scopes | kept;
                }
            }
            Step::Extend { days, .. } => {
                let lifetime = Some(Lifetime::For(Duration::days(days.into())));
                let edits = EditRequest { lifetime, ..EditRequest::default() };
                let edited = edit(ctx, &reference, PartialIds::Rejected, edits);
                assert_eq!(edited.is_ok(), is_open);
                if is_open {
                    let end = day + i64::from(days);
                    self.model.tokens[token].expiry_day = end;
                    let old = self.model.secrets.iter_mut().filter(|old| old.token == token);
                    old.for_each(|old| old.until = old.until.map(|until| until.min(end)));
                }
            }
            Step::Reset { overlap_days, by_app, .. } => {
                let overlap = Overlap { seconds: Some(overlap_days * DAY), until_used: false };
                let during_overlap = DuringOverlap::EndRetiring;
                let options = ResetOptions { overlap, lifetime: None, during_overlap };
                let partial_ids = PartialIds::Rejected;
                let request = ResetRequest { references: named, partial_ids, options };
                let mut entropy = entropy(self.seed + 2_000_000);
                let issued = if by_app {
                    reset_own(
                        ctx,
                        seq,
                        overlap.seconds,
                        &mut entropy,
                        &mut CountAsDelivered::default(),
                    )
                    .map(Option::unwrap)
                } else {
                    reset(ctx, request, &mut entropy, &mut CountAsDelivered::default())
                        .map(|mut all| all.remove(0))
                };
                assert_eq!(issued.is_ok(), is_open && is_valid, "{issued:?}");
                match issued {
                    Ok(issued) if by_app => {
                        self.model.secret_for_app(token, &issued.secret, overlap_days);
                    }
                    Ok(issued) => self.model.secret(token, &issued.secret, overlap_days),
                    Err(_) => {}
                }
            }
            Step::Revoke { .. } => {
                let revoked = revoke(ctx, named, PartialIds::Rejected, None);
                assert_eq!(revoked.is_ok(), is_open);
                self.model.tokens[token].has_ended = true;
            }
            Step::Delete { .. } => {
                delete(ctx, &DeleteSelection::Named(named.to_vec()), PartialIds::Rejected).unwrap();
                self.model.tokens[token].has_ended = true;
                self.model.holders.remove(&pair);
                self.revalidate(pair);
            }
            _ => {}
        }
    }

    /// After a deletion, an older token holds the pair again if it is still listed, that is, if it was revoked.
    fn revalidate(&mut self, pair: PairIndex) {
        let store = self.store;
        let mut read = ReadTx::begin(store, self.env.op_context(store).clock).unwrap();
        let older = self.issued.iter().enumerate().rev().find(|(at, (seq, _))| {
            self.model.tokens[*at].pair == pair
                && read.tx.get_credential(*seq).unwrap().deleted.is_none()
        });
        if let Some((at, _)) = older {
            self.model.holders.insert(pair, at);
        }
    }

    /// Compares every secret with every app, district and scope.
    fn assert_same(&self) {
        let mut read = ReadTx::begin(self.store, self.env.op_context(self.store).clock).unwrap();
        let account = read.tx.accounts().unwrap()[0].key;
        let mut app = |at: usize| find_app(&mut read.tx, account, APPS[at]).unwrap().unwrap().id;
        let apps = [0, 1, 2].map(&mut app);
        let mut district =
            |at: usize| find_district(&mut read.tx, account, DISTRICTS[at]).unwrap().unwrap().id;
        let districts = [0, 1, 2].map(&mut district);
        for secret in &self.model.secrets {
            let digest = read.tx.digest(&secret.text);
            let found = read.tx.find_by_digest(&digest).unwrap();
            let passes = |app: Option<usize>, district: Option<usize>, scope: Option<usize>| {
                let requirements = Requirements {
                    app: app.map(|at| apps[at].as_str().into()),
                    district: district.map(|at| districts[at].as_str().into()),
                    scopes: scope.map(|at| SCOPES[at].into()),
                    ..Requirements::default()
                };
                decide(&requirements, found.clone(), read.now).is_allowed()
            };
            let allowed: BTreeSet<_> = all_requirements()
                .into_iter()
                .filter(|(app, district, scope)| passes(Some(*app), Some(*district), Some(*scope)))
                .collect();
            let granted = self.model.grants(secret);
            let expected: BTreeSet<_> = all_requirements()
                .into_iter()
                .filter(|(app, district, scope)| {
                    granted.is_some_and(|(pair, scopes)| {
                        pair == (*app, *district) && scopes & 1 << scope != 0
                    })
                })
                .collect();
            assert_eq!(allowed, expected, "{secret:?}");
            assert_eq!(passes(None, None, None), granted.is_some(), "{secret:?}");
        }
    }
}

fn all_requirements() -> Vec<(usize, usize, usize)> {
    let all =
        |app| (0..3).flat_map(move |district| (0..4).map(move |scope| (app, district, scope)));
    (0..3).flat_map(all).collect()
}

fn run(config: Config, is_wrong: bool) -> Result<(), String> {
    let each = |steps: Vec<Step>| {
        let env = directory_fixture();
        let store = env.open_store();
        add_app(&env.op_context(&store), "Library", 21);
        add_district(&env.op_context(&store), "Davis", None, 22);
        let model = Model { keeps_removed_scopes: is_wrong, ..Model::default() };
        let mut comparison =
            Comparison { env: &env, store: &store, model, issued: Vec::new(), seed: 1_000 };
        for step in &steps {
            comparison.step(step);
            comparison.assert_same();
        }
        Ok(())
    };
    TestRunner::new(config).run(&steps(), each).map_err(|error| error.to_string())
}

#[test]
fn no_sequence_grants_access_beyond_a_token() {
    let cases = if is_full() { 1024 } else { 64 };
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    run(config, false).unwrap_or_else(|why| panic!("{why}"));
}

/// The comparison can fail: it detects a model that keeps removed scopes.
#[test]
fn a_model_that_grants_too_much_is_caught() {
    let config = Config {
        cases: 64,
        failure_persistence: None,
        max_shrink_iters: 0,
        rng_seed: RngSeed::Fixed(1),
        ..Config::default()
    };
    run(config, true).unwrap_err();
}
