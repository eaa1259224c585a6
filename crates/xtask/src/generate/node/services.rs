//! The services of AccessToken2 as classes with fields.

use agora_token::describe::{Field, SERVICES, ServiceRow};

use super::super::prose::camel;
use super::names::{comment, field_about, privilege, service};

/// What a parameter is where it is left out, if it may be.
fn default(row: &ServiceRow, field: Field) -> Option<&'static str> {
    match (row.name, field) {
        (_, Field::Permissions) => Some("new Rtm2Permissions()"),
        (_, Field::Role) => Some("-1"),
        ("chat" | "apaas", _) => Some("''"),
        _ => None,
    }
}

/// The parameter for a field: a user is given as a uid or as a text.
fn parameter(field: Field) -> String {
    if field == Field::Account { "user".to_owned() } else { camel(field.name()) }
}

pub(super) fn face() -> String {
    let mut text = String::from(
        "// The services of AccessToken2, and the names of their fields in the order of the wire, by their type.\n\n\
         'use strict'\n\n\
         const check = require('../check.cjs')\n\
         const { Rtm2Permissions } = require('../permissions.cjs')\n\
         const { Service } = require('../service.cjs')\n",
    );
    let mut fields = Vec::new();
    let mut names = Vec::new();
    for row in SERVICES {
        let (class, number) = (format!("Service{}", service(row)), row.service.number());
        text.push_str(&format!("\nclass {class} extends Service {{\nstatic type = {number}\n"));
        for each in row.privileges {
            text.push_str(&format!("static {} = {}\n", privilege(row, each), each.number));
        }
        if !row.fields.is_empty() {
            let parameters = row.fields.iter().map(|field| match default(row, *field) {
                Some(value) => format!("{} = {value}", parameter(*field)),
                None => parameter(*field),
            });
            let set = row.fields.iter().map(|field| {
                let (name, value) = (camel(field.name()), parameter(*field));
                let checked = match field {
                    Field::Account => format!("check.user({value})"),
                    Field::Role => format!("check.apaasRole({value})"),
                    Field::Permissions => value,
                    _ => format!("check.text({value}, '{}', '{name}')", field.code().name()),
                };
                format!("this.{name} = {checked}\n")
            });
            text.push_str(&format!(
                "\nconstructor({}) {{\nsuper()\n{}}}\n",
                parameters.collect::<Vec<_>>().join(", "),
                set.collect::<String>()
            ));
            let list: Vec<_> = row.fields.iter().map(|field| format!("'{}'", camel(field.name()))).collect();
            fields.push(format!("{number}: [{}]", list.join(", ")));
        }
        text.push_str("}\n");
        names.push(class);
    }
    let [fields, names] = [fields, names].map(|list| list.join(", "));
    text + &format!("\nconst FIELDS = {{ {fields} }}\n\nmodule.exports = {{ FIELDS, SERVICES: {{ {names} }} }}\n")
}

pub(super) fn declarations() -> String {
    let mut text = String::from(
        "// The services of AccessToken2.\n\n\
         import type { Rtm2Permissions } from '../permissions.cjs'\nimport { Service } from '../service.cjs'\nimport type { Text } from '../service.cjs'\n",
    );
    for row in SERVICES {
        text.push('\n');
        text.push_str(&comment(&[row.about.trim().to_owned()], 0));
        text.push_str(&format!("export declare class Service{} extends Service {{\n", service(row)));
        let parameters = row.fields.iter().map(|field| {
            let optional = if default(row, *field).is_some() { "?" } else { "" };
            let of = if *field == Field::Account { "number | Text" } else { type_of(*field) };
            format!("{}{optional}: {of}", parameter(*field))
        });
        if row.fields.contains(&Field::Account) {
            let about = "@param user A uid, where 0 is any user, or an account, where the empty one is.";
            text.push_str(&comment(&[about.to_owned()], 4));
        }
        text.push_str(&format!("constructor({})\n", parameters.collect::<Vec<_>>().join(", ")));
        for field in row.fields {
            let about = comment(&[field_about(*field).to_owned()], 4);
            text.push_str(&format!("{about}{}: {}\n", camel(field.name()), type_of(*field)));
        }
        let mut constant = |about: &str, name: &str, number: u16| {
            text.push_str(&comment(&[about.to_owned()], 4));
            text.push_str(&format!("static readonly {name}: {number}\n"));
        };
        constant("The number of the service on the wire.", "type", row.service.number());
        for each in row.privileges {
            constant(each.about.trim(), &privilege(row, each), each.number);
        }
        text.push_str("}\n");
    }
    text
}

fn type_of(field: Field) -> &'static str {
    match field {
        Field::Role => "number",
        Field::Permissions => "Rtm2Permissions",
        _ => "Text",
    }
}
