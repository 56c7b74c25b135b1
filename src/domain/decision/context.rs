//! A credential with the records that decide about it.

use crate::domain::{
    credential::Credential,
    directory::{account::Account, app::App},
};

/// A credential with the records that the decision about it depends on.
#[derive(Clone, Copy, Debug)]
pub struct CredentialContext<'a> {
    /// The credential.
    pub credential: &'a Credential,
    /// Its account.
    pub account: &'a Account,
    /// The app of a token or a legacy key. `None` for passcodes, and if the app's record is missing.
    pub app: Option<&'a App>,
}

impl CredentialContext<'_> {
    /// Returns whether the credential belongs to an app that was removed, which revokes the app's credentials.
    pub fn is_orphaned(&self) -> bool {
        self.credential.subject.app().is_some() && self.app.is_none_or(|app| app.removed.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        credential::{
            CredentialKind, Deletion, Secrets,
            lifetime::{Expiry, Lifetime},
            rate_limit::RateLimit,
            scope::Scopes,
            secret::Digest,
            subject::{AppDistrict, Subject},
        },
        decision::{KnownSecret, Reason, Requirements, SecretLookup, decide},
        directory::{
            account::{AccountId, AccountKey, Region},
            id::{ClientId, CredentialId, ObjectId},
            name::{Email, Name},
        },
        instant::Instant,
        seq::{AppSeq, AuditSeq, CredentialSeq},
    };

    const NOW: Instant = Instant::EPOCH;
    const SECRET: Digest = Digest([1; 32]);

    fn app_id() -> ObjectId {
        ObjectId::from_bytes([5; 12])
    }

    fn credential(kind: CredentialKind) -> Credential {
        Credential {
            seq: CredentialSeq(1),
            id: CredentialId { prefix: kind.id_prefix(), bytes: [1; 12] },
            account: AccountKey(1),
            subject: match kind {
                CredentialKind::Account => Subject::Partner(Name::parse("acme").unwrap()),
                CredentialKind::User => Subject::User(Email::parse("ann@example.org").unwrap()),
                CredentialKind::Token => {
                    Subject::AppDistrict(AppDistrict::new(app_id(), ObjectId::from_bytes([6; 12])))
                }
                CredentialKind::Legacy => Subject::App(app_id()),
            },
            slot: None,
            note: None,
            previous: None,
            created_at: NOW,
            created_by: "root@gate".to_owned(),
            lifetime: Lifetime::Forever,
            expiry: Expiry::Never,
            expiry_set_at: NOW,
            secrets: Secrets::new(SECRET, NOW, None),
            introspect: false,
            scopes: Scopes::NONE,
            limit: None,
            revoked: None,
            deleted: None,
            audit_seq: AuditSeq(1),
        }
    }

    fn app(removed: Option<Deletion>) -> App {
        App {
            seq: AppSeq(1),
            id: app_id(),
            client_id: ClientId::parse(&"c".repeat(20)).unwrap(),
            account: AccountKey(1),
            name: Name::parse("Reader").unwrap(),
            secrets: Secrets::new(Digest([2; 32]), NOW, None),
            limit: RateLimit::TOKEN_DEFAULT,
            webhook: None,
            created_at: NOW,
            created_by: "root@gate".to_owned(),
            removed,
            audit_seq: AuditSeq(1),
        }
    }

    /// What an app issued ends with the app, whether the app was removed or its record is missing.
    #[test]
    fn credentials_of_a_missing_or_removed_app_are_revoked() {
        let account = Account {
            key: AccountKey(1),
            id: AccountId::parse("948-4KK-444Z").unwrap(),
            name: Name::parse("main").unwrap(),
            region: Region::Eu1,
            require_user_passcode: false,
            legacy: None,
            created_at: NOW,
            removed: None,
            audit_seq: AuditSeq(1),
        };
        let removal = Deletion { at: NOW, by: "root@gate".to_owned() };
        for kind in CredentialKind::ALL {
            let reason = |app: Option<App>| {
                let credential = credential(kind);
                let known =
                    KnownSecret { credential, account: account.clone(), app, digest: SECRET };
                let found = SecretLookup::Known(Box::new(known));
                decide(&Requirements::default(), found, NOW).reason
            };
            let has_app = matches!(kind, CredentialKind::Token | CredentialKind::Legacy);
            let without_app = if has_app { Reason::Revoked } else { Reason::Allowed };
            assert_eq!(reason(Some(app(None))), Reason::Allowed, "{kind:?}");
            assert_eq!(reason(Some(app(Some(removal.clone())))), without_app, "{kind:?}");
            assert_eq!(reason(None), without_app, "{kind:?}");
        }
    }
}
