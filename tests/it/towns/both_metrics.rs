//! The fastest and the shortest way. That a cell of a matrix is the route, and
//! that both are Dijkstra's, is checked in every town when it is built.

use luwang::units::Metric;

use super::plan::Plan;

/// The motorway is longer and faster than the lane.
#[test]
fn the_fastest_is_not_the_shortest() {
    let map = "
        b------c
        |      |
        a-x--y-d";
    let town =
        Plan::new(map).way("axyd", "highway=track").ways("ab bc cd", "highway=trunk").build();
    town.check(&[("ad", "ab,bc,cd"), ("xy", "axyd")]).check_shortest(&[("ad", "axyd")]);
    let fast = town.ask("ad", Metric::Duration).unwrap();
    let short = town.ask("ad", Metric::Distance).unwrap();
    assert!(fast.duration < short.duration && short.length < fast.length);
}

/// Of equally fast ways the shortest, and of equally short ways the fastest.
#[test]
fn ties_are_broken_by_the_other_metric() {
    let map = "
          b-----c
          |     |
        a-e-----f-d
          |     |
          g-----h";
    // Around the north and the south alike; the south is slow.
    let plan = Plan::new(map).ways("ae fd", "").ways("eb bc cf", "maxspeed=60");
    let plan = plan.ways("eg gh hf", "maxspeed=30");
    plan.build().check_shortest(&[("ad", "ae,eb,bc,cf,fd"), ("da", "fd,cf,bc,eb,ae")]);
    // By ferry both take ten minutes from shore to shore.
    let ferry = "route=ferry motorcar=yes duration=00:10";
    let plan = Plan::new(map).ways("ae fd", "").way("ef", ferry).way("ebcf", ferry);
    plan.build().check(&[("ad", "ae,ef,fd"), ("da", "fd,ef,ae")]);
}
