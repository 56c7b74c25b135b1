//! Rejected passcodes: the status, the reason and what the caller learns of it.

use insta::assert_snapshot;

use crate::{
    server::gate_fixture::{
        ACCOUNT, OTHER_REGION_ACCOUNT, USERS_ONLY_ACCOUNT, responses, secret, with_bearer,
        with_passcode,
    },
    support::gate::{get_request, passcode_request},
};

#[test]
fn rejections_reveal_no_more_than_allowed() {
    let requests = [
        ("no credentials", get_request("/verify")),
        ("no account ID", get_request("/verify").with("X-CleverTap-Passcode", secret("acme"))),
        ("malformed account ID", passcode_request("12", secret("acme"))),
        ("mistyped secret", passcode_request(ACCOUNT, &secret("acme").replace("gpa_", "gpu_"))),
        (
            "malformed account ID, bearer token",
            with_bearer("acme").with("X-CleverTap-Account-Id", "12"),
        ),
        ("two passcodes", with_passcode("acme").with("X-CleverTap-Passcode", secret("acme"))),
        (
            "passcode and bearer token",
            with_passcode("acme").with("Authorization", &format!("Bearer {}", secret("acme"))),
        ),
        (
            "header name with underscores",
            with_passcode("acme").with("X_CleverTap_Passcode", secret("acme")),
        ),
        ("unknown", with_passcode("unknown")),
        ("unknown, bearer token", with_bearer("unknown")),
        ("secret of another account", with_passcode("elsewhere")),
        ("expired", with_passcode("expired")),
        ("revoked", with_passcode("revoked")),
        ("deleted", with_passcode("deleted")),
        ("replaced", with_passcode("replaced")),
        ("replaced, bearer token", with_bearer("replaced")),
    ];
    assert_snapshot!(responses("", &requests), @r#"
    no credentials -> 401 missing: Passcode Invalid
    no account ID -> 401 account_missing: 12 digit account ID mandatory
    malformed account ID -> 401 account_malformed: 12 digit account ID mandatory
    mistyped secret -> 401 malformed: Passcode Invalid
    malformed account ID, bearer token -> 401 account_malformed: 12 digit account ID mandatory
    two passcodes -> 401 duplicate: Passcode Invalid
    passcode and bearer token -> 401 duplicate: Passcode Invalid
    header name with underscores -> 401 duplicate: Passcode Invalid
    unknown -> 401 unknown: Passcode Invalid
    unknown, bearer token -> 401 unknown: Passcode Invalid
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"unknown"}
    secret of another account -> 401 unknown: Passcode Invalid
    expired -> 401 expired: Passcode Expired
    revoked -> 401 revoked: Passcode Invalid
    deleted -> 401 deleted: Passcode Invalid
    replaced -> 401 replaced: Passcode Invalid
    replaced, bearer token -> 401 replaced: Passcode Invalid
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"replaced"}
    "#);
}

#[test]
fn policy_rejects_valid_secrets() {
    let requests = [
        (
            "account passcode where user passcodes are required",
            passcode_request(USERS_ONLY_ACCOUNT, secret("strict")),
        ),
        ("wrong region", passcode_request(OTHER_REGION_ACCOUNT, secret("elsewhere"))),
        ("wrong region, bearer token", with_bearer("elsewhere")),
        ("missing scope", with_passcode("acme").with("X-Gatepass-Require-Scope", "read:students")),
        (
            "missing scope, bearer token",
            with_bearer("acme").with("X-Gatepass-Require-Scope", "read:students"),
        ),
        (
            "required scope with a quotation mark",
            with_bearer("acme").with("X-Gatepass-Require-Scope", "a\"b"),
        ),
        ("empty required scope", with_bearer("acme").with("X-Gatepass-Require-Scope", "")),
    ];
    assert_snapshot!(responses("--region eu1", &requests), @r#"
    account passcode where user passcodes are required -> 401 user_passcode_required: User Passcode Required
    wrong region -> 403 wrong_region: Forbidden
    wrong region, bearer token -> 403 wrong_region: Forbidden
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"wrong_region"}
    missing scope -> 403 scope_missing: Forbidden
    missing scope, bearer token -> 403 scope_missing: Forbidden
        www-authenticate: Bearer realm="gatepass", error="insufficient_scope", scope="read:students"
        {"error":"insufficient_scope","error_description":"scope_missing"}
    required scope with a quotation mark -> 403 scope_missing: Forbidden
        www-authenticate: Bearer realm="gatepass", error="insufficient_scope"
        {"error":"insufficient_scope","error_description":"scope_missing"}
    empty required scope -> 200 account=948-4KK-444Z, credential=pc_95fa4ae164486390451fd3e2, expires=2027-02-20T06:00:00Z, kind=account, name=acme, scopes=
    "#);
}
