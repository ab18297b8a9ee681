//! Who may change what is served, and where what they say is kept.

use std::{
    fs,
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::{
    cli::{
        failure::{Exit, Failure},
        format::parse_count,
    },
    service::Token,
};

/// The admin service. Secrets are named by their files only: a command line can be read by
/// all.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Administration")]
pub(super) struct Administration {
    /// Where to answer the admin service, which loads the dataset anew and closes roads;
    /// nowhere if not said. Anything but this machine needs tokens or --tls-client-ca
    #[arg(long, value_name = "IP:PORT")]
    pub(super) admin_listen: Option<SocketAddr>,
    /// Tokens of which admin calls must show one, in `authorization: Bearer …`: one a line, of
    /// 16 characters or more; lines that begin with # do not count
    #[arg(long, value_name = "FILE")]
    admin_token_file: Option<PathBuf>,
    /// Where updates of roads are written [default: the dataset's name with .roads after it]
    #[arg(long, value_name = "FILE")]
    road_log: Option<PathBuf>,
    /// Updates of roads in force and to come
    #[arg(long, value_name = "N", default_value = "10000", value_parser = parse_count)]
    pub(super) max_road_updates: NonZeroU32,
}

impl Administration {
    /// The tokens, of which there are none only where that is safe.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or has no good token, or if anybody could call.
    pub(super) fn tokens(&self, has_client_certificates: bool) -> anyhow::Result<Vec<Token>> {
        let Some(path) = &self.admin_token_file else {
            let Some(address) = self.admin_listen else { return Ok(Vec::new()) };
            if address.ip().is_loopback() || has_client_certificates {
                return Ok(Vec::new());
            }
            let message = format!(
                "whoever reaches {address} could close roads: --admin-listen elsewhere than on \
                 this machine needs --admin-token-file or --tls-client-ca"
            );
            return Err(Failure::new(Exit::Usage, message).into());
        };
        let shown = path.display();
        let text = fs::read_to_string(path)
            .with_context(|| format!("cannot read the tokens in {shown}"))?;
        let lines = text.lines().map(str::trim).enumerate();
        let tokens = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let token = |(index, line): (usize, &str)| {
            let wrong =
                |error| Failure::new(Exit::Usage, format!("{shown}:{}: {error}", index + 1));
            Token::new(line).map_err(wrong)
        };
        let tokens: Vec<Token> = tokens.map(token).collect::<Result<_, _>>()?;
        if tokens.is_empty() {
            return Err(Failure::new(Exit::Usage, format!("{shown} has no token")).into());
        }
        Ok(tokens)
    }

    /// Where updates of roads are written: nowhere if nobody can make any and there are none
    /// from earlier.
    pub(super) fn road_log(&self, dataset: &Path) -> Option<PathBuf> {
        let path = self.road_log.clone().unwrap_or_else(|| {
            let mut path = dataset.to_owned().into_os_string();
            path.push(".roads");
            path.into()
        });
        (self.admin_listen.is_some() || path.exists()).then_some(path)
    }
}
