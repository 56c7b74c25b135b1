//! The flags of a lifetime, and the question for a missing one.

use clap::Args;

use crate::{
    commands::{Session, error::report::CliError},
    domain::credential::lifetime::Lifetime,
};

/// A lifetime that may be without an end.
#[derive(Clone, Debug, Default, Args)]
pub struct LifetimeArgs {
    #[command(flatten)]
    ending: ExpiringLifetimeArgs,
    /// Without an end
    #[arg(long, conflicts_with_all = ["days", "until", "infinite"], help_heading = "Lifetime")]
    forever: bool,
}

/// A lifetime with an end.
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
    /// The lifetime, if one was given.
    pub fn given(&self) -> Option<Lifetime> {
        self.ending.given().or(self.forever.then_some(Lifetime::Forever))
    }

    /// The lifetime; at a terminal a missing one is asked for.
    ///
    /// # Errors
    /// A usage error that names the flags; one that is over already.
    pub fn require(&self, session: &mut Session<'_, '_>) -> anyhow::Result<Lifetime> {
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
    /// The lifetime, if one was given.
    pub fn given(&self) -> Option<Lifetime> {
        self.days.or(self.until).or(self.infinite.then_some(Lifetime::Infinite))
    }

    /// The lifetime; at a terminal a missing one is asked for.
    ///
    /// # Errors
    /// As for [`LifetimeArgs::require`].
    pub fn require(&self, session: &mut Session<'_, '_>) -> anyhow::Result<Lifetime> {
        let lifetime = match self.given() {
            Some(lifetime) => lifetime,
            None => prompt_lifetime(session, "--days N, --until DATE or --infinite", false)?,
        };
        ensure_valid(session, lifetime)
    }
}

/// Refuses what the use case would refuse, before a store is made for it. Where there is one, its last record may be
/// later than the clock, and the use case decides.
fn ensure_valid(session: &Session<'_, '_>, lifetime: Lifetime) -> anyhow::Result<Lifetime> {
    if !session.config.store.exists() {
        lifetime.expiry(session.clock_now())?;
    }
    Ok(lifetime)
}

fn prompt_lifetime(
    session: &mut Session<'_, '_>,
    flags: &str,
    forever: bool,
) -> anyhow::Result<Lifetime> {
    let question = "How long should it live?";
    let options = ["a number of days", "until a date", "infinite: ten years", "forever: no end"];
    let options = if forever { &options[..] } else { &options[..3] };
    match session.prompt_choice(question, flags, options)? {
        0 => {
            let check =
                |text: &str| Lifetime::parse_days(text).map(drop).map_err(|why| why.to_string());
            let text = session.prompt_text("How many days?", flags, &check)?;
            Lifetime::parse_days(&text).map_err(|why| CliError::usage("bad_lifetime", why).into())
        }
        1 => {
            let check =
                |text: &str| Lifetime::parse_until(text).map(drop).map_err(|why| why.to_string());
            let text = session.prompt_text("Until when?", flags, &check)?;
            Lifetime::parse_until(&text).map_err(|why| CliError::usage("bad_lifetime", why).into())
        }
        2 => Ok(Lifetime::Infinite),
        _ => Ok(Lifetime::Forever),
    }
}
