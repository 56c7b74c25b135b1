//! Completion scripts in real shells, and the hidden command that lists names for them.

use gatepass::{command_tree, commands::completions::generate::script};

use crate::support::{
    process::{GATEPASS, TestHome, finish},
    test_env::TestEnv,
};

/// Names that need quoting in a shell.
const NAMES: [&str; 5] = ["partner-a", "partner b & co", "it's", "sp:ace", "$HOME"];

fn sample_home() -> TestHome {
    let home = TestHome::new();
    for name in NAMES {
        let child = home.tool(GATEPASS).args(["create", name, "--forever"]).spawn();
        assert_eq!(finish(child.unwrap()).code, Some(0));
    }
    home.ok("grant-user ann@x.org --days 30");
    home
}

#[test]
fn bash_completes_names_for_references() {
    let home = sample_home();
    home.file("gatepass.bash", &script(clap_complete::Shell::Bash, &mut command_tree()));
    // The line, the words that readline splits it into, and the completions of the last one.
    let cases: [(&str, &[&str], &[&str]); 18] = [
        ("gatepass show partner-", &["show", "partner-"], &["partner-a"]),
        ("gatepass show PARTNER", &["show", "PARTNER"], &["partner-a", r"partner\ b\ \&\ co"]),
        (r"gatepass edit partner\ b", &["edit", r"partner\ b"], &[r"partner\ b\ \&\ co"]),
        ("gatepass edit 'partner b", &["edit", "'partner b"], &["partner b & co"]),
        ("gatepass edit \"it", &["edit", "\"it"], &["it's"]),
        ("gatepass delete it", &["delete", "it"], &[r"it\'s"]),
        ("gatepass delete x ann", &["delete", "x", "ann"], &["ann@x.org"]),
        ("gatepass revoke ann@x", &["revoke", "ann", "@", "x"], &["x.org"]),
        ("gatepass revoke ann@", &["revoke", "ann", "@", ""], &["x.org"]),
        ("gatepass reset sp:a", &["reset", "sp", ":", "a"], &["ace"]),
        (r"gatepass show \$", &["show", r"\$"], &[r"\$HOME"]),
        (
            "gatepass -y --format json reset partner-",
            &["-y", "--format", "json", "reset", "partner-"],
            &["partner-a"],
        ),
        (
            "gatepass audit list --of partner-",
            &["audit", "list", "--of", "partner-"],
            &["partner-a"],
        ),
        ("gatepass reset --reason partner-", &["reset", "--reason", "partner-"], &[]),
        ("gatepass create partner-", &["create", "partner-"], &[]),
        ("gatepass comp", &["comp"], &["completions"]),
        ("gatepass help exit", &["help", "exit"], &["exit-codes"]),
        ("gatepass help grant-u", &["help", "grant-u"], &["grant-user"]),
    ];
    for (line, words, offered) in cases {
        let quote = |word: &str| format!("'{}'", word.replace('\'', r"'\''"));
        let quoted: Vec<String> = words.iter().copied().map(quote).collect();
        let last = words.last().unwrap().trim_start_matches(['\'', '"']);
        let driver = format!(
            "source gatepass.bash\nCOMP_LINE={}\nCOMP_POINT=${{#COMP_LINE}}\nCOMP_WORDS=(gatepass {})\n\
             COMP_CWORD={}\n_gatepass_live gatepass {} \"${{COMP_WORDS[COMP_CWORD-1]}}\"\n\
             printf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
            quote(line),
            quoted.join(" "),
            words.len(),
            quote(last),
        );
        let driver = home.file("driver.bash", &driver);
        let completions = home.script_ok(&["bash", "--norc"], &driver);
        let mut completions: Vec<&str> =
            completions.lines().filter(|line| !line.is_empty()).collect();
        completions.sort_unstable();
        assert_eq!(completions, offered, "{line}");
    }
    let registered = home.file("p.bash", "source gatepass.bash\ncomplete -p gatepass\n");
    assert!(home.script_ok(&["bash", "--norc"], &registered).contains("-F _gatepass_live"));
}

#[test]
fn fish_completes_names_for_references() {
    let home = sample_home();
    home.file("gatepass.fish", &script(clap_complete::Shell::Fish, &mut command_tree()));
    for (line, offered) in [
        ("gatepass show partner-", "partner-a"),
        ("gatepass edit 'partner b", "partner b & co"),
        ("gatepass delete x ann", "ann@x.org"),
        ("gatepass reset --overlap 7d sp", "sp:ace"),
        ("gatepass audit list --of partner-", "partner-a"),
        ("gatepass create partner-", ""),
        ("gatepass comp", "completions"),
        ("gatepass help exit", "exit-codes"),
    ] {
        let quoted = line.replace('\\', r"\\").replace('\'', r"\'");
        let driver = format!("source gatepass.fish\ncomplete -C '{quoted}'\n");
        let driver = home.file("driver.fish", &driver);
        let completions = home.script_ok(&["fish", "--no-config"], &driver);
        let completions: Vec<&str> =
            completions.lines().map(|line| line.split('\t').next().unwrap_or(line)).collect();
        assert_eq!(completions.join(" "), offered, "{line}");
    }
}

