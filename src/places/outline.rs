//! Outlines of areas: what lies inside, and a point that surely does.

use crate::{
    array::{first_positions, row},
    geo::{BoundingBox, Coordinate, distance_m},
};

/// The outline of an area: any number of closed rings, of which a point is
/// inside an odd number. So holes and islands in them need no order.
///
/// A test takes about constant time: edges are sorted into bands of latitude,
/// as many as there are edges.
#[derive(Clone, Debug)]
pub struct Outline {
    bounds: BoundingBox,
    edges: Vec<[Coordinate; 2]>,
    /// The edges of each band, by number; `first` has one more entry than bands.
    first: Vec<u32>,
    in_band: Vec<u32>,
}

impl Outline {
    /// The outline of `rings`, each with its first point again at the end.
    /// `None` if they have no edges but level ones.
    #[must_use]
    pub fn new(rings: &[Vec<Coordinate>]) -> Option<Self> {
        let bounds = BoundingBox::around(rings.iter().flatten().copied())?;
        let edges: Vec<[Coordinate; 2]> = rings
            .iter()
            .flat_map(|ring| ring.windows(2).map(|pair| [pair[0], pair[1]]))
            .filter(|[a, b]| a != b)
            .collect();
        if edges.iter().all(|[a, b]| a.lat_e7() == b.lat_e7()) {
            return None;
        }
        let bands = edges.len();
        let bands_of = |[a, b]: &[Coordinate; 2]| {
            let (low, high) = (a.lat_e7().min(b.lat_e7()), a.lat_e7().max(b.lat_e7()));
            band(&bounds, bands, low)..=band(&bounds, bands, high)
        };
        let mut counts = vec![0_usize; bands];
        edges.iter().flat_map(bands_of).for_each(|band| counts[band] += 1);
        let first = first_positions(counts);
        let mut next = first.clone();
        let mut in_band = vec![0; first[bands] as usize];
        for (number, edge) in (0..).zip(&edges) {
            for band in bands_of(edge) {
                in_band[next[band] as usize] = number;
                next[band] += 1;
            }
        }
        Some(Self { bounds, edges, first, in_band })
    }

    /// The smallest box around it.
    #[must_use]
    pub fn bounds(&self) -> BoundingBox {
        self.bounds
    }

    /// Its edges ring by ring.
    pub(super) fn edges(&self) -> &[[Coordinate; 2]] {
        &self.edges
    }

    /// Whether `point` is inside.
    #[must_use]
    pub fn contains(&self, point: Coordinate) -> bool {
        self.bounds.contains(point)
            && self.crossings(point.lat_e7()).filter(|&lon| point.lon() < lon).count() % 2 == 1
    }

    /// A point inside: the centre if that is inside, else the middle of the
    /// widest stretch inside at the latitude of the centre.
    #[must_use]
    pub fn inner_point(&self) -> Coordinate {
        let BoundingBox { min, max } = self.bounds;
        let center = self.centroid();
        if self.contains(center) {
            return center;
        }
        let mut crossings: Vec<f64> = self.crossings(center.lat_e7()).collect();
        crossings.sort_by(f64::total_cmp);
        let widest = crossings
            .chunks_exact(2)
            .max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))
            .map(|stretch| f64::midpoint(stretch[0], stretch[1]));
        let lon = widest.unwrap_or(f64::midpoint(min.lon(), max.lon()));
        Coordinate::from_degrees(center.lat(), lon).unwrap_or(center)
    }

    /// How far the farthest corner of the box is from `point`, in metres.
    #[must_use]
    pub fn reach_m(&self, point: Coordinate) -> f64 {
        let BoundingBox { min, max } = self.bounds;
        distance_m(point, min).max(distance_m(point, max))
    }

    /// The longitudes at which the outline crosses a latitude.
    fn crossings(&self, lat_e7: i32) -> impl Iterator<Item = f64> + '_ {
        let band = row(&self.first, band(&self.bounds, self.edges.len(), lat_e7));
        let edges = self.in_band[band].iter().map(|&number| self.edges[number as usize]);
        edges.filter_map(move |edge| crossing(edge, lat_e7))
    }

    /// The centre of gravity; of the box where the area is next to nothing.
    fn centroid(&self) -> Coordinate {
        let BoundingBox { min, max } = self.bounds;
        let (mut area, mut lat, mut lon) = (0.0, 0.0, 0.0);
        for [a, b] in &self.edges {
            // Relative to a corner, lest digits be lost.
            let (ay, ax) = (a.lat() - min.lat(), a.lon() - min.lon());
            let (by, bx) = (b.lat() - min.lat(), b.lon() - min.lon());
            // The trapezoid between the edge and the western side of the box:
            // level edges add nothing.
            let slice = (by - ay) * (ax + bx) / 2.0;
            area += slice;
            lon += (by - ay) * (ax * ax + ax * bx + bx * bx) / 6.0;
            lat += (by - ay) * (ax * (2.0 * ay + by) + bx * (ay + 2.0 * by)) / 6.0;
        }
        let of_box = || {
            let lat_e7 = i32::midpoint(min.lat_e7(), max.lat_e7());
            let lon_e7 = i32::midpoint(min.lon_e7(), max.lon_e7());
            Coordinate::from_e7(lat_e7, lon_e7).expect("between two positions on earth is a third")
        };
        let center = Coordinate::from_degrees(min.lat() + lat / area, min.lon() + lon / area);
        center.ok().filter(|center| self.bounds.contains(*center)).unwrap_or_else(of_box)
    }
}

