//! The official builders: the same packages, classes and methods, and the lenience of the official code.

use agora_token::describe::{Argument, BUILDERS, Builder, Kind, Shape};
use agora_token::{Role, Role006};

use super::super::prose::camel;
use super::names::{Official, comment, generated_official, sentence};

/// Package, class and text of each file.
pub(super) fn files() -> Vec<(&'static str, String, String)> {
    let mut classes: Vec<(Official, Vec<&Builder>)> = Vec::new();
    for builder in BUILDERS {
        let Some(official) = generated_official(builder) else { continue };
        match classes.iter_mut().find(|(known, _)| known.class == official.class) {
            Some((_, builders)) => builders.push(builder),
            None => classes.push((official, vec![builder])),
        }
    }
    classes
        .into_iter()
        .map(|(official, builders)| (official.package, official.class.to_owned(), class(&official, &builders)))
        .collect()
}

fn class(official: &Official, builders: &[&Builder]) -> String {
    let has = |kind| builders.iter().any(|builder| builder.arguments.iter().any(|argument| argument.kind == kind));
    let mut text = String::new();
    if has(Kind::Permissions) {
        text.push_str("import io.agora.media.AccessToken2;\n");
    }
    text.push_str("import io.agora.token.OfficialBuilders;\n\n");
    text.push_str(&comment(&[
        "The official builder: it takes what the official one takes, and gives an empty text where that fails."
            .to_owned(),
    ]));
    text.push_str(&format!("public class {} {{\n", official.class));
    if has(Kind::Role006) {
        text.push_str(&roles(Role006::ALL.map(|role| (format!("Role_{}", title(role.name())), role.into()))));
    }
    if has(Kind::Role) {
        let roles_007 = [Role::Publisher, Role::Subscriber];
        text.push_str(&roles(roles_007.map(|role| (format!("ROLE_{}", role.name().to_uppercase()), role.into()))));
    }
    for builder in builders {
        let Some(official) = generated_official(builder) else { continue };
        let parameters: Vec<_> =
            builder.all_arguments().map(|argument| format!("{} {}", type_of(argument), name(argument))).collect();
        let values: Vec<_> = builder.all_arguments().map(value).collect();
        // The names that sentences link to are in another package.
        let about = sentence(builder.about).replace("{@link ", "{@link io.agora.token.");
        text.push_str(&format!(
            "\n{}public String {}({}) {{\nreturn OfficialBuilders.build({}, {});\n}}\n",
            comment(&[about]),
            official.method,
            parameters.join(", "),
            builder.number,
            values.join(", ")
        ));
    }
    text + "}\n"
}

fn roles<const N: usize>(roles: [(String, u32); N]) -> String {
    let rows = roles.map(|(name, number)| format!("{name}({number})")).join(",\n");
    format!(
        "/** What a user may do in a channel. */\npublic enum Role {{\n{rows};\n\npublic int initValue;\n\nRole(int \
         initValue) {{ this.initValue = initValue; }}\n}}\n"
    )
}

fn title(name: &str) -> String {
    super::names::capitalized(name)
}

/// As the official code calls it.
fn name(argument: &Argument) -> String {
    match argument.name {
        "user_account" => "account".to_owned(),
        "privilege_expired_ts" => "privilegeTs".to_owned(),
        name => camel(name),
    }
}

fn type_of(argument: &Argument) -> &'static str {
    match (argument.kind, argument.kind.row().shape) {
        (Kind::Role | Kind::Role006, _) => "Role",
        (Kind::RoomRole, _) => "Short",
        (_, Shape::Text) => "String",
        (_, Shape::Integer(..)) => "int",
        (_, Shape::Permissions) => "AccessToken2.ServiceRtm2.Permissions",
    }
}

/// Numbers of 32 bits have no sign on the wire.
fn value(argument: &Argument) -> String {
    let name = name(argument);
    match (argument.kind, argument.kind.row().shape) {
        (Kind::Role | Kind::Role006, _) => format!("{name} == null ? null : {name}.initValue"),
        (Kind::RoomRole, _) | (_, Shape::Text) => name,
        (_, Shape::Integer(..)) => format!("Integer.toUnsignedLong({name})"),
        (_, Shape::Permissions) => format!("AccessToken2.ServiceRtm2.ours({name})"),
    }
}
