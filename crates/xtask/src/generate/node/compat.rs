//! The official modules: the same names, and the lenience of the official code.

use agora_token::describe::{Argument, BUILDERS, Builder, Class, Field, Kind, SERVICES, ServiceRow};
use agora_token::{Role, Role006};

use super::super::prose::camel;
use super::names::{classes, comment, field_about, official_method, privilege, sentence, service};

/// What an argument is where it is left out: more of them may be than elsewhere.
fn default(argument: &Argument) -> Option<&'static str> {
    match argument.kind {
        Kind::PrivilegeExpire | Kind::PrivilegeExpiredTs => Some("0"),
        Kind::RoomRole => Some("-1"),
        _ => None,
    }
}

/// The builder whose row is used: the official code takes any text for a uid.
fn row(builder: &'static Builder) -> &'static Builder {
    let name = builder.name.replace("_with_uid", "_with_user_account");
    BUILDERS.iter().find(|other| other.name == name).unwrap_or(builder)
}

pub(super) fn builders() -> String {
    let mut text = String::from(
        "// The official builders: they take what the official ones take, and give '' where those fail.\n\n\
         'use strict'\n\n\
         const native = require('../../lib/native.cjs')\n\
         const { given } = require('../../lib/error.cjs')\n\
         const lenient = require('../lenient.cjs')\n\
         const { permissionRows } = require('../service.cjs')\n\n\
         const build = (number, values) => lenient.quietly(() => given(native.buildOfficial(number, values())), '')\n",
    );
    let role = |name: &str, number: u32| format!("{}: {number}", name.to_uppercase());
    let roles = [Role::Publisher, Role::Subscriber].map(|each| role(each.name(), each.into())).join(", ");
    let roles_006 = Role006::ALL.map(|each| role(each.name(), each.into())).join(", ");
    text.push_str(&format!(
        "\nconst RtcRole = {{ {roles} }}\nconst RtcRole006 = {{ {roles_006} }}\nconst RtmRole006 = {{ Rtm_User: 1 }}\n"
    ));
    let mut exports = vec!["RtcRole".to_owned(), "RtcRole006".to_owned(), "RtmRole006".to_owned()];
    for (class, _, builders) in classes() {
        text.push_str(&format!("\nclass {class} {{\n"));
        for builder in builders {
            let parameters = builder.all_arguments().map(|argument| match default(argument) {
                Some(value) => format!("{} = {value}", camel(argument.name)),
                None => camel(argument.name),
            });
            let values = builder.all_arguments().map(|argument| value(builder, argument));
            text.push_str(&format!(
                "static {}({}) {{\nreturn build({}, () => [{}])\n}}\n\n",
                official_method(builder),
                parameters.collect::<Vec<_>>().join(", "),
                row(builder).number,
                values.collect::<Vec<_>>().join(", "),
            ));
        }
        text.push_str("}\n");
        exports.push(class);
    }
    text + &format!("\nmodule.exports = {{ {} }}\n", exports.join(", "))
}

fn value(builder: &Builder, argument: &Argument) -> String {
    let name = camel(argument.name);
    match argument.kind {
        Kind::AppId | Kind::AppCertificate => name,
        Kind::ChannelName | Kind::RoomUuid => format!("lenient.text({name})"),
        Kind::Uid | Kind::UserAccount | Kind::UserId | Kind::UserUuid => format!("lenient.user({name})"),
        // Two of the official builders tell a number from its text.
        Kind::Role if matches!(builder.class, Class::ConvoAi | Class::Stt) => format!("lenient.strictRole({name})"),
        Kind::Role006 | Kind::Role => format!("lenient.role({name})"),
        Kind::RoomRole => format!("lenient.i16({name} ?? -1)"),
        Kind::TokenExpire | Kind::PrivilegeExpire | Kind::PrivilegeExpiredTs => format!("lenient.u32({name})"),
        Kind::Permissions => format!("permissionRows({name})"),
    }
}

pub(super) fn builder_declarations() -> String {
    let mut text = String::from(
        "// The official builders: '' on failure. agora-token-native has the same names with errors that say what is \
         wrong.\n\n\
         import type { Text } from '../../index.js'\n\
         import type { Numeric, Rtm2Permissions, User } from '../service.cjs'\n",
    );
    let mut constant = |name: &str, about: &str, members: Vec<(String, u32)>| {
        text.push_str(&format!("\n/** {about} */\nexport declare const {name}: {{\n"));
        for (name, number) in members {
            text.push_str(&format!("/** {} */\n{name}: {number}\n", number_words(&name)));
        }
        text.push_str("}\n");
    };
    let roles = [Role::Publisher, Role::Subscriber].map(|role| (role.name().to_uppercase(), role.into()));
    let roles_006 = Role006::ALL.map(|role| (role.name().to_uppercase(), role.into()));
    constant("RtcRole", "What a user may do in a channel.", roles.into());
    constant("RtcRole006", "What a user may do in a channel, in an AccessToken (006).", roles_006.into());
    constant("RtmRole006", "The one role of messaging.", vec![("Rtm_User".to_owned(), 1)]);
    for (class, about, builders) in classes() {
        text.push('\n');
        text.push_str(&comment(&[about], 0));
        text.push_str(&format!("export declare class {class} {{\nprivate constructor()\n"));
        for builder in builders {
            text.push_str(&comment(&[sentence(builder.about)], 4));
            let arguments: Vec<_> = builder.all_arguments().collect();
            let parameters = arguments.iter().enumerate().map(|(index, argument)| {
                let (name, of) = (camel(argument.name), type_of(builder, argument));
                let is_last = arguments.iter().skip(index).all(|argument| default(argument).is_some());
                match default(argument) {
                    Some(_) if is_last => format!("{name}?: {of}"),
                    Some(_) => format!("{name}: {of} | undefined"),
                    None => format!("{name}: {of}"),
                }
            });
            let parameters = parameters.collect::<Vec<_>>().join(", ");
            text.push_str(&format!("static {}({parameters}): string\n", official_method(builder)));
        }
        text.push_str("}\n");
    }
    text
}

/// What a role lets its holder do.
fn number_words(name: &str) -> &'static str {
    match name {
        "ATTENDEE" | "ADMIN" => "Older; publishes.",
        "PUBLISHER" => "Joins and publishes.",
        "SUBSCRIBER" => "Joins.",
        _ => "A user.",
    }
}

