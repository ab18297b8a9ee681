//! Turn restrictions. The table gives positions; here they become the nodes
//! and ways that meet there.

use std::path::Path;

use anyhow::{Context as _, Result};
use luwang::osm::{ElementId, ElementKind, Member};

use super::{
    output::{Output, id},
    plane::Point,
    sheet::{Sheet, Source, Tag, tag},
    table::{degrees, rows},
};

/// A restriction of the table, on the sheet.
pub(crate) struct Restriction {
    number: usize,
    tags: Vec<Tag>,
    /// The vertex before the first junction.
    from: usize,
    /// The junction, or the two at the ends of a way.
    pub(crate) via: Vec<usize>,
    /// The vertex after the last junction.
    to: usize,
}

pub(crate) fn read(sheet: &Sheet, folder: &Path) -> Result<Vec<Restriction>> {
    let mut restrictions = Vec::new();
    for row in rows(folder, "restrictions.txt")? {
        let mut tags = vec![tag("type", "restriction"), tag("restriction", row.text(1)?)];
        tags.extend(row.tags(5)?);
        let mut via = Vec::new();
        for text in row.text(3)?.split('>') {
            let point = degrees(text.trim()).with_context(|| row.line().to_owned())?;
            via.push(junction(sheet, point).with_context(|| row.line().to_owned())?);
        }
        let (first, last) = (via[0], via[via.len() - 1]);
        let from = toward(sheet, first, row.point(2)?, &via, false);
        let to = toward(sheet, last, row.point(4)?, &via, true);
        restrictions.push(Restriction {
            number: row.number(0)?,
            tags,
            from: from.with_context(|| format!("no way in: {}", row.line()))?,
            to: to.with_context(|| format!("no way out: {}", row.line()))?,
            via,
        });
    }
    Ok(restrictions)
}

/// The junction nearest to `point`.
fn junction(sheet: &Sheet, point: Point) -> Option<usize> {
    let junctions = (0..sheet.vertices.len()).filter(|&at| sheet.vertices[at].edges.len() >= 3);
    junctions
        .min_by(|&a, &b| sheet.point(a).distance(point).total_cmp(&sheet.point(b).distance(point)))
}

/// The neighbour of `vertex` in the direction of `point`: of those that may
/// be driven to, if `out`, else of those that may be driven from.
fn toward(sheet: &Sheet, vertex: usize, point: Point, via: &[usize], out: bool) -> Option<usize> {
    let here = sheet.point(vertex);
    let wanted = (point - here).unit();
    let open = |&&(head, line): &&(usize, usize)| {
        let line = &sheet.lines[line];
        let (from, to) = if out { (vertex, head) } else { (head, vertex) };
        let drawn = line.chain.windows(2).any(|pair| pair == [from, to]);
        !via.contains(&head) && (drawn || !line.is("oneway", "yes"))
    };
    let straightness = |head: usize| (sheet.point(head) - here).unit().dot(wanted);
    let heads = sheet.vertices[vertex].edges.iter().filter(open).map(|&(head, _)| head);
    heads.max_by(|&a, &b| straightness(a).total_cmp(&straightness(b)))
}

pub(crate) fn write(output: &mut Output, restrictions: &[Restriction]) -> Result<()> {
    for restriction in restrictions {
        let node = |vertex: usize| output.node_of(vertex);
        let way = |a: usize, b: usize| {
            let way = output.way_along(node(a), node(b));
            way.with_context(|| format!("restriction {}: no way", restriction.number))
        };
        let (first, last) = (restriction.via[0], restriction.via[restriction.via.len() - 1]);
        let via = if first == last {
            (ElementKind::Node, node(first))
        } else {
            (ElementKind::Way, way(first, last)?)
        };
        let members = [
            (ElementKind::Way, way(restriction.from, first)?, "from"),
            (via.0, via.1, "via"),
            (ElementKind::Way, way(last, restriction.to)?, "to"),
        ];
        let members = members.map(|(kind, number, role)| member(kind, number, role)).to_vec();
        let id = id(Source::Restrictions, restriction.number);
        output.relation(id, members, &restriction.tags);
    }
    Ok(())
}

pub(crate) fn member(kind: ElementKind, number: i64, role: &str) -> Member {
    Member { element: ElementId { kind, number }, role: role.into() }
}
