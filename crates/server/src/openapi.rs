//! The contract as a document: each route says what it is for, its types say the rest.

use serde_json::{Map, Value, json};

use crate::about::{ACCOUNT, Body, CHANNEL, Content, Kind, Named, Parameter, named};
use crate::endpoint::{Action, Endpoint};
use crate::error_format::{ErrorFormat, GenerateError, GuideError, PeerError, ProblemDetails};

pub(crate) fn document<'e>(endpoints: impl Iterator<Item = &'e Endpoint>) -> String {
    let mut schemas = Map::new();
    let mut paths = Map::new();
    for endpoint in endpoints {
        let verb = if endpoint.reads_body() { "post" } else { "get" };
        paths.insert(endpoint.path.to_owned(), json!({ verb: operation(endpoint, &mut schemas) }));
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Agora token server",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Mints Agora tokens for callers it knows, by policies",
            "description": "Every answer carries `X-Request-Id`; the audit log names it. Tokens are never cached.",
        },
        "tags": [
            { "name": "Tokens" },
            { "name": "Diagnosis" },
            { "name": "Operation" },
            { "name": "Contract" },
            { "name": "Demo", "description": "With --demo only." },
            { "name": "Compatibility", "description": "The routes of other token servers, with --compat only. They ask and answer \
                                                       as the originals do, under the caller's policy." },
        ],
        "security": [{ "bearer": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "bearer": {
                "type": "http",
                "scheme": "bearer",
                "description": "An API key, or a JWT of an issuer that the settings name. A demo, and a server on loopback \
                                that knows no callers, need none.",
            } },
            "schemas": schemas,
        },
    });
    document.to_string()
}

fn operation(endpoint: &Endpoint, schemas: &mut Map<String, Value>) -> Value {
    let about = &endpoint.about;
    let parameters: Vec<Value> = about.parameters.iter().map(|found| parameter(endpoint.path, found)).collect();
    let request = about.request.as_ref().map(|body| media(body, schemas, Some(true)));
    let is_public = matches!(endpoint.action, Action::Show(_));
    without_blanks(json!({
        "tags": [about.tag],
        "operationId": about.id,
        "summary": about.summary,
        "description": about.description,
        "security": if is_public { json!([]) } else { Value::Null },
        "parameters": if parameters.is_empty() { Value::Null } else { Value::from(parameters) },
        "requestBody": request,
        "responses": responses(endpoint, schemas),
    }))
}

fn parameter(path: &str, parameter: &Parameter) -> Value {
    let place = if path.contains(&format!("{{{}}}", parameter.name)) { "path" } else { "query" };
    let schema = match parameter.kind {
        Kind::Channel => json!({ "type": "string", "minLength": 1, "maxLength": 63, "pattern": CHANNEL }),
        Kind::Account => json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": ACCOUNT }),
        Kind::User => json!({ "type": "string", "minLength": 1, "maxLength": 255 }),
        Kind::Words(words) => json!({ "type": "string", "enum": words }),
        Kind::Number(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
    };
    json!({
        "name": parameter.name,
        "in": place,
        "required": !parameter.is_optional,
        "description": parameter.description,
        "schema": schema,
    })
}

fn media(body: &Body, schemas: &mut Map<String, Value>, required: Option<bool>) -> Value {
    let (media_type, schema) = match body.content {
        Content::Json(named) => ("application/json", reference(named, schemas)),
        Content::AnyJson => ("application/json", json!({ "type": "object" })),
        Content::Text(media_type) => (media_type, json!({ "type": "string" })),
    };
    let example: Value = serde_json::from_str(body.example).unwrap_or_default();
    let content = without_blanks(json!({ "schema": schema, "example": example }));
    without_blanks(json!({ "description": body.about, "content": { media_type: content }, "required": required }))
}

/// A reference to a type, which stands among the schemas then.
fn reference(named: Named, schemas: &mut Map<String, Value>) -> Value {
    let all = named();
    let first = all.first().map(|(name, _)| name.clone()).unwrap_or_default();
    for (name, schema) in all {
        let mut schema = serde_json::to_value(schema).unwrap_or_default();
        without_null(&mut schema);
        schemas.insert(name, schema);
    }
    json!({ "$ref": format!("#/components/schemas/{first}") })
}

fn responses(endpoint: &Endpoint, schemas: &mut Map<String, Value>) -> Value {
    let (media_type, error): (_, Named) = match endpoint.errors {
        ErrorFormat::ProblemDetails => ("application/problem+json", named::<ProblemDetails>),
        ErrorFormat::Guide => ("application/json", named::<GuideError>),
        ErrorFormat::ErrorAndStatus => ("application/json", named::<PeerError>),
        ErrorFormat::CodeAndMessage => ("application/json", named::<GenerateError>),
    };
    let is_public = matches!(endpoint.action, Action::Show(_));
    let too_large = format!("The body is larger than {} bytes.", endpoint.largest_body);
    let all: [(bool, u16, &str); 12] = [
        (
            true,
            400,
            "A field is missing, of a wrong type or cannot be right; `code` says which rule, `field` which field.",
        ),
        (!is_public, 401, "No API key and no JWT, or none that counts."),
        (true, 403, "The caller's policy, or the server's list of origins, does not allow it."),
        (true, 405, "The route does not take this method."),
        (endpoint.reads_body(), 408, "The request did not arrive in time."),
        (endpoint.reads_body(), 413, &too_large),
        (
            endpoint.reads_body() && endpoint.errors == ErrorFormat::ProblemDetails,
            422,
            "The fields are as they should be, but not together, or not by the rules of tokens.",
        ),
        (true, 421, "The server has another name than the request says."),
        (!is_public, 429, "Too many requests; `Retry-After` says when to come back."),
        (!is_public, 500, "The clock or the random source of the server failed."),
        (!is_public, 503, "The keys of the JWT's issuer are not at hand, or the audit line cannot be written."),
        (endpoint.path == "/readyz", 503, "It is about to stop, or its clock or random source fails."),
    ];
    let mut responses = Map::new();
    responses.insert("200".to_owned(), media(&endpoint.about.answer, schemas, None));
    let schema = reference(error, schemas);
    for (_, status, description) in all.into_iter().filter(|(is_possible, ..)| *is_possible) {
        let retry_after = json!({ "description": "Seconds", "schema": { "type": "integer", "minimum": 1 } });
        let response = json!({
            "description": description,
            "content": { media_type: { "schema": schema } },
            "headers": if status == 429 { json!({ "Retry-After": retry_after }) } else { Value::Null },
        });
        responses.insert(status.to_string(), without_blanks(response));
    }
    Value::Object(responses)
}

/// A field that may be left out is never null.
fn without_null(schema: &mut Value) {
    let is_null = |schema: &Value| schema == "null" || schema["type"] == "null";
    match schema {
        Value::Object(fields) => {
            for key in ["type", "oneOf"] {
                let Some(Value::Array(ways)) = fields.get_mut(key) else { continue };
                ways.retain(|way| !is_null(way));
                if let [only] = ways.as_mut_slice() {
                    let only = only.take();
                    fields.remove(key);
                    match only {
                        Value::Object(only) => fields.extend(only),
                        only => drop(fields.insert(key.to_owned(), only)),
                    }
                }
            }
            fields.values_mut().for_each(without_null);
        }
        Value::Array(schemas) => schemas.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn without_blanks(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null() && value != "").collect(),
        value => value,
    }
}
