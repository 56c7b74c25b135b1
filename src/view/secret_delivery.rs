//! New secrets, and the credential or app they belong to.

use super::{app::AppView, credential::CredentialView, dry_run::DryRun, value::optional_text};
use crate::render::{Record, Value};

/// Whether a secret was created, and where it went.
#[derive(Clone, Copy)]
pub struct SecretDelivery<'a> {
    /// Whether a secret was created.
    pub created: bool,
    /// The secret, if it is printed to stdout.
    pub secret: Option<&'a str>,
    /// The file that the secret was written to.
    pub out: Option<&'a str>,
    /// What a dry run would have done to the owner of the secret.
    pub dry_run: DryRun,
}

/// The names of the fields, in order.
pub const SECRET_DELIVERY_FIELDS: &[&str] = &["created", "secret", "out"];

impl Record for SecretDelivery<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("created", Value::Bool(self.created));
        field("secret", optional_text(self.secret));
        field("out", optional_text(self.out));
    }
}

/// A credential that was just created or reset, with its secret if that is printed to stdout.
pub struct IssuedView<'a> {
    /// The credential.
    pub credential: CredentialView<'a>,
    /// The secret.
    pub secret_delivery: SecretDelivery<'a>,
}

/// The name of the schema.
const ISSUED_SCHEMA: &str = "gatepass.issued/v1";

impl Record for IssuedView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text(ISSUED_SCHEMA));
        self.credential.put_fields(field);
        self.secret_delivery.fields(field);
        self.credential.put_later_fields(field);
    }
}

/// An app with a new client secret or webhook key, if that is printed to stdout.
pub struct IssuedAppView<'a> {
    /// The name of the schema: `gatepass.issued-app/v1` for a client secret, `gatepass.issued-webhook/v1` for a webhook key.
    pub schema: &'static str,
    /// The app.
    pub app: AppView<'a>,
    /// The secret.
    pub secret_delivery: SecretDelivery<'a>,
}

impl Record for IssuedAppView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text(self.schema));
        self.app.put_fields(field);
        self.secret_delivery.fields(field);
        self.app.put_later_fields(field);
    }
}
