//! Real proxies with exactly the samples that `proxy-config` prints, before a backend that answers with what reached it.

mod backend;
mod cast;
mod contracts;
mod gate;
mod judge;
mod proxy;
mod situation;
mod stub;

use std::thread;

use insta::assert_snapshot;

use self::{
    backend::Backend,
    cast::is_told,
    gate::{Gate, Running, Way},
    judge::{Became, complaints},
    proxy::{Proxy, Started},
    situation::{CLIENT, Situation, situations},
};
use crate::support::process::{finish, in_parallel};

/// A proxy between a gate and a backend.
struct Stand {
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
    wrong: Vec<String>,
}

/// The text of a cell whose client got no answer at all.
const UNHEARD: &str = "-";

impl Stand {
    fn new(proxy: Proxy, gate: Running, altered: &dyn Fn(String) -> String) -> Self {
        let backend = Backend::start();
        let proxy = Started::new(proxy, &gate.address, backend.address(), altered);
        Self { proxy, gate, backend }
    }

    fn cell(&mut self, situation: &Situation) -> Cell {
        self.gate.become_what(situation.gate);
        let before = self.backend.reached();
        let answer = situation.request.ask_from(CLIENT, self.proxy.address);
        let decision = self.gate.decision();
        let reason = decision.as_ref().and_then(|told| told["reason"].as_str().map(str::to_owned));
        let (text, wrong) = match answer {
            Err(error) => (UNHEARD.to_owned(), vec![error.to_string()]),
            Ok(answer) => {
                let became = Became { reached: self.backend.reached() - before, answer, decision };
                let word = if became.reached > 0 { "passes" } else { "refused" };
                let text = format!("{} {word}", became.answer.status());
                (text, complaints(situation, &became))
            }
        };
        Cell { name: situation.name, gate: situation.gate, reason, text, wrong }
    }

    fn logs_a_secret(&self) -> bool {
        is_told(&self.proxy.log())
    }

    /// All situations for these gates, in order.
    fn cells(&mut self, gates: &[Gate]) -> Vec<Cell> {
        gates.iter().flat_map(|gate| situations(*gate)).map(|row| self.cell(&row)).collect()
    }
}

fn as_it_is(sample: String) -> String {
    sample
}

/// A column of the matrix, from real gates that are asked by this way and from the stub.
fn column(proxy: Proxy, way: Way) -> Vec<Cell> {
    let mut real = Stand::new(proxy, Running::real(proxy, way), &as_it_is);
    let mut stub = Stand::new(proxy, Running::stub(proxy.profile()), &as_it_is);
    let mut cells = real.cells(&[Gate::Real, Gate::Storeless, Gate::Gone]);
    cells.extend(stub.cells(&[Gate::Stub]));
    assert!(!real.logs_a_secret() && !stub.logs_a_secret(), "{} logs a secret", proxy.name());
    cells
}

fn columns(way: Way) -> [Vec<Cell>; 3] {
    thread::scope(|scope| {
        let running = Proxy::ALL.map(|proxy| scope.spawn(move || column(proxy, way)));
        running.map(|column| column.join().unwrap())
    })
}

