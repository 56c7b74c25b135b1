//! A store of schema version 3 is migrated and gives the same answers.

use insta::assert_snapshot;

use super::migration::migrated_store_from;

/// Secrets without their prefix, so that scanners do not report them: a description, the prefix, the secret and the exit
/// code of `verify`.
const SECRETS: [(&str, &str, &str, u8); 9] = [
    ("active", "gpa", "FZnyLSiZ7DN3xcwOMs7TTxjVoFzUTeARc4ZXIWSx1iH4PpgNf", 0),
    ("revoked", "gpa", "aVlKTxjJ61EGycTJrP7R6n3TPNHqWJgtqWHIgPbkKQz0kWqar", 12),
    ("retiring", "gpa", "aHmWgJeoNrFID2He69uaMrotRf3jXgFlv2K4BB2sPQM0ROuRX", 0),
    ("its successor", "gpa", "Dxu9xNYPomW2JSpJ38BvszRJ2rS5Wm7TKEbWqdLt1762CRT7s", 0),
    (
        "valid, since its successor was withdrawn",
        "gpa",
        "rQweE27yM1UdPvonfvBQKAny5wziiYlQoYoAHG3CoQq2vxj86",
        0,
    ),
    (
        "current, since its first use ended the overlap",
        "gpa",
        "Z5GRzEmr9KVrFxHEJjRF4n3eVQzUkYNb74g0tD1sQNQ3f8Saf",
        0,
    ),
    ("token", "gpt", "xDJEZe0507pwhm2gh97JVz4WC41nb99aEJqYAl788ko3X7hl1", 0),
    ("token that its app reset", "gpt", "g5ZinH5N0LrY1IbRnZYeYg5QiSbpwWCcLcyZBR9QOs80mOpIb", 0),
    ("retiring token", "gpt", "NOenUlSQ1gjJBnVYYI7RYg0GLbfOkOfye1MJny3Qt0l3W9AOQ", 0),
];

