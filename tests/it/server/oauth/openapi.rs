//! The document at `/openapi.json` describes the gate's responses, and its examples match its schemas.

use serde_json::{Value, json};

use crate::{
    server::apps_fixture::{
        APPS_ACCOUNT, BEFORE_ANNOUNCEMENT, app_login, apps_fixture, basic, gate, id, secret,
        with_request_line, with_token,
    },
    support::{
        gate::{GateProcess, bearer_request, get_request, passcode_request},
        http::HttpMessage,
    },
};

const LIST: &str = "/oauth/tokens?owner_type=district";

/// The OpenAPI document of a gate.
struct Document(Value);

impl Document {
    fn of(gate: &GateProcess) -> Self {
        let response = gate.ask(&get_request("/openapi.json"));
        assert_eq!(response.status(), 200);
        Self(serde_json::from_slice(&response.body).unwrap())
    }

    /// Returns what a `$ref` points to, or the value itself.
    fn resolve<'d>(&'d self, value: &'d Value) -> &'d Value {
        match value["$ref"].as_str() {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).unwrap(),
            None => value,
        }
    }

    /// Checks a value against a schema of the document.
    fn permits(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let mut schema = schema.clone();
        // References in a schema are relative to the document.
        schema["components"] = self.0["components"].clone();
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        validator.validate(value).map_err(|error| format!("{error}: {value}"))
    }

    /// Checks a response against what the document says of an operation.
    fn check_response(
        &self,
        path: &str,
        method: &str,
        response: &HttpMessage,
    ) -> Result<(), String> {
        let operation = &self.0["paths"][path][method];
        let status = response.status().to_string();
        let documented =
            operation["responses"].get(&status).ok_or(format!("{status} is not documented"))?;
        let documented = self.resolve(documented);
        for (name, header) in documented["headers"].as_object().into_iter().flatten() {
            let header = self.resolve(header);
            match response.single(name) {
                None if header["required"] == true => return Err(format!("{name} is missing")),
                None => {}
                Some(text) => {
                    let number = text.parse::<i64>().map(Value::from);
                    let is_number = header["schema"]["type"] == "integer";
                    let value = number.ok().filter(|_| is_number).unwrap_or(text.into());
                    self.permits(&header["schema"], &value)?;
                }
            }
        }
        let kind = response.single("content-type").unwrap_or_default().split(';').next();
        let media = documented["content"].get(kind.unwrap_or_default());
        let media = media.ok_or(format!("{kind:?} is not documented"))?;
        let body = serde_json::from_slice(&response.body).map_err(|error| error.to_string())?;
        self.permits(&media["schema"], &body)
    }

    /// Collects every example below a value, each with its schema.
    fn examples<'d>(&self, value: &'d Value, found: &mut Vec<(&'d Value, &'d Value)>) {
        if let (Some(schema), Some(example)) = (value.get("schema"), value.get("example")) {
            found.push((schema, example));
        }
        if let Some(examples) = value.get("examples").and_then(Value::as_array) {
            found.extend(examples.iter().map(|example| (value, example)));
        }
        let items = value.as_array().into_iter().flatten();
        let fields = value.as_object().into_iter().flat_map(|object| object.values());
        items.chain(fields).for_each(|below| self.examples(below, found));
    }
}

/// Returns requests for each operation, and the status that each must get.
fn documented_requests() -> Vec<(&'static str, &'static str, u16, HttpMessage)> {
    let long = || vec![b' '; 65_537];
    let bare = |name: &str| id(name).trim_start_matches("tk_").to_owned();
    let reset = |name: &str, app: &str| {
        with_request_line(&format!("POST /oauth/tokens/{}/reset", bare(name)), app_login("/", app))
    };
    let list = |query: &str| app_login(&format!("{LIST}{query}"), "Roster");
    let info = |request| with_request_line("GET /oauth/tokeninfo", request);
    let (tokens, reset_path, token_info) =
        ("/oauth/tokens", "/oauth/tokens/{id}/reset", "/oauth/tokeninfo");
    let mut all = vec![
        (tokens, "get", 200, list("")),
        (tokens, "get", 200, list(&format!("&district={}", id("Bay")))),
        (tokens, "get", 400, list("&district=x")),
        (tokens, "get", 401, get_request(LIST)),
        (tokens, "get", 413, list("").body(long())),
        (reset_path, "post", 200, reset("elk", "Roster").body("{\"overlap_seconds\":60}")),
        (reset_path, "post", 400, reset("elk", "Roster").body("x")),
        (reset_path, "post", 401, reset("elk", "Roster").with("Authorization", &basic("", ""))),
        (reset_path, "post", 404, reset("elk", "Grades")),
        (reset_path, "post", 413, reset("elk", "Roster").body(long())),
        (token_info, "get", 200, info(with_token("both"))),
        (token_info, "get", 401, info(with_token("revoked"))),
        (token_info, "get", 401, info(get_request("/"))),
        (token_info, "get", 403, info(bearer_request(secret("acme")))),
        (token_info, "get", 403, info(passcode_request(APPS_ACCOUNT, secret("acme")))),
        (token_info, "get", 413, info(with_token("both")).body(long())),
        ("/openapi.json", "get", 200, get_request("/openapi.json")),
        ("/openapi.json", "get", 413, get_request("/openapi.json").body(long())),
    ];
    all.extend((0..4).map(|time| {
        (token_info, "get", if time < 3 { 200 } else { 429 }, info(with_token("own limit")))
    }));
    all
}

