//! Who may connect, and how.

use std::path::PathBuf;

use clap::ArgAction;

use crate::{
    cli::failure::{Exit, Failure},
    service::{Tls, TlsFiles, Web, WebOrigin},
};

/// TLS. Secrets are named by their files only: a command line can be read by all.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Security")]
pub(super) struct Security {
    /// The certificate to show, with those that lead to its authority, in PEM: connections are
    /// under TLS then. Its files are looked at every 30 s, and new ones are used without a
    /// restart
    #[arg(long = "tls-cert", value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// The private key of that certificate, in PEM, without a password
    #[arg(long = "tls-key", value_name = "FILE")]
    key: Option<PathBuf>,
    /// Authorities in PEM: a client must show a certificate of one of them (mutual TLS)
    #[arg(long = "tls-client-ca", value_name = "FILE")]
    client_authorities: Option<PathBuf>,
    /// Speak gRPC-Web too, for pages in browsers, also over HTTP/1.1
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true)]
    #[arg(default_value = "false", default_missing_value = "true", action = ArgAction::Set)]
    grpc_web: bool,
    /// Pages of this origin, scheme and host, may call by gRPC-Web, or * for all; may be
    /// given several times. Pages of the service's own origin always may
    #[arg(long = "grpc-web-origin", value_name = "ORIGIN")]
    origins: Vec<WebOrigin>,
}

impl Security {
    /// The certificates, if connections are to be under TLS.
    ///
    /// # Errors
    ///
    /// If only a part is named, or files cannot be used.
    pub(super) fn tls(&self) -> anyhow::Result<Option<Tls>> {
        let (certificate, key) = match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => (certificate.clone(), key.clone()),
            (None, None) if self.client_authorities.is_none() => return Ok(None),
            _ => {
                let message =
                    "TLS needs both --tls-cert and --tls-key, and --tls-client-ca needs TLS";
                return Err(Failure::new(Exit::Usage, message).into());
            }
        };
        let client_authorities = self.client_authorities.clone();
        Ok(Some(Tls::load(TlsFiles { certificate, key, client_authorities })?))
    }

    /// Whether clients must show certificates.
    pub(super) fn has_client_certificates(&self) -> bool {
        self.client_authorities.is_some()
    }

    /// gRPC-Web, if it is to be spoken.
    ///
    /// # Errors
    ///
    /// If origins are named that could not call.
    pub(super) fn web(&self) -> Result<Option<Web>, Failure> {
        if !self.grpc_web && !self.origins.is_empty() {
            let message =
                "--grpc-web-origin says who may call by gRPC-Web, but there is no --grpc-web";
            return Err(Failure::new(Exit::Usage, message));
        }
        Ok(self.grpc_web.then(|| Web { origins: self.origins.clone() }))
    }
}
