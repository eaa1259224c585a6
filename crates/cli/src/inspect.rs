//! `inspect`: what a token says, as a table for people or as the library's JSON document.

use std::convert::Infallible;
use std::process::ExitCode;

use agora_token::describe::{Field, FieldValue};
use agora_token::source::{Clock, SystemClock};
use agora_token::{
    AppId, Bounds, Permissions, Privilege006, Privileges, Service, Text, Unverified, UnverifiedToken, UnverifiedToken2,
    hex,
};

use crate::args::Inspect;
use crate::failure::Failure;
use crate::moment::{date, from_now, span};
use crate::paint::Paint;
use crate::{output, token};

pub(crate) fn run(inspect: &Inspect) -> Result<ExitCode, Failure> {
    let token = Unverified::parse_within(&token::read(&inspect.token)?, &Bounds::STRANGER)?;
    let text = if inspect.json {
        token.to_json()
    } else {
        let now = SystemClock.now()?.into();
        Table { now, paint: Paint::stdout(), lines: Vec::new() }.token(&token)
    };
    output::line(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Lines of aligned cells.
struct Table {
    now: u64,
    paint: Paint,
    lines: Vec<String>,
}

impl Table {
    fn token(mut self, token: &Unverified) -> String {
        match token {
            Unverified::AccessToken(token) => self.access_token(token),
            Unverified::AccessToken2(token) => self.access_token2(token),
            _ => self.title("a token of an unknown generation"),
        }
        self.lines.join("\n")
    }

    fn access_token2(&mut self, token: &UnverifiedToken2) {
        self.title("AccessToken2 (007)");
        let issued = u64::from(token.issue_ts());
        self.field("App ID", &app_id(token.app_id()));
        self.field("issued", &self.moment(issued));
        self.end("expires", token.expires_at().as_secs());
        self.field("lifetime", &lifetime(token.expire()));
        self.field("salt", &token.salt().to_string());
        self.field("signature", &hex(token.signature()));
        for service in token.services() {
            let service_type = service.service_type();
            self.heading(service_type.name(), service_type.number());
            self.service(service);
            self.lifetimes(&service.privileges, issued, |privilege| service_type.privilege_name(privilege));
        }
        if let Some(service) = token.unknown_service() {
            self.heading("unknown", service.service_type);
            self.lifetimes(&service.privileges, issued, |_| None);
        }
        if !token.is_complete() || token.unread_bytes() > 0 {
            let warning = self.paint.warning("not all could be read");
            self.lines.extend([String::new(), format!("{warning}: {} bytes are left", token.unread_bytes())]);
        }
    }

    fn access_token(&mut self, token: &UnverifiedToken) {
        self.title("AccessToken (006)");
        self.field("App ID", &app_id(token.app_id()));
        self.end("expires", token.expires_at().as_secs());
        self.field("salt", &token.salt().to_string());
        let grants = |privilege: Privilege006| token.privileges().get(privilege.number()).is_some();
        if grants(Privilege006::RtmLogin) && !grants(Privilege006::JoinChannel) {
            // A messaging token has its user where others have the channel.
            self.field("user ID CRC", &token.channel_crc().to_string());
            self.field("user CRC", &token.user_crc().to_string());
        } else {
            self.field("channel CRC", &crc(token.channel_crc(), "channel"));
            self.field("user CRC", &crc(token.user_crc(), "user"));
        }
        self.field("signature", &hex(token.signature()));
        self.lines.push(String::new());
        let end = |end| if end == 0 { AS_THE_TOKEN.to_owned() } else { self.moment(u64::from(end)) };
        let rows = token.privileges().iter().map(|(number, unix)| [named(number, Privilege006::name), end(unix)]);
        let rows = rows.collect();
        self.rows(["privilege", "ends"], rows);
    }

    fn service(&mut self, service: &Service<'_>) {
        let _ = service.kind.try_each(|field, value| {
            let label = match field {
                Field::ChannelName | Field::Account => field.json_name(),
                _ => field.words(),
            };
            match (field, value) {
                (Field::ChannelName, FieldValue::Text(name)) => self.inner(label, &wildcard(name, "any channel")),
                (Field::Account, FieldValue::Text(name)) => self.inner(label, &wildcard(name, "any user")),
                (_, FieldValue::Text(value)) => self.inner(label, &text(value)),
                (_, FieldValue::Role(-1)) => self.inner(label, "-1, none"),
                (_, FieldValue::Role(role)) => self.inner(label, &role.to_string()),
                (_, FieldValue::Permissions(permissions)) => self.permissions(permissions),
            }
            Ok::<_, Infallible>(())
        });
    }

    fn permissions(&mut self, permissions: &Permissions<'_>) {
        for (resource, permission, list) in permissions.iter() {
            let resource = named(resource, Permissions::resource_name);
            let permission = named(permission, Permissions::permission_name);
            let list =
                if list.is_empty() { "none".to_owned() } else { list.iter().map(text).collect::<Vec<_>>().join(", ") };
            self.inner(&format!("{permission} {resource}"), &list);
        }
    }

    fn lifetimes(&mut self, privileges: &Privileges, issued: u64, name: impl Fn(u16) -> Option<&'static str>) {
        let rows = privileges.iter().map(|(privilege, seconds)| {
            let name = named(privilege, &name);
            if seconds == 0 {
                return [name, "0".to_owned(), AS_THE_TOKEN.to_owned()];
            }
            [name, lifetime(seconds), self.moment(issued + u64::from(seconds))]
        });
        let rows = rows.collect();
        self.rows(["privilege", "lifetime", "ends"], rows);
    }

    fn title(&mut self, text: &str) {
        let unverified = self.paint.warning("not verified: anybody can write this");
        self.lines.extend([format!("{}, {unverified}", self.paint.title(text)), String::new()]);
    }

    fn heading(&mut self, service: &str, number: u16) {
        self.lines.extend([String::new(), format!("{} (service {number})", self.paint.title(service))]);
    }

    fn field(&mut self, label: &str, value: &str) {
        self.lines.push(format!("{}  {value}", self.paint.label(format!("{label:11}"))));
    }

    fn inner(&mut self, label: &str, value: &str) {
        self.lines.push(format!("  {}  {value}", self.paint.label(format!("{label:INNER$}"))));
    }

    /// The end of the whole token, which decides whether it is of any use.
    fn end(&mut self, label: &str, unix: u64) {
        let moment = self.moment(unix);
        let moment = if unix <= self.now { self.paint.bad(moment) } else { self.paint.good(moment) };
        self.field(label, &moment);
    }

    fn rows<const N: usize>(&mut self, header: [&str; N], rows: Vec<[String; N]>) {
        if rows.is_empty() {
            self.lines.push(format!("  {}", self.paint.label("no privileges")));
            return;
        }
        let width = |column: usize| {
            let least = if column == 0 { INNER } else { header[column].len() };
            rows.iter().map(|row| row[column].chars().count()).fold(least, usize::max)
        };
        let widths: [usize; N] = std::array::from_fn(width);
        let aligned = |cells: &[String; N]| {
            let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        self.lines.push(format!("  {}", self.paint.label(aligned(&header.map(str::to_owned)))));
        self.lines.extend(rows.iter().map(|row| format!("  {}", aligned(row))));
    }

    fn moment(&self, unix: u64) -> String {
        format!("{unix}  {}  {}", date(unix), from_now(unix, self.now))
    }
}

/// As wide as the longest label inside a service.
const INNER: usize = "write messageChannels".len();

const AS_THE_TOKEN: &str = "with the token";

fn named(number: u16, name: impl Fn(u16) -> Option<&'static str>) -> String {
    name(number).map_or_else(|| number.to_string(), str::to_owned)
}

fn lifetime(seconds: u32) -> String {
    format!("{seconds} s ({})", span(seconds.into()))
}

fn app_id(bytes: &[u8]) -> String {
    let shown = text(&Text::from(bytes));
    match std::str::from_utf8(bytes).map(AppId::new) {
        Ok(Ok(app_id)) => app_id.to_string(),
        _ => format!("{shown}, no App ID"),
    }
}

/// Quoted and escaped, for a token may hold whatever its writer liked.
fn text(text: &Text<'_>) -> String {
    match text.to_str() {
        Ok(text) => format!("{text:?}"),
        Err(_) => format!("{} (hexadecimal, not UTF-8)", hex(text.as_bytes())),
    }
}

fn wildcard(name: &Text<'_>, meaning: &str) -> String {
    if name.is_empty() || name.as_bytes() == b"*" { format!("{}, {meaning}", text(name)) } else { text(name) }
}

/// The name itself is not in the token.
fn crc(crc: u32, what: &str) -> String {
    if crc == 0 { format!("0, any {what}") } else { crc.to_string() }
}
