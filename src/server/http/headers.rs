//! The headers that the gate reads and sends, for the reference in the documents.

/// A header, or several with the same meaning.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// The names, as documents spell them.
    pub names: &'static [&'static str],
    /// Who sends the header to whom, and with which statuses.
    pub direction: &'static str,
    /// The meaning and format of the value, in Markdown.
    pub meaning: &'static str,
}

const FROM_CALLER: &str = "from the caller";
const FROM_TRUSTED_PROXY: &str = "from a trusted proxy";
const FROM_PROXY: &str = "from the proxy";
const TO_PROXY_IF_ALLOWED: &str = "to the proxy, with 200";
const TO_CALLER_WITH_RATE_LIMIT: &str = "to the caller, where a rate limit applies";
const TO_CALLER_IF_DEPRECATED: &str = "to the caller, with 200, 410 and 429";
const TO_PROXY_IF_REFUSED: &str = "to the proxy, with a refusal";
const TO_CALLER_WITH_CHALLENGE: &str = "to the caller, with 401 and 403";
const TO_CALLER_WITH_RETRY: &str = "to the caller, with 429 and 503";

/// The headers by direction, in the order in which they are documented.
pub const HEADERS: &[Header] = &[
    header(
        &["X-CleverTap-Account-Id"],
        FROM_CALLER,
        "the Account ID; required with `X-CleverTap-Passcode`",
    ),
    header(&["X-CleverTap-Passcode"], FROM_CALLER, "the passcode"),
    header(
        &["Authorization"],
        FROM_CALLER,
        "`Bearer` with a passcode or token, or `Basic` with a legacy key",
    ),
    header(
        &["X-Request-Id"],
        FROM_CALLER,
        "the request id for the log: up to 128 printable characters without spaces; generated if absent",
    ),
    header(
        &["X-Forwarded-For"],
        FROM_TRUSTED_PROXY,
        "the address of the caller, for the log and the last use; only the last address counts",
    ),
    header(
        &["X-Forwarded-Method", "X-Original-Method"],
        FROM_TRUSTED_PROXY,
        "the method of the original request, for the log",
    ),
    header(
        &["X-Forwarded-Uri", "X-Original-Uri"],
        FROM_TRUSTED_PROXY,
        "the URI of the original request, for the log",
    ),
    header(&["X-Gatepass-Require-Scope"], FROM_PROXY, "required scopes, separated by spaces"),
    header(&["X-Gatepass-Require-District"], FROM_PROXY, "the id of the required district"),
    header(&["X-Gatepass-Require-App"], FROM_PROXY, "the id of the required app"),
    header(&["X-Gatepass-Account"], TO_PROXY_IF_ALLOWED, "the Account ID"),
    header(&["X-Gatepass-Credential"], TO_PROXY_IF_ALLOWED, "the id of the credential"),
    header(
        &["X-Gatepass-Kind"],
        TO_PROXY_IF_ALLOWED,
        "the kind of the credential: `account`, `user`, `token` or `legacy`",
    ),
    header(&["X-Gatepass-Name"], TO_PROXY_IF_ALLOWED, "the partner's name, percent-encoded"),
    header(&["X-Gatepass-User"], TO_PROXY_IF_ALLOWED, "the user's e-mail address, percent-encoded"),
    header(&["X-Gatepass-Expires"], TO_PROXY_IF_ALLOWED, "the expiry of the credential"),
    header(
        &["X-Gatepass-App"],
        TO_PROXY_IF_ALLOWED,
        "the id of the app that holds the token or legacy key",
    ),
    header(
        &["X-Gatepass-District"],
        TO_PROXY_IF_ALLOWED,
        "the id of the district that the token is valid for",
    ),
    header(
        &["X-Gatepass-Scopes"],
        TO_PROXY_IF_ALLOWED,
        "the scopes of the token, separated by spaces; empty for other kinds",
    ),
    header(
        &["X-Ratelimit-Bucket"],
        TO_CALLER_WITH_RATE_LIMIT,
        "the name of the rate limit: all requests with the same value count together",
    ),
    header(
        &["X-Ratelimit-Limit"],
        TO_CALLER_WITH_RATE_LIMIT,
        "the number of requests allowed per minute",
    ),
    header(
        &["X-Ratelimit-Remaining"],
        TO_CALLER_WITH_RATE_LIMIT,
        "the number of requests left in this minute",
    ),
    header(
        &["X-Ratelimit-Reset"],
        TO_CALLER_WITH_RATE_LIMIT,
        "when the next minute begins, in Unix seconds",
    ),
    header(
        &["Deprecation"],
        TO_CALLER_IF_DEPRECATED,
        "since when the secret is deprecated (RFC 9745): it is a retiring secret or a legacy key",
    ),
    header(&["Sunset"], TO_CALLER_IF_DEPRECATED, "when the secret stops working (RFC 8594)"),
    header(&["Link"], TO_CALLER_IF_DEPRECATED, "where to read about the deprecation"),
    header(
        &["X-Gatepass-Status"],
        TO_PROXY_IF_REFUSED,
        "the status before `--profile exact` replaced it",
    ),
    header(&["X-Gatepass-Reason"], TO_PROXY_IF_REFUSED, "the reason, as in the table below"),
    header(&["X-Gatepass-Error"], TO_PROXY_IF_REFUSED, "CleverTap's wording of the reason"),
    header(
        &["WWW-Authenticate"],
        TO_CALLER_WITH_CHALLENGE,
        "how to authenticate; for a token as in RFC 6750",
    ),
    header(&["Retry-After"], TO_CALLER_WITH_RETRY, "how many seconds to wait"),
];

const fn header(
    names: &'static [&'static str],
    direction: &'static str,
    meaning: &'static str,
) -> Header {
    Header { names, direction, meaning }
}
