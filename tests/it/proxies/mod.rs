//! Real proxies with exactly the samples that `proxy-config` prints, before a backend that answers with what reached it.

mod backend;
mod callers;
mod contracts;
mod expectations;
mod gate;
mod protective_lines;
mod proxy;
mod scenario;
mod stub;

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    thread,
};

use insta::assert_snapshot;

use self::{
    backend::{Backend, RATE_LIMIT_HEADERS},
    callers::{Caller, contains_secret, credential},
    expectations::{Observed, is_for_apps, problems},
    gate::{Gate, Running, Transport},
    proxy::{Proxy, Started},
    scenario::{CLIENT, ExpectedOutcome, Scenario, basic, bearer, scenarios},
};
use crate::support::{
    address::{free_address_of, require_ipv6},
    http::HttpMessage,
    process::{finish, in_parallel},
};

/// A proxy between a gate and a backend.
struct Setup {
    proxy: Started,
    gate: Running,
    backend: Backend,
}

/// What came of a situation, in a few words, and what is wrong with that.
struct Cell {
    name: &'static str,
    gate: Gate,
    /// Why the gate decided so, as it tells admins.
    reason: Option<String>,
    text: String,
    /// What the client read.
    body: String,
    wrong: Vec<String>,
}

/// The text of a cell whose client got no answer at all.
const NOT_LOGGED: &str = "-";

impl Setup {
    fn new(proxy: Proxy, gate: Running, altered: &dyn Fn(String) -> String) -> Self {
        let backend = Backend::start();
        let proxy = Started::new(proxy, &gate.address, backend.address(), altered);
        Self { proxy, gate, backend }
    }

    fn cell(&mut self, situation: &Scenario) -> Cell {
        self.gate.r#become(situation.gate);
        let before = self.backend.request_count();
        let answer = situation.request.ask_from(CLIENT, self.proxy.address);
        let decision = self.gate.decision();
        let reason = decision.as_ref().and_then(|told| told["reason"].as_str().map(str::to_owned));
        let (text, body, wrong) = match answer {
            Err(error) => (NOT_LOGGED.to_owned(), String::new(), vec![error.to_string()]),
            Ok(answer) => {
                let became =
                    Observed { reached: self.backend.request_count() - before, answer, decision };
                let word = match became.reached {
                    0 if is_for_apps(&became.answer) => "answered",
                    0 => "refused",
                    _ => "passes",
                };
                let text = format!("{} {word}", became.answer.status());
                let body = String::from_utf8_lossy(&became.answer.body).into_owned();
                (text, body, problems(situation, &became))
            }
        };
        Cell { name: situation.name, gate: situation.gate, reason, text, body, wrong }
    }

    fn logs_a_secret(&self) -> bool {
        contains_secret(&self.proxy.log())
    }

    /// All situations for these gates, in order.
    fn cells(&mut self, gates: &[Gate]) -> Vec<Cell> {
        gates.iter().flat_map(|gate| scenarios(*gate)).map(|row| self.cell(&row)).collect()
    }
}

fn unchanged(sample: String) -> String {
    sample
}

/// A column of the matrix, from real gates that are asked by this way and from the stub.
fn column(proxy: Proxy, way: Transport) -> Vec<Cell> {
    let mut real = Setup::new(proxy, Running::real(proxy, way), &unchanged);
    let mut stub = Setup::new(proxy, Running::stub(proxy.profile()), &unchanged);
    let mut cells = real.cells(&[Gate::Real, Gate::StoreMissing, Gate::Stopped]);
    cells.extend(stub.cells(&[Gate::Stub]));
    assert!(!real.logs_a_secret() && !stub.logs_a_secret(), "{} logs a secret", proxy.name());
    cells
}

fn columns(way: Transport) -> [Vec<Cell>; 3] {
    thread::scope(|scope| {
        let running = Proxy::ALL.map(|proxy| scope.spawn(move || column(proxy, way)));
        running.map(|column| column.join().unwrap())
    })
}

