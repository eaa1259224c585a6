//! What the official packages call things, and the spelling of Go.

use agora_token::describe::{Argument, BUILDERS, Builder, Kind, PrivilegeRow, ServiceRow, Shape};

use super::super::prose::{camel, expand, snake, wrap};

/// The official package of a builder, and its function there.
pub(super) fn official(builder: &Builder) -> (&'static str, &'static str) {
    match builder.name {
        "build_token_with_uid" => ("rtctokenbuilder", "BuildTokenWithUID"),
        "build_token_with_user_account" => ("rtctokenbuilder", "BuildTokenWithUserAccount"),
        "build_rtm_token" => ("rtmtokenbuilder", "BuildToken"),
        "build_token2_with_uid" => ("rtctokenbuilder2", "BuildTokenWithUid"),
        "build_token2_with_user_account" => ("rtctokenbuilder2", "BuildTokenWithUserAccount"),
        "build_token2_with_uid_and_privilege" => ("rtctokenbuilder2", "BuildTokenWithUidAndPrivilege"),
        "build_token2_with_user_account_and_privilege" => ("rtctokenbuilder2", "BuildTokenWithUserAccountAndPrivilege"),
        "build_token2_with_rtm" => ("rtctokenbuilder2", "BuildTokenWithRtm"),
        "build_token2_with_rtm2" => ("rtctokenbuilder2", "BuildTokenWithRtm2"),
        "build_rtm_token2" => ("rtmtokenbuilder2", "BuildToken"),
        "build_rtm_token2_with_permissions" => ("rtmtokenbuilder2", "BuildTokenWithPermissions"),
        "build_chat_user_token2" => ("chatTokenBuilder", "BuildChatUserToken"),
        "build_chat_app_token2" => ("chatTokenBuilder", "BuildChatAppToken"),
        "build_fpa_token2" => ("fpatokenbuilder", "BuildToken"),
        "build_apaas_room_user_token2" => ("apaastokenbuilder", "BuildRoomUserToken"),
        "build_apaas_user_token2" => ("apaastokenbuilder", "BuildUserToken"),
        "build_apaas_app_token2" => ("apaastokenbuilder", "BuildAppToken"),
        "build_education_room_user_token2" => ("educationtokenbuilder", "BuildRoomUserToken"),
        "build_education_user_token2" => ("educationtokenbuilder", "BuildUserToken"),
        "build_education_app_token2" => ("educationtokenbuilder", "BuildAppToken"),
        "build_convo_ai_token2" => ("convoaitokenbuilder", "BuildToken"),
        "build_stt_token2" => ("stttokenbuilder", "BuildToken"),
        name => unreachable!("{name} has no official name in Go"),
    }
}

/// The constants of roles that an official package has.
pub(super) fn official_roles(package: &str) -> &'static [(&'static str, u32)] {
    match package {
        "rtctokenbuilder" => &[("RoleAttendee", 0), ("RolePublisher", 1), ("RoleSubscriber", 2), ("RoleAdmin", 101)],
        "rtctokenbuilder2" => &[("RolePublisher", 1), ("RoleSubscriber", 2)],
        "rtmtokenbuilder" => &[("RoleRtmUser", 1)],
        _ => &[],
    }
}

/// The type of an official service, without its first word: `Apaas`, `FCdn`.
pub(super) fn official_service(row: &ServiceRow) -> &'static str {
    match row.variant {
        "Fcdn" => "FCdn",
        "ConvoAi" => "ConvoAI",
        variant => variant,
    }
}

/// The official constant of a privilege: the services that came first have the shortest.
pub(super) fn official_privilege(row: &ServiceRow, privilege: &PrivilegeRow) -> String {
    let name = upper_first(privilege.name);
    match row.variant {
        "Rtc" | "Rtm" | "Fpa" | "Rtm2" => format!("Privilege{name}"),
        _ => format!("Privilege{}{name}", official_service(row)),
    }
}

/// The official name of a service's field.
pub(super) fn official_field(row: &ServiceRow, field: &str) -> String {
    match (row.variant, field) {
        ("Rtc", "account") => "Uid".to_owned(),
        _ => upper_first(&camel(field)),
    }
}

pub(super) fn upper_first(text: &str) -> String {
    let (first, rest) = text.split_at(usize::from(!text.is_empty()));
    first.to_uppercase() + rest
}

/// `build_token2_with_uid` as `BuildToken2WithUID`.
pub(super) fn exported(name: &str) -> String {
    name.split('_').map(word).collect()
}

