//! The flags that set what a token may be used for.

use clap::Args;

use super::{
    lifetime::LifetimeArgs,
    scope::{ScopeList, merge_scopes},
};
use crate::{
    commands::{error::CommandError, session::Session},
    domain::{credential::rate_limit::RateLimit, directory::name::Note},
    ops::credential::grant_app::TokenSettings,
};

/// The endpoint at which an app picks up the secrets of its tokens, as messages name it.
pub const PICKUP_ENDPOINT: &str = "GET /oauth/tokens, with its client id and client secret (Basic)";

/// The settings of new tokens.
#[derive(Clone, Debug, Args)]
pub struct TokenTermsArgs {
    /// Scope to grant, e.g. read:students; can be repeated
    ///
    /// A scope is two lower-case words with a colon between them. Several can be separated by spaces or commas.
    #[arg(long = "scope", value_name = "SCOPE", required = true, value_parser = ScopeList::parse)]
    scopes: Vec<ScopeList>,
    /// Rate limit, e.g. 600/min
    ///
    /// Takes requests per minute, 1/min to 1000000/min. The default is the rate limit of the app.
    #[arg(long, value_name = "N/min", value_parser = RateLimit::parse, allow_negative_numbers = true)]
    limit: Option<RateLimit>,
    #[command(flatten)]
    lifetime: LifetimeArgs,
}

impl TokenTermsArgs {
    /// Returns the settings of the tokens; prompts for a missing lifetime.
    ///
    /// # Errors
    /// A usage error.
    pub fn settings(
        &self,
        note: Option<Note>,
        session: &mut Session<'_, '_>,
    ) -> Result<TokenSettings, CommandError> {
        let scopes = merge_scopes(&self.scopes)?;
        let lifetime = self.lifetime.require(session)?;
        Ok(TokenSettings { scopes, limit: self.limit, note, lifetime })
    }
}
