//! The door, for tokens: which ones an app has, and that none of them is missing.

use std::ops::ControlFlow;

use super::{
    StoreError,
    door::Transaction,
    record::{Bucket, Holding, Register},
};
use crate::domain::{
    app::App,
    credential::{Credential, Kind},
    owner::Owner,
};

impl Transaction<'_> {
    /// The number of a token's app; `None` for every other credential.
    pub(super) fn app_of_token(&self, credential: &Credential) -> Result<Option<i64>, StoreError> {
        let Owner::Pair(pair) = credential.owner else { return Ok(None) };
        let apps = self.apps()?;
        let app = apps.iter().find(|app| app.id == pair.app());
        let missing = || StoreError::integrity(format!("the app of {} is missing", credential.id));
        app.map(|app| Some(app.seq)).ok_or_else(missing)
    }

    /// What an owner is called now: apps and districts by their names, as far as those are known. A name that does not
    /// verify keeps no credential from being ended.
    pub(super) fn name_of(&self, owner: &Owner) -> Result<String, StoreError> {
        let Some(app) = owner.app() else { return Ok(owner.as_str().to_owned()) };
        let app = self.find_app(app)?.map(|app| app.name);
        let district = match owner.district() {
            None => None,
            Some(id) => self.find_whole_district(id)?.map(|district| district.name),
        };
        Ok(match (app, district) {
            (Some(app), Some(district)) => format!("{app} → {district}"),
            (Some(app), None) if owner.district().is_none() => app.to_string(),
            _ => owner.as_str().to_owned(),
        })
    }

    /// The tokens of an app that are not deleted, oldest first, the revoked ones too.
    ///
    /// # Errors
    /// When one does not verify, or some are missing.
    pub fn list_tokens(&self, app: &App) -> Result<Vec<Credential>, StoreError> {
        self.token_numbers(app)?.into_iter().map(|seq| self.token(app, seq)).collect()
    }

    /// The numbers of an app's tokens that are not deleted, ascending: as many as its tally tells.
    ///
    /// # Errors
    /// When an entry does not verify, or some are missing.
    pub fn token_numbers(&self, app: &App) -> Result<Vec<i64>, StoreError> {
        let (start, register) = (format!("{}/", app.id), Register::Credentials(Kind::Token));
        let (mut numbers, mut is_whole) = (Vec::new(), true);
        self.raw.scan_holdings_from(app.account, register, &start, &mut |row| match self
            .sealer
            .open(row)
        {
            Some(Holding { holder, .. }) => {
                numbers.push(holder);
                ControlFlow::Continue(())
            }
            None => {
                is_whole = false;
                ControlFlow::Break(())
            }
        })?;
        if !is_whole {
            return Err(StoreError::integrity("the holder of a name was altered"));
        }
        let count = self.count_tokens(app)?;
        if numbers.len() as i64 != count {
            self.add_older(&mut numbers)?;
        }
        numbers.sort_unstable();
        let is_once = numbers.is_sorted_by(|one, next| one < next);
        match is_once && numbers.len() as i64 == count {
            true => Ok(numbers),
            false => Err(missing(app)),
        }
    }

    /// The token of an app with this number, which is not deleted.
    ///
    /// # Errors
    /// When it does not verify, or is another credential.
    pub fn token(&self, app: &App, seq: i64) -> Result<Credential, StoreError> {
        let token = self.by_seq(seq)?;
        let is_token = token.kind() == Kind::Token && token.owner.app() == Some(app.id);
        match is_token && token.deleted.is_none() {
            true => Ok(token),
            false => Err(StoreError::integrity(format!(
                "a name leads to {}, which has another",
                token.id
            ))),
        }
    }

    /// The ones that others took their pairs from.
    fn add_older(&self, numbers: &mut Vec<i64>) -> Result<(), StoreError> {
        for at in 0..numbers.len() {
            numbers
                .extend(self.older_than(&self.by_seq(numbers[at])?)?.iter().map(|older| older.seq));
        }
        Ok(())
    }

    /// What the holder of a credential had before it, newest first, as far as it is not deleted.
    ///
    /// # Errors
    /// When one does not verify.
    pub fn older_than(&self, credential: &Credential) -> Result<Vec<Credential>, StoreError> {
        let (mut previous, mut all) = (credential.previous, Vec::new());
        while let Some(seq) = previous {
            let older = self.by_seq(seq)?;
            previous = older.previous;
            if older.deleted.is_none() {
                all.push(older);
            }
        }
        Ok(all)
    }

    /// How many tokens of an app are not deleted, those of this transaction included.
    ///
    /// # Errors
    /// When the tally does not verify.
    pub fn count_tokens(&self, app: &App) -> Result<i64, StoreError> {
        let bucket = Bucket::Tokens(app.seq);
        let pending = self.deltas.get(&(app.account, bucket)).copied().unwrap_or_default();
        Ok(self.tally(app.account, bucket)? + pending)
    }
}

fn missing(app: &App) -> StoreError {
    StoreError::integrity(format!("tokens of app {} are missing", app.id))
}