/// `channel_name` as `channelName`, `uid` as `uid`.
pub(super) fn unexported(name: &str) -> String {
    match name.split_once('_') {
        Some((first, rest)) => first.to_owned() + &exported(rest),
        None => name.to_owned(),
    }
}

/// A word as it stands inside of a name: Go writes initials in one case.
fn word(word: &str) -> String {
    match word {
        "id" | "uid" | "uuid" | "rtc" | "rtm" | "rtm2" | "fpa" | "stt" | "ai" | "crc" | "sdk" | "utf8" | "fcdn"
        | "json" => word.to_uppercase(),
        "apaas" => "APaaS".to_owned(),
        word => upper_first(word),
    }
}

/// `ServiceRTC`, without the first word.
pub(super) fn service(row: &ServiceRow) -> String {
    exported(&snake(row.name))
}

/// `RTCJoinChannel`.
pub(super) fn privilege(constant: &str) -> String {
    // A name cannot begin with the digits of the older generation.
    let name = exported(&constant.to_lowercase());
    name.strip_prefix("006").map_or(name.clone(), |rest| format!("{rest}006"))
}

/// The type of an argument.
pub(super) fn type_of(argument: &Argument) -> &'static str {
    match (argument.kind, argument.kind.row().shape) {
        (Kind::Role | Kind::Role006, _) => "Role",
        (_, Shape::Text) => "string",
        (_, Shape::Permissions) => "Permissions",
        (_, Shape::Integer(i64::MIN..0, _)) => "int16",
        (_, Shape::Integer(..)) => "uint32",
    }
}

/// Parameters that share a type as Go writes them: `appID, appCertificate string, uid uint32`.
pub(super) fn parameters(named: &[(String, String)]) -> String {
    let mut text = String::new();
    for (index, (name, of)) in named.iter().enumerate() {
        let shares = named.get(index + 1).is_some_and(|(_, next)| next == of);
        let separator = if index == 0 { "" } else { ", " };
        text.push_str(separator);
        text.push_str(name);
        if !shares {
            text.push_str(&format!(" {of}"));
        }
    }
    text
}

/// A value of an argument as the core takes it.
pub(super) fn value(argument: &Argument, name: &str) -> String {
    match argument.kind.row().shape {
        Shape::Text => format!("core.Text({name})"),
        Shape::Permissions => format!("core.Made({name}.make)"),
        Shape::Integer(..) => format!("core.Number(int64({name}))"),
    }
}

/// A sentence of the description in Go's words.
pub(super) fn sentence(text: &str) -> String {
    expand(text, |name| match BUILDERS.iter().any(|builder| builder.name == name) {
        true => exported(name),
        false => unexported(name),
    })
}

/// A comment of these paragraphs; a list item begins with two dashes.
pub(super) fn comment(lines: &[String], indent: usize) -> String {
    let margin = format!("{}//", "\t".repeat(indent));
    let mut text = String::new();
    for line in lines {
        let item = line.strip_prefix("- ");
        let lead = if item.is_some() { format!("{margin}   ") } else { format!("{margin} ") };
        for (number, wrapped) in wrap(item.unwrap_or(line), "", 110).into_iter().enumerate() {
            let bullet = match (item, number) {
                (None, _) => "",
                (Some(_), 0) => "- ",
                (Some(_), _) => "  ",
            };
            text.push_str(format!("{lead}{bullet}{wrapped}").trim_end());
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_have_one_case() {
        assert_eq!(exported("build_token2_with_uid"), "BuildToken2WithUID");
        assert_eq!(exported("build_apaas_room_user_token2"), "BuildAPaaSRoomUserToken2");
        assert_eq!((unexported("app_id"), unexported("uid")), ("appID".to_owned(), "uid".to_owned()));
        assert_eq!(
            (privilege("RTC_JOIN_CHANNEL"), privilege("006_RTM_LOGIN")),
            ("RTCJoinChannel".to_owned(), "RTMLogin006".to_owned())
        );
    }

    #[test]
    fn every_builder_has_an_official_name_of_its_own() {
        let mut names: Vec<_> = BUILDERS.iter().map(official).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), BUILDERS.len());
    }

    #[test]
    fn parameters_share_a_type() {
        let named = [("a", "string"), ("b", "string"), ("c", "int")].map(|(name, of)| (name.to_owned(), of.to_owned()));
        assert_eq!(parameters(&named), "a, b string, c int");
    }
}
