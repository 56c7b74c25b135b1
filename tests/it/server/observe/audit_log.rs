//! What the audit log says about changes that come through the gate.

use insta::assert_snapshot;
use rustix::{process::getuid, system::uname};
use serde_json::{Value, json};

use crate::{
    server::apps_fixture::{
        BEFORE_ANNOUNCEMENT, app_login, apps_fixture, gate, id, with_request_line,
    },
    support::{gate::bearer_request, test_env::TestEnv},
};

/// Returns the newest records of the audit log, oldest first.
fn last_records(env: &mut TestEnv, count: usize) -> Vec<Value> {
    let log: Value = serde_json::from_str(&env.run_ok("audit list --json")).unwrap();
    let records = log["items"].as_array().unwrap();
    records[records.len() - count..].to_vec()
}

#[test]
fn the_audit_log_names_the_app_or_the_gate_and_the_process() {
    let mut env = apps_fixture();
    env.set_clock(BEFORE_ANNOUNCEMENT);
    let passcode = env.run_for_secret("reset acme --until-used --yes");
    let gate = gate(&env, "--trusted-proxy 127.0.0.1/32", BEFORE_ANNOUNCEMENT);
    let reset = format!("POST /oauth/tokens/{}/reset", id("both").trim_start_matches("tk_"));
    let by_app = |line: &str| {
        with_request_line(line, app_login("", "Roster")).with("X-Forwarded-For", "192.0.2.7")
    };
    for request in
        [by_app("GET /oauth/tokens?owner_type=district"), by_app(&reset), bearer_request(&passcode)]
    {
        assert_eq!(gate.ask(&request).status(), 200);
    }
    gate.end();

    let records = last_records(&mut env, 3);
    let client = id("Roster's client");
    let actors: Vec<Value> = records
        .iter()
        .map(|record| {
            json!([
                record["action"],
                record["actor_kind"],
                record["actor"],
                record["actor_address"]
            ])
        })
        .collect();
    assert_eq!(
        actors,
        [
            json!(["pickup", "api_client", client, "192.0.2.7"]),
            json!(["reset", "api_client", client, "192.0.2.7"]),
            json!(["overlap-end", "system", "gate", null]),
        ]
    );
    let host = uname().nodename().to_string_lossy().into_owned();
    for record in &records {
        assert_eq!(record["uid"], getuid().as_raw());
        assert_eq!(record["host"], host.as_str());
        assert_eq!(record["user"], records[2]["user"], "the user of the process");
        assert_eq!(record["sudo_user"], Value::Null);
    }
    let table = env.run_ok("audit list").replace(&host, "HOST");
    let lines: Vec<&str> = table.lines().collect();
    assert_snapshot!(lines[lines.len() - 3..].join("\n"), @"
    36  2026-12-02T12:00:00Z  pickup        tk_9edcab9752d55683bab7ffeb  Roster → Ridge       client 9ab545eda2efc3bc361a from 192.0.2.7  secret 0 → 1
    37  2026-12-02T12:00:00Z  reset         tk_effc8adebe1684428ad74122  Roster → Lincoln     client 9ab545eda2efc3bc361a from 192.0.2.7  secret 1 → 2
    38  2026-12-02T12:00:00Z  overlap-end   pc_a14da64ab220f035db09b2a6  acme                 gate on HOST                                  old secret until 2027-01-01 → none; until the new one is used true → false
    ");
}