/// Sends all these requests to a gate, and returns the first difference from the document.
fn check_document(document: &Document, gate: &GateProcess) -> Result<(), String> {
    for (path, method, status, request) in documented_requests() {
        for version in ["", "/v1.1", "/v3.0"] {
            // The document has no version; requests that count towards a limit are sent once.
            if !version.is_empty() && (path == "/openapi.json" || [200, 429].contains(&status)) {
                continue;
            }
            let first = request.start_line.replacen(" /", &format!(" {version}/"), 1);
            let response = gate.ask(&HttpMessage { start_line: first.clone(), ..request.clone() });
            assert_eq!(response.status(), status, "{first}: {response:?}");
            let checked = document.check_response(path, method, &response);
            checked.map_err(|error| format!("{first}, {status}: {error}"))?;
        }
    }
    Ok(())
}

#[test]
fn responses_match_the_openapi_document() {
    let env = apps_fixture();
    let gate = gate(&env, "", BEFORE_ANNOUNCEMENT);
    assert_eq!(check_document(&Document::of(&gate), &gate), Ok(()));
}

#[test]
fn the_document_rejects_other_responses() {
    let env = apps_fixture();
    let gate = gate(&env, "", BEFORE_ANNOUNCEMENT);
    let document = Document::of(&gate);
    for (path, item) in document.0["paths"].as_object().unwrap() {
        let path = path.replace("{id}", &"0".repeat(24));
        // HEAD would behave alike, but `ask` would wait for the body that its response lacks.
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            let documented = item.as_object().unwrap().keys().map(|method| method.to_uppercase());
            let documented: Vec<_> = documented.collect();
            if documented.contains(&method.to_owned()) {
                continue;
            }
            let response =
                gate.ask(&with_request_line(&format!("{method} {path}"), with_token("both")));
            assert_eq!(response.status(), 405, "{method} {path}");
            assert_eq!(
                response.single("allow"),
                Some(documented.join(", ").as_str()),
                "{method} {path}"
            );
        }
    }
}

#[test]
fn the_documents_examples_match_its_schemas() {
    let env = apps_fixture();
    let document = Document::of(&gate(&env, "", BEFORE_ANNOUNCEMENT));
    let mut examples = Vec::new();
    document.examples(&document.0, &mut examples);
    assert!(examples.len() >= 6, "{examples:?}");
    for (schema, example) in examples {
        assert_eq!(document.permits(schema, example), Ok(()));
    }
}

/// Makes a document wrong.
type Corrupt = fn(&mut Value);

#[test]
fn a_wrong_document_is_caught() {
    let env = apps_fixture();
    let document = Document::of(&gate(&env, "", BEFORE_ANNOUNCEMENT)).0;
    let faults: [(&str, Corrupt); 6] = [
        ("the status", |it| {
            let responses = &mut it["paths"]["/oauth/tokens/{id}/reset"]["post"]["responses"];
            responses.as_object_mut().unwrap().remove("404");
        }),
        ("the shape", |it| {
            it["components"]["schemas"]["Token"]["properties"]["id"] = json!({"pattern": "^tk_"});
        }),
        ("the field", |it| {
            let token = &mut it["components"]["schemas"]["Token"];
            token["properties"].as_object_mut().unwrap().remove("created");
        }),
        ("the error", |it| {
            it["components"]["schemas"]["Error"]["oneOf"] = json!([{"required": ["error"]}]);
        }),
        ("the header", |it| {
            it["components"]["responses"]["Tokens"]["headers"]["ETag"] = json!({"required": true});
        }),
        ("the type", |it| {
            let content = &mut it["components"]["responses"]["NotLoggedIn"]["content"];
            *content = json!({"text/plain": {"schema": {}}});
        }),
    ];
    for (what, corrupt) in faults {
        let mut wrong = Document(document.clone());
        corrupt(&mut wrong.0);
        // Each needs a gate of its own, because requests are counted.
        let env = apps_fixture();
        let checked = check_document(&wrong, &gate(&env, "", BEFORE_ANNOUNCEMENT));
        assert!(checked.is_err(), "{what} can be wrong unnoticed");
    }
}
