//! The one-call builders as functions.

use agora_token::ErrorCode;
use agora_token::describe::{BUILDERS, Builder};

use super::names::{comment, exported, parameters, sentence, type_of, unexported, value};

pub(super) fn face(module: &str) -> String {
    let mut text = format!("package agoratoken\n\nimport \"{module}/internal/core\"\n");
    for builder in BUILDERS {
        let named: Vec<_> =
            builder.all_arguments().map(|argument| (unexported(argument.name), type_of(argument).to_owned())).collect();
        let values: Vec<_> =
            builder.all_arguments().map(|argument| value(argument, &unexported(argument.name))).collect();
        text.push_str(&format!(
            "\n{}func {}({}) (string, error) {{\nreturn core.Build({}, false, {})\n}}\n",
            docs(builder),
            exported(builder.name),
            parameters(&named),
            builder.number,
            values.join(", ")
        ));
    }
    text
}

/// What it builds, its arguments, and what refuses them.
fn docs(builder: &Builder) -> String {
    let name = exported(builder.name);
    let about = sentence(builder.about);
    let first = match about.strip_prefix("An ") {
        Some(rest) => format!("{name} builds an {rest}"),
        None => format!("{name} is {about}"),
    };
    let mut lines = vec![first, String::new()];
    let mut errors = Vec::new();
    for argument in builder.all_arguments() {
        let row = argument.kind.row();
        lines.push(format!("- {}: {}; {}", unexported(argument.name), argument.about, row.about));
        errors.extend(row.errors.iter().copied().chain([row.code]));
    }
    errors.sort();
    errors.dedup();
    let errors: Vec<_> = errors.into_iter().map(ErrorCode::name).collect();
    lines.extend([String::new(), format!("Its errors: {}.", errors.join(", "))]);
    comment(&lines, 0)
}
