//! Choosing a credential at the terminal if the command line names none.

use super::{context::Session, prompt::Prompt};
use crate::{
    commands::error::{CliError, CommandError},
    domain::{credential::State, directory::reference::Reference},
    ops::query::{
        filter::{Filter, ListItem, Page},
        list::list,
    },
    render::text::escape,
    store::{Mode, SortBy},
};

/// The most options to choose from. Of more credentials, one must be typed.
const MAX_OPTIONS: usize = 1_000;

/// Which credentials a command offers to choose from.
#[derive(Clone, Copy, Debug)]
pub struct Picker {
    /// The command.
    pub verb: &'static str,
    /// The states of the credentials to choose from; empty for all but deleted.
    pub states: &'static [State],
}

impl Session<'_, '_> {
    /// Returns the references that the command line gives, or stdin. If there are none, prompts for a credential.
    ///
    /// # Errors
    /// As for [`Session::read_references`] and [`Session::pick`].
    pub fn references_or_pick(
        &mut self,
        given: &[Reference],
        picker: Picker,
    ) -> Result<Vec<Reference>, CommandError> {
        match given {
            [] => Ok(vec![self.pick(picker)?]),
            given => self.read_references(given),
        }
    }

    /// Prompts for a credential.
    ///
    /// # Errors
    /// A usage error without a terminal; `CliError::NothingToPick` if there is no credential in these states.
    pub fn pick(&mut self, picker: Picker) -> Result<Reference, CommandError> {
        let Picker { verb, .. } = picker;
        let (question, hint) = (format!("{verb} which credential?"), example(verb));
        let prompt = Prompt { text: &question, missing: "REFERENCE", hint: &hint };
        if !self.can_prompt() {
            return Err(prompt.no_terminal().into());
        }
        let (options, references): (Vec<_>, Vec<_>) = self.options(picker)?.into_iter().unzip();
        match options.len() {
            0 => Err(CliError::NothingToPick { verb }.into()),
            1..=MAX_OPTIONS => {
                let options: Vec<&str> = options.iter().map(String::as_str).collect();
                let chosen = self.prompt_choice(&prompt, &options)?;
                Ok(references[chosen].clone())
            }
            _ => {
                let check =
                    |text: &str| Reference::parse(text).map(drop).map_err(|why| why.to_string());
                let text = self.prompt_text(&prompt, &check)?;
                Ok(Reference::parse(&text)?)
            }
        }
    }

    /// Returns the credentials to choose from, by name, at most one more than [`MAX_OPTIONS`].
    fn options(&mut self, picker: Picker) -> Result<Vec<(String, Reference)>, CommandError> {
        let store = self.open_store(Mode::View)?;
        let mut read = self.begin_read(&store)?;
        let filter =
            Filter { account: self.account, states: picker.states.to_vec(), ..Filter::default() };
        let page = Page { order: SortBy::Name.into(), limit: Some(MAX_OPTIONS as u64 + 1) };
        let mut options = Vec::new();
        list(&mut read, &filter, page, |ListItem { credential, now, display_name, .. }| {
            let (name, id) = (display_name.text(), credential.id);
            let (kind, state) = (credential.kind().noun(), credential.state(now).as_str());
            let text = format!("{} ({kind}, {state}, {id})", escape(&name));
            options.push((text, Reference::from_id(id)));
            Ok(())
        })?;
        Ok(options)
    }
}

fn example(verb: &str) -> String {
    format!("for example: gatepass {} acme", verb.to_lowercase())
}
