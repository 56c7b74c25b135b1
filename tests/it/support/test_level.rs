//! How much of an endless test is run.

/// Whether `GATEPASS_TESTS=full` asks for everything, at the price of minutes.
#[allow(clippy::disallowed_methods, reason = "this is about the tests, not about the program")]
pub fn is_full() -> bool {
    std::env::var_os("GATEPASS_TESTS").is_some_and(|value| value == "full")
}
