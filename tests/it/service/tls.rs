//! Connections under TLS, and those that are not let in.

use std::{
    convert::Infallible,
    fs,
    future::pending,
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use hyper_util::rt::TokioIo;
use luwang::service::{
    ServeOptions, ServeSettings, Tls, TlsFiles, serve_with,
    wire::luwang::routing::v1::routing_service_client::RoutingServiceClient,
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject as _},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tonic::transport::{Channel, Endpoint, Uri};
use tower::service_fn;

use super::{at_crossing, route};
use crate::town::engine;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates").join(name)
}

fn certificates(name: &str) -> Vec<CertificateDer<'static>> {
    let all = CertificateDer::pem_file_iter(file(name)).expect("it is there");
    all.collect::<Result<_, _>>().expect("it is PEM")
}

fn tls(client_authorities: Option<&str>) -> Tls {
    let (certificate, key) = (file("server.pem"), file("server.key"));
    let client_authorities = client_authorities.map(file);
    Tls::load(TlsFiles { certificate, key, client_authorities }).expect("the files are good")
}

/// A server under TLS. To drop it ends it.
struct Secured {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Secured {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn start(settings: ServeSettings, tls: Tls) -> Secured {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let address = listener.local_addr().expect("it has an address");
    let task = tokio::spawn(async move {
        let options = ServeOptions { tls: Some(tls), ..Default::default() };
        let load = async { Ok::<_, Infallible>(engine()) };
        let settings = ServeSettings { self_test_pairs: 0, ..settings };
        serve_with(listener, load, settings, options, pending()).await.expect("it serves");
    });
    Secured { address, task }
}

/// Connects, and shows the certificate of `identity` if there is one.
async fn connect(
    address: SocketAddr,
    identity: Option<&'static str>,
) -> io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    for authority in certificates("authority.pem") {
        roots.add(authority).expect("it is an authority");
    }
    let provider = Arc::new(rustls_graviola::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("they are known")
        .with_root_certificates(roots);
    let mut config = match identity {
        None => builder.with_no_client_auth(),
        Some(name) => {
            let key = PrivateKeyDer::from_pem_file(file(&format!("{name}.key"))).expect("PEM");
            let chain = certificates(&format!("{name}.pem"));
            builder.with_client_auth_cert(chain, key).expect("they fit together")
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from("localhost").expect("it is a name");
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

/// A channel over such a connection, if the server lets it in.
async fn channel(
    address: SocketAddr,
    identity: Option<&'static str>,
) -> Result<Channel, tonic::transport::Error> {
    let connector =
        service_fn(move |_: Uri| async move { connect(address, identity).await.map(TokioIo::new) });
    Endpoint::from_static("http://localhost").connect_with_connector(connector).await
}

/// Whether a call over such a connection is answered.
async fn is_answered(address: SocketAddr, identity: Option<&'static str>) -> bool {
    let Ok(channel) = channel(address, identity).await else { return false };
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let mut client = RoutingServiceClient::new(channel);
    for _ in 0..200 {
        match client.compute_route(request.clone()).await {
            Ok(_) => return true,
            // The dataset is still loading.
            Err(error) if error.message().contains("still loading") => {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Err(_) => return false,
        }
    }
    false
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_answered_under_tls_and_not_without() {
    let server = start(ServeSettings::default(), tls(None)).await;
    assert!(is_answered(server.address, None).await);
    let plain = Channel::from_shared(format!("http://{}", server.address)).unwrap();
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let refused = match plain.connect().await {
        Ok(channel) => RoutingServiceClient::new(channel).compute_route(request).await.is_err(),
        Err(_) => true,
    };
    assert!(refused);
    // A client that speaks neither leaves the server as it was.
    let mut noise = TcpStream::connect(server.address).await.unwrap();
    noise.write_all(&[0xff; 4_096]).await.unwrap();
    assert!(is_answered(server.address, None).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_authorities_of_clients_a_client_must_show_its_certificate() {
    let server = start(ServeSettings::default(), tls(Some("authority.pem"))).await;
    assert!(is_answered(server.address, Some("client")).await);
    assert!(!is_answered(server.address, None).await);
    assert!(!is_answered(server.address, Some("stranger")).await);
    // A certificate for servers is none for clients.
    assert!(!is_answered(server.address, Some("server")).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_finish_its_handshake_holds_up_nobody_and_is_cut() {
    let settings =
        ServeSettings { max_greeting_time: Duration::from_millis(300), ..Default::default() };
    let server = start(settings, tls(None)).await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        // The beginning of a handshake that never goes on.
        stream.write_all(&[0x16, 0x03, 0x01, 0x01, 0x00]).await.unwrap();
        silent.push(stream);
    }
    assert!(is_answered(server.address, None).await);
    for mut stream in silent {
        let read = timeout(Duration::from_secs(10), stream.read_to_end(&mut Vec::new())).await;
        // An error says that it was cut, too.
        let _ = read.expect("it is cut");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn new_certificates_are_for_new_connections() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str| {
        for ending in ["pem", "key"] {
            let to = folder.path().join(format!("now.{ending}"));
            fs::copy(file(&format!("{name}.{ending}")), to).unwrap();
        }
    };
    put("server");
    let files = TlsFiles {
        certificate: folder.path().join("now.pem"),
        key: folder.path().join("now.key"),
        client_authorities: None,
    };
    let tls = Tls::load(files).unwrap();
    let server = start(ServeSettings::default(), tls.clone()).await;
    let shown = || async {
        let stream = connect(server.address, None).await.unwrap();
        stream.get_ref().1.peer_certificates().unwrap()[0].clone()
    };
    assert_eq!(shown().await, certificates("server.pem")[0]);
    let old = channel(server.address, None).await.unwrap();
    put("renewed");
    assert!(tls.reload().unwrap());
    assert_eq!(shown().await, certificates("renewed.pem")[0]);
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let answer = RoutingServiceClient::new(old).compute_route(request).await;
    assert!(answer.is_ok(), "{answer:?}");
}
