//! Accepting changes of committed files that are generated.

/// The command that rewrites the generated files.
pub const UPDATE_COMMAND: &str = "UPDATE_GENERATED=1 cargo test --test it -- consistency";

/// Whether the tests rewrite the generated files before they compare them.
pub fn is_update_requested() -> bool {
    #[allow(clippy::disallowed_methods, reason = "a test has no host to ask")]
    std::env::var_os("UPDATE_GENERATED").is_some()
}
