//! Tampering with the head.

use gatepass::store::Access;

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{TestStore, assert_integrity_error},
    },
    support::records::{account_passcode, app, district},
};

/// The counts of the head.
const COUNTS: [&str; 6] = ["accounts", "credentials", "apps", "districts", "messages", "audit_seq"];

/// Each count is authenticated by itself, also where others are zero.
pub fn a_wrong_count_in_the_head_is_rejected(source: &dyn BackendSource) {
    type Fill = fn(&TestStore);
    let stores: [Fill; 5] = [
        |_| {},
        |store| _ = store.add(account_passcode(1, "Partner")),
        |store| _ = store.add_app(app(1, "Reader")),
        |store| _ = store.add_district(district(1, "Springfield")),
        |store| {
            store.add_app(app(1, "Reader"));
            store.add_district(district(1, "Springfield"));
        },
    ];
    for (number, fill) in stores.into_iter().enumerate() {
        let source = source.another_source();
        let store = TestStore::new(&*source);
        fill(&store);
        for column in COUNTS {
            for delta in [1, -1, 3, -2] {
                let change = |delta: i64| {
                    source.tamper(&format!("update head set {column} = {column} + {delta}"));
                };
                change(delta);
                for access in [Access::Read, Access::Write, Access::WriteRelaxed] {
                    assert_integrity_error(store.begin(access));
                }
                change(-delta);
                assert!(store.begin(Access::Read).is_ok(), "{number}, {column}");
            }
        }
    }
}
