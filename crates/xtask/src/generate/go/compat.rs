//! The official packages: the same names, and the lenience of the official code.

use agora_token::describe::{BUILDERS, Builder, Field, Kind, SERVICES};

use super::super::c::RTM2_TYPES;
use super::super::prose::camel;
use super::names::{
    comment, official, official_field, official_privilege, official_roles, official_service, parameters, sentence,
    type_of, unexported, upper_first, value,
};

/// The packages of builders, in the order of their first builder.
fn grouped() -> Vec<(&'static str, Vec<&'static Builder>)> {
    let mut packages: Vec<(&str, Vec<&Builder>)> = Vec::new();
    for builder in BUILDERS {
        let (package, _) = official(builder);
        match packages.iter_mut().find(|(known, _)| *known == package) {
            Some((_, builders)) => builders.push(builder),
            None => packages.push((package, vec![builder])),
        }
    }
    packages
}

pub(super) fn packages(module: &str) -> Vec<(String, String)> {
    let file = |(package, builders): (&str, Vec<&Builder>)| {
        (format!("compat/{package}/generated_{}.go", package.to_lowercase()), text(module, package, &builders))
    };
    grouped().into_iter().map(file).collect()
}

/// Where the type of a role stands that a package has no own of.
const ROLES: &str = "rtctokenbuilder2";

fn text(module: &str, package: &str, builders: &[&Builder]) -> String {
    let roles = official_roles(package);
    let takes = |kinds: &[Kind]| {
        builders.iter().flat_map(|builder| builder.arguments).any(|argument| kinds.contains(&argument.kind))
    };
    let borrows_role = roles.is_empty() && takes(&[Kind::Role]);
    let mut imports = vec![format!("{module}/internal/core")];
    // It makes errors of what the core refuses.
    let mut blank = format!("_ \"{module}\"\n");
    if takes(&[Kind::Permissions]) {
        imports.push(format!("{module}/compat/accesstoken2"));
    }
    if borrows_role {
        imports.push(format!("{module}/compat/{ROLES}"));
    }
    imports.sort();
    blank.extend(imports.iter().map(|path| format!("\"{path}\"\n")));
    let mut text = format!(
        "// Package {package} has the names of the official package, and takes what that takes; its tokens are made by\n\
         // the core of agoratoken, whose functions check their arguments.\npackage {package}\n\nimport (\n{blank})\n"
    );
    if !roles.is_empty() {
        text.push_str("\n// Role is what a user may do.\ntype Role uint16\n\n// The roles.\nconst (\n");
        for (name, number) in roles {
            text.push_str(&format!("{name} = {number}\n"));
        }
        text.push_str(")\n");
    }
    for builder in builders {
        let named: Vec<_> = builder
            .all_arguments()
            .map(|argument| {
                let of = match argument.kind {
                    Kind::Role if borrows_role => format!("{ROLES}.Role"),
                    Kind::Permissions => "*accesstoken2.Rtm2Permissions".to_owned(),
                    _ => type_of(argument).to_owned(),
                };
                (unexported(argument.name), of)
            })
            .collect();
        let values: Vec<_> = builder
            .all_arguments()
            .map(|argument| match argument.kind {
                Kind::Permissions => format!("core.Made({}.Make)", unexported(argument.name)),
                _ => value(argument, &unexported(argument.name)),
            })
            .collect();
        let (_, function) = official(builder);
        let about = match sentence(builder.about).strip_prefix("An ") {
            Some(rest) => format!("{function} builds an {rest}"),
            None => format!("{function} builds a token as {} does.", official_of(builder)),
        };
        text.push_str(&format!(
            "\n{}func {function}({}) (string, error) {{\nreturn core.Build({}, true, {})\n}}\n",
            comment(&[about], 0),
            parameters(&named),
            builder.number,
            values.join(", ")
        ));
    }
    text
}

/// The builder that another speaks of.
fn official_of(builder: &Builder) -> String {
    let other = BUILDERS.iter().find(|other| builder.about.contains(&format!("{{{}}}", other.name)));
    other.map_or_else(String::new, |other| {
        let (package, function) = official(other);
        format!("{package}.{function}")
    })
}

