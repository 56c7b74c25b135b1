//! The level of the tests: how much of the long ones is run.

/// Returns whether `GATEPASS_TESTS=full` is set, with which everything is run, for minutes.
#[allow(clippy::disallowed_methods, reason = "concerns the tests, not the program")]
pub fn is_full() -> bool {
    std::env::var_os("GATEPASS_TESTS").is_some_and(|value| value == "full")
}
