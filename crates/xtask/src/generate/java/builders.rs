//! The one-call builders: classes with the official names, whose arguments the core checks.

use agora_token::describe::{Argument, BUILDERS, Builder, Kind, Shape};

use super::super::prose::camel;
use super::names::{capitalized, class, class_about, comment, escaped, method, sentence, type_of};

pub(super) fn files() -> Vec<(String, String)> {
    let mut classes: Vec<(String, Vec<&Builder>)> = Vec::new();
    for builder in BUILDERS {
        let name = class(builder);
        match classes.iter_mut().find(|(known, _)| *known == name) {
            Some((_, builders)) => builders.push(builder),
            None => classes.push((name, vec![builder])),
        }
    }
    classes
        .into_iter()
        .map(|(name, builders)| {
            let text = face(&name, &builders);
            (name, text)
        })
        .collect()
}

fn face(name: &str, builders: &[&Builder]) -> String {
    let about = builders.first().map(|builder| class_about(builder)).unwrap_or_default();
    let errors = "Every method throws an {@link AgoraTokenException} that names the argument at fault.".to_owned();
    let mut text = format!("{}public final class {name} {{\nprivate {name}() {{}}\n", comment(&[about, errors]));
    for builder in builders {
        let all: Vec<_> = builder.all_arguments().collect();
        text.push_str(&function(builder, &all, ""));
        // Java has no arguments that may be left out.
        let needed: Vec<_> = all.iter().copied().filter(|argument| argument.default.is_none()).collect();
        if needed.len() < all.len() {
            let left_out = all.iter().filter_map(|argument| Some((argument.name, argument.default?)));
            let note = left_out.map(|(name, value)| format!("{{@code {}}} is {value}.", camel(name)));
            text.push_str(&function(builder, &needed, &note.collect::<Vec<_>>().join(" ")));
        }
    }
    text + "}\n"
}

fn function(builder: &Builder, arguments: &[&Argument], note: &str) -> String {
    let about = [sentence(builder.about), note.to_owned()].join(" ");
    let mut lines = vec![about.trim().to_owned()];
    for argument in arguments {
        let about = [argument.about, "; ", argument.kind.row().about].concat();
        lines.push(format!("@param {} {}", camel(argument.name), escaped(&capitalized(&about))));
    }
    lines.push("@return the token".to_owned());
    let parameters = arguments.iter().map(|argument| format!("{} {}", type_of(argument), camel(argument.name)));
    let writes = arguments.iter().map(|argument| write(argument));
    format!(
        "\n{}public static String {}({}) {{\nRequest request = new Request().integer({});\n{}return \
         request.send(Operation.BUILD).ascii();\n}}\n",
        comment(&lines),
        method(builder),
        parameters.collect::<Vec<_>>().join(", "),
        builder.number,
        writes.collect::<String>()
    )
}

fn write(argument: &Argument) -> String {
    let name = camel(argument.name);
    match (argument.kind, argument.kind.row().shape) {
        (Kind::Role | Kind::Role006, _) => {
            format!("request.integer({name} == null ? null : (Integer) {name}.getNumber());\n")
        }
        (_, Shape::Text) => format!("request.text({name});\n"),
        (_, Shape::Integer(..)) => format!("request.integer({name});\n"),
        (_, Shape::Permissions) => format!("request.permissions({name});\n"),
    }
}