#[test]
fn what_passes_and_what_is_refused() {
    let matrix_by_tcp = matrix(&columns(Way::Tcp));
    assert_snapshot!(matrix_by_tcp, @"
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
    forged X-Gatepass-Require-Scope      serve  allowed                 200 passes   200 passes   200 passes
    Connection names the identity        serve  allowed                 200 passes   200 passes   200 passes
    the gate's store is gone             serve  unavailable             503 refused  503 refused  503 refused
    the gate is gone                     serve  -                       503 refused  502 refused  503 refused
    too many requests                    stub   -                       429 refused  429 refused  429 refused
    too many requests, a Bearer token    stub   -                       429 refused  429 refused  429 refused
    past its sunset                      stub   -                       410 refused  410 refused  410 refused
    the gate is slow                     stub   -                       200 passes   200 passes   200 passes
    the gate hangs                       stub   -                       503 refused  504 refused  503 refused
    the gate drops the connection        stub   -                       503 refused  502 refused  503 refused
    ");
    assert_eq!(matrix(&columns(Way::Unix)), matrix_by_tcp, "a Unix socket changes something");
}

/// The columns side by side, and below each row what is wrong in it.
fn matrix(columns: &[Vec<Cell>; 3]) -> String {
    let line = |name: &str, gate: &str, reason: &str, [one, two, three]: [&str; 3]| {
        format!("{name:<37}{gate:<7}{reason:<24}{one:<13}{two:<13}{three}\n")
    };
    let mut text = line("", "gate", "reason", Proxy::ALL.map(Proxy::name));
    for (row, first) in columns[0].iter().enumerate() {
        let cells = columns.each_ref().map(|cells| &cells[row]);
        let mut reasons = cells.map(|cell| cell.reason.as_deref().unwrap_or(UNHEARD)).to_vec();
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

/// The judges must know a cheat: a sample without some of its lines is caught by the situation that they are there for.
#[test]
fn a_sample_without_its_guards_is_caught() {
    use Proxy::{Caddy, Haproxy, Nginx};
    let guards = [
        (Nginx, "proxy_set_header X-Gatepass-", "forged identity of the other kind"),
        (Nginx, "proxy_set_header X-CleverTap-Passcode", "an account passcode"),
        (Nginx, "proxy_set_header Authorization", "a Bearer token"),
        (Nginx, "proxy_set_header X-Forwarded-", "forged X-Forwarded-For and the like"),
        (Nginx, "auth_request /.gatepass;", "nothing"),
        (Nginx, "proxy_set_header X-Gatepass-Require-Scope", "forged X-Gatepass-Require-Scope"),
        (Caddy, "request_header -*gatepass*", "forged identity of the other kind"),
        (Caddy, "request_header -*clevertap*", "an account passcode"),
        (Caddy, "request_header -Authorization", "a Bearer token"),
        (Caddy, "request_header -X-Forwarded-*", "forged X-Forwarded-For and the like"),
        (Caddy, "request_header -Connection", "Connection names the identity"),
        (Caddy, "request_header -*gatepass*", "forged X-Gatepass-Require-Scope"),
        (Haproxy, "del-header gatepass", "forged identity of the other kind"),
        (Haproxy, "del-header clevertap", "an account passcode"),
        (Haproxy, "del-header authorization", "a Bearer token"),
        (Haproxy, "x-forwarded-", "forged X-Forwarded-For and the like"),
        (Haproxy, "http-request lua.gatepass", "nothing"),
        (Haproxy, "del-header gatepass", "forged X-Gatepass-Require-Scope"),
    ];
    in_parallel(&guards, |(proxy, guard, name)| {
        let gate = Running::real(*proxy, Way::Tcp);
        let mut stand = Stand::new(*proxy, gate, &|sample| without(&sample, guard));
        let rows = situations(Gate::Real);
        let row = rows.iter().find(|row| row.name == *name).unwrap();
        let cell = stand.cell(row);
        let is_caught = cell.text != UNHEARD && !cell.wrong.is_empty();
        assert!(is_caught, "{} without {guard} was not caught", proxy.name());
    });
}

/// How to demand a scope of every request is as the samples say. No passcode has one.
#[test]
fn a_scope_can_be_demanded() {
    let (empty, full) = ("Require-Scope \"\";", "Require-Scope read:students;");
    let comment = "# A scope that every request needs: ";
    for proxy in Proxy::ALL {
        let demanding = |sample: String| sample.replace(empty, full).replace(comment, "");
        let mut stand = Stand::new(proxy, Running::real(proxy, Way::Tcp), &demanding);
        let cell = stand.cell(&situations(Gate::Real)[0]);
        let told = (cell.text.as_str(), cell.reason.as_deref());
        assert_eq!(told, ("403 refused", Some("scope_missing")), "{}", proxy.name());
    }
}

/// nginx logs to the journal, where no test can look: here it logs the same to a file.
#[test]
fn what_nginx_logs_holds_no_secret() {
    let log =
        |sample: String| sample.replace("syslog:server=unix:/dev/log,tag=nginx,nohostname", "log");
    assert!(!logs_a_secret(Proxy::Nginx, &log));
    let log_all = |sample: String| log(sample).replace("$request_method $uri", "$request");
    assert!(logs_a_secret(Proxy::Nginx, &log_all), "a secret in a query was not noticed");
}

/// The judge of the logs must know a cheat, too.
#[test]
fn a_log_without_its_filter_is_caught() {
    let without_filter = |sample: String| without(&sample, "request>headers delete");
    assert!(logs_a_secret(Proxy::Caddy, &without_filter));
    let log_all = |sample: String| sample.replace("%HM %HP", "%HM %HU");
    assert!(logs_a_secret(Proxy::Haproxy, &log_all));
}

/// Whether a proxy logs a secret in any situation.
fn logs_a_secret(proxy: Proxy, altered: &dyn Fn(String) -> String) -> bool {
    let mut stand = Stand::new(proxy, Running::real(proxy, Way::Tcp), altered);
    stand.cells(&[Gate::Real]);
    stand.logs_a_secret()
}

/// A sample without the lines that hold a guard.
fn without(sample: &str, guard: &str) -> String {
    assert!(sample.contains(guard), "there is no {guard}");
    let left = sample.lines().filter(|line| !line.contains(guard));
    left.map(|line| format!("{line}\n")).collect()
}

/// Every form of address makes a sample that its proxy takes for valid.
#[test]
fn every_address_makes_a_valid_sample() {
    for options in [
        "",
        "--listen [::1]:8080 --gate [::1]:8710 --backend [::1]:9000",
        "--listen 0.0.0.0:80 --gate unix:/run/gatepass/gate.sock --backend 10.0.0.7:9000",
    ] {
        for proxy in Proxy::ALL {
            let home = proxy.furnish(options);
            let ended = finish(proxy.command(&home, true).spawn().unwrap());
            assert_eq!(ended.code, Some(0), "{} {options}: {ended:?}", proxy.name());
        }
    }
}
