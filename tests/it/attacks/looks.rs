//! Which looks at the store report each attack, with all guards and without one of them.

use std::fmt::Write as _;

use insta::assert_snapshot;

use super::{
    attack::Attack,
    attack_list::{ATTACKS, attack, every_attack},
    guards::Guard,
    target::Target,
};

/// A way to look at the store: its name, and the exit code that it gives.
type Look = (&'static str, fn(&mut Target, &Attack) -> u8);

pub const DOCTOR: Look = ("doctor", |target, _| target.run("doctor"));
pub const AUDIT_VERIFY: Look = ("audit verify", |target, _| target.run("audit verify"));
pub const LIST: Look = ("list", |target, _| target.run("list --all"));

/// Every look. `check` exits with 3 after an error, as monitoring plugins do.
const LOOKS: &[Look] = &[
    ("verify", |target, attack| target.verify(attack.secret)),
    ("show", |target, attack| target.run(attack.show)),
    LIST,
    ("check", |target, _| target.run("check")),
    DOCTOR,
    AUDIT_VERIFY,
    ("--against", |target, _| target.run("audit verify --against ~/checkpoint")),
];

/// Returns the answers of all looks at all attacks on stores without a guard. `·` stands for the answer before the attack.
fn answers(attacks: impl Iterator<Item = &'static Attack>, removed: Option<Guard>) -> String {
    let mut table = format!("{:48}", "");
    LOOKS.iter().for_each(|(name, _)| write!(table, "  {name}").unwrap());
    for attack in attacks {
        let mut target = attack.before_attack();
        let before: Vec<u8> = LOOKS.iter().map(|(_, look)| look(&mut target, attack)).collect();
        attack.attack(&target);
        removed.into_iter().for_each(|guard| guard.remove_from(&mut target));
        write!(table, "\n{:48}", attack.name).unwrap();
        for ((name, look), before) in LOOKS.iter().zip(before) {
            let after = look(&mut target, attack);
            let answer = if after == before { "·".to_owned() } else { after.to_string() };
            write!(table, "  {answer:width$}", width = name.len()).unwrap();
        }
        table.truncate(table.trim_end().len());
    }
    table
}

#[test]
fn every_attack_is_reported() {
    assert_snapshot!(answers(every_attack(), None), @"
                                                      verify  show  list  check  doctor  audit verify  --against
    revoked passcode                                  8       8     8     ·      8       ·             ·
    revoked passcode, without its counters            8       8     8     ·      8       ·             ·
    deleted passcode                                  8       8     8     ·      8       ·             ·
    secret before a reset                             8       8     8     ·      8       ·             ·
    secret before a reset, and only its digest        8       8     8     ·      8       ·             ·
    secret before the end of an overlap               8       8     8     ·      8       ·             ·
    later expiry                                      8       8     8     0      8       ·             ·
    token before its app reset it                     8       8     8     ·      8       ·             ·
    token before its pickup                           8       8     8     ·      8       ·             ·
    revoked token                                     8       8     8     ·      8       ·             ·
    revoked client secret                             8       8     8     ·      8       ·             ·
    removed app                                       8       8     8     ·      8       ·             ·
    removed account                                   8       8     8     3      8       8             8
    policy with a later sunset                        8       8     8     3      8       8             8
    removed district                                  ·       8     8     ·      8       ·             ·
    name of a deleted passcode                        ·       8     ·     ·      8       ·             ·
    counters                                          ·       ·     8     2      8       ·             ·
    last uses                                         ·       ·     ·     ·      8       ·             ·
    daily uses                                        ·       ·     ·     ·      8       ·             ·
    delivered message                                 ·       8     ·     ·      8       ·             ·
    delivered message, with its counters              ·       ·     ·     ·      8       ·             ·
    removed passcode                                  8       8     8     2      8       ·             ·
    removed digest                                    10      ·     ·     ·      8       ·             ·
    removed account row                               8       8     8     3      8       8             8
    removed app row                                   ·       8     8     ·      8       ·             ·
    removed district row                              ·       8     8     ·      8       ·             ·
    revoked passcode, without the record              0       ·     8     ·      8       8             8
    revoked passcode, without an entry of its record  0       ·     8     ·      8       ·             ·
    everything put back                               8       8     8     3      8       8             8
    trigger that undoes revocations                   8       8     8     3      8       8             8
    view                                              8       8     8     3      8       8             8
    view in place of a table                          8       8     8     3      8       8             8
    table                                             8       8     8     3      8       8             8
    dropped index                                     8       8     8     3      8       8             8
    ");
}

/// Without the newest audit record of each row that is looked up, the attacks succeed until somebody reads a whole table.
#[test]
fn without_the_newest_records_lookups_are_deceived() {
    assert_snapshot!(answers(ATTACKS.iter(), Some(Guard::NewestRecord)), @"
                                                      verify  show  list  check  doctor  audit verify  --against
    revoked passcode                                  0       ·     8     ·      8       ·             ·
    revoked passcode, without its counters            0       ·     8     ·      8       ·             ·
    deleted passcode                                  0       0     8     ·      8       ·             ·
    secret before a reset                             0       ·     8     ·      8       ·             ·
    secret before a reset, and only its digest        0       ·     8     ·      8       ·             ·
    secret before the end of an overlap               0       ·     8     ·      8       ·             ·
    later expiry                                      ·       ·     8     0      8       ·             ·
    token before its app reset it                     0       ·     8     ·      8       ·             ·
    token before its pickup                           13      ·     8     ·      8       ·             ·
    revoked token                                     0       ·     8     ·      8       ·             ·
    revoked client secret                             8       8     8     ·      8       ·             ·
    removed app                                       8       8     8     ·      8       ·             ·
    removed account                                   8       8     8     3      8       8             8
    policy with a later sunset                        8       8     8     3      8       8             8
    removed district                                  ·       0     8     ·      8       ·             ·
    name of a deleted passcode                        ·       8     ·     ·      8       ·             ·
    counters                                          ·       ·     8     2      8       ·             ·
    last uses                                         ·       ·     ·     ·      8       ·             ·
    daily uses                                        ·       ·     ·     ·      8       ·             ·
    delivered message                                 ·       8     ·     ·      8       ·             ·
    delivered message, with its counters              ·       ·     ·     ·      8       ·             ·
    removed passcode                                  8       8     8     2      8       ·             ·
    removed digest                                    10      ·     ·     ·      8       ·             ·
    removed account row                               8       8     8     3      8       8             8
    removed app row                                   ·       8     8     ·      8       ·             ·
    removed district row                              ·       8     8     ·      8       ·             ·
    revoked passcode, without the record              0       ·     8     ·      8       8             8
    revoked passcode, without an entry of its record  0       ·     8     ·      8       ·             ·
    ");
}

/// Without sums, rows can be removed, and rows without audit records can be put back.
#[test]
fn without_sums_whole_tables_are_deceived() {
    assert_snapshot!(answers(ATTACKS.iter(), Some(Guard::Sums)), @"
                                                      verify  show  list  check  doctor  audit verify  --against
    revoked passcode                                  8       8     ·     ·      8       ·             ·
    revoked passcode, without its counters            8       8     ·     ·      8       ·             ·
    deleted passcode                                  8       8     ·     ·      8       ·             ·
    secret before a reset                             8       8     ·     ·      8       ·             ·
    secret before a reset, and only its digest        8       8     ·     ·      8       ·             ·
    secret before the end of an overlap               8       8     ·     ·      8       ·             ·
    later expiry                                      8       8     ·     0      8       ·             ·
    token before its app reset it                     8       8     ·     ·      8       ·             ·
    token before its pickup                           8       8     ·     ·      8       ·             ·
    revoked token                                     8       8     ·     ·      8       ·             ·
    revoked client secret                             ·       ·     ·     ·      8       ·             ·
    removed app                                       8       0     ·     ·      8       ·             ·
    removed account                                   ·       0     ·     ·      8       ·             ·
    policy with a later sunset                        ·       ·     ·     ·      8       ·             ·
    removed district                                  ·       8     ·     ·      8       ·             ·
    name of a deleted passcode                        ·       8     ·     ·      8       ·             ·
    counters                                          ·       ·     8     2      8       ·             ·
    last uses                                         ·       ·     ·     ·      8       ·             ·
    daily uses                                        ·       ·     ·     ·      ·       ·             ·
    delivered message                                 ·       8     ·     ·      8       ·             ·
    delivered message, with its counters              ·       ·     ·     ·      ·       ·             ·
    removed passcode                                  8       8     8     2      8       ·             ·
    removed digest                                    10      ·     ·     ·      8       ·             ·
    removed account row                               ·       3     ·     ·      8       ·             ·
    removed app row                                   ·       3     8     ·      8       ·             ·
    removed district row                              ·       8     ·     ·      8       ·             ·
    revoked passcode, without the record              0       ·     ·     ·      8       8             8
    revoked passcode, without an entry of its record  0       ·     ·     ·      8       ·             ·
    ");
}

/// On a machine that never saw the newer store, only a checkpoint shows that it existed.
#[test]
fn without_the_history_mark_an_older_store_is_noticed_with_a_checkpoint() {
    let rollback = std::iter::once(attack("everything put back"));
    assert_snapshot!(answers(rollback, Some(Guard::HistoryMark)), @"
                                                      verify  show  list  check  doctor  audit verify  --against
    everything put back                               0       ·     ·     ·      ·       ·             8
    ");
}
