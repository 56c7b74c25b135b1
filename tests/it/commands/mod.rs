//! The commands: exit code, stdout and stderr.

mod audit;
mod check;
mod credential;
mod deliver;
mod directory;
mod doctor;
mod examples;
mod help;
mod key;
mod legacy;
mod prompts;
mod proxy_config;
mod schema;
mod show_once;
mod status;
mod verify;
