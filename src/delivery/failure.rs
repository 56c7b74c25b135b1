//! Why an attempt to deliver a message failed.

/// Why an attempt failed. It contains nothing of the URL, the message, the key or the response body, so it can be
/// logged, stored and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryFailure {
    /// The URL is http, which is not allowed any longer.
    #[error("http is not allowed here")]
    HttpNotAllowed,
    /// The host name cannot be resolved.
    #[error("its host was not found")]
    UnknownHost,
    /// The host has only private addresses, which are not allowed.
    #[error("its host has a private address, which is not allowed here")]
    PrivateAddress,
    /// The connection was refused, or there is no route to the host.
    #[error("nobody answers at its address")]
    Unreachable,
    /// The operating system provides no root certificates.
    #[error(
        "this machine has no certificates to trust: install ca-certificates or set SSL_CERT_FILE"
    )]
    NoRootCertificates,
    /// The receiver's certificate is not trusted, belongs to another host, or has expired.
    #[error("its certificate is not trusted")]
    UntrustedCertificate,
    /// The TLS handshake failed for another reason.
    #[error("an encrypted connection could not be made")]
    Tls,
    /// Resolving, connecting or responding took too long.
    #[error("no answer came in time")]
    Timeout,
    /// The connection ended before the response was complete.
    #[error("the connection ended before the answer did")]
    ConnectionLost,
    /// The response is not HTTP, or its head is too long.
    #[error("the answer is not HTTP")]
    Malformed,
    /// The response is a redirect, which is not followed.
    #[error("the answer is {0}: redirects are not followed, give the URL that it leads to")]
    Redirect(u16),
    /// The receiver wants no more messages (410).
    #[error("the answer is 410: the receiver wants no more messages")]
    Gone,
    /// Another status that is not 2xx.
    #[error("the answer is {0}")]
    Status(u16),
    /// The status is 2xx, but the body did not arrive in time.
    #[error("the answer did not end in time")]
    SlowBody,
    /// This machine could not send the request: no permission, memory or file descriptor.
    #[error("this machine could not send it")]
    NotSent,
}

impl DeliveryFailure {
    /// Returns the word that logs and metrics use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HttpNotAllowed => "insecure",
            Self::UnknownHost => "unknown_host",
            Self::PrivateAddress => "private_address",
            Self::Unreachable => "unreachable",
            Self::NoRootCertificates => "no_roots",
            Self::UntrustedCertificate => "untrusted",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::ConnectionLost => "cut_off",
            Self::Malformed => "malformed",
            Self::Redirect(_) => "redirect",
            Self::Gone => "gone",
            Self::Status(_) => "status",
            Self::SlowBody => "slow_body",
            Self::NotSent => "unsent",
        }
    }

    /// The status code, if there was a response and its status is the failure.
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Redirect(status) | Self::Status(status) => Some(status),
            Self::Gone => Some(GONE),
            _ => None,
        }
    }

    /// Whether the receiver wants neither this message again nor any other.
    pub fn is_final(self) -> bool {
        self == Self::Gone
    }

    /// The failure that a status code means. `None` for 2xx, which acknowledges (Standard Webhooks, "Delivery success
    /// and failure").
    pub(super) fn from_status(status: u16) -> Option<Self> {
        match status {
            200..=299 => None,
            300..=399 => Some(Self::Redirect(status)),
            GONE => Some(Self::Gone),
            _ => Some(Self::Status(status)),
        }
    }
}

const GONE: u16 = 410;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_2xx_acknowledges() {
        for (status, expected) in [
            (101, Some(DeliveryFailure::Status(101))),
            (200, None),
            (204, None),
            (299, None),
            (304, Some(DeliveryFailure::Redirect(304))),
            (307, Some(DeliveryFailure::Redirect(307))),
            (404, Some(DeliveryFailure::Status(404))),
            (410, Some(DeliveryFailure::Gone)),
            (500, Some(DeliveryFailure::Status(500))),
        ] {
            assert_eq!(DeliveryFailure::from_status(status), expected, "{status}");
            assert_eq!(expected.and_then(DeliveryFailure::status), expected.map(|_| status));
            assert_eq!(expected.is_some_and(DeliveryFailure::is_final), status == 410);
        }
    }
}
