//! `/openapi.json`: the contract, for programs.

use super::{Action, Endpoint, Verb, answers};
use crate::shape::Shape;

pub(super) const DOCUMENT: &str = include_str!("../../openapi.json");

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/openapi.json",
    verb: Verb::Get,
    shape: Shape::ProblemDetails,
    action: Action::Show(|_| answers::json(DOCUMENT)),
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::routes::every_endpoint;

    #[test]
    fn every_route_is_in_it_and_no_other() {
        let document: Value = serde_json::from_str(DOCUMENT).unwrap();
        let paths = document["paths"].as_object().unwrap();
        let documented: BTreeSet<(&str, &str)> = paths
            .iter()
            .flat_map(|(path, verbs)| verbs.as_object().unwrap().keys().map(move |verb| (path.as_str(), verb.as_str())))
            .collect();
        let served: BTreeSet<(&str, &str)> = every_endpoint()
            .map(|endpoint| {
                let verb = match endpoint.verb {
                    Verb::Get => "get",
                    Verb::Post => "post",
                };
                (endpoint.path, verb)
            })
            .collect();
        assert_eq!(documented, served);
    }

    #[test]
    fn what_it_refers_to_is_in_it() {
        fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
            match value {
                Value::Object(fields) => {
                    found.extend(fields.get("$ref").and_then(Value::as_str));
                    fields.values().for_each(|value| references(value, found));
                }
                Value::Array(values) => values.iter().for_each(|value| references(value, found)),
                _ => {}
            }
        }
        let document: Value = serde_json::from_str(DOCUMENT).unwrap();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 50);
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }
}