fn type_of(builder: &Builder, argument: &Argument) -> &'static str {
    match argument.kind {
        Kind::AppId | Kind::AppCertificate => "string",
        Kind::ChannelName | Kind::RoomUuid => "Text",
        Kind::Uid | Kind::UserAccount | Kind::UserId | Kind::UserUuid => "User",
        // Messaging takes any role and looks at none.
        Kind::Role006 if builder.class == Class::Rtm => "unknown",
        Kind::Permissions => "Rtm2Permissions",
        _ => "Numeric",
    }
}

/// How a service's constructor takes its fields.
#[derive(PartialEq)]
enum Taking {
    /// Each has to be given.
    Given,
    /// Nothing given is the empty text.
    OrNothing,
    /// Nothing or null is the empty text.
    OrNull,
}

fn taking(row: &ServiceRow) -> Taking {
    match row.name {
        "rtc" => Taking::Given,
        "streaming" | "fcdn" => Taking::OrNothing,
        _ => Taking::OrNull,
    }
}

/// The parameter for a field, and the property that holds it.
fn names(row: &ServiceRow, field: Field) -> (String, String) {
    match (row.name, field) {
        ("rtc", Field::Account) => ("uid".to_owned(), "__uid".to_owned()),
        ("rtc" | "rtm" | "chat", _) => (field.name().to_owned(), format!("__{}", field.name())),
        _ => (camel(field.name()), format!("__{}", field.name())),
    }
}

const fn is_user(field: Field) -> bool {
    matches!(field, Field::Account | Field::UserId | Field::UserUuid)
}

