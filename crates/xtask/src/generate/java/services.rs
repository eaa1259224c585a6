//! The services of AccessToken2 as classes with fields.

use agora_token::describe::{Field, SERVICES, ServiceRow};

use super::super::prose::camel;
use super::names::{capitalized, comment, constant, escaped, field_about};

pub(super) fn files() -> Vec<(String, String)> {
    let mut files: Vec<_> = SERVICES.iter().map(|row| (class(row), service(row))).collect();
    files.push(("Services".to_owned(), reader()));
    files
}

fn class(row: &ServiceRow) -> String {
    format!("Service{}", row.variant)
}

/// The type of a field, and how it comes out of a reply.
fn type_of(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Role => ("int", "(int) reply.integer()"),
        Field::Permissions => ("Permissions", "reply.permissions()"),
        _ => ("Text", "reply.anyText()"),
    }
}

/// `JOIN_CHANNEL`, since the class has the service's name.
fn privilege<'r>(row: &ServiceRow, name: &'r str) -> &'r str {
    name.strip_prefix(&format!("{}_", row.variant.to_uppercase())).unwrap_or(name)
}

fn service(row: &ServiceRow) -> String {
    let class = class(row);
    let mut text = format!(
        "import java.util.Arrays;\nimport java.util.List;\n\n{}public final class {class} extends Service {{\n",
        comment(&[escaped(row.about.trim())])
    );
    for each in row.privileges {
        let about = each.about.trim().split_once(": ").map_or(each.about.trim(), |(_, about)| about);
        let name = privilege(row, each.constant);
        text.push_str(&format!("/** {} */\npublic static final int {name} = {};\n\n", capitalized(about), each.number));
    }
    for field in row.fields {
        text.push_str(&format!("private final {} {};\n", type_of(*field).0, camel(field.name())));
    }
    text.push_str(&constructors(row, &class));
    text.push_str(&format!(
        "@Override\npublic ServiceType getType() {{ return ServiceType.{}; }}\n\n",
        constant(row.variant)
    ));
    for field in row.fields {
        let name = camel(field.name());
        let (of, _) = type_of(*field);
        let about = field_about(*field);
        text.push_str(&format!("/** {about} */\npublic {of} get{}() {{ return {name}; }}\n\n", capitalized(&name)));
        let place = match field {
            Field::ChannelName => "channel",
            Field::Account | Field::UserId | Field::UserUuid => "user",
            Field::RoomUuid | Field::Role | Field::Permissions => continue,
        };
        text.push_str(&format!("@Override\nText {place}() {{ return {name}; }}\n\n"));
    }
    let fields: Vec<_> = row.fields.iter().map(|field| camel(field.name())).collect();
    text + &format!("@Override\nList<Object> fields() {{ return Arrays.asList({}); }}\n}}\n", fields.join(", "))
}

/// Of any bytes; of strings; and, where there is an account, of a uid.
fn constructors(row: &ServiceRow, class: &str) -> String {
    if row.fields.is_empty() {
        return format!("/** It has no fields. */\npublic {class}() {{}}\n\n");
    }
    let mut text = String::new();
    let parameters = |text: &str| {
        let parameter = |field: &Field| match type_of(*field).0 {
            "Text" => format!("{text} {}", camel(field.name())),
            of => format!("{of} {}", camel(field.name())),
        };
        row.fields.iter().map(parameter).collect::<Vec<_>>().join(", ")
    };
    let docs = |of: &str| {
        let params = row.fields.iter().map(|field| format!("@param {} {}", camel(field.name()), field_about(*field)));
        let mut lines = vec![of.to_owned()];
        lines.extend(params);
        comment(&lines)
    };
    let set = row.fields.iter().map(|field| format!("this.{0} = {0};\n", camel(field.name()))).collect::<String>();
    text.push_str(&format!("\n{}public {class}({}) {{\n{set}}}\n\n", docs("Of texts."), parameters("Text")));
    let values = |account: &str| {
        let value = |field: &Field| match (field, type_of(*field).0) {
            (Field::Account, _) => account.to_owned(),
            (_, "Text") => format!("Text.of({})", camel(field.name())),
            _ => camel(field.name()),
        };
        row.fields.iter().map(value).collect::<Vec<_>>().join(", ")
    };
    text.push_str(&format!(
        "{}public {class}({}) {{\nthis({});\n}}\n\n",
        docs("Of strings."),
        parameters("String"),
        values("Text.of(account)")
    ));
    if row.fields.contains(&Field::Account) {
        let parameters = parameters("String").replace("String account", "long uid");
        let about = comment(&["For a uid, where 0 is any user.".to_owned()]);
        text.push_str(&format!("{about}public {class}({parameters}) {{\nthis({});\n}}\n\n", values("Text.ofUid(uid)")));
    }
    text
}

/// Makes a service of what a reply says of its fields.
fn reader() -> String {
    let cases = SERVICES.iter().map(|row| {
        let values = row.fields.iter().map(|field| type_of(*field).1).collect::<Vec<_>>().join(", ");
        format!("case {}: return new {}({values});\n", constant(row.variant), class(row))
    });
    format!(
        "/** Makes services of what a token says. */\nfinal class Services {{\nprivate Services() {{}}\n\n/** The \
         service whose fields come next, in the order of the wire. */\nstatic Service read(ServiceType type, Reply reply) \
         {{\nswitch (type) {{\n{}default: throw new IllegalArgumentException(type.toString());\n}}\n}}\n}}\n",
        cases.collect::<String>()
    )
}
