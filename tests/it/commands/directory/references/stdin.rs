//! `-`: references and files on stdin.

use clap::Command;
use gatepass::command_tree;
use insta::assert_snapshot;

use crate::support::{credentials_fixture::credentials_fixture, test_env::TestEnv};

#[test]
fn the_references_on_stdin_change_together() {
    let mut env = credentials_fixture();
    let input = "acme\r\n\n  ann@example.org\n";
    assert_snapshot!(env.run_with_input("show -", input), @"
    exit 0
    -- stdout
    ID                           NAME             KIND     STATE   EXPIRES                 LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme             account  active  2027-02-20T06:00:00Z    80 d  the first partner
    pc_fcd27ed352087b78abbf8378  ann@example.org  user     active  2036-11-22T06:00:00Z  3643 d
    ");
    assert_snapshot!(env.run_with_input("edit - --note reviewed --field id", input), @"
    exit 0
    -- stdout
    pc_65511a5d129d4ed6c9cd2b3f
    pc_fcd27ed352087b78abbf8378
    ");
    assert_snapshot!(env.run_with_input("reset - --yes --out ~/new.csv -q", input), @"
    exit 0
    -- stdout
    pc_65511a5d129d4ed6c9cd2b3f
    pc_fcd27ed352087b78abbf8378
    ");
    assert_snapshot!(env.run_with_input("revoke beta - --yes -q", input), @"
    exit 0
    -- stdout
    pc_72a22e6128f4d4431fdae559
    pc_65511a5d129d4ed6c9cd2b3f
    pc_fcd27ed352087b78abbf8378
    ");
    assert_snapshot!(env.run_with_input("delete - --yes -q", input), @"
    exit 0
    -- stdout
    pc_65511a5d129d4ed6c9cd2b3f
    pc_fcd27ed352087b78abbf8378
    ");
    // All of them or none.
    let before = env.run_ok("audit list --json");
    for verb in
        ["revoke - --yes", "reset - --yes --out ~/o", "delete - --yes", "edit - --note x", "show -"]
    {
        let output = env.run_with_input(verb, "beta\nnobody\n");
        assert_eq!((output.exit, output.stdout.as_str()), (3, ""), "{verb}\n{output}");
    }
    assert_eq!(env.run_ok("audit list --json"), before);
}

#[test]
fn ids_from_a_list_can_be_piped() {
    let mut env = credentials_fixture();
    let ids = env.run_ok("list --kind account --state active,expiring -q");
    env.run_with_input("revoke - --yes", &ids);
    assert_eq!(env.run_ok("list --kind account --state active,expiring -q"), "");
}

#[test]
fn nothing_on_stdin_changes_nothing() {
    let mut env = credentials_fixture();
    for verb in ["revoke - --yes", "delete - --yes", "edit - --note x", "reset - --out ~/o --yes"] {
        let output = env.run_with_input(&format!("{verb} --json"), "\n \n");
        assert_eq!(output.exit, 0, "{verb}\n{output}");
        let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
        assert_eq!(document["items"].as_array().unwrap().len(), 0, "{verb}");
    }
    env.terminal.stderr = true;
    assert_snapshot!(env.run_with_input("revoke - --yes", ""), @"
    exit 0
    -- stderr
    There are no references on stdin; nothing was changed.
    ");
    // A missing store is noticed even so.
    assert_eq!(TestEnv::new().run("revoke - --yes").exit, 3);
}

#[test]
fn stdin_can_confirm_nothing_once_it_was_read() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run_with_input("revoke -", "acme\nbeta\n"), @"
    exit 2
    -- stderr
    error: confirmation is required (stdin was read for -): Revoke these 2 credentials
    hint: use --yes
    ");
    env.terminal = TestEnv::with_terminal().terminal;
    assert_snapshot!(env.run_with_input("delete -", "acme\nbeta\n"), @"
    exit 2
    -- stderr
      pc_65511a5d129d4ed6c9cd2b3f  account passcode  acme
      pc_72a22e6128f4d4431fdae559  account passcode  beta
    [1;31merror:[0m confirmation is required (stdin was read for -): Delete these 2 credentials
    [36mhint:[0m use --yes
    ");
    assert_snapshot!(env.run_with_input("edit - --days 1", "acme\n"), @"
    exit 2
    -- stderr
    [1;31merror:[0m confirmation is required (stdin was read for -): Change account passcode acme
    (pc_65511a5d129d4ed6c9cd2b3f): expiry from 2027-02-20T06:00:00Z (in 80 d) to 2026-12-03T06:00:00Z
    (in 1 d)
    [36mhint:[0m use --yes
    ");
    let id = env.run_ok("show acme -q");
    let partial = env.run_with_input("revoke - --yes", &id[..9]);
    assert_eq!(partial.exit, 2, "no person sees what a partial id matches\n{partial}");
}

#[test]
fn stdin_is_read_once() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run_with_input("revoke - - --yes", "acme\n"), @"
    exit 2
    -- stderr
    error: only one argument can be - (stdin)
    ");
    assert_snapshot!(env.run_with_input("edit - --name new", "acme\n"), @"
    exit 2
    -- stderr
    error: --name sets the name of one credential, so - cannot be its reference
    ");
    let secret = format!("acme\ngpa_{}\n", "a".repeat(49));
    assert_snapshot!(env.run_with_input("revoke - --yes", secret), @"
    exit 2
    -- stderr
    error: stdin, line 2: a secret instead of a name or id
    ");
    assert_eq!(env.run_ok("show acme --field state"), "active\n");
}

/// Calls `each` with the path of every subcommand and each of its arguments that names a file.
fn each_file(command: &Command, path: &str, each: &mut dyn FnMut(&str, &clap::Arg)) {
    for argument in command.get_arguments() {
        if argument.get_value_names().is_some_and(|names| names.iter().any(|name| name == "FILE")) {
            each(path, argument);
        }
    }
    for child in command.get_subcommands() {
        each_file(child, &format!("{path} {}", child.get_name()), each);
    }
}

/// Every argument that names a file to read accepts `-`, and every one that names a file for a secret refuses it.
#[test]
fn every_file_can_be_stdin_or_is_refused() {
    let lines = [
        ("app add --legacy-key-file", "app add App --legacy-key-file -"),
        ("app edit --legacy-key-file", "app edit Roster --legacy-key-file -"),
        ("audit verify --against", "audit verify --against -"),
        (
            "district connect --from",
            "district connect --from - --app Roster --scope a:b --days 9 --pickup",
        ),
        ("grant-user --from", "grant-user --from - --days 9 --out ~/o"),
        ("key import FILE", "key import -"),
    ];
    let (mut read, mut env) = (Vec::new(), credentials_fixture());
    env.run_ok("app add Roster");
    each_file(&command_tree(), "", &mut |path, argument| {
        let flag = argument.get_long().map_or("FILE".to_owned(), |flag| format!("--{flag}"));
        if flag != "--out" {
            read.push(format!("{} {flag}", path.trim_start()));
        }
    });
    read.sort_unstable();
    assert_eq!(read, lines.map(|(argument, _)| argument), "each file to read needs a line");
    for (argument, line) in lines {
        let output = env.run_with_input(line, "nonsense");
        assert!(!output.stderr.contains("No such file"), "{argument}\n{output}");
        assert!(output.stderr.contains("stdin") || output.exit == 2, "{argument}\n{output}");
    }
}

#[test]
fn a_secret_file_is_not_stdout() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("create new --days 9 --out -"), @"
    exit 2
    -- stderr
    error: invalid value '-' for '--out <FILE>': - is not a file
    hint: to write a secret to stdout, leave out --out; several secrets need a file
    ");
    let mut refused = 0;
    each_file(&command_tree(), "", &mut |path, argument| {
        if argument.get_long() == Some("out") {
            let output = env.run(&format!("{} --out -", path.trim_start()));
            assert_eq!(output.exit, 2, "{path}\n{output}");
            assert!(
                output.stderr.contains("hint: to write a secret to stdout"),
                "{path}\n{output}"
            );
            refused += 1;
        }
    });
    assert!(refused >= 8, "{refused}");
    assert_eq!(env.run("list --name new --field name").stdout, "");
}
