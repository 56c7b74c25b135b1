//! `verify` with legacy keys and client secrets.

use base64::{Engine, engine::general_purpose::STANDARD};
use gatepass::domain::{
    credential::subject::Subject,
    directory::id::{CredentialId, IdPrefix},
};
use insta::assert_snapshot;

use crate::support::{
    directory_fixture::{add_app, directory_fixture, find_app},
    records::{account_passcode, entropy, never_expiring},
    test_env::TestEnv,
};

#[test]
fn a_legacy_key_is_accepted_alone_or_in_its_header() {
    let mut env = directory_fixture();
    let key = "0123456789abcdef0123456789ABCDEF";
    import_key(&env, key);
    assert_snapshot!(env.run_with_input("verify --legacy", format!("{key}\n")), @"
    exit 0
    -- stdout
    allowed: Roster, legacy key lk_d0e07fa043cc609c56793e7e of RZ5-76K-665Z (valid); never expires
    ");
    let header = format!("Authorization: Basic {}\n", STANDARD.encode(format!("{key}:")));
    assert_eq!(env.run_with_input("verify --headers", &header).exit, 0);
    let line = "verify --headers --app Roster --district Lincoln --scope read:students";
    assert_eq!(env.run_with_input(line, &header).exit, 0, "valid for all of its app's districts");
    assert_eq!(env.run_with_input("verify --legacy --app Grades", key).exit, 14);
    assert_eq!(env.run_with_input("verify", key).exit, 10);
    assert_eq!(env.run_with_input("verify --legacy", "another").exit, 10);
    assert_snapshot!(env.run_with_input("verify --legacy", "two words"), @"
    exit 10
    -- stdout
    refused: invalid character at position 4: a legacy key can contain only visible ASCII characters other than :
    ");
    assert_eq!(env.run_with_input("verify --legacy", "").exit, 10);
    assert_eq!(env.run_with_input("verify --legacy --headers", key).exit, 2);
}

#[test]
fn a_client_secret_is_identified() {
    let mut env = directory_fixture();
    let store = env.open_store();
    let (app, secret) = add_app(&env.op_context(&store), "Leaky", 9);
    drop(store);
    let output = env.run_with_input("verify", &secret);
    assert_snapshot!(output, @"
    exit 10
    -- stdout
    refused: this is the client secret of app Leaky (3d833e8b3411cc7b93645fa1); the gate does not accept it, but it gives access to the tokens of the app
    ");
    let header = format!("Authorization: Bearer {secret}\n");
    let output = env.run_with_input("verify --headers --format jsonl", &header);
    assert_eq!(output.exit, 10);
    for part in [r#""reason":"unknown""#, r#""kind":null"#, &format!(r#""app":"{}""#, app.id)] {
        assert!(output.stdout.contains(part), "{output}");
    }
    let mut other = directory_fixture();
    assert_snapshot!(other.run_with_input("verify", &secret), @"
    exit 10
    -- stdout
    refused: unknown secret
    ");
}

/// Gives app Roster a legacy key.
fn import_key(env: &TestEnv, key: &str) {
    let store = env.open_store();
    let mut write = env.op_context(&store).begin().unwrap();
    let account = write.account().unwrap().key;
    let app = find_app(&mut write.tx, account, "Roster").unwrap().unwrap();
    let mut draft = never_expiring(account_passcode(1, "Roster"));
    draft.id = CredentialId::generate(IdPrefix::Legacy, &mut entropy(5));
    (draft.subject, draft.slot) = (Subject::App(app.id), None);
    draft.secrets.current = Some(write.tx.digest(key.as_bytes()));
    write.insert_credential(draft).unwrap();
    write.commit().unwrap();
}