/// The longitude at which an edge crosses a latitude.
pub(super) fn crossing([a, b]: [Coordinate; 2], lat_e7: i32) -> Option<f64> {
    // Half-open, so that a corner counts once.
    ((a.lat_e7() > lat_e7) != (b.lat_e7() > lat_e7)).then(|| {
        let rise = f64::from(b.lat_e7()) - f64::from(a.lat_e7());
        let fraction = (f64::from(lat_e7) - f64::from(a.lat_e7())) / rise;
        a.lon() + fraction * (b.lon() - a.lon())
    })
}

/// The band of a latitude; the nearest one for latitudes outside the box.
fn band(bounds: &BoundingBox, bands: usize, lat_e7: i32) -> usize {
    let (min, max) = (i64::from(bounds.min.lat_e7()), i64::from(bounds.max.lat_e7()));
    let lat = i64::from(lat_e7).clamp(min, max);
    let bands = i64::try_from(bands).expect("fewer than 2⁶³ bands");
    let band = (lat - min) * bands / (max - min + 1);
    usize::try_from(band).expect("a latitude in the box is not below it")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ring(corners: &[(i32, i32)]) -> Vec<Coordinate> {
        corners
            .iter()
            .chain(&corners[..1])
            .map(|&(lat, lon)| Coordinate::from_e7(lat, lon).unwrap())
            .collect()
    }

    #[test]
    fn a_hole_is_not_inside() {
        let outer = ring(&[(0, 0), (0, 900), (900, 900), (900, 0)]);
        let hole = ring(&[(300, 300), (600, 300), (600, 600), (300, 600)]);
        let outline = Outline::new(&[outer, hole]).unwrap();
        let at = |lat, lon| Coordinate::from_e7(lat, lon).unwrap();
        assert!(outline.contains(at(100, 100)) && outline.contains(at(450, 700)));
        assert!(!outline.contains(at(450, 450)) && !outline.contains(at(450, 1000)));
        assert!(outline.contains(outline.inner_point()));
    }

    #[test]
    fn a_horseshoe_has_its_point_inside() {
        let corners = [
            (0, 0),
            (0, 900),
            (900, 900),
            (900, 700),
            (200, 700),
            (200, 200),
            (900, 200),
            (900, 0),
        ];
        let outline = Outline::new(&[ring(&corners)]).unwrap();
        assert!(outline.contains(outline.inner_point()));
        let square = Outline::new(&[ring(&[(0, 0), (0, 900), (900, 900), (900, 0)])]).unwrap();
        assert_eq!(square.inner_point(), Coordinate::from_e7(450, 450).unwrap());
    }

    #[test]
    fn what_has_no_edges_is_no_area() {
        assert!(Outline::new(&[]).is_none());
        assert!(Outline::new(&[ring(&[(5, 5)])]).is_none());
        assert!(Outline::new(&[ring(&[(5, 5), (5, 9)])]).is_none());
        // A line there and back has edges but no inside.
        let line = Outline::new(&[ring(&[(0, 0), (900, 900)])]).unwrap();
        assert!(line.bounds().contains(line.inner_point()));
    }

    proptest! {
        /// The bands against all edges, on any rings.
        #[test]
        fn bands_lose_no_edge(
            corners in prop::collection::vec((-90..90, -90..90), 3..12),
            point in (-99..99, -99..99),
        ) {
            let ring = ring(&corners);
            prop_assume!(Outline::new(std::slice::from_ref(&ring)).is_some());
            let outline = Outline::new(std::slice::from_ref(&ring)).unwrap();
            let point = Coordinate::from_e7(point.0, point.1).unwrap();
            let mut inside = false;
            for pair in ring.windows(2) {
                let [a, b] = [pair[0], pair[1]].map(|c| (i64::from(c.lat_e7()), i64::from(c.lon_e7())));
                let (lat, lon) = (i64::from(point.lat_e7()), i64::from(point.lon_e7()));
                if (a.0 > lat) != (b.0 > lat) {
                    let left = (lon - a.1) * (b.0 - a.0);
                    let right = (lat - a.0) * (b.1 - a.1);
                    prop_assume!(left != right);
                    inside ^= (left < right) == (b.0 > a.0);
                }
            }
            prop_assert_eq!(outline.contains(point), inside);
            prop_assert!(outline.bounds().contains(outline.inner_point()));
        }
    }
}
