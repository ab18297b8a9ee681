//! The extract inside the binary.

/// A schematic of Bao'an district in Shenzhen; `fixtures/README.md` says what in
/// it is fact.
pub(super) const BAOAN: &[u8] = include_bytes!("../../fixtures/baoan.osm.pbf");

/// What it is called where a source is named.
pub(super) const BAOAN_NAME: &str = "baoan.osm.pbf";
