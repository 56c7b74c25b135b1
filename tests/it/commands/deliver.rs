//! `deliver`, and webhooks in the output of `app edit`.

use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

fn env_with_webhook() -> TestEnv {
    let mut env = TestEnv::new();
    env.run_for_secret("app add Reader");
    env.run_ok("district add North");
    env
}

/// Runs a command and replaces the ids of messages, which depend on the audit log and so on the version of gatepass.
fn run(env: &mut TestEnv, line: &str) -> String {
    let output = env.run_with_messages(line).to_string();
    let mut parts = output.split("msg_");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(&format!("msg_{}{}", "0".repeat(24), &part[24..]));
    }
    text
}

#[test]
fn due_messages_are_sent_and_failures_retried_later() {
    let mut env = env_with_webhook();
    assert_snapshot!(run(&mut env, "deliver"), @"
    exit 0
    -- stdout
    MESSAGE  APP  EVENT  TOKEN  ATTEMPTS  RESULT  WHY
    -- stderr
    nothing due; 0 pending
    ");
    env.run_ok("app edit Reader --webhook http://127.0.0.1:1/hook --allow-private-webhooks");
    env.run_for_secret("grant-app Reader --district North --scope read:students --days 9");
    assert_snapshot!(run(&mut env, "deliver --dry-run"), @"
    exit 0
    -- stdout
    MESSAGE                       APP     EVENT          TOKEN                        ATTEMPTS  RESULT  WHY
    msg_000000000000000000000000  Reader  token.granted  tk_d97df24f3bfa9f8282264757         0  due
    -- stderr
    1 due; 1 pending
    This was a dry run: nothing was changed.
    ");
    assert_snapshot!(run(&mut env, "deliver"), @"
    exit 0
    -- stdout
    MESSAGE                       APP     EVENT          TOKEN                        ATTEMPTS  RESULT  WHY
    msg_000000000000000000000000  Reader  token.granted  tk_d97df24f3bfa9f8282264757         1  failed  http is not allowed here
    -- stderr
    1 failed, will be retried; 1 pending
    ");
    assert_snapshot!(run(&mut env, "deliver"), @"
    exit 0
    -- stdout
    MESSAGE  APP  EVENT  TOKEN  ATTEMPTS  RESULT  WHY
    -- stderr
    nothing due; 1 pending
    ");
    env.advance_seconds(60);
    assert_snapshot!(run(&mut env, "deliver --json"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.deliveries/v1","generated_at":"2026-11-22T06:01:00Z","items":[
    {"schema":"gatepass.delivery/v1","id":"msg_000000000000000000000000","app":"65511a5d129d4ed6c9cd2b3f","app_name":"Reader","event":"token.granted","token":"tk_d97df24f3bfa9f8282264757","made_at":"2026-11-22T06:00:00Z","sent_to":"http://127.0.0.1:1","attempts":2,"result":"failed","failure":"http is not allowed here","next_at":"2026-11-22T06:06:00Z","label":"Reader","dry_run":false}
    ],"summary":{"due":0,"delivered":0,"failed":1,"given_up":0,"no_webhook":0,"pending":1},"dry_run":false}
    "#);
    assert_snapshot!(run(&mut env, "deliver -q"), @"
    exit 0
    ");
    assert_snapshot!(env.run("app show Reader"), @"
    exit 0
    -- stdout
    app            65511a5d129d4ed6c9cd2b3f
    name           Reader
    account        RZ5-76K-665Z
    client id      09ca9211099d30d99f96
    client secret  created 2026-11-22T06:00:00Z
    limit          1200/min per token
    tokens         1
    webhook        http://127.0.0.1:1/hook
    messages       1 pending, 0 delivered, 0 given up
    created        2026-11-22T06:00:00Z by ann@host
    ");
    env.advance_days(3);
    assert_snapshot!(run(&mut env, "deliver"), @"
    exit 1
    -- stdout
    MESSAGE                       APP     EVENT          TOKEN                        ATTEMPTS  RESULT    WHY
    msg_000000000000000000000000  Reader  token.granted  tk_d97df24f3bfa9f8282264757         2  given_up  http is not allowed here
    -- stderr
    1 given up; 0 pending
    ");
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (078f3070)
    account  RZ5-76K-665Z (main)
    advice: the key has no backup; without it the store cannot be read (back it up: gatepass key export --out FILE)
    advice: 1 message was given up; check the webhook of app Reader
    No problems found
    ");
}

#[test]
fn a_webhook_is_set_changed_and_removed_and_its_key_shown_once() {
    let mut env = env_with_webhook();
    assert_snapshot!(env.run("app edit Reader --webhook http://hooks.example/"), @"
    exit 2
    -- stderr
    error: a webhook URL must begin with https://; http is for private addresses, which are not allowed here
    hint: use --allow-private-webhooks, here and with serve or deliver
    ");
    assert_snapshot!(env.run("app edit Reader --webhook https://10.0.0.1/"), @"
    exit 2
    -- stderr
    error: the webhook URL leads to a private address, which is not allowed here
    hint: use --allow-private-webhooks, here and with serve or deliver
    ");
    assert_snapshot!(env.run("app edit Reader --rotate-webhook-key"), @"
    exit 4
    -- stderr
    error: app Reader has no webhook
    hint: to set one: gatepass app edit Reader --webhook URL
    ");
    assert_snapshot!(env.run("app edit Reader --webhook https://hooks.example/"), @"
    exit 0
    -- stdout
    whsec_…
    ");
    assert_snapshot!(env.run("app edit Reader --webhook https://hooks.example/v2"), @"
    exit 0
    -- stdout
    app            65511a5d129d4ed6c9cd2b3f
    name           Reader
    account        RZ5-76K-665Z
    client id      09ca9211099d30d99f96
    client secret  created 2026-11-22T06:00:00Z
    limit          1200/min per token
    tokens         0
    webhook        https://hooks.example/v2
    messages       0 pending, 0 delivered, 0 given up
    created        2026-11-22T06:00:00Z by ann@host
    ");
    assert_snapshot!(env.run("app edit Reader --webhook https://hooks.example/v2 --copy"), @"
    exit 2
    -- stderr
    error: the webhook keeps its signing key, so there is no new key to write
    hint: use --rotate-webhook-key to generate a new one
    ");
    assert_snapshot!(env.run("app edit Reader --rotate-webhook-key"), @"
    exit 2
    -- stderr
    error: confirmation is required (no terminal to prompt): The current key stops working immediately. Rotate the webhook signing key of app Reader (65511a5d129d4ed6c9cd2b3f)
    hint: use --yes
    ");
    assert_snapshot!(env.run("app edit Reader --no-webhook --yes"), @"
    exit 0
    -- stdout
    app            65511a5d129d4ed6c9cd2b3f
    name           Reader
    account        RZ5-76K-665Z
    client id      09ca9211099d30d99f96
    client secret  created 2026-11-22T06:00:00Z
    limit          1200/min per token
    tokens         0
    created        2026-11-22T06:00:00Z by ann@host
    ");
}

#[test]
fn a_signing_key_that_could_not_be_shown_changes_nothing() {
    let mut env = env_with_webhook();
    env.stdout_limit = Some(10);
    assert_snapshot!(env.run("app edit Reader --webhook https://hooks.example/"), @"
    exit 1
    -- stderr
    error: the secret could not be written (broken pipe), so the webhook of 65511a5d129d4ed6c9cd2b3f was not changed
    hint: try again with --out FILE
    ");
}

#[test]
fn removing_a_webhook_at_a_terminal_asks_for_confirmation() {
    let mut env = env_with_webhook();
    env.terminal = TestEnv::with_terminal().terminal;
    assert_snapshot!(env.run("app edit Reader --webhook https://hooks.example/"), @"
    exit 0
    -- stdout
    whsec_…
    -- stderr
    This is the key that signs messages to Reader (app 65511a5d129d4ed6c9cd2b3f, account RZ5-76K-665Z).
    It will not be shown again. If you lose it, generate a new one:
    gatepass app edit Reader --rotate-webhook-key
    ");
    env.answers.push_back("n".to_owned());
    assert_snapshot!(env.run("app edit Reader --rotate-webhook-key"), @"
    exit 1
    -- stderr
    ? The current key stops working immediately. Rotate the webhook signing key of app Reader
    (65511a5d129d4ed6c9cd2b3f)? n
    Cancelled; nothing was changed
    ");
    env.run_for_secret("grant-app Reader --district North --scope read:students --days 90 --yes");
    env.answers.push_back("y".to_owned());
    assert_snapshot!(env.run("app edit Reader --no-webhook -q"), @"
    exit 0
    -- stdout
    65511a5d129d4ed6c9cd2b3f
    -- stderr
    ? Remove the webhook of app Reader (65511a5d129d4ed6c9cd2b3f) and cancel 1 pending message? y
    Cancelled 1 pending message.
    ");
}

/// Ended messages are removed after a while, so that their number has a limit.
#[test]
fn all_old_messages_are_removed_in_one_run() {
    let mut env = env_with_webhook();
    env.run_ok("app edit Reader --webhook https://hooks.example/");
    let names: String = (0..1_001).map(|number| format!("District {number}\n")).collect();
    let file = env.file("d.csv", format!("name\n{names}"));
    let connect = "district connect --app Reader --scope read:students --forever --pickup";
    env.run_ok(&format!("{connect} --from {}", file.display()));
    env.run_ok("app edit Reader --no-webhook --yes");
    let count = |env: &TestEnv| {
        let owner = rusqlite::Connection::open(env.store()).unwrap();
        owner.query_row("select count(*) from message", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(count(&env), 1_001);
    env.advance_days(31);
    env.run_ok("deliver");
    assert_eq!(count(&env), 0);
    assert_eq!(env.run("doctor").exit, 0);
}
