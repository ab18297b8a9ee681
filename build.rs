//! Compiles the protocol without protoc, so that the build needs Rust alone, and
//! writes the table of simplified characters.

use std::{env, error::Error, fmt::Write as _, fs, path::PathBuf};

use protox::prost::Message as _;

const SERVICES: [&str; 5] = [
    "proto/grpc/health/v1/health.proto",
    "proto/luwang/admin/v1/admin_service.proto",
    "proto/luwang/dataset/v1/dataset_service.proto",
    "proto/luwang/places/v1/place_service.proto",
    "proto/luwang/routing/v1/routing_service.proto",
];

fn main() -> Result<(), Box<dyn Error>> {
    write_simplified()?;
    println!("cargo::rerun-if-changed=proto");
    let descriptors = protox::compile(SERVICES, ["proto"])?;

    // For reflection. `compile_fds` ignores `file_descriptor_set_path`, so the
    // descriptors are written here.
    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out_dir.join("descriptors.bin"), descriptors.encode_to_vec())?;

    tonic_prost_build::configure()
        .btree_map(".")
        .include_file("wire.rs")
        .compile_fds(descriptors)?;
    Ok(())
}

/// Writes each traditional character with the simplified one that stands for it
/// alone, ascending. To look a character up in a table costs nothing at run
/// time; to convert whole texts would take a dictionary of phrases.
fn write_simplified() -> Result<(), Box<dyn Error>> {
    let ideographs = ('\u{3400}'..='\u{9fff}').chain('\u{20000}'..='\u{2fa1f}');
    let one = |traditional: char| {
        let converted = hanconv::t2s(traditional.to_string());
        let mut characters = converted.chars();
        characters.next().filter(|_| characters.next().is_none()).unwrap_or(traditional)
    };
    let mut table = String::from("[\n");
    for traditional in ideographs {
        let mut simplified = one(traditional);
        // What stands for one may be written otherwise itself: 薴, 苧, 苎.
        while one(simplified) != simplified {
            simplified = one(simplified);
        }
        if simplified != traditional {
            writeln!(table, "({traditional:?}, {simplified:?}),")?;
        }
    }
    table.push(']');
    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    Ok(fs::write(out_dir.join("simplified.rs"), table)?)
}
