//! TLS from a key pair in files.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::error::Error;
use crate::settings::Settings;
use crate::small_file;

pub(crate) struct Tls {
    pub(crate) acceptor: TlsAcceptor,
    /// When the certificate ends, Unix seconds.
    pub(crate) ends_at: i64,
}

impl Tls {
    /// None where the settings name no key pair.
    pub(crate) fn load(settings: &Settings) -> Result<Option<Tls>, Error> {
        let (Some(chain), Some(key)) = (&settings.tls_certificate, &settings.tls_key) else {
            return Ok(None);
        };
        let chain = small_file::read(chain, "tls_certificate")?;
        let chain = CertificateDer::pem_slice_iter(&chain).collect::<Result<Vec<_>, _>>();
        let chain = chain.map_err(|_| Error::setting("tls_certificate", "it is no chain of PEM certificates"))?;
        let own = chain.first().ok_or_else(|| Error::setting("tls_certificate", "it holds no PEM certificate"))?;
        let (_, parsed) = x509_parser::parse_x509_certificate(own)
            .map_err(|_| Error::setting("tls_certificate", "its first certificate cannot be read"))?;
        let ends_at = parsed.validity().not_after.timestamp();
        let key = small_file::read(key, "tls_key")?;
        let key = PrivateKeyDer::from_pem_slice(&key).map_err(|_| Error::setting("tls_key", "it holds no PEM key"))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::setting("tls_certificate", error.to_string()))?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| Error::setting("tls_key", format!("it does not fit the certificate: {error}")))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Some(Tls { acceptor: TlsAcceptor::from(Arc::new(config)), ends_at }))
    }
}
