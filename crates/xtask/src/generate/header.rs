//! agora_token.h: what cbindgen makes of crates/ffi, in the order in which people use it and under headings.

use anyhow::{Context, Result, anyhow, bail, ensure};

use crate::workspace::Workspace;

/// The headings, each with what the names of its declarations begin with. The longest beginning counts.
const SECTIONS: [(&str, &[&str]); 8] = [
    (
        "Versions, statuses and texts",
        &[
            "AGORA_TOKEN_VERSION_",
            "AGORA_ABI_VERSION",
            "agora_abi_version",
            "agora_version",
            "agora_status",
            "AGORA_OK",
            "AGORA_ERROR_",
            "AGORA_FAULT_",
            "AGORA_REASON_SIZE",
            "agora_refusal",
            "agora_string_free",
            "agora_check_text",
        ],
    ),
    ("Services, privileges and roles", &["AGORA_"]),
    (
        "Issuer: tokens that let somebody in",
        // The type alone: its functions stand with the other builders.
        &["agora_issuer", "agora_grant", "agora_check_", "agora_read_user", "agora_draw_salt", PERMISSIONS],
    ),
    ("Verifier: whether a token is good", &["agora_verifier", "agora_expected", "agora_verdict", "agora_inspect"]),
    ("Doctor: why a token does not let its user in", &["agora_attempt", "agora_diagnos", "AGORA_SEVERITY_"]),
    (
        "Permissions of messaging (RTM2)",
        &[
            "agora_rtm2_permissions_",
            "AGORA_RTM2_MESSAGE",
            "AGORA_RTM2_STREAM",
            "AGORA_RTM2_GROUP",
            "AGORA_RTM2_SERVER",
            "AGORA_RTM2_USERS",
            "AGORA_RTM2_READ",
            "AGORA_RTM2_WRITE",
        ],
    ),
    (
        "Builders: one call a token, with the official names",
        &["agora_build", "agora_call", "agora_value", "AGORA_BUILDER_", "AGORA_CALL_", "AGORA_VALUE_"],
    ),
    ("Mechanism: every token that exists, part by part", &["agora_", "AGORA_FIELD_", "AGORA_SIGNATURE_"]),
];

/// What holds for all functions under a heading.
const PREFACES: [(&str, &str); 1] = [(
    "Builders: one call a token, with the official names",
    "\
/* They return a status and no refusal: agora_status_field names the argument that a status is about, and agora_build,
 * which takes the same arguments as values, tells field and reason. */

",
)];

const PERMISSIONS: &str = "agora_rtm2_permissions";
const C_PLUS_PLUS: &str = "#ifdef __cplusplus\n";

/// The whole header.
pub(super) fn text(workspace: &Workspace) -> Result<String> {
    let library = workspace.root.join("crates/ffi");
    let config = cbindgen::Config::from_file(library.join("cbindgen.toml"))
        .map_err(|error| anyhow!("cbindgen.toml: {error}"))?;
    let bindings = cbindgen::Builder::new().with_crate(&library).with_config(config).generate()?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    in_order(&String::from_utf8(text)?)
}

/// What cbindgen wrote, with its declarations under our headings.
fn in_order(text: &str) -> Result<String> {
    // Head, includes and AGORA_MUST_USE end before the first comment of a declaration.
    let (head, rest) = text.split_at(text.find("\n// ").context("no declaration")? + 1);
    let opening = format!("{C_PLUS_PLUS}extern \"C\" {{\n#endif // __cplusplus\n");
    let (declarations, functions) = rest.split_once(&opening).context("no functions")?;
    let (functions, tail) = functions.split_at(functions.find(C_PLUS_PLUS).context("no end of the functions")?);
    let mut sections: [[String; 3]; SECTIONS.len()] = Default::default();
    for declaration in split(declarations)?.into_iter().chain(split(functions)?) {
        let name = name(&declaration)?;
        let section = section(name).with_context(|| format!("{name} belongs under no heading"))?;
        let kind = match declaration.lines().find(|line| !line.starts_with("//")) {
            Some(line) if line.starts_with("#define") => 0,
            Some(line) if line.starts_with("typedef") => 1,
            _ => 2,
        };
        sections[section][kind].push_str(&format!("{declaration}\n"));
    }
    let mut text = format!("{head}{opening}\n");
    for ((heading, _), kinds) in SECTIONS.iter().zip(sections) {
        text.push_str(&format!("/* ==== {heading} {} */\n\n", "=".repeat(102 - heading.len())));
        text.extend(PREFACES.iter().filter(|(of, _)| of == heading).map(|(_, preface)| *preface));
        // A type may need a number, and a function a type; a number of a status is cast to no type.
        text.extend(kinds);
    }
    Ok(text + tail)
}

