//! Compiles the protocol without protoc, so that the build needs Rust alone.

use std::{env, error::Error, fs, path::PathBuf};

use protox::prost::Message as _;

const SERVICES: [&str; 4] = [
    "proto/grpc/health/v1/health.proto",
    "proto/luwang/dataset/v1/dataset_service.proto",
    "proto/luwang/places/v1/place_service.proto",
    "proto/luwang/routing/v1/routing_service.proto",
];

fn main() -> Result<(), Box<dyn Error>> {
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
