//! The tables of the tests: from the names in the vectors to those of the package.

use agora_token::describe::{BUILDERS, SERVICES};

use super::names::{class, method, official_method, service};

pub(super) fn tables() -> String {
    let list = |names: Vec<&str>| names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    let mut text = String::from(
        "// The names of tests/vectors, and what the package has for them.\n\n\
         /** The builders: their official method's name is another one for some. */\nexport const BUILDERS = [\n",
    );
    for builder in BUILDERS {
        text.push_str(&format!(
            "{{ name: 'agora_{}', className: '{}', method: '{}', official: '{}', names: [{}] }},\n",
            builder.name,
            class(builder),
            method(builder),
            official_method(builder),
            list(builder.all_arguments().map(|argument| argument.name).collect()),
        ));
    }
    text.push_str("]\n\n/** The services by their type. */\nexport const SERVICES = {\n");
    for row in SERVICES {
        let fields = list(row.fields.iter().map(|field| field.name()).collect());
        let number = row.service.number();
        text.push_str(&format!("{number}: {{ className: 'Service{}', fields: [{fields}] }},\n", service(row)));
    }
    text + "}\n"
}
