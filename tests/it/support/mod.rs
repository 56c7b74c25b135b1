//! Helpers that tests share.

pub mod address;
pub mod clock;
pub mod credentials_fixture;
pub mod directory_fixture;
pub mod gate;
pub mod http;
pub mod json_schemas;
pub mod private_dir;
pub mod process;
pub mod receiver;
pub mod records;
pub mod shell;
pub mod streams;
pub mod test_env;
