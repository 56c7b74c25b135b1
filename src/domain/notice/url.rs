//! Webhook URLs.

use std::{
    fmt,
    net::{Ipv4Addr, Ipv6Addr},
};

use http::{Uri, uri::Authority};

use super::network_policy::{NetworkPolicy, is_private};
use crate::domain::credential::secret::contains_secret;

/// The most characters of a webhook URL.
pub const MAX_URL_LENGTH: usize = 2_000;

/// Why a text is not a webhook URL. Positions count characters from 1. Errors never contain the text: the path of many
/// webhook URLs is a secret of the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// The text is empty.
    #[error("the webhook URL is empty")]
    Empty,
    /// The text is too long.
    #[error("the webhook URL has {length} characters; at most {MAX_URL_LENGTH} are allowed")]
    TooLong {
        /// The number of characters.
        length: usize,
    },
    /// A character cannot be part of a URL.
    #[error(
        "the webhook URL has an invalid character at position {position}; write hosts as xn--… and encode the rest with %"
    )]
    Character {
        /// The position of the character.
        position: usize,
    },
    /// The text contains something that looks like a secret of gatepass.
    #[error("the webhook URL contains what looks like a secret; if it is one, treat it as exposed")]
    LooksLikeSecret,
    /// The scheme is not https, or is missing.
    #[error("a webhook URL must begin with https://")]
    Scheme,
    /// The scheme is http, which sends messages unencrypted.
    #[error(
        "a webhook URL must begin with https://; http is for private addresses, which are not allowed here"
    )]
    Insecure,
    /// The host is missing.
    #[error("the webhook URL has no host")]
    NoHost,
    /// The URL contains a user name or a password.
    #[error("a webhook URL must not contain a user name or password")]
    UserInfo,
    /// The URL contains a fragment, which is never sent.
    #[error("a webhook URL must not have a fragment (#…), which is never sent")]
    Fragment,
    /// The host is neither a DNS name nor an IP address.
    #[error("the webhook URL has a host that is neither a name nor an address")]
    Host,
    /// The port is not a number from 1 to 65535.
    #[error("the webhook URL has a port that is not a number from 1 to 65535")]
    Port,
    /// The host is a private address.
    #[error("the webhook URL leads to a private address, which is not allowed here")]
    Private,
    /// The text is invalid for another reason.
    #[error("the webhook URL is not a valid URL")]
    Malformed,
}

/// The URL of a webhook: absolute, https, or http where private addresses are allowed; at most 2,000 ASCII characters;
/// no user name, password or fragment (RFC 3986).
///
/// The text is kept as typed. `Debug` shows only [`WebhookUrl::origin`].
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookUrl(String);

impl WebhookUrl {
    /// Parses a URL as typed. The HTTP client uses the same parser, so the host that is checked is the host that is
    /// connected to.
    ///
    /// Names are not resolved: if one resolves to a private address, the attempt to send fails.
    ///
    /// # Errors
    /// The text is not a URL that `policy` allows.
    pub fn parse(text: &str, policy: NetworkPolicy) -> Result<Self, UrlError> {
        check_characters(text)?;
        let (_, rest) = text.split_once("://").ok_or(UrlError::Scheme)?;
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        if authority.is_empty() {
            return Err(UrlError::NoHost);
        }
        if authority.contains('@') {
            return Err(UrlError::UserInfo);
        }
        let uri: Uri = text.parse().map_err(|_| UrlError::Malformed)?;
        match (uri.scheme_str(), policy) {
            (Some("https"), _) | (Some("http"), NetworkPolicy::AllowPrivate) => {}
            (Some("http"), NetworkPolicy::PublicOnly) => return Err(UrlError::Insecure),
            _ => return Err(UrlError::Scheme),
        }
        check_authority(uri.authority().ok_or(UrlError::NoHost)?, policy)?;
        Ok(Self(text.to_owned()))
    }

