//! Texts that are made of claims, and the claims themselves.

use serde_json::{Map, Value};

pub(super) type Claims = Map<String, Value>;

/// A caller with more would cost each of its requests.
const MOST_TEXTS: usize = 256;

/// A text with names of claims in braces: `team-{org_id}-*`. A brace itself stands twice.
#[derive(Debug, Clone)]
pub(super) struct Template(Vec<Part>);

#[derive(Debug, Clone)]
enum Part {
    Text(String),
    Claim(String),
}

impl Template {
    pub(super) fn parse(text: &str) -> Result<Template, &'static str> {
        const EXPECTED: &str = "names of claims in braces expected, as {sub}; a brace itself stands twice";
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, braces) = rest.split_at(at);
            if let Some(behind) = braces.strip_prefix("{{").or(braces.strip_prefix("}}")) {
                parts.push(Part::Text(rest.get(..=at).unwrap_or_default().to_owned()));
                rest = behind;
                continue;
            }
            let (name, behind) = braces.strip_prefix('{').and_then(|rest| rest.split_once('}')).ok_or(EXPECTED)?;
            if name.is_empty() || name.contains('{') {
                return Err(EXPECTED);
            }
            parts.extend([Part::Text(before.to_owned()), Part::Claim(name.to_owned())]);
            rest = behind;
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Template(parts))
    }

    /// The texts that the claims make of it: one for each member of a claim that is a list, none where a claim is missing
    /// or no text. What stands in a claim may not hold `*`, which would widen a pattern.
    pub(super) fn fill(&self, claims: &Claims) -> Vec<String> {
        let mut texts = vec![String::new()];
        for part in &self.0 {
            let values = match part {
                Part::Text(text) => vec![text.clone()],
                Part::Claim(name) => values(claims, name),
            };
            let longer = texts.iter().flat_map(|text| values.iter().map(move |value| format!("{text}{value}")));
            texts = longer.take(MOST_TEXTS).collect();
        }
        texts
    }
}

fn values(claims: &Claims, name: &str) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) if !text.is_empty() && !text.contains('*') => Some(text.clone()),
        Value::Number(number) => number.as_u64().map(|number| number.to_string()),
        _ => None,
    };
    match claim(claims, name) {
        Some(Value::Array(values)) => values.iter().filter_map(text).collect(),
        value => value.and_then(text).into_iter().collect(),
    }
}

/// A claim by its name, or by its path: `realm_access.roles`. Names may hold dots themselves.
pub(super) fn claim<'c>(claims: &'c Claims, path: &str) -> Option<&'c Value> {
    claims.get(path).or_else(|| {
        path.match_indices('.').find_map(|(at, _)| {
            let (name, rest) = (path.get(..at)?, path.get(at + 1..)?);
            claim(claims.get(name)?.as_object()?, rest)
        })
    })
}

/// Whether a claim is this text, holds it as a list does, or has it among words as `scope` has them.
pub(super) fn has(claims: &Claims, path: &str, text: &str) -> bool {
    match claim(claims, path) {
        Some(Value::Array(values)) => values.iter().any(|value| value == text),
        Some(Value::String(value)) => value == text || value.split(' ').any(|word| word == text),
        Some(Value::Bool(value)) => value.to_string() == text,
        Some(Value::Number(value)) => value.to_string() == text,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims() -> Claims {
        let claims = json!({
            "sub": "auth0|42", "n": 7, "teams": ["a", "b"], "star": "*", "scope": "read host",
            "realm_access": { "roles": ["host"] }, "https://example.com/org": "x", "a.b": { "c": "deep" }, "yes": true,
        });
        claims.as_object().unwrap().clone()
    }

    #[test]
    fn claims_fill_templates() {
        for (template, texts) in [
            ("plain", vec!["plain"]),
            ("{sub}", vec!["auth0|42"]),
            ("u{n}", vec!["u7"]),
            ("team-{teams}-*", vec!["team-a-*", "team-b-*"]),
            ("{https://example.com/org}", vec!["x"]),
            ("{a.b.c}{{}}", vec!["deep{}"]),
            ("{star}", vec![]),
            ("x{missing}", vec![]),
            ("{realm_access}", vec![]),
        ] {
            assert_eq!(Template::parse(template).unwrap().fill(&claims()), texts, "{template}");
        }
        for template in ["{", "}", "{}", "{a", "a}b", "{{a}", "{a{b}}"] {
            assert!(Template::parse(template).is_err(), "{template}");
        }
    }

    #[test]
    fn a_template_makes_so_many_texts_at_most() {
        let many: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        let claims = json!({ "many": many }).as_object().unwrap().clone();
        assert_eq!(Template::parse("{many}{many}{many}").unwrap().fill(&claims).len(), MOST_TEXTS);
    }

    #[test]
    fn rules_see_texts_lists_and_words() {
        for (path, text) in [
            ("sub", "auth0|42"),
            ("teams", "b"),
            ("scope", "host"),
            ("realm_access.roles", "host"),
            ("yes", "true"),
            ("n", "7"),
        ] {
            assert!(has(&claims(), path, text), "{path}");
        }
        for (path, text) in [("teams", "c"), ("scope", "hos"), ("realm_access", "host"), ("missing", "")] {
            assert!(!has(&claims(), path, text), "{path}");
        }
    }
}
