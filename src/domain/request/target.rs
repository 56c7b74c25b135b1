//! Target

use crate::domain::credential::secret::contains_secret;

/// Whether the address of a request carries a secret, which logs, histories and referrers would then keep: a
/// parameter that is named like one, or a text that is shaped like one.
pub fn target_contains_secret(target: &[u8]) -> bool {
    let Some(start) = target.iter().position(|byte| *byte == b'?') else {
        return contains_secret_shape(target);
    };
    let named = |parameter: &[u8]| {
        let name = parameter.split(|byte| *byte == b'=').next().unwrap_or_default();
        name.eq_ignore_ascii_case(b"passcode") || name.eq_ignore_ascii_case(b"access_token")
    };
    target[start + 1..].split(|byte| *byte == b'&').any(named) || contains_secret_shape(target)
}

fn contains_secret_shape(target: &[u8]) -> bool {
    // An address without `gp` in it, nearly every one, is not looked through any further.
    target.windows(2).any(|pair| pair == b"gp") && contains_secret(&String::from_utf8_lossy(target))
}
