//! What the official package calls things, and the spelling of JavaScript.

use agora_token::describe::{Argument, BUILDERS, Builder, Class, Field, Kind, PrivilegeRow, ServiceRow};

use super::super::prose::{camel, expand, wrap};

/// The official names that the rule of [`method`] does not give.
const OFFICIAL: [(&str, &str); 2] = [
    ("build_token_with_user_account", "buildTokenWithAccount"),
    ("build_token2_with_user_account_and_privilege", "BuildTokenWithUserAccountAndPrivilege"),
];

/// The word for a class in the names of builders, its own name, and what it is for.
fn class_row(class: Class) -> (&'static str, &'static str, &'static str) {
    match class {
        Class::Rtc => ("rtc", "Rtc", "voice and video"),
        Class::Rtm => ("rtm", "Rtm", "real-time messaging"),
        Class::Chat => ("chat", "Chat", "Chat"),
        Class::Fpa => ("fpa", "Fpa", "full-path acceleration"),
        Class::Apaas => ("apaas", "Apaas", "the flexible classroom"),
        Class::Education => ("education", "Education", "the flexible classroom, by its older name"),
        Class::ConvoAi => ("convo_ai", "ConvoAI", "conversational AI"),
        Class::Stt => ("stt", "Stt", "speech to text"),
    }
}

/// The classes with their builders: those of AccessToken2 first.
pub(super) fn classes() -> Vec<(String, String, Vec<&'static Builder>)> {
    let mut classes: Vec<(String, String, Vec<&Builder>)> = Vec::new();
    let (old, new): (Vec<_>, Vec<_>) = BUILDERS.iter().partition(|builder| builder.is_006());
    for builder in new.into_iter().chain(old) {
        let name = class(builder);
        match classes.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, _, builders)) => builders.push(builder),
            None => {
                let (_, _, purpose) = class_row(builder.class);
                let about = match builder.is_006() {
                    true => format!(
                        "AccessToken (006) for {purpose}. Times are **absolute**, Unix seconds; every token ends a day \
                         from now."
                    ),
                    false => format!("AccessToken2 (007) for {purpose}. All times are seconds from now."),
                };
                classes.push((name, about, vec![builder]));
            }
        }
    }
    classes
}

/// `RtcTokenBuilder`
pub(super) fn class(builder: &Builder) -> String {
    format!("{}TokenBuilder{}", class_row(builder.class).1, if builder.is_006() { "006" } else { "" })
}

/// `buildTokenWithUid`: neither the class nor the generation is in the name of a method.
pub(super) fn method(builder: &Builder) -> String {
    let word = class_row(builder.class).0;
    let name = builder.name.replace("token2", "token").replace(&format!("build_{word}_"), "build_");
    camel(&name)
}

/// The method's name in the official package.
pub(super) fn official_method(builder: &Builder) -> String {
    let official = OFFICIAL.iter().find(|(name, _)| *name == builder.name);
    official.map_or_else(|| method(builder), |(_, official)| (*official).to_owned())
}

/// What an argument is where it is left out, if it may be.
pub(super) fn default(argument: &Argument) -> Option<u32> {
    argument.default.or((argument.kind == Kind::PrivilegeExpiredTs).then_some(0))
}

/// Arguments as parameters of a function, those with a default at the end.
pub(super) fn parameters(builder: &Builder) -> String {
    let parameter = |argument: &Argument| match default(argument) {
        Some(value) => format!("{} = {value}", camel(argument.name)),
        None => camel(argument.name),
    };
    builder.all_arguments().map(parameter).collect::<Vec<_>>().join(", ")
}

/// `ServiceFCdn`, without the first word.
pub(super) fn service(row: &ServiceRow) -> &'static str {
    match row.variant {
        "Fcdn" => "FCdn",
        "ConvoAi" => "ConvoAI",
        variant => variant,
    }
}

/// The constant of a privilege in its service's class.
pub(super) fn privilege(row: &ServiceRow, privilege: &PrivilegeRow) -> String {
    match privilege.constant.strip_prefix("APAAS_") {
        Some(name) => format!("PRIVILEGE_{name}"),
        None => {
            let name = if row.privileges.is_empty() { "" } else { privilege.name };
            let (first, rest) = name.split_at(usize::from(!name.is_empty()));
            format!("kPrivilege{}{rest}", first.to_uppercase())
        }
    }
}

/// What a field is, one sentence.
pub(super) fn field_about(field: Field) -> &'static str {
    match field {
        Field::ChannelName => "Empty for any channel.",
        Field::Account => "An account or the digits of a uid; empty for any user.",
        Field::UserId => "Who logs in; empty in an app token.",
        Field::RoomUuid => "The room; empty outside of one.",
        Field::UserUuid => "The user; empty in an app token.",
        Field::Role => "The classroom's own numbers; -1 stands for none.",
        Field::Permissions => "What that user may read and write.",
    }
}

/// A documentation comment of these paragraphs and items, one a line.
pub(super) fn comment(lines: &[String], indent: usize) -> String {
    let margin = " ".repeat(indent);
    if let [line] = lines {
        let whole = format!("{margin}/** {line} */\n");
        if whole.chars().count() <= 121 {
            return whole;
        }
    }
    let mut text = format!("{margin}/**\n");
    for line in lines.iter().flat_map(|line| wrap(line, &format!("{margin} * "), 120)) {
        text.push_str(&line);
        text.push('\n');
    }
    text + &format!("{margin} */\n")
}

/// A sentence of the description, with what it names linked.
pub(super) fn sentence(text: &str) -> String {
    expand(text, |name| match BUILDERS.iter().find(|builder| builder.name == name) {
        Some(builder) => format!("{{@link {}.{}}}", class(builder), method(builder)),
        None => format!("`{}`", camel(name)),
    })
}
