//! Rejections, as each kind of caller receives them.

use hyper::header::{
    AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};
use insta::assert_snapshot;

use super::Refusal;
use crate::{
    config::gate_policy::Profile,
    domain::{decision::Reason, request::PASSCODE_HEADER},
    server::{
        decision::{
            access_request::REQUIRE_SCOPE, auth_scheme::AuthScheme, headers::allow,
            outcome::GateOutcome,
        },
        http::{
            error_style::ErrorStyle,
            response::{HttpResponse, RETRY_SOON},
        },
        unavailable::Unavailable,
    },
};

fn pair() -> HeaderMap {
    HeaderMap::from_iter([(HeaderName::from_static(PASSCODE_HEADER), RETRY_SOON)])
}

fn bearer() -> HeaderMap {
    HeaderMap::from_iter([(AUTHORIZATION, RETRY_SOON)])
}

fn outcomes() -> impl Iterator<Item = GateOutcome> {
    let undecided =
        [Unavailable::StoreUnreachable, Unavailable::Overloaded].map(GateOutcome::Undecided);
    let decided = Reason::ALL.into_iter().map(GateOutcome::Decided);
    decided.chain([GateOutcome::RateLimited]).chain(undecided)
}

fn response_to(
    outcome: GateOutcome,
    profile: Profile,
    request_headers: &HeaderMap,
) -> HttpResponse {
    let refusal =
        Refusal::of(outcome).map(|refusal| refusal.to_response(profile, request_headers, "/"));
    refusal.unwrap_or_else(|| allow(None, HeaderMap::new()))
}

#[test]
fn each_outcome_has_its_response() {
    let rows = outcomes().map(|outcome| {
        let exact = response_to(outcome, Profile::Exact, &pair());
        let full = response_to(outcome, Profile::Full, &pair());
        let header = |name| exact.headers().get(name).map_or("", |text| text.to_str().unwrap());
        let (exact_status, full) = (exact.status().as_u16(), full.status().as_u16());
        let (status, reason, error) =
            (header("x-gatepass-status"), header("x-gatepass-reason"), header("x-gatepass-error"));
        let row =
            format!("{:<24}{exact_status} {full} {status:<5}{reason:<24}{error}", outcome.as_str());
        format!("{}\n", row.trim_end())
    });
    assert_snapshot!(rows.collect::<String>(), @"
    allowed                 200 200
    missing                 401 401 401  missing                 Passcode Invalid
    duplicate               401 401 401  duplicate               Passcode Invalid
    in_query                401 401 401  in_query                Passcode Invalid
    malformed               401 401 401  malformed               Passcode Invalid
    account_missing         401 401 401  account_missing         12 digit account ID mandatory
    account_malformed       401 401 401  account_malformed       12 digit account ID mandatory
    unknown                 401 401 401  unknown                 Passcode Invalid
    tampered                401 401 401  unknown                 Passcode Invalid
    wrong_account           401 401 401  unknown                 Passcode Invalid
    deleted                 401 401 401  deleted                 Passcode Invalid
    revoked                 401 401 401  revoked                 Passcode Invalid
    replaced                401 401 401  replaced                Passcode Invalid
    expired                 401 401 401  expired                 Passcode Expired
    user_passcode_required  401 401 401  user_passcode_required  User Passcode Required
    legacy_sunset           403 410 410  legacy_sunset           Gone
    wrong_region            403 403 403  wrong_region            Forbidden
    wrong_app               403 403 403  wrong_app               Forbidden
    wrong_district          403 403 403  wrong_district          Forbidden
    scope_missing           403 403 403  scope_missing           Forbidden
    rate_limited            403 429 429  rate_limited            Too many requests
    unavailable             503 503 503  unavailable             Service Unavailable
    too_many                403 429 429  too_many                Too many concurrent requests
    ");
}

#[test]
fn the_exact_profile_uses_statuses_every_proxy_supports() {
    for outcome in outcomes() {
        for request_headers in [pair(), bearer(), HeaderMap::new()] {
            let response = response_to(outcome, Profile::Exact, &request_headers);
            let (status, headers) = (response.status().as_u16(), response.headers());
            assert!([200, 401, 403, 503].contains(&status), "{outcome:?}: {status}");
            assert_eq!(status == 200, outcome == GateOutcome::Decided(Reason::Allowed));
            // RFC 9110, sections 11.6.1 and 10.2.3: 401 names a scheme, and 503 the time to retry.
            assert!(status != 401 || headers.contains_key(WWW_AUTHENTICATE), "{outcome:?}");
            assert!(status != 503 || headers.contains_key(RETRY_AFTER), "{outcome:?}");
        }
    }
}

/// Callers who have not proved a secret must not tell unknown, tampered and another account's apart.
#[test]
fn unauthenticated_callers_get_identical_responses() {
    for request_headers in [pair(), bearer()] {
        let responses = [Reason::Unknown, Reason::Tampered, Reason::WrongAccount].map(|reason| {
            format!(
                "{:?}",
                response_to(GateOutcome::Decided(reason), Profile::Full, &request_headers)
            )
        });
        assert!(responses.iter().all(|one| *one == responses[0]), "{responses:?}");
    }
}

#[test]
fn the_header_pair_takes_precedence_over_bearer() {
    let both = pair().into_iter().chain(bearer()).map(|(name, value)| (name.unwrap(), value));
    assert_eq!(AuthScheme::of(&both.collect()), AuthScheme::HeaderPair);
    assert_eq!(AuthScheme::of(&bearer()), AuthScheme::Bearer);
    assert_eq!(AuthScheme::of(&HeaderMap::new()), AuthScheme::HeaderPair);
}

fn basic() -> HeaderMap {
    HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static("bAsIc eA=="))])
}

