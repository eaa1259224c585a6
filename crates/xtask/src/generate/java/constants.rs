//! The constants of the core's tables.

use agora_token::describe::{PRIVILEGES_006, SERVICES};
use agora_token::doctor::FindingCode;
use agora_token::{ErrorCode, Role, Role006};

use super::names::{comment, constant, escaped};

pub(super) fn files() -> Vec<(String, String)> {
    let all = [
        ("ErrorCode", error_codes()),
        ("FindingCode", findings()),
        ("Role", roles()),
        ("Role006", roles_006()),
        ("ServiceType", service_types()),
        ("Privilege006", privileges_006()),
    ];
    all.map(|(class, text)| (class.to_owned(), text)).into()
}

fn error_codes() -> String {
    let rows = ErrorCode::ALL.iter().map(|code| {
        let fault = code.fault().name().to_uppercase();
        let about = comment(&[escaped(code.about().trim())]);
        format!("{about}{}({}, Fault.{fault})", code.name(), code.number())
    });
    format!(
        "/** Why something was refused; names and numbers are the same in every language. */
        public enum ErrorCode {{
          {};

          private final int number;
          private final Fault fault;

          ErrorCode(int number, Fault fault) {{ this.number = number; this.fault = fault; }}

          /** Its number in the C ABI. */
          public int getNumber() {{ return number; }}

          /** Who can do something about it. */
          public Fault getFault() {{ return fault; }}

          /** Whether it speaks of an argument of the call, not of the token that was read. */
          public boolean isOfArgument() {{ return number < {}; }}

          static ErrorCode fromNumber(int number) {{
            for (ErrorCode code : values()) {{ if (code.number == number) {{ return code; }} }}
            return INTERNAL;
          }}
        }}
",
        rows.collect::<Vec<_>>().join(",\n"),
        ErrorCode::ALL.iter().find(|code| !code.is_of_argument()).map_or(i32::MAX, |code| code.number()),
    )
}

fn findings() -> String {
    let rows =
        FindingCode::ALL.iter().map(|code| format!("{}{}", comment(&[escaped(code.meaning().trim())]), code.name()));
    format!(
        "/** What the doctor may find; the same in every language. */\npublic enum FindingCode {{\n{}\n}}\n",
        rows.collect::<Vec<_>>().join(",\n")
    )
}

fn publishing(publishes: bool) -> &'static str {
    if publishes { "Joins and publishes." } else { "Joins." }
}

fn roles() -> String {
    let rows = [Role::Publisher, Role::Subscriber].map(|role| (role.name(), u32::from(role), role.publishes(), ""));
    role_enum(
        "Role",
        "What a user may do in a channel. Agora's service looks at it only where co-host authentication is on.",
        "1 and 2",
        &rows,
    )
}

fn roles_006() -> String {
    let rows = Role006::ALL.map(|role| {
        let older = if u32::from(role) % 101 == 0 { "Older. " } else { "" };
        (role.name(), u32::from(role), role.publishes(), older)
    });
    role_enum(
        "Role006",
        "What a user may do in a channel, in an AccessToken (006): every role but the subscriber publishes.",
        "0, 1, 2 and 101",
        &rows,
    )
}

fn role_enum(class: &str, about: &str, numbers: &str, rows: &[(&str, u32, bool, &str)]) -> String {
    let rows = rows.iter().map(|(name, number, publishes, older)| {
        format!("/** {older}{} */\n{}({number})", publishing(*publishes), name.to_uppercase())
    });
    format!(
        "/** {about} */
        public enum {class} {{
          {};

          private final int number;

          {class}(int number) {{ this.number = number; }}

          /** Its number. */
          public int getNumber() {{ return number; }}

          /**
           * The role with this number.
           *
           * @throws InputException {{@link ErrorCode#INVALID_ROLE}} for all but {numbers}
           */
          public static {class} fromNumber(long number) {{
            for ({class} role : values()) {{ if (role.number == number) {{ return role; }} }}
            throw AgoraTokenException.of(ErrorCode.INVALID_ROLE, \"role\", \"is \" + number + \"; {numbers} expected\");
          }}
        }}
",
        rows.collect::<Vec<_>>().join(",\n")
    )
}

fn service_types() -> String {
    let rows = SERVICES.iter().map(|row| {
        let about = comment(&[escaped(row.about.trim())]);
        format!("{about}{}({}, \"{}\")", constant(row.variant), row.service.number(), row.name)
    });
    format!(
        "/** The services of AccessToken2. */
        public enum ServiceType {{
          {};

          private final int number;
          private final String name;

          ServiceType(int number, String name) {{ this.number = number; this.name = name; }}

          /** Its number on the wire. */
          public int getNumber() {{ return number; }}

          /** Its name in a decoded token's JSON. */
          public String getName() {{ return name; }}

          /** The service of a number, or null. */
          static ServiceType find(int number) {{
            for (ServiceType type : values()) {{ if (type.number == number) {{ return type; }} }}
            return null;
          }}
        }}
",
        rows.collect::<Vec<_>>().join(",\n")
    )
}

fn privileges_006() -> String {
    let rows = PRIVILEGES_006.iter().map(|row| {
        let name = row.constant.trim_start_matches("006_");
        format!("/** {} */\npublic static final int {name} = {};\n", row.about.trim(), row.number)
    });
    format!(
        "/** The privileges of an AccessToken (006). */\npublic final class Privilege006 {{\nprivate Privilege006() \
         {{}}\n\n{}}}\n",
        rows.collect::<Vec<_>>().join("\n")
    )
}
