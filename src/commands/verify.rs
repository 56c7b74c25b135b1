//! `verify`

use std::io::{BufRead, BufReader, Read};

use clap::Args;
use zeroize::Zeroizing;

use super::{
    Session,
    view::{expires, stamp, text},
};
use crate::{
    domain::{
        account::Region,
        credential::{Credential, Kind},
        decision::{Decision, Demand, Reason, role},
        id::ObjectId,
        instant::Instant,
        owner::Owner,
        request::{HEADER_LIMIT, Presented, Refusal},
        secret::Malformed,
    },
    exit::Exit,
    ops::{Called, Names, verify::verify},
    render::{Format, Record, Shape, Value, text::escape},
    store::sqlite::Mode,
};

/// Tells whose secret it is and whether it is good; the exit code tells, too.
///
/// Reads a secret, or with --headers the header lines of a request, from stdin: never from the command line, where
/// others could see it. Takes what `curl -v` prints as it is. Changes nothing and is never a use.
///
/// Exits 0 when it is good, 10 unknown or malformed, 11 expired, 12 revoked or deleted, 13 replaced by a reset,
/// 14 not allowed here (another account, another region, or an account that demands user passcodes), and 8 when its
/// record does not verify.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Read the header lines of one request, or the output of curl -v
    #[arg(long)]
    headers: bool,
    /// Decide for the API of this region: eu1, in1, sg1, us1, aps3 or mec1
    #[arg(long, value_name = "REGION", value_parser = super::account::region)]
    region: Option<Region>,
}

pub(super) fn run(args: &VerifyArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open(Mode::Read)?;
    let look = session.look(&store)?;
    let presented = presented(args, session)?;
    let demand = Demand { account: session.account, region: args.region, ..Demand::default() };
    let (decision, now) = verify(&look, &presented, demand)?;
    let malformed = presented.err().and_then(|refusal| refusal.malformed);
    let known = decision.known.as_ref().map(|known| &known.credential);
    let names = Names::of(&look.tx, known)?;
    let called = known.map(|credential| names.called(credential)).transpose()?;
    let view = DecisionView::new(&decision, called, malformed, now);
    match (&session.shape, &decision.known) {
        (Shape::Handles, Some(known)) => {
            session.show_verdict(&view, &known.credential.id.to_string())?
        }
        (Shape::Handles, None) => {}
        (Shape::Rows(Format::Table), _) => {
            session.show_verdict(&view, &escape(&view.sentence()))?
        }
        _ => session.show_verdict(&view, "")?,
    }
    Ok(exit(decision.reason))
}

fn presented(
    args: &VerifyArgs,
    session: &mut Session<'_, '_>,
) -> anyhow::Result<Result<Presented, Refusal>> {
    if session.host.terminal.stdin {
        let what = if args.headers { "the header lines, then an empty line" } else { "the secret" };
        session.talk(&format!("Paste {what}:"))?;
    }
    let mut input = Zeroizing::new(Vec::with_capacity(HEADER_LIMIT + 1));
    let mut stdin = BufReader::new(&mut *session.host.stdin).take(HEADER_LIMIT as u64 + 1);
    if session.host.terminal.stdin && !args.headers {
        stdin.read_until(b'\n', &mut input)?;
    } else {
        stdin.read_to_end(&mut input)?;
    }
    Ok(if args.headers {
        if input.len() > HEADER_LIMIT {
            Err(Reason::Malformed.into())
        } else {
            Presented::from_header_block(&input)
        }
    } else {
        Presented::from_text(&input)
    })
}

fn exit(reason: Reason) -> Exit {
    match reason {
        Reason::Allowed => Exit::Done,
        Reason::Missing
        | Reason::Duplicate
        | Reason::InQuery
        | Reason::Malformed
        | Reason::AccountMissing
        | Reason::AccountMalformed
        | Reason::Unknown => Exit::VerifyUnknown,
        Reason::Tampered => Exit::Integrity,
        Reason::Expired => Exit::VerifyExpired,
        Reason::Revoked | Reason::Deleted => Exit::VerifyRevoked,
        Reason::Replaced => Exit::VerifyReplaced,
        Reason::WrongAccount
        | Reason::UserPasscodeRequired
        | Reason::LegacySunset
        | Reason::WrongRegion
        | Reason::WrongApp
        | Reason::WrongDistrict
        | Reason::ScopeMissing => Exit::VerifyNotHere,
    }
}

/// A decision, and whose secret it was about.
struct DecisionView<'a> {
    decision: &'a Decision,
    called: Option<Called<'a>>,
    message: String,
    id: Option<String>,
    app: Option<ObjectId>,
    district: Option<ObjectId>,
    now: Instant,
}

impl<'a> DecisionView<'a> {
    fn new(
        decision: &'a Decision,
        called: Option<Called<'a>>,
        malformed: Option<Malformed>,
        now: Instant,
    ) -> Self {
        let message = message(decision, malformed);
        let credential = decision.known.as_ref().map(|known| &known.credential);
        let id = credential.map(|credential| credential.id.to_string());
        let owner = credential.map(|credential| &credential.owner);
        let (app, district) = (owner.and_then(Owner::app), owner.and_then(Owner::district));
        Self { decision, called, message, id, app, district, now }
    }

