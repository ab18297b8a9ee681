//! Certificates: which are shown, and which are asked for.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use humantime::format_rfc3339_seconds;
use rustls::{
    RootCertStore, ServerConfig,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::WebPkiClientVerifier,
};
use thiserror::Error;
use tokio::{task::spawn_blocking, time::sleep};
use tokio_rustls::TlsAcceptor;
use x509_cert::{Certificate, der::Decode as _};

/// The files of TLS, all of them PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate that the server shows, followed by those that lead from it
    /// to an authority.
    pub certificate: PathBuf,
    /// Its private key: PKCS #8, PKCS #1 or SEC 1, without a password.
    pub key: PathBuf,
    /// The authorities of clients. If there are any, a client without a
    /// certificate of theirs gets no connection (mutual TLS).
    pub client_authorities: Option<PathBuf>,
}

/// Why there is no TLS.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TlsError {
    /// This machine cannot do it.
    #[error("TLS needs a processor with AES instructions, and on x86-64 also with AVX2 and ADX")]
    Processor,
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file has not what it should have, in PEM.
    #[error("{} has no {what} in PEM", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// What is not there.
        what: &'static str,
        /// What is wrong with it.
        #[source]
        source: Option<rustls::pki_types::pem::Error>,
    },
    /// The certificate cannot be used, or not with this key.
    #[error("the certificate in {} cannot be used with the key in {}", certificate.display(), key.display())]
    Unusable {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// Why.
        #[source]
        source: rustls::Error,
    },
    /// A certificate is not valid now.
    #[error("a certificate in {} is valid from {from} until {until} only", path.display())]
    NotValid {
        /// The file.
        path: PathBuf,
        /// When it begins to be, as RFC 3339 has it.
        from: String,
        /// When it ends.
        until: String,
    },
    /// When a certificate is valid cannot be read.
    #[error("the dates of a certificate in {} cannot be read", path.display())]
    Dates {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: x509_cert::der::Error,
    },
    /// The authorities of clients cannot be used.
    #[error("the authorities in {} cannot be used", path.display())]
    Authorities {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// TLS for the connections of a server. Clones share what they load.
#[derive(Clone)]
pub struct Tls {
    files: TlsFiles,
    current: Arc<Mutex<Loaded>>,
}

/// What the files had when they were last read.
struct Loaded {
    contents: Contents,
    /// For HTTP/2 alone, and for HTTP/1.1 too.
    configs: [Arc<ServerConfig>; 2],
}

/// All bytes of the files.
#[derive(PartialEq, Eq)]
struct Contents {
    certificate: Vec<u8>,
    key: Vec<u8>,
    client_authorities: Option<Vec<u8>>,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The key is nobody's business.
        f.debug_struct("Tls").field("files", &self.files).finish_non_exhaustive()
    }
}

impl Tls {
    /// Reads the files and checks that they fit together.
    ///
    /// # Errors
    ///
    /// If one cannot be read, or cannot be used.
    pub fn load(files: TlsFiles) -> Result<Self, TlsError> {
        let contents = Contents::read(&files)?;
        let loaded = Loaded::new(&files, contents)?;
        Ok(Self { files, current: Arc::new(Mutex::new(loaded)) })
    }

    /// Whether the certificates that the server shows, and those of the authorities of clients,
    /// are valid at `now`, by their dates.
    ///
    /// # Errors
    ///
    /// If one is not, or not yet, or if its dates cannot be read.
    pub fn check_validity(&self, now: SystemTime) -> Result<(), TlsError> {
        let Contents { certificate, client_authorities, .. } = &self.current().contents;
        let authorities = self.files.client_authorities.iter().zip(client_authorities);
        for (path, pem) in
            std::iter::once((&self.files.certificate, certificate)).chain(authorities)
        {
            for certificate in certificates(path, pem)? {
                check_validity(path, &certificate, now)?;
            }
        }
        Ok(())
    }

    /// Says so where a certificate is not valid now. It will not be trusted, but the clock
    /// may be wrong, and a new one may come while this is served.
    pub fn warn_of_validity(&self) {
        if let Err(error) = self.check_validity(SystemTime::now()) {
            tracing::error!(%error, "a certificate will not be trusted");
        }
    }

