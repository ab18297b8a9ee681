//! The drawing of Bao'an: tables in, elements of OSM out. Roads go onto a
//! [`Sheet`] one after the other, which makes a junction wherever two of them
//! meet at grade; then come places and boundaries. The same tables give the
//! same bytes.

use std::path::Path;

use anyhow::Result;
use luwang::{
    geo::BoundingBox,
    osm::{self, Element, Header},
};

mod blocks;
mod boundaries;
mod islands;
mod output;
mod places;
mod plane;
mod ramps;
mod restrictions;
mod roads;
mod roundabouts;
mod sheet;
mod signs;
mod skeleton;
mod table;
mod walk;

use output::Output;
use sheet::Sheet;
use table::Stops;

/// The elements of the fixture, drawn from the tables in `folder`.
pub(crate) fn draw(folder: &Path) -> Result<Vec<Element>> {
    let stops = Stops::read(folder)?;
    let mut sheet = Sheet::default();
    roads::draw(&mut sheet, folder, &stops)?;
    skeleton::draw(&mut sheet, folder, &stops)?;
    roundabouts::draw(&mut sheet, folder)?;
    blocks::draw(&mut sheet, folder)?;
    ramps::draw(&mut sheet, folder)?;
    islands::join(&mut sheet);
    signs::draw(&mut sheet, folder)?;

    let restrictions = restrictions::read(&sheet, folder)?;
    let mut output = Output::of(&sheet, &restrictions);
    restrictions::write(&mut output, &restrictions)?;
    places::draw(&mut output, folder, &stops)?;
    boundaries::draw(&mut output, folder)?;
    Ok(output.into_elements())
}

/// `elements` as an extract.
pub(crate) fn extract(elements: &[Element]) -> Result<Vec<u8>> {
    let points = elements.iter().filter_map(|element| match element {
        Element::Node(node) => Some(node.coordinate),
        Element::Way(_) | Element::Relation(_) => None,
    });
    let header = Header {
        writing_program: Some("luwang draw_baoan".to_owned()),
        timestamp_s: None,
        bounds: BoundingBox::around(points),
    };
    let mut bytes = Vec::new();
    osm::write_extract(&mut bytes, &header, elements)?;
    Ok(bytes)
}
