//! Refusals on the wire: whole answers, as far as the caller may hear why.

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
        ("nothing", get_request("/verify")),
        ("no account", get_request("/verify").with("X-CleverTap-Passcode", secret("acme"))),
        ("an account that is none", passcode_request("12", secret("acme"))),
        ("a typo", passcode_request(ACCOUNT, &secret("acme").replace("gpa_", "gpu_"))),
        ("a typo, by a bearer token", with_bearer("acme").with("X-CleverTap-Account-Id", "12")),
        ("two passcodes", with_passcode("acme").with("X-CleverTap-Passcode", secret("acme"))),
        (
            "two ways",
            with_passcode("acme").with("Authorization", &format!("Bearer {}", secret("acme"))),
        ),
        ("underscores", with_passcode("acme").with("X_CleverTap_Passcode", secret("acme"))),
        ("unknown", with_passcode("unknown")),
        ("unknown, by a bearer token", with_bearer("unknown")),
        ("the secret of another account", with_passcode("elsewhere")),
        ("expired", with_passcode("expired")),
        ("revoked", with_passcode("revoked")),
        ("deleted", with_passcode("deleted")),
        ("replaced", with_passcode("replaced")),
        ("replaced, by a bearer token", with_bearer("replaced")),
    ];
    assert_snapshot!(responses("", &requests), @r#"
    == nothing
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: missing
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == no account
    HTTP/1.1 401 Unauthorized
    content-length: 68
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: 12 digit account ID mandatory
    x-gatepass-reason: account_missing
    x-gatepass-status: 401

    {"status":"fail","error":"12 digit account ID mandatory","code":401}

    == an account that is none
    HTTP/1.1 401 Unauthorized
    content-length: 68
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: 12 digit account ID mandatory
    x-gatepass-reason: account_malformed
    x-gatepass-status: 401

    {"status":"fail","error":"12 digit account ID mandatory","code":401}

    == a typo
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: malformed
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == a typo, by a bearer token
    HTTP/1.1 401 Unauthorized
    content-length: 68
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: 12 digit account ID mandatory
    x-gatepass-reason: account_malformed
    x-gatepass-status: 401

    {"status":"fail","error":"12 digit account ID mandatory","code":401}

    == two passcodes
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: duplicate
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == two ways
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: duplicate
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == underscores
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: duplicate
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == unknown
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: unknown
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == unknown, by a bearer token
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: unknown
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"unknown"}

    == the secret of another account
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: unknown
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == expired
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Expired
    x-gatepass-reason: expired
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Expired","code":401}

    == revoked
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: revoked
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == deleted
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: deleted
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == replaced
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: replaced
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == replaced, by a bearer token
    HTTP/1.1 401 Unauthorized
    content-length: 56
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: replaced
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"replaced"}
    "#);
}

#[test]
fn policy_rejects_valid_secrets() {
    let requests = [
        (
            "an account passcode where users are demanded",
            passcode_request(USERS_ONLY_ACCOUNT, secret("strict")),
        ),
        ("from elsewhere", passcode_request(OTHER_REGION_ACCOUNT, secret("elsewhere"))),
        ("from elsewhere, by a bearer token", with_bearer("elsewhere")),
        (
            "a scope is demanded",
            with_passcode("acme").with("X-Gatepass-Require-Scope", "read:students"),
        ),
        (
            "a scope is demanded, by a bearer token",
            with_bearer("acme").with("X-Gatepass-Require-Scope", "read:students"),
        ),
        (
            "a scope that does not fit in quotes",
            with_bearer("acme").with("X-Gatepass-Require-Scope", "a\"b"),
        ),
        ("no scope is demanded", with_bearer("acme").with("X-Gatepass-Require-Scope", "")),
    ];
    assert_snapshot!(responses("--region eu1", &requests), @r#"
    == an account passcode where users are demanded
    HTTP/1.1 401 Unauthorized
    content-length: 61
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: User Passcode Required
    x-gatepass-reason: user_passcode_required
    x-gatepass-status: 401

    {"status":"fail","error":"User Passcode Required","code":401}

    == from elsewhere
    HTTP/1.1 403 Forbidden
    content-length: 48
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Forbidden
    x-gatepass-reason: wrong_region
    x-gatepass-status: 403

    {"status":"fail","error":"Forbidden","code":403}

    == from elsewhere, by a bearer token
    HTTP/1.1 403 Forbidden
    content-length: 60
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Forbidden
    x-gatepass-reason: wrong_region
    x-gatepass-status: 403

    {"error":"invalid_token","error_description":"wrong_region"}

    == a scope is demanded
    HTTP/1.1 403 Forbidden
    content-length: 48
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Forbidden
    x-gatepass-reason: scope_missing
    x-gatepass-status: 403

    {"status":"fail","error":"Forbidden","code":403}

    == a scope is demanded, by a bearer token
    HTTP/1.1 403 Forbidden
    content-length: 66
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="insufficient_scope", scope="read:students"
    x-gatepass-error: Forbidden
    x-gatepass-reason: scope_missing
    x-gatepass-status: 403

    {"error":"insufficient_scope","error_description":"scope_missing"}

    == a scope that does not fit in quotes
    HTTP/1.1 403 Forbidden
    content-length: 66
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="insufficient_scope"
    x-gatepass-error: Forbidden
    x-gatepass-reason: scope_missing
    x-gatepass-status: 403

    {"error":"insufficient_scope","error_description":"scope_missing"}

    == no scope is demanded
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_95fa4ae164486390451fd3e2
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: account
    x-gatepass-name: acme
    x-gatepass-scopes:
    "#);
}
