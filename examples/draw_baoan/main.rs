//! Draws `fixtures/baoan.osm.pbf` from the tables in `fixtures/baoan`. Run
//! this after an edit of the tables; a test asserts that both agree.

use std::{fs, path::Path};

mod drawing;

fn main() -> anyhow::Result<()> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let elements = drawing::draw(&fixtures.join("baoan"))?;
    fs::write(fixtures.join("baoan.osm.pbf"), drawing::extract(&elements)?)?;
    Ok(())
}
