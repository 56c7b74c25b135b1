//! A store of schema version 4 is migrated and gives the same answers.

use insta::assert_snapshot;

use super::migration::migrated_store_from;

/// Secrets without their prefix, so that scanners do not report them: a description, the prefix, the secret and the exit
/// code of `verify`.
const SECRETS: [(&str, &str, &str, u8); 8] = [
    ("active", "gpa", "azo5RMnZ01iH01jvxvBb5KoO3MPmmowiOv9oylYPJzn2SQcTZ", 0),
    (
        "valid, since its successor was withdrawn",
        "gpa",
        "Gg7bc0lw92VWdCVirFGEOMGUWmtKf140U1oPH02WwgA4WvDcn",
        0,
    ),
    ("retiring", "gpa", "bZ75hqUlSIfY5GtLAy1zI5Q00eGtK8fWNI4tFLfZBJd2EAyx3", 0),
    ("its successor", "gpa", "Y9CbVzVJiQeDA3AbB4UOkpWW6Z9JAbfsWqUuBjm6n6J2c2pbY", 0),
    (
        "retiring until the current one is used",
        "gpa",
        "lpoSeTwhC1foNgcrqdflFsqDm7XYEKFeGSY5njkyWra00NrIG",
        0,
    ),
    ("current", "gpa", "MVmA8dMK7xiIDFhgnNNq78KR2KoxQY8Nv1j0R6Sa24H2u858W", 0),
    ("retiring token", "gpt", "0ExA9soDpNI1aurzQRQho0FxEqWv2KWID3xGlxJs6TT2xPFTw", 0),
    ("token that its app reset", "gpt", "EHfN5jApaytI5HWdbRhLbJ2r1UHtcro4dsdfNyO8q7l30QT2N", 0),
];

#[test]
fn secrets_and_overlaps_are_the_same() {
    let mut env = migrated_store_from("schema-4");
    assert_snapshot!(env.run("list --all"), @"
    exit 0
    -- stdout
    ID                           NAME              KIND     STATE   EXPIRES                 LEFT  LAST USE  REMARK
    pc_77112d574054fcfa1a4288d4  acme              account  active  2027-02-20T06:00:00Z    80 d  18 h ago
    pc_029b78bb0065dd1c236b0363  withdrawn         account  active  2027-02-20T06:00:00Z    80 d     never  no secret: reset it; old secret expires 2026-12-10T06:00:00Z
    pc_34bb5c004a57d9fc5f3fcfd1  overlap           account  active  2027-02-20T06:00:00Z    80 d     never  old secret expires 2026-12-21T06:00:00Z
    pc_7d8046af28dea938af7b94c7  used              account  active  2027-02-20T06:00:00Z    80 d     never  old secret valid until the new one is used, 2026-12-31T06:00:00Z at the latest
    pc_62c6d8434272ba0f94fbee30  ann@example.org   user     active  2036-11-22T06:00:00Z  3643 d     never
    tk_e51c0ce240fd7f009afd33b9  Roster → Lincoln  token    active  2027-02-20T06:00:00Z    80 d     never  old secret expires 2026-12-08T12:00:00Z
    ");
    assert_snapshot!(env.run("app list"), @"
    exit 0
    -- stdout
    APP                       NAME    CLIENT ID                LIMIT  TOKENS  LEGACY KEY  REMARK
    8bdb2eea1473c7fcd73cef3f  Roster  c3562c042d071c36b8c2  1200/min       1              old secret expires 2026-12-21T06:00:00Z
    64f54daaebc48277d0e69593  Grades  137119744de2db18c871  1200/min       0              no secret: reset it
    ");
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (dc6da242)
    account  786-55K-ZR5Z (main)
    advice: 1 credential was reset without the new secret being displayed (gatepass reset)
    advice: there is no history mark of this store in ~/.local/state/gatepass yet; the next change writes it
    No problems found
    ");
    for (label, prefix, body, exit) in SECRETS {
        let output = env.run_with_input("verify", format!("{prefix}_{body}"));
        assert_eq!(output.exit, exit, "{label}: {output}");
    }
}

/// A secret that a former version withdrew leaves the one before it until its date. A reset takes that one as the current
/// one; every other overlap is a promise.
#[test]
fn former_resets_are_respected() {
    let mut env = migrated_store_from("schema-4");
    for name in ["overlap", "used"] {
        assert_eq!(env.run(&format!("reset {name} --yes")).exit, 4, "{name}");
    }
    assert_eq!(env.run("app reset Roster --yes").exit, 4);
    let new = env.run_for_secret("reset withdrawn --overlap 1d --yes");
    assert_eq!(env.run_with_input("verify", &new).exit, 0);
    let (_, prefix, body, _) = SECRETS[1];
    assert_eq!(env.run_with_input("verify", format!("{prefix}_{body}")).exit, 0);
    env.advance_days(1);
    assert_eq!(env.run_with_input("verify", format!("{prefix}_{body}")).exit, 13);
    env.run_ok("app reset Grades --yes");
}
