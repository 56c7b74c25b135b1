//! An app with a legacy key.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::support::test_env::{CommandOutput, TestEnv};

pub const HEX_KEY: &str = "9f86d081884c7d659a2feaa0c55ad015";
pub const BASE64_KEY: &str = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5";

/// Creates an app with a legacy key.
pub fn env_with_legacy_key() -> TestEnv {
    let mut env = TestEnv::new();
    let output = env.run_with_input("app add 'Roster Sync' --legacy-key-file -", HEX_KEY);
    assert_eq!(output.exit, 0, "{output}");
    env
}

/// Verifies a legacy key in its header, as a gate receives it.
pub fn verify_legacy(env: &mut TestEnv, key: &str) -> CommandOutput {
    let header = format!("Authorization: Basic {}\n\n", STANDARD.encode(format!("{key}:")));
    env.run_with_input("verify --headers", header)
}

pub const POLICY_COMMAND: &str = "legacy policy --yes --announce 2026-12-01 --limit-from 2027-07-01 --limit 200/min \
    --sunset 2028-03-20 --link https://example.org/tokens";