    /// A URL from a stored record. It was validated before it was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The URL as typed. It may contain a secret of the receiver, so only the request and the admin may see it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Scheme, host and port as typed. Safe in logs.
    pub fn origin(&self) -> &str {
        let start = self.0.find("://").map_or(0, |at| at + 3);
        let end = self.0[start..].find(['/', '?']).map_or(self.0.len(), |at| start + at);
        &self.0[..end]
    }

    /// Whether the scheme is https.
    pub fn is_https(&self) -> bool {
        self.0.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("https:"))
    }
}

impl fmt::Debug for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebhookUrl({}…)", self.origin())
    }
}

fn check_characters(text: &str) -> Result<(), UrlError> {
    if text.is_empty() {
        return Err(UrlError::Empty);
    }
    let length = text.chars().count();
    if length > MAX_URL_LENGTH {
        return Err(UrlError::TooLong { length });
    }
    if let Some(at) = text.chars().position(|character| !character.is_ascii_graphic()) {
        return Err(UrlError::Character { position: at + 1 });
    }
    if contains_secret(text) {
        return Err(UrlError::LooksLikeSecret);
    }
    if text.contains('#') {
        return Err(UrlError::Fragment);
    }
    Ok(())
}

fn check_authority(authority: &Authority, policy: NetworkPolicy) -> Result<(), UrlError> {
    let host = authority.host();
    let port = authority.as_str().strip_prefix(host).ok_or(UrlError::Host)?;
    if !port.is_empty() && !port.strip_prefix(':').is_some_and(is_port) {
        return Err(UrlError::Port);
    }
    let is_private_host = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => is_private(inner.parse::<Ipv6Addr>().map_err(|_| UrlError::Host)?.into()),
        None => match host.parse::<Ipv4Addr>() {
            Ok(address) => is_private(address.into()),
            Err(_) if is_dns_name(host) => is_loopback_name(host),
            Err(_) => return Err(UrlError::Host),
        },
    };
    if is_private_host && policy == NetworkPolicy::PublicOnly {
        return Err(UrlError::Private);
    }
    Ok(())
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse::<u16>().is_ok_and(|port| port != 0)
}

