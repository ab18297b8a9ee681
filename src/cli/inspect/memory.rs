//! What of a dataset is mapped, and what is made beside it.

use serde::Serialize;

use crate::{
    dataset::{Manifest, SectionInfo},
    ids::Rank,
    units::Metric,
};

/// Sections that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Group {
    /// What their names begin with, such as `profile/0/hierarchy`.
    name: String,
    sections: usize,
    /// What of the file is mapped for them: memory that the system may take back.
    mapped_bytes: u64,
}

impl Group {
    /// The groups of `sections`, in the order of the file.
    pub(super) fn all(sections: &[SectionInfo]) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for section in sections {
            let name = group_of(&section.name);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => {
                    group.sections += 1;
                    group.mapped_bytes += section.size;
                }
                None => groups.push(Self {
                    name: name.to_owned(),
                    sections: 1,
                    mapped_bytes: section.size,
                }),
            }
        }
        groups
    }

    /// As a row of a table: name, sections, bytes.
    pub(super) fn row(&self) -> (&str, usize, u64) {
        (&self.name, self.sections, self.mapped_bytes)
    }
}

/// The group of a section: of a profile the part, of all others the first word.
fn group_of(section: &str) -> &str {
    let slashes = if section.starts_with("profile/") { 3 } else { 1 };
    let end = section.match_indices('/').nth(slashes - 1).map(|(at, _)| at);
    end.map_or(section, |end| &section[..end])
}

/// What all metrics of all profiles remember of their shortcuts once paths were asked for, in
/// bytes; nothing before.
pub(super) fn remembered_bytes(manifest: &Manifest) -> usize {
    let arcs: usize = manifest.profiles.iter().map(|profile| profile.hierarchy_arcs).sum();
    // Upwards and downwards, a rank for each.
    Metric::ALL.len() * arcs * 2 * size_of::<Rank>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_told_in_groups() {
        let section = |name: &str, size| SectionInfo {
            name: name.to_owned(),
            offset: 0,
            size,
            element_count: 0,
            checksum: 0,
        };
        let sections = [
            section("manifest", 1),
            section("network/segments", 2),
            section("network/names/bytes", 4),
            section("profile/0/turns/head", 8),
            section("profile/0/duration/upward", 16),
            section("profile/0/duration/downward", 32),
            section("profile/1/turns/head", 64),
        ];
        let groups = Group::all(&sections);
        let rows: Vec<_> = groups.iter().map(Group::row).collect();
        let expected = [
            ("manifest", 1, 1),
            ("network", 2, 6),
            ("profile/0/turns", 1, 8),
            ("profile/0/duration", 2, 48),
            ("profile/1/turns", 1, 64),
        ];
        assert_eq!(rows, expected);
    }
}
