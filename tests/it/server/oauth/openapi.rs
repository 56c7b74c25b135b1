//! The document at `/openapi.json` is true: what the gate answers is what it tells of, and so are its examples.

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

/// An OpenAPI document.
struct Document(Value);

impl Document {
    fn of(gate: &GateProcess) -> Self {
        let answer = gate.ask(&get_request("/openapi.json"));
        assert_eq!(answer.status(), 200);
        Self(serde_json::from_slice(&answer.body).unwrap())
    }

    /// What a value refers to, or itself.
    fn resolve<'d>(&'d self, value: &'d Value) -> &'d Value {
        match value["$ref"].as_str() {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).unwrap(),
            None => value,
        }
    }

    /// Whether a value is what a schema of the document permits.
    fn permits(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let mut schema = schema.clone();
        // What a schema refers to stands in the document.
        schema["components"] = self.0["components"].clone();
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        validator.validate(value).map_err(|error| format!("{error}: {value}"))
    }

    /// Whether an answer is one that an operation tells of.
    fn check_response(&self, path: &str, method: &str, answer: &HttpMessage) -> Result<(), String> {
        let operation = &self.0["paths"][path][method];
        let status = answer.status().to_string();
        let told = operation["responses"].get(&status).ok_or(format!("{status} is not told of"))?;
        let told = self.resolve(told);
        for (name, header) in told["headers"].as_object().into_iter().flatten() {
            let header = self.resolve(header);
            match answer.single(name) {
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
        let kind = answer.single("content-type").unwrap_or_default().split(';').next();
        let media = told["content"].get(kind.unwrap_or_default());
        let media = media.ok_or(format!("{kind:?} is not told of"))?;
        let body = serde_json::from_slice(&answer.body).map_err(|error| error.to_string())?;
        self.permits(&media["schema"], &body)
    }

    /// Every example below a value, and the schema that it is one of.
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

/// Requests for each operation, and the statuses that they are answered with.
fn documented_requests() -> Vec<(&'static str, &'static str, u16, HttpMessage)> {
    let long = || vec![b' '; 65_537];
    let bare = |who: &str| id(who).trim_start_matches("tk_").to_owned();
    let reset = |who: &str, app: &str| {
        with_request_line(&format!("POST /oauth/tokens/{}/reset", bare(who)), app_login("/", app))
    };
    let list = |query: &str| app_login(&format!("{LIST}{query}"), "Roster");
    let info = |request| with_request_line("GET /oauth/tokeninfo", request);
    let (tokens, one, who) = ("/oauth/tokens", "/oauth/tokens/{id}/reset", "/oauth/tokeninfo");
    let (get_it, post_it) = ("get", "post");
    let mut all = vec![
        (tokens, get_it, 200, list("")),
        (tokens, get_it, 200, list(&format!("&district={}", id("Bay")))),
        (tokens, get_it, 400, list("&district=x")),
        (tokens, get_it, 401, get_request(LIST)),
        (tokens, get_it, 413, list("").body(long())),
        (one, post_it, 200, reset("elk", "Roster").body("{\"overlap_seconds\":60}")),
        (one, post_it, 400, reset("elk", "Roster").body("x")),
        (one, post_it, 401, reset("elk", "Roster").with("Authorization", &basic("", ""))),
        (one, post_it, 404, reset("elk", "Grades")),
        (one, post_it, 413, reset("elk", "Roster").body(long())),
        (who, get_it, 200, info(with_token("both"))),
        (who, get_it, 401, info(with_token("revoked"))),
        (who, get_it, 401, info(get_request("/"))),
        (who, get_it, 403, info(bearer_request(secret("acme")))),
        (who, get_it, 403, info(passcode_request(APPS_ACCOUNT, secret("acme")))),
        (who, get_it, 413, info(with_token("both")).body(long())),
        ("/openapi.json", get_it, 200, get_request("/openapi.json")),
        ("/openapi.json", get_it, 413, get_request("/openapi.json").body(long())),
    ];
    all.extend((0..4).map(|time| {
        (who, get_it, if time < 3 { 200 } else { 429 }, info(with_token("own limit")))
    }));
    all
}

/// What is wrong with the document about a gate, at the first request that shows it.
fn check_document(document: &Document, gate: &GateProcess) -> Result<(), String> {
    for (path, method, status, request) in documented_requests() {
        for version in ["", "/v1.1", "/v3.0"] {
            // The document itself has no version, and what counts is asked for once.
            if !version.is_empty() && (path == "/openapi.json" || [200, 429].contains(&status)) {
                continue;
            }
            let first = request.start_line.replacen(" /", &format!(" {version}/"), 1);
            let answer = gate.ask(&HttpMessage { start_line: first.clone(), ..request.clone() });
            assert_eq!(answer.status(), status, "{first}: {answer:?}");
            let told = document.check_response(path, method, &answer);
            told.map_err(|error| format!("{first}, {status}: {error}"))?;
        }
    }
    Ok(())
}

#[test]
fn responses_match_the_openapi_document() {
    let world = apps_fixture();
    let gate = gate(&world, "", BEFORE_ANNOUNCEMENT);
    assert_eq!(check_document(&Document::of(&gate), &gate), Ok(()));
}

#[test]
fn the_document_rejects_other_responses() {
    let world = apps_fixture();
    let gate = gate(&world, "", BEFORE_ANNOUNCEMENT);
    let document = Document::of(&gate);
    for (path, item) in document.0["paths"].as_object().unwrap() {
        let path = path.replace("{id}", &"0".repeat(24));
        // HEAD as well, but its answers have no bodies, which `ask` would wait for.
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            let told = item.as_object().unwrap().keys().map(|method| method.to_uppercase());
            let told: Vec<_> = told.collect();
            if told.contains(&method.to_owned()) {
                continue;
            }
            let answer =
                gate.ask(&with_request_line(&format!("{method} {path}"), with_token("both")));
            assert_eq!(answer.status(), 405, "{method} {path}");
            assert_eq!(answer.single("allow"), Some(told.join(", ").as_str()), "{method} {path}");
        }
    }
}

#[test]
fn the_documents_examples_match_its_schemas() {
    let world = apps_fixture();
    let document = Document::of(&gate(&world, "", BEFORE_ANNOUNCEMENT));
    let mut examples = Vec::new();
    document.examples(&document.0, &mut examples);
    assert!(examples.len() >= 6, "{examples:?}");
    for (schema, example) in examples {
        assert_eq!(document.permits(schema, example), Ok(()));
    }
}

/// Makes something wrong in a document.
type Corrupt = fn(&mut Value);

/// A document that is wrong is found out; else this would be worth nothing.
#[test]
fn a_wrong_document_is_caught() {
    let world = apps_fixture();
    let truth = Document::of(&gate(&world, "", BEFORE_ANNOUNCEMENT)).0;
    let wrong: [(&str, Corrupt); 6] = [
        ("a status", |it| {
            let responses = &mut it["paths"]["/oauth/tokens/{id}/reset"]["post"]["responses"];
            responses.as_object_mut().unwrap().remove("404");
        }),
        ("a shape", |it| {
            it["components"]["schemas"]["Token"]["properties"]["id"] = json!({"pattern": "^tk_"});
        }),
        ("a field", |it| {
            let token = &mut it["components"]["schemas"]["Token"];
            token["properties"].as_object_mut().unwrap().remove("created");
        }),
        ("an error", |it| {
            it["components"]["schemas"]["Error"]["oneOf"] = json!([{"required": ["error"]}]);
        }),
        ("a header", |it| {
            it["components"]["responses"]["Tokens"]["headers"]["ETag"] = json!({"required": true});
        }),
        ("a type", |it| {
            let content = &mut it["components"]["responses"]["NotLoggedIn"]["content"];
            *content = json!({"text/plain": {"schema": {}}});
        }),
    ];
    for (what, spoil) in wrong {
        let mut document = Document(truth.clone());
        spoil(&mut document.0);
        // One of its own for each, because requests are counted.
        let world = apps_fixture();
        let held = check_document(&document, &gate(&world, "", BEFORE_ANNOUNCEMENT));
        assert!(held.is_err(), "nobody noticed that {what} is wrong");
    }
}
