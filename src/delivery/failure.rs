//! Why a message was not delivered.

/// Why a message was not delivered. It holds nothing of URL, message or key, and no text of the receiver's: it can be
/// logged, stored and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryFailure {
    /// The URL begins with http://, which is not allowed here any more.
    #[error("http is not allowed here")]
    HttpNotAllowed,
    /// The host's name leads nowhere.
    #[error("its host was not found")]
    UnknownHost,
    /// All addresses of the host are private ones, which are not allowed here.
    #[error("its host has a private address, which is not allowed here")]
    PrivateAddress,
    /// Nobody listens there, or there is no way to it.
    #[error("nobody answers at its address")]
    Unreachable,
    /// This machine trusts nobody: the certificates of the operating system were not found.
    #[error(
        "this machine has no certificates to trust: install ca-certificates or set SSL_CERT_FILE"
    )]
    NoRootCertificates,
    /// The receiver's certificate is not trusted, not its own, or expired.
    #[error("its certificate is not trusted")]
    UntrustedCertificate,
    /// The encrypted connection was not made for another reason.
    #[error("an encrypted connection could not be made")]
    Tls,
    /// It took too long to find, to reach or to answer.
    #[error("no answer came in time")]
    Timeout,
    /// The connection ended before the answer did.
    #[error("the connection ended before the answer did")]
    ConnectionLost,
    /// The answer is not one of HTTP, or its head is too long.
    #[error("the answer is not HTTP")]
    Malformed,
    /// The answer leads elsewhere, where nothing is sent.
    #[error("the answer is {0}: redirects are not followed, give the URL that it leads to")]
    Redirect(u16),
    /// The receiver wants no more messages (410).
    #[error("the answer is 410: the receiver wants no more messages")]
    Gone,
    /// Any other status that is not 2xx.
    #[error("the answer is {0}")]
    Status(u16),
    /// The status is 2xx, but the rest of the answer did not come in time.
    #[error("the answer did not end in time")]
    SlowBody,
    /// This machine could not send it: no permission, no memory, no free file descriptor.
    #[error("this machine could not send it")]
    NotSent,
}

impl DeliveryFailure {
    /// The word for it.
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

    /// The status of the answer, if one came that is the reason.
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Redirect(status) | Self::Status(status) => Some(status),
            Self::Gone => Some(GONE),
            _ => None,
        }
    }

    /// Whether the receiver asked for no more: neither this message again, nor any other.
    pub fn is_final(self) -> bool {
        self == Self::Gone
    }

    /// What a status means that is not 2xx; `None` for one that acknowledges. Standard Webhooks, "Delivery success and
    /// failure".
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
