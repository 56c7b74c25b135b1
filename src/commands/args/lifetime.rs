//! The flags that set a lifetime, and the prompt if they are missing.

use clap::Args;

use crate::{
    commands::{
        error::{CliError, CommandError},
        session::Session,
    },
    domain::credential::lifetime::{Lifetime, LifetimeError},
};

/// A lifetime that may be unlimited.
#[derive(Clone, Debug, Default, Args)]
pub struct LifetimeArgs {
    #[command(flatten)]
    ending: ExpiringLifetimeArgs,
    /// Without an end
    #[arg(long, conflicts_with_all = ["days", "until", "infinite"], help_heading = "Lifetime")]
    forever: bool,
}

/// A lifetime that ends.
#[derive(Clone, Debug, Default, Args)]
pub struct ExpiringLifetimeArgs {
    /// For this many days of 24 hours, 1 to 365
    #[arg(long, value_name = "N", value_parser = Lifetime::parse_days, allow_negative_numbers = true)]
    #[arg(conflicts_with_all = ["until", "infinite"], help_heading = "Lifetime")]
    days: Option<Lifetime>,
    /// Until the end of a date (UTC) or an RFC 3339 instant, within 365 days
    #[arg(long, value_name = "DATE", value_parser = Lifetime::parse_until)]
    #[arg(conflicts_with = "infinite", help_heading = "Lifetime")]
    until: Option<Lifetime>,
    /// For ten years
    #[arg(long, help_heading = "Lifetime")]
    infinite: bool,
}

impl LifetimeArgs {
    /// Returns the lifetime, if a flag sets one.
    pub fn given(&self) -> Option<Lifetime> {
        self.ending.given().or(self.forever.then_some(Lifetime::Forever))
    }

    /// Returns the lifetime; prompts for it if no flag sets one.
    ///
    /// # Errors
    /// A usage error that names the flags, or a lifetime that ends in the past.
    pub fn require(&self, session: &mut Session<'_, '_>) -> Result<Lifetime, CommandError> {
        let lifetime = match self.given() {
            Some(lifetime) => lifetime,
            None => {
                prompt_lifetime(session, "--days N, --until DATE, --infinite or --forever", true)?
            }
        };
        ensure_valid(session, lifetime)
    }
}

impl ExpiringLifetimeArgs {
    /// Returns the lifetime, if a flag sets one.
    pub fn given(&self) -> Option<Lifetime> {
        self.days.or(self.until).or(self.infinite.then_some(Lifetime::Infinite))
    }

    /// Returns the lifetime; prompts for it if no flag sets one.
    ///
    /// # Errors
    /// As for [`LifetimeArgs::require`].
    pub fn require(&self, session: &mut Session<'_, '_>) -> Result<Lifetime, CommandError> {
        let lifetime = match self.given() {
            Some(lifetime) => lifetime,
            None => prompt_lifetime(session, "--days N, --until DATE or --infinite", false)?,
        };
        ensure_valid(session, lifetime)
    }
}

/// Rejects what the use case would reject, so that no store is created for it. If the store exists, the use case decides,
/// because the store's last record may be later than the clock.
fn ensure_valid(session: &Session<'_, '_>, lifetime: Lifetime) -> Result<Lifetime, CommandError> {
    if !session.config.store.exists() {
        lifetime.expiry(session.clock_now())?;
    }
    Ok(lifetime)
}

fn prompt_lifetime(
    session: &mut Session<'_, '_>,
    flags: &str,
    forever: bool,
) -> Result<Lifetime, CommandError> {
    let question = "How long should it live?";
    let options = ["a number of days", "until a date", "infinite: ten years", "forever: no end"];
    let options = if forever { &options[..] } else { &options[..3] };
    match session.prompt_choice(question, flags, options)? {
        0 => prompt_parsed(session, "How many days?", flags, Lifetime::parse_days),
        1 => prompt_parsed(session, "Until when?", flags, Lifetime::parse_until),
        2 => Ok(Lifetime::Infinite),
        _ => Ok(Lifetime::Forever),
    }
}

fn prompt_parsed(
    session: &mut Session<'_, '_>,
    question: &str,
    flags: &str,
    parse: fn(&str) -> Result<Lifetime, LifetimeError>,
) -> Result<Lifetime, CommandError> {
    let check = |text: &str| parse(text).map(drop).map_err(|why| why.to_string());
    let text = session.prompt_text(question, flags, &check)?;
    Ok(parse(&text).map_err(|why| CliError::usage("bad_lifetime", why))?)
}
