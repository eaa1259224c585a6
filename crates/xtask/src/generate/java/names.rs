//! What the official package calls things, and the spelling of Java.

use agora_token::describe::{Argument, BUILDERS, Builder, Class, Field, Kind, Shape};

use super::super::prose::{camel, expand};

/// A method of the official package.
#[derive(Clone, Copy)]
pub(super) struct Official {
    pub(super) package: &'static str,
    pub(super) class: &'static str,
    pub(super) method: &'static str,
}

/// The official names, by the builder's number. There are none for conversational AI and speech to text.
const OFFICIAL: [(u16, &str, &str, &str); 19] = [
    (1, "io.agora.media", "RtcTokenBuilder", "buildTokenWithUid"),
    (2, "io.agora.media", "RtcTokenBuilder", "buildTokenWithUserAccount"),
    (4, "io.agora.media", "RtcTokenBuilder2", "buildTokenWithUid"),
    (5, "io.agora.media", "RtcTokenBuilder2", "buildTokenWithUserAccount"),
    (6, "io.agora.media", "RtcTokenBuilder2", "buildTokenWithUid"),
    (7, "io.agora.media", "RtcTokenBuilder2", "buildTokenWithUserAccount"),
    (8, "io.agora.media", "RtcTokenBuilder2", "buildTokenWithRtm"),
    (9, "io.agora.media", "RtcTokenBuilder2", "buildTokenWithRtm2"),
    (10, "io.agora.rtm", "RtmTokenBuilder2", "buildToken"),
    (11, "io.agora.rtm", "RtmTokenBuilder2", "buildTokenWithPermissions"),
    (12, "io.agora.chat", "ChatTokenBuilder2", "buildUserToken"),
    (13, "io.agora.chat", "ChatTokenBuilder2", "buildAppToken"),
    (14, "io.agora.media", "FpaTokenBuilder", "buildToken"),
    (15, "io.agora.apaas", "ApaasTokenBuilder", "buildRoomUserToken"),
    (16, "io.agora.apaas", "ApaasTokenBuilder", "buildUserToken"),
    (17, "io.agora.apaas", "ApaasTokenBuilder", "buildAppToken"),
    (18, "io.agora.education", "EducationTokenBuilder2", "buildRoomUserToken"),
    (19, "io.agora.education", "EducationTokenBuilder2", "buildUserToken"),
    (20, "io.agora.education", "EducationTokenBuilder2", "buildAppToken"),
];

/// The official class that carries more than its builder, and is written by hand.
const BY_HAND: (u16, Official) =
    (3, Official { package: "io.agora.rtm", class: "RtmTokenBuilder", method: "buildToken" });

/// The method with the official name, if there is one.
pub(super) fn official(builder: &Builder) -> Option<Official> {
    if builder.number == BY_HAND.0 {
        return Some(BY_HAND.1);
    }
    generated_official(builder)
}

/// The same of classes that are generated.
pub(super) fn generated_official(builder: &Builder) -> Option<Official> {
    let (_, package, class, method) = OFFICIAL.into_iter().find(|(number, ..)| *number == builder.number)?;
    Some(Official { package, class, method })
}

/// The word for a class in the names of builders, its own name, and what it is for.
fn class_row(class: Class) -> (&'static str, &'static str, &'static str) {
    match class {
        Class::Rtc => ("rtc", "Rtc", "voice and video"),
        Class::Rtm => ("rtm", "Rtm", "real-time messaging"),
        Class::Chat => ("chat", "Chat", "Chat"),
        Class::Fpa => ("fpa", "Fpa", "full-path acceleration"),
        Class::Apaas => ("apaas", "Apaas", "the flexible classroom"),
        Class::Education => ("education", "Education", "the flexible classroom, by its older name"),
        Class::ConvoAi => ("convo_ai", "ConvoAi", "conversational AI"),
        Class::Stt => ("stt", "Stt", "speech to text"),
    }
}

/// `RtcTokenBuilder`
pub(super) fn class(builder: &Builder) -> String {
    format!("{}TokenBuilder{}", class_row(builder.class).1, if builder.is_006() { "006" } else { "" })
}

/// What the class of a builder is for.
pub(super) fn class_about(builder: &Builder) -> String {
    let purpose = class_row(builder.class).2;
    match builder.is_006() {
        true => format!(
            "The official builders of AccessToken (006) for {purpose}. Times are <b>absolute</b>, Unix seconds; every \
             token ends a day from now."
        ),
        false => format!("The official builders of AccessToken2 (007) for {purpose}. All times are seconds from now."),
    }
}

/// `buildTokenWithUid`: neither the class nor the generation is in the name of a method.
pub(super) fn method(builder: &Builder) -> String {
    let word = class_row(builder.class).0;
    camel(&builder.name.replace("token2", "token").replace(&format!("build_{word}_"), "build_"))
}

/// The type of a parameter.
pub(super) fn type_of(argument: &Argument) -> &'static str {
    match (argument.kind, argument.kind.row().shape) {
        (Kind::Role, _) => "Role",
        (Kind::Role006, _) => "Role006",
        (Kind::RoomRole, _) => "int",
        (_, Shape::Text) => "String",
        (_, Shape::Integer(..)) => "long",
        (_, Shape::Permissions) => "Permissions",
    }
}

/// `CONVO_AI`, the constant of a service.
pub(super) fn constant(variant: &str) -> String {
    let mut constant = String::new();
    for (index, character) in variant.chars().enumerate() {
        if index > 0 && character.is_ascii_uppercase() {
            constant.push('_');
        }
        constant.push(character.to_ascii_uppercase());
    }
    constant
}

/// What a field is, one sentence.
pub(super) fn field_about(field: Field) -> &'static str {
    match field {
        Field::ChannelName => "The channel; empty for any.",
        Field::Account => "An account or the digits of a uid; empty for any user.",
        Field::UserId => "Who logs in; empty in an app token.",
        Field::RoomUuid => "The room; empty outside of one.",
        Field::UserUuid => "The user; empty in an app token.",
        Field::Role => "The classroom's own numbers; -1 stands for none.",
        Field::Permissions => "What that user may read and write.",
    }
}

/// A documentation comment of these paragraphs and items; google-java-format breaks its lines.
pub(super) fn comment(lines: &[String]) -> String {
    let mut text = String::from("/**\n");
    for (index, line) in lines.iter().enumerate() {
        let paragraph = if index > 0 && !line.starts_with('@') { "<p>" } else { "" };
        text.push_str(&format!(" * {paragraph}{line}\n"));
    }
    text + " */\n"
}

/// A text in a documentation comment, where some characters mean something.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('@', "&#64;")
}

/// A sentence of the description, with what it names linked.
pub(super) fn sentence(text: &str) -> String {
    expand(&escaped(text), |name| match BUILDERS.iter().find(|builder| builder.name == name) {
        Some(builder) => format!("{{@link {}#{}}}", class(builder), method(builder)),
        None => format!("{{@code {}}}", camel(name)),
    })
}

/// The text with its first letter large.
pub(super) fn capitalized(text: &str) -> String {
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}", first.to_uppercase())
}
