//! The functions of the C ABI: their numbers and names for the engine of WebAssembly, and one C function that calls any
//! of them for cgo, which costs more to cross than a token costs to make.

use super::super::c_functions::{Call, Functions};
use super::names::exported;

/// Those that are not of a handle.
fn others() -> Vec<Call> {
    let call = |name: &str, parameters: &[&str], is_refusable| Call {
        name: name.to_owned(),
        parameters: parameters.iter().map(ToString::to_string).collect(),
        is_refusable,
        gives_status: name != "string_free",
    };
    vec![
        call("build", &["void *", "void *", "size_t", "void *"], true),
        call("string_free", &["void *"], false),
        call("access_token2_add_service", &["void *", "uint16_t", "void *", "size_t", "void *"], true),
    ]
}

fn all(functions: &Functions) -> Vec<Call> {
    others().into_iter().chain(functions.calls()).collect()
}

pub(super) fn table(functions: &Functions) -> String {
    let calls = all(functions);
    let constants: String =
        calls.iter().map(|call| format!("// Fn{0} is agora_{1}.\nFn{0}\n", exported(&call.name), call.name)).collect();
    let rows: String = calls
        .iter()
        .map(|call| format!("Fn{}: {{\"agora_{}\", {}}},\n", exported(&call.name), call.name, call.is_refusable))
        .collect();
    let (smallest, largest) = (agora_token::source::SMALLEST_SALT, agora_token::source::LARGEST_SALT);
    format!(
        "package core\n\n\
         // Function is a function of the C ABI.\ntype Function uint32\n\n\
         // The functions, by their names in the header.\nconst (\nnone Function = iota\n{constants}functionCount\n)\n\n\
         // What the engines have to know of each: its name, and whether its last parameter is an agora_refusal.\n\
         var functions = [functionCount]struct {{\nname string\nrefusable bool\n}}{{\n{rows}}}\n\n\
         // The salts that are drawn.\nconst (\nsmallestSalt = {smallest}\nlargestSalt = {largest}\n)\n"
    )
}

pub(super) fn shim(functions: &Functions) -> String {
    let mut text = String::from(
        "#include <agora_token.h>\n\n\
         // Calls the function of this number with these arguments, each in a word of its own.\n\
         static uint64_t agora_go_call(uint32_t function, const uint64_t *a)\n{\nswitch (function) {\n",
    );
    for (index, call) in all(functions).iter().enumerate() {
        let refusal = call.is_refusable.then(|| "void *".to_owned());
        let arguments: Vec<String> = call
            .parameters
            .iter()
            .chain(&refusal)
            .enumerate()
            .map(|(place, of)| match of.as_str() {
                "void *" => format!("(void *)(uintptr_t)a[{place}]"),
                of => format!("({of})a[{place}]"),
            })
            .collect();
        let called = format!("agora_{}({})", call.name, arguments.join(", "));
        let number = index + 1;
        text.push_str(&match call.gives_status {
            true => format!("case {number}:\nreturn (uint32_t){called};\n"),
            false => format!("case {number}:\n{called};\nreturn 0;\n"),
        });
    }
    text + "default:\nreturn AGORA_ERROR_INTERNAL;\n}\n}\n"
}
