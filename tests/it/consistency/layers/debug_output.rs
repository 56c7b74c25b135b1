//! Which types may derive `Debug`: none that holds a secret.

use super::sources::sources;

/// The types of the memory that is zeroed and of prepared keys, and fields that borrow a secret. All of them print it.
const SECRET_MEMORY: [&str; 5] =
    ["Zeroizing<", "Hmac<", "HmacState", "secret: &", "secret: Option<&"];

/// Types that hold a secret must implement `Debug` by hand, or not at all.
#[test]
fn no_type_with_secret_memory_derives_debug() {
    let sources = sources("src");
    assert!(sources.len() > 10, "the sources were not found");
    for (file, source) in sources {
        assert_eq!(derived_debug_of_secrets(&source), [""; 0], "{file}");
    }
}

#[test]
fn derived_debug_of_secrets_is_found() {
    let planted = "
#[derive(Clone, Debug)]
struct Harmless { text: [u8; 4] }

#[derive(Debug, Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

struct Silent(Zeroizing<[u8; 32]>);

#[derive(Clone)]
#[derive(Debug)]
enum Either {
    Key(HmacState),
    Text(String),
}
";
    assert_eq!(
        derived_debug_of_secrets(planted),
        ["pub struct Key(Zeroizing<[u8; 32]>)", "enum Either {"]
    );
}

/// The first lines of the types with secret memory that derive `Debug`.
fn derived_debug_of_secrets(source: &str) -> Vec<&str> {
    let items = source.split("#[derive(").skip(1).filter_map(|rest| rest.split_once(")]\n"));
    items
        .filter(|(derived, _)| derived.split(", ").any(|name| name.trim() == "Debug"))
        .map(|(_, rest)| {
            let ends = ["\n}", " }\n", ";\n"].iter().filter_map(|end| rest.find(end));
            &rest[..ends.min().unwrap_or(rest.len())]
        })
        .filter(|item| SECRET_MEMORY.iter().any(|memory| item.contains(memory)))
        .filter_map(|item| item.lines().next())
        .collect()
}
