//! Error codes, findings and roles.

use agora_token::doctor::FindingCode;
use agora_token::{ErrorCode, Role, Role006};

use super::super::prose::camel;
use super::names::comment;

/// A frozen object: its name, what it is, and its members, each with its value and what it means.
type Constant = (&'static str, &'static str, Vec<(String, String, String)>);

fn constants() -> Vec<Constant> {
    let codes = ErrorCode::ALL.iter().map(|code| {
        let field = camel(code.field());
        let sentence = code.into_error().sentence(&format!("`{field}`"));
        (code.name().to_owned(), code.number().to_string(), sentence + ".")
    });
    let findings = FindingCode::ALL
        .iter()
        .map(|code| (code.name().to_owned(), format!("'{}'", code.name()), code.meaning().to_owned()));
    let publishing = |publishes| if publishes { "Joins and publishes." } else { "Joins." };
    let roles = [Role::Publisher, Role::Subscriber]
        .map(|role| (role.name().to_uppercase(), u32::from(role).to_string(), publishing(role.publishes()).to_owned()));
    let roles_006 = Role006::ALL.map(|role| {
        let older = if u32::from(role) % 101 == 0 { "Older. " } else { "" };
        let about = format!("{older}{}", publishing(role.publishes()));
        (role.name().to_uppercase(), u32::from(role).to_string(), about)
    });
    vec![
        (
            "RtcRole",
            "What a user may do in a channel. Agora's service looks at it only where co-host authentication is on.",
            roles.into(),
        ),
        (
            "RtcRole006",
            "What a user may do in a channel, in an AccessToken (006): every role but the subscriber publishes.",
            roles_006.into(),
        ),
        ("ErrorCode", "Every error code by name, with its number in the C ABI.", codes.collect()),
        ("FindingCode", "Every code that the doctor may find, by its own name.", findings.collect()),
    ]
}

pub(super) fn names() -> impl Iterator<Item = String> {
    constants().into_iter().map(|(name, ..)| name.to_owned())
}

pub(super) fn face() -> String {
    let mut text = String::from("// The constants of the core's tables.\n\n'use strict'\n");
    let mut names = Vec::new();
    for (name, _, members) in constants() {
        let members: Vec<_> = members.iter().map(|(name, value, _)| format!("{name}: {value}")).collect();
        text.push_str(&format!("\nconst {name} = Object.freeze({{\n{},\n}})\n", members.join(",\n")));
        names.push(name);
    }
    text + &format!("\nmodule.exports = {{ {} }}\n", names.join(", "))
}

/// Whose fault a refusal is, by the name of its code.
pub(super) fn faults() -> String {
    let rows: Vec<_> =
        ErrorCode::ALL.iter().map(|code| format!("{}: '{}'", code.name(), code.fault().name())).collect();
    format!(
        "// Whose fault a refusal is, by its code.\n\n'use strict'\n\nmodule.exports = {{\n{},\n}}\n",
        rows.join(",\n")
    )
}

pub(super) fn declarations() -> String {
    let mut text = String::from("// The constants of the core's tables.\n");
    for (name, about, members) in constants() {
        text.push('\n');
        text.push_str(&comment(&[about.to_owned()], 0));
        text.push_str(&format!("export declare const {name}: {{\n"));
        for (name, value, about) in members {
            let about = format!("{}{}", about[..1].to_uppercase(), &about[1..]);
            text.push_str(&comment(&[about], 4));
            text.push_str(&format!("readonly {name}: {value}\n"));
        }
        text.push_str("}\n");
    }
    for role in ["RtcRole", "RtcRole006"] {
        text.push_str(&format!("\n/** One of the numbers of {{@link {role}}}. */\n"));
        text.push_str(&format!("export type {role} = (typeof {role})[keyof typeof {role}]\n"));
    }
    text
}
