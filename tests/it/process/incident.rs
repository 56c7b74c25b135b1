//! Several things go wrong in one hour. Nothing that works stops working, nothing is lost, and each message says what to do.

use std::fs;

use super::streams::run_into_closed_pipe;
use crate::support::process::{ProcessOutput, TestHome};

/// Asserts the exit code, and that stderr contains each of these texts.
fn assert_refused(output: &ProcessOutput, code: i32, texts: &[&str]) {
    assert_eq!(output.code, Some(code), "{output:?}");
    for text in texts {
        assert!(output.stderr.contains(text), "{text}: {output:?}");
    }
}

#[test]
fn nothing_is_lost_when_everything_goes_wrong_at_once() {
    let home = TestHome::with(&[
        "create Acme --days 90 --out acme.secret",
        "grant-user ann@example.org --days 90 --out ann.secret",
        "key export --out key.copy",
    ]);
    let read = |name: &str| fs::read_to_string(home.path(name)).unwrap();
    let (acme, ann) = (read("acme.secret"), read("ann.secret"));
    let assert_all_accepted = || {
        assert_eq!((home.verify(&acme), home.verify(&ann)), (Some(0), Some(0)));
        home.assert_healthy();
    };

    // The volume of the store is not mounted.
    let volume = home.store().parent().unwrap().to_owned();
    fs::rename(&volume, home.path("unmounted")).unwrap();
    let output = home.run("create Globex --days 90");
    assert_refused(&output, 3, &["may not be mounted", "--new-store"]);
    assert!(!home.store().exists());
    fs::rename(home.path("unmounted"), &volume).unwrap();
    assert_all_accepted();

    // The key is lost. Its copy comes from a password manager, which added a byte order mark and CRLF.
    fs::remove_file(home.key()).unwrap();
    assert_refused(&home.run("list"), 7, &["gatepass key import"]);
    let copy = format!("\u{feff}{}\r\n", read("key.copy").trim_end());
    let output = home.run_with_input("key import -", &copy);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert_all_accepted();

    // The personnel office sends a list as its spreadsheet saves it, with three wrong rows.
    let rows = "Email;Lifetime\r\nbob@example.org;30d\r\nnobody;30d\r\n\r\n\
                carol@example.org;400d\r\nann@example.org;90d\r\n";
    fs::write(home.path("users.csv"), rows).unwrap();
    let output = home.run("grant-user --from users.csv --out new.csv");
    assert_refused(&output, 2, &["line 3", "nobody", "line 5", "400d", "line 6", "ann@example.org"]);
    assert!(!home.path("new.csv").exists());
    assert_eq!(home.credentials().len(), 2, "nobody got a passcode");
    fs::write(home.path("users.csv"), rows.replace("nobody;30d\r\n", "").replace("400d", "1y")).unwrap();

    // A partner is to be named like a user.
    let output = home.run("edit Acme --name ann@example.org");
    assert_refused(&output, 2, &["looks like an e-mail address"]);
    let output = home.run("create ann@example.org --days 90");
    assert_refused(&output, 2, &["gatepass grant-user"]);

    // The pipe to the partner breaks during a reset.
    let output = run_into_closed_pipe(&home, "reset Acme --yes");
    assert_refused(&output, 1, &["old secret stays valid", "reset Acme again"]);
    assert_all_accepted();
    let new = home.ok("reset Acme --yes");
    assert_eq!((home.verify(&new), home.verify(&acme)), (Some(0), Some(13)));
    home.assert_healthy();
}
