//! `GET /openapi.json`: the description of the API for apps.

use hyper::StatusCode;

use crate::server::http::{
    request_context::RequestContext,
    response::{HttpResponse, json},
};

const OPENAPI: &str = include_str!("openapi.json");

/// Returns the document.
pub fn openapi(request: &RequestContext) -> HttpResponse {
    request.method_error().unwrap_or_else(|| json(StatusCode::OK, OPENAPI.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::server::http::{
        error_style::ErrorStyle,
        route::{ENDPOINTS, Endpoint, Route},
    };

    /// The document describes every endpoint for apps and no other, by the method that it takes.
    #[test]
    fn the_openapi_document_lists_every_route() {
        let for_apps = ENDPOINTS.iter().filter(|(_, _, endpoint)| {
            endpoint.is_for_apps() && *endpoint != Endpoint::UnknownOauth
        });
        let expected: Vec<_> = for_apps
            .map(|(_, method, endpoint)| (*endpoint, vec![method.as_ref().unwrap().to_string()]))
            .collect();
        assert_eq!(expected.len(), 4);
        let document: serde_json::Value = serde_json::from_str(OPENAPI).unwrap();
        let documented = document["paths"].as_object().unwrap().iter().map(|(path, item)| {
            let methods = item.as_object().unwrap().keys().map(|method| method.to_uppercase());
            let route = Route::parse(&path.replace("{id}", "4fd43cc56d11340000000005"));
            assert_eq!(route.error_style, ErrorStyle::Error);
            (route.endpoint, methods.collect::<Vec<_>>())
        });
        let documented: Vec<_> = documented.collect();
        assert_eq!(documented.len(), expected.len());
        for row in expected {
            assert!(documented.contains(&row), "{row:?}");
        }
    }
}