pub(super) fn services() -> String {
    let mut text = String::from(
        "// The services of the official AccessToken2.js.\n\n\
         'use strict'\n\n\
         const { ByteBuf } = require('../bytes.cjs')\n\
         const lenient = require('../lenient.cjs')\n\
         const { Rtm2Permissions, Service, packPermissions, readPermissions } = require('../service.cjs')\n\n",
    );
    let mut classes = Vec::new();
    let mut types = Vec::new();
    for row in SERVICES {
        let name = format!("k{}ServiceType", service(row));
        text.push_str(&format!("const {name} = {}\n", row.service.number()));
        types.push(name);
    }
    for (row, kind) in SERVICES.iter().zip(&types) {
        let class = format!("Service{}", service(row));
        text.push_str(&format!("\nclass {class} extends Service {{\n"));
        for each in row.privileges {
            text.push_str(&format!("static {} = {}\n", privilege(row, each), each.number));
        }
        let parameters = row.fields.iter().map(|field| {
            let (parameter, _) = names(row, *field);
            if taking(row) == Taking::OrNothing { format!("{parameter} = ''") } else { parameter }
        });
        let set = row.fields.iter().map(|field| {
            let (parameter, property) = names(row, *field);
            let value = match field {
                Field::Role => format!("{parameter} ?? -1"),
                Field::Permissions => format!("{parameter} || new Rtm2Permissions()"),
                _ => {
                    let given = if taking(row) == Taking::OrNull { format!("{parameter} ?? ''") } else { parameter };
                    if is_user(*field) { format!("lenient.user({given})") } else { given }
                }
            };
            format!("this.{property} = {value}\n")
        });
        text.push_str(&format!(
            "\nconstructor({}) {{\nsuper({kind})\n{}}}\n{}}}\n",
            parameters.collect::<Vec<_>>().join(", "),
            set.collect::<String>(),
            pack_and_unpack(row),
        ));
        classes.push(class);
    }
    let by_type: Vec<_> = types.iter().zip(&classes).map(|(kind, class)| format!("[{kind}]: {class}")).collect();
    let [classes, types, by_type] = [classes, types, by_type].map(|list| list.join(", "));
    text + &format!(
        "\nconst CLASSES = {{ {by_type} }}\n\n\
         module.exports = {{ CLASSES, SERVICES: {{ {classes} }}, TYPES: {{ {types} }} }}\n"
    )
}

/// How a service with fields is written into a token and read from it.
fn pack_and_unpack(row: &ServiceRow) -> String {
    if row.fields.is_empty() {
        return String::new();
    }
    let (mut packed, mut read) = (vec!["super.pack()".to_owned()], String::new());
    for field in row.fields {
        let property = names(row, *field).1;
        let (put, get) = match field {
            Field::Permissions => (format!("packPermissions(this.{property})"), "readPermissions(reader)"),
            Field::Role => (format!("new ByteBuf().putInt16(this.{property}).pack()"), "reader.getInt16()"),
            _ => (format!("new ByteBuf().putString(this.{property}).pack()"), "reader.getString()"),
        };
        packed.push(put);
        read.push_str(&format!("this.{property} = {get}\n"));
    }
    format!(
        "\npack() {{\nreturn Buffer.concat([{}])\n}}\n\nunpack(buffer) {{\nconst reader = super.unpack(buffer)\n{read}return reader\n}}\n",
        packed.join(", ")
    )
}

pub(super) fn service_declarations() -> String {
    let mut text = String::from(
        "// The services of the official AccessToken2.js.\n\n\
         import type { Text } from '../../index.js'\n\
         import { Service } from '../service.cjs'\nimport type { Numeric, Rtm2Permissions, User } from '../service.cjs'\n",
    );
    for row in SERVICES {
        let (name, number) = (service(row), row.service.number());
        text.push_str(&format!(
            "\n/** The number of the {name} service. */\nexport declare const k{name}ServiceType: {number}\n"
        ));
    }
    for row in SERVICES {
        text.push('\n');
        text.push_str(&comment(&[row.about.trim().to_owned()], 0));
        text.push_str(&format!("export declare class Service{} extends Service {{\n", service(row)));
        let parameters = row.fields.iter().map(|field| {
            let of = if is_user(*field) { "User" } else { property_type(*field) };
            let (parameter, _) = names(row, *field);
            match taking(row) {
                Taking::Given => format!("{parameter}: {of}"),
                Taking::OrNothing => format!("{parameter}?: {of}"),
                Taking::OrNull => format!("{parameter}?: {of} | null"),
            }
        });
        text.push_str(&format!("constructor({})\n", parameters.collect::<Vec<_>>().join(", ")));
        for field in row.fields {
            text.push_str(&comment(&[field_about(*field).to_owned()], 4));
            text.push_str(&format!("{}: {}\n", names(row, *field).1, property_type(*field)));
        }
        for each in row.privileges {
            text.push_str(&comment(&[each.about.trim().to_owned()], 4));
            text.push_str(&format!("static readonly {}: {}\n", privilege(row, each), each.number));
        }
        text.push_str("}\n");
    }
    text
}

fn property_type(field: Field) -> &'static str {
    match field {
        Field::Role => "Numeric",
        Field::Permissions => "Rtm2Permissions",
        _ => "Text",
    }
}

/// `RtcTokenBuilder.buildTokenWithUid` as the package exports it; the older generation has modules of its own.
pub(super) fn official(builder: &Builder) -> String {
    let class = super::names::class(builder);
    let module = if builder.is_006() { "src/" } else { "" };
    format!("{module}{}.{}", class.trim_end_matches("006"), official_method(builder))
}