/// The declarations, each with its comment.
fn split(text: &str) -> Result<Vec<String>> {
    let (mut declarations, mut open, mut depth) = (Vec::new(), String::new(), 0);
    for line in text.lines().filter(|line| !line.is_empty()) {
        open.push_str(line);
        open.push('\n');
        if line.trim_start().starts_with("//") {
            continue;
        }
        depth += line.matches('{').count();
        depth -= line.matches('}').count();
        if depth == 0 && (line.starts_with("#define") || line.ends_with(';')) {
            declarations.push(std::mem::take(&mut open));
        }
    }
    ensure!(open.is_empty(), "this declaration has no end: {open}");
    Ok(declarations)
}

/// What a declaration declares.
fn name(declaration: &str) -> Result<&str> {
    let is_code = |line: &&str| !line.starts_with("//") && *line != "AGORA_MUST_USE";
    let code = declaration.lines().find(is_code).context("a comment of nothing")?;
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    if let Some(rest) = code.strip_prefix("#define ") {
        return rest.split(' ').next().context("a #define of nothing");
    }
    let last =
        if code.starts_with("typedef") { declaration.trim_end() } else { code.split('(').next().unwrap_or(code) };
    match last.trim_end_matches(';').rsplit(|character| !is_word(character)).next() {
        Some(name) if !name.is_empty() => Ok(name),
        _ => bail!("a declaration without a name: {declaration}"),
    }
}

fn section(name: &str) -> Option<usize> {
    if name == PERMISSIONS {
        return SECTIONS.iter().position(|(_, beginnings)| beginnings.contains(&PERMISSIONS));
    }
    let of = |beginnings: &&[&str]| {
        let those = beginnings.iter().filter(|beginning| **beginning != PERMISSIONS && name.starts_with(**beginning));
        those.map(|beginning| beginning.len()).max()
    };
    let longest = SECTIONS.iter().filter_map(|(_, beginnings)| of(beginnings)).max()?;
    SECTIONS.iter().position(|(_, beginnings)| of(beginnings) == Some(longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_stands_under_the_heading_of_its_name() {
        for (name, heading) in [
            ("agora_status_name", "Versions"),
            ("agora_issuer_new", "Issuer"),
            ("agora_rtm2_permissions", "Issuer"),
            ("agora_rtm2_permissions_new", "Permissions"),
            ("AGORA_RTM2_LOGIN", "Services"),
            ("agora_access_token2_new", "Mechanism"),
            ("agora_check_text", "Versions"),
            ("agora_check_channel", "Issuer"),
        ] {
            assert!(SECTIONS[section(name).unwrap()].0.starts_with(heading), "{name}");
        }
    }

    #[test]
    fn declarations_keep_their_comments() {
        let text = "// One.\n#define AGORA_ONE 1\n\n// Two.\ntypedef struct {\n  // Its field;\n  int field;\n} agora_two;\n\n\
                    AGORA_MUST_USE\nint agora_three(int a,\n                int b);\n";
        let found = split(text).unwrap();
        let names: Vec<&str> = found.iter().map(|one| name(one).unwrap_or("?")).collect();
        assert_eq!(names, ["AGORA_ONE", "agora_two", "agora_three"]);
    }
}