#[test]
fn credentials_are_the_same() {
    let mut env = migrated_store_from("schema-3");
    assert_snapshot!(env.run("list --all"), @"
    exit 0
    -- stdout
    ID                           NAME                KIND     STATE     EXPIRES                 LEFT  LAST USE  REMARK
    pc_e4df6ffa576486b6a8e176f5  acme                account  active    2027-02-20T06:00:00Z    80 d  18 h ago  the first partner
    pc_517431f21a616c0241d9ffea  beta                account  expiring  2026-12-12T06:00:00Z    10 d     never
    pc_f8475408e606eb3dd5edf387  old                 account  expired   2026-11-25T06:00:00Z             never
    pc_fbb0aa107160a5e94c5eb5db  gone                account  revoked   never                            never
    pc_16b2595c1c734b84fd36a325  dead                account  deleted   2036-11-22T06:00:00Z             never
    pc_cc376f9c83b360047b293fdc  reset               account  active    2027-06-19T06:00:00Z   199 d     never  old secret expires 2026-12-21T06:00:00Z
    pc_8d45faa99330a48d669e8581  withdrawn           account  expiring  2027-01-01T06:00:00Z    30 d     never  no secret: reset it; old secret expires 2026-12-10T06:00:00Z
    pc_e16cd5f8d609e0b6d7a64965  ann@example.org     user     active    2036-11-22T06:00:00Z  3643 d     never
    pc_44614296ae39c0c5f6f9dd03  Bob@Example.org     user     expiring  2026-12-04T06:00:00Z     2 d     never
    pc_947a1edaf101707cdabc8cdf  eve@example.org     user     revoked   2027-01-21T06:00:00Z             never
    pc_0d5c541cd04022e3be2d89f3  old@example.org     user     expired   2026-11-25T06:00:00Z             never
    pc_83721d36422287a46fdef733  dead@example.org    user     deleted   2027-01-21T06:00:00Z             never
    pc_1e672fafd20ea70d395dcd61  cy@example.org      user     active    2027-01-21T06:00:00Z    50 d     never  old secret expires 2026-12-08T06:00:00Z
    pc_da81ff0a5eb93b5101b97e95  used                account  active    2027-01-21T06:00:00Z    50 d  18 h ago
    pc_c899b66884d280e3844752f3  gone-too            account  revoked   never                            never
    lk_77aa93f161ffe8493f9b70d7  Grades              legacy   active    never                         18 h ago
    tk_c91a77c35a4edbe80d50364a  Grades → Lincoln    token    active    2027-02-21T06:00:00Z    81 d     never  later
    tk_bedb18137c7fdd815c7f3b6f  Grades → Elk Grove  token    expiring  2026-12-08T06:00:00Z     6 d     never
    tk_9e5b9e4734e4ae24e5629156  Roster → Lincoln    token    active    2036-11-23T06:00:00Z  3644 d  18 h ago  old secret expires 2026-12-08T12:00:00Z
    tk_f6f947671c5a37b36faa8840  Roster → Bay        token    revoked   2026-12-23T06:00:00Z             never
    tk_d513b610a68cfe45fd58acbb  Library → Lincoln   token    revoked   2027-01-22T06:00:00Z             never
    tk_df1d4bfbb80845f261ea82de  Roster → Elk Grove  token    active    never                            never  not picked up yet
    pc_0dec589941cb0858f2bcbab4  late@example.org    user     expiring  2026-12-10T13:00:00Z     9 d     never
    ");
    assert_snapshot!(env.run("audit list --of Roster/Lincoln"), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION  SUBJECT                      NAME              ACTOR                                  CHANGES
     36  2026-11-23T06:00:00Z  create  tk_9e5b9e4734e4ae24e5629156  Roster → Lincoln  ann@desk
     50  2026-12-01T12:00:00Z  pickup  tk_9e5b9e4734e4ae24e5629156  Roster → Lincoln  client 51353b4158fd93d1c81c@192.0.2.7  secret 0 → 1
     51  2026-12-01T12:00:00Z  reset   tk_9e5b9e4734e4ae24e5629156  Roster → Lincoln  client 51353b4158fd93d1c81c@192.0.2.7  secret 1 → 2; old secret until none → 2026-12-08
    ");
    assert_snapshot!(env.run("audit verify"), @"
    exit 0
    -- stdout
    Audit log OK: 54 records, head 4adec0728c416eede92000c54c8d135dc85a7938f7f9566525b580301083933b
    ");
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (ae51a04b)
    account  66W-675-8R6Z (main)
    advice: 1 credential was reset without the new secret being displayed (gatepass reset)
    advice: 2 credentials have expired (gatepass delete --expired)
    advice: 1 message was given up; check the webhook of app Library
    advice: there is no history mark of this store in ~/.local/state/gatepass yet; the next change writes it
    No problems found
    ");
    for (label, prefix, body, exit) in SECRETS {
        let output = env.run_with_input("verify", format!("{prefix}_{body}"));
        assert_eq!(output.exit, exit, "{label}: {output}");
    }
}

#[test]
fn apps_districts_messages_and_legacy_keys_are_the_same() {
    let mut env = migrated_store_from("schema-3");
    assert_snapshot!(env.run("app list --all"), @"
    exit 0
    -- stdout
    APP                       NAME     CLIENT ID                LIMIT  TOKENS  LEGACY KEY  REMARK
    2cdde7cbd4d9b166f451d58c  Roster   51353b4158fd93d1c81c  1200/min       3
    a97250d83c518d4c15ff8201  Grades   26aec197161359423d48   600/min       2  active
    235a2d72eb928efaae084f98  Library  f52f921402bcfcdd56cb  1200/min       1              removed 2026-11-30T06:00:00Z
    ");
    assert_snapshot!(env.run("district list --all"), @"
    exit 0
    -- stdout
    DISTRICT                  NAME       EXTERNAL ID  REMARK
    c3d40f6ac3109a367f469b09  Lincoln    lin-1
    613e6e3089a42ae006447c31  Elk Grove
    dba2804238b49c579295d78d  Bay        bay-1        removed 2026-11-30T06:00:00Z
    ");
    assert_snapshot!(env.run("legacy policy"), @"
    exit 0
    -- stdout
    account    66W-675-8R6Z
    stage      announced
    announced  2026-11-25T00:00:00Z (7 d ago)
    limited    to 2/min from 2026-12-10T00:00:00Z (in 8 d)
    sunset     2026-12-20T00:00:00Z (in 18 d)
    link       https://example.org/tokens
    ");
    assert_snapshot!(env.run("legacy report"), @"
    exit 0
    -- stdout
    APP     ID                        STAGE      LAST USE  RECENT  TOTAL  TOKENS  BLOCKING
    Grades  a97250d83c518d4c15ff8201  announced  18 h ago       2      2  2 of 2  in use
    ");
    assert_snapshot!(env.run("deliver --dry-run --allow-private-webhooks"), @"
    exit 0
    -- stdout
    MESSAGE                       APP     EVENT          TOKEN                        ATTEMPTS  RESULT  WHY
    msg_5fe79f38b6a29493c2316f72  Roster  token.revoked  tk_f6f947671c5a37b36faa8840         1  due     the answer is 500
    msg_45ccd7a3942f424a48173d8b  Roster  token.granted  tk_df1d4bfbb80845f261ea82de         0  due
    msg_31ce6448e93518d4d1dfec08  Roster  token.reset    tk_9e5b9e4734e4ae24e5629156         0  due
    -- stderr
    This was a dry run: nothing was changed.
    ");
}
