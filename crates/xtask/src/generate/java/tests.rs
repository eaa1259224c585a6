//! The table of the tests: from the names in the vectors to the methods of the package.

use agora_token::describe::{Argument, BUILDERS, Kind, Shape};

use super::names::{class, generated_official, method};

pub(super) fn table() -> String {
    let mut text = String::from(
        "import java.util.LinkedHashMap;\nimport java.util.Map;\n\n/** The builders by their names in tests/vectors. \
         */\nfinal class BuilderTable {\n/** Calls a builder with the arguments of a case. */\ninterface Call {\nString \
         with(Arguments args);\n}\n\nprivate BuilderTable() {}\n\nstatic final Map<String, Call> FACE = new \
         LinkedHashMap<>();\nstatic final Map<String, Call> OFFICIAL = new LinkedHashMap<>();\nstatic {\n",
    );
    for builder in BUILDERS {
        let values: Vec<_> = builder.all_arguments().map(of_face).collect();
        text.push_str(&format!(
            "FACE.put(\"{}\", args -> {}.{}({}));\n",
            builder.name,
            class(builder),
            method(builder),
            values.join(", ")
        ));
        if let Some(official) = generated_official(builder) {
            let whole = format!("{}.{}", official.package, official.class);
            let values: Vec<_> = builder.all_arguments().map(|argument| of_compat(argument, &whole)).collect();
            text.push_str(&format!(
                "OFFICIAL.put(\"{}\", args -> new {whole}().{}({}));\n",
                builder.name,
                official.method,
                values.join(", ")
            ));
        }
    }
    text + "}\n}\n"
}

fn of_face(argument: &Argument) -> String {
    let name = argument.name;
    match (argument.kind, argument.kind.row().shape) {
        (Kind::Role, _) => format!("Role.fromNumber(args.number(\"{name}\"))"),
        (Kind::Role006, _) => format!("Role006.fromNumber(args.number(\"{name}\"))"),
        (Kind::RoomRole, _) => format!("(int) args.number(\"{name}\")"),
        (_, Shape::Text) => format!("args.text(\"{name}\")"),
        (_, Shape::Integer(..)) => format!("args.number(\"{name}\")"),
        (_, Shape::Permissions) => "args.permissions()".to_owned(),
    }
}

fn of_compat(argument: &Argument, class: &str) -> String {
    let name = argument.name;
    match (argument.kind, argument.kind.row().shape) {
        (Kind::Role | Kind::Role006, _) => {
            format!("args.official({class}.Role.values(), role -> role.initValue, \"{name}\")")
        }
        (Kind::RoomRole, _) => format!("(short) args.number(\"{name}\")"),
        (_, Shape::Text) => format!("args.text(\"{name}\")"),
        (_, Shape::Integer(..)) => format!("(int) args.number(\"{name}\")"),
        (_, Shape::Permissions) => "args.officialPermissions()".to_owned(),
    }
}
