//! The binary as people and scripts meet it: what it prints where, and the
//! code it exits with.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

use crate::support;

const COMMUNITY: &str = "松岗东方社区";
const MUSEUM: &str = "松岗琥珀博物馆";

fn luwang() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_luwang"));
    command.stdin(Stdio::null()).env_remove("LUWANG_LOG");
    command
}

/// Runs `luwang` with `arguments`; gives exit code, output and complaints.
fn run(arguments: &[&str]) -> (i32, String, String) {
    read(luwang().args(arguments).output().expect("the binary runs"))
}

fn read(output: Output) -> (i32, String, String) {
    let [out, err] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("it is UTF-8"));
    assert!(!err.contains("panicked") && !err.contains("backtrace"), "{err}");
    (output.status.code().expect("it exits by itself"), out, err)
}

fn dataset() -> &'static str {
    support::dataset().to_str().expect("the path is UTF-8")
}

#[test]
fn help_and_version_are_answers() {
    let (code, help, err) = run(&["--help"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(help.contains("Exit codes:"), "{help}");
    for command in [
        "how-far",
        "import",
        "inspect",
        "verify",
        "route",
        "places",
        "whereis",
        "serve",
        "completions",
        "man",
        "health",
    ] {
        assert!(help.contains(command), "{help}");
        let (code, help, _) = run(&[command, "--help"]);
        assert_eq!(code, 0);
        assert!(help.contains("Examples:"), "{help}");
    }
    let (code, version, _) = run(&["--version"]);
    assert_eq!((code, version), (0, format!("luwang {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn a_wrong_command_line_exits_with_2() {
    for arguments in [
        &[][..],
        &["fly"],
        &["import", "a.osm.pbf"],
        &["import", "a.osm.pbf", "-o", "a", "--clip", "1,2,3"],
        &["import", "a.osm.pbf", "-o", "a", "--clip", "1,2,3,4", "--clip-place", "b"],
        &["route", "a.luwang", "b"],
        &["route", "a.luwang", "", "c"],
        &["route", "a.luwang", "b", "c", "--jsn"],
        &["route", "a.luwang", "b", "c", "--json", "--geojson"],
        &["route", "a.luwang", "113.84,22.77", "c"],
        &["route", "a.luwang", "node/x", "c"],
        &["verify", "a.luwang", "--pairs", "many"],
        &["verify", "a.luwang", "--avoid", "tolls"],
        &["route", "a.luwang", "b", "c", "--avoid", "toll ferry"],
        &["places", "a.luwang", "b", "--near", "here"],
        &["whereis", "a.luwang"],
        &["whereis", "a.luwang", "松岗"],
        &["whereis", "a.luwang", "113.84,22.77"],
        &["whereis", "a.luwang", "22.77,113.84", "--language", "英语"],
        &["serve", "a.luwang", "--listen", "localhost"],
        &["serve", "a.luwang", "--drain-timeout", "soon"],
        &["serve", "a.luwang", "--prepare-avoid", "bridges"],
        &["serve", "a.luwang", "--label-memory", "much"],
    ] {
        let (code, out, err) = run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(!err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_file_that_is_not_there_or_no_dataset_exits_with_1() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("foreign.luwang");
    fs::write(&foreign, "not a dataset").unwrap();
    for file in ["no-such.luwang", foreign.to_str().unwrap()] {
        for arguments in [
            &["inspect", file][..],
            &["verify", file],
            &["route", file, "-33.9,151.2", "b"],
            &["places", file, "b"],
            &["whereis", file, "-33.9,151.2"],
            &["serve", file, "--listen", "127.0.0.1:0"],
        ] {
            let (code, out, err) = run(arguments);
            assert_eq!((code, out.as_str()), (1, ""), "{arguments:?}: {err}");
            assert!(err.starts_with("error: ") && err.contains(file), "{err}");
        }
    }
}

#[test]
fn an_import_that_fails_exits_with_1_and_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let [extract, output] = ["a.osm.pbf", "a.luwang"].map(|name| folder.path().join(name));
    fs::write(&extract, "not an extract").unwrap();
    fs::write(&output, "old").unwrap();
    let import = |extract: &Path| {
        read(luwang().arg("import").arg(extract).arg("-o").arg(&output).output().unwrap())
    };
    for extract in [&extract, &folder.path().join("no-such.osm.pbf")] {
        let (code, _, err) = import(extract);
        assert_eq!(code, 1, "{err}");
        assert!(err.contains("error: "), "{err}");
        assert_eq!(fs::read(&output).unwrap(), b"old");
    }
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "nothing temporary stays");
}

#[test]
fn an_import_tells_its_stages_and_sums_up_unless_it_is_to_be_quiet() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("baoan.luwang");
    let import = |more: &[&str]| {
        let mut command = luwang();
        command.arg("import").arg(support::fixture()).arg("-o").arg(&output).args(more);
        read(command.output().unwrap())
    };
    let (code, out, err) = import(&[]);
    assert_eq!(code, 0, "{err}");
    assert!(!err.is_empty() && !err.contains('\u{1b}'), "plain lines, no bars: {err}");
    for part in ["file size", "stage"] {
        assert!(out.contains(part), "{part} in {out}");
    }
    assert_eq!(import(&["--quiet", "--threads", "1"]), (0, String::new(), String::new()));
}

#[test]
fn inspect_prints_sections_for_people_and_for_programs() {
    let (code, text, _) = run(&["inspect", dataset()]);
    assert_eq!(code, 0);
    let (code, json, _) = run(&["inspect", dataset(), "--json"]);
    assert_eq!(code, 0);
    let json: Value = serde_json::from_str(&json).unwrap();
    let size = fs::metadata(support::dataset()).unwrap().len();
    assert_eq!(json["file_size_bytes"], size);
    for section in json["sections"].as_array().unwrap() {
        assert!(text.contains(section["name"].as_str().unwrap()), "{text}");
    }
}

#[test]
fn verify_finds_no_difference() {
    let (code, out, err) = run(&["verify", dataset(), "--pairs", "50", "--seed", "3"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("no difference: 50 pairs"), "{out}");
    let avoid = ["--avoid", "motorway,toll", "--avoid", "tunnel"];
    let (code, out, err) = run(&[&["verify", dataset(), "--pairs", "50"][..], &avoid].concat());
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("no difference: 50 pairs"), "{out}");
}

#[test]
fn a_route_is_the_same_for_people_and_for_programs() {
    let route = ["route", dataset(), COMMUNITY, MUSEUM];
    let (code, text, err) = run(&route);
    assert_eq!(code, 0, "{err}");
    assert!(text.lines().next().unwrap().contains(" → "), "{text}");
    let document = |format: &str| -> Value {
        let (code, out, err) = run(&[&route[..], &[format]].concat());
        assert_eq!(code, 0, "{err}");
        serde_json::from_str(&out).unwrap()
    };
    let (json, geojson) = (document("--json"), document("--geojson"));
    assert!(json["distance_m"].as_f64().unwrap() > 0.0);
    assert!(json["duration_s"].as_f64().unwrap() > 0.0);
    assert_eq!(json["places"].as_array().unwrap().len(), 2);
    assert_eq!(json["snapped"].as_array().unwrap().len(), 2);
    assert!(!json["legs"][0]["steps"].as_array().unwrap().is_empty());
    assert!(json["avoid"].as_array().unwrap().is_empty());
    let (code, out, err) = run(&[&route[..], &["--json", "--avoid", "unpaved,toll"]].concat());
    assert_eq!(code, 0, "{err}");
    let avoiding: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(avoiding["avoid"], serde_json::json!(["toll", "unpaved"]));
    let properties = &geojson["features"][0]["properties"];
    assert_eq!(properties["distance_m"], json["distance_m"]);
    assert_eq!(properties["duration_s"], json["duration_s"]);
}

#[test]
fn each_refusal_has_its_exit_code() {
    for (from, expected) in
        [("nowhere at all", 3), ("node/999999999999", 3), ("-33.9,151.2", 6), ("0,0", 6)]
    {
        let (code, out, err) = run(&["route", dataset(), from, MUSEUM]);
        assert_eq!((code, out.as_str()), (expected, ""), "{from}: {err}");
        assert!(err.starts_with("error: "), "{err}");
    }
    let (code, ..) = run(&["route", dataset(), COMMUNITY, MUSEUM, "--profile", "submarine"]);
    assert_eq!(code, 2);
    let (code, out, _) = run(&["places", dataset(), "nowhere at all", "--json"]);
    let page: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, page["places"].as_array().unwrap().len()), (3, 0));
}

#[test]
fn places_are_found_by_a_part_of_their_name() {
    let (code, out, err) = run(&["places", dataset(), "琥珀", "--limit", "5"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("琥珀"), "{out}");
    for (kind, expected) in [("station-entrance", "松岗站A口"), ("station entrance", "松岗站A口")]
    {
        let ask = ["places", dataset(), "松岗站", "--kind", kind, "--json", "--limit", "1"];
        let (code, out, err) = run(&ask);
        assert_eq!(code, 0, "{err}");
        let json: Value = serde_json::from_str(&out).unwrap();
        let place = &json["places"][0];
        assert_eq!(
            (&place["name"], &place["kind"]),
            (&expected.into(), &"station entrance".into())
        );
    }
    let (code, out, _) = run(&["places", dataset(), "松岗站", "--kind", "stationentrance"]);
    assert_eq!((code, out.as_str()), (2, ""));
}

#[test]
fn a_point_is_told_to_people_and_to_programs() {
    let whereis =
        |more: &[&str]| run(&[&["whereis", dataset(), "22.7706,113.8405"], more].concat());
    let (code, text, err) = whereis(&[]);
    assert_eq!(code, 0, "{err}");
    let (code, json, err) = whereis(&["--json"]);
    assert_eq!(code, 0, "{err}");
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(text.lines().next(), json["description"].as_str());
    assert!(text.starts_with("宝安区松岗街道"), "{text}");
    assert!(json["street"]["distance_m"].as_f64().unwrap() < 200.0);
    let areas: Vec<_> = json["areas"].as_array().unwrap().iter().map(|a| &a["name"]).collect();
    assert_eq!(areas.last().unwrap().as_str(), Some("宝安区"));

    let station = ["--kind", "station", "--radius", "5000", "--limit", "1"];
    let (code, json, err) = whereis(&[&station[..], &["--json"]].concat());
    assert_eq!(code, 0, "{err}");
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["places"][0]["kind"], "station");
    assert_eq!(json["places"].as_array().unwrap().len(), 1);
    for (more, expected) in
        [(&["--kind", "dragon"][..], 2), (&["--radius", "5001"], 2), (&["--limit", "101"], 2)]
    {
        let (code, out, err) = whereis(more);
        assert_eq!((code, out.as_str()), (expected, ""), "{err}");
    }
    let (code, out, err) = run(&["whereis", dataset(), "-33.9,151.2"]);
    assert_eq!((code, out.as_str()), (6, ""), "{err}");
    assert!(err.starts_with("error: location: "), "{err}");
}

#[test]
fn how_far_answers_through_the_service_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let how_far = |arguments: &[&str]| {
        let mut command = luwang();
        command.env("TMPDIR", folder.path()).arg("how-far").args(arguments);
        let result = read(command.output().unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing stays");
        result
    };
    let (code, text, err) = how_far(&[COMMUNITY, MUSEUM]);
    assert_eq!(code, 0, "{err}");
    for part in ["琥珀博物馆", " km", "距离", "时间", "途经"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let (code, over_the_wire, _) = how_far(&[COMMUNITY, MUSEUM, "--json"]);
    assert_eq!(code, 0);
    let (_, in_process, _) = run(&["route", dataset(), COMMUNITY, MUSEUM, "--json"]);
    let [wire, local] =
        [over_the_wire, in_process].map(|text| serde_json::from_str::<Value>(&text).unwrap());
    for key in ["distance_m", "duration_s", "places", "snapped", "legs"] {
        assert_eq!(wire[key], local[key], "{key}");
    }
    assert_eq!(how_far(&["nowhere at all", MUSEUM]).0, 3);
    assert_eq!(how_far(&["0,0", MUSEUM]).0, 6);
}

#[test]
fn a_reader_that_has_gone_is_no_failure_and_hides_none() {
    for (arguments, expected) in [
        (&["inspect", dataset()][..], 0),
        (&["--help"], 0),
        (&["places", dataset(), "nowhere at all", "--json"], 3),
    ] {
        let mut child = luwang()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        drop(child.stdout.take());
        let (code, _, err) = read(child.wait_with_output().unwrap());
        assert_eq!(code, expected, "{arguments:?}: {err}");
        assert_eq!(err.is_empty(), expected == 0, "{arguments:?}: {err}");
    }
}

#[test]
fn an_address_in_use_is_a_failure_with_its_cause() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, _, err) = run(&["serve", dataset(), "--listen", &address]);
    assert_eq!(code, 1);
    let expected = format!("error: cannot listen on {address}\n  because: ");
    assert!(err.contains(&expected), "{err}");
}

#[test]
fn a_log_filter_that_means_nothing_is_told() {
    let mut command = luwang();
    command.env("LUWANG_LOG", "luwang=loud").args(["serve", dataset()]);
    let (code, _, err) = read(command.output().unwrap());
    assert_eq!(code, 2, "{err}");
    assert!(err.starts_with("error: LUWANG_LOG: invalid value \"luwang=loud\": "), "{err}");
}

#[test]
fn more_prepared_than_is_kept_is_told() {
    let (code, _, err) =
        run(&["serve", dataset(), "--prepare-avoid", "toll", "--max-variants", "1"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("asks for 2 variants") && err.contains("keeps 1"), "{err}");
}

#[cfg(unix)]
#[test]
fn serve_says_where_it_listens_and_ends_at_a_signal() {
    for signal in ["-TERM", "-INT"] {
        let mut child = luwang()
            .args(["serve", dataset(), "--listen", "127.0.0.1:0", "--drain-timeout", "1s"])
            .args(["--prepare-avoid", "toll", "--prepare-avoid", "toll,motorway"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on ").expect("it says where");
        assert!(address.starts_with("127.0.0.1:") && !address.ends_with(":0"), "{address}");
        // Sooner or later it has its dataset.
        while run(&["health", address]).0 != 0 {}
        assert_eq!(run(&["health", address]).1, "SERVING\n");
        let id = child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let (code, _, err) = read(child.wait_with_output().unwrap());
        assert_eq!(code, 0, "{err}");
        let (code, _, err) = run(&["health", address]);
        assert_eq!(code, 1);
        assert!(err.contains(&format!("cannot reach {address}")), "{err}");
    }
}
