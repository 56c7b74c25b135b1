//! Stories of the commands: what each says on its three streams.

mod account;
mod app;
mod audit;
mod check;
mod checkpoint;
mod connect;
mod create;
mod delete;
mod district;
mod doctor;
mod edit;
mod grant_app;
mod grant_user;
mod help;
mod key;
mod legacy;
mod list;
mod prompts;
mod proxy_config;
mod reset;
mod revoke;
mod schema;
mod show;
mod show_once;
mod tokens;
mod verify;
