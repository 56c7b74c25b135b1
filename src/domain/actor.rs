//! Actors: who makes a change.

use std::fmt;

use super::directory::{email::Email, id::ClientId};

/// Who makes a change: a process, and who acts through it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The process that makes the change.
    pub process: Process,
    /// Who acts through the process.
    pub principal: Principal,
}

/// The process that makes a change, as far as the machine knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// The effective user id.
    pub uid: u32,
    /// The login uid that the Linux kernel keeps for the session. `None` where there is none.
    pub login_uid: Option<u32>,
    /// The name of the effective user.
    pub user: String,
    /// The user on whose behalf `sudo` runs. It comes from the environment, so it is a claim and not a proof.
    pub sudo_user: Option<String>,
    /// The host name.
    pub host: String,
}

/// Who acts through a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The user of the process: a person or a cron job that runs a command.
    Os,
    /// An app that calls the client API of the gate.
    ApiClient {
        /// The client id that the app presented.
        client: ClientId,
        /// The IP address that the call came from, or `unix`.
        address: String,
    },
    /// A person on a web page.
    Web {
        /// The e-mail address with which the person signed in.
        email: Email,
        /// The IP address that the request came from, or `unix`.
        address: String,
    },
    /// A part of gatepass that acts by itself.
    System {
        /// The name of the part, such as `gate`.
        name: String,
    },
}

impl Principal {
    /// The kind of [`Self::Os`] in the output. In the store, the kind is null.
    pub const OS_KIND: &'static str = "os";
    const API_CLIENT_KIND: &'static str = "api_client";
    const WEB_KIND: &'static str = "web";
    const SYSTEM_KIND: &'static str = "system";

    /// Returns kind, name and address, as the store has them; `None` for [`Self::Os`]. The audit chain covers them, so the
    /// kinds never change.
    pub fn fields(&self) -> Option<(&'static str, &str, Option<&str>)> {
        match self {
            Self::Os => None,
            Self::ApiClient { client, address } => {
                Some((Self::API_CLIENT_KIND, client.as_str(), Some(address)))
            }
            Self::Web { email, address } => Some((Self::WEB_KIND, email.as_str(), Some(address))),
            Self::System { name } => Some((Self::SYSTEM_KIND, name, None)),
        }
    }

    /// Returns the principal with these [`Self::fields`]; `None` if no principal has them.
    pub(crate) fn from_stored(
        kind: Option<&str>,
        name: Option<String>,
        address: Option<String>,
    ) -> Option<Self> {
        match (kind, name, address) {
            (None, None, None) => Some(Self::Os),
            (Some(Self::API_CLIENT_KIND), Some(name), Some(address)) => {
                ClientId::parse(&name).map(|client| Self::ApiClient { client, address })
            }
            (Some(Self::WEB_KIND), Some(name), Some(address)) => {
                Some(Self::Web { email: Email::from_stored(name), address })
            }
            (Some(Self::SYSTEM_KIND), Some(name), None) => Some(Self::System { name }),
            _ => None,
        }
    }
}

/// The short form: `client 4c63c1cf623dce82caac from 192.0.2.7` for an app, `ann@example.org from 192.0.2.7` for a person
/// on a web page, `gate on host` for a part of gatepass, and that of the process for its user.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.principal {
            Principal::Os => self.process.fmt(f),
            Principal::ApiClient { client, address } => write!(f, "client {client} from {address}"),
            Principal::Web { email, address } => write!(f, "{email} from {address}"),
            Principal::System { name } => write!(f, "{name} on {}", self.process.host),
        }
    }
}

/// The short form: `root@host`, or `ann as root@host` under sudo.
impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.sudo_user {
            write!(f, "{origin} as ")?;
        }
        write!(f, "{}@{}", self.user, self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_form_says_who_acts() {
        let client = ClientId::parse("4c63c1cf623dce82caac").unwrap();
        let email = Email::parse("ann@example.org").unwrap();
        let address = "192.0.2.7".to_owned();
        for (principal, text) in [
            (Principal::Os, "ann as root@host"),
            (
                Principal::ApiClient { client, address: address.clone() },
                "client 4c63c1cf623dce82caac from 192.0.2.7",
            ),
            (Principal::Web { email, address }, "ann@example.org from 192.0.2.7"),
            (Principal::System { name: "gate".to_owned() }, "gate on host"),
        ] {
            let process = Process {
                uid: 0,
                login_uid: Some(1000),
                user: "root".to_owned(),
                sudo_user: Some("ann".to_owned()),
                host: "host".to_owned(),
            };
            assert_eq!(Actor { process, principal }.to_string(), text);
        }
    }

    #[test]
    fn fields_of_no_principal_are_rejected() {
        let text = |text: &str| Some(text.to_owned());
        for (kind, name, address) in [
            (None, text("gate"), None),
            (Some("os"), text("ann@host"), None),
            (Some("api_client"), text("not a client id"), text("unix")),
            (Some("web"), text("ann@example.org"), None),
            (Some("system"), text("gate"), text("unix")),
            (Some("system"), None, None),
        ] {
            assert_eq!(Principal::from_stored(kind, name, address), None, "{kind:?}");
        }
    }
}