#[test]
fn every_proxy_passes_and_rejects_the_right_requests() {
    let matrix_by_tcp = matrix(&columns(Transport::Tcp));
    assert_snapshot!(matrix_by_tcp, @r#"
                                         gate   reason                  nginx        caddy        haproxy
    an account passcode                  serve  allowed                 200 passes   200 passes   200 passes
    a user passcode                      serve  allowed                 200 passes   200 passes   200 passes
    a Bearer token                       serve  allowed                 200 passes   200 passes   200 passes
    with 100 KB                          serve  allowed                 200 passes   200 passes   200 passes
    with 100 KB in a chunk               serve  allowed                 200 passes   200 passes   200 passes
    a reset is about to end it           serve  allowed                 200 passes   200 passes   200 passes
    a reset has made it                  serve  allowed                 200 passes   200 passes   200 passes
    nothing                              serve  missing                 401 refused  401 refused  401 refused
    no Account ID                        serve  account_missing         401 refused  401 refused  401 refused
    an Account ID of another shape       serve  account_malformed       401 refused  401 refused  401 refused
    another account's ID                 serve  wrong_account           401 refused  401 refused  401 refused
    malformed                            serve  malformed               401 refused  401 refused  401 refused
    unknown                              serve  unknown                 401 refused  401 refused  401 refused
    unknown, a Bearer token              serve  unknown                 401 refused  401 refused  401 refused
    unknown, with 100 KB                 serve  unknown                 401 refused  401 refused  401 refused
    expired                              serve  expired                 401 refused  401 refused  401 refused
    revoked                              serve  revoked                 401 refused  401 refused  401 refused
    revoked, a Bearer token              serve  revoked                 401 refused  401 refused  401 refused
    deleted                              serve  deleted                 401 refused  401 refused  401 refused
    replaced by a reset                  serve  replaced                401 refused  401 refused  401 refused
    no user's, where users are demanded  serve  user_passcode_required  401 refused  401 refused  401 refused
    of another region                    serve  wrong_region            403 refused  403 refused  403 refused
    of another region, a Bearer token    serve  wrong_region            403 refused  403 refused  403 refused
    two passcodes                        serve  duplicate               401 refused  401 refused  401 refused
    a passcode and a Bearer token        serve  duplicate               401 refused  401 refused  401 refused
    underscores alone                    serve  missing, duplicate      401 refused  401 refused  401 refused
    ?passcode=                           serve  in_query                401 refused  401 refused  401 refused
    ?access_token=                       serve  in_query                401 refused  401 refused  401 refused
    forged identity alone                serve  missing                 401 refused  401 refused  401 refused
    underscores beside a good passcode   serve  allowed, duplicate      200 passes   401 refused  401 refused
    forged identity                      serve  allowed                 200 passes   200 passes   200 passes
    forged identity of the other kind    serve  allowed                 200 passes   200 passes   200 passes
    forged identity with underscores     serve  allowed                 200 passes   200 passes   200 passes
    forged X-Forwarded-For and the like  serve  allowed                 200 passes   200 passes   200 passes
    forged demands                       serve  allowed                 200 passes   200 passes   200 passes
    Connection names the identity        serve  allowed                 200 passes   200 passes   200 passes
    a token                              serve  allowed                 200 passes   200 passes   200 passes
    a token, forged identity             serve  allowed                 200 passes   200 passes   200 passes
    a token, forged demands              serve  allowed                 200 passes   200 passes   200 passes
    a token, as a passcode               serve  malformed               401 refused  401 refused  401 refused
    a token, as a legacy key             serve  malformed               401 refused  401 refused  401 refused
    a legacy key                         serve  allowed                 200 passes   200 passes   200 passes
    a legacy key, forged identity        serve  allowed                 200 passes   200 passes   200 passes
    a legacy key, limited                serve  allowed                 200 passes   200 passes   200 passes
    a legacy key, past its sunset        serve  legacy_sunset           410 refused  410 refused  410 refused
        nginx: the client hears Deprecation ["@1580515200"]
        nginx: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        nginx: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        caddy: the client hears Deprecation ["@1580515200"]
        caddy: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        caddy: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        haproxy: the client hears Deprecation ["@1580515200"]
        haproxy: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        haproxy: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
    past its sunset, in version 3        serve  legacy_sunset           410 refused  410 refused  410 refused
        nginx: the client hears Deprecation ["@1580515200"]
        nginx: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        nginx: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        caddy: the client hears Deprecation ["@1580515200"]
        caddy: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        caddy: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        haproxy: the client hears Deprecation ["@1580515200"]
        haproxy: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        haproxy: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
    past its sunset, in no version       serve  legacy_sunset           410 refused  410 refused  410 refused
        nginx: the client hears Deprecation ["@1580515200"]
        nginx: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        nginx: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        caddy: the client hears Deprecation ["@1580515200"]
        caddy: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        caddy: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        haproxy: the client hears Deprecation ["@1580515200"]
        haproxy: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        haproxy: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
    unknown, Bearer, in version 3        serve  unknown                 401 refused  401 refused  401 refused
    unknown, Bearer, in no version       serve  unknown                 401 refused  401 refused  401 refused
    a legacy key with a password         serve  malformed               401 refused  401 refused  401 refused
    Basic with a passcode                serve  malformed               401 refused  401 refused  401 refused
    Basic, unknown                       serve  malformed               401 refused  401 refused  401 refused
    the tokens of an app                 serve  -                       200 answered 200 answered 200 answered
    the same in version 3                serve  -                       200 answered 200 answered 200 answered
    100 KB for a reset, in a chunk       serve  -                       413 refused  413 refused  413 refused
    of whom a token is                   serve  allowed                 200 answered 200 answered 200 answered
    of whom a key past its sunset is     serve  legacy_sunset           410 refused  410 refused  410 refused
        nginx: the client hears Deprecation ["@1580515200"]
        nginx: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        nginx: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        caddy: the client hears Deprecation ["@1580515200"]
        caddy: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        caddy: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
        haproxy: the client hears Deprecation ["@1580515200"]
        haproxy: the client hears Sunset ["Wed, 01 Apr 2020 00:00:00 GMT"]
        haproxy: the client hears Link ["<https://api.example.com/old>; rel=\"sunset\", <https://api.example.com/old>; rel=\"deprecation\""]
    the gate's store is gone             serve  unavailable             503 refused  503 refused  503 refused
    the gate is gone                     serve  -                       503 refused  502 refused  503 refused
    the gate is gone, for an app         serve  -                       503 refused  502 refused  503 refused
    a token, over its limit              stub   -                       429 refused  429 refused  429 refused
    a legacy key, over its limit         stub   -                       429 refused  429 refused  429 refused
    an app wants its tokens              stub   -                       200 answered 200 answered 200 answered
    an app wants its tokens, forging all stub   -                       200 answered 200 answered 200 answered
    an app resets a token                stub   -                       200 answered 200 answered 200 answered
    an app resets, with 100 KB           stub   -                       413 refused  502 refused  413 refused
    whose is a token                     stub   -                       200 answered 200 answered 200 answered
    the document for apps                stub   -                       200 answered 200 answered 200 answered
    a stranger wants tokens              stub   -                       401 answered 401 answered 401 answered
    an app wants something else          stub   -                       401 refused  401 refused  401 refused
    an app asks beyond                   stub   -                       401 refused  401 refused  401 refused
    a line end in the path               stub   -                       401 refused  401 refused  401 refused
    a way around                         stub   -                       200 answered 200 answered 200 passes
    too many requests                    stub   -                       429 refused  429 refused  429 refused
    too many requests, a Bearer token    stub   -                       429 refused  429 refused  429 refused
    the gate is slow                     stub   -                       200 passes   200 passes   200 passes
    the gate hangs                       stub   -                       503 refused  504 refused  503 refused
    the gate drops the connection        stub   -                       503 refused  502 refused  503 refused
    "#);
    let by_unix = columns(Transport::Unix);
    assert_eq!(matrix(&by_unix), matrix_by_tcp, "a Unix socket changes something");
    assert_bodies_agree(&by_unix);
}

/// nginx makes the bodies of refusals anew: they must be what the others hand on from the gate.
fn assert_bodies_agree([nginx, caddy, _]: &[Vec<Cell>; 3]) {
    for (made, handed_on) in nginx.iter().zip(caddy) {
        let is_refused =
            made.gate == Gate::Real && made.text.starts_with('4') && made.reason.is_some();
        // nginx looks at one header where the gate looks at two.
        let is_odd = made.name == "a passcode and a Bearer token";
        if is_refused && made.reason == handed_on.reason && !is_odd {
            assert_eq!(made.body, handed_on.body, "{}", made.name);
        }
    }
}

/// The columns side by side, and below each row what is wrong in it.
fn matrix(columns: &[Vec<Cell>; 3]) -> String {
    let line = |name: &str, gate: &str, reason: &str, [one, two, three]: [&str; 3]| {
        format!("{name:<37}{gate:<7}{reason:<24}{one:<13}{two:<13}{three}\n")
    };
    let mut text = line("", "gate", "reason", Proxy::ALL.map(Proxy::name));
    for (row, first) in columns[0].iter().enumerate() {
        let cells = columns.each_ref().map(|cells| &cells[row]);
        let mut reasons = cells.map(|cell| cell.reason.as_deref().unwrap_or(NOT_LOGGED)).to_vec();
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

/// How to demand something of every request is as the samples say.
#[test]
fn a_sample_can_add_requirements() {
    let (nobody, token) = ("4fd43cc56d11340000000009", credential(Caller::Token));
    let (app, district) = (token["app"].as_str().unwrap(), token["district"].as_str().unwrap());
    let demands = [
        ("a token", "Scope", "read:students", "allowed"),
        ("a token", "Scope", "read:teachers read:students", "allowed"),
        ("a token", "Scope", "read:students read:sections", "scope_missing"),
        ("a token", "District", district, "allowed"),
        ("a token", "District", nobody, "wrong_district"),
        ("a token", "App", app, "allowed"),
        ("a token", "App", nobody, "wrong_app"),
        ("a legacy key", "App", nobody, "wrong_app"),
        ("an account passcode", "Scope", "read:students", "scope_missing"),
        ("an account passcode", "District", district, "wrong_district"),
    ];
    let rows = Proxy::ALL.into_iter().flat_map(|proxy| demands.map(|demand| (proxy, demand)));
    in_parallel(&rows.collect::<Vec<_>>(), |(proxy, (who, name, value, reason))| {
        let altered = |sample: String| with_requirement(*proxy, &sample, name, value);
        let mut stand = Setup::new(*proxy, Running::real(*proxy, Transport::Tcp), &altered);
        let row = situation(who);
        let outcome =
            if *reason == "allowed" { row.outcome } else { ExpectedOutcome::Refused(403) };
        let cell = stand.cell(&Scenario { outcome, ..row });
        let about = format!("{} {who} {name} {value}: {}", proxy.name(), cell.text);
        assert_eq!((cell.reason.as_deref(), cell.wrong), (Some(*reason), vec![]), "{about}");
    });
}

/// A real gate's limit, which other rows leave to the stub: the first request of a minute passes, the second does not.
#[test]
fn rate_limits_hold_behind_each_proxy() {
    in_parallel(&Proxy::ALL, |proxy| {
        let stand = Setup::new(*proxy, Running::real(*proxy, Transport::Tcp), &unchanged);
        for request in [bearer(Caller::TokenOncePerMinute), basic(Caller::LegacyOncePerMinute, "")]
        {
            let [served, refused] = twice_in_a_minute(&request, stand.proxy.address);
            assert_eq!((served.status(), refused.status()), (200, 429), "{served:?} {refused:?}");
            for answer in [&served, &refused] {
                let heard = RATE_LIMIT_HEADERS.map(|name| answer.single(name).unwrap_or_default());
                let [bucket, limit, remaining, _] = heard;
                assert!(bucket.contains('_') && (limit, remaining) == ("1", "0"), "{heard:?}");
            }
            let wait: u32 = refused.single("retry-after").unwrap().parse().unwrap();
            assert!((1..=60).contains(&wait), "{refused:?}");
            let is_key = request.single("authorization").unwrap().starts_with("Basic ");
            assert_eq!(refused.body.is_empty(), is_key, "{refused:?}");
        }
    });
}

/// Two answers of one window: when a minute ends between them, the next two are.
fn twice_in_a_minute(request: &HttpMessage, proxy: SocketAddr) -> [HttpMessage; 2] {
    let reset = |answer: &HttpMessage| answer.single("x-ratelimit-reset").map(str::to_owned);
    let mut answers = [(); 2].map(|()| request.ask_from(CLIENT, proxy).unwrap());
    if reset(&answers[0]) != reset(&answers[1]) {
        // The second of them was the first of the new minute.
        answers = [answers[1].clone(), request.ask_from(CLIENT, proxy).unwrap()];
    }
    answers
}

/// A sample that demands something, in the place that it has for that.
fn with_requirement(proxy: Proxy, sample: &str, name: &str, value: &str) -> String {
    let header = format!("x-gatepass-require-{}", name.to_lowercase());
    // nginx has the header in other places, too, where it is cleared.
    let mark = if proxy == Proxy::Nginx { "location = /.gatepass" } else { "" };
    let (before, after) = sample.split_at(sample.find(mark).unwrap());
    let is_place = |line: &&str| line.to_lowercase().contains(&format!("{header} "));
    let place = after.lines().find(is_place).unwrap();
    let filled = match proxy {
        Proxy::Nginx => place.replace("\"\"", &format!("\"{value}\"")),
        _ => {
            let (line, _) = place.rsplit_once(' ').unwrap();
            format!("{} \"{value}\"", line.replace("# ", ""))
        }
    };
    assert_ne!(filled, place);
    format!("{before}{}", after.replacen(place, &filled, 1))
}

/// The situation of this name.
fn situation(name: &str) -> Scenario {
    let all = [Gate::Real, Gate::Stub].into_iter().flat_map(scenarios);
    all.into_iter().find(|row| row.name == name).unwrap()
}

/// nginx logs to the journal, where no test can look: here it logs the same to a file.
#[test]
fn nginx_logs_contain_no_secret() {
    let log =
        |sample: String| sample.replace("syslog:server=unix:/dev/log,tag=nginx,nohostname", "log");
    assert!(!logs_a_secret(Proxy::Nginx, &log));
    let log_all = |sample: String| log(sample).replace("$request_method $uri", "$request");
    assert!(logs_a_secret(Proxy::Nginx, &log_all), "a secret in a query was not noticed");
}

/// Whether a proxy logs a secret in any situation.
fn logs_a_secret(proxy: Proxy, altered: &dyn Fn(String) -> String) -> bool {
    let mut stand = Setup::new(proxy, Running::real(proxy, Transport::Tcp), altered);
    stand.cells(&[Gate::Real]);
    stand.logs_a_secret()
}

/// Every form of address makes a sample that its proxy takes for valid. nginx binds the ports in its check, so
/// they must be free and above 1023.
#[test]
fn every_gate_address_yields_a_valid_sample() {
    let ips = [Ipv4Addr::LOCALHOST.into(), require_ipv6(), Ipv4Addr::UNSPECIFIED.into()];
    let [default, loopback, any] = ips.map(free_address_of);
    for options in [
        String::new(),
        format!("--listen {loopback} --gate [::1]:8710 --backend [::1]:9000"),
        format!("--listen {any} --gate unix:/run/gatepass/gate.sock --backend 10.0.0.7:9000"),
    ] {
        for proxy in Proxy::ALL {
            let home = proxy.prepare_home(&options);
            let file = home.path(proxy.file());
            let sample = fs::read_to_string(&file).unwrap();
            fs::write(file, sample.replace("127.0.0.1:8080", &default.to_string())).unwrap();
            let ended = finish(proxy.command(&home, true).spawn().unwrap());
            assert_eq!(ended.code, Some(0), "{} {options}: {ended:?}", proxy.name());
        }
    }
}