/// The services of the official accesstoken2.
pub(super) fn services(module: &str) -> String {
    let mut text = format!("package accesstoken2\n\nimport \"{module}/internal/core\"\n\n// The services.\nconst (\n");
    for row in SERVICES {
        text.push_str(&format!("ServiceType{} = {}\n", official_service(row), row.service.number()));
    }
    text.push_str(")\n\n// The privileges of the services.\nconst (\n");
    let mut known: Vec<String> = Vec::new();
    for row in SERVICES {
        for privilege in row.privileges {
            let name = official_privilege(row, privilege);
            if !known.contains(&name) {
                text.push_str(&format!("{name} = {}\n", privilege.number));
                known.push(name);
            }
        }
    }
    text.push_str(")\n\n// What a user of RTM2 may do with what.\nconst (\n");
    for (name, number, _) in RTM2_TYPES {
        let family = if matches!(name, "READ" | "WRITE") { "Permission" } else { "Resource" };
        text.push_str(&format!("Rtm2{family}{} = {number}\n", upper_first(&camel(&name.to_lowercase()))));
    }
    text.push_str(")\n");
    let mut made = String::new();
    for row in SERVICES {
        let (name, number) = (official_service(row), row.service.number());
        let (mut fields, mut named, mut set, mut values, mut places) =
            (String::new(), Vec::new(), String::new(), Vec::new(), Vec::new());
        for field in row.fields {
            let place = official_field(row, field.name());
            let (of, value) = match field {
                Field::Role => ("int16", format!("core.Number(int64(s.{place}))")),
                Field::Permissions => ("*Rtm2Permissions", format!("core.Made(s.{place}.Make)")),
                _ => ("string", format!("core.Text(s.{place})")),
            };
            fields.push_str(&format!("{place} {of}\n"));
            let parameter = place[..1].to_lowercase() + &place[1..];
            match field {
                Field::Permissions => set.push_str(&format!("{place}: orNone({parameter}), ")),
                _ => set.push_str(&format!("{place}: {parameter}, ")),
            }
            named.push((parameter, of.to_owned()));
            values.push(value);
            places.push(match field {
                Field::Permissions => format!("s.{place}"),
                _ => format!("&s.{place}"),
            });
        }
        let values = match values.is_empty() {
            true => "nil".to_owned(),
            false => format!("[]core.Value{{{}}}", values.join(", ")),
        };
        let about = [format!("Service{name} is a service. {}", row.about.trim())];
        text.push_str(&format!(
            "\n{0}type Service{name} struct {{\n*Service\n{fields}}}\n\n\
             // NewService{name} makes the service without privileges.\n\
             func NewService{name}({1}) *Service{name} {{\nreturn &Service{name}{{Service: NewService({number}), {set}}}\n}}\n\n\
             func (s *Service{name}) values() []core.Value {{ return {values} }}\n\n\
             func (s *Service{name}) places() []any {{ return []any{{{2}}} }}\n",
            comment(&about, 0),
            parameters(&named),
            places.join(", ")
        ));
        if row.fields == [Field::ChannelName, Field::Account] && row.variant != "Rtc" {
            text.push_str(&format!(
                "\n// NewService{name}WithUid makes the service for a uid; 0 is any user.\n\
                 func NewService{name}WithUid(channelName string, uid uint32) *Service{name} {{\n\
                 return NewService{name}(channelName, GetUidStr(uid))\n}}\n"
            ));
        }
        let empty: Vec<_> = row
            .fields
            .iter()
            .map(|field| match field {
                Field::Role => "-1",
                Field::Permissions => "nil",
                _ => "\"\"",
            })
            .collect();
        made.push_str(&format!("case ServiceType{name}:\nreturn NewService{name}({})\n", empty.join(", ")));
    }
    text + &format!(
        "\n// newService is an empty service of this type; nil for one that is not known.\n\
         func newService(serviceType uint16) IService {{\nswitch serviceType {{\n{made}}}\nreturn nil\n}}\n"
    )
}

/// From the names in the vectors to the official functions.
pub(super) fn tables(module: &str) -> String {
    let imports: String = grouped().iter().map(|(package, _)| format!("\"{module}/compat/{package}\"\n")).collect();
    let mut text = format!(
        "package compat_test\n\nimport (\n{imports})\n\n\
         // call calls the official function of the builder of this name with the arguments of a vector.\n\
         func call(name string, a arguments) (string, error) {{\nswitch name {{\n"
    );
    for builder in BUILDERS {
        let (package, function) = official(builder);
        let role = if official_roles(package).is_empty() { ROLES } else { package };
        let values = super::tests::values(builder, &format!("{role}."));
        text.push_str(&format!("case \"agora_{}\":\nreturn {package}.{function}({values})\n", builder.name));
    }
    text + "}\npanic(\"no builder is called \" + name)\n}\n"
}
