//! The district and its streets (街道): relations whose outlines are arcs that
//! neighbours share.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, Result};
use luwang::osm::ElementKind;

use super::{
    output::{Output, id},
    restrictions::member,
    sheet::{Source, tag},
    table::{degrees, rows},
};

pub(crate) fn draw(output: &mut Output, folder: &Path) -> Result<()> {
    let mut corners: BTreeMap<String, i64> = BTreeMap::new();
    let mut arcs: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows(folder, "boundaries.txt")? {
        if row.text(0)? == "arc" {
            let mut refs = Vec::new();
            for text in row.text(2)?.split('>').map(str::trim) {
                let point = degrees(text).with_context(|| format!("no position: {text}"))?;
                let corner = corners.entry(text.to_owned());
                refs.push(*corner.or_insert_with(|| output.node(Source::Boundaries, point, &[])));
            }
            let way = id(Source::Boundaries, arcs.len());
            arcs.insert(row.text(1)?.to_owned(), way);
            output.way(way, refs, &[tag("boundary", "administrative")]);
            continue;
        }
        let mut members = Vec::new();
        for text in row.text(5)?.split('>').map(str::trim) {
            let way = arcs.get(text.trim_start_matches('-'));
            let way = *way.with_context(|| format!("no arc {text}: {}", row.line()))?;
            members.push(member(ElementKind::Way, way, "outer"));
        }
        let mut tags = vec![
            tag("type", "boundary"),
            tag("boundary", "administrative"),
            tag("name", row.text(2)?),
            tag("name:en", row.text(3)?),
            tag("admin_level", row.text(4)?),
        ];
        // The borders of what is around the district are not drawn.
        if let Ok(around) = row.text(6) {
            tags.push(tag("is_in", around));
        }
        output.relation(id(Source::Boundaries, row.number(1)?), members, &tags);
    }
    Ok(())
}
