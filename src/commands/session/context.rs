//! The session: one run's host, global arguments and settings.

use std::sync::Arc;

use crate::{
    commands::{args::global::GlobalArgs, error::CommandError, help::colour::set_colours},
    config::{ColorChoice, Config, Flags, env::Env},
    domain::{
        actor::Actor,
        directory::{account::AccountId, reference::Reference},
        instant::Instant,
        notice::NetworkPolicy,
    },
    host::Host,
    ops::OpContext,
    render::{Shape, UnknownField},
    store::{ChangeFlag, Store, StoreDriver},
};

/// One run of the program.
pub struct Session<'h, 'w> {
    /// The outside world.
    pub host: &'h mut Host<'w>,
    /// The arguments that every subcommand accepts.
    pub global: &'h GlobalArgs,
    /// The settings, such as the paths of the store and the key.
    pub config: Config,
    /// The account that an argument, a variable or the configuration file names, if one does. An account that is named by
    /// anything but its ID is known once the store is open.
    pub account: Option<AccountId>,
    /// What names that account until then.
    pub account_reference: Option<Reference>,
    /// Which part of the records is printed, and in which format.
    pub shape: Shape,
    /// Opens the store.
    pub driver: Arc<dyn StoreDriver>,
    /// Whether a change was committed.
    pub changed: ChangeFlag,
    /// Whether an argument reads stdin.
    pub(super) is_stdin_taken: bool,
}

impl<'h, 'w> Session<'h, 'w> {
    /// Resolves the settings from arguments, environment and configuration file.
    ///
    /// # Errors
    /// When one of them is not valid.
    pub fn new(
        host: &'h mut Host<'w>,
        global: &'h GlobalArgs,
        driver: Arc<dyn StoreDriver>,
    ) -> Result<Self, CommandError> {
        let flags = Flags {
            store: global.store.clone(),
            key_file: global.key_file.clone(),
            account: None,
            format: None,
            color: global.color.map(ColorChoice::from),
        };
        let config = Config::resolve(flags, &Env::new(&host.env))?;
        set_colours(config.color, &mut host.terminal);
        let account = match (&global.account, &config.account) {
            (Some(reference), _) => Some(reference.clone()),
            (None, Some(text)) => Some(Reference::parse(text)?),
            (None, None) => None,
        };
        let shape = global.output_shape(config.format.as_deref())?;
        let mut session = Self {
            host,
            global,
            config,
            account: None,
            account_reference: None,
            shape,
            driver,
            changed: ChangeFlag::default(),
            is_stdin_taken: false,
        };
        account.iter().for_each(|reference| session.use_account(reference));
        Ok(session)
    }

    /// Returns the actor that the audit log names for the changes of this run.
    pub fn actor(&self) -> Actor {
        self.host.actor.clone()
    }

    /// Returns the context in which use cases run.
    pub fn op_context<'a>(&self, store: &'a Store, actor: &'a Actor) -> OpContext<'a>
    where
        'w: 'a,
    {
        let clock = self.host.clock.as_ref();
        let GlobalArgs { dry_run, accept_clock, .. } = *self.global;
        OpContext { store, clock, actor, account: self.account, dry_run, accept_clock }
    }

    /// Returns the time of the clock, for use where there is no store.
    pub fn clock_now(&self) -> Instant {
        self.host.clock.now()
    }

    /// Rejects a `--field` that is not in `known`. Called before a change is made.
    ///
    /// # Errors
    /// [`UnknownField`], which lists `known`.
    pub fn check_field(&self, known: &[&'static str]) -> Result<(), UnknownField> {
        match &self.shape {
            Shape::Fields(names) => UnknownField::check(names, known),
            Shape::Rows(_) | Shape::Handles => Ok(()),
        }
    }

    /// Returns which addresses webhook messages may go to; `allow_private` is the flag.
    pub fn network_policy(&self, allow_private: bool) -> NetworkPolicy {
        if allow_private { NetworkPolicy::AllowPrivate } else { self.config.network_policy }
    }
}
