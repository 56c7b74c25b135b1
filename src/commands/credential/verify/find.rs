//! `verify --find`: looks for secrets in a text.

use std::io::{self, ErrorKind, Read};

use zeroize::Zeroizing;

use super::{
    input::exit_for,
    scanner::{FoundSecret, SecretScanner},
};
use crate::{
    commands::{error::CommandError, session::Session},
    domain::{
        decision::Requirements,
        request::{PresentedCredential, PresentedSecret},
    },
    exit::Exit,
    ops::{ReadTx, query::verify::verify},
    render::{Format, ListWriter, Shape},
    store::Store,
    view::{DecisionView, FindingView, FindingsSummary},
};

/// Reports each secret in stdin, or in what a person pastes as `pasted`. Returns success if one is valid, otherwise the
/// exit code of the one that is closest to it.
pub fn find_secrets(
    session: &mut Session<'_, '_>,
    store: &Store,
    requirements: &Requirements,
    pasted: Option<Zeroizing<Vec<u8>>>,
) -> Result<Exit, CommandError> {
    let (style, now) = (session.style(), session.now(store)?);
    let clock = session.host.clock.as_ref();
    let input: Box<dyn Read + '_> = match &pasted {
        Some(text) => Box::new(text.as_slice()),
        None => Box::new(&mut *session.host.stdin),
    };
    let mut scanner = SecretScanner::new(input);
    let (mut summary, mut exit) = (FindingsSummary::default(), Exit::VerifyUnknown);
    let mut writer = ListWriter::<FindingView<'static>>::new(
        &mut *session.host.stdout,
        &style,
        "gatepass.findings/v1",
        now.rfc3339_bytes(),
    )?;
    while let Some(FoundSecret { line, secret }) = scanner.next_secret()? {
        let presented =
            PresentedCredential { account: None, secret: PresentedSecret::Issued(secret) };
        let mut read = ReadTx::begin(store, clock)?;
        let answer = verify(&mut read, &Ok(presented), requirements.clone())?;
        exit = closest_to_valid(exit, exit_for(answer.decision.reason));
        summary.count(answer.decision.is_allowed());
        let view = FindingView::new(line, DecisionView::new(&answer, None));
        ignore_closed_pipe(writer.row(&view))?;
    }
    drop(scanner);
    let fit = ignore_closed_pipe(writer.finish(&summary))?;
    ignore_closed_pipe(session.host.stdout.flush())?;
    if let Some(missing) = fit.message() {
        session.message(&missing)?;
    }
    if style.shape == Shape::Rows(Format::Table) {
        session.message(&summary.text())?;
    }
    Ok(exit)
}

/// The exit code is the result, so a reader that is gone does not end the search.
fn ignore_closed_pipe<T: Default>(written: io::Result<T>) -> io::Result<T> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(T::default()),
        written => written,
    }
}

/// Returns the exit code of the secret that needs the most attention.
fn closest_to_valid(one: Exit, other: Exit) -> Exit {
    let order = [
        Exit::Success,
        Exit::VerifyNotAllowed,
        Exit::Integrity,
        Exit::VerifyExpired,
        Exit::VerifyReplaced,
        Exit::VerifyRevoked,
    ];
    order.into_iter().find(|exit| *exit == one || *exit == other).unwrap_or(Exit::VerifyUnknown)
}
