//! A small made-up town, so that tests of the outermost floors need no data:
//! two grids of streets without a road between them, one street with toll, a
//! station, and two parks of one name.

use std::{
    fs::File,
    path::Path,
    sync::{Arc, LazyLock},
};

use luwang::{
    engine::Engine,
    geo::Coordinate,
    import::ImportSource,
    osm::{Element, Header, Node, Tags, Way, write_extract},
};
use tempfile::TempDir;

use crate::support::Imported;

/// Rows and columns of a grid.
const SIZE: u16 = 12;
/// Degrees between two rows or columns: some 100 m.
const PITCH: f64 = 0.001;
/// The only street that costs toll, in the first grid: its sixth row.
const TOLL_STREET: &str = "东方大道5";
/// The corners of the grids.
const CORNERS: [(f64, f64); 2] = [(22.76, 113.83), (22.80, 113.83)];

/// The engine on the town.
pub(crate) fn engine() -> Arc<Engine> {
    Arc::clone(&town().1)
}

/// The dataset of the town.
pub(crate) fn town_file() -> &'static Path {
    &town().0.path
}

fn town() -> &'static (Imported, Arc<Engine>) {
    static TOWN: LazyLock<(Imported, Arc<Engine>)> = LazyLock::new(|| {
        let folder = TempDir::new().expect("there is room for temporary files");
        let path = folder.path().join("town.osm.pbf");
        let file = File::create(&path).expect("a file can be made there");
        let header = Header { timestamp_s: Some(1_700_000_000), ..Header::default() };
        write_extract(file, &header, &elements()).expect("the town fits into an extract");
        let imported = Imported::new(ImportSource::File(path));
        let engine = Arc::new(imported.engine());
        (imported, engine)
    });
    &TOWN
}

/// The position of a crossing.
pub(crate) fn crossing(grid: usize, row: u16, column: u16) -> (f64, f64) {
    let (lat, lon) = CORNERS[grid];
    (lat + f64::from(row) * PITCH, lon + f64::from(column) * PITCH)
}

fn elements() -> Vec<Element> {
    let mut nodes = Vec::new();
    let mut ways = Vec::new();
    let id = |grid: usize, row: u16, column: u16| {
        1_000 * (i64::try_from(grid).expect("there are two") + 1) + i64::from(row * SIZE + column)
    };
    for grid in 0..CORNERS.len() {
        for (row, column) in (0..SIZE).flat_map(|row| (0..SIZE).map(move |column| (row, column))) {
            let at = crossing(grid, row, column);
            nodes.push(node(id(grid, row, column), at, &[]));
        }
        for line in 0..SIZE {
            let east: Vec<_> = (0..SIZE).map(|column| id(grid, line, column)).collect();
            let north: Vec<_> = (0..SIZE).map(|row| id(grid, row, line)).collect();
            for (refs, name) in [(east, "东方大道"), (north, "松福大道")] {
                let number = i64::try_from(ways.len()).expect("there are few") + 1;
                let name = format!("{name}{line}");
                let toll = if name == TOLL_STREET && grid == 0 { "yes" } else { "no" };
                let highway = ("highway", "residential");
                let english = format!("Avenue {line}");
                let tags = Tags::new([
                    highway,
                    ("name", name.as_str()),
                    ("name:en", english.as_str()),
                    ("toll", toll),
                ]);
                ways.push(Element::Way(Way { id: number, refs, tags }));
            }
        }
    }
    let names = [
        (1, crossing(0, 1, 1), [("railway", "station"), ("name", "松岗站")]),
        (2, crossing(0, 3, 3), [("leisure", "park"), ("name", "中心公园")]),
        (3, crossing(1, 9, 9), [("leisure", "park"), ("name", "中心公园")]),
    ];
    let mut all: Vec<_> = names.iter().map(|(id, at, tags)| node(*id, *at, tags)).collect();
    all.extend(nodes);
    all.extend(ways);
    all
}

fn node(id: i64, (lat, lon): (f64, f64), tags: &[(&'static str, &'static str)]) -> Element {
    let coordinate = Coordinate::from_degrees(lat, lon).expect("the town is on earth");
    Element::Node(Node { id, coordinate, tags: Tags::new(tags.iter().copied()) })
}
