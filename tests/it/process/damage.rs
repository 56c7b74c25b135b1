//! A gate before a store that somebody has altered.

use std::{thread, time::Duration};

use rusqlite::Connection;

use crate::support::{
    gate::{Gate, Serve},
    http::Message,
    process::Home,
};

/// Until the gate has tried twice more to load its index.
const TWO_TRIES: Duration = Duration::from_millis(2_200);

#[test]
fn an_altered_row_is_refused_and_told_once() {
    let home = Home::new();
    let [altered, intact] =
        ["altered", "intact"].map(|name| home.ok(&format!("create {name} --days 9")));
    let store = Connection::open(home.store()).unwrap();
    store.execute("update credential set expires_at = expires_at + 1 where seq = 1", []).unwrap();
    let gate = Gate::start(home.serve(""));
    let status = |secret: &str| {
        let request = Message::new("GET /verify HTTP/1.1").with("Host", "gate");
        let request = request.with("Authorization", &format!("Bearer {}", secret.trim_end()));
        request.ask(gate.address()).unwrap().status()
    };
    assert_eq!((status(&altered), status(&intact)), (401, 200));
    thread::sleep(TWO_TRIES);
    assert_eq!((status(&altered), status(&intact)), (401, 200));
    let log = gate.log();
    let trouble = log.iter().filter(|line| line["event"] != "decision").collect::<Vec<_>>();
    assert!(matches!(trouble[..], [one] if one["event"] == "store_error"), "{trouble:?}");
}
