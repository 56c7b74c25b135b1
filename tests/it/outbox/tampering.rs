//! Messages and tokens that were changed outside gatepass, and the messages of removed apps.

use gatepass::{
    domain::{audit::Action, credential::Deletion, directory::app::App},
    ops::outbox::{
        deliver::{deliver, run_maintenance},
        send::SharedTransport,
    },
    store::{Access, AuditContext},
};
use rusqlite::Connection;

use super::fixture::{FakeTransport, SentMessage, env_with_webhook, grant, pending};
use crate::support::test_env::TestEnv;

/// What a round of deliveries sent, and its error.
struct Round {
    events: Vec<String>,
    error: Option<String>,
}

/// Sends all due messages.
fn round(env: &TestEnv) -> Round {
    let (store, transport) = (env.open_store(), FakeTransport::new(|_| Ok(())));
    let (context, shared): (_, SharedTransport) = (env.op_context(&store), transport.clone());
    let maintained = run_maintenance(&context);
    let delivered = deliver(&context, &shared, &|| false, &mut |_| Ok(())).and(maintained);
    let events = transport.sent().iter().map(SentMessage::event).collect();
    Round { events, error: delivered.err().map(|error| error.to_string()) }
}

/// Three messages about three tokens; the second is then changed by this statement.
fn env_with_changed_rows(statement: &str) -> TestEnv {
    let mut env = env_with_webhook();
    for district in ["North", "South", "East"] {
        grant(&mut env, district);
    }
    let owner = Connection::open(env.store()).unwrap();
    owner.pragma_update(None, "ignore_check_constraints", true).unwrap();
    owner.pragma_update(None, "foreign_keys", false).unwrap();
    assert_eq!(owner.execute(statement, []).unwrap(), 1, "{statement}");
    env
}

#[test]
fn a_changed_message_stops_no_other_one() {
    for change in [
        "body = '{}'",
        "event = 'nothing'",
        "attempts = -1",
        "next_at = next_at - 60",
        "next_at = 9000000000000",
        "app = 2",
        "app = 99",
        "credential = 1",
        "id = x'00'",
        "mac = x''",
    ] {
        let env = env_with_changed_rows(&format!("update message set {change} where seq = 2"));
        for expected in [&["token.granted", "token.granted"][..], &[]] {
            let Round { events, error } = round(&env);
            assert_eq!(events, expected, "{change}");
            let error = error.unwrap_or_else(|| panic!("{change} was not noticed"));
            assert!(error.contains("message number 2 was changed outside gatepass"), "{error}");
        }
    }
}

#[test]
fn a_message_that_is_hidden_or_removed_stops_no_other_one() {
    for statement in [
        "update message set ended_at = made_at, outcome = 'delivered' where seq = 2",
        "delete from message where seq = 2",
    ] {
        let env = env_with_changed_rows(statement);
        let Round { events, error } = round(&env);
        assert_eq!(events, ["token.granted", "token.granted"], "{statement}");
        let error = error.unwrap();
        assert!(error.contains("the number of pending messages is wrong"), "{error}");
    }
}

#[test]
fn a_changed_token_stops_only_its_own_messages() {
    let statement = "update credential set note = 'changed' where seq = 2";
    let env = env_with_changed_rows(statement);
    let Round { events, error } = round(&env);
    assert_eq!(events, ["token.granted", "token.granted"]);
    assert!(error.unwrap().contains("message number 2"));
}

/// The command sends and lists the others, and then exits with the code of an integrity error.
#[test]
fn deliver_reports_a_changed_message_last() {
    let mut env = env_with_changed_rows("update message set body = '{}' where seq = 2");
    // Nothing listens at the address of the webhook, so both messages fail.
    let output = env.run("deliver --format jsonl");
    assert_eq!(output.exit, 8, "{output}");
    assert!(output.stdout.contains("\"result\":\"failed\""), "{output}");
    assert!(output.stderr.contains("message number 2 was changed outside gatepass"), "{output}");
}

#[test]
fn pending_messages_of_a_removed_app_are_not_sent() {
    let mut env = env_with_webhook();
    grant(&mut env, "North");
    env.run_ok("app remove Reader --revoke-tokens --yes");
    assert_eq!(pending(&env), 0);
    let Round { events, error } = round(&env);
    assert_eq!((events, error), (vec![], None));
    assert!(env.run_ok("doctor").ends_with("No problems found\n"));
}

/// Earlier versions left the messages of a removed app pending.
#[test]
fn messages_left_to_a_removed_app_are_not_sent() {
    let mut env = env_with_webhook();
    grant(&mut env, "North");
    let store = env.open_store();
    let mut tx = store.begin(Access::Write).unwrap();
    let reader = tx.apps().unwrap()[0].clone();
    let removed = Some(Deletion { at: reader.created_at, by: "ann@host".to_owned() });
    let at = reader.created_at;
    let context = AuditContext { actor: &env.actor, at, action: Action::AppRemove };
    tx.update_app(&context, App { removed, ..reader }).unwrap();
    tx.commit().unwrap();
    assert_eq!(env.run_ok("deliver --dry-run -q"), "");
    let Round { events, error } = round(&env);
    assert_eq!((events, error), (vec![], None));
    assert_eq!(pending(&env), 0);
}
