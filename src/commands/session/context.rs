//! A session: one run's host, its settings, and the ways to store and output that follow from them.

use std::io::{self, Write};

use crate::{
    commands::{
        args::global::{FormatArg, GlobalArgs},
        error::report::CliError,
    },
    config::{ColorChoice, Config, Flags, env::Env},
    domain::{
        actor::Actor,
        directory::account::{Account, AccountId},
        instant::Instant,
        notice::NetworkPolicy,
    },
    host::Host,
    keys::{self, KeyError, Keys, MasterKey, PathRules},
    ops::{self, OpContext, ReadTx, admin::account::AddAccountRequest},
    render::{Format, Record, Row, Shape, Style, UnknownField},
    store::{
        Store, StoreError,
        sqlite::{LockWait, Mode, SqliteBackend},
    },
};

/// One run of the program.
pub struct Session<'h, 'w> {
    /// The outside world.
    pub host: &'h mut Host<'w>,
    /// The arguments that every subcommand accepts.
    pub global: &'h GlobalArgs,
    /// Where things are.
    pub config: Config,
    /// The account that was chosen, if one was.
    pub account: Option<AccountId>,
    /// How data is written.
    pub shape: Shape,
}

impl<'h, 'w> Session<'h, 'w> {
    /// Settles what the arguments, the environment and the configuration file leave open.
    ///
    /// # Errors
    /// When one of them is wrong.
    pub fn new(host: &'h mut Host<'w>, global: &'h GlobalArgs) -> anyhow::Result<Self> {
        let flags = Flags {
            store: global.store.clone(),
            key_file: global.key_file.clone(),
            account: None,
            format: None,
            color: global.color.map(ColorChoice::from),
        };
        let config = Config::resolve(flags, &Env::new(&host.env))?;
        let account = match (global.account, &config.account) {
            (Some(id), _) => Some(id),
            (None, Some(text)) => {
                let id = AccountId::parse(text);
                Some(id.map_err(|why| {
                    CliError::usage("bad_account", format!("account {text:?}: {why}"))
                })?)
            }
            (None, None) => None,
        };
        let shape = output_shape(global, config.format.as_deref())?;
        Ok(Self { host, global, config, account, shape })
    }

    /// The store as it is, to look at or to change.
    ///
    /// # Errors
    /// [`StoreError::Missing`]; it is never made here.
    pub fn open_store(&self, mode: Mode) -> anyhow::Result<Store> {
        Ok(open_store_with(&self.config, mode, LockWait::UntilTimeout, self.read_keys()?)?)
    }

    /// The keys, or that the store they belong to is missing: what the admin must hear first.
    ///
    /// # Errors
    /// [`StoreError::Missing`] or [`KeyError`].
    pub fn read_keys(&self) -> Result<Keys, StoreError> {
        let master = self.master_key()?;
        let master = master.ok_or_else(|| StoreError::Missing(self.config.store.clone()))?;
        Ok(Keys::derive(&master))
    }

    /// Reads the master key; `None` if neither it nor the store exists.
    fn master_key(&self) -> Result<Option<MasterKey>, KeyError> {
        let key = &self.config.key;
        match keys::file::read(&key.path, PathRules::for_key_file(key.is_service_credential)) {
            Err(KeyError::Missing { .. }) if !self.config.store.exists() => Ok(None),
            // Another process may have created both after this one looked for the key. It writes the key first.
            Err(KeyError::Missing { .. }) => {
                keys::file::read(&key.path, PathRules::for_key_file(key.is_service_credential))
                    .map(Some)
            }
            read => read.map(Some),
        }
    }

    /// The store, made with its key if there is none. Says where.
    ///
    /// # Errors
    /// When either can't be made.
    pub fn open_or_init(&mut self) -> anyhow::Result<Store> {
        Ok(self.open_or_init_with(None)?.0)
    }

    /// The same, with `first` for a new store's account; answers that account if the store is new.
    ///
    /// # Errors
    /// As for [`Session::open_or_make`].
    pub fn open_or_init_with(
        &mut self,
        first: Option<AddAccountRequest>,
    ) -> anyhow::Result<(Store, Option<Account>)> {
        if self.global.dry_run {
            return Ok((self.open_store(Mode::Write)?, None));
        }
        let key = &self.config.key;
        let master = match self.master_key()? {
            Some(master) => master,
            None => {
                // A racer's key is as good as ours, as long as both use the one that is there.
                keys::file::write(&key.path, &MasterKey::generate(self.host.entropy))?;
                keys::file::read(&key.path, PathRules::for_key_file(key.is_service_credential))?
            }
        };
        let store = open_store_with(
            &self.config,
            Mode::Create,
            LockWait::UntilTimeout,
            Keys::derive(&master),
        )?;
        let actor = self.actor();
        let desk = self.op_context(&store, &actor);
        let founded = ops::admin::init::init(&desk, first, self.host.entropy)?;
        if let Some(account) = &founded {
            let (store, key) = (self.config.store.display(), self.config.key.path.display());
            writeln!(self.host.stderr, "made the store {store}, with account {}", account.id)?;
            writeln!(
                self.host.stderr,
                "made its key {key}; keep a copy: gatepass key export --out FILE"
            )?;
        }
        Ok((store, founded))
    }

