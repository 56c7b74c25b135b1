//! `schema`.

use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

#[test]
fn an_unknown_schema_name_is_reported() {
    assert_snapshot!(TestEnv::new().run("schema show nonsense"), @"
    exit 2
    -- stderr
    error: unknown schema nonsense
    hint: to list schemas: gatepass schema list
    ");
}

#[test]
fn every_listed_schema_can_be_shown() {
    let mut env = TestEnv::new();
    for name in env.run_ok("schema list -q").lines() {
        let text = env.run_ok(&format!("schema show {name}"));
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{name}");
    }
}
