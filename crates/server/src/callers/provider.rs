//! The keys of an identity provider, by URL: fetched now and then, and when a JWT names one that is not known. What a
//! provider does wrong keeps the old keys and costs a few seconds of one thread.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use arc_swap::ArcSwap;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use nonzero_ext::nonzero;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use serde::Deserialize;
use tokio::sync::Mutex;
use tracing::{info, warn};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::jwks::Keys;
use crate::error::Error;
use crate::settings::{IssuerSettings, Seconds};
use crate::small_file;

/// How long a fetch may take, connection, discovery and all.
const PATIENCE: Duration = Duration::from_secs(5);

/// Documents of providers have a few kilobytes.
const LARGEST_DOCUMENT: u64 = 512 * 1024;

/// After a fetch that failed.
const RETRY: Duration = Duration::from_secs(30);

/// Unknown keys make the server fetch so often at once, and then every half minute: JWTs cost their maker nothing.
const UNKNOWN_KEYS: Quota = Quota::per_minute(nonzero!(2u32)).allow_burst(nonzero!(5u32));

#[derive(Clone, Default)]
pub(crate) struct ProviderMetrics {
    pub(crate) fetches: Family<[(&'static str, String); 2], Counter>,
    pub(crate) keys: Family<[(&'static str, String); 1], Gauge>,
    pub(crate) fetched_at: Family<[(&'static str, String); 1], Gauge>,
}

pub(crate) static METRICS: LazyLock<ProviderMetrics> = LazyLock::new(ProviderMetrics::default);

#[derive(Clone, PartialEq)]
struct Source {
    name: String,
    /// Of the JWKS document, unless it is to be discovered.
    url: Option<String>,
    issuer: String,
    authorities: Option<Vec<u8>>,
    proxy: Option<String>,
    every: Seconds,
}

pub(super) struct Provider {
    source: Source,
    keys: ArcSwap<Keys>,
    fetched: Mutex<Fetched>,
    /// Grows with each set of keys; 0 before the first.
    generation: AtomicU64,
    started: AtomicU64,
    bound: DefaultDirectRateLimiter,
}

#[derive(Default)]
struct Fetched {
    document: Vec<u8>,
    worked: bool,
}

impl Provider {
    /// The same as `before` had, keys and all, if the settings are the same.
    pub(super) fn load(settings: &IssuerSettings, before: &[Arc<Provider>]) -> Result<Arc<Provider>, Error> {
        let part = if settings.discover { "issuer" } else { "jwks_url" };
        let url = settings.jwks_url.as_deref().unwrap_or(&settings.issuer);
        if !is_safe(url) {
            return Err(settings.refuse(part, "a URL that begins with https:// expected, or http:// on loopback"));
        }
        let authorities = settings.ca_file.as_ref().map(|file| small_file::read(file, &settings.field("ca_file")));
        let source = Source {
            name: settings.name.clone(),
            url: settings.jwks_url.clone(),
            issuer: settings.issuer.clone(),
            authorities: authorities.transpose()?.map(|content| content.to_vec()),
            proxy: settings.proxy.clone(),
            every: settings.refresh.unwrap_or(Seconds(900)),
        };
        source.agent().map_err(|(part, reason)| settings.refuse(part, reason))?;
        if let Some(same) = before.iter().find(|provider| provider.source == source) {
            return Ok(same.clone());
        }
        Ok(Arc::new(Provider {
            source,
            keys: ArcSwap::default(),
            fetched: Mutex::default(),
            generation: AtomicU64::new(0),
            started: AtomicU64::new(0),
            bound: RateLimiter::direct(UNKNOWN_KEYS),
        }))
    }

    pub(super) fn keys(&self) -> Arc<Keys> {
        self.keys.load_full()
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Fetches now and then, as long as the provider is one of the settings.
    pub(super) fn start(self: &Arc<Provider>) {
        if self.started.load(Ordering::Relaxed) > 0 {
            return;
        }
        let provider = Arc::downgrade(self);
        tokio::spawn(async move {
            while let Some(provider) = provider.upgrade() {
                let arrived = provider.started.load(Ordering::Acquire);
                let every = provider.source.every.duration().max(Duration::from_secs(1));
                let pause = if provider.fetch(arrived, || true).await { every } else { RETRY.min(every) };
                drop(provider);
                tokio::time::sleep(pause).await;
            }
        });
    }

    /// Fetches because a JWT names a key that is not known, unless that was done too often of late. Those who come
    /// meanwhile share the fetch.
    pub(super) async fn fetch_for_unknown_key(self: &Arc<Provider>) {
        let arrived = self.started.load(Ordering::Acquire);
        let provider = Arc::clone(self);
        // In a task of its own: a request that times out must not take the keys with it.
        let fetch = tokio::spawn(async move { provider.fetch(arrived, || provider.bound.check().is_ok()).await });
        let _ = fetch.await;
    }

    /// Whether the last fetch worked. One that began after `arrived` of them had is as good as one's own.
    async fn fetch(&self, arrived: u64, may_fetch: impl FnOnce() -> bool) -> bool {
        let mut last = self.fetched.lock().await;
        if self.started.load(Ordering::Acquire) > arrived || !may_fetch() {
            return last.worked;
        }
        self.started.fetch_add(1, Ordering::AcqRel);
        let source = self.source.clone();
        let fetched = tokio::task::spawn_blocking(move || source.fetch()).await;
        let fetched = fetched.unwrap_or_else(|_| Err("the fetch ended in a bug".to_owned()));
        last.worked = fetched.is_ok();
        let name = &self.source.name;
        let issuer = [("issuer", name.clone())];
        let outcome = match fetched {
            Ok((found, _)) if last.document == found => "unchanged",
            Ok((found, keys)) => {
                METRICS.keys.get_or_create(&issuer).set(i64::try_from(keys.len()).unwrap_or(i64::MAX));
                info!(issuer = name, keys = keys.len(), "the provider's keys are taken");
                self.keys.store(Arc::new(keys));
                self.generation.fetch_add(1, Ordering::AcqRel);
                last.document = found;
                "taken"
            }
            Err(reason) => {
                warn!(issuer = name, reason, "the provider's keys cannot be fetched, the old ones stay");
                "failed"
            }
        };
        if last.worked {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
            METRICS.fetched_at.get_or_create(&issuer).set(i64::try_from(now).unwrap_or(i64::MAX));
        }
        METRICS.fetches.get_or_create(&[("issuer", name.clone()), ("outcome", outcome.to_owned())]).inc();
        last.worked
    }
}

impl Source {
    /// Redirects are not followed: they would lead past what the settings name.
    fn agent(&self) -> Result<ureq::Agent, (&'static str, &'static str)> {
        let roots = match &self.authorities {
            None => RootCerts::WebPki,
            Some(pem) => {
                let certificate = |item| if let Ok(PemItem::Certificate(found)) = item { Some(found) } else { None };
                let certificates: Vec<Certificate<'static>> = parse_pem(pem).filter_map(certificate).collect();
                if certificates.is_empty() {
                    return Err(("ca_file", "it holds no PEM certificate"));
                }
                RootCerts::from(certificates.into_iter())
            }
        };
        let proxy = self.proxy.as_deref().map(ureq::Proxy::new).transpose();
        let proxy = proxy.map_err(|_| ("proxy", "a URL as http://proxy.example.com:3128 expected"))?;
        let config = ureq::Agent::config_builder()
            .max_redirects(0)
            .max_idle_connections(0)
            .proxy(proxy)
            .tls_config(TlsConfig::builder().root_certs(roots).build());
        Ok(config.build().into())
    }

    fn fetch(&self) -> Result<(Vec<u8>, Keys), String> {
        #[derive(Deserialize)]
        struct Discovered {
            issuer: String,
            jwks_uri: String,
        }
        let agent = self.agent().map_err(|(_, reason)| reason.to_owned())?;
        let deadline = Instant::now() + PATIENCE;
        let url = match &self.url {
            Some(url) => url.clone(),
            None => {
                let url = format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
                let document: Discovered = serde_json::from_slice(&get(&agent, &url, deadline)?)
                    .map_err(|_| "the discovery document names no issuer and no jwks_uri".to_owned())?;
                if document.issuer != self.issuer {
                    return Err("the discovery document is another issuer's".to_owned());
                }
                if !may_lead_to(&self.issuer, &document.jwks_uri) {
                    return Err("the discovery document leads to what is not https://".to_owned());
                }
                document.jwks_uri
            }
        };
        let document = get(&agent, &url, deadline)?;
        let keys = Keys::of_jwks(&document, false).map_err(|reason| format!("the JWKS document: {reason}"))?;
        Ok((document, keys))
    }
}

fn get(agent: &ureq::Agent, url: &str, deadline: Instant) -> Result<Vec<u8>, String> {
    let left = deadline.saturating_duration_since(Instant::now());
    let request = agent.get(url).config().timeout_global(Some(left)).build();
    let mut response = request.call().map_err(|error| error.to_string())?;
    if response.status() != 200 {
        return Err(format!("it answers {}", response.status()));
    }
    response.body_mut().with_config().limit(LARGEST_DOCUMENT).read_to_vec().map_err(|error| error.to_string())
}

/// Whether an issuer's discovery document may name this URL. Only an issuer on loopback may name another address there:
/// else any provider could have this machine's own services asked.
fn may_lead_to(issuer: &str, url: &str) -> bool {
    is_safe(url) && (!is_here(url) || is_here(issuer))
}

/// What comes in clear text from elsewhere is anybody's.
fn is_safe(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://") && is_here(url)
}

fn is_here(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    crate::host::is_loopback(rest.split(['/', '?', '#']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_discovery_document_leads_to_loopback_from_there_alone() {
        let (there, here) = ("https://id.example.com", "http://127.0.0.1:8080");
        assert!(may_lead_to(there, "https://keys.example.com/jwks") && may_lead_to(here, "http://localhost:8080/jwks"));
        for (issuer, url) in [
            (there, "http://127.0.0.1:8083/metrics"),
            (there, "http://localhost/"),
            (there, "https://localhost/"),
            (there, "https://127.0.0.1:8443/jwks"),
            (here, "http://id.example.com/jwks"),
            (here, "file:///etc/passwd"),
        ] {
            assert!(!may_lead_to(issuer, url), "{issuer} {url}");
        }
    }

    #[tokio::test]
    async fn whoever_waited_for_a_fetch_that_failed_hears_so() {
        let settings =
            "name = \"idp\"\naudience = \"a\"\nissuer = \"i\"\npolicy = \"p\"\njwks_url = \"http://127.0.0.1:1/\"";
        let provider = Provider::load(&toml::from_str(settings).unwrap(), &[]).unwrap();
        assert!(!provider.fetch(0, || true).await);
        // Those who come now have keys of an earlier fetch.
        provider.generation.store(1, Ordering::Release);
        assert!(!provider.fetch(0, || panic!("a fetch of its own")).await);
    }
}
