//! The body of a webhook message, with type, timestamp and data as Standard Webhooks recommends. It contains no secret.

use serde::Serialize;

use super::event::Event;
use crate::domain::{
    credential::Credential,
    directory::{app::App, district::District},
    instant::Instant,
};

/// Returns the JSON text that reports an event of a token to its app. A district that is no longer known is named by
/// its id.
pub fn message_body(
    event: Event,
    at: Instant,
    token: &Credential,
    app: &App,
    district: Option<&District>,
) -> String {
    let (id, district_id) = (token.id.to_object_id(), token.subject.district());
    let district_id = district_id.as_ref().map_or("", |district_id| district_id.as_str());
    let body = Body {
        kind: event.as_str(),
        timestamp: at.to_string(),
        data: Data {
            id: id.as_str(),
            app: app.id.as_str(),
            client_id: app.client_id.as_str(),
            district: DistrictData {
                id: district_id,
                name: district.map_or(district_id, |district| district.name.as_str()),
                external_id: district
                    .and_then(|district| district.external_id.as_ref())
                    .map(|id| id.as_str()),
            },
            scopes: token.scopes.iter().collect(),
            limit: token.limit.unwrap_or(app.limit).per_minute(),
            state: token.state(at).as_str(),
            expires_at: token.expiry.instant().map(|end| end.to_string()),
            awaits_pickup: token.secrets.awaits_pickup(),
        },
    };
    // Structs of numbers and strings always serialize.
    serde_json::to_string(&body).unwrap_or_default()
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: String,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    /// The id without its prefix, as `GET /oauth/tokens` returns it.
    id: &'a str,
    app: &'a str,
    client_id: &'a str,
    district: DistrictData<'a>,
    scopes: Vec<&'a str>,
    limit: u32,
    state: &'static str,
    expires_at: Option<String>,
    awaits_pickup: bool,
}

#[derive(Serialize)]
struct DistrictData<'a> {
    id: &'a str,
    name: &'a str,
    external_id: Option<&'a str>,
}