    /// Begins to look at a store.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when nobody founded it.
    pub fn begin_read<'s>(&self, store: &'s Store) -> anyhow::Result<ReadTx<'s>> {
        let look = ReadTx::begin(store, self.host.clock.as_ref())?;
        Ok(look.ok_or_else(|| StoreError::Missing(self.config.store.clone()))?)
    }

    /// Who makes changes in this run.
    pub fn actor(&self) -> Actor {
        self.host.actor.clone()
    }

    /// What a change works with.
    pub fn op_context<'a>(&self, store: &'a Store, actor: &'a Actor) -> OpContext<'a>
    where
        'w: 'a,
    {
        let clock = self.host.clock.as_ref();
        let GlobalArgs { dry_run, accept_clock, .. } = *self.global;
        OpContext { store, clock, actor, account: self.account, dry_run, accept_clock }
    }

    /// What "now" means to a store: the later of the clock and its last record.
    ///
    /// # Errors
    /// As for [`Session::look`].
    pub fn now(&self, store: &Store) -> anyhow::Result<Instant> {
        Ok(self.begin_read(store)?.now)
    }

    /// The instant that the clock gives, where there is no store to ask.
    pub fn clock_now(&self) -> Instant {
        self.host.clock.now()
    }

    /// How to write to stdout.
    pub fn style(&self) -> Style {
        let is_terminal = self.host.terminal.stdout;
        let colour = match self.config.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_terminal,
        };
        let width = if is_terminal { self.host.terminal.width } else { None };
        Style { shape: self.shape.clone(), width, colour }
    }

    /// Refuses a `--field` that will not be there, before anything is changed for it.
    ///
    /// # Errors
    /// [`UnknownField`], with those that are `known`.
    pub fn check_field(&self, known: &[&'static str]) -> Result<(), UnknownField> {
        match &self.shape {
            Shape::Field(name) if !known.contains(&name.as_str()) => {
                Err(UnknownField { name: name.clone(), known: known.to_vec() })
            }
            _ => Ok(()),
        }
    }

    /// How far messages to apps may go.
    pub fn network_policy(&self, allow_private: bool) -> NetworkPolicy {
        if allow_private { NetworkPolicy::AllowPrivate } else { self.config.network_policy }
    }

    /// Writes one record to stdout in the shape that was asked for; `details` is what a person gets.
    ///
    /// # Errors
    /// When it can't be written, or the field that was asked for does not exist.
    pub fn show<R: Row>(&mut self, record: &R, details: &[(&str, String)]) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        let style = self.style();
        match &style.shape {
            Shape::Rows(Format::Table) => crate::render::details(&mut bytes, &style, details)?,
            Shape::Rows(format) => crate::render::record(&mut bytes, *format, record)?,
            Shape::Handles => writeln!(bytes, "{}", record.handle())?,
            Shape::Field(name) => crate::render::field(&mut bytes, record, name)?,
        }
        self.write_stdout(&bytes)
    }

    /// Writes one record without a handle to stdout; `text` is what a person gets.
    ///
    /// # Errors
    /// As for [`Session::show`].
    pub fn show_record(&mut self, record: &dyn Record, text: &str) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        match &self.shape {
            Shape::Rows(Format::Table) | Shape::Handles => writeln!(bytes, "{text}")?,
            Shape::Rows(format) => crate::render::record(&mut bytes, *format, record)?,
            Shape::Field(name) => crate::render::field(&mut bytes, record, name)?,
        }
        self.write_stdout(&bytes)
    }

    /// Writes one record whose exit code says as much as the record. That code stands where nobody reads stdout: a
    /// refusal must not end as a success because a pipe was closed.
    ///
    /// # Errors
    /// As for [`Session::show`], except for a closed pipe.
    pub fn show_ignoring_closed_pipe(
        &mut self,
        record: &dyn Record,
        text: &str,
    ) -> anyhow::Result<()> {
        match self.show_record(record, text) {
            Err(error) if is_closed_pipe(&error) => Ok(()),
            other => other,
        }
    }

    /// Writes bytes to stdout, at once and whole.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn write_stdout(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.host.stdout.write_all(bytes)?;
        Ok(self.host.stdout.flush()?)
    }

    /// Tells the person at the terminal something that is no data; without one nobody hears it.
    ///
    /// # Errors
    /// When stderr can't be written.
    pub fn message(&mut self, text: &str) -> anyhow::Result<()> {
        if self.host.terminal.stderr {
            writeln!(self.host.stderr, "{text}")?;
        }
        Ok(())
    }

    /// Tells the person at the terminal that a dry run changed nothing, if it was one.
    ///
    /// # Errors
    /// As for [`Session::talk`].
    pub fn report_dry_run(&mut self) -> anyhow::Result<()> {
        if self.global.dry_run {
            self.message("This was a dry run: nothing was changed.")?;
        }
        Ok(())
    }
}

pub(in crate::commands) fn open_store_with(
    config: &Config,
    mode: Mode,
    waiting: LockWait,
    keys: Keys,
) -> Result<Store, StoreError> {
    let backend = SqliteBackend::open(&config.store, mode, waiting)?;
    Ok(Store::new(Box::new(backend), keys))
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    kind == Some(io::ErrorKind::BrokenPipe)
}

fn output_shape(global: &GlobalArgs, configured: Option<&str>) -> anyhow::Result<Shape> {
    if let Some(field) = &global.field {
        return Ok(Shape::Field(field.clone()));
    }
    if global.quiet {
        return Ok(Shape::Handles);
    }
    let format = match (global.json, global.format, configured) {
        (true, ..) | (_, Some(FormatArg::Json), _) => Format::Json,
        (_, Some(FormatArg::Table), _) => Format::Table,
        (_, Some(FormatArg::Jsonl), _) => Format::Jsonl,
        (_, Some(FormatArg::Csv), _) => Format::Csv,
        (_, None, Some(text)) => {
            let why = format!("format {text:?}: one of {}", Format::NAMES.join(", "));
            Format::parse(text).ok_or_else(|| CliError::usage("bad_format", why))?
        }
        (_, None, None) => Format::Table,
    };
    Ok(Shape::Rows(format))
}