    /// Reads the files again. New connections use what they have now; those that
    /// are open stay as they are. Tells whether anything has changed.
    ///
    /// # Errors
    ///
    /// As [`Self::load`]; then what was loaded before stays in use.
    pub fn reload(&self) -> Result<bool, TlsError> {
        let contents = Contents::read(&self.files)?;
        if contents == self.current().contents {
            return Ok(false);
        }
        let loaded = Loaded::new(&self.files, contents)?;
        *self.current() = loaded;
        Ok(true)
    }

    /// Reads the files again each time that `pause` is over, for as long as it is
    /// polled, and logs what comes of it.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn keep_fresh(self, pause: Duration) {
        loop {
            sleep(pause).await;
            let tls = self.clone();
            match spawn_blocking(move || tls.reload()).await {
                Ok(Ok(false)) => {}
                Ok(Ok(true)) => {
                    tracing::info!("new certificates are in use");
                    self.warn_of_validity();
                }
                Ok(Err(error)) => tracing::error!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the old certificates stay in use"
                ),
                Err(error) => tracing::error!(%error, "certificates cannot be read again"),
            }
        }
    }

    /// Does the handshakes of new connections, which may come to speak HTTP/1.1 if
    /// `http1`.
    pub(super) fn acceptor(&self, http1: bool) -> TlsAcceptor {
        let [http2, any] = &self.current().configs;
        TlsAcceptor::from(Arc::clone(if http1 { any } else { http2 }))
    }

    fn current(&self) -> MutexGuard<'_, Loaded> {
        // It is replaced as a whole, so a panic elsewhere leaves it whole.
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Loaded {
    fn new(files: &TlsFiles, contents: Contents) -> Result<Self, TlsError> {
        let mut http2 = config(files, &contents)?;
        let mut any = http2.clone();
        http2.alpn_protocols = vec![b"h2".to_vec()];
        any.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { contents, configs: [http2, any].map(Arc::new) })
    }
}

impl Contents {
    fn read(files: &TlsFiles) -> Result<Self, TlsError> {
        let read = |path: &Path| {
            fs::read(path).map_err(|source| TlsError::Read { path: path.to_owned(), source })
        };
        Ok(Self {
            certificate: read(&files.certificate)?,
            key: read(&files.key)?,
            client_authorities: files.client_authorities.as_deref().map(read).transpose()?,
        })
    }
}

fn check_validity(path: &Path, der: &[u8], now: SystemTime) -> Result<(), TlsError> {
    let path = path.to_owned();
    let certificate = match Certificate::from_der(der) {
        Ok(certificate) => certificate,
        Err(source) => return Err(TlsError::Dates { path, source }),
    };
    let validity = certificate.tbs_certificate().validity();
    let [from, until] = [&validity.not_before, &validity.not_after]
        .map(|time| SystemTime::UNIX_EPOCH + time.to_unix_duration());
    if (from..=until).contains(&now) {
        return Ok(());
    }
    let [from, until] = [from, until].map(|time| format_rfc3339_seconds(time).to_string());
    Err(TlsError::NotValid { path, from, until })
}

fn config(files: &TlsFiles, contents: &Contents) -> Result<ServerConfig, TlsError> {
    let provider = provider()?;
    let unusable = |source| TlsError::Unusable {
        certificate: files.certificate.clone(),
        key: files.key.clone(),
        source,
    };
    let chain = certificates(&files.certificate, &contents.certificate)?;
    let key = PrivateKeyDer::from_pem_slice(&contents.key).map_err(|source| TlsError::Missing {
        path: files.key.clone(),
        what: "private key",
        source: Some(source),
    })?;
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?;
    let builder = match files.client_authorities.as_ref().zip(contents.client_authorities.as_ref())
    {
        None => builder.with_no_client_auth(),
        Some((path, bytes)) => {
            let authorities = authorities(path, bytes)?;
            let verifier = WebPkiClientVerifier::builder_with_provider(authorities, provider)
                .build()
                .map_err(|source| TlsError::Authorities {
                    path: path.clone(),
                    source: source.into(),
                })?;
            builder.with_client_cert_verifier(verifier)
        }
    };
    builder.with_single_cert(chain, key).map_err(unusable)
}

