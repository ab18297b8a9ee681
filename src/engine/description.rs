//! Where something is, in one line for people to read.

/// What is nearest to a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead<'a> {
    /// A street and a house number.
    Address(&'a str),
    /// The name of a street.
    Street(&'a str),
    /// Neither is near.
    Nothing,
}

/// The lead and the areas around, which come smallest first, in one line.
///
/// Where the names of all areas are written in Chinese characters (or, without
/// areas, that of the lead is), the largest comes first, nothing stands between
/// areas, and a street is said to be near: 宝安区松岗街道东方社区 东方大道 附近.
/// Elsewhere the smallest comes first, with commas: Hauptstraße 5, Altstadt,
/// Heidelberg. What has the name of the area before it is left out. Empty if
/// nothing is known.
pub(super) fn describe(lead: Lead<'_>, areas: &[&str]) -> String {
    let (lead, is_street) = match lead {
        Lead::Address(text) => (text, false),
        Lead::Street(name) => (name, true),
        Lead::Nothing => ("", false),
    };
    let mut areas: Vec<&str> = areas.iter().copied().filter(|name| !name.is_empty()).collect();
    areas.dedup();
    let is_chinese =
        if areas.is_empty() { has_han(lead) } else { areas.iter().all(|name| has_han(name)) };
    if is_chinese {
        areas.reverse();
        let areas = areas.concat();
        let near = if is_street { "附近" } else { "" };
        let parts = [areas.as_str(), lead, near].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    } else {
        let lead = [lead].into_iter().filter(|lead| !lead.is_empty());
        lead.chain(areas).collect::<Vec<_>>().join(", ")
    }
}

/// Whether a character of the text is Chinese.
pub(super) fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_as_people_of_the_country_write_it() {
        let (street, address) = (Lead::Street, Lead::Address);
        let songgang = &["东方社区", "松岗街道", "宝安区"][..];
        let heidelberg = &["Altstadt", "Heidelberg"][..];
        for (lead, areas, expected) in [
            (street("东方大道"), songgang, "宝安区松岗街道东方社区 东方大道 附近"),
            (address("东方大巷3号"), songgang, "宝安区松岗街道东方社区 东方大巷3号"),
            (street("G107"), songgang, "宝安区松岗街道东方社区 G107 附近"),
            (Lead::Nothing, songgang, "宝安区松岗街道东方社区"),
            (street("东方大道"), &[], "东方大道 附近"),
            (
                street("Dongfang Avenue"),
                &["Songgang", "宝安区"],
                "Dongfang Avenue, Songgang, 宝安区",
            ),
            (address("Hauptstraße 5"), heidelberg, "Hauptstraße 5, Altstadt, Heidelberg"),
            (street("Hauptstraße"), heidelberg, "Hauptstraße, Altstadt, Heidelberg"),
            (Lead::Nothing, &["Monaco", "Monaco", ""], "Monaco"),
            (address("Hauptstraße 5"), &[], "Hauptstraße 5"),
            (Lead::Nothing, &[], ""),
        ] {
            assert_eq!(describe(lead, areas), expected);
        }
    }
}
