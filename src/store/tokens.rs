//! The door, for tokens: which ones an app has, and that none of them is missing.

use std::ops::ControlFlow;

use super::{
    StoreError,
    door::Transaction,
    record::{Bucket, Holding, Register},
};
use crate::domain::{
    app::App,
    called::Names,
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

    /// The names that an owner's app and district have now; removed ones keep theirs.
    ///
    /// # Errors
    /// When one of them does not verify or is missing.
    pub fn names_of(&self, owner: &Owner) -> Result<Names, StoreError> {
        let missing =
            |what| StoreError::integrity(format!("the {what} of a credential is missing"));
        let app = owner.app().map(|id| {
            let app = self.apps()?.iter().find(|app| app.id == id).map(|app| app.name.to_string());
            app.ok_or_else(|| missing("app"))
        });
        let district = owner.district().map(|id| {
            let district = self.find_district_by_id(id)?.ok_or_else(|| missing("district"))?;
            Ok::<_, StoreError>(district.name.to_string())
        });
        Ok(Names { app: app.transpose()?, district: district.transpose()? })
    }

    /// The same for whoever only asks, or ends something: what does not verify has no name, and keeps no credential from
    /// being ended.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn names_as_far_as_known(&self, owner: &Owner) -> Result<Names, StoreError> {
        match self.names_of(owner) {
            Err(StoreError::Integrity(_)) => Ok(Names::default()),
            names => names,
        }
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
        self.tally_so_far(app.account, Bucket::Tokens(app.seq))
    }
}

fn missing(app: &App) -> StoreError {
    StoreError::integrity(format!("tokens of app {} are missing", app.id))
}
