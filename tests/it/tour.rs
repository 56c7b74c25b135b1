//! README.md is true: its console blocks run as they stand there, and its tables are the program's own. So do the calls
//! that apps can make.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    thread,
};

use gatepass::{domain::decision::Reason, exit::Exit};

use crate::support::{address::free_address, process::Home};

const README: &str = include_str!("../../README.md");

/// Every call that apps can make.
const CALLS: &str = include_str!("../fixtures/calls.md");

/// Where the tour calls an API. The test answers instead.
const API: &str = "https://api.example.com";

/// Where the tour's proxy listens.
const PROXY: &str = "http://127.0.0.1:8080";

/// Where the tour's gate listens.
const GATE: &str = "http://127.0.0.1:8710";

/// Stands before the output of each command.
const MARK: &str = "%%% next";

/// A command of the tour, and what it prints there.
struct Step {
    command: String,
    expected: Vec<String>,
}

#[test]
fn the_tour_goes_as_it_is_told() {
    play(README);
}

#[test]
fn the_calls_of_apps_go_as_they_are_told() {
    play(CALLS);
}

/// What is told wrongly is caught.
#[test]
#[should_panic(expected = "and it says:\n{\"message\":\"Invalid client credentials\"} 401")]
fn a_call_that_goes_otherwise_is_noticed() {
    play(&CALLS.replace("credentials\"} 401", "credentials\"} 400"));
}

/// Runs the console blocks of a text as they stand there.
fn play(text: &str) {
    let steps = steps(text);
    assert!(steps.len() > 10, "the tour was not found");
    let home = Home::new();
    let stage = Stage::new();
    let mut script = stage.begin();
    for step in &steps {
        script.push_str(&format!("echo '{MARK}'\n{}\n", stage.play(&step.command)));
    }
    home.file("tour.bash", &script);
    // On a terminal, since that is where the reader is.
    let driver = home.file(
        "driver.bash",
        "export COLUMNS=130 NO_COLOR=1\nexec script -qec 'bash --norc tour.bash' /dev/null\n",
    );
    let said = home.script_ok(&["bash", "--norc"], &driver).replace('\r', "");
    let place = std::fs::canonicalize(home.root()).unwrap();
    let said = said.replace(place.to_str().unwrap(), "~");
    let said: Vec<&str> = said.split(&format!("{MARK}\n")).skip(1).collect();
    assert_eq!(said.len(), steps.len());
    for (step, said) in steps.iter().zip(said) {
        let said: Vec<&str> = said.lines().collect();
        let is_told = said.len() == step.expected.len()
            && said.iter().zip(&step.expected).all(|(said, expected)| fits(expected, said));
        assert!(
            is_told,
            "$ {}\nis told to say:\n{}\nand it says:\n{}",
            step.command,
            step.expected.join("\n"),
            said.join("\n")
        );
    }
}

#[test]
fn the_table_of_exit_codes_is_the_programs() {
    for (code, meaning) in Exit::MEANINGS {
        let code = if code.parse::<u8>().is_ok() { code.to_owned() } else { format!("`{code}`") };
        assert!(README.contains(&format!("| {code} | {meaning} |")), "{code}: {meaning}");
    }
}

#[test]
fn every_variable_is_told() {
    use gatepass::config::env::{FOREIGN, OURS};
    for variable in OURS.iter().chain(FOREIGN).filter(|variable| variable.name != "HOME") {
        assert!(README.contains(variable.name), "{}", variable.name);
    }
}

#[test]
fn every_reason_is_told() {
    for reason in Reason::ALL {
        assert!(README.contains(&format!("`{}`", reason.as_str())), "{}", reason.as_str());
    }
}

/// The commands of all console blocks, in their order.
fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        match line.strip_prefix("$ ") {
            _ if line.starts_with("```") => is_inside = line == "```console",
            Some(command) if is_inside => {
                steps.push(Step { command: command.to_owned(), expected: Vec::new() });
            }
            None if is_inside => steps.last_mut().unwrap().expected.push(line.to_owned()),
            _ => {}
        }
    }
    steps
}

/// Whether a line is as it was told: `…` stands for anything, and every id, Account ID, instant and number of days for
/// every other.
fn fits(expected: &str, said: &str) -> bool {
    let (expected, said) = (tidy(expected), tidy(said));
    let mut pieces = expected.trim_end().split('…');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = said.trim_end().strip_prefix(first) else { return false };
    let mut is_open = false;
    for piece in pieces {
        is_open = true;
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
        is_open &= piece.is_empty();
    }
    rest.is_empty() || is_open
}

