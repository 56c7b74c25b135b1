//! The names in the store that a command line works on.

use std::{
    ffi::{OsStr, OsString},
    path::Path,
    sync::Arc,
};

use clap::{Args, Command, FromArgMatches};
use clap_complete::engine::CompletionCandidate;

use crate::{
    commands::{
        args::global::GlobalArgs,
        error::CommandError,
        session::{Session, read_master_key},
    },
    config::Config,
    domain::{
        directory::{account::AccountId, reference::Reference},
        instant::Clock,
    },
    host::Host,
    keys::Keys,
    ops::{
        ReadTx,
        names::{FoundName, Named, list_names},
        query::resolve_account::resolve_account,
    },
    store::{LockWait, Mode, Store, StoreDriver},
};

/// The most names to offer.
const MAX_NAMES: usize = 100;

/// The options that say where names are looked up.
const SOURCE_OPTIONS: [&str; 3] = ["--store", "--key-file", "--account"];

/// Where names are looked up. `None` if the settings are not valid: then nothing has a name.
#[derive(Clone)]
pub struct LiveNames(Option<Arc<Source>>);

struct Source {
    config: Config,
    account: Option<AccountId>,
    /// The name of the account, if its ID is not known yet.
    account_reference: Option<Reference>,
    driver: Arc<dyn StoreDriver>,
    clock: Arc<dyn Clock>,
}

impl LiveNames {
    /// Resolves the settings from the words before the cursor, the environment and the configuration file.
    pub fn of_line(words: &[OsString], host: &mut Host<'_>, driver: Arc<dyn StoreDriver>) -> Self {
        let home = host.env.get(OsStr::new("HOME")).cloned();
        let Some(global) = source_args(words, home.as_deref()) else { return Self(None) };
        let clock = host.clock.clone();
        let session = Session::new(host, &global, driver).ok();
        Self(session.map(|Session { config, account, account_reference, driver, .. }| {
            Arc::new(Source { config, account, account_reference, driver, clock })
        }))
    }

    /// Returns the names that begin with what was typed. An error is ignored and offers no names.
    pub fn candidates(&self, named: Named, typed: &OsStr) -> Vec<CompletionCandidate> {
        let (Some(source), Some(typed)) = (&self.0, typed.to_str()) else { return Vec::new() };
        let names = source.names(named, typed).unwrap_or_default();
        let candidate =
            |found: FoundName| CompletionCandidate::new(found.name).help(Some(found.of.into()));
        names.into_iter().map(candidate).collect()
    }
}

impl Source {
    fn names(&self, named: Named, start: &str) -> Result<Vec<FoundName>, CommandError> {
        let keys = Keys::derive(&read_master_key(&self.config)?);
        let backend = self.driver.open(&self.config.store, Mode::View, LockWait::Never)?;
        let store = Store::new(backend, keys);
        let mut read = ReadTx::begin(&store, self.clock.as_ref())?;
        let account = match &self.account_reference {
            Some(reference) => Some(resolve_account(&mut read.tx, reference)?),
            None => self.account,
        };
        Ok(list_names(&mut read, account, named, start, MAX_NAMES)?)
    }
}

/// Parses those arguments that say where names are looked up. The others may not be complete yet.
fn source_args(words: &[OsString], home: Option<&OsStr>) -> Option<GlobalArgs> {
    let mut source = vec![OsString::new()];
    let mut words = words.iter().take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        let (option, value) = text.split_once('=').map_or((&*text, None), |(o, v)| (o, Some(v)));
        if !SOURCE_OPTIONS.contains(&option) {
            continue;
        }
        match (value, words.clone().next()) {
            (Some(_), _) => source.push(word.clone()),
            (None, Some(value)) => source.extend([word.clone(), expand(value, home)]),
            // Its value is at the cursor.
            (None, None) => {}
        }
    }
    let command = GlobalArgs::augment_args(Command::new("gatepass"));
    GlobalArgs::from_arg_matches(&command.try_get_matches_from(source).ok()?).ok()
}

/// Expands `~/` like the shell, which has not done so yet.
fn expand(path: &OsString, home: Option<&OsStr>) -> OsString {
    match (Path::new(path).strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => Path::new(home).join(rest).into(),
        _ => path.clone(),
    }
}
