//! The command line: argv → use case → view. One file per subcommand.

mod account;
mod app;
mod audit;
mod check;
pub mod complete;
pub mod completions;
mod connect;
pub mod connect_file;
mod create;
mod delete;
mod deliver;
mod district;
mod doctor;
mod edit;
mod ending;
mod error;
mod fresh;
mod global;
mod grant_app;
mod grant_user;
pub mod import;
mod issue;
mod key;
mod legacy;
mod legacy_key;
mod lifetime;
mod list;
pub mod man;
mod out_file;
mod party;
mod prompt;
mod proxy_config;
mod reset;
mod revoke;
pub mod schema;
mod scope;
mod serve;
mod session;
mod show;
mod verify;
mod view;
mod webhook;

use clap::{Parser, Subcommand};

pub use error::{report, usage_error};
pub use global::GlobalArgs;
pub use session::Session;

use crate::{config::env, exit::Exit};

/// Issues, lists, verifies and retires the passcodes and tokens of an API
///
/// The store is one SQLite file; the key that protects it is a file of its own. Secrets are shown once, by the command
/// that makes them, and never again. Data goes to stdout, talk to stderr.
#[derive(Debug, Parser)]
#[command(name = "gatepass", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_long_help = after_help())]
#[command(subcommand_required = true)]
pub struct CliArgs {
    /// What every subcommand accepts.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
#[allow(missing_docs, reason = "each one is told by its arguments, and that is its help")]
pub enum Command {
    Create(create::CreateArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Edit(edit::EditArgs),
    Delete(delete::DeleteArgs),
    GrantUser(grant_user::GrantUserArgs),
    GrantApp(grant_app::GrantAppArgs),
    Reset(reset::ResetArgs),
    Revoke(revoke::RevokeArgs),
    Verify(verify::VerifyArgs),
    Check(check::CheckArgs),
    Deliver(deliver::DeliverArgs),
    Serve(serve::ServeArgs),
    App(app::AppArgs),
    District(district::DistrictArgs),
    Legacy(legacy::LegacyArgs),
    Account(account::AccountArgs),
    Audit(audit::AuditArgs),
    Doctor(doctor::DoctorArgs),
    Key(key::KeyArgs),
    Schema(schema::SchemaArgs),
    ProxyConfig(proxy_config::ProxyConfigArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// Runs a subcommand.
///
/// # Errors
/// What it could not do, with the context that a person needs.
pub fn dispatch(command: &Command, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    match command {
        Command::Create(args) => create::run(args, session),
        Command::List(args) => list::run(args, session),
        Command::Show(args) => show::run(args, session),
        Command::Edit(args) => edit::run(args, session),
        Command::Delete(args) => delete::run(args, session),
        Command::GrantUser(args) => grant_user::run(args, session),
        Command::GrantApp(args) => grant_app::run(args, session),
        Command::Reset(args) => reset::run(args, session),
        Command::Revoke(args) => revoke::run(args, session),
        Command::Verify(args) => verify::run(args, session),
        Command::Check(args) => check::run(args, session),
        Command::Deliver(args) => deliver::run(args, session),
        Command::Serve(args) => serve::run(args, session),
        Command::App(args) => app::run(args, session),
        Command::District(args) => district::run(args, session),
        Command::Account(args) => account::run(args, session),
        Command::Audit(args) => audit::run(args, session),
        Command::Doctor(args) => doctor::run(args, session),
        Command::Legacy(args) => legacy::run(args, session),
        Command::Key(args) => key::run(args, session),
        Command::Schema(args) => schema::run(args, session),
        Command::ProxyConfig(args) => proxy_config::run(args, session),
        Command::Completions(args) => completions::run(args, session),
        Command::Man(args) => man::run(args, session),
    }
}

/// The end of the long help: exit codes and environment, generated from where they are defined.
fn after_help() -> String {
    let mut text = "Exit codes:\n".to_owned();
    for (code, meaning) in Exit::MEANINGS {
        text.push_str(&format!("  {code:<4} {meaning}\n"));
    }
    text.push_str("\nEnvironment:\n");
    for variable in env::GATEPASS_VARIABLES.iter().chain(env::EXTERNAL_VARIABLES) {
        text.push_str(&format!("  {:<22} {}\n", variable.name, variable.meaning));
    }
    text
}
