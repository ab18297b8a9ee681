//! `luwang serve --check`: what it finds good and what it refuses, without
//! listening anywhere.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
};

use crate::support;

/// Checks a file of settings; gives exit code, output and complaints.
fn check(settings: &Path, variables: &[(&str, &str)], typed: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_luwang"));
    command.args(["serve", "--check", "--config"]).arg(settings).args(typed);
    command.envs(variables.iter().copied()).env_remove("LUWANG_TEST_DATA").stdin(Stdio::null());
    let output = command.output().expect("the binary runs");
    let [out, err] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("it is UTF-8"));
    (output.status.code().expect("it exits by itself"), out, err)
}

#[test]
fn good_settings_are_told_and_nothing_listens() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("luwang.toml");
    // An address in use would be refused by whoever listens there.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap();
    let dataset = support::dataset().display();
    let text = format!("dataset = '{dataset}'\nlisten = '{listen}'\nprepare-avoid = ['toll']\n");
    fs::write(&settings, text).unwrap();
    let (code, out, err) = check(&settings, &[("LUWANG_MAX_CALS", "3")], &[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains(&format!("dataset: {dataset}, ")), "{out}");
    assert!(out.contains(&format!("calls: {listen}\n")), "{out}");
    assert!(out.starts_with("warning: the variable LUWANG_MAX_CALS is no setting\n"), "{out}");
    assert!(out.ends_with("the settings are good\n"), "{out}");
}

#[test]
fn a_certificate_of_the_past_is_no_good() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("luwang.toml");
    let dataset = support::dataset().to_str().unwrap();
    let certificates = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates");
    for (name, expected) in [("server", 0), ("past", 2)] {
        let [certificate, key] =
            ["pem", "key"].map(|kind| certificates.join(name).with_extension(kind));
        let (certificate, key) = (certificate.display(), key.display());
        fs::write(&settings, format!("tls-cert = '{certificate}'\ntls-key = '{key}'\n")).unwrap();
        let (code, _, err) = check(&settings, &[], &[dataset]);
        assert_eq!(code, expected, "{err}");
        let told = format!("{certificate} is valid from 2020-01-01T00:00:00Z until 2021-01-01");
        assert_eq!(err.contains(&told), expected != 0, "{err}");
    }
}

#[test]
fn tokens_are_read_before_anybody_could_call() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("luwang.toml");
    let tokens = folder.path().join("tokens");
    let shown = tokens.display();
    let text = format!("admin-listen = '0.0.0.0:1'\nadmin-token-file = '{shown}'\n");
    fs::write(&settings, text).unwrap();
    let dataset = support::dataset().to_str().unwrap();
    for (text, expected) in [
        ("# none\n\n", format!("{shown} has no token")),
        ("0123456789abcdef\nshort\n", format!("{shown}:2: a token has from 16 to 1024")),
    ] {
        fs::write(&tokens, text).unwrap();
        let (code, _, err) = check(&settings, &[], &[dataset]);
        assert!(code == 2 && err.contains(&expected), "{err}");
        assert!(!err.contains("0123"), "a secret is told: {err}");
    }
    fs::write(&tokens, "# for the control room\n0123456789abcdef\nfedcba9876543210\n").unwrap();
    let (code, out, err) = check(&settings, &[], &[dataset]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("administration: 0.0.0.0:1, 2 tokens\n"), "{out}");
    let roads = format!("updates of roads: {dataset}.roads, 0 in force or to come\n");
    assert!(out.contains(&roads), "{out}");
}

#[test]
fn what_could_not_be_served_exits_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("luwang.toml");
    let dataset = support::dataset().to_str().unwrap();
    for (text, typed, expected) in [
        ("", vec![], "no dataset is named"),
        ("dataset = 'nowhere.luwang'", vec![], "nowhere.luwang"),
        ("listen = 'localhost'", vec![dataset], "luwang.toml:1:1: listen: invalid value"),
        ("tls-cert = 'a.pem'", vec![dataset], "TLS needs both --tls-cert and --tls-key"),
        ("tls-cert = 'a.pem'\ntls-key = 'a.key'", vec![dataset], "cannot read a.pem"),
        ("grpc-web-origin = ['maps']", vec![dataset], "expected an origin such as https://"),
        ("grpc-web-origin = ['*']", vec![dataset], "there is no --grpc-web"),
        (
            "admin-listen = '0.0.0.0:1'",
            vec![dataset],
            "needs --admin-token-file or --tls-client-ca",
        ),
        ("admin-token-file = 'none'", vec![dataset], "cannot read the tokens in none"),
        (
            "admin-listen = '127.0.0.1:7'\nroad-log = 'Cargo.toml'",
            vec![dataset],
            "Cargo.toml is no log of road updates",
        ),
        (
            "admin-listen = '127.0.0.1:7'\nroad-log = 'no/folder'",
            vec![dataset],
            "cannot write beside the log of road updates no/folder",
        ),
        (
            "listen = '0.0.0.0:7'\nmetrics-listen = '127.0.0.1:7'",
            vec![dataset],
            "--metrics-listen 127.0.0.1:7 and --listen 0.0.0.0:7 are one address",
        ),
        // Not only the first thing.
        ("tls-cert = 'a'\ngrpc-web-origin = ['*']", vec!["none"], "for 3 reasons:\n  TLS needs"),
        ("tls-cert = 'a'", vec!["none.luwang"], "\n  cannot open none.luwang"),
        ("max-road-updates = 0", vec![dataset], "expected a whole number from 1"),
        ("max-calls = -1", vec![dataset], "expected a whole number from 1"),
        ("max-variants = 1", vec![dataset, "--prepare-avoid", "toll"], "--max-variants keeps 1"),
    ] {
        fs::write(&settings, text).unwrap();
        let (code, out, err) = check(&settings, &[], &typed);
        assert_eq!((code, out.as_str()), (2, ""), "{text}: {err}");
        assert!(err.starts_with("error: ") && err.contains(expected), "{text}: {err}");
    }
    let (code, _, err) = check(&folder.path().join("missing.toml"), &[], &[dataset]);
    assert_eq!(code, 2);
    assert!(err.contains("cannot read settings from ") && err.contains("missing.toml"), "{err}");
}
