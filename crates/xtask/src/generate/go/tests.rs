//! The tables of the tests: from the names in the vectors to the functions of the package.

use agora_token::describe::{BUILDERS, Builder, Kind, SERVICES, Shape};

use super::names::{exported, service, type_of, unexported};

pub(super) fn tables() -> String {
    let mut text = String::from(
        "package agoratoken\n\n\
         // call calls the builder of this name with the arguments of a vector.\n\
         func call(name string, a arguments) (string, error) {\nswitch name {\n",
    );
    for builder in BUILDERS {
        text.push_str(&format!(
            "case \"agora_{}\":\nreturn {}({})\n",
            builder.name,
            exported(builder.name),
            values(builder, "")
        ));
    }
    text.push_str("}\npanic(\"no builder is called \" + name)\n}\n\n// goNames are the names of arguments in the vectors, in Go's spelling.\nvar goNames = map[string]string{\n");
    let mut names: Vec<_> = BUILDERS.iter().flat_map(Builder::all_arguments).map(|argument| argument.name).collect();
    names.extend(SERVICES.iter().flat_map(|row| row.fields).map(|field| field.name()));
    names.sort_unstable();
    names.dedup();
    for name in names {
        text.push_str(&format!("\"{name}\": \"{}\",\n", unexported(name)));
    }
    text.push_str("}\n\n// fieldsOf are the fields of each service, by their names in the vectors.\nvar fieldsOf = map[ServiceType][]string{\n");
    for row in SERVICES {
        let fields: Vec<_> = row.fields.iter().map(|field| format!("\"{}\"", field.name())).collect();
        text.push_str(&format!("ServiceType{}: {{{}}},\n", service(row), fields.join(", ")));
    }
    text + "}\n"
}

/// The arguments of a vector for a builder's function.
pub(super) fn values(builder: &Builder, package: &str) -> String {
    let values = builder.all_arguments().map(|argument| {
        let name = argument.name;
        match (argument.kind, argument.kind.row().shape) {
            (Kind::Role | Kind::Role006, _) => format!("{package}Role(a.number(\"{name}\"))"),
            (_, Shape::Text) => format!("a.text(\"{name}\")"),
            (_, Shape::Permissions) => format!("a.permissions(\"{name}\")"),
            (_, Shape::Integer(..)) => format!("{}(a.number(\"{name}\"))", type_of(argument)),
        }
    });
    values.collect::<Vec<_>>().join(", ")
}
