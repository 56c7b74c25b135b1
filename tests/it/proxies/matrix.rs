//! The matrix: what each proxy does with every scenario.

use std::thread;

use insta::assert_snapshot;

use super::{
    gate::{Gate, Running, Transport},
    proxy::Proxy,
    setup::{Cell, NO_RESPONSE, Setup, unchanged},
};

#[test]
fn every_proxy_passes_and_rejects_the_right_requests() {
    let matrix_by_tcp = matrix(&columns(Transport::Tcp));
    assert_snapshot!(matrix_by_tcp, @r#"
                                         gate   reason                  nginx        caddy        haproxy
    account passcode                     serve  allowed                 200 passes   200 passes   200 passes
    user passcode                        serve  allowed                 200 passes   200 passes   200 passes
    bearer token                         serve  allowed                 200 passes   200 passes   200 passes
    body of 100 KB                       serve  allowed                 200 passes   200 passes   200 passes
    chunked body of 100 KB               serve  allowed                 200 passes   200 passes   200 passes
    old secret in an overlap             serve  allowed                 200 passes   200 passes   200 passes
    new secret in an overlap             serve  allowed                 200 passes   200 passes   200 passes
    no credentials                       serve  missing                 401 refused  401 refused  401 refused
    no Account ID                        serve  account_missing         401 refused  401 refused  401 refused
    malformed Account ID                 serve  account_malformed       401 refused  401 refused  401 refused
    ID of another account                serve  wrong_account           401 refused  401 refused  401 refused
    malformed                            serve  malformed               401 refused  401 refused  401 refused
    unknown                              serve  unknown                 401 refused  401 refused  401 refused
    unknown bearer token                 serve  unknown                 401 refused  401 refused  401 refused
    unknown, body of 100 KB              serve  unknown                 401 refused  401 refused  401 refused
    expired                              serve  expired                 401 refused  401 refused  401 refused
    revoked                              serve  revoked                 401 refused  401 refused  401 refused
    revoked bearer token                 serve  revoked                 401 refused  401 refused  401 refused
    deleted                              serve  deleted                 401 refused  401 refused  401 refused
    replaced                             serve  replaced                401 refused  401 refused  401 refused
    user passcode required               serve  user_passcode_required  401 refused  401 refused  401 refused
    other region                         serve  wrong_region            403 refused  403 refused  403 refused
    other region, bearer token           serve  wrong_region            403 refused  403 refused  403 refused
    two passcodes                        serve  duplicate               401 refused  401 refused  401 refused
    passcode and bearer token            serve  duplicate               401 refused  401 refused  401 refused
    underscores only                     serve  missing, duplicate      401 refused  401 refused  401 refused
    ?passcode=                           serve  in_query                401 refused  401 refused  401 refused
    ?access_token=                       serve  in_query                401 refused  401 refused  401 refused
    forged identity only                 serve  missing                 401 refused  401 refused  401 refused
    underscores and a valid passcode     serve  allowed, duplicate      200 passes   401 refused  401 refused
    forged identity                      serve  allowed                 200 passes   200 passes   200 passes
    forged identity, other kind          serve  allowed                 200 passes   200 passes   200 passes
    forged identity with underscores     serve  allowed                 200 passes   200 passes   200 passes
    forged forwarding headers            serve  allowed                 200 passes   200 passes   200 passes
    forged requirements                  serve  allowed                 200 passes   200 passes   200 passes
    identity named in Connection         serve  allowed                 200 passes   200 passes   200 passes
    token                                serve  allowed                 200 passes   200 passes   200 passes
    token, forged identity               serve  allowed                 200 passes   200 passes   200 passes
    token, forged requirements           serve  allowed                 200 passes   200 passes   200 passes
    token as passcode                    serve  malformed               401 refused  401 refused  401 refused
    token as legacy key                  serve  malformed               401 refused  401 refused  401 refused
    legacy key                           serve  allowed                 200 passes   200 passes   200 passes
    legacy key, forged identity          serve  allowed                 200 passes   200 passes   200 passes
    legacy key in its limited stage      serve  allowed                 200 passes   200 passes   200 passes
    legacy key after its sunset          serve  legacy_sunset           410 refused  410 refused  410 refused
        nginx: the client receives Deprecation ["@1580515200"]
        nginx: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        nginx: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        caddy: the client receives Deprecation ["@1580515200"]
        caddy: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        caddy: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        haproxy: the client receives Deprecation ["@1580515200"]
        haproxy: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        haproxy: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
    after its sunset, version 3          serve  legacy_sunset           410 refused  410 refused  410 refused
        nginx: the client receives Deprecation ["@1580515200"]
        nginx: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        nginx: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        caddy: the client receives Deprecation ["@1580515200"]
        caddy: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        caddy: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        haproxy: the client receives Deprecation ["@1580515200"]
        haproxy: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        haproxy: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
    after its sunset, no version         serve  legacy_sunset           410 refused  410 refused  410 refused
        nginx: the client receives Deprecation ["@1580515200"]
        nginx: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        nginx: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        caddy: the client receives Deprecation ["@1580515200"]
        caddy: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        caddy: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        haproxy: the client receives Deprecation ["@1580515200"]
        haproxy: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        haproxy: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
    unknown bearer token, version 3      serve  unknown                 401 refused  401 refused  401 refused
    unknown bearer token, no version     serve  unknown                 401 refused  401 refused  401 refused
    legacy key with a password           serve  malformed               401 refused  401 refused  401 refused
    passcode by Basic                    serve  malformed               401 refused  401 refused  401 refused
    unknown secret by Basic              serve  malformed               401 refused  401 refused  401 refused
    tokens of an app                     serve  -                       200 answered 200 answered 200 answered
    tokens of an app, version 3          serve  -                       200 answered 200 answered 200 answered
    reset with 100 KB, chunked           serve  -                       413 refused  413 refused  413 refused
    token info                           serve  allowed                 200 answered 200 answered 200 answered
    token info, key after its sunset     serve  legacy_sunset           410 refused  410 refused  410 refused
        nginx: the client receives Deprecation ["@1580515200"]
        nginx: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        nginx: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        caddy: the client receives Deprecation ["@1580515200"]
        caddy: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        caddy: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        haproxy: the client receives Deprecation ["@1580515200"]
        haproxy: the client receives Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        haproxy: the client receives Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
    store missing                        serve  unavailable             503 refused  503 refused  503 refused
    gate stopped                         serve  -                       503 refused  502 refused  503 refused
    gate stopped, request of an app      serve  -                       503 refused  502 refused  503 refused
    token over its limit                 stub   -                       429 refused  429 refused  429 refused
    legacy key over its limit            stub   -                       429 refused  429 refused  429 refused
    app lists its tokens                 stub   -                       200 answered 200 answered 200 answered
    app lists its tokens, all forged     stub   -                       200 answered 200 answered 200 answered
    app resets a token                   stub   -                       200 answered 200 answered 200 answered
    app resets a token, 100 KB           stub   -                       413 refused  502 refused  413 refused
    token info, version 2                stub   -                       200 answered 200 answered 200 answered
    OpenAPI document                     stub   -                       200 answered 200 answered 200 answered
    token list without a login           stub   -                       401 answered 401 answered 401 answered
    app, unknown path                    stub   -                       401 refused  401 refused  401 refused
    app, path below token info           stub   -                       401 refused  401 refused  401 refused
    line feed in the path                stub   -                       401 refused  401 refused  401 refused
    path traversal                       stub   -                       200 answered 200 answered 200 passes
    too many requests                    stub   -                       429 refused  429 refused  429 refused
    too many requests, bearer token      stub   -                       429 refused  429 refused  429 refused
    slow gate                            stub   -                       200 passes   200 passes   200 passes
    hanging gate                         stub   -                       503 refused  504 refused  503 refused
    gate drops the connection            stub   -                       503 refused  502 refused  503 refused
    "#);
    let by_unix = columns(Transport::Unix);
    assert_eq!(matrix(&by_unix), matrix_by_tcp, "a Unix socket changes something");
    assert_bodies_agree(&by_unix);
}

/// Returns the column of a proxy, from a real gate that it connects to by this transport, and from the stub.
fn column(proxy: Proxy, transport: Transport) -> Vec<Cell> {
    let mut real = Setup::new(proxy, Running::real(proxy, transport), &unchanged);
    let mut stub = Setup::new(proxy, Running::stub(proxy.profile()), &unchanged);
    let mut cells = real.cells(&[Gate::Real, Gate::StoreMissing, Gate::Stopped]);
    cells.extend(stub.cells(&[Gate::Stub]));
    assert!(!real.logs_a_secret() && !stub.logs_a_secret(), "{} logs a secret", proxy.name());
    cells
}

fn columns(transport: Transport) -> [Vec<Cell>; 3] {
    thread::scope(|scope| {
        let running = Proxy::ALL.map(|proxy| scope.spawn(move || column(proxy, transport)));
        running.map(|column| column.join().unwrap())
    })
}

/// nginx generates the bodies of rejections: they must equal the gate's, which the others pass on.
fn assert_bodies_agree([nginx, caddy, _]: &[Vec<Cell>; 3]) {
    for (generated, passed_on) in nginx.iter().zip(caddy) {
        let is_refused = generated.gate == Gate::Real
            && generated.text.starts_with('4')
            && generated.reason.is_some();
        // nginx looks at one header where the gate looks at two.
        let is_exception = generated.name == "passcode and bearer token";
        if is_refused && generated.reason == passed_on.reason && !is_exception {
            assert_eq!(generated.body, passed_on.body, "{}", generated.name);
        }
    }
}

/// Returns the columns side by side, and below each row what is wrong in it.
fn matrix(columns: &[Vec<Cell>; 3]) -> String {
    let line = |name: &str, gate: &str, reason: &str, [one, two, three]: [&str; 3]| {
        format!("{name:<37}{gate:<7}{reason:<24}{one:<13}{two:<13}{three}\n")
    };
    let mut text = line("", "gate", "reason", Proxy::ALL.map(Proxy::name));
    for (row, first) in columns[0].iter().enumerate() {
        let cells = columns.each_ref().map(|cells| &cells[row]);
        let mut reasons = cells.map(|cell| cell.reason.as_deref().unwrap_or(NO_RESPONSE)).to_vec();
        reasons.dedup();
        let (gate, reasons) = (first.gate.name(), reasons.join(", "));
        text.push_str(&line(first.name, gate, &reasons, cells.map(|cell| cell.text.as_str())));
        for (proxy, cell) in Proxy::ALL.iter().zip(cells) {
            let wrong = cell.wrong.iter().map(|wrong| format!("    {}: {wrong}\n", proxy.name()));
            text.extend(wrong);
        }
    }
    text
}
