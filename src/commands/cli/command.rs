//! The subcommands.

use clap::Subcommand;

use crate::commands::{
    admin, app,
    args::subcommand::{Changes, Group, Looks},
    completions, credential, district, gate, help, legacy, schema, store,
};

/// The subcommands.
#[derive(Debug, Subcommand)]
#[allow(missing_docs, reason = "the arguments of each variant document it, and that is its help")]
pub enum Command {
    #[command(visible_alias = "new")]
    Create(Changes<credential::create::CreateArgs>),
    #[command(visible_alias = "ls")]
    List(Looks<credential::list::ListArgs>),
    Show(Looks<credential::show::ShowArgs>),
    Edit(Changes<credential::edit::EditArgs>),
    #[command(visible_alias = "rm")]
    Delete(Changes<credential::delete::DeleteArgs>),
    GrantUser(Changes<credential::grant_user::GrantUserArgs>),
    GrantApp(Changes<credential::grant_app::GrantAppArgs>),
    #[command(visible_alias = "rotate")]
    Reset(Changes<credential::reset::ResetArgs>),
    Revoke(Changes<credential::revoke::RevokeArgs>),
    Verify(Looks<credential::verify::VerifyArgs>),
    Check(Looks<credential::check::CheckArgs>),
    Deliver(Changes<app::deliver::DeliverArgs>),
    Serve(Looks<gate::serve::ServeArgs>),
    App(Group<app::command::AppArgs>),
    District(Group<district::command::DistrictArgs>),
    Legacy(Group<legacy::command::LegacyArgs>),
    Account(Group<admin::account::command::AccountArgs>),
    Audit(Group<admin::audit::command::AuditArgs>),
    Status(Looks<admin::status::StatusArgs>),
    Doctor(Looks<admin::doctor::DoctorArgs>),
    Key(Group<admin::key::command::KeyArgs>),
    Store(Group<store::command::StoreArgs>),
    Schema(Group<schema::SchemaArgs>),
    ProxyConfig(Looks<gate::proxy_config::ProxyConfigArgs>),
    Completions(Looks<completions::generate::CompletionsArgs>),
    Man(Looks<help::man::ManArgs>),
}