    fn credential(&self) -> Option<&Credential> {
        self.decision.known.as_ref().map(|known| &known.credential)
    }

    /// What a person reads of it.
    fn sentence(&self) -> String {
        let verdict = if self.decision.is_allowed() { "allowed" } else { "refused" };
        match &self.decision.known {
            None => format!("{verdict}: {}", self.message),
            Some(known) => {
                let c = &known.credential;
                // Of what is dead the message has told the end.
                let ends = match c.state(self.now).is_live() {
                    true => format!("; expires: {}", expires(c, self.now)),
                    false => String::new(),
                };
                format!(
                    "{verdict}: {} ({}, {} of {}): {}{ends}",
                    self.called.map(Called::text).unwrap_or_default(),
                    c.id,
                    c.kind().noun(),
                    known.account.id,
                    self.message,
                )
            }
        }
    }
}

impl Record for DecisionView<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        let known = self.decision.known.as_ref();
        let credential = self.credential();
        let owner_of =
            |kind| text(credential.filter(|c| c.kind() == kind).map(|c| c.owner.as_str()));
        put("schema", Value::Text("gatepass.decision/v1"));
        put("allowed", Value::Bool(self.decision.is_allowed()));
        put("reason", Value::Text(self.decision.reason.as_str()));
        put("message", Value::Text(&self.message));
        put("id", text(self.id.as_deref()));
        put("kind", text(credential.map(|c| c.kind().as_str())));
        put("account", text(known.map(|known| known.account.id.as_str())));
        put("name", owner_of(Kind::Account));
        put("user", owner_of(Kind::User));
        put("state", text(credential.map(|c| c.state(self.now).as_str())));
        put(
            "secret_role",
            text(known.map(|known| role(&known.credential, &known.digest, self.now).as_str())),
        );
        put("expires_at", stamp(credential.and_then(|c| c.expiry.instant())));
        let scopes = credential.iter().flat_map(|c| c.scopes.iter()).map(Value::Text);
        put("scopes", Value::List(scopes.collect()));
        put("decided_at", stamp(Some(self.now)));
        put("app", text(self.app.as_ref().map(ObjectId::as_str)));
        put("app_name", text(self.called.and_then(Called::app)));
        put("district", text(self.district.as_ref().map(ObjectId::as_str)));
        put("district_name", text(self.called.and_then(Called::district)));
    }
}

fn message(decision: &Decision, malformed: Option<Malformed>) -> String {
    let known = decision.known.as_ref();
    let credential = known.map(|known| &known.credential);
    match decision.reason {
        Reason::Allowed => "it is good".to_owned(),
        Reason::Missing => "no secret was presented".to_owned(),
        Reason::Duplicate => "more than one secret or account was presented".to_owned(),
        Reason::InQuery => "a secret stands in the address, where logs keep it".to_owned(),
        Reason::Malformed => {
            malformed.map_or_else(|| "it is no secret".to_owned(), |why| why.to_string())
        }
        Reason::AccountMissing => {
            "a passcode comes with an Account ID, and none was given".to_owned()
        }
        Reason::AccountMalformed => "the Account ID is none".to_owned(),
        Reason::Unknown => "nobody has this secret".to_owned(),
        Reason::Tampered => "its record does not verify".to_owned(),
        Reason::WrongAccount => "it belongs to another account".to_owned(),
        Reason::Deleted => {
            let deleted = credential.and_then(|c| c.deleted.as_ref());
            deleted.map(|gone| format!("deleted at {} by {}", gone.at, gone.by)).unwrap_or_default()
        }
        Reason::Revoked => {
            let revoked = credential.and_then(|c| c.revoked.as_ref());
            revoked.map(|dead| format!("revoked at {} by {}", dead.at, dead.by)).unwrap_or_default()
        }
        Reason::Replaced => {
            let made = credential.map(|c| c.secrets.made_at);
            made.map(|at| format!("replaced by a reset at {at}")).unwrap_or_default()
        }
        Reason::Expired => {
            let end = credential.and_then(|c| c.expiry.instant());
            end.map(|end| format!("expired at {end}")).unwrap_or_default()
        }
        Reason::UserPasscodeRequired => "the account demands user passcodes".to_owned(),
        Reason::WrongRegion => {
            let region = known.map(|known| known.account.region.as_str()).unwrap_or_default();
            format!("the account's API runs in {region}")
        }
        Reason::LegacySunset => {
            let policy = known.and_then(|known| known.account.legacy.as_ref());
            let end = policy.map(|policy| format!(" at {}", policy.sunset_at)).unwrap_or_default();
            format!("legacy keys ended{end}: its app has to use the tokens of its districts")
        }
        Reason::WrongApp => "it belongs to another app, or to none".to_owned(),
        Reason::WrongDistrict => "it is not good for the district that is demanded".to_owned(),
        Reason::ScopeMissing => "it lacks the scope that is demanded".to_owned(),
    }
}