#[test]
fn zsh_completes_names_for_references() {
    let home = sample_home();
    home.file("_gatepass", &script(clap_complete::Shell::Zsh, &mut command_tree()));
    // Completion works only in the line editor, so one runs on a pseudo-terminal, completes the line and prints the
    // result.
    home.file("setup.zsh", ZSH_SETUP);
    let driver = home.file("driver.zsh", ZSH_DRIVER);
    for (line, completed) in [
        ("gatepass show partner-", "gatepass show partner-a "),
        (r"gatepass edit partner\ b", r"gatepass edit partner\ b\ \&\ co "),
        ("gatepass edit 'partner b", "gatepass edit 'partner b & co' "),
        ("gatepass delete x ann", "gatepass delete x ann@x.org "),
        ("gatepass reset --overlap 7d sp", "gatepass reset --overlap 7d sp:ace "),
        ("gatepass audit list --of IT", r"gatepass audit list --of it\'s "),
        ("gatepass compl", "gatepass completions "),
        ("gatepass help exit", "gatepass help exit-codes "),
    ] {
        home.file("line", line);
        let completions = home.script_ok(&["zsh", "-f"], &driver);
        assert_eq!(completions.trim_end_matches('\n'), completed, "{line}");
    }
}

const ZSH_SETUP: &str = r#"
PS1=
fpath=($PWD $fpath)
autoload -Uz compinit
compinit -u -D
complete-line() {
    BUFFER=$(<line)
    CURSOR=$#BUFFER
    zle complete-word
    print -r -- "$BUFFER" >answer
    print -n DO; print NE
}
zle -N complete-line
bindkey ^T complete-line
print -n REA; print DY
"#;

const ZSH_DRIVER: &str = r#"
zmodload zsh/zpty
zpty child zsh -f -i
zpty -w child 'source ./setup.zsh'
zpty -r child seen '*READY*'
zpty -w -n child $'\x14'
zpty -r child seen '*DONE*'
cat answer
"#;

#[test]
fn name_completion_never_fails_waits_or_creates_a_store() {
    let mut env = TestEnv::new();
    let silent = |env: &mut TestEnv, line: &str| {
        let output = env.run(line);
        assert_eq!(
            (output.exit, output.stdout.as_str(), output.stderr.as_str()),
            (0, "", ""),
            "{line}"
        );
    };
    silent(&mut env, "complete-names");
    silent(&mut env, "complete-names a b --c");
    assert_eq!(std::fs::read_dir(env.path("")).unwrap().count(), 0, "nothing was created");
    for number in 0..101 {
        env.run_ok(&format!("grant-user user-{number}@x.org --days 9"));
    }
    env.run_ok("create partner-a --days 9");
    assert_eq!(env.run_ok("complete-names part"), "partner-a\n");
    assert_eq!(env.run_ok("complete-names -- PART"), "partner-a\n");
    assert_eq!(env.run_ok("complete-names user").lines().count(), 100);
    assert_eq!(env.run_ok("complete-names").lines().count(), 100);
    silent(&mut env, "complete-names --bogus");
    env.run_ok("delete partner-a --yes");
    silent(&mut env, "complete-names part");

    env.env.insert("GATEPASS_FORMAT".into(), "nonsense".into());
    silent(&mut env, "complete-names");
    env.env.remove(std::ffi::OsStr::new("GATEPASS_FORMAT"));

    let locked = rusqlite::Connection::open(env.store()).unwrap();
    locked
        .execute_batch("pragma locking_mode = exclusive; begin exclusive; pragma user_version = 1;")
        .unwrap();
    let start = std::time::Instant::now();
    silent(&mut env, "complete-names");
    // Waiting for the lock would take seconds.
    assert!(start.elapsed() < std::time::Duration::from_secs(1));
}

#[test]
fn the_completion_subcommand_is_hidden() {
    use clap_complete::Shell::{Bash, Elvish, Fish, PowerShell, Zsh};
    for shell in [Bash, Elvish, Fish, PowerShell, Zsh] {
        let script = script(shell, &mut command_tree());
        let own = script.matches("gatepass complete-names -- ").count();
        assert_eq!(script.matches("complete-names").count(), own, "{shell}");
    }
    assert!(!TestEnv::new().run_ok("--help").contains("complete-names"));
}