/// Puts a word for what differs from run to run, as wide as what it stands for.
fn tidy(line: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "_-:".contains(c);
    let mut tidy = String::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let shape: String = run.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        let is_hex = run.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if run.len() == 27 && ["pc_", "tk_", "lk_"].iter().any(|class| run.starts_with(class)) {
            tidy.push_str(&format!("{}{:<24}", &run[..3], "ID"));
        } else if is_hex && [20, 24].contains(&run.len()) {
            tidy.push_str(&format!("{:<width$}", "ID", width = run.len()));
        } else if shape.starts_with("9999-99-99T99:99:99Z") {
            tidy.push_str(&format!("{:<20}{}", "INSTANT", &run[20..]));
        } else if shape == "9999-99-99T99:99:99" {
            // With milliseconds behind it.
            tidy.push_str(&format!("{:<19}", "INSTANT"));
        } else if shape == "9999999999" {
            tidy.push_str("SECONDS");
        } else if run.len() == 12 && run.split('-').map(str::len).eq([3, 3, 4]) {
            tidy.push_str(&format!("{:<12}", "ACCOUNT"));
        } else if after.starts_with(" d") && shape.bytes().all(|byte| byte == b'9') {
            // A second may pass between two commands, and with it a day and a digit.
            tidy.truncate(tidy.trim_end().len());
            tidy.push_str("DAYS");
        } else {
            tidy.push_str(run);
        }
        rest = after;
    }
    tidy
}

/// What the tour finds outside: an API, and free addresses in place of those that it takes for free.
struct Stage {
    api: SocketAddr,
    gate: SocketAddr,
    ops: SocketAddr,
    proxy: SocketAddr,
}

impl Stage {
    fn new() -> Self {
        let [gate, ops, proxy] = [(); 3].map(|()| free_address());
        Self { api: serve(), gate, ops, proxy }
    }

    /// What the tour goes by. Whatever it leaves running ends with it.
    fn begin(&self) -> String {
        let Self { gate, ops, .. } = self;
        format!(
            "stty -onlcr\ntrap 'kill $(jobs -p) $(cat nginx.pid 2>/dev/null)' EXIT\n\
             export GATEPASS_LISTEN={gate} GATEPASS_OPS_LISTEN={ops}\n"
        )
    }

    /// A command as it runs here. The next one begins when what it left running listens: readers are slower.
    fn play(&self, command: &str) -> String {
        let Self { api, gate, proxy, .. } = self;
        let addresses =
            format!("proxy-config nginx --listen {proxy} --gate {gate} --backend {api}");
        let command = command
            .replace(API, &format!("http://{api}"))
            .replace(PROXY, &format!("http://{proxy}"))
            .replace(GATE, &format!("http://{gate}"))
            .replace("proxy-config nginx", &addresses);
        let listens = format!("(: </dev/tcp/{}/{}) 2>/dev/null", gate.ip(), gate.port());
        let wait = format!("until {listens}; do sleep 0.02; done");
        match command {
            command if command.ends_with('&') => format!("{command}\n{wait}"),
            // The gate writes its log a moment after it has answered.
            command if command.starts_with("tail ") => format!("sleep 0.5\n{command}"),
            command => command,
        }
    }
}

/// An API that answers every request alike, for as long as the test runs.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().map(Result::unwrap) {
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            // Whoever hung up has heard enough.
            (&stream).write_all(answer.as_bytes()).ok();
        }
    });
    address
}

#[test]
fn the_matcher_minds_what_matters() {
    assert!(fits("a … c", "a b c"));
    assert!(fits("gpa_…", "gpa_xyz"));
    assert!(!fits("a … c", "a b d"));
    assert!(!fits("exit 12", "exit 1"));
    assert!(!fits("a", "a b"));
    assert!(fits("at 2026-11-22T07:48:33Z (in 90 d)", "at 2027-01-01T00:00:00Z (in 89 d)"));
    assert!(!fits("948-4KK-444Z", "948-4KK-44Z"));
    assert!(!fits("pc_a283985c39b740de165f8555 x", "pc_b283985c39b740de165f8555 y"));
    assert!(!fits("pc_a283985c39b740de165f8555", "tk_a283985c39b740de165f8555"));
    assert!(fits("\"a283985c39b740de165f8555\"", "\"b283985c39b740de165f8556\""));
    assert!(!fits("\"a283985c39b740de165f8555\"", "\"a283985c39b740de165f855\""));
    assert!(fits("2026-11-22T07:48:33.000Z", "2027-01-01T00:00:00.000Z"));
    assert!(!fits("2026-11-22T07:48:33.000Z", "2027-01-01T00:00:00Z"));
    assert!(fits("a465281ba324a38ba0195fd3", "b465281ba324a38ba0195fd3"));
    assert!(!fits("a465281ba324a38ba0195fd3", "b465281ba324a38ba0195"));
}
