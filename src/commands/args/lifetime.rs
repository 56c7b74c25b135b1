//! The flags that set a lifetime, and the prompt if they are missing.

use std::fmt::Display;

use clap::Args;

use crate::{
    commands::{
        args::time::{parse_lifetime, parse_lifetime_days},
        error::{CliError, CommandError},
        session::{Prompt, Session},
    },
    domain::{credential::lifetime::Lifetime, duration::Duration},
};

/// A lifetime that may be unlimited.
#[derive(Clone, Debug, Default, Args)]
pub struct LifetimeArgs {
    #[command(flatten)]
    ending: ExpiringLifetimeArgs,
    /// Never expires
    #[arg(long, conflicts_with_all = ["days", "for", "until", "infinite"], help_heading = "Lifetime")]
    forever: bool,
}

/// A lifetime that ends.
#[derive(Clone, Debug, Default, Args)]
pub struct ExpiringLifetimeArgs {
    /// Valid for N days (1–365)
    ///
    /// A day is 24 hours.
    #[arg(long, value_name = "N", value_parser = parse_lifetime_days, allow_negative_numbers = true)]
    #[arg(conflicts_with_all = ["for", "until", "infinite"], help_heading = "Lifetime")]
    days: Option<Duration>,
    /// Valid for this long, e.g. 12h, 90d or 2w (1h–365d)
    ///
    /// Takes a number and h, d or w, or a number of days. A day is 24 hours.
    #[arg(id = "for", long = "for", value_name = "DURATION", value_parser = parse_lifetime)]
    #[arg(conflicts_with_all = ["until", "infinite"], help_heading = "Lifetime")]
    duration: Option<Duration>,
    /// Valid until this date, at most 365 days ahead
    ///
    /// Takes a date such as 2027-01-31, which means the end of that day in UTC, or an RFC 3339 instant such as
    /// 2027-01-31T12:00:00Z.
    #[arg(long, value_name = "DATE", value_parser = Lifetime::parse_until)]
    #[arg(conflicts_with = "infinite", help_heading = "Lifetime")]
    until: Option<Lifetime>,
    /// Valid for ten years
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
                let hint = "use --days N, --for DURATION, --until DATE, --infinite or --forever";
                prompt_lifetime(session, hint, true)?
            }
        };
        ensure_valid(session, lifetime)
    }
}

impl ExpiringLifetimeArgs {
    /// Returns the lifetime, if a flag sets one.
    pub fn given(&self) -> Option<Lifetime> {
        let duration = self.days.or(self.duration).map(Lifetime::For);
        duration.or(self.until).or(self.infinite.then_some(Lifetime::Infinite))
    }

    /// Returns the lifetime; prompts for it if no flag sets one.
    ///
    /// # Errors
    /// As for [`LifetimeArgs::require`].
    pub fn require(&self, session: &mut Session<'_, '_>) -> Result<Lifetime, CommandError> {
        let lifetime = match self.given() {
            Some(lifetime) => lifetime,
            None => prompt_lifetime(
                session,
                "use --days N, --for DURATION, --until DATE or --infinite",
                false,
            )?,
        };
        ensure_valid(session, lifetime)
    }
}

/// Rejects what the use case would reject, so that no store is created for it. If the store exists, the use case decides,
/// because the store's last record may be later than the clock.
fn ensure_valid(session: &Session<'_, '_>, lifetime: Lifetime) -> Result<Lifetime, CommandError> {
    match lifetime.expiry(session.clock_now()) {
        Err(error) if !session.store_exists()? => Err(error.into()),
        _ => Ok(lifetime),
    }
}

fn prompt_lifetime(
    session: &mut Session<'_, '_>,
    hint: &str,
    forever: bool,
) -> Result<Lifetime, CommandError> {
    let prompt = |text| Prompt { text, missing: "a lifetime", hint };
    let options = [
        "a duration, such as 90d or 12h",
        "until a date",
        "infinite: ten years",
        "forever: never expires",
    ];
    let options = if forever { &options[..] } else { &options[..3] };
    match session.prompt_choice(&prompt("Lifetime?"), options)? {
        0 => prompt_parsed(
            session,
            &prompt("Duration, such as 90d or 12h?"),
            Lifetime::parse_duration,
        ),
        1 => prompt_parsed(session, &prompt("Date or RFC 3339 instant?"), Lifetime::parse_until),
        2 => Ok(Lifetime::Infinite),
        _ => Ok(Lifetime::Forever),
    }
}

fn prompt_parsed<E: Display>(
    session: &mut Session<'_, '_>,
    prompt: &Prompt<'_>,
    parse: fn(&str) -> Result<Lifetime, E>,
) -> Result<Lifetime, CommandError> {
    let check = |text: &str| parse(text).map(drop).map_err(|why| why.to_string());
    let text = session.prompt_text(prompt, &check)?;
    Ok(parse(&text).map_err(|why| CliError::usage("bad_lifetime", why))?)
}
