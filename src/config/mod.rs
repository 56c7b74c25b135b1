//! Configuration: flags, environment variables, the configuration file and defaults, in this order of precedence.

pub mod address;
mod color;
pub mod env;
mod error;
pub mod file;
pub mod gate;
pub mod gate_policy;
mod network_policy;
mod paths;
mod settings;

pub use color::ColorChoice;
pub use error::{ConfigError, ConfigFileError};
pub use paths::{KeyPath, default_config_file};
pub use settings::{Config, Flags};
