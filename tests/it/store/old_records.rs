//! Audit records of earlier versions read as those versions printed them.

use std::{collections::BTreeMap, fs, path::Path};

use insta::assert_debug_snapshot;

use super::migration::{STORES, migrated_store_from};

/// New fields follow the old ones, and nothing else differs.
#[test]
fn old_audit_records_only_gain_fields() {
    let mut actors = BTreeMap::new();
    for version in ["0.1.0", "schema-3", "schema-4"] {
        let mut env = migrated_store_from(version);
        let printed =
            fs::read_to_string(Path::new(STORES).join(version).join("audit.jsonl")).unwrap();
        let log = env.run_ok("audit list --format jsonl");
        assert_eq!(log.lines().count(), printed.lines().count(), "{version}");
        for (now, then) in log.lines().zip(printed.lines()) {
            let gained = now.strip_prefix(then.strip_suffix('}').unwrap()).expect(then);
            // From the link on, the values differ from record to record.
            let (actor, _) = gained.split_once(",\"link\":").expect(now);
            *actors.entry(actor.to_owned()).or_insert(0) += 1;
        }
    }
    assert_debug_snapshot!(actors, @r#"
    {
        "": 19,
        ",\"actor_kind\":\"os\",\"actor\":\"ann@desk\",\"actor_address\":null": 70,
        ",\"actor_kind\":\"os\",\"actor\":\"client 51353b4158fd93d1c81c@192.0.2.7\",\"actor_address\":null": 2,
        ",\"actor_kind\":\"os\",\"actor\":\"eve as ann@desk\",\"actor_address\":null": 1,
    }
    "#);
}
