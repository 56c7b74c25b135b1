//! An operator's day: a check finds that someone wrote to the store, and the store is made good again.

use insta::assert_snapshot;

use super::attack_list::attack;

#[test]
fn an_operator_finds_a_revoked_passcode_that_was_put_back() {
    let mut target = attack("revoked passcode").make();
    let env = &mut target.env;
    // The nightly check.
    assert_snapshot!(env.run("doctor --quiet"), @"
    exit 8
    -- stdout
    problem: pc_8a712eb746b8d892eab8f4a2 does not match its last audit record
    problem: credentials were removed, added or replaced by older ones outside gatepass
    problem: counters were removed, added or replaced by older ones outside gatepass
    3 problems: keep a copy of the store, then restore a backup or run gatepass store repair
    ");
    assert_snapshot!(env.run("doctor"), @"
    exit 8
    -- stdout
    store     ~/.local/share/gatepass/store.db (version 6)
    key       ~/.config/gatepass/key (078f3070)
    accounts  948-4KK-444Z (School), RZ5-76K-665Z (Spare)
    problem: pc_8a712eb746b8d892eab8f4a2 does not match its last audit record
    problem: credentials were removed, added or replaced by older ones outside gatepass
    problem: counters were removed, added or replaced by older ones outside gatepass
    3 problems: keep a copy of the store, then restore a backup or run gatepass store repair
    ");
    assert_snapshot!(env.run("show acme"), @"
    exit 8
    -- stderr
    error: the store failed verification: pc_8a712eb746b8d892eab8f4a2 was replaced by an older version outside gatepass
    hint: gatepass doctor shows details; keep a copy of the store, then restore a backup or run gatepass store repair
    ");
    // The log is intact, also compared with a checkpoint from another machine.
    assert_snapshot!(env.run("audit verify --against ~/checkpoint"), @"
    exit 0
    -- stdout
    Audit log OK: 15 records, head 3ba9220a6cacd758253572df6bf58ad9600e1b713c121f9cba59ab128cf4623a; it extends the checkpoint of record 15
    ");
    assert_snapshot!(env.run("store repair --dry-run"), @"
    exit 0
    -- stdout
    revoked: account passcode pc_8a712eb746b8d892eab8f4a2
    counters set: 1
    sum computed again: credentials
    No problems remain
    -- stderr
    This was a dry run: nothing was changed.
    ");
    assert_snapshot!(env.run("store repair --yes"), @"
    exit 0
    -- stdout
    revoked: account passcode pc_8a712eb746b8d892eab8f4a2
    counters set: 1
    sum computed again: credentials
    No problems remain
    ");
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store     ~/.local/share/gatepass/store.db (version 6)
    key       ~/.config/gatepass/key (078f3070)
    accounts  948-4KK-444Z (School), RZ5-76K-665Z (Spare)
    advice: the key has no backup; without it the store cannot be read (back it up: gatepass key export --out FILE)
    No problems found
    ");
    assert_snapshot!(env.run("show acme"), @"
    exit 0
    -- stdout
    id         pc_8a712eb746b8d892eab8f4a2
    name       acme
    kind       account passcode of 948-4KK-444Z
    state      revoked
    expires    2027-02-20T06:00:00Z (in 90 d)
    lifetime   90 days
    created    2026-11-22T06:00:00Z by ann@host
    last used  2026-11-22T06:00:00Z from 192.0.2.1, 1 use
    revoked    2026-11-22T06:00:00Z by ann@host, tampered
    ");
    assert_snapshot!(env.run("audit list --of acme --limit 2"), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION  SUBJECT                      NAME  ACTOR     CHANGES
     15  2026-11-22T06:00:00Z  revoke  pc_8a712eb746b8d892eab8f4a2  acme  ann@host
     16  2026-11-22T06:00:00Z  revoke  pc_8a712eb746b8d892eab8f4a2  acme  ann@host  reason none → tampered; withdrawn false → true
    ");
    // The partner gets a new passcode, and the old name is free for it.
    assert_snapshot!(env.run("delete acme --yes"), @"exit 0");
    let new = env.run_for_secret("create acme --days 90");
    assert_eq!(env.run_with_input("verify", new).exit, 0);
    assert_eq!(env.run("doctor").exit, 0);
    assert_eq!(env.run("audit verify --against ~/checkpoint").exit, 0);
}
