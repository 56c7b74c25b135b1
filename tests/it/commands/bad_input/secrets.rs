//! Secrets in arguments, where other processes can read them.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use super::case::{Case, SECRET_EXPOSED, rows};
use crate::support::{credentials_fixture::credentials_fixture, test_env::words};

pub fn cases() -> Vec<Case> {
    [
        rows(
            2,
            &[
                ("as an app", "grant-app @ --district d --scope a:b", SECRET_EXPOSED),
                ("as a district", "verify --district @", SECRET_EXPOSED),
                ("as a name", "create @ --days 9", SECRET_EXPOSED),
                ("as a reference", "show @", SECRET_EXPOSED),
                ("as an argument of verify", "verify @", SECRET_EXPOSED),
                ("within a note", "edit acme --note 'it is @!'", SECRET_EXPOSED),
                ("as a subcommand", "@", SECRET_EXPOSED),
                ("as a flag", "list --@", SECRET_EXPOSED),
                ("as the value of a flag", "list --account=@", SECRET_EXPOSED),
                ("in a path", "list --store ~/@", SECRET_EXPOSED),
                ("truncated", &with_secret("show @")[..45], SECRET_EXPOSED),
            ],
        ),
        rows(3, &[("as an argument of check", "check @", SECRET_EXPOSED)]),
    ]
    .concat()
    .into_iter()
    .map(|case| Case { line: with_secret(&case.line), ..case })
    .collect()
}

/// Returns the line with each `@` replaced by text shaped like a secret. Such text is rejected unchecked.
fn with_secret(line: &str) -> String {
    line.replace('@', &format!("gpa_{}", &"0aZ".repeat(20)[..49]))
}

#[test]
fn non_utf8_arguments_are_rejected() {
    let mut env = credentials_fixture();
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
        let output = env.run_words(&arguments, b"");
        assert_eq!((output.exit, output.stdout.as_str()), (exit, ""), "{line}: {output}");
        assert!(output.stderr.starts_with("error: "), "{line}: {output}");
    }
    // Bytes around a secret that are not UTF-8 do not hide it.
    let secret = [b"\xff".as_slice(), b"gpa_", &[b'7'; 49], b"\xff"].concat();
    let output = env.run_words(&["show".into(), bytes(&secret)], b"");
    assert_eq!(output.exit, 2);
    assert!(output.stderr.contains(SECRET_EXPOSED) && !output.stderr.contains("777"), "{output}");
}
