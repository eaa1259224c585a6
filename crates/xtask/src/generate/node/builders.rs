//! The one-call builders: functions of the bridge, and classes with the official names.

use agora_token::describe::{BUILDERS, Builder, Shape};

use super::super::prose::camel;
use super::names::{classes, comment, default, method, official_method, parameters, sentence};

pub(super) fn bridge() -> String {
    let mut text = String::from(
        "//! A function of the bridge for every builder.\n\n\
         use crate::builders::Row;\nuse crate::host::{Exports, Result};\n\n\
         /// Adds them to what the module exports.\n\
         pub(crate) fn builders(exports: &mut Exports<'_>) -> Result<()> {\n",
    );
    for builder in BUILDERS {
        let (name, count) = (camel(builder.name), builder.all_arguments().count());
        text.push_str(&format!("exports.add::<_, {count}>(\"{name}\", Row::<{}>)?;\n", builder.number));
    }
    text + "Ok(())\n}\n"
}

pub(super) fn face() -> String {
    let mut text = String::from(
        "// The official one-call builders. Arguments go to the bridge as they come and are checked there.\n\n\
         'use strict'\n\n\
         const native = require('../native.cjs')\n\
         const { given } = require('../error.cjs')\n\
         const { permissionRows } = require('../permissions.cjs')\n",
    );
    let mut exports = Vec::new();
    for (class, _, builders) in classes() {
        text.push_str(&format!("\nclass {class} {{\n"));
        for builder in &builders {
            text.push_str(&format!(
                "static {}({}) {{\nreturn given(native.{}({}))\n}}\n\n",
                method(builder),
                parameters(builder),
                camel(builder.name),
                values(builder),
            ));
        }
        text.push_str("}\n");
        for (method, official) in renamed(&builders) {
            text.push_str(&format!("// The official name.\n{class}.{official} = {class}.{method}\n"));
        }
        exports.push(class);
    }
    text + &format!("\nmodule.exports = {{ {} }}\n", exports.join(", "))
}

fn values(builder: &Builder) -> String {
    let value = |argument: &agora_token::describe::Argument| match argument.kind.row().shape {
        Shape::Permissions => format!("permissionRows({})", camel(argument.name)),
        _ => camel(argument.name),
    };
    builder.all_arguments().map(value).collect::<Vec<_>>().join(", ")
}

/// The methods that have another name in the official package, with that name.
fn renamed(builders: &[&Builder]) -> impl Iterator<Item = (String, String)> {
    let names = builders.iter().map(|builder| (method(builder), official_method(builder)));
    names.filter(|(method, official)| method != official)
}

pub(super) fn declarations() -> String {
    let mut text = String::from(
        "// The official one-call builders. Every method throws an AgoraTokenError that names the argument at fault.\n\n\
         import type { Rtm2Permissions } from '../permissions.cjs'\n",
    );
    for (class, about, builders) in classes() {
        text.push('\n');
        text.push_str(&comment(&[about], 0));
        text.push_str(&format!("export declare class {class} {{\nprivate constructor()\n"));
        for builder in &builders {
            text.push('\n');
            text.push_str(&method_comment(builder));
            let parameter = |argument: &agora_token::describe::Argument| {
                let of = match argument.kind.row().shape {
                    Shape::Text => "string",
                    Shape::Integer(..) => "number",
                    Shape::Permissions => "Rtm2Permissions",
                };
                let optional = if default(argument).is_some() { "?" } else { "" };
                format!("{}{optional}: {of}", camel(argument.name))
            };
            let parameters: Vec<_> = builder.all_arguments().map(parameter).collect();
            text.push_str(&format!("static {}({}): string\n", method(builder), parameters.join(", ")));
        }
        for (method, official) in renamed(&builders) {
            let about = format!("{{@link {method}}} by its official name.");
            text.push_str(&format!("\n{}static {official}: typeof {class}.{method}\n", comment(&[about], 4)));
        }
        text.push_str("}\n");
    }
    text
}

fn method_comment(builder: &Builder) -> String {
    let mut lines = vec![sentence(builder.about), String::new()];
    for argument in builder.all_arguments() {
        let default = default(argument).map_or_else(String::new, |value| format!("; {value} unless given"));
        let about = [argument.about, "; ", argument.kind.row().about, &default, "."].concat();
        lines.push(format!("@param {} {}{}", camel(argument.name), about[..1].to_uppercase(), &about[1..]));
    }
    comment(&lines, 4)
}