/// Whether a text is a DNS name (RFC 1035, section 2.3.4, with underscores allowed) and not another form of an IPv4
/// address: the last label must not be a number.
fn is_dns_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit())
        || last.strip_prefix("0x").or_else(|| last.strip_prefix("0X")).is_some_and(is_hex);
    host.len() <= 253 && host.split('.').all(is_label) && !is_number
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a name always resolves to this machine (RFC 6761, section 6.3).
fn is_loopback_name(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    last.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn public(text: &str) -> Result<WebhookUrl, UrlError> {
        WebhookUrl::parse(text, NetworkPolicy::PublicOnly)
    }

    #[test]
    fn urls_are_kept_verbatim() {
        for valid in [
            "https://example.com",
            "https://example.com/",
            "https://example.com:8443/hooks/a%20b?x=1&y=../z",
            "HTTPS://Example.COM/Path",
            "https://xn--bcher-kva.example?q",
            "https://a_b.example/",
            "https://8.8.8.8/",
            "https://[2606:4700::1111]:443/",
        ] {
            assert_eq!(public(valid).map(|url| url.as_str().to_owned()).as_deref(), Ok(valid));
        }
        for valid in ["http://localhost:8080/", "http://[::1]/x", "https://10.0.0.1", "http://a.b"]
        {
            let url = WebhookUrl::parse(valid, NetworkPolicy::AllowPrivate);
            assert_eq!(url.map(|url| url.as_str().to_owned()).as_deref(), Ok(valid));
        }
    }

    #[test]
    fn errors_name_the_problem() {
        for (bad, expected) in [
            ("", UrlError::Empty),
            ("https://bücher.example/", UrlError::Character { position: 10 }),
            ("https://example.com/a b", UrlError::Character { position: 22 }),
            ("https://example.com/\n", UrlError::Character { position: 21 }),
            ("example.com", UrlError::Scheme),
            ("example.com/hook", UrlError::Scheme),
            ("mailto:a@example.com", UrlError::Scheme),
            ("ftp://example.com/", UrlError::Scheme),
            ("gopher://example.com/", UrlError::Scheme),
            ("http://example.com/", UrlError::Insecure),
            ("https://", UrlError::NoHost),
            ("https:///hook", UrlError::NoHost),
            ("https://?q", UrlError::NoHost),
            ("https://ann@example.com/", UrlError::UserInfo),
            ("https://ann:pw@example.com/", UrlError::UserInfo),
            ("https://example.com@10.0.0.1/", UrlError::UserInfo),
            ("https://example.com/#x", UrlError::Fragment),
            ("https://example.com#@10.0.0.1/", UrlError::Fragment),
            ("https://example.com:0/", UrlError::Port),
            ("https://example.com:/", UrlError::Port),
            ("https://example.com:65536/", UrlError::Port),
            ("https://example.com:+1/", UrlError::Port),
            ("https://-a.example/", UrlError::Host),
            ("https://a..example/", UrlError::Host),
            ("https://example.com./", UrlError::Host),
            ("https://a%2eb/", UrlError::Malformed),
            ("https://127.1/", UrlError::Host),
            ("https://2130706433/", UrlError::Host),
            ("https://0x7f.0.0.0x1/", UrlError::Host),
            ("https://0177.0.0.01/", UrlError::Host),
            ("https://[fe80::1%25eth0]/", UrlError::Host),
            ("https://[::1/", UrlError::Malformed),
            ("https://example.com\\@10.0.0.1/", UrlError::UserInfo),
            ("https://example.com\\.evil/", UrlError::Malformed),
            ("https://localhost/", UrlError::Private),
            ("https://a.LocalHost/", UrlError::Private),
            ("https://127.0.0.1/", UrlError::Private),
            ("https://169.254.169.254/latest", UrlError::Private),
            ("https://[::ffff:10.0.0.1]/", UrlError::Private),
        ] {
            assert_eq!(public(bad), Err(expected), "{bad:?}");
        }
        let anywhere = |text| WebhookUrl::parse(text, NetworkPolicy::AllowPrivate);
        assert_eq!(anywhere("ws://localhost/"), Err(UrlError::Scheme));
        assert_eq!(anywhere("http://a@localhost/"), Err(UrlError::UserInfo));
    }

    #[test]
    fn urls_over_2000_characters_are_rejected() {
        let start = "https://example.com/";
        let long = |length: usize| format!("{start}{}", "x".repeat(length - start.len()));
        assert!(public(&long(MAX_URL_LENGTH)).is_ok());
        assert_eq!(public(&long(2_001)), Err(UrlError::TooLong { length: 2_001 }));
    }

    #[test]
    fn urls_with_secrets_are_rejected_and_debug_hides_the_path() {
        let secret = format!("https://example.com/?token=gpt_{}", "0".repeat(49));
        assert_eq!(public(&secret), Err(UrlError::LooksLikeSecret));
        let url = public("https://example.com:444/services/T0/B0/xyz").unwrap();
        assert_eq!(format!("{url:?}"), "WebhookUrl(https://example.com:444…)");
        assert!(url.is_https());
    }

    proptest! {
        #[test]
        fn accepted_urls_are_kept_and_parse_again(text in "(https?://)?[ -~é]{0,40}") {
            for policy in [NetworkPolicy::PublicOnly, NetworkPolicy::AllowPrivate] {
                if let Ok(url) = WebhookUrl::parse(&text, policy) {
                    prop_assert_eq!(url.as_str(), &text);
                    prop_assert!(text.starts_with(url.origin()));
                    prop_assert!(policy == NetworkPolicy::AllowPrivate || url.is_https());
                    prop_assert_eq!(WebhookUrl::parse(url.as_str(), policy), Ok(url.clone()));
                }
            }
        }
    }
}
