//! The services of AccessToken2 as structs.

use agora_token::describe::{Field, SERVICES};

use super::names::{comment, exported, service};

pub(super) fn face(module: &str) -> String {
    let mut text = format!("package agoratoken\n\nimport \"{module}/internal/core\"\n");
    let mut made = String::new();
    for row in SERVICES {
        let name = format!("Service{}", service(row));
        text.push('\n');
        text.push_str(&comment(&[format!("{name} is a service of AccessToken2. {}", row.about.trim())], 0));
        text.push_str(&format!("type {name} struct {{\n"));
        let mut shown = Vec::new();
        let mut places = Vec::new();
        for field in row.fields {
            let (of, about, value) = match field {
                Field::Role => {
                    ("int16", "The classroom's own numbers; -1 stands for none.", "core.Number(int64(s.{}))")
                }
                Field::Permissions => ("Permissions", "What that user may read and write.", "core.Made(s.{}.make)"),
                Field::ChannelName => ("string", "Empty for any channel.", "core.Text(s.{})"),
                Field::Account => {
                    ("string", "An account, or the digits of a uid; empty for any user.", "core.Text(s.{})")
                }
                Field::UserId => ("string", "Who logs in; empty in an app token.", "core.Text(s.{})"),
                Field::RoomUuid => ("string", "The room; empty outside of one.", "core.Text(s.{})"),
                Field::UserUuid => ("string", "The user; empty in an app token.", "core.Text(s.{})"),
            };
            let place = exported(field.name());
            text.push_str(&format!("\t// {about}\n\t{place} {of}\n"));
            shown.push(value.replace("{}", &place));
            places.push(match field {
                Field::Permissions => format!("pairsInto{{&s.{place}}}"),
                _ => format!("&s.{place}"),
            });
        }
        let values = match shown.is_empty() {
            true => "nil".to_owned(),
            false => format!("[]core.Value{{{}}}", shown.join(", ")),
        };
        text.push_str(&format!(
            "\t// What it grants.\n\tPrivileges Privileges\n}}\n\n\
             // Type is ServiceType{0}.\nfunc (s *{name}) Type() ServiceType {{ return ServiceType{0} }}\n\n\
             func (s *{name}) granted() *Privileges {{ return &s.Privileges }}\n\n\
             func (s *{name}) values() []core.Value {{ return {values} }}\n\n\
             func (s *{name}) places() []any {{ return []any{{{1}}} }}\n",
            service(row),
            places.join(", ")
        ));
        made.push_str(&format!("case ServiceType{}:\nreturn new({name})\n", service(row)));
    }
    text + &format!(
        "\n// newService is an empty service of this type; nil for one that is not known.\n\
         func newService(of ServiceType) Service {{\nswitch of {{\n{made}}}\nreturn nil\n}}\n"
    )
}

/// The number of a field in the C ABI; 0 for one that is no text.
pub(super) const fn number(field: Field) -> u32 {
    match field {
        Field::ChannelName => 1,
        Field::Account => 2,
        Field::UserId => 3,
        Field::RoomUuid => 4,
        Field::UserUuid => 5,
        Field::Role | Field::Permissions => 0,
    }
}
