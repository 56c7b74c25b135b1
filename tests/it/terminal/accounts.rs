//! Lists that show several accounts name the account of each row.

use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

fn env_with_two_accounts() -> TestEnv {
    let mut env = TestEnv::new();
    env.run_ok("account add Production");
    let first = env.run_ok("account show --field id").trim().to_owned();
    env.run_ok("account add Staging");
    for line in [
        "create acme --days 90",
        "district add North",
        "app add Roster --legacy-key-file ~/key --allow-weak",
    ] {
        env.file("key", "DEMO_KEY");
        env.run_ok(&format!("{line} --account {first}"));
    }
    env
}

#[test]
fn an_account_column_appears_with_the_second_account() {
    let mut env = env_with_two_accounts();
    assert_snapshot!(env.run_ok("list"), @"
    ID                           NAME    ACCOUNT     KIND     STATE   EXPIRES               LEFT  REMARK
    pc_c475afaa6e366d69060b7bb4  acme    Production  account  active  2027-02-20T06:00:00Z  90 d
    lk_cb6f12a9031b3d56317bf51d  Roster  Production  legacy   active  never
    ");
    for line in ["list", "app list", "district list", "legacy report"] {
        let table = env.run_ok(line);
        assert!(table.lines().next().unwrap().contains("ACCOUNT"), "{table}");
        assert!(table.contains("Production"), "{table}");
        let account = env.run_ok("account list -q").lines().next().unwrap().to_owned();
        let one = env.run_ok(&format!("{line} --account {account}"));
        assert!(!one.contains("ACCOUNT") && !one.contains("Production"), "{one}");
    }
}
