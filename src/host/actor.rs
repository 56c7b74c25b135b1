//! Detects the user who runs gatepass.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    fs,
};

use crate::domain::actor::{Actor, Principal, Process};

const SUDO_USER: &str = "SUDO_USER";

pub(super) fn detect_actor(env: &BTreeMap<OsString, OsString>) -> Actor {
    let uid = rustix::process::getuid().as_raw();
    let login = fs::read_to_string("/proc/self/loginuid").unwrap_or_default();
    let users = fs::read("/etc/passwd").unwrap_or_default();
    let sudo = env.get(OsStr::new(SUDO_USER)).filter(|name| !name.is_empty());
    let process = Process {
        uid,
        login_uid: parse_login_uid(&login),
        user: find_user_name(&users, uid).unwrap_or_else(|| uid.to_string()),
        sudo_user: sudo.map(|name| name.to_string_lossy().into_owned()),
        host: rustix::system::uname().nodename().to_string_lossy().into_owned(),
    };
    Actor { process, principal: Principal::Os }
}

/// Parses a login uid. The kernel uses the highest number if there is none.
fn parse_login_uid(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|uid| *uid != u32::MAX)
}

fn find_user_name(users: &[u8], uid: u32) -> Option<String> {
    let name = |line: &[u8]| {
        let mut fields = line.split(|byte| *byte == b':');
        let name = fields.next().filter(|name| !name.is_empty())?;
        let number: u32 = std::str::from_utf8(fields.nth(1)?).ok()?.parse().ok()?;
        (number == uid).then(|| String::from_utf8_lossy(name).into_owned())
    };
    users.split(|byte| *byte == b'\n').find_map(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_are_found_by_uid() {
        let users =
            b"root:x:0:0:root:/root:/bin/sh\nbroken\n:x:7::\nann:x:1000:0::/:\nbob:x:1000:0::/:\n";
        assert_eq!(find_user_name(users, 0).as_deref(), Some("root"));
        assert_eq!(find_user_name(users, 1000).as_deref(), Some("ann"));
        assert_eq!(find_user_name(users, 7), None);
        assert_eq!(find_user_name(b"", 0), None);
    }

    #[test]
    fn the_login_uid_of_no_login_is_none() {
        assert_eq!(parse_login_uid("4294967295"), None);
        assert_eq!(parse_login_uid(""), None);
        assert_eq!(parse_login_uid("1000\n"), Some(1000));
    }

    #[test]
    fn the_real_actor_has_names() {
        let Actor { process, .. } =
            detect_actor(&BTreeMap::from([(SUDO_USER.into(), "ann".into())]));
        assert!(!process.user.is_empty() && !process.host.is_empty());
        assert_eq!(process.sudo_user.as_deref(), Some("ann"));
    }
}
