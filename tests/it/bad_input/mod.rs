//! Bad input and the answer to it: a table, and the stories that need a world of their own.

use std::{
    ffi::OsString,
    fs::{self, Permissions},
    io::{self, Read},
    os::unix::{
        ffi::OsStringExt,
        fs::{PermissionsExt, symlink},
    },
    time::{Duration, Instant},
};

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{
    credentials_fixture::{credentials_fixture, credentials_fixture_with_terminal},
    test_env::{CommandOutput, TestEnv, words},
};

/// What is wrong, the arguments, the exit, and what the answer says. `~` is the home directory.
type Case = (&'static str, String, u8, &'static str);

const WHOLE_DAYS: &str = "a whole number from 1 to 365";
const CONFLICTING_FLAGS: &str = "cannot be used with";
const NO_LIFETIME: &str = "give --days N, --until DATE, --infinite or --forever";
const SECRET_EXPOSED: &str = "treat it as exposed";

fn cases() -> Vec<Case> {
    let create = |name: &str| format!("create '{name}' --days 9");
    let days = |days: &str| format!("create new --days '{days}'");
    let until = |until: &str| format!("create new --until '{until}'");
    let grant = |email: &str| format!("grant-user '{email}' --days 9");
    let token = |more: &str| format!("grant-app Roster --district Lincoln --days 3 {more}");
    let many: Vec<String> = (0..101).map(|number| format!("read:a{number}")).collect();
    let secret = format!("gpa_{}", "0aZ".repeat(20).split_at(49).0);
    let with_secret = |line: &str| line.replace('@', &secret);
    vec![
        // Names.
        ("a name that is empty", create(""), 2, "the name is empty"),
        (
            "a name of 101 characters",
            create(&"ä".repeat(101)),
            2,
            "has 101 characters; at most 100",
        ),
        (
            "a name with a control character",
            create("a\u{7}"),
            2,
            "a control character (U+0007) at position 2",
        ),
        (
            "a name with an escape",
            create("\u{1b}[2J"),
            2,
            "a control character (U+001B) at position 1",
        ),
        (
            "a name with a line ending",
            create("a\nb"),
            2,
            "a control character (U+000A) at position 2",
        ),
        (
            "a name with a C1 control",
            create("ab\u{9b}"),
            2,
            "a control character (U+009B) at position 3",
        ),
        (
            "a name that changes direction",
            create("ab\u{202e}c"),
            2,
            "direction-changing character (U+202E) at position 3",
        ),
        (
            "a name with something invisible",
            create("a\u{200b}b"),
            2,
            "an invisible or direction-changing character (U+200B)",
        ),
        (
            "a name with a line separator",
            create("a\u{2028}b"),
            2,
            "a line-breaking character (U+2028) at position 2",
        ),
        (
            "a name with a space before it",
            create(" a"),
            2,
            "a space at position 1, at its beginning",
        ),
        (
            "a name with a space behind it",
            create("a\u{a0}"),
            2,
            "a space at position 2, at its end",
        ),
        ("a name of nothing but a space", create(" "), 2, "a space at position 1"),
        (
            "a name shaped like an id",
            create("pc_65511a5d129d4ed6c9cd2b3f"),
            2,
            "the name is shaped like an id",
        ),
        ("a name that is taken", create("ACME"), 4, "taken by pc_65511a5d129d4ed6c9cd2b3f"),
        (
            "a name that one revoked still has",
            create("Gone"),
            4,
            "gatepass delete Gone frees the name",
        ),
        ("a new name that is none", "edit acme --name ''".into(), 2, "the name is empty"),
        (
            "a note with an escape",
            "edit acme --note 'a\u{1b}b'".into(),
            2,
            "a control character (U+001B) at position 2",
        ),
        ("the address of nobody", grant("nobody"), 2, "an e-mail address has one @"),
        ("two addresses", grant("a@b@c"), 2, "an e-mail address has one @"),
        ("an address with a space", grant("ann b@example.org"), 2, "e-mail address"),
        (
            "an address that changes direction",
            grant("ann@example.org\u{202e}"),
            2,
            "direction-changing",
        ),
        ("an address that is taken", grant("ANN@example.org"), 4, "already has the passcode"),
        (
            "a user as the name of a partner, both are there",
            "edit ann@example.org --name x".into(),
            2,
            "has no name of its own",
        ),
        // Lifetimes.
        ("no day", days("0"), 2, WHOLE_DAYS),
        ("a day less than none", days("-1"), 2, WHOLE_DAYS),
        ("a day too many", days("366"), 2, WHOLE_DAYS),
        ("a day and a half", days("1.5"), 2, WHOLE_DAYS),
        ("days in scientific notation", days("1e3"), 2, WHOLE_DAYS),
        ("days of 20 digits", days("99999999999999999999"), 2, WHOLE_DAYS),
        ("days of 2^64 + 1", days("18446744073709551617"), 2, WHOLE_DAYS),
        ("days in digits that are not ASCII", days("٣٠"), 2, WHOLE_DAYS),
        ("days in fullwidth digits", days("３０"), 2, WHOLE_DAYS),
        ("days with a sign", days("+30"), 2, WHOLE_DAYS),
        ("days with a space", days(" 30"), 2, WHOLE_DAYS),
        ("days in hexadecimal", days("0x1e"), 2, WHOLE_DAYS),
        ("days with a unit", days("30d"), 2, WHOLE_DAYS),
        ("days of nothing", days(""), 2, WHOLE_DAYS),
        (
            "days without a value",
            "create new --days".into(),
            2,
            "a value is required for '--days <N>'",
        ),
        ("a date that does not exist", until("2027-02-29"), 2, "an end is a date such as"),
        ("a date that is over", until("2026-12-01"), 2, "is not in the future"),
        ("a date too far away", until("2027-12-03"), 2, "is more than 365 days away"),
        ("a date in words", until("tomorrow"), 2, "an end is a date such as"),
        ("a date of five digits", until("12027-01-01"), 2, "an end is a date such as"),
        ("an instant without a zone", until("2027-01-01T00:00:00"), 2, "an end is a date such as"),
        ("days and forever", "create new --days 30 --forever".into(), 2, CONFLICTING_FLAGS),
        ("days and infinite", "create new --days 30 --infinite".into(), 2, CONFLICTING_FLAGS),
        ("days and a date", "create new --days 30 --until 2027-01-01".into(), 2, CONFLICTING_FLAGS),
        (
            "infinite and forever",
            "reset acme --infinite --forever --yes".into(),
            2,
            CONFLICTING_FLAGS,
        ),
        ("days twice", "create new --days 3 --days 4".into(), 2, "cannot be used multiple times"),
        ("no lifetime at all", "create new".into(), 2, NO_LIFETIME),
        (
            "no lifetime for a user",
            "grant-user new@example.org".into(),
            2,
            "give --days N, --until DATE or --infinite",
        ),
        ("no name at all", "create --days 9".into(), 2, "give the NAME"),
        (
            "a user's passcode forever",
            "edit ann@example.org --forever".into(),
            2,
            "can't last forever",
        ),
        ("an overlap of 31 days", "reset acme --overlap 31d --yes".into(), 2, "at most 30 days"),
        (
            "an overlap of weeks without end",
            "reset acme --overlap 99999999999999999999w --yes".into(),
            2,
            "a duration is",
        ),
        ("an overlap without a unit", "reset acme --overlap 7 --yes".into(), 2, "a duration is"),
        ("an overlap of half a day", "reset acme --overlap 0.5d --yes".into(), 2, "a duration is"),
        (
            "an overlap in digits that are not ASCII",
            "reset acme --overlap ٣d --yes".into(),
            2,
            "a duration is",
        ),
        (
            "an overlap that ends in two bytes",
            "reset acme --overlap 3é --yes".into(),
            2,
            "a duration is",
        ),
        (
            "an age without --expired",
            "delete acme --older-than 3d --yes".into(),
            2,
            CONFLICTING_FLAGS,
        ),
        ("a reset of what has expired", "reset old --yes".into(), 4, "give it a lifetime"),
        // Tokens: their scopes, limits, apps and districts.
        ("a scope of one word", token("--scope read"), 2, "a scope looks like read:students"),
        ("a scope in capitals", token("--scope Read:students"), 2, "a scope looks like"),
        ("a scope of three words", token("--scope a:b:c"), 2, "a scope looks like"),
        ("a scope that is empty", token("--scope ''"), 2, "a token has at least one scope"),
        ("a scope of commas", token("--scope ,,"), 2, "a token has at least one scope"),
        ("a scope that is not ASCII", token("--scope read:schüler"), 2, "a scope looks like"),
        ("scopes with semicolons", token("--scope 'a:b;c:d'"), 2, "a scope looks like"),
        ("a wildcard", token("--scope read:*"), 2, "name each one instead of *"),
        ("a wildcard among others", token("--scope 'read:a *'"), 2, "name each one instead of *"),
        (
            "a scope of 101 characters",
            token(&format!("--scope read:{}", "a".repeat(96))),
            2,
            "at most 100 characters",
        ),
        ("101 scopes", token(&format!("--scope {}", many.join(","))), 2, "at most 100 scopes"),
        (
            "101 scopes, one by one",
            token(&format!("--scope {}", many.join(" --scope "))),
            2,
            "at most 100 scopes",
        ),
        ("no scope", token(""), 2, "--scope <SCOPE>"),
        ("no district", "grant-app Roster --scope a:b --days 3".into(), 2, "--district <DISTRICT>"),
        ("a limit of none", token("--scope a:b --limit 0"), 2, "a limit is a whole number"),
        ("a limit less than none", token("--scope a:b --limit -1"), 2, "a limit is a whole number"),
        ("a limit a second", token("--scope a:b --limit 9/s"), 2, "a limit is a whole number"),
        ("a limit too high", token("--scope a:b --limit 1000001"), 2, "a limit is a whole number"),
        (
            "a token of 366 days",
            token("--scope a:b --days 366").replace(" --days 3 ", " "),
            2,
            WHOLE_DAYS,
        ),
        ("a token of two lifetimes", token("--scope a:b --forever"), 2, CONFLICTING_FLAGS),
        ("a pickup into a file", token("--scope a:b --pickup --out ~/x"), 2, CONFLICTING_FLAGS),
        ("an app that is not there", token("--scope a:b"), 3, "there is no app Roster"),
        (
            "a district that is not there",
            "verify --district Lincoln".into(),
            3,
            "there is no district Lincoln",
        ),
        (
            "a secret as an app",
            with_secret("grant-app @ --district d --scope a:b"),
            2,
            SECRET_EXPOSED,
        ),
        ("a secret as a district", with_secret("verify --district @"), 2, SECRET_EXPOSED),
        (
            "scopes of a passcode",
            "edit acme --scope a:b".into(),
            2,
            "is no token, and only tokens have scopes",
        ),
        (
            "a limit of a passcode",
            "edit acme --limit 600/min".into(),
            2,
            "is no token, and only tokens have limits of their own",
        ),
        ("a limit and none", "edit acme --limit 9 --no-limit".into(), 2, CONFLICTING_FLAGS),
        (
            "a sign-up without an app",
            "district connect Lincoln --scope a:b --days 3 --pickup".into(),
            2,
            "--app <APP>",
        ),
        (
            "a sign-up of one and of many",
            "district connect Lincoln --from ~/x --app a --scope a:b --days 3 --pickup".into(),
            2,
            CONFLICTING_FLAGS,
        ),
        ("a key of old and headers", "verify --legacy --headers".into(), 2, CONFLICTING_FLAGS),
        // References.
        ("nobody's name", "show nobody".into(), 3, "there is no credential nobody"),
        ("an empty reference", "show ''".into(), 3, "there is no credential"),
        ("an escape in a reference", "show 'a\u{1b}[2J'".into(), 3, "a\\u{1b}[2J"),
        (
            "a reference too long to be one",
            format!("show {}", "x".repeat(10_000)),
            3,
            "there is no credential xxx",
        ),
        (
            "the beginning of an id, where something ends",
            "revoke pc_65511 --yes".into(),
            2,
            "give the whole id: pc_65511a5d129d4ed6c9cd2b3f",
        ),
        (
            "the same for a delete",
            "delete pc_65511 --yes".into(),
            2,
            "give the whole id: pc_65511a5d129d4ed6c9cd2b3f",
        ),
        (
            "the same for a reset",
            "reset pc_65511 --yes".into(),
            2,
            "give the whole id: pc_65511a5d129d4ed6c9cd2b3f",
        ),
        ("a beginning that is too short", "show pc_655".into(), 3, "there is no credential pc_655"),
        (
            "an id that nobody has",
            "show pc_000000000000000000000000".into(),
            3,
            "there is no credential",
        ),
        (
            "one bad reference among good ones",
            "delete acme nobody --yes".into(),
            3,
            "there is no credential nobody",
        ),
        (
            "revoked twice",
            "revoke gone --yes".into(),
            4,
            "was revoked at 2026-11-22T06:00:00Z by ann@desk",
        ),
        (
            "a reason of one's own",
            "revoke acme --reason boredom --yes".into(),
            2,
            "a reason is one of key-compromise",
        ),
        ("nothing to revoke", "revoke --yes".into(), 2, "<REFERENCE>"),
        ("nobody to answer", "revoke acme".into(), 2, "give --yes"),
        // Secrets where others see them. The text is shaped like one; whether it is one is not asked.
        ("a secret as a name", with_secret("create @ --days 9"), 2, SECRET_EXPOSED),
        ("a secret as a reference", with_secret("show @"), 2, SECRET_EXPOSED),
        ("a secret for verify", with_secret("verify @"), 2, SECRET_EXPOSED),
        ("a secret within a note", with_secret("edit acme --note 'it is @!'"), 2, SECRET_EXPOSED),
        ("a secret as a subcommand", with_secret("@"), 2, SECRET_EXPOSED),
        ("a secret as a flag", with_secret("list --@"), 2, SECRET_EXPOSED),
        ("a secret as the value of a flag", with_secret("list --account=@"), 2, SECRET_EXPOSED),
        ("a secret in a path", with_secret("list --store ~/@"), 2, SECRET_EXPOSED),
        (
            "a secret that lacks its end",
            with_secret("show @").split_at(45).0.to_owned(),
            2,
            SECRET_EXPOSED,
        ),
        // Accounts, fields, filters, files.
        (
            "an account that is none",
            "list --account nonsense".into(),
            2,
            "an Account ID looks like",
        ),
        (
            "an account in small letters",
            "list --account aaa-bbb-cccz".into(),
            2,
            "an Account ID looks like",
        ),
        (
            "an account that is not there",
            "list --account AAA-BBB-CCCZ".into(),
            3,
            "there is no account AAA-BBB-CCCZ",
        ),
        (
            "the same where something changes",
            "revoke acme --yes --account AAA-BBB-CCCZ".into(),
            3,
            "there is no account AAA-BBB-CCCZ",
        ),
        (
            "a field that is not there",
            "list --field nonsense".into(),
            2,
            "there is no field \"nonsense\"",
        ),
        (
            "the same where something changes",
            "revoke acme --yes --field nonsense".into(),
            2,
            "hint: one of schema, id, kind",
        ),
        (
            "the same of what is made",
            "create new --days 9 --field nonsense".into(),
            2,
            "retiring_until, retiring_until_used, revoked_at, revoked_by, revocation_reason, deleted_at, deleted_by, lifetime_seconds, introspect, last_used_at, last_used_from, uses, app, app_name, district, district_name, scopes, limit_per_minute, awaits_pickup, created, secret, out",
        ),
        (
            "a field that would hide the secret",
            "create new --days 9 --field id".into(),
            2,
            "give --out FILE",
        ),
        ("a field and a format", "list --field id --format csv".into(), 2, CONFLICTING_FLAGS),
        (
            "a format that is none",
            "list --format yaml".into(),
            2,
            "[possible values: table, json, jsonl, csv]",
        ),
        (
            "a kind that is none",
            "list --kind robot".into(),
            2,
            "a kind is account, user, token or legacy",
        ),
        ("a state that is none", "list --state asleep".into(), 2, "a state is active"),
        (
            "an order that is none",
            "list --sort size".into(),
            2,
            "[possible values: created, name, expires]",
        ),
        ("a limit less than none", "list --limit=-1".into(), 2, "a limit is a whole number"),
        (
            "a limit of 20 digits",
            "list --limit 99999999999999999999".into(),
            2,
            "a limit is a whole number",
        ),
        (
            "days ahead without end",
            "list --expiring 36501".into(),
            2,
            "a whole number from 0 to 36500",
        ),
        (
            "days back without end",
            "list --unused 36501".into(),
            2,
            "a whole number from 0 to 36500",
        ),
        (
            "days back that are none",
            "list --unused 1.5".into(),
            2,
            "a whole number from 0 to 36500",
        ),
        ("no days back", "list --unused".into(), 2, "a value is required for '--unused <DAYS>'"),
        (
            "neither on nor off",
            "edit acme --introspect maybe".into(),
            2,
            "[possible values: on, off]",
        ),
        ("a date to look at that is none", "list --at 2026-13-01".into(), 2, "--at"),
        ("a pattern that is none", "list --name '[a'".into(), 2, "Pattern syntax error"),
        (
            "a flag that is none",
            "list --nonsense".into(),
            2,
            "unexpected argument '--nonsense' found",
        ),
        (
            "a flag that is nearly one",
            "create new --dayz 3".into(),
            2,
            "a similar argument exists: '--days'",
        ),
        ("a subcommand that is nearly one", "lst".into(), 2, "a similar subcommand exists: 'list'"),
        ("a subcommand that is to come", "notify".into(), 2, "unrecognized subcommand 'notify'"),
        ("an escape in a flag", "list '--\u{1b}[2J'".into(), 2, "unexpected argument"),
        ("a region that is none", "account edit --region mars".into(), 2, "a region is one of eu1"),
        ("an account to change in no way", "account edit".into(), 2, "--require-user-passcode"),
        (
            "a store that is not there",
            "list --store ~/none/store.db".into(),
            3,
            "there is no store at",
        ),
        ("a store that is a directory", "list --store ~/".into(), 7, "a directory, not a file"),
        ("a key that is not there", "list --key-file ~/none".into(), 7, "there is no key file at"),
        ("a key that is a directory", "list --key-file ~/".into(), 7, "a directory, not a file"),
        (
            "an --out that is there",
            "create new --days 9 --out ~/.config".into(),
            4,
            "exists already",
        ),
        (
            "an --out without its directory",
            "create new --days 9 --out ~/none/out".into(),
            1,
            "No such file or directory",
        ),
        ("many secrets for the screen", "reset acme beta --yes".into(), 2, "give --out FILE"),
        (
            "a file of users that is not there",
            "grant-user --from ~/none --days 9 --out ~/out".into(),
            1,
            "could not be read",
        ),
        (
            "a user and a file of users",
            "grant-user new@x.org --from ~/none --days 9".into(),
            2,
            CONFLICTING_FLAGS,
        ),
        ("a schema that is none", "schema show nonsense".into(), 2, "there is no schema nonsense"),
        (
            "check: any error is that it could not tell",
            "check --warn soon".into(),
            3,
            "a whole number from 0 to 36500",
        ),
        ("check: a secret among the arguments, too", with_secret("check @"), 3, SECRET_EXPOSED),
    ]
}

