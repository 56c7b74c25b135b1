//! The samples of `proxy-config`: requirements, rate limits, logs and addresses.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
};

use super::{
    backend::RATE_LIMIT_HEADERS,
    callers::{Caller, credential},
    gate::{Running, Transport},
    proxy::Proxy,
    scenario::{CLIENT, ExpectedOutcome, Scenario, basic, bearer},
    setup::{Setup, logs_a_secret, scenario_named, unchanged},
};
use crate::support::{
    address::{free_address_of, require_ipv6},
    http::HttpMessage,
    process::{finish, in_parallel},
};

#[test]
fn a_sample_can_add_requirements() {
    let (unknown, token) = ("4fd43cc56d11340000000009", credential(Caller::Token));
    let (app, district) = (token["app"].as_str().unwrap(), token["district"].as_str().unwrap());
    let requirements = [
        ("token", "Scope", "read:students", "allowed"),
        ("token", "Scope", "read:teachers read:students", "allowed"),
        ("token", "Scope", "read:students read:sections", "scope_missing"),
        ("token", "District", district, "allowed"),
        ("token", "District", unknown, "wrong_district"),
        ("token", "App", app, "allowed"),
        ("token", "App", unknown, "wrong_app"),
        ("legacy key", "App", unknown, "wrong_app"),
        ("account passcode", "Scope", "read:students", "scope_missing"),
        ("account passcode", "District", district, "wrong_district"),
    ];
    let rows = Proxy::ALL
        .into_iter()
        .flat_map(|proxy| requirements.map(|requirement| (proxy, requirement)));
    in_parallel(&rows.collect::<Vec<_>>(), |(proxy, (who, name, value, reason))| {
        let edit = |sample: String| with_requirement(*proxy, &sample, name, value);
        let mut setup = Setup::new(*proxy, Running::real(*proxy, Transport::Tcp), &edit);
        let row = scenario_named(who);
        let outcome =
            if *reason == "allowed" { row.outcome } else { ExpectedOutcome::Refused(403) };
        let cell = setup.cell(&Scenario { outcome, ..row });
        let about = format!("{} {who} {name} {value}: {}", proxy.name(), cell.text);
        assert_eq!((cell.reason.as_deref(), cell.wrong), (Some(*reason), vec![]), "{about}");
    });
}

/// A real gate's limit of one request a minute; the matrix leaves limits to the stub.
#[test]
fn rate_limits_hold_behind_each_proxy() {
    in_parallel(&Proxy::ALL, |proxy| {
        let setup = Setup::new(*proxy, Running::real(*proxy, Transport::Tcp), &unchanged);
        for request in [bearer(Caller::TokenOncePerMinute), basic(Caller::LegacyOncePerMinute, "")]
        {
            let [served, refused] = twice_in_a_minute(&request, setup.proxy.address);
            assert_eq!((served.status(), refused.status()), (200, 429), "{served:?} {refused:?}");
            for response in [&served, &refused] {
                let received =
                    RATE_LIMIT_HEADERS.map(|name| response.single(name).unwrap_or_default());
                let [bucket, limit, remaining, _] = received;
                assert!(bucket.contains('_') && (limit, remaining) == ("1", "0"), "{received:?}");
            }
            let wait: u32 = refused.single("retry-after").unwrap().parse().unwrap();
            assert!((1..=60).contains(&wait), "{refused:?}");
            let is_key = request.single("authorization").unwrap().starts_with("Basic ");
            assert_eq!(refused.body.is_empty(), is_key, "{refused:?}");
        }
    });
}

/// Returns two responses of one window, with another request if a minute ended between them.
fn twice_in_a_minute(request: &HttpMessage, proxy: SocketAddr) -> [HttpMessage; 2] {
    let reset = |response: &HttpMessage| response.single("x-ratelimit-reset").map(str::to_owned);
    let mut responses = [(); 2].map(|()| request.ask_from(CLIENT, proxy).unwrap());
    if reset(&responses[0]) != reset(&responses[1]) {
        // The second one was the first of a new minute.
        responses = [responses[1].clone(), request.ask_from(CLIENT, proxy).unwrap()];
    }
    responses
}

/// Adds a requirement to a sample, at the line that the sample has for it.
fn with_requirement(proxy: Proxy, sample: &str, name: &str, value: &str) -> String {
    let header = format!("x-gatepass-require-{}", name.to_lowercase());
    // nginx has the header in other places, too, where it is cleared.
    let mark = if proxy == Proxy::Nginx { "location = /.gatepass" } else { "" };
    let (before, after) = sample.split_at(sample.find(mark).unwrap());
    let has_header = |line: &&str| line.to_lowercase().contains(&format!("{header} "));
    let line = after.lines().find(has_header).unwrap();
    let filled = match proxy {
        Proxy::Nginx => line.replace("\"\"", &format!("\"{value}\"")),
        _ => {
            let (name, _) = line.rsplit_once(' ').unwrap();
            format!("{} \"{value}\"", name.replace("# ", ""))
        }
    };
    assert_ne!(filled, line);
    format!("{before}{}", after.replacen(line, &filled, 1))
}

/// nginx logs to the journal, which a test can't read: here it logs the same to a file.
#[test]
fn nginx_logs_contain_no_secret() {
    let log =
        |sample: String| sample.replace("syslog:server=unix:/dev/log,tag=nginx,nohostname", "log");
    assert!(!logs_a_secret(Proxy::Nginx, &log));
    let log_all = |sample: String| log(sample).replace("$request_method $uri", "$request");
    assert!(logs_a_secret(Proxy::Nginx, &log_all), "a secret in a query was not noticed");
}

/// nginx binds the ports in its check, so they must be free and above 1023.
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
            let output = finish(proxy.command(&home, true).spawn().unwrap());
            assert_eq!(output.code, Some(0), "{} {options}: {output:?}", proxy.name());
        }
    }
}
