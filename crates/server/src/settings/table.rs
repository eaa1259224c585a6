//! Every setting, once: its flag, its variable, its entry in the settings file, what it is unless given, and its row in
//! `docs/server.md` follow from its line here.

use std::collections::BTreeMap;
use std::path::PathBuf;

use agora_token::DAY;
use clap::Args;
use serde::{Deserialize, Serialize};

use super::callers::{IssuerSettings, KeySettings};
use super::duration::Seconds;
use super::policy::PolicySettings;
use super::project::ProjectSettings;
use super::values::{Audit, FilePath, Listen, LogFormat, LogLevel, SignWith, network};
use crate::error::Error;

/// A setting without a default is an `Option`.
macro_rules! or_default {
    (type $type:ty) => { Option<$type> };
    (type $type:ty, $default:expr) => { $type };
    (value $value:expr) => { $value };
    (value $value:expr, $default:expr) => { $value.unwrap_or($default) };
}

/// A line is: name, type, default if there is one; variable, name of the flag's value, meaning, the default in words;
/// `fixed` if a reload cannot change it. A default may come of the lines before it, and of `knows_callers`.
macro_rules! settings {
    ($knows_callers:ident: file { $($of_file:ident: $of_file_type:ty;)+ } $($heading:expr => { $(
        $(#[$arg:meta])*
        $name:ident: $type:ty $(= $default:expr)?, $variable:literal, $value:literal, $about:literal
        $(, $words:literal)? $(, $fixed:ident)?;
    )+ })+) => {
        /// What `agora-token serve` takes, and what the settings file may say: each setting as far as it is given.
        #[derive(Args, Debug, Clone, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct ServeArgs {
            /// Settings file, TOML; callers and policies stand there
            #[arg(long, env = "AGORA_TOKEN_CONFIG", hide_env_values = true, value_name = "FILE")]
            #[serde(skip)]
            pub(crate) config: Option<PathBuf>,
            /// Print the effective settings, secrets hidden, and exit: 0 if they are good
            #[arg(long)]
            #[serde(skip)]
            pub check: bool,
            /// Make an API key: print it once, with the lines for the settings file, and exit
            #[arg(long, value_name = "NAME", conflicts_with = "check")]
            #[serde(skip)]
            pub new_key: Option<String>,
            $($(
                #[arg(
                    long, env = $variable, hide_env_values = true, value_name = $value, help_heading = $heading,
                    help = concat!($about $(, " [default: ", $words, "]")?)
                )]
                $(#[$arg])*
                $name: Option<$type>,
            )+)+
            $(#[arg(skip)] $of_file: $of_file_type,)+
        }

        #[derive(Debug, Clone, Serialize)]
        pub(crate) struct Settings {
            $($(pub(crate) $name: or_default!(type $type $(, $default)?),)+)+
            $(pub(crate) $of_file: $of_file_type,)+
        }

        impl Settings {
            pub(super) fn merge(args: ServeArgs, file: ServeArgs) -> Settings {
                let $knows_callers = !file.api_keys.is_empty() || !file.jwt_issuers.is_empty();
                $($(let $name = or_default!(value args.$name.or(file.$name) $(, $default)?);)+)+
                Settings { $($($name,)+)+ $($of_file: file.$of_file,)+ }
            }

            /// Refuses changes of what is fixed when the process starts. Whether callers need keys depends on the
            /// address, which is among it.
            pub(crate) fn check_fixed(&self, old: &Settings) -> Result<(), Error> {
                let same = [
                    $($((stringify!($name), stringify!($($fixed)?).is_empty() || self.$name == old.$name),)+)+
                    ("tls_certificate", self.tls_certificate.is_some() == old.tls_certificate.is_some()),
                ];
                let words = "it cannot change while the server runs; restart it";
                Error::of_rules(&same.map(|(field, is_same): (&str, bool)| (!is_same, field, words)))
            }
        }

        /// Name, variable, meaning, and what stands unless it is given.
        #[cfg(test)]
        const ROWS: &[[&str; 4]] = &[$($([stringify!($name), $variable, $about, concat!($($words)?)],)+)+];
    };
}

