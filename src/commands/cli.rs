//! The command line: its arguments, and the subcommand that runs.

use clap::{CommandFactory, Parser, Subcommand};

use super::{
    admin, app, args::global::GlobalArgs, completions, credential, district, error::CommandError,
    gate, legacy, man, schema, session::Session, store,
};
use crate::{config::env, exit::Exit};

/// Issue, list, verify and retire API passcodes and tokens
///
/// gatepass keeps credentials in a store, which is one SQLite file. A master key in another file protects the store.
/// Each secret is shown once, by the command that creates it. Results go to stdout, messages to stderr.
#[derive(Debug, Parser)]
#[command(name = "gatepass", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_long_help = after_help())]
#[command(subcommand_required = true)]
pub struct CliArgs {
    /// The arguments that every subcommand accepts.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// The subcommand.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
#[allow(missing_docs, reason = "the arguments of each variant document it, and that is its help")]
pub enum Command {
    Create(credential::create::CreateArgs),
    List(credential::list::ListArgs),
    Show(credential::show::ShowArgs),
    Edit(credential::edit::EditArgs),
    Delete(credential::delete::DeleteArgs),
    GrantUser(credential::grant_user::GrantUserArgs),
    GrantApp(credential::grant_app::GrantAppArgs),
    Reset(credential::reset::ResetArgs),
    Revoke(credential::revoke::RevokeArgs),
    Verify(credential::verify::VerifyArgs),
    Check(credential::check::CheckArgs),
    Deliver(app::deliver::DeliverArgs),
    Serve(gate::serve::ServeArgs),
    App(app::command::AppArgs),
    District(district::command::DistrictArgs),
    Legacy(legacy::command::LegacyArgs),
    Account(admin::account::command::AccountArgs),
    Audit(admin::audit::command::AuditArgs),
    Doctor(admin::doctor::DoctorArgs),
    Key(admin::key::command::KeyArgs),
    Store(store::command::StoreArgs),
    Schema(schema::SchemaArgs),
    ProxyConfig(gate::proxy_config::ProxyConfigArgs),
    Completions(completions::generate::CompletionsArgs),
    Man(man::ManArgs),
}

/// Runs a subcommand.
///
/// # Errors
/// Why it failed.
pub fn dispatch(command: &Command, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match command {
        Command::Create(args) => credential::create::run(args, session),
        Command::List(args) => credential::list::run(args, session),
        Command::Show(args) => credential::show::run(args, session),
        Command::Edit(args) => credential::edit::run(args, session),
        Command::Delete(args) => credential::delete::run(args, session),
        Command::GrantUser(args) => credential::grant_user::run(args, session),
        Command::GrantApp(args) => credential::grant_app::run(args, session),
        Command::Reset(args) => credential::reset::run(args, session),
        Command::Revoke(args) => credential::revoke::run(args, session),
        Command::Verify(args) => credential::verify::run(args, session),
        Command::Check(args) => credential::check::run(args, session),
        Command::Deliver(args) => app::deliver::run(args, session),
        Command::Serve(args) => gate::serve::run(args, session),
        Command::App(args) => app::command::run(args, session),
        Command::District(args) => district::command::run(args, session),
        Command::Account(args) => admin::account::command::run(args, session),
        Command::Audit(args) => admin::audit::command::run(args, session),
        Command::Doctor(args) => admin::doctor::run(args, session),
        Command::Legacy(args) => legacy::command::run(args, session),
        Command::Key(args) => admin::key::command::run(args, session),
        Command::Store(args) => store::command::run(args, session),
        Command::Schema(args) => schema::run(args, session),
        Command::ProxyConfig(args) => gate::proxy_config::run(args, session),
        Command::Completions(args) => {
            completions::generate::run(args, &mut CliArgs::command(), session)
        }
        Command::Man(args) => man::run(args, CliArgs::command(), session),
    }
}

const EXAMPLES: &str = "Examples:
  # Create a passcode that is valid for 90 days
  $ gatepass create acme --days 90

  # Identify a secret and check that it is valid
  $ gatepass verify <found.secret

  # List the credentials that expire within 30 days
  $ gatepass list --expiring
";

/// Returns the end of the long help: examples, exit codes and environment variables.
///
/// Every start builds this text, so it is joined from pieces: `format!` took 50,000 instructions more.
fn after_help() -> String {
    let mut text = String::with_capacity(4096);
    text += EXAMPLES;
    text += "\nExit codes:\n";
    for (code, meaning) in Exit::MEANINGS {
        for piece in ["  ", code, &"        "[code.len().min(7)..], meaning, "\n"] {
            text += piece;
        }
    }
    text += "\nEnvironment:\n";
    for variable in env::GATEPASS_VARIABLES.iter().chain(env::EXTERNAL_VARIABLES) {
        for piece in ["  ", variable.name, "\n          ", variable.meaning, "\n"] {
            text += piece;
        }
    }
    text
}
