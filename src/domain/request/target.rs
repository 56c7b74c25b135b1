//! Secrets in request targets.

use crate::domain::credential::secret::contains_secret;

/// Whether a request target contains a secret: a query parameter with the name of one, or a text that looks like one.
/// Logs, browser histories and referrers would keep it.
pub fn target_contains_secret(target: &[u8]) -> bool {
    let Some(start) = target.iter().position(|byte| *byte == b'?') else {
        return contains_secret_shape(target);
    };
    let is_secret_name = |parameter: &[u8]| {
        let name = parameter.split(|byte| *byte == b'=').next().unwrap_or_default();
        name.eq_ignore_ascii_case(b"passcode") || name.eq_ignore_ascii_case(b"access_token")
    };
    target[start + 1..].split(|byte| *byte == b'&').any(is_secret_name)
        || contains_secret_shape(target)
}

fn contains_secret_shape(target: &[u8]) -> bool {
    // Few targets contain the first two characters of a secret or of a signing key, so this test saves most of the work.
    target.windows(2).any(|pair| pair == b"gp" || pair == b"wh")
        && contains_secret(&String::from_utf8_lossy(target))
}
