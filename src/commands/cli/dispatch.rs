//! From a subcommand to the file that runs it.

use super::{command::Command, tree::command_tree};
use crate::{
    commands::{
        admin, app, completions, credential, district, error::CommandError, gate, help, legacy,
        schema, session::Session, store,
    },
    exit::Exit,
};

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
        Command::Status(args) => admin::status::run(args, session),
        Command::Doctor(args) => admin::doctor::run(args, session),
        Command::Legacy(args) => legacy::command::run(args, session),
        Command::Key(args) => admin::key::command::run(args, session),
        Command::Store(args) => store::command::run(args, session),
        Command::Schema(args) => schema::run(args, session),
        Command::ProxyConfig(args) => gate::proxy_config::run(args, session),
        Command::Completions(args) => {
            completions::generate::run(args, &mut command_tree(), session)
        }
        Command::Man(args) => help::man::run(args, &command_tree(), session),
    }
}
