//! The commands: exit code, stdout and stderr.

mod admin;
mod bad_input;
mod credential;
mod deliver;
mod directory;
mod examples;
mod help;
mod legacy;
mod proxy_config;
mod schema;
mod scripts;
mod show_once;
mod times;
mod verify;