/// The body depends on how the caller authenticated and on the API version.
#[test]
fn bodies_match_the_callers_auth_scheme() {
    let outcomes = [
        GateOutcome::Decided(Reason::Missing),
        GateOutcome::Decided(Reason::Revoked),
        GateOutcome::Decided(Reason::LegacySunset),
        GateOutcome::RateLimited,
        GateOutcome::Undecided(Unavailable::StoreUnreachable),
    ];
    let mut rows = String::new();
    for (scheme, request_headers) in [("pair", pair()), ("bearer", bearer()), ("basic", basic())] {
        for path in ["/", "/v1.1/x", "/v2.0/x"] {
            for outcome in outcomes {
                let refusal = Refusal::of(outcome).unwrap();
                let body =
                    refusal.body(AuthScheme::of(&request_headers), ErrorStyle::of_path(path));
                let body = body.unwrap_or_else(|| "nothing".to_owned());
                rows += &format!("{scheme:<6} {path:<7} {:<13} {body}\n", outcome.as_str());
            }
        }
    }
    assert_snapshot!(rows, @r#"
    pair   /       missing       {"status":"fail","error":"Passcode Invalid","code":401}
    pair   /       revoked       {"status":"fail","error":"Passcode Invalid","code":401}
    pair   /       legacy_sunset {"status":"fail","error":"Gone","code":410}
    pair   /       rate_limited  {"status":"fail","error":"Too many requests","code":429}
    pair   /       unavailable   {"status":"fail","error":"Service Unavailable","code":503}
    pair   /v1.1/x missing       {"status":"fail","error":"Passcode Invalid","code":401}
    pair   /v1.1/x revoked       {"status":"fail","error":"Passcode Invalid","code":401}
    pair   /v1.1/x legacy_sunset {"status":"fail","error":"Gone","code":410}
    pair   /v1.1/x rate_limited  {"status":"fail","error":"Too many requests","code":429}
    pair   /v1.1/x unavailable   {"status":"fail","error":"Service Unavailable","code":503}
    pair   /v2.0/x missing       {"status":"fail","error":"Passcode Invalid","code":401}
    pair   /v2.0/x revoked       {"status":"fail","error":"Passcode Invalid","code":401}
    pair   /v2.0/x legacy_sunset {"status":"fail","error":"Gone","code":410}
    pair   /v2.0/x rate_limited  {"status":"fail","error":"Too many requests","code":429}
    pair   /v2.0/x unavailable   {"status":"fail","error":"Service Unavailable","code":503}
    bearer /       missing       {"status":"fail","error":"Passcode Invalid","code":401}
    bearer /       revoked       {"error":"invalid_token","error_description":"revoked"}
    bearer /       legacy_sunset {"error":"invalid_token","error_description":"legacy_sunset"}
    bearer /       rate_limited  {"status":"fail","error":"Too many requests","code":429}
    bearer /       unavailable   {"status":"fail","error":"Service Unavailable","code":503}
    bearer /v1.1/x missing       {"error":"missing"}
    bearer /v1.1/x revoked       {"error":"revoked"}
    bearer /v1.1/x legacy_sunset {"error":"legacy_sunset"}
    bearer /v1.1/x rate_limited  {"error":"rate_limited"}
    bearer /v1.1/x unavailable   {"error":"unavailable"}
    bearer /v2.0/x missing       {"message":"missing"}
    bearer /v2.0/x revoked       {"message":"revoked"}
    bearer /v2.0/x legacy_sunset {"message":"legacy_sunset"}
    bearer /v2.0/x rate_limited  {"message":"rate_limited"}
    bearer /v2.0/x unavailable   {"message":"unavailable"}
    basic  /       missing       {"error":"missing"}
    basic  /       revoked       {"error":"revoked"}
    basic  /       legacy_sunset {"error":"legacy_sunset"}
    basic  /       rate_limited  nothing
    basic  /       unavailable   {"error":"unavailable"}
    basic  /v1.1/x missing       {"error":"missing"}
    basic  /v1.1/x revoked       {"error":"revoked"}
    basic  /v1.1/x legacy_sunset {"error":"legacy_sunset"}
    basic  /v1.1/x rate_limited  nothing
    basic  /v1.1/x unavailable   {"error":"unavailable"}
    basic  /v2.0/x missing       {"message":"missing"}
    basic  /v2.0/x revoked       {"message":"revoked"}
    basic  /v2.0/x legacy_sunset {"message":"legacy_sunset"}
    basic  /v2.0/x rate_limited  nothing
    basic  /v2.0/x unavailable   {"message":"unavailable"}
    "#);
}

#[test]
fn the_challenge_lists_the_required_scopes() {
    let challenge = |scopes: &[&str]| {
        let mut request_headers = bearer();
        let name = HeaderName::from_static(REQUIRE_SCOPE);
        for scope in scopes {
            request_headers
                .append(name.clone(), HeaderValue::from_bytes(scope.as_bytes()).unwrap());
        }
        let refusal = Refusal::of(GateOutcome::Decided(Reason::ScopeMissing)).unwrap();
        let response = refusal.to_response(Profile::Exact, &request_headers, "/");
        let challenge = response.headers()[WWW_AUTHENTICATE].to_str().unwrap().to_owned();
        challenge.split_once("scope\"").unwrap().1.to_owned()
    };
    assert_eq!(challenge(&["a:b"]), ", scope=\"a:b\"");
    assert_eq!(challenge(&["a:b  c:d", "", "e:f"]), ", scope=\"a:b c:d e:f\"");
    for odd in [&[""][..], &[], &["a\"b"], &["a:b", "c\\d"], &["ä:b"]] {
        assert_eq!(challenge(odd), "", "{odd:?}");
    }
}
