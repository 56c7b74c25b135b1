//! `grant-app`

use clap::Args;

use crate::{
    commands::{
        Session,
        args::{
            lifetime::LifetimeArgs,
            scope::{ScopeList, merge_scopes},
        },
        issue::{
            issue_args::{IssueArgs, show_pending_pickup},
            show_once::IssueKind,
        },
    },
    domain::{
        credential::rate_limit::RateLimit,
        directory::{name::Note, reference::Reference},
    },
    exit::Exit,
    ops::credential::grant_app::{GrantAppRequest, TokenSettings, grant_app, grant_for_pickup},
    store::sqlite::Mode,
    view::{CREDENTIAL_FIELDS, SECRET_DELIVERY_FIELDS},
};

/// How an app gets what it has to pick up; told where no secret is shown.
pub(in crate::commands) const PICKUP_ENDPOINT: &str =
    "GET /oauth/tokens, with its client id and client secret (Basic)";

/// Makes the token of an app for a district, and shows its secret once.
///
/// The token is good for that district alone, and for what the scopes name. A pair has one token at a time: an expired
/// one is replaced; what a good one is good for is changed with edit --scope.
#[derive(Debug, Args)]
pub struct GrantAppArgs {
    /// The app: its name, id or client id
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    app: Reference,
    /// The district: its name, id or external id
    #[arg(long, value_name = "DISTRICT", value_parser = Reference::parse)]
    district: Reference,
    #[command(flatten)]
    terms: TokenTermsArgs,
    /// A free text, shown in lists
    #[arg(long, value_name = "TEXT", value_parser = Note::parse)]
    note: Option<Note>,
    /// Make no secret: the app makes it when it first asks for it, and nobody else sees it
    #[arg(long, conflicts_with_all = ["out", "copy"])]
    pickup: bool,
    #[command(flatten)]
    issue: IssueArgs,
}

/// What tokens are to be.
#[derive(Clone, Debug, Args)]
pub(in crate::commands) struct TokenTermsArgs {
    /// What is shared, such as read:students; may be given several times, or hold several with spaces or commas
    #[arg(long = "scope", value_name = "SCOPE", required = true, value_parser = ScopeList::parse)]
    scopes: Vec<ScopeList>,
    /// How many requests a minute a token is good for, such as 600/min, where that is not what its app says
    #[arg(long, value_name = "N/min", value_parser = RateLimit::parse, allow_negative_numbers = true)]
    limit: Option<RateLimit>,
    #[command(flatten)]
    lifetime: LifetimeArgs,
}

impl TokenTermsArgs {
    /// What was given; at a terminal a missing lifetime is asked for.
    ///
    /// # Errors
    /// A usage error.
    pub fn terms(
        &self,
        note: Option<Note>,
        session: &mut Session<'_, '_>,
    ) -> anyhow::Result<TokenSettings> {
        let scopes = merge_scopes(&self.scopes)?;
        Ok(TokenSettings {
            scopes,
            limit: self.limit,
            note,
            lifetime: self.lifetime.require(session)?,
        })
    }
}

pub(in crate::commands) fn run(
    args: &GrantAppArgs,
    session: &mut Session<'_, '_>,
) -> anyhow::Result<Exit> {
    if args.pickup {
        session.check_field(&[CREDENTIAL_FIELDS, SECRET_DELIVERY_FIELDS].concat())?;
    } else {
        args.issue.check(session, false)?;
    }
    // First of all: there is no app and no district where there is no store.
    let store = session.open_store(Mode::Write)?;
    let grant = GrantAppRequest {
        app: args.app.clone(),
        district: args.district.clone(),
        settings: args.terms.terms(args.note.clone(), session)?,
    };
    if !args.pickup {
        return args.issue.issue(session, &store, IssueKind::New, |desk, entropy, delivery| {
            Ok(grant_app(desk, grant, entropy, delivery)?.into())
        });
    }
    let actor = session.actor();
    let desk = session.op_context(&store, &actor);
    let waiting = grant_for_pickup(&desk, grant, session.host.entropy)?;
    show_pending_pickup(session, &store, &waiting)?;
    session.message(&format!("It has no secret yet: the app gets it from {PICKUP_ENDPOINT}."))?;
    Ok(Exit::Success)
}