#[test]
fn each_bad_input_fails_with_its_exit_code_and_changes_nothing() {
    let mut world = credentials_fixture();
    let before = world.run_ok("audit list --json");
    let mut wrong = String::new();
    for (sentence, line, exit, answer) in cases() {
        let line = line.replace("~/", world.path("").to_str().unwrap());
        let said = world.run(&line);
        let is_right = (said.exit, said.stdout.as_str()) == (exit, "")
            && said.stderr.contains(answer)
            && said.stderr.starts_with("error: ")
            && said.stderr.lines().count() <= 2
            && is_terminal_safe(&said.stderr)
            && !said.stderr.contains("0aZ0aZ");
        if !is_right {
            wrong.push_str(&format!("{sentence}: should be {exit}, {answer}\n{said}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(world.run_ok("audit list --json"), before);
}

#[test]
fn json_errors_carry_the_same_message() {
    let mut world = credentials_fixture();
    for (sentence, line, exit, answer) in cases() {
        if line.contains("--field")
            || line.contains("--format")
            || answer.contains("is required for")
        {
            continue;
        }
        let said =
            world.run(&format!("{} --json", line.replace("~/", world.path("").to_str().unwrap())));
        assert_eq!((said.exit, said.stdout.as_str()), (exit, ""), "{sentence}: {said}");
        let error = parse_json_error(&said);
        let told = format!("{} {}", error["message"], error["hint"]).replace("\\\\", "\\");
        assert!(told.contains(answer), "{sentence}: {said}");
    }
}

/// The one error on stderr, if it has the shape that was promised.
fn parse_json_error(said: &CommandOutput) -> Value {
    let document: Value = serde_json::from_str(&said.stderr).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&document), ["error", "schema"], "{said}");
    assert_eq!(document["schema"], "gatepass.error/v1");
    let error = &document["error"];
    assert_eq!(keys(error), ["code", "details", "hint", "message"], "{said}");
    let code = error["code"].as_str().unwrap();
    assert!(
        !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'),
        "{said}"
    );
    let message = error["message"].as_str().unwrap();
    assert!(!message.is_empty() && !message.starts_with("error"), "{said}");
    assert!(error["hint"].is_null() || error["hint"].is_string(), "{said}");
    assert!(error["details"].is_null() || error["details"].is_object(), "{said}");
    assert!(is_terminal_safe(message), "{said}");
    error.clone()
}

/// Whether nothing in a text could drive a terminal.
fn is_terminal_safe(text: &str) -> bool {
    !text.chars().any(|c| (c.is_control() && c != '\n') || ('\u{200b}'..='\u{202e}').contains(&c))
}

#[test]
fn non_utf8_arguments_are_rejected() {
    let mut world = credentials_fixture();
    let bytes = |text: &[u8]| OsString::from_vec(text.to_vec());
    for (line, exit) in [
        ("create @ --days 9", 2),
        ("show @", 2),
        ("revoke acme @ --yes", 2),
        ("list --name @", 2),
        ("@", 2),
        ("--@", 2),
        ("edit acme --note @", 2),
        ("check --warn @", 3),
        ("list --store @", 3),
        ("list --key-file @", 7),
    ] {
        let mut arguments = words(line);
        for word in arguments.iter_mut().filter(|word| word.to_str().unwrap().contains('@')) {
            *word = bytes(&[word.as_encoded_bytes(), b"\xff\xfe"].concat());
        }
        let said = world.run_words(&arguments, b"");
        assert_eq!((said.exit, said.stdout.as_str()), (exit, ""), "{line}: {said}");
        assert!(said.stderr.starts_with("error: "), "{line}: {said}");
    }
    // A secret with bytes around it that are no text is a secret all the same.
    let secret = [b"\xff".as_slice(), b"gpa_", &[b'7'; 49], b"\xff"].concat();
    let said = world.run_words(&["show".into(), bytes(&secret)], b"");
    assert_eq!(said.exit, 2);
    assert!(said.stderr.contains(SECRET_EXPOSED) && !said.stderr.contains("777"), "{said}");
}

#[test]
fn formula_names_are_allowed_and_escaped_in_csv() {
    let mut world = TestEnv::new();
    let name = "=HYPERLINK(\"http://x\")";
    world.run_ok(&format!("create '{name}' --days 9"));
    assert_eq!(world.run_ok("list --field name"), format!("{name}\n"));
    assert!(world.run_ok("list --format csv").contains(",\"'=HYPERLINK(\"\"http://x\"\")\","));
    let list: Value = serde_json::from_str(&world.run_ok("list --json")).unwrap();
    assert_eq!(list["items"][0]["name"], name);
    assert_snapshot!(world.run(&format!("create '{name}' --days 9")), @r#"
    exit 4
    -- stdout
    -- stderr
    error: the name =HYPERLINK("http://x") is taken by pc_65511a5d129d4ed6c9cd2b3f, which is expiring
    hint: gatepass reset pc_65511a5d129d4ed6c9cd2b3f for a new secret, or take another name
    "#);
    for name in ["@SUM(A1)", "'+1", "-1"] {
        let said =
            world.run_words(&["create".into(), "--days=9".into(), "--".into(), name.into()], b"");
        assert_eq!(said.exit, 0, "{said}");
    }
}

#[test]
fn escape_sequences_in_the_store_are_not_printed_raw() {
    let mut world = credentials_fixture();
    // The one text that is free: what the machine calls itself and its user.
    world.actor.user = "ann\u{1b}[2J\u{202e}".to_owned();
    world.actor.host = "desk\n-- stdout".to_owned();
    world.run_ok("edit acme --note x");
    world.run_ok("create new --days 9");
    world.run_ok("revoke new --yes");
    for line in [
        "list",
        "list --format csv",
        "list --field created_by",
        "show new",
        "show new --field revoked_by",
        "audit list",
        "audit list --format csv",
        "revoke new --yes",
    ] {
        let said = world.run(line);
        assert!(
            is_terminal_safe(&said.stdout) && is_terminal_safe(&said.stderr),
            "{line}: {said:?}"
        );
        assert!(!said.stdout.contains("\n-- stdout"), "{line}: {said:?}");
    }
    for line in ["list --json", "show new --json", "audit list --json"] {
        let text = world.run_ok(line);
        assert!(is_terminal_safe(&text) || !text.contains('\u{1b}'), "{line}: {text:?}");
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{line}: {text:?}");
    }
}

#[test]
fn an_ambiguous_reference_lists_its_candidates() {
    let mut world = TestEnv::new();
    for number in 0..40 {
        world.run_ok(&format!("grant-user u{number}@x.org --days 9"));
    }
    let ids = world.run_ok("list -q");
    let mut ids: Vec<&str> = ids.lines().collect();
    ids.sort_unstable();
    // No 40 random ids share four characters by chance, so two accounts share a name instead.
    world.run_ok("create acme --days 9");
    world.run_ok("account add second --id WWW-XXX-YYYZ");
    world.run_ok("create acme --days 9 --account WWW-XXX-YYYZ");
    assert_snapshot!(world.run("show acme"), @"
    exit 4
    -- stdout
    -- stderr
    error: acme could be any of 2 credentials
    hint: name one by its id: pc_af0f404b0a0038a6740cf53e (acme of RZ5-76K-665Z), pc_fdad121082b2d289afa8cf26 (acme of WWW-XXX-YYYZ)
    ");
    let error = parse_json_error(&world.run("show acme --json"));
    assert_eq!(error["code"], "ambiguous");
    assert_eq!(error["details"]["candidates"].as_array().unwrap().len(), 2);
    for terminal in [TestEnv::new().terminal, TestEnv::with_terminal().terminal] {
        world.terminal = terminal;
        assert_eq!(world.run("show acme").exit, 4);
        assert_eq!(world.run("audit list --of acme").exit, 4);
    }
}

#[test]
fn a_partial_id_is_accepted_when_a_prompt_shows_the_whole_one() {
    let mut world = credentials_fixture_with_terminal();
    world.answers.push_back("y".to_owned());
    assert_snapshot!(world.run("revoke pc_65511"), @"
    exit 0
    -- stdout
    -- stderr
    ? Revoke acme (pc_65511a5d129d4ed6c9cd2b3f)? y
    Revoked acme (pc_65511a5d129d4ed6c9cd2b3f).
    ");
}

#[test]
fn the_passcode_limit_error_lists_expired_passcodes() {
    let mut world = TestEnv::new();
    for number in 0..97 {
        world.run_ok(&format!("create p{number} --days 90"));
    }
    world.run_ok("create brief --days 1");
    world.run_ok("create 'brief one' --days 1");
    world.run_ok("create over --days 90");
    world.run_ok("revoke over --yes");
    assert_snapshot!(world.run("create new --days 9"), @"
    exit 5
    -- stdout
    -- stderr
    error: account RZ5-76K-665Z has 100 passcodes, the most it may have; 0 of them are expired
    hint: gatepass delete one that is no longer needed
    ");
    world.advance_days(1);
    assert_snapshot!(world.run("create new --days 9"), @"
    exit 5
    -- stdout
    -- stderr
    error: account RZ5-76K-665Z has 100 passcodes, the most it may have; 2 of them are expired
    hint: gatepass delete --expired frees the places of brief, 'brief one'
    ");
    let error = parse_json_error(&world.run("create new --days 9 --json"));
    assert_eq!(error["code"], "cap_reached");
    assert_eq!(error["details"]["expired"], serde_json::json!(["brief", "brief one"]));
    // Users have no places; and the hint is good.
    assert_eq!(world.run("grant-user ann@x.org --days 9").exit, 0);
    world.run_ok("delete --expired --yes");
    assert_eq!(world.run("create new --days 9").exit, 0);
}

#[test]
fn verify_reports_the_position_of_an_error_without_showing_the_secret() {
    let mut world = TestEnv::new();
    let secret = world.run_for_secret("create acme --days 9");
    let with = |at: usize, text: &str| format!("{}{text}{}", &secret[..at], &secret[at + 1..]);
    let other = if secret.as_bytes()[20] == b'x' { "y" } else { "x" };
    for (sentence, input, exit, answer) in [
        ("as it is", secret.clone(), 0, "allowed"),
        ("with a line ending", format!("{secret}\n"), 0, "allowed"),
        ("with a line ending of Windows", format!("{secret}\r\n"), 0, "allowed"),
        ("with two line endings", format!("{secret}\n\n"), 10, "refused"),
        ("with a space", format!("{secret} "), 10, "refused"),
        ("after a byte order mark", format!("\u{feff}{secret}"), 10, "refused"),
        ("twice", format!("{secret}\n{secret}\n"), 10, "refused"),
        ("one character wrong", with(20, other), 10, "refused"),
        ("a Cyrillic а", with(20, "а"), 10, "position 21"),
        ("a character that is none", with(20, "-"), 10, "position 21"),
        ("a NUL", with(20, "\0"), 10, "position 21"),
        ("another kind", with(2, "u"), 10, "refused"),
        ("no kind", with(2, "z"), 10, "position"),
        ("in capitals", secret.to_uppercase(), 10, "refused"),
        ("one character short", secret[..52].to_owned(), 10, "52 characters"),
        ("nothing", String::new(), 10, "empty"),
    ] {
        let said = world.run_with_input("verify", &input);
        assert_eq!((said.exit, said.stderr.as_str()), (exit, ""), "{sentence}: {said}");
        assert!(said.stdout.contains(answer), "{sentence}: {said}");
        assert!(
            !said.stdout.contains(&secret[5..15]) && !said.stdout.contains(&secret[25..35]),
            "{sentence}"
        );
        // Who has not proved the secret hears neither name nor id.
        assert_eq!(said.stdout.contains("acme"), exit == 0, "{sentence}: {said}");
    }
    let said = world.run_words(&["verify".into()], b"\xff\xfe\x00\x80");
    assert_eq!(said.exit, 10);
}

#[test]
fn endless_stdin_is_rejected_after_a_bounded_read() {
    /// Text without end that counts how much of it was read.
    struct Endless(u64);
    impl Read for Endless {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            bytes.fill(b'a');
            self.0 += bytes.len() as u64;
            assert!(self.0 < 1 << 30, "a gigabyte was read");
            Ok(bytes.len())
        }
    }
    let mut world = TestEnv::new();
    world.run_ok("create acme --days 9");
    for (line, exit) in
        [("verify", 10), ("verify --headers", 10), ("verify --json", 10), ("key import -", 2)]
    {
        let (mut stdin, begun) = (Endless(0), Instant::now());
        let said = world.run_reading(&words(line), &mut stdin);
        assert_eq!(said.exit, exit, "{line}: {said}");
        assert!(stdin.0 <= 128 * 1024, "{line} read {} bytes", stdin.0);
        assert!(begun.elapsed() < Duration::from_secs(1), "{line}");
    }
}

#[test]
fn verify_answers_alike_for_unknown_and_other_accounts() {
    let mut world = TestEnv::new();
    let secret = world.run_for_secret("create acme --days 9");
    world.run_ok("account add second --id WWW-XXX-YYYZ");
    let other = world.run_with_input("verify --account WWW-XXX-YYYZ", &secret);
    let none = world.run_with_input("verify --account AAA-BBB-CCCZ", &secret);
    assert_eq!((other.exit, &other), (14, &none));
}

#[test]
fn the_key_of_another_store_is_rejected() {
    let mut world = credentials_fixture();
    let place = world.path("other");
    fs::create_dir(&place).unwrap();
    fs::set_permissions(&place, Permissions::from_mode(0o700)).unwrap();
    let at = place.display().to_string();
    world.run_ok(&format!("create acme --days 9 --store {at}/store.db --key-file {at}/key"));
    assert_snapshot!(world.run(&format!("list --key-file {at}/key")), @"
    exit 7
    -- stdout
    -- stderr
    error: the key does not belong to this store
    hint: give the store's own key with --key-file, or bring it back with gatepass key import
    ");
    assert_snapshot!(world.run(&format!("create new --days 9 --key-file {at}/key")), @"
    exit 7
    -- stdout
    -- stderr
    error: the key does not belong to this store
    hint: give the store's own key with --key-file, or bring it back with gatepass key import
    ");
    assert_eq!(
        parse_json_error(&world.run(&format!("doctor --json --key-file {at}/key")))["code"],
        "wrong_key"
    );
}

#[test]
fn files_accessible_to_other_users_are_rejected() {
    let mut world = credentials_fixture();
    let mode = |path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    mode(world.key(), 0o644);
    assert_snapshot!(world.run("list"), @"
    exit 7
    -- stdout
    -- stderr
    error: ~/.config/gatepass/key is open to other users (mode 0644)
    hint: chmod 600 ~/.config/gatepass/key
    ");
    mode(world.key(), 0o600);
    mode(world.store(), 0o666);
    assert_snapshot!(world.run("list"), @"
    exit 7
    -- stdout
    -- stderr
    error: ~/.local/share/gatepass/store.db is open to other users (mode 0666)
    hint: chmod 600 ~/.local/share/gatepass/store.db
    ");
    mode(world.store(), 0o600);
    mode(world.store().parent().unwrap().to_owned(), 0o777);
    assert_snapshot!(world.run("list"), @"
    exit 7
    -- stdout
    -- stderr
    error: other users may write to directory ~/.local/share/gatepass (mode 0777)
    hint: chmod go-w ~/.local/share/gatepass
    ");
    mode(world.store().parent().unwrap().to_owned(), 0o700);
    symlink(world.store(), world.path("link.db")).unwrap();
    let link = format!("list --store {}", world.path("link.db").display());
    assert_snapshot!(world.run(&link), @"
    exit 7
    -- stdout
    -- stderr
    error: ~/link.db is a symbolic link
    hint: name the file itself: readlink -f ~/link.db
    ");
    fs::hard_link(world.store(), world.path("twin.db")).unwrap();
    assert_snapshot!(world.run("list"), @"
    exit 7
    -- stdout
    -- stderr
    error: ~/.local/share/gatepass/store.db has 2 hard links where one is allowed
    hint: find the other names: find / -xdev -samefile ~/.local/share/gatepass/store.db
    ");
}

#[test]
fn foreign_files_are_left_unchanged() {
    let mut world = credentials_fixture();
    let line = |line: &str, path: &std::path::Path| format!("{line} --store {}", path.display());

    let bytes = world.file("bytes.db", [0x5a; 9000]);
    assert_snapshot!(world.run(&line("list", &bytes)), @"
    exit 1
    -- stdout
    -- stderr
    error: ~/bytes.db is not a gatepass store
    hint: nothing was changed; check --store
    ");
    assert_snapshot!(world.run(&line("create new --days 9", &bytes)), @"
    exit 1
    -- stdout
    -- stderr
    error: ~/bytes.db is not a gatepass store
    hint: nothing was changed; check --store
    ");
    assert_eq!(fs::read(&bytes).unwrap(), [0x5a; 9000]);

    let foreign = world.file("foreign.db", "");
    let database = rusqlite::Connection::open(&foreign).unwrap();
    database.execute_batch("create table theirs (it); insert into theirs values (1)").unwrap();
    drop(database);
    let before = fs::read(&foreign).unwrap();
    assert_snapshot!(world.run(&line("create new --days 9", &foreign)), @"
    exit 1
    -- stdout
    -- stderr
    error: ~/foreign.db is not a gatepass store
    hint: nothing was changed; check --store
    ");
    assert_eq!(fs::read(&foreign).unwrap(), before);

    let newer = world.file("newer.db", fs::read(world.store()).unwrap());
    let database = rusqlite::Connection::open(&newer).unwrap();
    database.pragma_update(None, "user_version", 1000).unwrap();
    drop(database);
    let before = fs::read(&newer).unwrap();
    assert_snapshot!(world.run(&line("list", &newer)), @"
    exit 1
    -- stdout
    -- stderr
    error: the store has version 1000; this gatepass knows versions up to 3
    hint: nothing was changed; use the gatepass that made it, or a newer one
    ");
    assert_snapshot!(world.run(&line("create new --days 9", &newer)), @"
    exit 1
    -- stdout
    -- stderr
    error: the store has version 1000; this gatepass knows versions up to 3
    hint: nothing was changed; use the gatepass that made it, or a newer one
    ");
    assert_eq!(fs::read(&newer).unwrap(), before);
}

#[test]
fn a_damaged_store_is_an_integrity_error_and_is_kept() {
    let mut world = credentials_fixture();
    let whole = fs::read(world.store()).unwrap();
    let mut damaged = whole.clone();
    damaged[4096..].fill(0x5a);
    let path = world.file("damaged.db", &damaged);
    for line in [
        "list",
        "create new --days 9",
        "doctor",
        "audit verify",
        "revoke acme --yes",
        "show acme --json",
    ] {
        let said = world.run(&format!("{line} --store {}", path.display()));
        assert_eq!(said.exit, 8, "{line}: {said}");
    }
    let said = world.run_with_input(
        &format!("verify --store {}", path.display()),
        format!("gpa_{}", "0".repeat(49)),
    );
    assert!(said.exit == 10 || said.exit == 8, "{said}");
    assert_eq!(world.run(&format!("check --store {}", path.display())).exit, 3);
    assert_eq!(fs::read(&path).unwrap(), damaged);
    let cut = world.file("cut.db", &whole[..whole.len() / 2]);
    let said = world.run(&format!("create new --days 9 --store {}", cut.display()));
    assert_eq!(said.exit, 8, "{said}");
    assert_eq!(fs::read(&cut).unwrap(), &whole[..whole.len() / 2]);
}

#[test]
fn a_clock_set_back_blocks_changes_until_accepted() {
    let mut world = TestEnv::new();
    world.run_ok("create acme --days 9");
    let brief = world.run_for_secret("create brief --days 1");
    world.advance_days(2);
    world.run_ok("edit acme --note x");
    // A minute is nothing.
    world.advance_seconds(-60);
    assert_eq!(world.run_ok("edit acme --note y --field note"), "y\n");
    world.advance_seconds(-1);
    assert_snapshot!(world.run("edit acme --note z"), @"
    exit 7
    -- stdout
    -- stderr
    error: the clock says 2026-11-24T05:58:59Z, but the store's last record is of 2026-11-24T06:00:00Z
    hint: set the clock right; if it is right, give --accept-clock once
    ");
    for line in [
        "create new --days 9",
        "revoke acme --yes",
        "delete acme --yes",
        "reset acme --yes",
        "grant-user a@x.org --days 9",
    ] {
        assert_eq!(world.run(line).exit, 7, "{line}");
    }
    // Two days back: what had expired by the last record stays expired.
    world.advance_days(-2);
    assert_eq!(world.run_with_input("verify", &brief).exit, 11);
    assert_eq!(world.run_ok("list --state expired --field name"), "brief\n");
    assert_eq!(world.run("check").exit, 2);
    assert_snapshot!(world.run("doctor"), @"
    exit 0
    -- stdout
    advice: the key was never escrowed: without it the store is worthless (gatepass key export)
    advice: the clock says 2026-11-22T05:58:59Z, but the last record is of 2026-11-24T06:00:00Z
    advice: 1 credential has expired (gatepass delete --expired)
    all of it verifies
    -- stderr
    ");
    assert_snapshot!(world.run("edit acme --note z --accept-clock --field note"), @"
    exit 0
    -- stdout
    z
    -- stderr
    ");
    assert_eq!(world.run_ok("edit acme --note once --field note"), "once\n");
    assert!(world.run_ok("audit list").contains("clock-accept"));
    assert_eq!(world.run("audit verify").exit, 0);
}

#[test]
fn expiry_is_exact_to_the_second() {
    let mut world = TestEnv::new();
    let secret = world.run_for_secret("create acme --days 1");
    world.advance_seconds(86_399);
    assert_eq!(world.run_with_input("verify", &secret).exit, 0);
    world.advance_seconds(1);
    assert_snapshot!(world.run_with_input("verify", &secret), @"
    exit 11
    -- stdout
    refused: acme (pc_65511a5d129d4ed6c9cd2b3f, account passcode of RZ5-76K-665Z): expired at 2026-11-23T06:00:00Z
    -- stderr
    ");
}