settings! { knows_callers:
    // What only the settings file can say.
    file {
        anonymous: Option<String>;
        projects: BTreeMap<String, ProjectSettings>;
        policies: BTreeMap<String, PolicySettings>;
        api_keys: Vec<KeySettings>;
        jwt_issuers: Vec<IssuerSettings>;
    }
    None::<&'static str> => {
        listen: Listen = Listen::loopback(8082), "AGORA_TOKEN_LISTEN", "ADDRESS",
            "Address and port, port 0 takes a free one; unix:/path; systemd for the socket that it has opened",
            "127.0.0.1:8082", fixed;
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true")]
        demo: bool = false, "AGORA_TOKEN_DEMO", "BOOL",
            "Try it out: loopback only, no set-up, a page at /, made-up credentials if the environment has none",
            "false", fixed;
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true")]
        compat: bool = false, "AGORA_TOKEN_COMPAT", "BOOL", "Serve the routes of other token servers too",
            "false", fixed;
        admin_listen: Listen = if demo { Listen::Nowhere } else { Listen::loopback(8083) },
            "AGORA_TOKEN_ADMIN_LISTEN", "ADDRESS",
            "Where /healthz, /readyz and /metrics answer whatever clients do, as listen; none leaves /metrics to listen",
            "127.0.0.1:8083, none in a demo", fixed;
    }
    "Credentials" => {
        app_id: String, "AGORA_APP_ID", "ID", "App ID";
        app_certificate_file: FilePath, "AGORA_APP_CERTIFICATE_FILE", "FILE", "File that holds the App Certificate",
            "AGORA_APP_CERTIFICATE of the environment";
        app_certificate_secondary_file: FilePath, "AGORA_APP_CERTIFICATE_SECONDARY_FILE", "FILE",
            "File that holds the secondary certificate", "AGORA_APP_CERTIFICATE_SECONDARY of the environment";
        sign_with: SignWith = SignWith::Primary, "AGORA_TOKEN_SIGN_WITH", "WHICH",
            "The certificate that signs, primary or secondary", "primary";
    }
    "Callers" => {
        denylist_file: FilePath, "AGORA_TOKEN_DENYLIST_FILE", "FILE",
            "File that names who gets nothing, one a line: key:NAME, jwt:ISSUER:SUBJECT, jti:ID", "nobody is denied";
    }
    "Tokens" => {
        max_lifetime: Seconds = Seconds(DAY), "AGORA_TOKEN_MAX_LIFETIME", "LIFETIME",
            "The longest lifetime that anybody gets, 24h at most", "24h";
        lifetime: Seconds = Seconds(max_lifetime.0.min(3600)), "AGORA_TOKEN_LIFETIME", "LIFETIME",
            "How long a token lives that is asked for without a lifetime: 40, 40s, 90m, 24h", "1h";
    }
    "Bounds" => {
        // All clients of a demo share the loopback address.
        limit_per_address: u32 = if demo { 0 } else { 50 }, "AGORA_TOKEN_LIMIT_PER_ADDRESS", "N",
            "Requests a second from one address, 0 for any number; an IPv6 /64 is one address", "50, in a demo 0";
        limit_per_caller: u32 = if demo { 0 } else { 500 }, "AGORA_TOKEN_LIMIT_PER_CALLER", "N",
            "Requests a second from one caller, 0 for any number", "500, in a demo 0";
        max_connections: u32 = 1000, "AGORA_TOKEN_MAX_CONNECTIONS", "N",
            "Connections at once. Each takes a file descriptor; when they run out, those that wait longest for a request end",
            "1000", fixed;
        connections_per_address: u32 = if demo { 0 } else { max_connections.div_ceil(4) },
            "AGORA_TOKEN_CONNECTIONS_PER_ADDRESS", "N",
            "Connections at once from one address that is no trusted proxy, 0 for any number",
            "a quarter of max_connections, 0 in a demo";
        header_timeout: Seconds = Seconds(10), "AGORA_TOKEN_HEADER_TIMEOUT", "SECONDS",
            "How long a client may take to send a request's head", "10s";
        idle_timeout: Seconds = Seconds(75), "AGORA_TOKEN_IDLE_TIMEOUT", "SECONDS",
            "How long a connection may stay silent between two requests; a proxy in front closes it earlier", "75s";
        request_timeout: Seconds = Seconds(10), "AGORA_TOKEN_REQUEST_TIMEOUT", "SECONDS",
            "How long a request may take from its head to its answer, and a client to read that", "10s";
        shutdown_timeout: Seconds = Seconds(30), "AGORA_TOKEN_SHUTDOWN_TIMEOUT", "SECONDS",
            "How long requests that began may take to finish after SIGTERM", "30s", fixed;
        drain_delay: Seconds = Seconds(0), "AGORA_TOKEN_DRAIN_DELAY", "SECONDS",
            "How long to go on serving after SIGTERM with /readyz saying no", "0s", fixed;
    }
    "Network" => {
        // Where nobody has to present anything, any page that a person opens could fetch tokens.
        #[arg(long = "allowed-origin", value_delimiter = ',')]
        allowed_origins: Vec<String> = if knows_callers && !demo { vec!["*".to_owned()] } else { Vec::new() },
            "AGORA_TOKEN_ALLOWED_ORIGINS", "ORIGIN",
            "Origins whose pages may ask, * for all; the flag may be given more than once",
            "*, where nobody needs a key those of this machine";
        #[arg(long = "allowed-host", value_delimiter = ',')]
        allowed_hosts: Vec<String> = Vec::new(), "AGORA_TOKEN_ALLOWED_HOSTS", "HOST",
            "Names that clients may call the server by in Host, where nobody needs a key; the flag may be given more than once",
            "none but those of this machine";
        #[arg(long = "trusted-proxy", value_delimiter = ',', value_parser = |text: &str| network(text).map(|network| network.to_string()))]
        trusted_proxies: Vec<String> = Vec::new(), "AGORA_TOKEN_TRUSTED_PROXIES", "NETWORK",
            "Addresses or networks whose X-Forwarded-For is believed; the flag may be given more than once", "none";
        tls_certificate: FilePath, "AGORA_TOKEN_TLS_CERTIFICATE", "FILE",
            "Certificate chain for TLS, PEM; goes with its key", "no TLS";
        tls_key: FilePath, "AGORA_TOKEN_TLS_KEY", "FILE", "Private key for TLS, PEM", "no TLS";
    }
    "Logs" => {
        log_format: LogFormat, "AGORA_TOKEN_LOG_FORMAT", "FORMAT", "json or text", "text on a terminal, else json",
            fixed;
        log_level: LogLevel = LogLevel::Info, "AGORA_TOKEN_LOG_LEVEL", "LEVEL",
            "error, warn, info, debug or trace; tokens minted and requests refused are logged at every level",
            "info", fixed;
        audit: Audit = Audit::BestEffort, "AGORA_TOKEN_AUDIT", "HOW",
            "best-effort: a token whose line cannot be written is given all the same; required: it is not",
            "best-effort";
        reload_interval: Seconds = Seconds(2), "AGORA_TOKEN_RELOAD_INTERVAL", "SECONDS",
            "How often to look whether a file of the settings changed, 0 for never; a change counts once it is seen twice",
            "2s", fixed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_has_the_settings() {
        let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/server.md")).unwrap();
        let (_, table) =
            guide.split_once("| setting | variable | meaning | unless said |\n|---|---|---|---|\n").unwrap();
        let found: String = table.split_inclusive('\n').take_while(|line| line.starts_with("| `")).collect();
        let row =
            |[name, variable, about, words]: &[&str; 4]| format!("| `{name}` | `{variable}` | {about} | {words} |\n");
        let expected: String = ROWS.iter().map(row).collect();
        let file_alone = "| `anonymous` | | The policy of callers who present nothing; on loopback only | none |\n";
        assert_eq!(found, expected + file_alone);
    }

    #[test]
    fn defaults_are_what_their_words_say() {
        let unless_given = toml::to_string(&Settings::of_file("").unwrap()).unwrap();
        let has_default = |row: &&[&str; 4]| unless_given.contains(&format!("{} = ", row[0]));
        let said = |[name, _, _, words]: &[&str; 4]| {
            let word = words.split(',').next().unwrap();
            let lines = [format!("{name} = {word}"), format!("{name} = {word:?}")];
            lines.iter().find_map(|line| Settings::of_file(line).ok())
        };
        let mut read = 0;
        for settings in ROWS.iter().filter(has_default).filter_map(said) {
            assert_eq!(toml::to_string(&settings).unwrap(), unless_given);
            read += 1;
        }
        assert_eq!(read, 18);
    }
}
