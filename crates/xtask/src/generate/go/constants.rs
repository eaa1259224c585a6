//! The constants of the core's tables.

use agora_token::ErrorCode;
use agora_token::describe::SERVICES;
use agora_token::doctor::FindingCode;

use super::super::c::{ROLES, RTM2_TYPES, field_names, privileges_of_006_alone};
use super::super::c_functions::Functions;
use super::names::{comment, exported, privilege, service, unexported};
use super::services::number;

pub(super) fn face() -> String {
    let mut text = String::from("package agoratoken\n");
    let mut group = |about: &str, of: &str, rows: Vec<(String, String, String)>| {
        text.push_str(&format!("\n// {about}\nconst (\n"));
        for (name, value, about) in rows {
            text.push_str(&comment(&[about], 1));
            text.push_str(&format!("\t{name} {of} = {value}\n"));
        }
        text.push_str(")\n");
    };
    let codes = ErrorCode::ALL
        .iter()
        .map(|code| (code_name(*code), code.number().to_string(), format!("{}: {}", code.name(), code.about().trim())));
    group("The codes of errors. The numbers are those of the C ABI.", "ErrorCode", codes.collect());
    let roles = ROLES
        .iter()
        .map(|(name, role, about)| (exported(&name.to_lowercase()), u32::from(*role).to_string(), (*about).to_owned()));
    group("The roles of a user in a channel.", "Role", roles.collect());
    let services = SERVICES.iter().map(|row| {
        (format!("ServiceType{}", service(row)), row.service.number().to_string(), row.about.trim().to_owned())
    });
    group("The services of AccessToken2, by their numbers on the wire.", "ServiceType", services.collect());
    let privileges = SERVICES.iter().flat_map(|row| row.privileges).chain(privileges_of_006_alone());
    let privileges =
        privileges.map(|row| (privilege(row.constant), row.number.to_string(), row.about.trim().to_owned()));
    group(
        "The privileges of services. Those of RTC are an AccessToken's (006) too, which has two more.",
        "Privilege",
        privileges.collect(),
    );
    let (permissions, resources): (Vec<_>, Vec<_>) =
        RTM2_TYPES.iter().partition(|(name, ..)| matches!(*name, "READ" | "WRITE"));
    for (about, of, rows) in [
        ("What resources of RTM2 there are.", "ResourceType", resources),
        ("What a user may do with a resource of RTM2.", "PermissionType", permissions),
    ] {
        let rows = rows
            .iter()
            .map(|(name, number, about)| (exported(&name.to_lowercase()), number.to_string(), (*about).to_owned()));
        group(about, of, rows.collect());
    }
    let findings = FindingCode::ALL.iter().map(|code| {
        (
            format!("Finding{}", exported(&code.name().to_lowercase())),
            format!("\"{}\"", code.name()),
            code.meaning().to_owned(),
        )
    });
    group("The codes that Diagnose may find.", "FindingCode", findings.collect());
    let names: String = ErrorCode::ALL
        .iter()
        .map(|code| {
            let error = code.into_error();
            let (name, reason) = (code.name(), go_text(error.reason()));
            let (field, fault, status) = (unexported(code.field()), code.fault().name(), code.http_status());
            format!("{}: {{\"{name}\", \"{field}\", {reason}, \"{fault}\", {status}}},\n", code_name(*code))
        })
        .collect();
    let first_of_tokens = ErrorCode::ALL.iter().filter(|code| !code.is_of_argument()).map(|code| code.number()).min();
    text + &format!(
        "\n// firstOfTokens is the first code that speaks of a token; those before it speak of an argument.\n\
         const firstOfTokens ErrorCode = {}\n\n\
         // codeTexts are the name of each code, the argument that it speaks of, what it says after that argument, and who\n\
         // is at fault.\n\
         var codeTexts = map[ErrorCode]struct {{\nname, field, reason string\nfault Fault\nhttpStatus int\n}}{{\n{names}}}\n\n\
         // serviceNames are the names of services in a decoded token's JSON.\n\
         var serviceNames = map[ServiceType]string{{\n{}}}\n",
        first_of_tokens.unwrap_or_default(),
        SERVICES.iter().map(|row| format!("ServiceType{}: \"{}\",\n", service(row), row.name)).collect::<String>()
    )
}

fn code_name(code: ErrorCode) -> String {
    format!("Code{}", exported(&code.name().to_lowercase()))
}

fn go_text(text: &str) -> String {
    format!("{text:?}")
}

/// The names that refusals speak of, in Go's spelling where that is another.
pub(super) fn fields(functions: &Functions) -> String {
    let rows: String = field_names(functions)
        .into_iter()
        .filter(|name| unexported(name) != *name)
        // Go hands over no NULL, and reads the environment itself.
        .filter(|name| !name.starts_with("out_") && !name.starts_with("AGORA_"))
        .map(|name| format!("\"{name}\": \"{}\",\n", unexported(name)))
        .collect();
    let numbers: String = SERVICES
        .iter()
        .map(|row| {
            let fields: Vec<_> = row.fields.iter().map(|field| number(*field).to_string()).collect();
            format!("{}: {{{}}},\n", row.service.number(), fields.join(", "))
        })
        .collect();
    format!(
        "package core\n\n\
         // fieldNumbers are the fields of each service in the order of the wire, by their numbers in the C ABI; 0 for one\n\
         // that is no text.\n\
         var fieldNumbers = map[uint16][]uint64{{\n{numbers}}}\n\n\
         // fieldNames are the names of arguments and fields in the C ABI that Go spells in another way.\n\
         var fieldNames = map[string]string{{\n{rows}}}\n"
    )
}
