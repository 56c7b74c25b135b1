//! Real proxies with exactly the samples that `proxy-config` prints, before a backend that answers with what reached it.

mod backend;
mod contracts;
mod gate;
mod judge;
mod proxy;
mod situation;

use std::thread;

use insta::assert_snapshot;

use self::{
    backend::Backend,
    gate::{Gate, Running},
    judge::{Became, complaints},
    proxy::{Proxy, Started},
    situation::{Situation, situations},
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
    text: String,
    wrong: Vec<String>,
}

/// The text of a cell whose client got no answer at all.
const UNHEARD: &str = "-";

impl Stand {
    fn new(proxy: Proxy, gate: Gate, altered: &dyn Fn(String) -> String) -> Self {
        let (gate, backend) = (gate.start(proxy.profile()), Backend::start());
        let proxy = Started::new(proxy, gate.address(), backend.address(), altered);
        Self { proxy, gate, backend }
    }

    fn cell(&mut self, situation: &Situation) -> Cell {
        if situation.gate == Gate::Gone {
            self.gate.go();
        }
        let before = self.backend.reached();
        let name = situation.name;
        match situation.request.ask(self.proxy.address) {
            Err(error) => Cell { name, text: UNHEARD.to_owned(), wrong: vec![error.to_string()] },
            Ok(answer) => {
                let became = Became { reached: self.backend.reached() - before, answer };
                let wrong = complaints(situation, &self.gate, &became);
                let word = if became.reached > 0 { "passes" } else { "refused" };
                Cell { name, text: format!("{} {word}", became.answer.status()), wrong }
            }
        }
    }

    fn logs_a_secret(&self) -> bool {
        self.gate.is_told(&self.proxy.log())
    }

    /// All situations for these gates, in order.
    fn cells(&mut self, gates: &[Gate]) -> Vec<Cell> {
        let rows: Vec<Situation> =
            gates.iter().flat_map(|gate| situations(*gate, &self.gate)).collect();
        rows.iter().map(|row| self.cell(row)).collect()
    }
}

/// A column of the matrix.
fn column(proxy: Proxy) -> Vec<Cell> {
    let as_it_is = |sample| sample;
    let mut real = Stand::new(proxy, Gate::Real, &as_it_is);
    let mut stub = Stand::new(proxy, Gate::Stub, &as_it_is);
    let mut cells = real.cells(&[Gate::Real]);
    cells.extend(stub.cells(&[Gate::Stub, Gate::Gone]));
    assert!(!real.logs_a_secret() && !stub.logs_a_secret(), "{} logs a secret", proxy.name());
    cells
}

#[test]
fn what_passes_and_what_is_refused() {
    let columns = thread::scope(|scope| {
        let running = Proxy::ALL.map(|proxy| scope.spawn(move || column(proxy)));
        running.map(|column| column.join().unwrap())
    });
    assert_snapshot!(matrix(&columns), @"
                                            nginx         caddy         haproxy
    allowed, an account passcode            200 passes    200 passes    200 passes
    allowed, a user passcode                200 passes    200 passes    200 passes
    allowed, by a Bearer token              200 passes    200 passes    200 passes
    allowed, with 100 KB                    200 passes    200 passes    200 passes
    allowed, with 100 KB in a chunk         200 passes    200 passes    200 passes
    allowed, a reset is about to end it     200 passes    200 passes    200 passes
    missing                                 401 refused   401 refused   401 refused
    unknown                                 401 refused   401 refused   401 refused
    unknown, by a Bearer token              401 refused   401 refused   401 refused
    unknown, with 100 KB                    401 refused   401 refused   401 refused
    expired                                 401 refused   401 refused   401 refused
    revoked                                 401 refused   401 refused   401 refused
    two passcodes                           401 refused   401 refused   401 refused
    a passcode and a Bearer token           401 refused   401 refused   401 refused
    underscores alone                       401 refused   401 refused   401 refused
    underscores beside a good passcode      200 passes    401 refused   401 refused
    ?passcode=                              401 refused   401 refused   401 refused
    ?access_token=                          401 refused   401 refused   401 refused
    forged identity                         200 passes    200 passes    200 passes
    forged identity of the other kind       200 passes    200 passes    200 passes
    forged identity with underscores        200 passes    200 passes    200 passes
    forged identity alone                   401 refused   401 refused   401 refused
    forged X-Forwarded-For and the like     200 passes    200 passes    200 passes
    forged X-Gatepass-Require-Scope         200 passes    200 passes    200 passes
    Connection names the identity           200 passes    200 passes    200 passes
    too many requests                       429 refused   429 refused   429 refused
    too many requests, by a Bearer token    429 refused   429 refused   429 refused
    past its sunset                         410 refused   410 refused   410 refused
    the gate is slow                        200 passes    200 passes    200 passes
    the gate's store is gone                503 refused   503 refused   503 refused
    the gate hangs                          503 refused   504 refused   503 refused
    the gate drops the connection           503 refused   502 refused   503 refused
    the gate is gone                        503 refused   502 refused   503 refused
    ");
}

/// The columns side by side, and below each row what is wrong in it.
fn matrix(columns: &[Vec<Cell>; 3]) -> String {
    let line =
        |name: &str, [one, two, three]: [&str; 3]| format!("{name:<40}{one:<14}{two:<14}{three}\n");
    let mut text = line("", Proxy::ALL.map(Proxy::name));
    for (row, first) in columns[0].iter().enumerate() {
        let cells = columns.each_ref().map(|cells| &cells[row]);
        text.push_str(&line(first.name, cells.map(|cell| cell.text.as_str())));
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
        (Nginx, "proxy_set_header X-CleverTap-Passcode", "allowed, an account passcode"),
        (Nginx, "proxy_set_header Authorization", "allowed, by a Bearer token"),
        (Nginx, "proxy_set_header X-Forwarded-", "forged X-Forwarded-For and the like"),
        (Nginx, "auth_request /.gatepass;", "missing"),
        (Nginx, "proxy_set_header X-Gatepass-Require-Scope", "forged X-Gatepass-Require-Scope"),
        (Caddy, "request_header -*gatepass*", "forged identity of the other kind"),
        (Caddy, "request_header -*clevertap*", "allowed, an account passcode"),
        (Caddy, "request_header -Authorization", "allowed, by a Bearer token"),
        (Caddy, "request_header -X-Forwarded-*", "forged X-Forwarded-For and the like"),
        (Caddy, "request_header -Connection", "Connection names the identity"),
        (Caddy, "request_header -*gatepass*", "forged X-Gatepass-Require-Scope"),
        (Haproxy, "del-header gatepass", "forged identity of the other kind"),
        (Haproxy, "del-header clevertap", "allowed, an account passcode"),
        (Haproxy, "del-header authorization", "allowed, by a Bearer token"),
        (Haproxy, "x-forwarded-", "forged X-Forwarded-For and the like"),
        (Haproxy, "http-request lua.gatepass", "missing"),
        (Haproxy, "del-header gatepass", "forged X-Gatepass-Require-Scope"),
    ];
    in_parallel(&guards, |(proxy, guard, name)| {
        let mut stand = Stand::new(*proxy, Gate::Real, &|sample| without(&sample, guard));
        let rows = situations(Gate::Real, &stand.gate);
        let row = rows.iter().find(|row| row.name == *name).unwrap();
        let cell = stand.cell(row);
        let is_caught = cell.text != UNHEARD && !cell.wrong.is_empty();
        assert!(is_caught, "{} without {guard} was not caught", proxy.name());
    });
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
    let mut stand = Stand::new(proxy, Gate::Real, altered);
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
