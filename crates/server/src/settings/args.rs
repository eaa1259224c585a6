//! The settings that a flag or a variable of the environment can give. Each wins over the settings file.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use ipnet::IpNet;

use super::duration::Seconds;
use super::values::{LogFormat, LogLevel, SignWith, network};

/// What `agora-token serve` takes.
#[derive(Args, Debug, Clone, Default)]
pub struct ServeArgs {
    /// Settings file, TOML; callers and policies stand there
    #[arg(long, env = "AGORA_TOKEN_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Address and port; port 0 takes a free one [default: 127.0.0.1:8082]
    #[arg(long, env = "AGORA_TOKEN_LISTEN", value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,
    /// Try it out: loopback only, no set-up, a page at /, made-up credentials if the environment has none
    #[arg(long, env = "AGORA_TOKEN_DEMO", num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    pub(crate) demo: Option<bool>,
    /// Serve the routes of other token servers too
    #[arg(long, env = "AGORA_TOKEN_COMPAT", num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    pub(crate) compat: Option<bool>,
    /// Print the effective settings, secrets hidden, and exit: 0 if they are good
    #[arg(long)]
    pub check: bool,
    /// Make an API key: print it once, with the lines for the settings file, and exit
    #[arg(long, value_name = "NAME", conflicts_with = "check")]
    pub new_key: Option<String>,

    /// App ID
    #[arg(long, env = "AGORA_APP_ID", value_name = "ID", help_heading = "Credentials")]
    pub(crate) app_id: Option<String>,
    /// File that holds the App Certificate [default: AGORA_APP_CERTIFICATE of the environment]
    #[arg(long, env = "AGORA_APP_CERTIFICATE_FILE", value_name = "FILE", help_heading = "Credentials")]
    pub(crate) app_certificate_file: Option<PathBuf>,
    /// File that holds the secondary certificate [default: AGORA_APP_CERTIFICATE_SECONDARY]
    #[arg(long, env = "AGORA_APP_CERTIFICATE_SECONDARY_FILE", value_name = "FILE", help_heading = "Credentials")]
    pub(crate) app_certificate_secondary_file: Option<PathBuf>,
    /// The certificate that signs [default: primary]
    #[arg(long, env = "AGORA_TOKEN_SIGN_WITH", value_enum, value_name = "WHICH", help_heading = "Credentials")]
    pub(crate) sign_with: Option<SignWith>,

    /// How long a token lives unless asked for otherwise [default: 1h]
    #[arg(long, env = "AGORA_TOKEN_LIFETIME", value_name = "LIFETIME", help_heading = "Tokens")]
    pub(crate) lifetime: Option<Seconds>,
    /// The longest lifetime that anybody gets, 24h at most [default: 24h]
    #[arg(long, env = "AGORA_TOKEN_MAX_LIFETIME", value_name = "LIFETIME", help_heading = "Tokens")]
    pub(crate) max_lifetime: Option<Seconds>,

    /// Requests a second from one address, 0 for any number [default: 50, in a demo 0]
    #[arg(long, env = "AGORA_TOKEN_LIMIT_PER_ADDRESS", value_name = "N", help_heading = "Bounds")]
    pub(crate) limit_per_address: Option<u32>,
    /// Requests a second from one caller, 0 for any number [default: 500, in a demo 0]
    #[arg(long, env = "AGORA_TOKEN_LIMIT_PER_CALLER", value_name = "N", help_heading = "Bounds")]
    pub(crate) limit_per_caller: Option<u32>,
    /// Connections at once [default: 1000]
    #[arg(long, env = "AGORA_TOKEN_MAX_CONNECTIONS", value_name = "N", help_heading = "Bounds")]
    pub(crate) max_connections: Option<u32>,
    /// How long a client may take to send a request's head, or stay silent between two [default: 10s]
    #[arg(long, env = "AGORA_TOKEN_HEADER_TIMEOUT", value_name = "SECONDS", help_heading = "Bounds")]
    pub(crate) header_timeout: Option<Seconds>,
    /// How long a request may take from its head to its answer [default: 10s]
    #[arg(long, env = "AGORA_TOKEN_REQUEST_TIMEOUT", value_name = "SECONDS", help_heading = "Bounds")]
    pub(crate) request_timeout: Option<Seconds>,
    /// How long requests that began may take to finish after SIGTERM [default: 30s]
    #[arg(long, env = "AGORA_TOKEN_SHUTDOWN_TIMEOUT", value_name = "SECONDS", help_heading = "Bounds")]
    pub(crate) shutdown_timeout: Option<Seconds>,
    /// How long to go on serving after SIGTERM with /readyz saying no [default: 0s]
    #[arg(long, env = "AGORA_TOKEN_DRAIN_DELAY", value_name = "SECONDS", help_heading = "Bounds")]
    pub(crate) drain_delay: Option<Seconds>,

    /// Origins whose pages may ask, * for all; may be given more than once
    #[arg(
        long,
        env = "AGORA_TOKEN_ALLOWED_ORIGINS",
        value_name = "ORIGIN",
        value_delimiter = ',',
        help_heading = "Network"
    )]
    pub(crate) allowed_origin: Option<Vec<String>>,
    /// Proxies whose X-Forwarded-For is believed; may be given more than once
    #[arg(long, env = "AGORA_TOKEN_TRUSTED_PROXIES", value_name = "NETWORK", value_delimiter = ',', value_parser = network, help_heading = "Network")]
    pub(crate) trusted_proxy: Option<Vec<IpNet>>,
    /// Certificate chain for TLS, PEM; needs --tls-key
    #[arg(long, env = "AGORA_TOKEN_TLS_CERTIFICATE", value_name = "FILE", help_heading = "Network")]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// Private key for TLS, PEM
    #[arg(long, env = "AGORA_TOKEN_TLS_KEY", value_name = "FILE", help_heading = "Network")]
    pub(crate) tls_key: Option<PathBuf>,

    /// json or text [default: text on a terminal, else json]
    #[arg(long, env = "AGORA_TOKEN_LOG_FORMAT", value_enum, value_name = "FORMAT", help_heading = "Logs")]
    pub(crate) log_format: Option<LogFormat>,
    /// error, warn, info, debug or trace; tokens minted and requests refused are logged at every level [default: info]
    #[arg(long, env = "AGORA_TOKEN_LOG_LEVEL", value_enum, value_name = "LEVEL", help_heading = "Logs")]
    pub(crate) log_level: Option<LogLevel>,
    /// How often to look whether a file of the settings changed, 0 for never [default: 2s]
    #[arg(long, env = "AGORA_TOKEN_RELOAD_INTERVAL", value_name = "SECONDS", help_heading = "Logs")]
    pub(crate) reload_interval: Option<Seconds>,
}