/// The cryptography, if the processor can do it: where it cannot, the provider
/// would panic at the first connection.
fn provider() -> Result<Arc<CryptoProvider>, TlsError> {
    #[cfg(target_arch = "x86_64")]
    let is_able = is_x86_feature_detected!("aes")
        && is_x86_feature_detected!("pclmulqdq")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("adx")
        && is_x86_feature_detected!("avx2");
    #[cfg(target_arch = "aarch64")]
    let is_able = std::arch::is_aarch64_feature_detected!("neon")
        && std::arch::is_aarch64_feature_detected!("aes")
        && std::arch::is_aarch64_feature_detected!("pmull")
        && std::arch::is_aarch64_feature_detected!("sha2");
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let is_able = false;
    if !is_able {
        return Err(TlsError::Processor);
    }
    Ok(Arc::new(rustls_graviola::default_provider()))
}

fn certificates(path: &Path, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let missing = |source| TlsError::Missing { path: path.to_owned(), what: "certificate", source };
    let all: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| missing(Some(error)))?;
    if all.is_empty() { Err(missing(None)) } else { Ok(all) }
}

fn authorities(path: &Path, pem: &[u8]) -> Result<Arc<RootCertStore>, TlsError> {
    let mut store = RootCertStore::empty();
    for certificate in certificates(path, pem)? {
        store.add(certificate).map_err(|source| TlsError::Authorities {
            path: path.to_owned(),
            source: source.into(),
        })?;
    }
    Ok(Arc::new(store))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates").join(name)
    }

    fn files(certificate: &str, key: &str, authorities: &str) -> TlsFiles {
        let [certificate, key, authorities] = [certificate, key, authorities].map(file);
        TlsFiles { certificate, key, client_authorities: Some(authorities) }
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_file() {
        for (certificate, key, authorities, expected) in [
            ("nothing.pem", "server.key", "authority.pem", "cannot read"),
            ("server.key", "server.key", "authority.pem", "server.key has no certificate"),
            ("server.pem", "server.pem", "authority.pem", "server.pem has no private key"),
            ("server.pem", "client.key", "authority.pem", "cannot be used with the key in"),
            ("server.pem", "server.key", "README.md", "README.md has no certificate"),
        ] {
            let error = Tls::load(files(certificate, key, authorities)).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert!(Tls::load(files("server.pem", "server.key", "authority.pem")).is_ok());
    }

    #[test]
    fn a_certificate_is_valid_between_its_dates() {
        let tls = Tls::load(files("server.pem", "server.key", "authority.pem")).unwrap();
        assert!(tls.check_validity(SystemTime::now()).is_ok());
        for days in [0, 365 * 1_000] {
            let then = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * days);
            let error = tls.check_validity(then).unwrap_err();
            assert!(matches!(error, TlsError::NotValid { .. }), "{error}");
        }
    }

    #[test]
    fn files_are_read_again_and_bad_ones_change_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let [certificate, key] = ["now.pem", "now.key"].map(|name| folder.path().join(name));
        let put = |name: &str| {
            fs::copy(file(&format!("{name}.pem")), &certificate).unwrap();
            fs::copy(file(&format!("{name}.key")), &key).unwrap();
        };
        put("server");
        let (certificate, key) = (certificate.clone(), key.clone());
        let tls = Tls::load(TlsFiles { certificate, key, client_authorities: None }).unwrap();
        let before = Arc::clone(tls.acceptor(false).config());
        assert!(!tls.reload().unwrap());
        fs::copy(file("client.key"), folder.path().join("now.key")).unwrap();
        assert!(matches!(tls.reload(), Err(TlsError::Unusable { .. })));
        assert!(Arc::ptr_eq(&before, tls.acceptor(false).config()));
        put("renewed");
        assert!(tls.reload().unwrap());
        assert!(!Arc::ptr_eq(&before, tls.acceptor(false).config()));
    }
}
